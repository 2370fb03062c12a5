"""The ledgers of a park's later life: support, land, exits, leaders, issues, results, environmental assessments."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.enums import Book
from indicators.enums_ledgers import (
    ExitInstrument,
    ExitMeasure,
    LandKind,
    LandUse,
    LeaderRole,
    ResponsibilityResult,
    SupplyMode,
)
from indicators.models.ledgers import Row


class Support(Row):
    """A measure of support (支持措施) that a park had in a year, by the sub-clause of P-III that it carries out.

    `amount` in 万元, `count` in `unit`; either may be absent, as of a policy that is only declared.
    """

    book = Book.SUPPORT
    year = models.PositiveSmallIntegerField(_("年度"))
    clause = models.CharField(_("政策举措条款"), max_length=24)
    name = models.CharField(_("措施名称"), max_length=120)
    body = models.CharField(_("实施单位"), max_length=80, blank=True, default="")
    amount = models.DecimalField(_("金额（万元）"), max_digits=14, decimal_places=4, null=True, blank=True)
    count = models.DecimalField(_("数量"), max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("计量单位"), max_length=4, blank=True, default="")
    paper = models.CharField(_("文号或依据"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("支持措施")
        ordering = ["ledger", "-year", "clause", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "year", "clause", "name"], name="one_support_per_clause_and_year"
            ),
            models.CheckConstraint(
                condition=(Q(amount__isnull=True) | Q(amount__gte=0)) & (Q(count__isnull=True) | Q(count__gte=0)),
                name="support_is_not_negative",
            ),
            models.CheckConstraint(condition=Q(count__isnull=True) ^ ~Q(unit=""), name="support_count_has_its_unit"),
        ]

    def __str__(self) -> str:
        return self.name


class Land(Row):
    """A quota granted, land supplied, or farmland replaced (用地台账, P-II.3.4b, 3.4d, P-III.2c). Areas in 公顷.

    `sei`: supplied for a strategic emerging industry; `quota` is what of the land used the quota of new land.
    """

    book = Book.LAND
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("事项"), max_length=8, choices=LandKind)
    name = models.CharField(_("地块或文件名称"), max_length=120)
    area = models.DecimalField(_("面积（公顷）"), max_digits=14, decimal_places=4)
    use = models.CharField(_("用途"), max_length=8, choices=LandUse, blank=True, default="")
    sei = models.BooleanField(_("用于战略性新兴产业"), default=False)
    mode = models.CharField(_("供应方式"), max_length=10, choices=SupplyMode, blank=True, default="")
    quota = models.DecimalField(_("使用指标（公顷）"), max_digits=14, decimal_places=4, null=True, blank=True)
    farmland = models.DecimalField(_("占用耕地（公顷）"), max_digits=14, decimal_places=4, null=True, blank=True)
    user = models.CharField(_("用地单位"), max_length=120, blank=True, default="")
    paper = models.CharField(_("文号或依据"), max_length=120, blank=True, default="")
    alerted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("用地")
        ordering = ["ledger", "-year", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "year", "kind", "name"], name="one_land_per_name_and_year"),
            models.CheckConstraint(
                condition=Q(area__gte=0)
                & (Q(quota__isnull=True) | Q(quota__gte=0))
                & (Q(farmland__isnull=True) | Q(farmland__gte=0)),
                name="land_is_not_negative",
            ),
            models.CheckConstraint(condition=Q(kind=LandKind.SUPPLY) ^ Q(use=""), name="supplied_land_has_its_use"),
        ]

    def __str__(self) -> str:
        return self.name


class Exit(Row):
    """An enterprise that did not fit the plan, and what became of it (腾退台账, P-II.3.4a). Land released in 公顷."""

    book = Book.EXITS
    name = models.CharField(_("企业名称"), max_length=120)
    measure = models.CharField(_("处置方式"), max_length=8, choices=ExitMeasure)
    instrument = models.CharField(_("倒逼手段"), max_length=12, choices=ExitInstrument)
    decided_on = models.DateField(_("处置日期"))
    released = models.DecimalField(_("腾出土地（公顷）"), max_digits=14, decimal_places=4, null=True, blank=True)
    paper = models.CharField(_("文号或依据"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("腾退企业")
        ordering = ["ledger", "-decided_on", "name"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "decided_on", "name"], name="one_exit_per_name_and_day"),
            models.CheckConstraint(
                condition=Q(released__isnull=True) | Q(released__gte=0), name="released_land_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Leader(Row):
    """Who answers for a park, from a day to a day (负责人, P-IV.4d)."""

    book = Book.LEADERS
    role = models.CharField(_("职责"), max_length=14, choices=LeaderRole)
    name = models.CharField(_("姓名"), max_length=40)
    post = models.CharField(_("职务"), max_length=120)
    phone = models.CharField(_("办公电话"), max_length=40, blank=True, default="")
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("负责人")
        ordering = ["ledger", "role", "-since"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "role", "name", "since"], name="one_leader_per_role_and_day"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="leader_leaves_after_coming"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Issue(Row):
    """A question that others must decide (问题协调台账, P-IV.4e); `needs` is the code of the office that decides."""

    book = Book.ISSUES
    raised_on = models.DateField(_("提出日期"))
    name = models.CharField(_("问题"), max_length=120)
    details = models.CharField(_("具体情况"), max_length=500, blank=True, default="")
    raised_by = models.CharField(_("提出单位"), max_length=80)
    needs = models.CharField(_("需由谁决定"), max_length=60)
    due_on = models.DateField(_("应解决日期"))
    solved_on = models.DateField(_("解决日期"), null=True, blank=True)
    outcome = models.CharField(_("解决结果"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("需协调的问题")
        ordering = ["ledger", "-raised_on", "name"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "raised_on", "name"], name="one_issue_per_name_and_day"),
            models.CheckConstraint(
                condition=Q(solved_on__isnull=True, outcome="") | (Q(solved_on__isnull=False) & ~Q(outcome="")),
                name="solved_issue_has_its_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Result(Row):
    """What the responsibility system came to in a year (目标责任制考核结果, P-II.1.7)."""

    book = Book.RESULTS
    year = models.PositiveSmallIntegerField(_("年度"))
    name = models.CharField(_("考核文件名称"), max_length=120)
    result = models.CharField(_("考核结果"), max_length=10, choices=ResponsibilityResult)
    assessed = models.CharField(_("被考核单位"), max_length=120)
    paper = models.CharField(_("文号或依据"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("目标责任制考核结果")
        ordering = ["ledger", "-year", "assessed"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "year", "assessed"], name="one_result_per_office_and_year")
        ]

    def __str__(self) -> str:
        return self.name


class Eia(Row):
    """An environmental assessment of a park's plan (规划环评, P-II.3.5a) and the area in 平方公里 that it covers."""

    book = Book.EIAS
    name = models.CharField(_("规划环评名称"), max_length=120)
    approved_on = models.DateField(_("审查意见日期"))
    office = models.CharField(_("审查单位"), max_length=80)
    paper = models.CharField(_("文号"), max_length=120)
    covered = models.DecimalField(_("覆盖面积（平方公里）"), max_digits=14, decimal_places=4)

    class Meta:
        verbose_name = verbose_name_plural = _("规划环评")
        ordering = ["ledger", "-approved_on", "name"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "approved_on", "name"], name="one_eia_per_name_and_day")
        ]

    def __str__(self) -> str:
        return self.name


