"""Objections filed during a public notice, who filed them, and what the city says to them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums_publicity import ObjectionOutcome, ObjectionStatus
from reviews.models.case import Case
from reviews.models.publicity import Publicity


class Objection(models.Model):
    """An objection (异议) to what was made public; its tenant is 省科技厅, and nobody else ever reads the row.

    Only whoever presents the look-up code reads the one row again; the code itself is nowhere, only its hash.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    publicity = models.ForeignKey(Publicity, on_delete=models.PROTECT, related_name="objections")
    number = models.CharField(_("回执编号"), max_length=24)
    code_hash = models.CharField(max_length=64)
    status = models.CharField(_("状态"), max_length=10, choices=ObjectionStatus, default=ObjectionStatus.RECEIVED)
    text = models.TextField(_("异议内容"))
    filed_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("答复期限"), null=True, blank=True)
    refusal = models.TextField(_("不予受理的理由"), blank=True)
    outcome = models.CharField(_("处理结果"), max_length=10, choices=ObjectionOutcome, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    paper = models.ForeignKey("notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("异议")
        ordering = ["filed_at"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="one_objection_per_number"),
            models.UniqueConstraint(fields=["code_hash"], name="one_objection_per_code"),
            models.CheckConstraint(
                condition=~Q(status="answered") | (Q(paper__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
                name="objection_answered_by_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status="rejected") | ~Q(refusal=""), name="objection_rejected_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("reviews:objection", args=[self.pk])


class Objector(models.Model):
    """Who objects (异议人): real name, unit and phone, read by 省科技厅 alone and never shown with the objection."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="objector")
    name = models.CharField(_("姓名"), max_length=40)
    unit = models.CharField(_("单位"), max_length=80)
    phone = models.CharField(_("联系电话"), max_length=30)
    sealed_unit = models.BooleanField(_("以单位名义提出"), default=False)

    def __str__(self) -> str:
        return str(self.objection_id)


class ObjectionFile(models.Model):
    """A file given with an objection (异议附件), such as the letter with the unit's seal; read as the person is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="files")
    upload = models.ForeignKey("files.Upload", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["objection", "upload__uploaded_at"]

    def __str__(self) -> str:
        return str(self.upload_id)


class Inquiry(models.Model):
    """What 省科技厅 passes on of an objection (转请说明), without the person, and what the city says to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="inquiries")
    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="inquiries")
    text = models.TextField(_("转请说明的内容"))
    asked_at = models.DateTimeField(default=timezone.now)
    asked_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("期限"), null=True, blank=True)
    answer = models.TextField(_("说明"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["case", "asked_at"]

    def __str__(self) -> str:
        return self.text[:40]
