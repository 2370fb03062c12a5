"""The plan of a change (变更方案, T30): a park's name, boundary or host zone, parks that it takes in, or its end."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from applications.plan import basics
from applications.plan.schema import Field, Kind, Section

SCOPE = _("变更事项")
RENAME, REDRAW, MOVE, MERGE, END = "rename", "redraw", "move", "merge", "end"
WHAT = (
    (RENAME, _("更名")),
    (REDRAW, _("调整范围")),
    (MOVE, _("变更所在开发区")),
    (MERGE, _("并入其他园区（本园区存续）")),
    (END, _("终止（撤销）")),
)

MATTER = Section(
    slug="change",
    title=_("变更什么、为什么"),
    group=SCOPE,
    clauses=(),
    guide=(
        _("一件申报办一个事项；更名、调整范围、变更所在开发区、合并、终止，各自另行申报。"),
        _("只填与所选事项有关的一栏，其他各栏留空。批复之日起变更，曾用名和原范围保留在名册中，仍可查到。"),
        _("扩大范围的，应申请扩区；这里的调整范围用于勘误、区划调整和减少范围。"),
    ),
    fields=(
        Field("change.what", _("变更事项"), Kind.CHOICE, choices=WHAT),
        Field("change.reason", _("变更的理由和依据"), Kind.LONGTEXT),
        Field("change.name", _("新名称"), required=False, help=_("更名的填写全称。")),
        Field(
            "change.zone",
            _("新的所在开发区"),
            required=False,
            help=_("变更所在开发区的，照名册中的名称填写。"),
        ),
        Field(
            "change.parks",
            _("并入的园区代码"),
            required=False,
            help=_("合并的填写，多个用“、”分隔；园区代码见园区页，并入后这些园区终止。"),
        ),
    ),
)

BOUNDARY = replace(
    basics.BOUNDARY,
    group=SCOPE,
    clauses=(),
    guide=(
        _("只在调整范围或合并后范围变化时填写；上传或勾画变更后的全部范围。"),
        _("系统与其他园区和在办申报的范围核对，并显示现有范围以便比较。"),
    ),
    optional=True,
)

CHANGE = (MATTER, BOUNDARY)
