"""The case of a filing under joint review, what 省科技厅 concluded and what the government decided."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.enums import KindCode
from applications.kinds import kind_of, word
from reviews.enums import CaseStatus, Outcome, Ruling
from reviews.enums_state_answer import StateAnswerStatus

if TYPE_CHECKING:
    from reviews.models.publicity import Publicity
    from reviews.models.state_answer import StateAnswer


class Case(models.Model):
    """A filing under joint review (联审联评, P-II.1.8c); its tenant is the applicant city."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(unique=True)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="cases")
    filing = models.OneToOneField("applications.Filing", on_delete=models.PROTECT, related_name="case")
    version = models.ForeignKey("applications.FilingVersion", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("状态"), max_length=12, choices=CaseStatus, default=CaseStatus.REVIEWING)
    opened_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("结论期限"), null=True, blank=True)
    inquiry_paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, related_name="+")
    report_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whether 省科技厅 itself determines, with the departments: of cities and counties (C-III.2d).
    direct = models.BooleanField(_("由省科技厅确定"), default=False)
    waived_reason = models.TextField(_("不组织联审联评的理由"), blank=True)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("案件")
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["listed", "declined", "deferred"]) | Q(decision_paper__isnull=False),
                name="case_decided_by_paper",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["reviewing", "concluded", "publicity", "withdrawn"])
                | Q(report_paper__isnull=False)
                | Q(direct=True),
                name="case_reported_by_paper",
            ),
        ]

    def __str__(self) -> str:
        return str(self.filing)

    @property
    def is_waived(self) -> bool:
        """Whether 省科技厅 went on without a joint review, which only a change of the register may (T30)."""
        return bool(self.waived_reason)

    @property
    def state_answer(self) -> StateAnswer | None:
        """What the state answered (CT-56), registered or confirmed, as far as the scope shows it."""
        if self.filing.kind != KindCode.NATIONAL:
            return None
        rows = self.state_answers.exclude(status=StateAnswerStatus.RETURNED)
        return rows.select_related("scan", "recorded_by", "decided_by").first()

    @property
    def is_alone(self) -> bool:
        """Whether it lies before 省科技厅 alone, with no department asked (CT-55, CT-90)."""
        return kind_of(self.filing).alone

    def get_absolute_url(self) -> str:
        return reverse("reviews:case", args=[self.pk])

    def get_status_display(self) -> str:  # type: ignore[no-redef]
        """The status in the words of the filing's kind."""
        return str(word(self.filing.kind, f"case.{self.status}", CaseStatus(self.status).label))

    @property
    def conclusion(self) -> Conclusion | None:
        """The conclusion signed last; an upheld objection asks for another one, and the first stays on record."""
        return self.conclusions.select_related("paper").order_by("-signed_at").first()

    @property
    def publicity(self) -> Publicity | None:
        """The public notice signed last."""
        return self.publicities.select_related("paper").order_by("-published_at").first()


class Conclusion(models.Model):
    """What 省科技厅 concluded from the joint review (联审结论, T9), with its minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conclusions")
    outcome = models.CharField(_("结论"), max_length=10, choices=Outcome)
    text = models.TextField(_("结论说明"))
    paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["case", "signed_at"]

    def __str__(self) -> str:
        return self.get_outcome_display()

    def get_outcome_display(self) -> str:  # type: ignore[no-redef]
        """What is proposed, in the words of the filing's kind."""
        return str(word(self.case.filing.kind, f"outcome.{self.outcome}", Outcome(self.outcome).label))


class Decision(models.Model):
    """What the provincial government decided (省政府决定, T13/T14), with its paper."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField()
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    ruling = models.CharField(_("决定"), max_length=10, choices=Ruling)
    text = models.TextField(_("说明"), blank=True)
    paper = models.ForeignKey("notifications.Paper", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.get_ruling_display()

    def get_ruling_display(self) -> str:  # type: ignore[no-redef]
        """What was decided, in the words of the filing's kind."""
        return str(word(self.case.filing.kind, f"ruling.{self.ruling}", Ruling(self.ruling).label))
