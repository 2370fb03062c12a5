import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="日期")),
                ("is_workday", models.BooleanField(verbose_name="上班")),
                ("note", models.CharField(max_length=120, verbose_name="依据")),
            ],
            options={
                "verbose_name": "工作日历",
                "verbose_name_plural": "工作日历",
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("dossier", models.UUIDField(primary_key=True, serialize=False)),
                ("length", models.PositiveIntegerField(default=0)),
                ("head", models.CharField(blank=True, max_length=64)),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("serial", models.PositiveIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("name", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=120)),
                ("before", models.CharField(blank=True, max_length=30)),
                ("after", models.CharField(blank=True, max_length=30)),
                ("basis", models.CharField(blank=True, max_length=120)),
                ("reason", models.TextField(blank=True)),
                ("data", models.JSONField(default=dict)),
                (
                    "audience",
                    models.CharField(
                        choices=[("dossier", "申报方与审查方"), ("authority", "主办单位"), ("office", "本单位")],
                        default="dossier",
                        max_length=10,
                    ),
                ),
                ("actor_name", models.CharField(blank=True, max_length=40)),
                ("actor_post", models.CharField(blank=True, max_length=80)),
                ("actor_organisation_name", models.CharField(blank=True, max_length=80)),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "actor_organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "actor_person",
                    models.ForeignKey(
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
            ],
            options={
                "ordering": ["dossier", "serial"],
                "indexes": [models.Index(fields=["subject_type", "subject_id"], name="workflow_ev_subject_ae0efb_idx")],
                "constraints": [models.UniqueConstraint(fields=("dossier", "serial"), name="one_event_per_serial")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("effect", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=160)),
                ("payload", models.JSONField(default=dict)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.TextField(blank=True)),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="workflow.event",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("done_at", None)), fields=["due_at"], name="deliveries_open")
                ],
                "constraints": [models.UniqueConstraint(fields=("effect", "key"), name="one_delivery_per_effect")],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("handler", "经办人"),
                            ("reviewer", "审核人"),
                            ("signer", "签发人"),
                            ("admin", "单位管理员"),
                            ("auditor", "安全审计员"),
                        ],
                        max_length=12,
                        verbose_name="岗位",
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("title", models.CharField(max_length=200, verbose_name="事项")),
                ("address", models.CharField(max_length=200)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="期限")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "待办事项",
                "verbose_name_plural": "待办事项",
                "ordering": ["due_on", "created_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["organisation", "role", "due_on"],
                        name="tasks_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None)),
                        fields=("organisation", "role", "kind", "subject_id"),
                        name="one_open_task_per_subject",
                    )
                ],
            },
        ),
    ]
