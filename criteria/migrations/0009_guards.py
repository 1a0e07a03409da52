"""The guards of the database: what is published never changes, what is kept only grows."""

from django.db import migrations

from criteria.models.guard_operation import LiftGuards, SetGuards


class Migration(migrations.Migration):
    dependencies = [
        ("criteria", "0008_facts"),
        ("criteria", "0008_gates"),
        ("criteria", "0008_judge"),
        ("criteria", "0008_letters"),
        ("criteria", "0008_limits"),
        ("criteria", "0008_staff"),
        ("criteria", "0008_worklist"),
    ]

    operations = [
        LiftGuards(),
        SetGuards(
            parts=(
                "code",
                "contradiction",
                "criteriatree",
                "criterion",
                "diseaselist",
                "dosinglimit",
                "historyentry",
                "indication",
                "nameddisease",
                "pathway",
                "product",
                "productcode",
                "question",
                "questionchoice",
                "questionunit",
                "reviewernote",
                "reviewernotecode",
                "synonym",
                "vialsize",
            ),
            kept={
                "event": "actor_id",
                "submission": "",
                "packet": "",
                "letter": "",
                "determination": "",
                "missedcriterion": "",
            },
        ),
    ]
