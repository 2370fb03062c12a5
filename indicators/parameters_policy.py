"""The rulings on ambiguous clauses (A.3) that 省科技厅 signs: how a year is judged, and when a card follows."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policy import parameters as policy_parameters
from policy.parameters import CATALOGUE
from workflow.parameters import Parameter, declare

# The clauses that each parameter of the policy settles, and what its values mean.
BASES = {
    "tax_share_mode": "P-II.2.2d",
    "va_whole": "P-II.2.1d",
    "share_ceiling": "P-II.2.2a",
    "land_output_def": "P-II.3.4",
    "leading_quantile": "P-II.3.5",
    "top_fraction": "P-II.4a",
    "talent_multiple": "C-III.3b",
    "national_city_base": "C-III.3d",
    "prov_avg_basis": "P-II.3.2",
}
WORDS: dict[str, dict[str, str | Promise]] = {
    "tax_share_mode": {
        "UNION": _("三类产业税收去重合计占新增总量 60% 以上"),
        "GROUPED": _("高新技术与战略性新兴产业合计、高技术服务业，各占 60% 以上"),
        "EACH": _("三类产业各占 60% 以上"),
    },
    "va_whole": {"industrial_va": _("规上工业增加值"), "gdp": _("生产总值")},
    "land_output_def": {"tit_revenue": _("技工贸总收入"), "industrial_output": _("工业总产值")},
    "national_city_base": {"all": _("全部 11 个设区市"), "recognised": _("已认定的创新型城市")},
    "prov_avg_basis": {"aggregate": _("全省总量的比例和增速"), "parks": _("当年各参评园区的简单平均")},
}
LABELS: dict[str, str | Promise] = {
    "tax_share_mode": _("新增税收占比口径"),
    "va_whole": _("高新增加值增量的总量口径"),
    "share_ceiling": _("战新占比上限"),
    "land_output_def": _("单位土地产出口径"),
    "leading_quantile": _("全省领先水平分位"),
    "top_fraction": _("名列前茅的比例"),
    "talent_multiple": _("成倍增长的倍数"),
    "national_city_base": _("国家创新型城市的基数"),
    "prov_avg_basis": _("全省平均水平的口径"),
}
HELP = _("判定口径。修改后适用于此后开始的测算；已经发布的年度按发布时的口径，不受影响。")
UNITS = {"share_ceiling": "%"}

for _known in CATALOGUE.values():
    declare(
        Parameter(
            _known.name,
            LABELS[_known.name],
            "choice" if _known.choices else "number",
            _known.default,
            BASES[_known.name],
            HELP,
            choices=tuple(WORDS[_known.name].items()) if _known.choices else (),
            check=_known.check,
            unit=UNITS.get(_known.name, ""),
            dated=True,
        )
    )


def _mark(text: str) -> None:
    """A score between 0 and 100. Raises ParameterError."""
    policy_parameters.Parameter(
        "yellow_card_pass_line", "", "60", accepts=lambda value: 0 <= value <= 100, rule="应在 0 至 100 之间"
    ).check(text)


# literal: any target missed; max_missed: more than so many; pass_line: an index score below the line (AMB-12).
YELLOW_CARD_RULE = declare(
    Parameter(
        "yellow_card_rule",
        _("何种情形建议黄牌警告"),
        "choice",
        "literal",
        "P-II.2.5",
        _("文件称“对达不到上述要求的，给予黄牌警告”，默认按字面，任何一项未达到即为达不到。"),
        choices=(
            ("literal", _("任何一项年度目标未达到")),
            ("max_missed", _("未达到的项数超过允许的项数")),
            ("pass_line", _("综合得分低于及格线")),
        ),
        dated=True,
    )
)
MAX_MISSED = declare(
    Parameter(
        "yellow_card_max_missed",
        _("允许未达到的项数"),
        "count",
        0,
        "P-II.2.5",
        _("仅在按项数建议黄牌警告时适用。"),
        dated=True,
    )
)
PASS_LINE = declare(
    Parameter(
        "yellow_card_pass_line",
        _("综合得分的及格线"),
        "number",
        "60",
        "P-II.2.5",
        _("仅在按综合得分建议黄牌警告时适用。"),
        check=_mark,
        unit="分",
        dated=True,
    )
)
# calendar: two calendar years one after the other, whatever else breaks the run; assessed: two assessed years (AMB-13).
CONSECUTIVE_RULE = declare(
    Parameter(
        "consecutive_rule",
        _("怎样算连续两年"),
        "choice",
        "calendar",
        "P-II.2.6",
        _("默认相邻两个日历年度均未达到；中间一年豁免或不适用的即中断。"),
        choices=(("calendar", _("相邻的两个日历年度")), ("assessed", _("相邻的两个评价年度，不计未评价的年度"))),
        dated=True,
    )
)
