"""The append-only ledger (hash-chained per dossier), tasks, and the outbox that follows the ledger."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import PostRole
from workflow.enums import Audience, Rank
from workflow.models_clock import (
    CalendarChange,
    CalendarDay,
    CalendarYear,
    Clock,
    ClockStop,
    ParameterValue,
    Proposal,
    Reminder,
)
from workflow.models_desk import Job, JobItem, SavedView, SearchEntry

__all__ = [
    "CalendarChange",
    "CalendarDay",
    "CalendarYear",
    "Chain",
    "Clock",
    "ClockStop",
    "Delivery",
    "Event",
    "Job",
    "JobItem",
    "ParameterValue",
    "Proposal",
    "Reminder",
    "SavedView",
    "SearchEntry",
    "Task",
]


class Chain(models.Model):
    """The head of a dossier's chain of events: how many there are and the hash of the last one."""

    dossier = models.UUIDField(primary_key=True)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.dossier} ×{self.length}"


class Event(models.Model):
    """One act (行为): who, when, on what basis and why, from which state to which; never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    name = models.CharField(max_length=60)
    label = models.CharField(max_length=120)
    before = models.CharField(max_length=30, blank=True)
    after = models.CharField(max_length=30, blank=True)
    basis = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.DOSSIER)
    actor_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    actor_organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    actor_name = models.CharField(max_length=40, blank=True)
    actor_post = models.CharField(max_length=80, blank=True)
    actor_organisation_name = models.CharField(max_length=80, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["dossier", "serial"]
        constraints = [models.UniqueConstraint(fields=["dossier", "serial"], name="one_event_per_serial")]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.serial} {self.label}"


class Delivery(models.Model):
    """One effect (后续事项) that follows from an event, done by the worker exactly once, retried until done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="deliveries")
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    effect = models.CharField(max_length=60)
    key = models.CharField(max_length=160)
    payload = models.JSONField(default=dict)
    rank = models.PositiveSmallIntegerField(choices=Rank, default=Rank.ACT)
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["effect", "key"], name="one_delivery_per_effect")]
        indexes = [models.Index(fields=["rank", "due_at"], condition=Q(done_at=None), name="deliveries_by_rank")]

    def __str__(self) -> str:
        return f"{self.effect} {self.key}"


class Task(models.Model):
    """What waits for a post in an office (待办); the desk reads these rows, each room writes its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="tasks")
    role = models.CharField(_("岗位"), max_length=12, choices=PostRole)
    created_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    title = models.CharField(_("事项"), max_length=200)
    address = models.CharField(max_length=200)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    clock = models.ForeignKey("workflow.Clock", on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("办理人"),
    )
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("待办事项")
        ordering = ["due_on", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "role", "kind", "subject_id"],
                condition=Q(done_at=None),
                name="one_open_task_per_subject",
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "role", "due_on"], condition=Q(done_at=None), name="tasks_open"),
            models.Index(
                fields=["organisation", "due_on", "created_at"], condition=Q(done_at=None), name="tasks_by_due"
            ),
            models.Index(fields=["created_by"], condition=Q(done_at=None), name="tasks_asked"),
            models.Index(
                fields=["organisation", "role", "assignee", "due_on", "created_by"],
                condition=Q(done_at=None),
                name="tasks_counted",
            ),
            models.Index(fields=["organisation", "-done_at"], condition=Q(done_at__isnull=False), name="tasks_done"),
        ]

    def __str__(self) -> str:
        return self.title
