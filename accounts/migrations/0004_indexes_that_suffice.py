"""An index of what is open to an office that its row policies need not look beyond."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_further_offices"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="grant",
            name="accounts_gr_organis_b02411_idx",
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(
                fields=["organisation", "dossier"], include=("level", "tenant", "granted_by"), name="grants_opened"
            ),
        ),
    ]
