"""The rulings on ambiguous clauses that a caller may set, with their defaults."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from policy import decimals

_RATIO = re.compile(r"[0-9]+/[0-9]+")


class ParameterError(ValueError):
    """An unknown parameter, or a value that it cannot take."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of A.3: either one of `choices`, or a number that `accepts` allows."""

    name: str
    label: str
    default: str
    choices: tuple[str, ...] = ()
    accepts: Callable[[Fraction], bool] = field(default=lambda value: False)
    rule: str = ""

    def check(self, text: str) -> None:
        """Raise ParameterError unless the parameter can take this value."""
        if self.choices:
            if text not in self.choices:
                raise ParameterError(f"参数 {self.name}：不能取 {text!r}，只能取 {'、'.join(self.choices)}")
            return
        if not self.accepts(_number(self.name, text)):
            raise ParameterError(f"参数 {self.name}：不能取 {text!r}，{self.rule}")


CATALOGUE: Mapping[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        Parameter("tax_share_mode", "新增税收占比口径", "UNION", choices=("UNION", "GROUPED", "EACH")),
        Parameter("va_whole", "高新增加值增量的总量口径", "industrial_va", choices=("industrial_va", "gdp")),
        Parameter(
            "share_ceiling",
            "战新占比上限（%）",
            "97",
            accepts=lambda value: 0 <= value <= 100,
            rule="应在 0 至 100 之间",
        ),
        Parameter(
            "land_output_def",
            "单位土地产出口径",
            "tit_revenue",
            choices=("tit_revenue", "industrial_output"),
        ),
        Parameter(
            "leading_quantile",
            "全省领先水平分位",
            "0.25",
            accepts=lambda value: 0 < value <= 1,
            rule="应大于 0 且不超过 1",
        ),
        Parameter(
            "top_fraction",
            "名列前茅的比例",
            "1/3",
            accepts=lambda value: 0 < value <= 1,
            rule="应大于 0 且不超过 1",
        ),
        Parameter("talent_multiple", "成倍增长的倍数", "2", accepts=lambda value: value > 0, rule="应大于 0"),
        Parameter("national_city_base", "国家创新型城市的基数", "all", choices=("all", "recognised")),
        Parameter("prov_avg_basis", "全省平均水平的口径", "aggregate", choices=("aggregate", "parks")),
    )
}


@dataclass(frozen=True)
class Settings:
    """The parameters of one judgement: what was given, over the defaults."""

    given: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, text in self.given.items():
            if name not in CATALOGUE:
                raise ParameterError(f"没有参数 {name!r}，可用参数：{'、'.join(CATALOGUE)}")
            CATALOGUE[name].check(text)

    def text(self, name: str) -> str:
        return self.given.get(name, CATALOGUE[name].default)

    def number(self, name: str) -> Fraction:
        return _number(name, self.text(name))


def parse(assignments: list[str]) -> dict[str, str]:
    """Split `NAME=VALUE` strings; a name twice, or a string without `=`, raises ParameterError."""
    given: dict[str, str] = {}
    for assignment in assignments:
        name, separator, value = assignment.partition("=")
        if not separator:
            raise ParameterError(f"参数应写作 名称=值：{assignment!r}")
        if name in given:
            raise ParameterError(f"参数 {name} 给了两次")
        given[name] = value
    return given


def _number(name: str, text: str) -> Fraction:
    if _RATIO.fullmatch(text):
        top, bottom = (decimals.parse(part) for part in text.split("/"))
        if bottom:
            return top / bottom
    try:
        return decimals.parse(text)
    except ValueError as error:
        raise ParameterError(f"参数 {name}：不能取 {text!r}，应为十进制数或分数") from error
