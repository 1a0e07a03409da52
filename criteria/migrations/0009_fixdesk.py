"""Why a page asks for another look."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("criteria", "0008_nothing_silent")]

    operations = [
        migrations.AddField(
            model_name="requestpage",
            name="check_because",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
