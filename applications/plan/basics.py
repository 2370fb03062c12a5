"""Sections on purpose, functional zone and conformity with the plans (P-II.0.3, P-II.1.1, P-II.1.2)."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from applications.plan.groups import BASICS
from applications.plan.schema import Field, Kind, Section, Text

PURPOSE = Section(
    slug="purpose",
    title=_("基本情况与创建目的"),
    group=BASICS,
    clauses=("P-II.1.1a", "P-II.1.1b"),
    guide=(
        _("四项目的逐项写：本园区打算怎样做、依托什么、到什么时候做到什么程度。"),
        _(
            "三个目标对应通知的要求：“努力建成经济与科技紧密结合的示范区、扩大有效投资与调整产业结构相互促进的样板区、"
            "要素集约与创新发展的先行区”（P-II.0.3）。"
        ),
    ),
    fields=(
        Field("purpose.entrepreneurship", _("促进科技创业"), Kind.LONGTEXT, clause="P-II.1.1a"),
        Field("purpose.emerging", _("培育发展战略性新兴产业（高新技术产业）"), Kind.LONGTEXT, clause="P-II.1.1a"),
        Field("purpose.smes", _("培育发展科技型中小企业"), Kind.LONGTEXT, clause="P-II.1.1a"),
        Field("purpose.services", _("培育发展高技术服务业"), Kind.LONGTEXT, clause="P-II.1.1a"),
        Field(
            "purpose.innovation_chain",
            _("围绕新兴产业部署创新链"),
            Kind.LONGTEXT,
            clause="P-II.1.1b",
            help=_("写明支柱产业和主导产业需要哪些创新环节，由谁承担。"),
        ),
        Field("goal.demonstration", _("示范区：经济与科技紧密结合"), Kind.LONGTEXT, clause="P-II.0.3"),
        Field("goal.model", _("样板区：扩大有效投资与调整产业结构相互促进"), Kind.LONGTEXT, clause="P-II.0.3"),
        Field("goal.pioneer", _("先行区：要素集约与创新发展"), Kind.LONGTEXT, clause="P-II.0.3"),
    ),
)

SPACE = Section(
    slug="space",
    title=_("功能分区与开发时序"),
    group=BASICS,
    clauses=("P-II.1.2f", "P-II.1.2b", "P-II.1.2g"),
    guide=(
        _("四项条件——基础条件、主导功能、开发力量、土地资源——评审时逐项判断，请分别写明依据。"),
        _("土地存量填四至范围内可供开发的建设用地，单位公顷；四至和边界在“四至范围”页填写。"),
    ),
    fields=(
        Field("space.conditions", _("基础条件"), Kind.LONGTEXT, clause="P-II.1.2f"),
        Field("space.dominant_function", _("主导功能"), clause="P-II.1.2f", help=_("一句话，例如：高端装备制造。")),
        Field(
            "space.strength",
            _("开发力量"),
            Kind.LONGTEXT,
            clause="P-II.1.2f",
            help=_("开发主体、资金来源、已完成的基础设施。"),
        ),
        Field("space.land_stock", _("土地存量"), Kind.DECIMAL, clause="P-II.1.2f", unit="公顷"),
        Field(
            "space.phases",
            _("分期开发"),
            Kind.LONGTEXT,
            clause="P-II.1.2b",
            help=_("每期一行：期次、起止年份、面积、主要建设内容。"),
        ),
        Field(
            "space.parts_explained",
            _("范围分为多块的说明"),
            Kind.LONGTEXT,
            required=False,
            clause="P-II.1.2a",
            help=_("边界只有一块的不填；分为多块的，说明各块如何连片开发。"),
        ),
        Field(
            "space.second_zone_reason",
            _("同一开发区再次申报的理由"),
            Kind.LONGTEXT,
            required=False,
            clause="P-II.1.2g",
            help=_("同一产业集聚区已有在办申报或创建中园区的，写明取得的经验与成绩和再拓展的依据；没有的不填。"),
        ),
    ),
)


def _opinion(code: str, plan: Text) -> tuple[Field, Field]:
    return (
        Field(f"conformity.{code}.issuer", format_lazy(_("{plan}：出具单位"), plan=plan), clause="P-II.1.2a"),
        Field(f"conformity.{code}.number", format_lazy(_("{plan}：意见文号"), plan=plan), clause="P-II.1.2a"),
    )


CONFORMITY = Section(
    slug="conformity",
    title=_("规划符合性与可开发区块"),
    group=BASICS,
    clauses=("P-II.1.2a[opinions]", "P-II.1.2c"),
    guide=(
        _(
            "三类规划各要一份符合性意见：建设（规划）部门出具城市总体规划、县（市）域总体规划的意见，国土资源部门出具土地利用总体规划的意见。"
        ),
        _("意见原件在“申报材料”⑥上传，“十二五”可开发区块的确认在⑦上传。"),
    ),
    fields=(
        *_opinion("city", _("城市总体规划")),
        *_opinion("county", _("县（市）域总体规划")),
        *_opinion("land", _("土地利用总体规划")),
        Field(
            "block.attested",
            _("确认四至范围全部在“十二五”可开发的区块内"),
            Kind.BOOLEAN,
            clause="P-II.1.2c",
        ),
        Field(
            "block.basis",
            _("确认的依据"),
            clause="P-II.1.2c",
            help=_("文件名称和文号；没有图层可核对的，写“签署承诺”。"),
        ),
    ),
)

_SIDES = (("east", _("东至")), ("south", _("南至")), ("west", _("西至")), ("north", _("北至")))

BOUNDARY = Section(
    slug="boundary",
    title=_("四至范围"),
    group=BASICS,
    clauses=("P-II.1.2d[boundary]", "P-II.1.2e", "P-II.1.2a[contiguous]"),
    guide=(
        _("以道路、河流、山脊等明显地物为界，例如“东至下山溪、南至315省道”；与上传的边界一致。"),
        _("面积由系统按边界的椭球面积计算（CGCS2000），不取填写的数字；界址点坐标须是测绘成果。"),
    ),
    fields=tuple(Field(f"boundary.{code}", label, clause="P-II.1.2d") for code, label in _SIDES),
)

SECTIONS = (PURPOSE, SPACE, BOUNDARY, CONFORMITY)