class SupportTotal(models.Model):
    """What support came to by heading in a year that is over, for everybody; None where few parks had it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField(_("年度"))
    heading = models.CharField(_("政策举措"), max_length=8)
    parks = models.PositiveIntegerField(_("受益园区数"), null=True)
    measures = models.PositiveIntegerField(_("措施数"), null=True)
    amount = models.DecimalField(_("金额（万元）"), max_digits=18, decimal_places=4, null=True)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("支持措施统计")
        ordering = ["-year", "heading"]
        constraints = [models.UniqueConstraint(fields=["year", "heading"], name="one_support_total_per_heading")]

    def __str__(self) -> str:
        return f"{self.year} {self.heading}"


class Contact(models.Model):
    """Whom a department of the working group (工作小组, P-IV.4a) named as its contact, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("姓名"), max_length=40)
    post = models.CharField(_("处室和职务"), max_length=80)
    phone = models.CharField(_("办公电话"), max_length=40)
    since = models.DateField(_("起始日期"))
    until = models.DateField(_("终止日期"), null=True, blank=True)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("工作小组联络员")
        ordering = ["tenant__order", "-since", "-named_at"]
        constraints = [
            models.UniqueConstraint(fields=["tenant"], condition=Q(until__isnull=True), name="one_contact_per_office")
        ]

    def __str__(self) -> str:
        return self.name
