"""A city or county is determined by 省科技厅 with the departments, without a report to the provincial government."""

from django.db import migrations, models
from django.db.models import Q

BEFORE = ["reviewing", "concluded", "publicity", "withdrawn"]


class Migration(migrations.Migration):
    dependencies = [("reviews", "0016_waived_review")]

    operations = [
        migrations.RemoveConstraint(model_name="case", name="case_reported_by_paper"),
        migrations.AddField(
            model_name="case",
            name="direct",
            field=models.BooleanField(default=False, verbose_name="由省科技厅确定"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(status__in=BEFORE) | Q(report_paper__isnull=False) | Q(direct=True),
                name="case_reported_by_paper",
            ),
        ),
    ]
