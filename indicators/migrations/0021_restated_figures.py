"""A figure may be restated on a boundary that changed, as the base of the year after (AMB-08)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0020_ledgers_of_later_life")]

    operations = [
        migrations.AlterField(
            model_name="figure",
            name="level",
            field=models.CharField(
                choices=[
                    ("reported", "填报"),
                    ("imported", "导入"),
                    ("verified", "核定"),
                    ("corrected", "勘误"),
                    ("restated", "按新范围重报"),
                ],
                max_length=9,
                verbose_name="数据层级",
            ),
        ),
    ]
