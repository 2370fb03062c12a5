"""A change of the register may go on without a joint review, for a reason that stays with the case."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0015_recommendation")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="waived_reason",
            field=models.TextField(blank=True, default="", verbose_name="不组织联审联评的理由"),
            preserve_default=False,
        ),
    ]
