"""What 省科技厅 may set of evaluations by third parties, and where other rooms attach to their rounds (U3, U5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Division, Organisation
from indicators.models import EvaluationRound
from policy.parameters import Parameter as Mark
from workflow.parameters import Parameter, declare


def _mark(text: str) -> None:
    """A score between 0 and 100. Raises ParameterError."""
    Mark("mark", "", "60", accepts=lambda value: 0 <= value <= 100, rule="应在 0 至 100 之间").check(text)


EVALUATION_DIFFERENCE = declare(
    Parameter(
        "evaluation_difference",
        _("两名评价人相差多少分须由第三人评分"),
        "number",
        "10",
        "C-III.2c",
        _("同一指标两名评价人的评分相差超过这一分值的，由第三名评价人评分，取最接近的两个的平均。"),
        check=_mark,
        unit="分",
    )
)
CONFLICT_YEARS = declare(
    Parameter(
        "conflict_years",
        _("利益关系的回避年限"),
        "count",
        3,
        "C-III.2c",
        _("轮次发起前这些年内（含届满当日）与测评对象、其上级市或所辖县有合同、任职关系的，不得评价。"),
    )
)
PILOT_MARK = declare(
    Parameter(
        "pilot_mark",
        _("可列为试点的测评得分"),
        "number",
        "60",
        "C-III.2d",
        _("测评得分达到这一分值的，可审核确定为创新型试点城市（县、区）（AMB-25）。"),
        check=_mark,
        unit="分",
    )
)
RECOGNITION_MARK = declare(
    Parameter(
        "recognition_mark",
        _("可报请认定的测评得分"),
        "number",
        "80",
        "C-III.2g",
        _("测评得分达到这一分值的，可报请省政府认定为创新型城市（县、区）（AMB-25）。"),
        check=_mark,
        unit="分",
    )
)
EVALUATE_RECOGNISED = declare(
    Parameter(
        "evaluate_recognised",
        _("认定后是否继续两年一次测评"),
        "switch",
        False,
        "C-III.2e",
        _("文件只规定对试点每两年测评一次；认定后默认只列入监测（AMB-26）。"),
    )
)


@dataclass(frozen=True)
class Candidate:
    """A place that waits for its first evaluation: the government that answers for it, and where that is kept."""

    place: Division
    government: Organisation
    address: str


Follower = Callable[[EvaluationRound, Actor], None]
Waiting = Callable[[], list[tuple[Division, Organisation, str]]]
_opened: list[Follower] = []
_closed: list[Follower] = []
_dropped: list[Follower] = []
_waiting: list[Waiting] = []


def on_opened(function: Follower) -> Follower:
    """Call a function in the transaction that opens a round, with its places: (round, actor)."""
    _opened.append(function)
    return function


def on_closed(function: Follower) -> Follower:
    """Call a function in the transaction that closes a round, after its results are written: (round, actor)."""
    _closed.append(function)
    return function


def on_dropped(function: Follower) -> Follower:
    """Call a function in the transaction that takes a round back: (round, actor)."""
    _dropped.append(function)
    return function


def candidates(function: Waiting) -> Waiting:
    """Register a function that names places that wait for a first evaluation: (place, government, address)."""
    _waiting.append(function)
    return function


def tell_opened(row: EvaluationRound, actor: Actor) -> None:
    """A round was opened."""
    for function in _opened:
        function(row, actor)


def tell_closed(row: EvaluationRound, actor: Actor) -> None:
    """A round was closed."""
    for function in _closed:
        function(row, actor)


def tell_dropped(row: EvaluationRound, actor: Actor) -> None:
    """A round was taken back."""
    for function in _dropped:
        function(row, actor)


def waiting() -> list[Candidate]:
    """The places that wait for their first evaluation, as far as the scope lets one see them, in code order."""
    found = {told[0].pk: Candidate(*told) for function in _waiting for told in function()}
    return [found[code] for code in sorted(found)]
