"""Official papers: drafts on their way through an office, signed papers, their number series and their copies."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.enums import DraftStatus, FileState, LegalEffect, PaperValidity


class NumberSeries(models.Model):
    """The last serial number that an organisation used with a code (机关代字) in a year."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "code", "year"], name="one_series_per_year")]

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.last}号"


class Draft(models.Model):
    """A paper on its way through one office: 经办 drafts, 审核 checks, 签发 signs, never the same person twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="drafts")
    dossier = models.UUIDField()
    kind = models.CharField(max_length=40)
    status = models.CharField(max_length=10, choices=DraftStatus, default=DraftStatus.DRAFTING)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    title = models.CharField(_("标题"), max_length=200)
    fields = models.JSONField(_("内容"), default=dict)
    remark = models.TextField(_("退回意见"), blank=True)
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("拟稿")
        ordering = ["-changed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(handler=F("reviewer")) & ~Q(reviewer=F("signer")) & ~Q(handler=F("signer")),
                name="draft_three_persons",
            ),
            models.UniqueConstraint(
                fields=["tenant", "kind", "subject_id"],
                condition=Q(status__in=["drafting", "checking", "signing"]),
                name="one_open_draft_per_subject",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("notifications:draft", args=[self.pk])


class Paper(models.Model):
    """A signed official paper (公文): number, date, issuer, signer and data hash first; its file follows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="papers")
    dossier = models.UUIDField()
    draft = models.OneToOneField(
        Draft, null=True, blank=True, on_delete=models.PROTECT, related_name="paper", verbose_name=_("文稿")
    )
    kind = models.CharField(max_length=40)
    confers = models.CharField(max_length=12, choices=LegalEffect, default=LegalEffect.NONE, blank=True)
    code = models.CharField(_("机关代字"), max_length=20)
    year = models.PositiveSmallIntegerField(_("年份"))
    serial = models.PositiveIntegerField(_("序号"))
    number = models.CharField(_("发文字号"), max_length=60)
    title = models.CharField(_("标题"), max_length=200)
    issued_on = models.DateField(_("成文日期"))
    issuer_name = models.CharField(_("发文机关"), max_length=80)
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(_("签发人"), max_length=40)
    signed_at = models.DateTimeField(default=timezone.now)
    template_version = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    data_hash = models.CharField(max_length=64)
    check_code = models.CharField(_("查验码"), max_length=24, unique=True)
    sample = models.BooleanField(_("示例数据"), default=False)
    validity = models.CharField(max_length=12, choices=PaperValidity, default=PaperValidity.VALID)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes",
        verbose_name=_("取代本文的公文"),
    )  # fmt: skip
    published_at = models.DateTimeField(_("公开时间"), null=True, blank=True)
    file_state = models.CharField(max_length=8, choices=FileState, default=FileState.PENDING)
    file_hash = models.CharField(max_length=64, blank=True)
    file_pages = models.PositiveSmallIntegerField(null=True, blank=True)
    file_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("公文")
        ordering = ["-signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code", "year", "serial"], name="one_paper_per_number"),
            models.CheckConstraint(
                condition=~Q(handler=F("reviewer")) & ~Q(reviewer=F("signer")) & ~Q(handler=F("signer")),
                name="paper_three_persons",
            ),
            models.CheckConstraint(
                condition=~Q(number="")
                & ~Q(issuer_name="")
                & ~Q(signer_name="")
                & Q(data_hash__regex=r"^[0-9a-f]{64}$"),
                name="paper_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def path(self) -> Path:
        """Where the rendered PDF lies."""
        return Path(settings.PRIVATE_ROOT) / "papers" / f"{self.pk}.pdf"

    def get_absolute_url(self) -> str:
        return reverse("notifications:check_code", args=[self.check_code])


class PaperCopy(models.Model):
    """A copy of a paper delivered to an organisation: 主送 or 抄送, and when it was first opened there (签收)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="copies")
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="paper_copies")
    is_main = models.BooleanField(default=True)
    delivered_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "organisation"], name="one_copy_per_organisation")]

    def __str__(self) -> str:
        return f"{self.paper} → {self.organisation}"
