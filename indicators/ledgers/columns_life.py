"""The columns of the ledgers of a park's later life, and what must fit together in their rows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import OrganisationKind
from accounts.models import Organisation
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
from indicators.ledgers import registers
from indicators.ledgers.cells import NOTE, Amount, Choice, Column, Fitting, choice, date, text, year, yes
from indicators.models import Eia, Enterprise, Exit, Issue, Land, Leader, Project, Record, Result, Support
from policy.supports import UNITS, supports

AnyRow = Project | Enterprise | Support | Land | Exit | Leader | Issue | Result | Eia | Record
HECTARES = Amount(gettext_lazy("公顷"))
PAPER = Column("paper", text(120), "杭政函〔2014〕25号", width=24)
DECIDES = (
    OrganisationKind.LEAD,
    OrganisationKind.DEPARTMENT,
    OrganisationKind.OTHER_DEPARTMENT,
    OrganisationKind.PROV_GOV_OFFICE,
    OrganisationKind.APPLICANT_GOV,
    OrganisationKind.COUNTY_GOV,
)


def measures() -> list[tuple[str, Any]]:
    """The sub-clauses of P-III by code, each with its words."""
    return [(code, f"{one.clause} {one.label}") for code, one in supports().measures.items()]


def deciders() -> list[tuple[str, Any]]:
    """The offices that may have to decide a question, by code."""
    found = Organisation.objects.filter(kind__in=DECIDES, active=True).order_by("order", "code")
    return [(one.code, one.short_name) for one in found]


CLAUSE = Choice(measures)
DECIDER = Choice(deciders)
UNIT = Choice(lambda: [(unit, unit) for unit in UNITS])

COLUMNS: dict[Book, tuple[Column, ...]] = {
    Book.SUPPORT: (
        Column("year", year, "2014", required=True, width=10),
        Column(
            "clause",
            CLAUSE,
            "P-III.1b",
            required=True,
            help=gettext_lazy("“三、政策举措”六个方面的哪一条；在表格里填代码或全名。"),
            width=36,
        ),
        Column("name", text(120), "省人才专项资金支持引进创新团队", required=True, width=36),
        Column("body", text(80), "市科技局", help=gettext_lazy("不填即登记这一行的政府或部门。"), width=24),
        Column("amount", Amount(gettext_lazy("万元")), "500", width=14),
        Column("count", Amount(), "2", help=gettext_lazy("人数、项数、家数、面积等，与计量单位同时填写。"), width=12),
        Column("unit", UNIT, "项", width=10),
        PAPER,
        NOTE,
    ),
    Book.LAND: (
        Column("year", year, "2014", required=True, width=10),
        Column("kind", choice(LandKind), "新增供地", required=True, width=12),
        Column("name", text(120), "示例地块 2014-01", required=True, width=30),
        Column("area", HECTARES, "3.2", required=True, width=14),
        Column("use", choice(LandUse), "工业用地", help=gettext_lazy("新增供地须填写。"), width=12),
        Column("sei", yes, "是", width=12),
        Column("mode", choice(SupplyMode), "挂牌", help=gettext_lazy("科研用地以招标拍卖挂牌方式供应（P-III.2c）。")),
        Column("quota", HECTARES, "3.2", help=gettext_lazy("这块地使用的新增建设用地指标；没有使用填 0。")),
        Column("farmland", HECTARES, "1.1", help=gettext_lazy("这块地占用的耕地；没有占用填 0。")),
        Column("user", text(120), "杭州示例科技有限公司", width=28),
        PAPER,
        NOTE,
    ),
    Book.EXITS: (
        Column("name", text(120), "杭州示例印染有限公司", required=True, width=30),
        Column("measure", choice(ExitMeasure), "迁", required=True, width=12),
        Column("instrument", choice(ExitInstrument), "环保监管", required=True, width=14),
        Column("decided_on", date, "2014-06-30", required=True, width=14),
        Column("released", HECTARES, "2.5", width=14),
        PAPER,
        NOTE,
    ),
    Book.LEADERS: (
        Column("role", choice(LeaderRole), "分管负责人", required=True, width=20),
        Column("name", text(40), "张三（示例）", required=True, width=16),
        Column("post", text(120), "副市长", required=True, width=24),
        Column("phone", text(40), "0571-00000000", width=18),
        Column("since", date, "2013-03-01", required=True, width=14),
        Column("until", date, "", width=14),
        NOTE,
    ),
    Book.ISSUES: (
        Column("raised_on", date, "2014-05-06", required=True, width=14),
        Column("name", text(120), "园区二期用地指标不足", required=True, width=36),
        Column("details", text(500), "", width=40),
        Column("raised_by", text(80), "园区管委会", required=True, width=20),
        Column("needs", DECIDER, "省科技厅", required=True, help=gettext_lazy("在表格里填单位简称。"), width=20),
        Column("due_on", date, "2014-08-31", required=True, width=14),
        Column("solved_on", date, "", width=14),
        Column("outcome", text(500), "", width=40),
        NOTE,
    ),
    Book.RESULTS: (
        Column("year", year, "2014", required=True, width=10),
        Column("assessed", text(120), "园区管委会", required=True, width=24),
        Column("result", choice(ResponsibilityResult), "优秀", required=True, width=12),
        Column("name", text(120), "2014年度目标责任制考核结果通报", required=True, width=36),
        PAPER,
        NOTE,
    ),
    Book.EIAS: (
        Column("name", text(120), "园区规划环境影响报告书", required=True, width=36),
        Column("approved_on", date, "2013-06-01", required=True, width=14),
        Column("office", text(80), "省生态环境厅", required=True, width=24),
        Column("paper", text(120), "浙环函〔2013〕1号", required=True, width=24),
        Column("covered", Amount(gettext_lazy("平方公里")), "9.8", required=True, width=14),
        NOTE,
    ),
    Book.REGISTERS: (
        Column("register", Choice(registers.register_choices), "企业研发机构", required=True, width=24),
        Column(
            "year",
            year,
            "2014",
            required=True,
            help=gettext_lazy("按年计的填发生年度；长期存在的填认定（设立）年度，终止后填终止日期。"),
            width=10,
        ),
        Column(
            "kind", Choice(registers.kind_choices), "企业研究院", help=gettext_lazy("登记簿分类别的须填写。"), width=24
        ),
        Column("name", text(120), "示例智能装备研究院", required=True, width=36),
        Column("body", text(120), "示例装备股份有限公司", width=28),
        Column("amount", Amount(gettext_lazy("万元")), "500", width=14),
        Column("number", Amount(), "120", help=gettext_lazy("人数；非货币出资填作价金额（万元）。"), width=12),
        Column("since", date, "2014-05-01", width=14),
        Column("until", date, "", width=14),
        PAPER,
        NOTE,
    ),
}
MODELS: dict[Book, type[AnyRow]] = {
    model.book: model for model in (Support, Land, Exit, Leader, Issue, Result, Eia, Record)
}
KEYS: dict[Book, tuple[str, ...]] = {
    Book.SUPPORT: ("year", "clause", "name"),
    Book.LAND: ("year", "kind", "name"),
    Book.EXITS: ("decided_on", "name"),
    Book.LEADERS: ("role", "name", "since"),
    Book.ISSUES: ("raised_on", "name"),
    Book.RESULTS: ("year", "assessed"),
    Book.EIAS: ("approved_on", "name"),
    Book.REGISTERS: ("register", "year", "kind", "name"),
}


def _support(values: dict[str, Any]) -> list[tuple[str, str]]:
    if values["count"] in (None, "") and values["unit"]:
        return [("count", _("填写了计量单位，请填写数量"))]
    if values["count"] not in (None, "") and not values["unit"]:
        return [("unit", _("填写了数量，请选择计量单位"))]
    one = supports().measures.get(values["clause"])
    if one and one.fund and values["amount"] in (None, ""):
        return [("amount", _("专项资金应填写当年的规模"))]
    return []


def _land(values: dict[str, Any]) -> list[tuple[str, str]]:
    if values["kind"] == LandKind.SUPPLY:
        return [] if values["use"] else [("use", _("新增供地应填写用途"))]
    given = [name for name in ("use", "mode", "sei", "quota", "farmland") if values[name] not in (None, "", False)]
    return [(given[0], _("只有新增供地填写用途、供应方式、使用指标和占用耕地"))] if given else []


def _leader(values: dict[str, Any]) -> list[tuple[str, str]]:
    if values["until"] and str(values["until"]) < str(values["since"]):
        return [("until", _("离任日期不能早于任职日期"))]
    return []


def _issue(values: dict[str, Any]) -> list[tuple[str, str]]:
    if bool(values["solved_on"]) != bool(values["outcome"]):
        missing = "outcome" if values["solved_on"] else "solved_on"
        return [(missing, _("解决日期和解决结果应同时填写"))]
    return []


FITTING: dict[Book, Fitting] = {
    Book.SUPPORT: Fitting(("clause", "amount", "count", "unit"), _support),
    Book.LAND: Fitting(("kind", "use", "mode", "sei", "quota", "farmland"), _land),
    Book.LEADERS: Fitting(("since", "until"), _leader),
    Book.ISSUES: Fitting(("solved_on", "outcome"), _issue),
    Book.REGISTERS: Fitting(("register", "kind", "amount", "number", "since", "until", "paper"), registers.unfit),
}
