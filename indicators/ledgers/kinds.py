"""What tells the ledgers apart on their pages: how rows are found, narrowed down, ordered, and what a list shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indicators.enums import Book, Decision
from indicators.enums_ledgers import OPEN_MODES, ExitInstrument, ExitMeasure, LandKind, LandUse, LeaderRole
from indicators.ledgers import counting, registers
from indicators.ledgers.columns import shown
from indicators.ledgers.columns_life import measures
from indicators.models import Exit, Issue, Land, Leader, Project, Record, Result, Support
from policy.supports import supports
from workflow import instants

Options = Callable[[], dict[str, tuple[Any, Q]]]
FLAWED_LAND = Q(kind=LandKind.SUPPLY) & (
    Q(use=LandUse.INDUSTRY, sei=False) | (Q(use=LandUse.RESEARCH) & ~Q(mode__in=OPEN_MODES))
)


@dataclass(frozen=True)
class Filter:
    """A control that narrows a list down: its name, label, and the rows of each choice."""

    name: str
    label: Any
    options: Options


@dataclass(frozen=True)
class Kind:
    """How the rows of a book are asked for. `year`: those of a year; `listed`: the columns of the general list.

    `says` tells of a column more than its value, `mark` what should be seen of a row at once.
    """

    order: tuple[str, ...]
    search: Callable[[str], Q]
    year: Callable[[int], Q]
    filters: tuple[Filter, ...] = ()
    listed: tuple[str, ...] = ()
    says: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    mark: Callable[[Any], str] = lambda row: ""


def _within(column: str) -> Callable[[int], Q]:
    return lambda year: Q(**{f"{column}__year": year})


def _of_year(year: int) -> Q:
    return Q(year=year)


def _words(*columns: str) -> Callable[[str], Q]:
    def found(text: str) -> Q:
        asked = Q()
        for column in columns:
            asked |= Q(**{f"{column}__icontains": text})
        return asked

    return found


def _each(column: str, choices: Any) -> Options:
    return lambda: {value: (label, Q(**{column: value})) for value, label in choices}


def _headings() -> dict[str, tuple[Any, Q]]:
    return {code: (f"{code} {one.label}", Q(clause__startswith=code)) for code, one in supports().headings.items()}


def _clauses() -> dict[str, tuple[Any, Q]]:
    return {code: (label, Q(clause=code)) for code, label in measures()}


def _keepers() -> dict[str, tuple[Any, Q]]:
    return {
        "local": (_("市、县和园区"), Q(ledger__measures=False)),
        "province": (_("省级部门"), Q(ledger__measures=True)),
    }


def _held() -> dict[str, tuple[Any, Q]]:
    today = instants.today()
    now = Q(since__lte=today) & (Q(until__isnull=True) | Q(until__gte=today))
    return {"now": (_("现任"), now), "former": (_("已离任"), Q(until__lt=today))}


def _open() -> dict[str, tuple[Any, Q]]:
    waiting = Q(solved_on__isnull=True)
    return {
        "open": (_("待解决"), waiting),
        "overdue": (_("已逾期"), waiting & Q(due_on__lt=instants.today())),
        "solved": (_("已解决"), ~waiting),
    }


def _body(row: Support) -> str:
    return row.body or row.ledger.tenant.short_name


def _counted(row: Support) -> str:
    return "" if row.count is None else f"{shown(row.count)} {row.unit}"


def _sei(row: Land) -> str:
    return str(shown(row.sei)) if row.kind == LandKind.SUPPLY else ""


def _overdue(row: Issue) -> str:
    return gettext("已逾期") if row.solved_on is None and row.due_on < instants.today() else ""


def _left(row: Leader) -> str:
    return gettext("已离任") if row.until is not None and row.until < instants.today() else ""


def _flawed(row: Land) -> str:
    if row.kind != LandKind.SUPPLY:
        return ""
    if row.use == LandUse.INDUSTRY and not row.sei:
        return gettext("没有用于战略性新兴产业")
    return gettext("没有招标拍卖挂牌") if row.use == LandUse.RESEARCH and row.mode not in OPEN_MODES else ""


def _firm(text: str) -> Q:
    return Q(name__icontains=text) | Q(credit_code=text.upper())


PROJECT_FLAWS = {
    "alerted": (_("须核查的准入项目"), Q(alerted_at__isnull=False)),
    "flagged": (_("低技术、高污染、高能耗"), counting.FLAGGED),
    "unassessed": (_("没有科技水平评价"), Q(assessed_on__isnull=True)),
}
LAND_FLAWS = {
    "flawed": (_("须核查的供地"), FLAWED_LAND),
    "alerted": (_("已提醒"), Q(alerted_at__isnull=False)),
}
FIRM_KINDS = {
    "hitech": (_("高新技术企业"), Q(hitech_from__isnull=False)),
    "sei": (_("战略性新兴产业企业"), Q(sei_year__isnull=False)),
    "hts": (_("高技术服务业企业"), Q(hts_year__isnull=False)),
    "sme": (_("科技型中小企业"), Q(sme_year__isnull=False)),
    "innovative": (_("创新型企业"), Q(innovative_year__isnull=False)),
    "hq": (_("总部企业"), Q(hq_year__isnull=False)),
    "listed": (_("上市公司"), Q(listed_year__isnull=False)),
    "rd": (_("企业研发机构"), Q(rd_year__isnull=False)),
}
KINDS: dict[Book, Kind] = {
    Book.PROJECTS: Kind(
        ("-year", "name"),
        _words("name", "investor"),
        _of_year,
        (
            Filter("decision", _("是否准入"), _each("decision", Decision.choices)),
            Filter("flaw", _("标记"), lambda: PROJECT_FLAWS),
        ),
    ),
    Book.ENTERPRISES: Kind(
        ("credit_code",),
        _firm,
        counting.new_enterprises,
        (Filter("kind", _("企业类别"), lambda: FIRM_KINDS),),
    ),
    Book.SUPPORT: Kind(
        ("-year", "clause", "name"),
        _words("name", "body", "paper"),
        _of_year,
        (
            Filter("heading", _("政策举措"), _headings),
            Filter("clause", _("条款"), _clauses),
            Filter("keeper", _("登记单位"), _keepers),
        ),
        ("year", "clause", "body", "amount", "count", "paper"),
        {"body": _body, "count": _counted},
    ),
    Book.LAND: Kind(
        ("-year", "kind", "name"),
        _words("name", "user", "paper"),
        _of_year,
        (
            Filter("kind", _("事项"), _each("kind", LandKind.choices)),
            Filter("use", _("用途"), _each("use", LandUse.choices)),
            Filter("flaw", _("标记"), lambda: LAND_FLAWS),
        ),
        ("year", "kind", "area", "use", "sei", "mode", "quota", "farmland"),
        {"sei": _sei},
        mark=_flawed,
    ),
    Book.EXITS: Kind(
        ("-decided_on", "name"),
        _words("name", "paper"),
        _within("decided_on"),
        (
            Filter("measure", _("处置方式"), _each("measure", ExitMeasure.choices)),
            Filter("instrument", _("倒逼手段"), _each("instrument", ExitInstrument.choices)),
        ),
        ("measure", "instrument", "decided_on", "released", "paper"),
    ),
    Book.LEADERS: Kind(
        ("role", "-since"),
        _words("name", "post"),
        lambda year: Q(since__year__lte=year) & (Q(until__isnull=True) | Q(until__year__gte=year)),
        (Filter("role", _("职责"), _each("role", LeaderRole.choices)), Filter("held", _("任职"), _held)),
        ("role", "post", "phone", "since", "until"),
        mark=_left,
    ),
    Book.ISSUES: Kind(
        (F("solved_on").desc(nulls_first=True), "due_on", "name"),  # type: ignore[arg-type]
        _words("name", "details", "raised_by"),
        _within("raised_on"),
        (Filter("state", _("进展"), _open),),
        ("raised_by", "raised_on", "needs", "due_on", "solved_on"),
        mark=_overdue,
    ),
    Book.RESULTS: Kind(
        ("-year", "assessed"), _words("name", "assessed"), _of_year, (), ("year", "assessed", "result", "paper")
    ),
    Book.EIAS: Kind(
        ("-approved_on", "name"),
        _words("name", "paper"),
        _within("approved_on"),
        (),
        ("approved_on", "office", "paper", "covered"),
    ),
    Book.REGISTERS: Kind(
        ("register", "-year", "name"),
        _words("name", "body", "paper"),
        _of_year,
        (
            Filter("register", _("登记簿"), _each("register", registers.register_choices())),
            Filter("kind", _("类别"), _each("kind", registers.kind_choices())),
        ),
        ("register", "year", "kind", "body", "amount", "number", "until"),
    ),
}


def year_of(row: Any) -> int | None:
    """The year whose return counts a row; None where all returns of its park do, or none."""
    if isinstance(row, Exit):
        return row.decided_on.year
    return row.year if isinstance(row, Project | Support | Land | Result | Record) else None
