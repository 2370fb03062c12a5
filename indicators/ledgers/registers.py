"""The registers (登记簿) of the city programme, C-IV and C-V: what each takes, and which figures it counts to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

INSTITUTE_SIZES = (100, 300, 1000, 2000)  # C-IV.2h
NON_CASH_LIMIT = 70  # percent of the registered capital, C-IV.6c


@dataclass(frozen=True)
class Counts:
    """A figure that a register counts: rows of some kinds (none: of all), a column added up (none: rows are counted).

    `stock`: rows that began by 31 December and had not ended by then; else those of the year. `least`: from which
    number (人) on a row counts.
    """

    code: str
    kinds: tuple[str, ...] = ()
    adds: str = ""
    stock: bool = False
    least: int = 0


@dataclass(frozen=True)
class Register:
    """One register: its label and clause, the kinds a row chooses from, the columns that it must have, its figures."""

    label: Any
    clause: str
    kinds: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    counts: tuple[Counts, ...] = ()


def _stock(figures: Mapping[str, str]) -> tuple[Counts, ...]:
    """One figure for each kind, of what there is on 31 December."""
    return tuple(Counts(code, (kind,), stock=True) for kind, code in figures.items())


def _sums(figures: Mapping[str, str], column: str = "amount") -> tuple[Counts, ...]:
    """One figure for each kind, of what the year's rows add up to."""
    return tuple(Counts(code, (kind,), column) for kind, code in figures.items())


