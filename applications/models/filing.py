"""A city's filing, owner of the dossier."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.enums import FilingStatus, KindCode
from applications.kinds import word

if TYPE_CHECKING:
    from accounts.models import Division
    from registry.models import HostZone, Park

OPEN = ["draft", "submitted", "formal_check", "returned", "accepted", "in_review"]
# The kinds of filings that are not about a park that is there.
NO_PARK = [KindCode.CREATION.value, KindCode.CITY.value, KindCode.NATIONAL.value, KindCode.EXIT.value]
# The kinds of filings that are about a city or county.
OF_PLACES = [KindCode.CITY.value, KindCode.NATIONAL.value, KindCode.EXIT.value]


class Filing(models.Model):
    """A filing (申报): to create a park, about one that is there, or about a place; owner of the dossier.

    `park_name` is what it is about as its papers name it: the park, or the city or county.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="filings")
    kind = models.CharField(_("申报类别"), max_length=11, choices=KindCode, default=KindCode.CREATION)
    park = models.ForeignKey(
        "registry.Park", null=True, blank=True, on_delete=models.PROTECT, related_name="filings", verbose_name=_("园区")
    )
    division = models.ForeignKey(
        "accounts.Division",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="filings",
        verbose_name=_("市、县（市、区）"),
    )
    status = models.CharField(_("状态"), max_length=14, choices=FilingStatus, default=FilingStatus.DRAFT)
    park_name = models.CharField(_("园区名称"), max_length=80)
    host_zone = models.ForeignKey(
        "registry.HostZone",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="filings",
        verbose_name=_("所在开发区"),
    )
    number = models.CharField(_("申报编号"), max_length=40, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(_("本环节期限"), null=True, blank=True)
    request_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    acceptance_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rejection_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawal_paper = models.ForeignKey(
        "notifications.Paper", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deemed_withdrawn = models.BooleanField(_("视为撤回"), default=False)
    former = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors", verbose_name=_("前次申报")
    )
    changes_stated = models.TextField(_("与前次申报相比的变化"), blank=True)
    second_reason = models.TextField(_("同一开发区再次申报的理由"), blank=True)
    sample = models.BooleanField(_("示例数据"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("申报")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=NO_PARK, park__isnull=True) | (~Q(kind__in=NO_PARK) & Q(park__isnull=False)),
                name="filing_about_a_park_unless_it_creates_one",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_PLACES, division__isnull=False, host_zone__isnull=True)
                | (~Q(kind__in=OF_PLACES) & Q(division__isnull=True)),
                name="filing_about_a_place_if_it_is_of_a_city",
            ),
            models.UniqueConstraint(
                fields=["division"],
                condition=Q(status__in=OPEN),
                name="one_open_filing_per_place",
            ),
            models.CheckConstraint(
                condition=~Q(kind="creation") | Q(host_zone__isnull=False),
                name="filing_to_create_has_a_host_zone",
            ),
            models.UniqueConstraint(
                fields=["park", "kind"],
                condition=Q(status__in=OPEN),
                name="one_open_filing_of_a_kind_per_park",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "discarded"]) | Q(request_paper__isnull=False),
                name="filing_submitted_by_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | Q(return_paper__isnull=False), name="filing_returned_by_paper"
            ),
            models.CheckConstraint(
                condition=~Q(status="rejected") | Q(rejection_paper__isnull=False),
                name="filing_rejected_by_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "in_review", "listed", "declined"])
                | Q(acceptance_paper__isnull=False),
                name="filing_accepted_by_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["listed", "declined"]) | Q(decision_paper__isnull=False),
                name="filing_decided_by_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | Q(withdrawal_paper__isnull=False) | Q(deemed_withdrawn=True),
                name="filing_withdrawn_by_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.park_name

    @property
    def zone_name(self) -> str:
        """The host zone (所在开发区) as papers and lists name it; empty where the register tells of none."""
        return self.host_zone.name if self.host_zone else ""

    @property
    def created_in(self) -> HostZone:
        """The host zone of a filing that creates a park, which always has one."""
        assert self.host_zone is not None, "a park is created in a host zone"
        return self.host_zone

    @property
    def of_place(self) -> Division:
        """The city or county that a filing of the second programme is about."""
        assert self.division is not None, "a filing of this kind is about a place"
        return self.division

    @property
    def place(self) -> HostZone | Park:
        """What tells the city in which the park lies: its host zone, else the park itself."""
        found = self.host_zone or self.park
        assert found is not None, "what has no host zone is about a park that is there"
        return found

    def get_absolute_url(self) -> str:
        return reverse("applications:filing", args=[self.pk])

    def get_status_display(self) -> str:  # type: ignore[no-redef]
        """The status in the words of the filing's kind: a recognition ends with 已认定, not on the creation list."""
        return str(word(self.kind, f"filing.{self.status}", FilingStatus(self.status).label))
