"""The departments' word on a year's circular (通报) before it is signed: 会签 of 省发改委 and 省统计局."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.models.run import Run


class Cosignature(models.Model):
    """What a department was asked to countersign (会签, P-II.2.4a), and what it said; a changed wording asks anew.

    `content` is the paper as it was read, `digest` that of its words; `agreed` is None until the department's signer
    has spoken, and an objection says why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    requested_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="cosignatures")
    draft = models.ForeignKey("notifications.Draft", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    content = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=timezone.now)
    agreed = models.BooleanField(_("是否同意"), null=True, blank=True)
    reason = models.TextField(_("不同意见和理由"), blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signer_name = models.CharField(_("会签人"), max_length=60, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通报会签")
        ordering = ["run", "asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "tenant", "digest"], name="one_cosignature_per_wording"),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True, signed_at__isnull=True)
                | Q(agreed__isnull=False, signed_at__isnull=False, signer__isnull=False),
                name="cosignature_is_whole",
            ),
            models.CheckConstraint(condition=~Q(agreed=False) | ~Q(reason=""), name="cosignature_objects_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id} {self.run_id} {self.agreed}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:cosign", args=[self.pk])
