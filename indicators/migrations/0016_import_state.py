"""The state of an import has a name of its own: only the machine assigns a status."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("indicators", "0015_findings_of_any_length")]

    operations = [
        migrations.RemoveConstraint("ledgerimport", "open_import_has_its_file"),
        migrations.RenameField("ledgerimport", "status", "state"),
        migrations.AddConstraint(
            "ledgerimport",
            models.CheckConstraint(
                condition=~Q(state__in=["checking", "checked", "storing"]) | Q(content__isnull=False),
                name="open_import_has_its_file",
            ),
        ),
    ]
