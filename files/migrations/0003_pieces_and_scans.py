"""Files that arrive in pieces, and what the scanner said of those that are there."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import own, protect


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_further_offices"),
        ("files", "0002_rowsecurity"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Incoming",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("purpose", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("size", models.PositiveBigIntegerField(verbose_name="大小（字节）")),
                ("received", models.PositiveBigIntegerField(default=0, verbose_name="已收到（字节）")),
                ("content_type", models.CharField(blank=True, max_length=100)),
                ("notes", models.JSONField(default=list)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["created_at"],
            },
        ),
        migrations.AddField(
            model_name="upload",
            name="notes",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="upload",
            name="scan_detail",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="upload",
            name="scan_state",
            field=models.CharField(
                choices=[("pending", "待查毒"), ("clean", "已查毒"), ("infected", "发现病毒"), ("failed", "未能查毒")],
                default="pending",
                max_length=8,
                verbose_name="查毒",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="scanned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["dossier"], name="uploads_by_dossier"),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(
                condition=models.Q(("scan_state", "pending")), fields=["uploaded_at"], name="uploads_unscanned"
            ),
        ),
        migrations.AddField(
            model_name="incoming",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="incoming",
            name="tenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddIndex(
            model_name="incoming",
            index=models.Index(fields=["expires_at"], name="incoming_by_expiry"),
        ),
        migrations.AddConstraint(
            model_name="incoming",
            constraint=models.CheckConstraint(
                condition=models.Q(("received__lte", models.F("size"))), name="incoming_within_size"
            ),
        ),
        protect("files_incoming", own=("riud", own())),
    ]
