"""The countersignature of a department on the report upward: what it read and said, who said so and when."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums import CountersignStatus
from reviews.models.case import Case

OVER = ("superseded", "withdrawn")


class CurrentCountersignatures(models.Manager["Countersignature"]):
    """Those that count: not those on an earlier wording, nor those no longer asked for."""

    def get_queryset(self) -> models.QuerySet[Countersignature]:
        return super().get_queryset().exclude(status__in=OVER)


class Countersignature(models.Model):
    """One department's countersignature (会签, T12) on one wording of the report; its tenant is the department.

    `content` is the paper as it stood when it was asked for and `digest` that of its wording: a signature counts
    for the words that it stands under. `objects` gives what counts now, `every` also what was superseded.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="countersignatures")
    draft = models.ForeignKey("notifications.Draft", on_delete=models.PROTECT, related_name="+")
    requested_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    content = models.JSONField(_("会签文稿"))
    digest = models.CharField(max_length=64)
    status = models.CharField(_("状态"), max_length=10, choices=CountersignStatus, default=CountersignStatus.ASKED)
    requested_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    advised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(_("不同意见"), blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signer_name = models.CharField(_("会签人"), max_length=40, blank=True)
    signed_at = models.DateTimeField(_("会签时间"), null=True, blank=True)
    position = models.TextField(_("我厅意见"), blank=True)

    objects = CurrentCountersignatures()
    every = models.Manager["Countersignature"]()

    class Meta:
        verbose_name = verbose_name_plural = _("会签")
        ordering = ["case", "tenant__order", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "tenant"], condition=~Q(status__in=OVER), name="one_countersignature_per_department"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["agreed", "objected", "stated"])
                | (Q(signed_by__isnull=False, signed_at__isnull=False) & ~Q(signer_name="")),
                name="countersignature_signed_by_person",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["objected", "stated"]) | ~Q(reason=""), name="objection_says_why"
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | Q(advised_by=None) | ~Q(signed_by=models.F("advised_by")),
                name="countersignature_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.get_status_display()}"


class CountersignAdvice(models.Model):
    """What a department's handler proposes to its signer (拟办意见): the department's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    countersignature = models.ForeignKey(Countersignature, on_delete=models.PROTECT, related_name="advices")
    text = models.TextField(_("拟办意见"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["countersignature", "at"]

    def __str__(self) -> str:
        return self.text[:40]
