"""Sections on the industrial base, the leading industries and the five bases (P-II.1.3, P-II.1.4, P-IV.2)."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from applications.plan.groups import BASES, INDUSTRY
from applications.plan.schema import Field, Kind, Section, Text

INDUSTRIES = (1, 2, 3)
FACTORS = (
    ("foundation", _("产业基础及相关领域与相邻领域的优势")),
    ("demand", _("市场需求")),
    ("innovation", _("创新能力")),
    ("talent", _("人才储备")),
)
BASE_KINDS = (
    ("innovation", _("创新基地")),
    ("startup", _("创业基地")),
    ("talent", _("人才基地")),
    ("services", _("服务业基地")),
    ("emerging", _("新兴产业基地")),
)
STAGES = (("built", _("已建成")), ("building", _("在建")), ("planned", _("拟建")))

FOUNDATION = Section(
    slug="foundation",
    title=_("产业基础与发展潜力"),
    group=INDUSTRY,
    clauses=("P-II.1.3", "P-IV.2b"),
    guide=(
        _("条款没有规定数值标准；评审时对照“三年基础数据”页的数字和增速判断成长性。"),
        _("写明龙头企业、产业链环节和在建项目，避免只列口号。"),
    ),
    fields=(
        Field("foundation.emerging", _("新兴产业基础"), Kind.LONGTEXT, clause="P-II.1.3"),
        Field("foundation.potential", _("发展潜力"), Kind.LONGTEXT, clause="P-II.1.3"),
        Field("foundation.growth", _("高新技术企业和高技术服务业企业的成长性"), Kind.LONGTEXT, clause="P-II.1.3"),
        Field(
            "foundation.difference",
            _("差异化竞争"),
            Kind.LONGTEXT,
            clause="P-IV.2b",
            help=_("与周边园区的细分领域相比，差异在哪里。"),
        ),
        Field(
            "foundation.direction",
            _("重点高端产业的主攻方向"),
            Kind.LONGTEXT,
            clause="P-II.1.4a",
            help=_("与上传的重点高端产业发展规划一致。"),
        ),
    ),
)


def _industry(number: int) -> Section:
    return Section(
        slug=f"industry-{number}",
        title=format_lazy(_("主导产业{number}"), number=number),
        group=INDUSTRY,
        clauses=("P-IV.2a", "P-IV.2d"),
        guide=(
            _("选择一至三个细分领域，从主导产业1起依次填写；每个产业都就四个因素论证。"),
            _("行业代码用《国民经济行业分类》（GB/T 4754）的代码，可以写多个，用顿号分开。"),
        ),
        optional=number > 1,
        fields=(
            Field(f"industry.{number}.name", _("产业名称"), clause="P-IV.2a"),
            Field(
                f"industry.{number}.code",
                _("国民经济行业代码（GB/T 4754）"),
                clause="P-II.1.1b",
                help=_("例如：C39 计算机、通信和其他电子设备制造业。"),
            ),
            *(
                Field(f"industry.{number}.{factor}", label, Kind.LONGTEXT, clause="P-IV.2d")
                for factor, label in FACTORS
            ),
        ),
    )


def _base(code: str, title: Text) -> tuple[Field, ...]:
    def label(what: Text) -> Text:
        return format_lazy("{base}：{what}", base=title, what=what)

    return (
        Field(f"base.{code}.location", label(_("位置")), clause="P-II.1.4b"),
        Field(f"base.{code}.area", label(_("用地面积")), Kind.DECIMAL, clause="P-II.1.4b", unit="公顷"),
        Field(f"base.{code}.investor", label(_("投资主体")), clause="P-II.1.4b"),
        Field(f"base.{code}.stage", label(_("建设状态")), Kind.CHOICE, clause="P-II.1.4b", choices=STAGES),
        Field(
            f"base.{code}.schedule",
            label(_("进度安排")),
            clause="P-II.1.4b",
            help=_("起止年月和主要节点。"),
        ),
    )


_BASES = {code: _base(code, title) for code, title in BASE_KINDS}
_BASE_GUIDE = (_("五类基地每类至少一处，位置、面积、投资主体、进度四项都要写；一类有多处的，写最主要的一处。"),)

SECTIONS = (
    FOUNDATION,
    *(_industry(number) for number in INDUSTRIES),
    Section(
        slug="bases-1",
        title=_("创新基地、创业基地"),
        group=BASES,
        clauses=("P-II.1.4b",),
        guide=_BASE_GUIDE,
        fields=(*_BASES["innovation"], *_BASES["startup"]),
    ),
    Section(
        slug="bases-2",
        title=_("人才基地、服务业基地"),
        group=BASES,
        clauses=("P-II.1.4b",),
        guide=_BASE_GUIDE,
        fields=(*_BASES["talent"], *_BASES["services"]),
    ),
    Section(
        slug="bases-3",
        title=_("新兴产业基地与总体布局"),
        group=BASES,
        clauses=("P-II.1.4b", "P-II.1.4c"),
        guide=(*_BASE_GUIDE, _("布局图随创建规划上传；这里说明产业、居住和公共服务怎样布局。")),
        fields=(
            *_BASES["emerging"],
            Field("layout.description", _("布局与产城融合"), Kind.LONGTEXT, clause="P-II.1.4c"),
        ),
    ),
)
