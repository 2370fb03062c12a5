"""The application of a city or county (创新型城市、县、区): creation plan, implementation plan, self-assessment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from applications.plan.schema import Field, Kind, Section, Text

PLANS = _("一、创建规划和实施方案")
SELF = _("二、对照指标体系的自评")
PERSONS = _("三、责任人和承诺")

# The figures of the self-assessment by dimension (C-III.3a): code, label, unit, whether a whole number, clause.
Figure = tuple[str, Text, str, bool, str]
SPIRIT: tuple[Figure, ...] = (
    ("C.fiscal_st_expenditure", _("本级财政科学技术支出"), "万元", False, "C-V.3a"),
    ("C.fiscal_recurrent_revenue", _("本级财政经常性收入"), "万元", False, "C-V.3a"),
)
CAPACITY: tuple[Figure, ...] = (
    ("C.rd_expenditure", _("研发经费"), "万元", False, "C-IV.2a"),
    ("C.rd_personnel", _("研发人员"), "人年", False, "C-IV.2a"),
    ("C.ent_rd_institutions", _("企业研发机构"), "家", True, "C-IV.2a"),
    ("C.high_talents", _("高层次人才"), "人", True, "C-IV.3a"),
)
RESULTS: tuple[Figure, ...] = (
    ("C.patents_granted", _("专利授权"), "件", True, "C-III.3g"),
    ("C.tech_contract_value", _("技术交易额"), "万元", False, "C-IV.4d"),
)
INDUSTRY: tuple[Figure, ...] = (
    ("C.innovative_enterprises", _("创新型企业"), "家", True, "C-II.2b+"),
    ("C.hitech_enterprises", _("高新技术企业"), "家", True, "C-IV.2c"),
    ("C.hts_revenue", _("高技术服务业收入"), "亿元", False, "C-IV.1g"),
)
SETTING: tuple[Figure, ...] = (
    ("C.incubators", _("科技企业孵化器"), "个", True, "C-IV.4b"),
    ("C.innovation_fund", _("创新型城市专项资金"), "万元", False, "C-V.3b"),
)
DIMENSIONS = (
    ("spirit", _("创新精神"), SPIRIT),
    ("capacity", _("创新能力"), CAPACITY),
    ("results", _("创新成果"), RESULTS),
    ("industry", _("创新产业"), INDUSTRY),
    ("setting", _("创新环境"), SETTING),
)


def _dimension(code: str, title: Text, figures: tuple[Figure, ...]) -> Section:
    rows = tuple(
        Field(f"city.figure.{code}", label, Kind.INTEGER if whole else Kind.DECIMAL, unit=unit, clause=clause)
        for code, label, unit, whole, clause in figures
    )
    words = Field(f"city.self.{code}", _("自评说明"), Kind.LONGTEXT, clause="C-III.3a")
    return Section(
        slug=f"city-{code}",
        title=title,
        group=SELF,
        clauses=("C-III.2b",),
        guide=(_("填写申报年度上一年的数据，写明做法、成效和差距；以后各轮测评以核定的年报数据为准。"),),
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
    *(_dimension(*one) for one in DIMENSIONS),
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
            Field("city.contact", _("联系人"), clause="C-V.1c", help=_("姓名、单位和办公电话。")),
            Field("city.truth", _("申报材料真实、完整，与原件一致"), Kind.BOOLEAN, clause="C-III.2b"),
        ),
    ),
)
