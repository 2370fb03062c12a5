"""Mails that tell people of their offices' messages: what each wants, what is owed, what was sent."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.enums import MailMode, Programme, Topic


class MailChoice(models.Model):
    """How a person wants to hear of a topic of a programme by mail; the topic's default where there is none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    programme = models.CharField(max_length=10, choices=Programme)
    topic = models.CharField(max_length=12, choices=Topic)
    mode = models.CharField(_("方式"), max_length=8, choices=MailMode)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "programme", "topic"], name="one_mail_choice_per_topic"),
            models.CheckConstraint(condition=~Q(topic="legal") | ~Q(mode="off"), name="legal_notices_stay_on"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.topic} {self.mode}"


class Mail(models.Model):
    """A mail (邮件) as a row first; the worker sends it and keeps what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recipient = models.EmailField(_("收件人"))
    subject = models.CharField(max_length=200)
    body = models.TextField()
    unsubscribe = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.subject


class MailItem(models.Model):
    """One message that is owed to one person by mail, until it went out in a mail or was dropped with a reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey("notifications.Message", on_delete=models.PROTECT, related_name="mail_items")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    mail = models.ForeignKey(Mail, null=True, blank=True, on_delete=models.PROTECT, related_name="items")
    dropped = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="one_mail_per_message_and_person")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(mail=None, dropped=""), name="mail_items_open"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.person_id}"
