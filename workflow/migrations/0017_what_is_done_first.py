"""What an act leads to is done before papers are made, and both before what nobody waits for."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("workflow", "0016_periods_with_a_fixed_last_day")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="rank",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "办理"), (1, "生成文件"), (2, "空闲时办理")], default=0
            ),
        ),
        migrations.RemoveIndex(model_name="delivery", name="deliveries_open"),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["rank", "due_at"], condition=Q(done_at=None), name="deliveries_by_rank"),
        ),
    ]
