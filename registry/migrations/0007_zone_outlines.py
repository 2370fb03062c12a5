"""Versions of the outlines of host zones: recorded by 省科技厅, never changed, read by everybody."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import append_only, own, protect


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0006_hostzone_outline"),
        ("accounts", "0002_rowsecurity"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ZoneOutline",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("geojson", models.JSONField(verbose_name="范围")),
                ("area_km2", models.CharField(max_length=40)),
                ("crs", models.CharField(max_length=20, verbose_name="坐标系")),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="文件名")),
                ("valid_from", models.DateField(verbose_name="自何日起")),
                ("source", models.CharField(max_length=300, verbose_name="依据")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outlines", to="registry.hostzone"
                    ),
                ),
            ],
            options={
                "verbose_name": "开发区范围",
                "verbose_name_plural": "开发区范围",
                "ordering": ["zone", "-valid_from", "-recorded_at"],
            },
        ),
        protect("registry_zoneoutline", lead=("i", f"{own()} AND dossier = zone_id"), everybody=("r", "true")),
        append_only("registry_zoneoutline"),
    ]
