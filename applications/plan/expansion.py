"""The plan of an expansion (扩区规划): reason, new boundary, plans, land, the state's conditions, the planning EIA."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from applications.plan import basics
from applications.plan.schema import Field, Kind, Section

SCOPE = _("一、理由与范围")
SUPPORT = _("二、规划、土地与环境")

REASON = Section(
    slug="expansion",
    title=_("扩区理由与新增区域"),
    group=SCOPE,
    clauses=("P-II.4a", "P-II.4e"),
    guide=(
        _("最近一次已认定园区的评价排序列前三分之一（进一取整）的，可以申请扩区；名次由系统按已发布的排序核对。"),
        _("扩区获批后，上一年度数据按新范围重报，作为下一年度增速的基期；原数据保留。"),
    ),
    fields=(
        Field("expansion.reason", _("扩区的理由"), Kind.LONGTEXT, clause="P-II.4e"),
        Field("expansion.use", _("新增区域的功能和产业"), Kind.LONGTEXT, clause="P-II.4e"),
        Field(
            "expansion.phases",
            _("分期开发"),
            Kind.LONGTEXT,
            clause="P-II.4e",
            help=_("每期一行：期次、起止年份、面积、主要建设内容。"),
        ),
        Field(
            "expansion.apart",
            _("新增区域不与现有范围相连的说明"),
            Kind.LONGTEXT,
            required=False,
            clause="P-II.4e",
            help=_("新增区域与现有范围相连的不填。"),
        ),
    ),
)

BOUNDARY = replace(
    basics.BOUNDARY,
    group=SCOPE,
    clauses=("P-II.4e",),
    guide=(
        _("上传或勾画扩区后的全部范围：现有范围加上新增区域，不能缺少现有范围的任何部分。"),
        _("新增面积由系统按扩区后与现有范围之差计算（CGCS2000 椭球面积），并与其他园区和在办申报的范围核对。"),
    ),
)


CONFORMITY = Section(
    slug="added-plans",
    title=_("新增区域的规划符合性"),
    group=SUPPORT,
    clauses=("P-II.4c",),
    guide=(_("两类规划各要一份符合性意见，只就新增区域出具；原件在“申报材料”⑥上传。"),),
    fields=(
        Field("added.city.issuer", _("城市总体规划：出具单位"), clause="P-II.4c"),
        Field("added.city.number", _("城市总体规划：意见文号"), clause="P-II.4c"),
        Field("added.land.issuer", _("土地利用总体规划：出具单位"), clause="P-II.4c"),
        Field("added.land.number", _("土地利用总体规划：意见文号"), clause="P-II.4c"),
    ),
)

LAND = Section(
    slug="added-land",
    title=_("扩区土地指标"),
    group=SUPPORT,
    clauses=("P-II.4d",),
    guide=(
        _("由所在地政府动态调整出来的指标，不得少于新增面积：1 平方公里等于 100 公顷。"),
        _("落实文件在“申报材料”⑦上传。"),
    ),
    fields=(
        Field("added.quota", _("落实的土地指标"), Kind.DECIMAL, clause="P-II.4d", unit="公顷"),
        Field("added.quota_issuer", _("落实文件的印发单位"), clause="P-II.4d"),
        Field("added.quota_number", _("落实文件的文号"), clause="P-II.4d"),
    ),
)

STATE = Section(
    slug="state-conditions",
    title=_("国家规定条件"),
    group=SUPPORT,
    clauses=("P-II.4b",),
    guide=(_("文件没有列出“国家规定条件”，按通行的三项逐项说明，由国土资源等部门在联审时核实。"),),
    fields=(
        Field("state.intensive", _("节约集约用地评价"), Kind.LONGTEXT, clause="P-II.4b"),
        Field("state.built_up", _("已供应土地的建成率"), Kind.DECIMAL, clause="P-II.4b", unit="%"),
        Field("state.lawful", _("现有范围内没有未处理的违法用地"), Kind.BOOLEAN, clause="P-II.4b"),
        Field("state.basis", _("依据的评价成果和文号"), clause="P-II.4b"),
    ),
)

EIA = Section(
    slug="new-eia",
    title=_("规划环评"),
    group=SUPPORT,
    clauses=("P-II.4e",),
    guide=(_("扩区要重新做规划环评，范围覆盖扩区后的全部区域；只覆盖现有范围的不算。"),),
    fields=(
        Field("eia.issuer", _("审查意见的出具单位"), clause="P-II.4e"),
        Field("eia.number", _("审查意见的文号"), clause="P-II.4e"),
        Field(
            "eia.area",
            _("规划环评的评价面积"),
            Kind.DECIMAL,
            clause="P-II.4e",
            unit="平方公里",
            help=_("不得小于扩区后的总面积。"),
        ),
        Field("eia.covers", _("评价范围覆盖扩区后的全部区域"), Kind.BOOLEAN, clause="P-II.4e"),
    ),
)

EXPANSION = (REASON, BOUNDARY, CONFORMITY, LAND, STATE, EIA)
