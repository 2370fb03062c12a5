"""An index from which the queues of the desk are counted, row policies and all."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_indexes_that_suffice"),
        ("workflow", "0012_clocks_of_others"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("done_at", None)),
                fields=["organisation", "role", "assignee", "due_on", "created_by"],
                name="tasks_counted",
            ),
        ),
    ]
