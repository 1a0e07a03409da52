"""A reviewer's view of what stands before the criteria: a gate, a contradiction."""

from django.db import migrations, models

BLOCKS = [
    ("general", "General requirements"),
    ("criteria", "Criteria"),
    ("gate", "Before the criteria"),
]


class Migration(migrations.Migration):
    dependencies = [("criteria", "0009_scig")]

    operations = [
        migrations.RemoveConstraint("disposition", "disposition_block_known"),
        migrations.AlterField(
            "disposition", "block", models.CharField(choices=BLOCKS, max_length=8)
        ),
        migrations.AlterField(
            "missedcriterion", "block", models.CharField(choices=BLOCKS, max_length=8)
        ),
        migrations.AddConstraint(
            "disposition",
            models.CheckConstraint(
                condition=models.Q(("block__in", ["general", "criteria", "gate"])),
                name="disposition_block_known",
                violation_error_code="disposition_block_known",
                violation_error_message="Block must be one of: general, criteria, gate.",
            ),
        ),
    ]
