"""The outline of a host zone, where the operator has one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_industry_codes")]

    operations = [
        migrations.AddField(
            model_name="hostzone", name="geojson", field=models.JSONField(blank=True, null=True, verbose_name="范围")
        )
    ]
