"""The legal clock's tables: the working calendar, clocks with what stopped them, reminders, parameters, proposals."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import PostRole
from workflow import instants
from workflow.enums import Audience, ProposalOutcome


class CalendarDay(models.Model):
    """A day on which the working calendar (工作日历) differs from the built-in one."""

    day = models.DateField(_("日期"), primary_key=True)
    is_workday = models.BooleanField(_("上班"))
    name = models.CharField(_("节日"), max_length=40, blank=True)
    note = models.CharField(_("依据"), max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = _("工作日历")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}"


class CalendarYear(models.Model):
    """A year whose holidays were entered in full (已录入年度) from the State Council's notice."""

    year = models.PositiveSmallIntegerField(_("年度"), primary_key=True)
    source = models.CharField(_("依据"), max_length=120)
    entered_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year}"


class CalendarChange(models.Model):
    """One change of the calendar (日历变更): who changed which days on what ground; never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    year = models.PositiveSmallIntegerField()
    whole_year = models.BooleanField(default=False)
    source = models.CharField(_("依据"), max_length=120)
    days = models.JSONField(default=list)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.year} {self.source}"


class Clock(models.Model):
    """A legal period that runs (期限): who owes what by when, and how that day was reached.

    Its tenant is the owner of the dossier; `organisation` is the office that owes. Only workflow.clocks writes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    title = models.CharField(_("事项"), max_length=200)
    address = models.CharField(max_length=200)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="clocks")
    event = models.ForeignKey("workflow.Event", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.DOSSIER)
    started = models.DateField(_("起算日"))
    days = models.PositiveSmallIntegerField(_("工作日数"))
    due_on = models.DateField(_("期限"))
    fixed_on = models.DateField(_("固定期限"), null=True, blank=True)
    path = models.JSONField(default=list)
    provisional = models.JSONField(default=list)
    paused = models.BooleanField(default=False)
    remind_on = models.DateField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey("workflow.Event", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "kind"], condition=Q(finished_at=None), name="one_running_clock_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
                name="clock_finished_by_event",
            ),
        ]
        indexes = [
            models.Index(fields=["dossier"]),
            models.Index(fields=["organisation", "due_on"], condition=Q(finished_at=None), name="clocks_owed"),
            models.Index(fields=["remind_on"], condition=Q(finished_at=None, paused=False), name="clocks_to_remind"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.due_on}"

    @property
    def due_at(self) -> dt.datetime:
        """The end of the period: 24:00 Beijing time of its last day."""
        return instants.end_of(self.due_on)

    @property
    def is_running(self) -> bool:
        """Whether the period neither ended nor stands still."""
        return self.finished_at is None and not self.paused

    def is_late(self, at: dt.datetime | None = None) -> bool:
        """Whether the period is over at an instant (default now) and what is owed is not done."""
        return self.is_running and (at or instants.now()) >= self.due_at


class ClockStop(models.Model):
    """A span in which a clock stood still (暂停计时): both days inclusive, each end tied to its event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="stops")
    cause = models.CharField(max_length=20)
    since = models.DateField()
    stopped_by = models.ForeignKey("workflow.Event", on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True, blank=True)
    continued_by = models.ForeignKey("workflow.Event", on_delete=models.PROTECT, null=True, related_name="+")
    due_before = models.DateField()
    due_after = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clock", "stopped_by"], name="one_stop_per_event"),
            models.CheckConstraint(
                condition=Q(until=None, continued_by=None) | Q(until__isnull=False, continued_by__isnull=False),
                name="clock_continued_by_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.since}–{self.until or ''}"


class Reminder(models.Model):
    """A reminder that was sent (催办): once per clock, due date and mark (working days before it, −1 when over)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="sent_reminders")
    mark = models.SmallIntegerField()
    due_on = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now)
    event = models.ForeignKey("workflow.Event", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sent_at"]
        constraints = [models.UniqueConstraint(fields=["clock", "due_on", "mark"], name="one_reminder_per_mark")]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.mark}"


class ParameterValue(models.Model):
    """A value of a parameter (参数) from an instant on: who set it and why; never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    value = models.JSONField()
    since = models.DateTimeField()
    reason = models.CharField(_("理由"), max_length=200)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name", "version"]
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="one_value_per_version")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Proposal(models.Model):
    """What the system proposes to a named post (拟办事项): a person confirms it or dismisses it with a reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("岗位"), max_length=12, choices=PostRole)
    title = models.CharField(_("事项"), max_length=200)
    reasons = models.JSONField(_("事由"), default=list)
    event = models.ForeignKey("workflow.Event", on_delete=models.PROTECT, related_name="+")
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=ProposalOutcome, default=ProposalOutcome.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("理由"), blank=True)

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "kind"], condition=Q(outcome="open"), name="one_open_proposal_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", decided_by=None, decided_at=None)
                | Q(outcome="moot", decided_at__isnull=False)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="proposal_decided_by_person",
            ),
            models.CheckConstraint(condition=~Q(outcome="dismissed") | ~Q(note=""), name="dismissed_with_reason"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("portal:proposal", args=[self.pk])