STANDARDS = {
    f"{level}_{role}": label
    for level, role, label in (
        ("intl", "lead", _("主导国际标准")),
        ("intl", "join", _("参与国际标准")),
        ("national", "lead", _("主导国家标准")),
        ("national", "join", _("参与国家标准")),
        ("industry", "lead", _("主导行业标准")),
        ("industry", "join", _("参与行业标准")),
        ("local", "lead", _("主导地方标准")),
        ("local", "join", _("参与地方标准")),
    )
}
BASES = {
    "innovation": _("重点科技创新基地"),
    "rd": _("研发基地"),
    "design": _("工业设计特色基地"),
    "testing": _("检验检测基地"),
    "creative": _("创意产业基地"),
}
RELIEFS = {
    "rd_deduction": ("rd", _("研究开发费用加计扣除")),
    "hitech_tax": ("hitech", _("高新技术企业所得税优惠")),
    "ats_tax": ("ats", _("技术先进型服务企业优惠")),
    "vc_tax": ("vc", _("创业投资企业优惠")),
    "incubator_tax": ("incubator", _("科技企业孵化器优惠")),
    "sts_tax": ("sts", _("科技服务业优惠")),
}
REGISTERS: dict[str, Register] = {
    "plans": Register(_("创新发展规划"), "C-IV.1a", needs=("paper",)),
    "six_bases": Register(
        _("六大特色基地"),
        "C-IV.1b",
        {
            "regional": _("区域科技创新基地"),
            "startup": _("科技创业基地"),
            "emerging": _("新兴产业和高新技术产业基地"),
            "sts": _("科技服务业基地"),
            "talent": _("高端人才集聚基地"),
            "modern": _("现代服务业基地"),
        },
    ),
    "pilots": Register(
        _("可持续发展和智慧试点"),
        "C-IV.1e",
        {"sustainable": _("可持续发展实验区"), "smart": _("智慧城市、城区、园区试点")},
        counts=_stock({"sustainable": "C.pilots[sustainable]", "smart": "C.pilots[smart]"}),
    ),
    "technologies": Register(
        _("技术研发与推广应用"),
        "C-IV.1f",
        {
            "saving": _("节能减排技术"),
            "informatisation": _("制造业信息化技术"),
            "health": _("卫生适宜技术"),
            "digital": _("服务业数字化技术"),
        },
    ),
    "institutions": Register(
        _("企业研发机构"),
        "C-IV.2a; C-IV.2h",
        {
            "institute": _("企业研究院"),
            "rd_center": _("研发中心"),
            "tech_center": _("技术中心"),
            "other_rd": _("其他研发机构"),
        },
        ("number",),
        (
            Counts("C.ent_rd_institutions", stock=True),
            *(
                Counts(f"C.enterprise_institutes[{size}]", ("institute",), stock=True, least=size)
                for size in INSTITUTE_SIZES
            ),
        ),
    ),
    "overseas": Register(
        _("海外并购和海外基地"),
        "C-IV.2b; C-IV.5g",
        {"acquisition": _("海外并购"), "overseas_base": _("海外基地")},
        counts=(Counts("C.overseas_ma", ("acquisition",)), *_stock({"overseas_base": "C.overseas_bases"})),
    ),
    "enterprises": Register(
        _("创新型企业和总部"),
        "C-IV.2c; C-IV.2e",
        {
            "innovative": _("创新型企业"),
            "hitech": _("高新技术企业"),
            "sme": _("科技型中小企业"),
            "hq": _("总部企业"),
        },
        counts=_stock(
            {
                "innovative": "C.innovative_enterprises",
                "hitech": "C.hitech_enterprises",
                "sme": "C.tech_smes",
                "hq": "C.hq_enterprises",
            }
        ),
    ),
    "alliances": Register(_("技术创新战略联盟"), "C-IV.2d", counts=(Counts("C.alliances", stock=True),)),
    "standards": Register(
        _("标准制（修）订"),
        "C-IV.2f; C-IV.6d",
        STANDARDS,
        ("paper",),
        tuple(Counts(f"C.standards[{kind}]", (kind,)) for kind in STANDARDS),
    ),
    "marks": Register(
        _("商标品牌基地和地理标志"),
        "C-IV.2g",
        {"brand_base": _("区域性专业商标品牌基地"), "geo_mark": _("地理标志证明商标")},
        counts=_stock({"brand_base": "C.trademark_bases", "geo_mark": "C.geo_marks"}),
    ),
    "lead_projects": Register(_("企业牵头重大项目"), "C-IV.2i", needs=("amount",), counts=(Counts("C.lead_projects"),)),
    "joint_rd": Register(_("产学研联合机构"), "C-IV.2j", counts=(Counts("C.joint_rd", stock=True),)),
    "talents": Register(
        _("人才和团队"),
        "C-IV.3a; C-IV.3b; C-IV.3c; C-IV.3d",
        {
            "high": _("高层次人才"),
            "skilled": _("高技能人才"),
            "thousand": _("千人计划入选者"),
            "overseas_engineer": _("海外工程师"),
            "entrepreneur": _("科技型企业家"),
            "team": _("创新团队"),
        },
        ("number",),
        (
            Counts("C.high_talents", ("high",), "number", stock=True),
            Counts("C.skilled_talents", ("skilled",), "number", stock=True),
            Counts("C.thousand_plan", ("thousand",), "number", stock=True),
            Counts("C.overseas_engineers", ("overseas_engineer",), "number", stock=True),
            Counts("C.tech_entrepreneurs", ("entrepreneur",), "number", stock=True),
            Counts("C.teams", ("team",), stock=True),
        ),
    ),
    "trainings": Register(
        _("培训"),
        "C-IV.3e; C-V.2b",
        needs=("number",),
        counts=(Counts("C.trainings"), Counts("C.trained_persons", adds="number")),
    ),
    "clusters": Register(_("产业集群示范区"), "C-IV.4a", counts=(Counts("C.clusters", stock=True),)),
    "carriers": Register(
        _("创新载体"),
        "C-IV.4b; C-IV.4c; C-IV.4e; C-IV.6a",
        {
            "incubator": _("科技企业孵化器"),
            "accelerator": _("加速器"),
            "tech_park": _("科技园"),
            "transfer_agency": _("技术转移机构"),
            "platform": _("公共科技创新平台"),
        },
        counts=_stock(
            {
                "incubator": "C.incubators",
                "accelerator": "C.accelerators",
                "tech_park": "C.tech_parks",
                "transfer_agency": "C.transfer_agencies",
                "platform": "C.service_platforms",
            }
        ),
    ),
    "bases": Register(
        _("五类基地"), "C-IV.4g", BASES, counts=_stock({kind: f"C.innovation_bases[{kind}]" for kind in BASES})
    ),
    "trade": Register(
        _("技术交易"),
        "C-IV.4d; C-IV.5e",
        {
            "contract": _("技术合同"),
            "online_contract": _("网上技术市场合同"),
            "exchange": _("技术交易所"),
        },
        counts=(
            Counts("C.tech_contract_value", ("contract", "online_contract"), "amount"),
            Counts("C.online_market_contracts", ("online_contract",)),
            Counts("C.tech_exchanges", ("exchange",), stock=True),
        ),
    ),
    "funds": Register(
        _("专项资金和引导基金"),
        "C-IV.5a; C-V.3b",
        {
            "innovation_fund": _("创新型城市专项资金"),
            "startup_fund": _("创业专项资金"),
            "guiding_fund": _("引导基金（年末规模）"),
        },
        ("amount",),
        _sums({kind: f"C.{kind}" for kind in ("innovation_fund", "startup_fund", "guiding_fund")}),
    ),
    "finance": Register(
        _("科技金融"),
        "C-IV.5b; C-IV.5c",
        {
            "pledge": _("知识产权质押贷款"),
            "bank": _("科技创业银行"),
            "guarantee": _("政策性担保"),
            "insurance": _("科技创业保险"),
            "compensation": _("创业贷款风险补偿"),
        },
        counts=(
            *_sums(
                {
                    "pledge": "C.ip_pledge_loans",
                    "guarantee": "C.guarantee",
                    "insurance": "C.tech_insurance",
                    "compensation": "C.risk_compensation",
                }
            ),
            Counts("C.tech_banks", ("bank",), stock=True),
        ),
    ),
    "international": Register(
        _("国际合作基地"),
        "C-IV.5d",
        {
            "cooperation": _("国际科技合作基地"),
            "export": _("出口商品基地"),
            "intl_transfer": _("国际技术转移机构"),
        },
        counts=_stock({"cooperation": "C.intl_bases", "export": "C.export_bases", "intl_transfer": "C.intl_transfer"}),
    ),
    "incentives": Register(_("成果转化激励"), "C-IV.5f", needs=("amount",)),
    "tax_relief": Register(
        _("税收优惠"),
        "C-IV.6b",
        {kind: label for kind, (_key, label) in RELIEFS.items()},
        ("amount",),
        tuple(Counts(f"C.tax_relief[{key}]", (kind,), "amount") for kind, (key, _label) in RELIEFS.items()),
    ),
    "non_cash": Register(_("非货币出资"), "C-IV.6c", needs=("amount", "number")),
    "equity": Register(_("股权激励企业"), "C-IV.6f", counts=(Counts("C.equity_incentive", stock=True),)),
    "ip_services": Register(_("知识产权服务机构"), "C-IV.6g", counts=(Counts("C.ip_services", stock=True),)),
    "responsibility": Register(
        _("党政领导科技进步目标责任制考核"),
        "C-V.1a",
        {"excellent": _("优秀"), "passed": _("合格"), "failed": _("不合格")},
        ("paper",),
    ),
    "consultations": Register(_("厅市会商议题"), "C-V.3c", needs=("since",)),
    "priorities": Register(
        _("优先支持"),
        "C-V.3d",
        {
            "project": _("重大科技项目"),
            "alliance": _("产业技术创新联盟"),
            "park": _("高新技术产业园区"),
            "base": _("科技创新基地"),
            "public_platform": _("公共科技创新平台建设"),
        },
    ),
}
# What a kind of a register needs besides.
MONEY = ("pledge", "guarantee", "insurance", "compensation", "contract", "online_contract")
KIND_NEEDS = dict.fromkeys(MONEY, ("amount",))


