"""A proposal needs no decision any more once what was owed is done."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_further_offices"),
        ("workflow", "0008_event_audience"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="proposal",
            name="proposal_decided_by_person",
        ),
        migrations.AlterField(
            model_name="proposal",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("open", "待决定"),
                    ("confirmed", "已确认"),
                    ("dismissed", "不予采纳"),
                    ("moot", "已不需要决定"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("outcome", "open")),
                    models.Q(("decided_at__isnull", False), ("outcome", "moot")),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="proposal_decided_by_person",
            ),
        ),
    ]
