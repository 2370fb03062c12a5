"""What is known about one subject and year: read, checked, and refused by name where unusable."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from policy import decimals, figures
from policy.outcomes import Outcome

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[1-9][0-9]{3}")
Figures = Mapping[str, Mapping[int, Fraction | None]]


class FactsError(ValueError):
    """Facts that cannot be used; the text names subject and field, for a figure also code and year."""


@dataclass(frozen=True)
class Decision:
    """A signed ruling (裁定) that replaces the outcome of one clause; `paper` is its document number."""

    outcome: Outcome
    paper: str


@dataclass(frozen=True)
class Facts:
    """Facts of one subject in one year; a figure that is None or absent is unknown.

    Figures stand by code and year in the catalogue's unit. `peers` is None when nobody listed them.
    """

    subject: str
    year: int
    figures: Figures
    listed_on: date | None
    applied_on: date | None
    whole_zone: bool
    decisions: Mapping[str, Decision]
    peers: tuple[Figures, ...] | None

    @classmethod
    def parse(cls, document: object) -> "Facts":
        """Check one facts object as JSON gives it. Raises FactsError."""
        if not isinstance(document, dict):
            raise FactsError(f"每个事实应为一个 JSON 对象（含 subject、year、figures），不是 {_kind(document)}")
        subject = document.get("subject")
        if not isinstance(subject, str) or not subject.strip():
            raise FactsError("subject：缺失或不是文字")
        return cls(
            subject=subject,
            year=_year(subject, document.get("year")),
            figures=_figures(subject, document.get("figures")),
            listed_on=_day(subject, "listed_on", document.get("listed_on")),
            applied_on=_day(subject, "applied_on", document.get("applied_on")),
            whole_zone=_flag(subject, "whole_zone", document.get("whole_zone")),
            decisions=_decisions(subject, document.get("decisions")),
            peers=_peers(subject, document.get("peers")),
        )


def read(content: bytes) -> tuple[list[Facts], bool]:
    """Parse a facts file: one object or a list of them; the flag says whether it was a list.

    Raises FactsError for anything but UTF-8 JSON without repeated keys.
    """
    strange: list[str] = []

    def constant(text: str) -> float:
        strange.append(text)
        return float(text)

    try:
        text = content.decode("utf-8-sig")
        document = json.loads(text, object_pairs_hook=_unique, parse_constant=constant)
        json.dumps(document, ensure_ascii=False).encode()
    except FactsError:
        raise
    except (ValueError, RecursionError) as error:
        raise FactsError(f"不是有效的 JSON：{error}") from error
    listed = isinstance(document, list)
    facts = [Facts.parse(item) for item in (document if listed else [document])]
    if strange:
        raise FactsError(f"不是有效的 JSON：{strange[0]} 不是数")
    return facts, listed


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for key, value in pairs:
        if key in members:
            raise FactsError(f"不是有效的事实：{key!r} 在同一对象中出现两次")
        members[key] = value
    return members


def _year(subject: str, value: object) -> int:
    if value is None:
        raise FactsError(f"{subject}：year 缺失")
    if type(value) is not int or not 1000 <= value <= 9999:
        raise FactsError(f"{subject}：year 应为四位整数，不是 {value!r}")
    return value


def _day(subject: str, field: str, value: object) -> date | None:
    if value is None:
        return None
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise FactsError(f"{subject}：{field} 应为日期 年-月-日，不是 {value!r}")


def _flag(subject: str, field: str, value: object) -> bool:
    if value is not None and not isinstance(value, bool):
        raise FactsError(f"{subject}：{field} 应为 true 或 false，不是 {value!r}")
    return bool(value)


def _figures(subject: str, document: object) -> Figures:
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise FactsError(f"{subject}：figures 应为 JSON 对象，不是 {_kind(document)}")
    return {code: _series(subject, code, series) for code, series in document.items()}


def _series(subject: str, code: str, series: object) -> Mapping[int, Fraction | None]:
    if series is None:
        return {}
    if not isinstance(series, dict):
        raise FactsError(f"{subject}：{figures.name(code)}：应为按年份的 JSON 对象，不是 {_kind(series)}")
    values: dict[int, Fraction | None] = {}
    for year, value in series.items():
        if not _YEAR.fullmatch(year):
            raise FactsError(f"{subject}：{figures.name(code)}：年份应为四位数字，不是 {year!r}")
        values[int(year)] = _value(subject, code, year, value)
    return values


def _value(subject: str, code: str, year: str, value: object) -> Fraction | None:
    """Check one value against the catalogue; a code that it does not know is checked as a decimal."""
    if value is None:
        return None

    def fault(what: object) -> FactsError:
        return FactsError(f"{subject}：{figures.name(code)}：{year} 年：{what}")

    if not isinstance(value, str):
        raise fault(f"应为十进制数的字符串，不是 {_kind(value)} {value!r}")
    try:
        number = decimals.parse(value)
    except ValueError as error:
        raise fault(error) from error
    figure = figures.find(code)
    if number.numerator < 0 and not (figure and figure.signed):
        raise fault(f"不能为负数：{value}")
    if figure and figure.type is figures.Type.BOOLEAN and value not in ("0", "1"):
        raise fault(f'应为 "1"（是）或 "0"（否），不是 {value}')
    if figure and figure.whole and number.denominator != 1:
        raise fault(f"应为整数，不是 {value}")
    return number


def _decisions(subject: str, document: object) -> Mapping[str, Decision]:
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise FactsError(f"{subject}：decisions 应为 JSON 对象，不是 {_kind(document)}")
    return {clause: _decision(f"{subject}：decisions：{clause}", ruling) for clause, ruling in document.items()}


def _decision(where: str, ruling: object) -> Decision:
    if not isinstance(ruling, dict):
        raise FactsError(f"{where}：应为含 outcome 和 paper 的 JSON 对象，不是 {_kind(ruling)}")
    outcome, paper = ruling.get("outcome"), ruling.get("paper")
    if not isinstance(outcome, str) or outcome not in tuple(Outcome):
        raise FactsError(f"{where}：outcome 不能取 {outcome!r}，只能取 {_list(Outcome)}")
    if not isinstance(paper, str) or not paper.strip():
        raise FactsError(f"{where}：paper 缺失：裁定应有签发的文号")
    return Decision(Outcome(outcome), paper)


def _peers(subject: str, document: object) -> tuple[Figures, ...] | None:
    if document is None:
        return None
    if not isinstance(document, list):
        raise FactsError(f"{subject}：peers 应为列表，不是 {_kind(document)}")
    peers = []
    for number, peer in enumerate(document, start=1):
        where = f"{subject}：peers 第 {number} 个"
        if not isinstance(peer, dict):
            raise FactsError(f"{where}：应为含 figures 的 JSON 对象，不是 {_kind(peer)}")
        peers.append(_figures(where, peer.get("figures")))
    return tuple(peers)


def _list(words: Iterable[str]) -> str:
    return "、".join(words)


def _kind(value: object) -> str:
    names = {bool: "真假值", int: "数", float: "数", str: "文字", list: "列表", dict: "对象"}
    return names.get(type(value), "空值" if value is None else type(value).__name__)
