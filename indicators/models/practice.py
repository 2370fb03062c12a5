"""What a place does well, told so that others can learn from it (优秀做法, C-V.4c)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums_practices import Dimension, PracticeStatus, PracticeTag


class Practice(models.Model):
    """An article on a practice of a place; owner is the government that wrote it.

    `tags` are codes of `PracticeTag`. `file_name` is kept beside the file, so that a public page reads no uploads.
    What was published is not changed: it is withdrawn, and told anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("accounts.Division", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("状态"), max_length=9, choices=PracticeStatus, default=PracticeStatus.DRAFT)
    title = models.CharField(_("标题"), max_length=80)
    dimension = models.CharField(_("维度"), max_length=8, choices=Dimension)
    tags = models.JSONField(_("标签"), default=list)
    year = models.PositiveSmallIntegerField(_("年度"))
    text = models.TextField(_("正文"))
    source = models.CharField(_("来源"), max_length=200)
    file = models.ForeignKey("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("优秀做法")
        ordering = ["-published_at", "-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["published", "withdrawn"])
                | Q(published_at__isnull=False, published_by__isnull=False, proposed_by__isnull=False),
                name="practice_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=F("proposed_by")), name="practice_published_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("practices:page", args=[self.pk])

    @property
    def public_address(self) -> str:
        """Where everybody reads it once it is published."""
        return reverse("practices:practice", args=[self.pk])

    @property
    def tag_labels(self) -> list[str]:
        """Its tags in words."""
        return [str(PracticeTag(code).label) for code in self.tags]