def register_choices() -> list[tuple[str, Any]]:
    """The registers by code."""
    return [(code, one.label) for code, one in REGISTERS.items()]


def kind_choices() -> list[tuple[str, Any]]:
    """The kinds of all registers; each belongs to one or more of them."""
    return list({kind: label for one in REGISTERS.values() for kind, label in one.kinds.items()}.items())


def unfit(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What does not fit together in a row of a register, as (column, rule)."""
    one = REGISTERS.get(str(values["register"]))
    if one is None:
        return []
    if one.kinds and values["kind"] not in one.kinds:
        labels = "、".join(str(label) for label in one.kinds.values())
        return [("kind", gettext("%(register)s的类别应为：%(labels)s") % {"register": one.label, "labels": labels})]
    if not one.kinds and values["kind"]:
        return [("kind", gettext("%(register)s不分类别，请留空") % {"register": one.label})]
    for name in (*one.needs, *KIND_NEEDS.get(str(values["kind"]), ())):
        if values.get(name) in (None, ""):
            return [
                (
                    name,
                    gettext("%(register)s须填写这一项（%(clause)s）") % {"register": one.label, "clause": one.clause},
                )
            ]
    if values.get("until") and values.get("since") and str(values["until"]) < str(values["since"]):
        return [("until", gettext("终止日期不能早于起始日期"))]
    if values["register"] == "non_cash":
        return _too_much(values)
    return []


def _too_much(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """C-IV.6c: of the registered capital (`amount`) at most 70 % is paid in otherwise than in money (`number`)."""
    whole, part = Decimal(str(values["amount"])), Decimal(str(values["number"]))
    if part * 100 > whole * NON_CASH_LIMIT:
        return [("number", gettext("非货币出资超过注册资本的百分之七十（C-IV.6c）"))]
    return []
