"""What the desk keeps: a person's saved views, jobs over many rows with a result per row, the words to search by."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.enums import JobOutcome, SearchAudience


class SavedView(models.Model):
    """A list of the desk under a name (常用视图): the part of its address after the question mark."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(max_length=1000)
    is_start = models.BooleanField(_("起始视图"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "person", "name"], name="one_view_per_name"),
            models.UniqueConstraint(fields=["tenant", "person"], condition=Q(is_start=True), name="one_start_view"),
        ]

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """One act over many rows, or an export (批量办理): asked for once, done by the worker row by row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("accounts.Post", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=64)
    parameters = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_size = models.PositiveBigIntegerField(null=True, blank=True)
    file_count = models.PositiveIntegerField(null=True, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "person", "key"], name="one_job_per_key"),
            models.CheckConstraint(
                condition=Q(ready_at=None)
                | Q(
                    file_size__gt=0,
                    file_count__isnull=False,
                    expires_at__isnull=False,
                    file_hash__regex=r"^[0-9a-f]{64}$",
                ),
                name="job_file_read_back",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(ready_at__isnull=False), name="job_files")]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def path(self) -> Path:
        """Where the file of an export lies, outside every public folder."""
        return Path(settings.PRIVATE_ROOT) / "exports" / str(self.pk)


class JobItem(models.Model):
    """One row of a job and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="items")
    serial = models.PositiveIntegerField()
    subject_id = models.UUIDField()
    label = models.CharField(max_length=200)
    outcome = models.CharField(max_length=8, choices=JobOutcome, default=JobOutcome.WAITING)
    words = models.TextField(blank=True)
    told = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["job", "serial"]
        constraints = [models.UniqueConstraint(fields=["job", "serial"], name="one_item_per_serial")]

    def __str__(self) -> str:
        return f"{self.serial} {self.label}"


class SearchEntry(models.Model):
    """The words by which a case, an opinion or a paper is found (检索条目); who may read it stands on the row.

    `folded` is what a search looks through: compatibility forms made one, Latin letters small.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    subject_id = models.UUIDField()
    audience = models.CharField(max_length=10, choices=SearchAudience)
    readers = ArrayField(models.UUIDField(), default=list)
    title = models.CharField(max_length=240)
    text = models.TextField(blank=True)
    folded = models.TextField()
    at = models.DateTimeField()
    chain_length = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="one_entry_per_subject")]
        indexes = [
            models.Index(fields=["dossier"]),
            models.Index(fields=["kind", "-at", "id"], name="search_newest"),
        ]

    def __str__(self) -> str:
        return self.title
