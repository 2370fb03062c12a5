"""The versions of the index (指标体系), and the signatures of the three departments that own it (P-II.2.4a)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums import RankingList
from indicators.enums_policy import IndexStatus
from policy import index
from policy.index import Part
from workflow.ledger import digest


class IndexVersion(models.Model):
    """One version of the index of a list: its tree and what it rests on (P-II.2.4b), valid from a year's results on.

    `tree` are the nodes as `policy.index.Part` reads them; `edition` counts its changes, so that two who write at once
    do not overwrite each other unseen. `digest` is set when it goes to signature; from then on its content is fixed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    ranking = models.CharField(_("适用名单"), max_length=10, choices=RankingList)
    number = models.PositiveSmallIntegerField(_("版次"))
    title = models.CharField(_("名称"), max_length=120)
    valid_from = models.PositiveSmallIntegerField(_("自哪一年度的评价起适用"))
    tree = models.JSONField(_("指标体系"), default=list)
    basis = models.JSONField(_("依据"), default=list)
    copied_from = models.PositiveSmallIntegerField(_("复制自第几版"), null=True, blank=True)
    status = models.CharField(_("状态"), max_length=10, choices=IndexStatus, default=IndexStatus.DRAFT)
    edition = models.PositiveIntegerField(default=1)
    digest = models.CharField(_("摘要"), max_length=80, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("指标体系版本")
        ordering = ["ranking", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["ranking", "number"], name="one_index_version_per_number"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "checking"]) | ~Q(digest=""), name="index_to_sign_has_a_digest"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "checking", "signing"]) | Q(signed_at__isnull=False),
                name="index_signed_at_an_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ranking} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("index_versions:version", args=[self.pk])

    @property
    def parts(self) -> tuple[Part, ...]:
        """The nodes of the tree."""
        return index.parts(self.tree)

    def content_digest(self) -> str:
        """SHA-256 of what is signed, as sorted UTF-8 JSON with decimal strings."""
        names = ("ranking", "number", "title", "valid_from", "tree", "basis")
        return "sha256:" + digest({name: getattr(self, name) for name in names})


class IndexSignature(models.Model):
    """A department's signature on an index version, on the digest of its content; dropped when it goes back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(IndexVersion, on_delete=models.PROTECT, related_name="signatures")
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("签发人"), max_length=60)
    digest = models.CharField(max_length=80)
    signed_at = models.DateTimeField(default=timezone.now)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_reason = models.CharField(_("失效原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("指标体系签发")
        ordering = ["version", "signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "tenant"], condition=Q(dropped_at__isnull=True), name="one_signature_per_department"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id} {self.digest}"
