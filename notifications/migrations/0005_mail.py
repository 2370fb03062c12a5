"""Mails as rows: choices and mails are their person's, what is owed is the worker's."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0004_paper_in_dossier"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="programme",
            field=models.CharField(
                choices=[("park", "高新技术产业园区"), ("city", "创新型城市")], default="park", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="topic",
            field=models.CharField(
                choices=[
                    ("legal", "公文送达"),
                    ("task", "待办事项"),
                    ("reminder", "催办和到期提醒"),
                    ("progress", "案卷进展"),
                    ("discussion", "内部讨论"),
                ],
                default="progress",
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recipient", models.EmailField(max_length=254, verbose_name="收件人")),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("unsubscribe", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "programme",
                    models.CharField(choices=[("park", "高新技术产业园区"), ("city", "创新型城市")], max_length=10),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("legal", "公文送达"),
                            ("task", "待办事项"),
                            ("reminder", "催办和到期提醒"),
                            ("progress", "案卷进展"),
                            ("discussion", "内部讨论"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("now", "及时"), ("daily", "每日汇总"), ("off", "不发")],
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "programme", "topic"), name="one_mail_choice_per_topic"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("topic", "legal"), _negated=True),
                            models.Q(("mode", "off"), _negated=True),
                            _connector="OR",
                        ),
                        name="legal_notices_stay_on",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField()),
                ("dropped", models.CharField(blank=True, max_length=10)),
                (
                    "mail",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="notifications.mail",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mail_items",
                        to="notifications.message",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("dropped", ""), ("mail", None)), fields=["due_at"], name="mail_items_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "person"), name="one_mail_per_message_and_person")
                ],
            },
        ),
        protect(
            "notifications_mailchoice",
            own=("riu", "person_id = app_person()"),
            presented=("riu", "person_id::text = app_presented()"),
        ),
        protect("notifications_mail", own=("r", "person_id = app_person()")),
        protect("notifications_mailitem", own=("r", "person_id = app_person()")),
    ]
