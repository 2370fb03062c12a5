"""Messages to offices."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from notifications.enums import Programme, Topic


class Message(models.Model):
    """A notice to an office (站内消息), written by the worker from a recorded event, once per event.

    One to a `person` of the office is that person's alone: row security hides it from colleagues.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="messages")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dossier = models.UUIDField(null=True)
    programme = models.CharField(max_length=10, choices=Programme, default=Programme.PARK)
    topic = models.CharField(max_length=12, choices=Topic, default=Topic.PROGRESS)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                F("organisation"),
                F("read_at").desc(nulls_first=True),
                F("created_at").desc(),
                name="messages_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title
