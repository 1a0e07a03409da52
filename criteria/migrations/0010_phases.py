"""An approval may be of a dose of two parts."""

from django.db import migrations, models

from criteria.models.guard_operation import LiftGuards, SetGuards


class Migration(migrations.Migration):
    dependencies = [("criteria", "0009_small")]

    operations = [
        LiftGuards(),
        migrations.AddField(
            model_name="determination",
            name="then_grams_per_course",
            field=models.DecimalField(
                decimal_places=3,
                help_text="Of the part after the first one.",
                max_digits=9,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="determination",
            name="then_interval_days",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="determination",
            name="then_courses",
            field=models.PositiveSmallIntegerField(null=True),
        ),
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
                "productlabel",
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
