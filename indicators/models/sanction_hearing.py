"""What is said in a sanction case: the city's reasons and what is answered, the hearing, the departments' opinions."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums_sanction import AnswerOutcome, OpinionStance
from indicators.models.sanction import SanctionCase, _paper, _person


class SanctionArgument(models.Model):
    """One reason (申辩理由) of a signed statement; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    case = models.ForeignKey(SanctionCase, on_delete=models.PROTECT, related_name="arguments")
    office = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    text = models.TextField(_("理由"))
    stated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["case", "place"]
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="one_argument_per_place")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.place}"


class SanctionAnswer(models.Model):
    """What 省科技厅 answers to one reason; the city reads it with the decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    case = models.ForeignKey(SanctionCase, on_delete=models.PROTECT, related_name="answers")
    argument = models.OneToOneField(SanctionArgument, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(_("是否采纳"), max_length=8, choices=AnswerOutcome)
    text = models.TextField(_("答复"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["argument__place"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="sanction_answer_in_words")]

    def __str__(self) -> str:
        return f"{self.argument_id} {self.outcome}"


class SanctionHearing(models.Model):
    """A hearing (听证) that was asked for: its notice, when and where it is held, who heard, its record on paper.

    `checked_at` is when the city or the committee read the record; `remark` what they hold against it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    case = models.OneToOneField(SanctionCase, on_delete=models.PROTECT, related_name="hearing")
    reasons = models.TextField(_("申请听证的理由"))
    asked_at = models.DateTimeField(default=timezone.now)
    held_at = models.DateTimeField(_("听证时间"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    heard_by = models.CharField(_("听证人员"), max_length=200, blank=True)
    present = models.CharField(_("参加人员"), max_length=400, blank=True)
    minutes = models.TextField(_("听证笔录"), blank=True)
    recorder = models.CharField(_("记录人"), max_length=80, blank=True)
    notice_paper = _paper()
    minutes_paper = _paper()
    recorded_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    checked_by = _person()
    remark = models.TextField(_("对笔录的意见"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True)
                | (Q(held_at__isnull=False) & ~Q(place="") & ~Q(heard_by="") & ~Q(minutes="")),
                name="hearing_recorded_in_full",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.held_at or ''}"


class SanctionOpinion(models.Model):
    """What a department of the working group says of an intended sanction; the city never reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    case = models.ForeignKey(SanctionCase, on_delete=models.PROTECT, related_name="opinions")
    stance = models.CharField(_("意见"), max_length=8, choices=OpinionStance)
    text = models.TextField(_("理由"), blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["given_at"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stance}"


class SanctionFile(models.Model):
    """A file that supports a statement (附件)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    dossier = models.UUIDField()
    case = models.ForeignKey(SanctionCase, on_delete=models.PROTECT, related_name="files")
    upload = models.OneToOneField("files.Upload", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.upload_id}"
