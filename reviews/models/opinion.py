"""The opinion of one department on a case, its drafts, and its remarks on single sections."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums import OpinionStatus, Stance
from reviews.models.case import Case

OVER = ("superseded", "withdrawn")


class CurrentOpinions(models.Manager["Opinion"]):
    """The opinions that count: not those of an earlier round, nor those no longer asked for."""

    def get_queryset(self) -> models.QuerySet[Opinion]:
        return super().get_queryset().exclude(status__in=OVER)


class Opinion(models.Model):
    """A department's opinion (部门意见, T7): its tenant is the department, and the applicant never sees it.

    `objects` (and `case.opinions`) gives what counts now; `every` also earlier rounds and withdrawn invitations.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="opinions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="opinions")
    requested_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("状态"), max_length=10, choices=OpinionStatus, default=OpinionStatus.REQUESTED)
    stance = models.CharField(_("意见"), max_length=10, choices=Stance, blank=True)
    reasons = models.TextField(_("理由"), blank=True)
    conditions = models.JSONField(_("条件"), default=list)
    requested_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    paper = models.ForeignKey("notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invited = models.BooleanField(_("另行邀请"), default=False)
    reason = models.TextField(_("征求意见的事由"), blank=True)
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    sections = models.JSONField(_("重新征求意见的栏目"), default=list, blank=True)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        "applications.FilingVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CurrentOpinions()
    every = models.Manager["Opinion"]()

    class Meta:
        verbose_name = verbose_name_plural = _("部门意见")
        ordering = ["case", "tenant__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "tenant"], condition=~Q(status__in=OVER), name="one_opinion_per_department"
            ),
            models.CheckConstraint(
                condition=~Q(status="signed") | (Q(paper__isnull=False) & ~Q(stance="") & ~Q(reasons="")),
                name="opinion_signed_by_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.get_stance_display()}"


class OpinionDraft(models.Model):
    """One saved state of a department's draft (办理稿): who wrote what when; the department's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="drafts")
    serial = models.PositiveIntegerField(_("稿次"))
    fields = models.JSONField(_("内容"), default=dict)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["opinion", "-serial"]
        constraints = [models.UniqueConstraint(fields=["opinion", "serial"], name="one_draft_per_serial")]

    def __str__(self) -> str:
        return f"{self.opinion} ×{self.serial}"


class SectionRemark(models.Model):
    """What a department says of one section of the plan (栏目意见), signed with its opinion."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="section_remarks")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="section_remarks")
    section = models.CharField(_("栏目"), max_length=60)
    text = models.TextField(_("意见"))

    class Meta:
        ordering = ["opinion", "section"]

    def __str__(self) -> str:
        return f"{self.section} {self.text[:40]}"
