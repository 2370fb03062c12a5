"""The on-site visit and the expert panel of a case, with photographs."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums_publicity import VisitKind
from reviews.models.case import Case


class Visit(models.Model):
    """An on-site visit (现场考察) or expert panel (专家论证, T8): its tenant is 省科技厅; its minutes are a paper."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(_("类别"), max_length=8, choices=VisitKind)
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=120)
    participants = models.TextField(_("参加人员"))
    experts = models.JSONField(_("专家名单"), default=list)
    planned_at = models.DateTimeField(default=timezone.now)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("期限"), null=True, blank=True)
    findings = models.TextField(_("情况和意见"), blank=True)
    paper = models.ForeignKey("notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("现场考察和专家论证")
        ordering = ["case", "held_on", "planned_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on}"


class VisitPhoto(models.Model):
    """A photograph taken at a visit (现场照片)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos")
    upload = models.ForeignKey("files.Upload", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("说明"), max_length=80, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["visit", "added_at"]

    def __str__(self) -> str:
        return self.caption or str(self.upload_id)
