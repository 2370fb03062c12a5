"""The application of a city or county (创新型城市、县、区): creation plan, implementation plan, self-assessment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from applications.plan.schema import Field, Kind, Section
from policy import figures, index

PLANS = _("一、创建规划和实施方案")
SELF = _("二、对照指标体系的自评")
PERSONS = _("三、责任人和承诺")

TITLES = {
    "spirit": _("创新精神"),
    "ability": _("创新能力"),
    "results": _("创新成果"),
    "industry": _("创新产业"),
    "setting": _("创新环境"),
}
# What C-V.3a compares is asked besides the figures of the index.
FISCAL = ("C.fiscal_st_expenditure", "C.fiscal_recurrent_revenue")


@dataclass(frozen=True)
class Dimension:
    """One dimension of C-III.3a: the figures that its indicators rest on, and those wanted of the year before too."""

    code: str
    figures: tuple[str, ...]
    before: frozenset[str]


def figure_key(code: str, before: bool = False) -> str:
    """The key of a figure of the self-assessment, of the year before the application or of the one before that."""
    return f"city.{'before' if before else 'figure'}.{code}"


def dimensions() -> tuple[Dimension, ...]:
    """The five dimensions of the index as the project brings it; a figure is asked once, where it is first needed."""
    tree = index.default("city").tree
    asked: set[str] = set()
    found = []
    for top in (part for part in tree if part.level == 2):
        own = [part for part in tree if part.parent == top.code]
        wanted = [code for part in own for code in (*part.numerator, part.denominator) if code]
        wanted += FISCAL if any(part.clause == "C-V.3a" for part in own) else ()
        new = tuple(code for code in dict.fromkeys(wanted) if code not in asked)
        asked.update(new)
        growing = {code for part in own if part.kind == index.GROWTH for code in part.numerator}
        found.append(Dimension(top.code, new, frozenset(growing | set(FISCAL)) & frozenset(new)))
    return tuple(found)


def _figure_fields(code: str, before: bool) -> Iterator[Field]:
    figure = figures.find(code)
    assert figure is not None
    kind = Kind.INTEGER if figure.type is figures.Type.COUNT else Kind.DECIMAL
    label = figures.label(code)
    clause = "C-V.3a" if code in FISCAL else "C-III.2b"
    yield Field(figure_key(code), label, kind, unit=figure.unit, clause=clause, signed=figure.signed)
    if before:
        said = format_lazy(_("{label}（前一年）"), label=label)
        yield Field(figure_key(code, True), said, kind, unit=figure.unit, clause=clause, signed=figure.signed)


def _dimension(one: Dimension) -> Section:
    rows = tuple(field for code in one.figures for field in _figure_fields(code, code in one.before))
    words = Field(f"city.self.{one.code}", _("自评说明"), Kind.LONGTEXT, clause="C-III.3a")
    return Section(
        slug=f"city-{one.code}",
        title=TITLES[one.code],
        group=SELF,
        clauses=("C-III.2b",),
        guide=(
            _("填写申报年度上一年的数据，标有“前一年”的再填前一年的；写明做法、成效和差距。"),
            _("数据随申报进入当地的年度报表，经核定后用于测评。"),
        ),
        fields=(*rows, words),
    )


CITY: tuple[Section, ...] = (
    Section(
        slug="city-plan",
        title=_("创建规划"),
        group=PLANS,
        clauses=("C-III.2b",),
        guide=(_("写明创建的基础、目标和主要任务；规划全文在“申报材料”上传。"),),
        fields=(
            Field("city.plan.base", _("创建基础"), Kind.LONGTEXT, clause="C-III.2b"),
            Field("city.plan.aims", _("创建目标"), Kind.LONGTEXT, clause="C-III.3a", help=_("分年度写明。")),
            Field("city.plan.tasks", _("主要任务"), Kind.LONGTEXT, clause="C-IV.1a"),
        ),
    ),
    Section(
        slug="city-implementation",
        title=_("实施方案"),
        group=PLANS,
        clauses=("C-III.2b",),
        guide=(_("写明任务分工、年度安排和保障措施；方案全文在“申报材料”上传。"),),
        fields=(
            Field("city.implementation.duties", _("任务分工"), Kind.LONGTEXT, clause="C-V.1c"),
            Field("city.implementation.schedule", _("年度安排"), Kind.LONGTEXT, clause="C-III.2b"),
            Field("city.implementation.support", _("保障措施和经费"), Kind.LONGTEXT, clause="C-V.3b"),
        ),
    ),
    *(_dimension(one) for one in dimensions()),
    Section(
        slug="city-persons",
        title=_("责任人"),
        group=PERSONS,
        clauses=("C-III.2b",),
        guide=(_("只填办公电话，不填手机号码和身份证号。"),),
        fields=(
            Field("city.main.name", _("主要负责人姓名"), clause="C-V.1b"),
            Field("city.main.post", _("主要负责人职务"), clause="C-V.1b"),
            Field("city.deputy.name", _("分管负责人姓名"), clause="C-V.1b"),
            Field("city.deputy.post", _("分管负责人职务"), clause="C-V.1b"),
            Field("city.contact", _("联系人"), clause="C-V.1c", help=_("姓名、单位和办公电话。"), office=True),
            Field("city.truth", _("申报材料真实、完整，与原件一致"), Kind.BOOLEAN, clause="C-III.2b"),
        ),
    ),
)
