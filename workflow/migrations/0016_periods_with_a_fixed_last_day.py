"""A legal period may end on a fixed day instead of after a number of working days."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0015_search_in_one_pass")]

    operations = [
        migrations.AddField(
            model_name="clock",
            name="fixed_on",
            field=models.DateField(blank=True, null=True, verbose_name="固定期限"),
        ),
    ]
