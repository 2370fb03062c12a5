import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rowsecurity"),
        ("accounts", "__first__"),
        ("workflow", "0003_dossier_writing"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=30)),
                ("key", models.CharField(max_length=64)),
                ("parameters", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("problem", models.TextField(blank=True)),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("file_size", models.PositiveBigIntegerField(blank=True, null=True)),
                ("file_count", models.PositiveIntegerField(blank=True, null=True)),
                ("file_hash", models.CharField(blank=True, max_length=64)),
                ("ready_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ready_at__isnull", False)), fields=["expires_at"], name="job_files"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "person", "key"), name="one_job_per_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ready_at", None),
                            models.Q(
                                ("expires_at__isnull", False),
                                ("file_count__isnull", False),
                                ("file_hash__regex", "^[0-9a-f]{64}$"),
                                ("file_size__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="job_file_read_back",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JobItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("serial", models.PositiveIntegerField()),
                ("subject_id", models.UUIDField()),
                ("label", models.CharField(max_length=200)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("waiting", "等待办理"), ("done", "已办"), ("skipped", "未办"), ("failed", "出错")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("told", models.JSONField(default=dict)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="workflow.job"
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["job", "serial"],
                "constraints": [models.UniqueConstraint(fields=("job", "serial"), name="one_item_per_serial")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("query", models.CharField(max_length=1000)),
                ("is_start", models.BooleanField(default=False, verbose_name="起始视图")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "person", "name"), name="one_view_per_name"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_start", True)), fields=("tenant", "person"), name="one_start_view"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("kind", models.CharField(max_length=10)),
                ("subject_id", models.UUIDField()),
                (
                    "audience",
                    models.CharField(
                        choices=[("dossier", "申报方与审查方"), ("authority", "主办单位"), ("public", "已公开")],
                        max_length=10,
                    ),
                ),
                (
                    "readers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                ("title", models.CharField(max_length=240)),
                ("text", models.TextField(blank=True)),
                ("folded", models.TextField()),
                ("at", models.DateTimeField()),
                ("chain_length", models.PositiveIntegerField(default=0)),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "id"],
                "indexes": [models.Index(fields=["dossier"], name="workflow_se_dossier_5c4f38_idx")],
                "constraints": [models.UniqueConstraint(fields=("kind", "subject_id"), name="one_entry_per_subject")],
            },
        ),
    ]
