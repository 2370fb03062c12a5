"""The registers of cities and counties (C-IV, C-V): one row of whichever register, typed by its declaration."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.enums import Book
from indicators.models.ledgers import Row


class Record(Row):
    """One row of a register (登记) of a city or county: `register` says of which (indicators.ledgers.registers).

    `year` is that of a yearly amount, or in which something that lasts began; `amount` in 万元, `number` in persons,
    of non-cash contributions in 万元 too.
    """

    book = Book.REGISTERS
    register = models.CharField(_("登记簿"), max_length=20)
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("类别"), max_length=20, blank=True, default="")
    name = models.CharField(_("名称"), max_length=120)
    body = models.CharField(_("单位"), max_length=120, blank=True, default="")
    amount = models.DecimalField(_("金额（万元）"), max_digits=16, decimal_places=4, null=True, blank=True)
    number = models.DecimalField(_("人数或数量"), max_digits=16, decimal_places=4, null=True, blank=True)
    since = models.DateField(_("起始日期"), null=True, blank=True)
    until = models.DateField(_("终止日期"), null=True, blank=True)
    paper = models.CharField(_("文号或依据"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("登记")
        ordering = ["ledger", "register", "-year", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "register", "year", "kind", "name"], name="one_record_per_register_and_year"
            ),
            models.CheckConstraint(
                condition=(Q(amount__isnull=True) | Q(amount__gte=0)) & (Q(number__isnull=True) | Q(number__gte=0)),
                name="record_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=models.F("since")),
                name="record_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name
