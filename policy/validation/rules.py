"""The twelve rules, each a function from a sheet to its faults."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from policy import decimals, figures
from policy.figures import Type
from policy.validation.model import Fault, Severity, Sheet, written
from policy.validation.relations import COUNTED_FROM, PARTS, SCALE, STOCKS, SUM_WITHIN, UNION_WITHIN, USUAL

SLIP_FROM, SLIP_TO = 1000, 20000
CHANGE, GREAT_CHANGE = Fraction(1, 2), Fraction(3)
TOLERANCE = Fraction(1, 100)
CONFLICT = Fraction(1, 100)
NEARLY = Fraction(1, 100)


def v1(sheet: Sheet) -> Iterator[Fault]:
    """Nothing is negative but what the catalogue marks ±."""
    for code, value in sheet.reported().items():
        figure = figures.find(code)
        if value < 0 and not (figure and figure.signed):
            words = f"{figures.name(code)} 不能为负数：{decimals.render(value)}"
            yield sheet.fault("V1", Severity.REFUSAL, (code,), words, f"例如 {written(code, -value)}；未知的留空")


def v2(sheet: Sheet) -> Iterator[Fault]:
    """A value 1,000 to 20,000 times last year's, or as many times less, is in the wrong unit, or typed wrongly."""
    for code, value, before in _pairs(sheet):
        if not _slips(value, before):
            continue
        words = f"{figures.name(code)} {written(code, value)} 与上年 {written(code, before)} 相差千倍以上，"
        figure = figures.find(code)
        if figure and figure.type is Type.COUNT:
            words += f"似乎{'多' if value > before else '少'}写了几位"
            example = f"例如与上年相近的 {written(code, before)}；确实如此的，请先核对上年数"
        else:
            right = value / 10_000 if value > before else value * 10_000
            words += f"单位似乎偏{'大' if value > before else '小'}"
            example = f"例如 {written(code, right)}（1 亿元 = 10000 万元）"
        yield sheet.fault("V2", Severity.REFUSAL, (code,), words, example)


def v3(sheet: Sheet) -> Iterator[Fault]:
    """A change of more than half asks why; of more than three times, the city confirms. A slip of V2 is no change."""
    for code, value, before in _pairs(sheet):
        change = value / before - 1
        if abs(change) <= CHANGE or _slips(value, before) or value == 0:
            continue
        severity = Severity.CONFIRMATION if abs(change) > GREAT_CHANGE else Severity.WARNING
        percent = decimals.show(100 * change, [100 * CHANGE, -100 * CHANGE, 100 * GREAT_CHANGE])
        words = f"{figures.name(code)} 比上年 {written(code, before)} 变化 {percent}%"
        yield sheet.fault("V3", severity, (code,), words, "例如说明：新投产企业、统计口径调整或范围变化")


def v4(sheet: Sheet) -> Iterator[Fault]:
    """A part is at most its whole; ratios out of the ordinary ask why."""
    for part, whole in PARTS:
        if (sides := _same_unit(sheet, (part,), whole)) and sides[0] > sides[1]:
            yield _too_large(sheet, (part,), whole, "大于")
    for parts, whole in SUM_WITHIN:
        known = tuple(part for part in parts if sheet.value(part) is not None)
        if len(known) > 1 and (sides := _same_unit(sheet, known, whole)) and sides[0] > sides[1]:
            yield _too_large(sheet, known, whole, "之和大于")
    for union, parts in UNION_WITHIN:
        if (sides := _same_unit(sheet, parts, union)) and sides[1] > sides[0]:
            words = f"{figures.name(union)} 大于各部分之和 {'、'.join(map(figures.name, parts))}"
            example = "去重后的合计应在最大的一项与各项之和之间"
            yield sheet.fault("V4", Severity.REFUSAL, (union, *parts), words, example)
    yield from _unusual(sheet)
    yield from _too_small(sheet)


def v5(sheet: Sheet) -> Iterator[Fault]:
    """Components add up to their total, within 0.01; what differs from its ledger, or counties by 1 %, is said why."""
    for total, parts in sheet.sums.items():
        sides = _same_unit(sheet, parts, total)
        if sides and abs(sides[0] - sides[1]) > TOLERANCE * _scale(total):
            given, added = (written(total, side / _scale(total)) for side in reversed(sides))
            words = f"{figures.name(total)} {given} 不等于各项之和 {added}"
            yield sheet.fault("V5", Severity.REFUSAL, (total, *parts), words, f"例如合计填 {added}")
    for code, counted in sheet.counted.items():
        own = sheet.value(code)
        if own is None or counted is None or abs(own - counted) <= TOLERANCE:
            continue
        words = f"{figures.name(code)} {written(code, own)} 与台账合计 {written(code, counted)} 不一致"
        example = f"例如按台账填 {written(code, counted)}，或者补全台账；确有差异的说明原因"
        yield sheet.fault("V5", Severity.WARNING, (code,), words, example)
    for code, summed in sheet.counties.items():
        own = sheet.value(code)
        if own is not None and abs(own - summed) > NEARLY * abs(own):
            told = written(code, summed)
            words = f"{figures.name(code)} {written(code, own)} 与所辖县（市、区）之和 {told} 相差超过 1%"
            example = f"例如核对后填 {told}，或者说明口径差异"
            yield sheet.fault("V5", Severity.WARNING, (code,), words, example)


def v6(sheet: Sheet) -> Iterator[Fault]:
    """Counts are whole."""
    for code, value in sheet.reported().items():
        figure = figures.find(code)
        if figure and (figure.type is Type.COUNT or figure.whole) and value.denominator != 1:
            words = f"{figures.name(code)} 应为整数：{decimals.render(value)}"
            example = f"例如 {written(code, Fraction(value.numerator // value.denominator))}"
            yield sheet.fault("V6", Severity.REFUSAL, (code,), words, example)


def v7(sheet: Sheet) -> Iterator[Fault]:
    """A stock is last year's with what came in, unless some left: then it is said."""
    for stock, flow in STOCKS:
        now, before, added = sheet.value(stock), sheet.value(stock, 1), sheet.value(flow)
        if now is None or before is None or added is None or now >= before + added:
            continue
        words = (
            f"{figures.name(stock)} {written(stock, now)} 少于上年 {written(stock, before)} "
            f"加当年新增 {written(flow, added)}"
        )
        example = f"例如说明减少 {written(stock, before + added - now)} 的原因：到期、注销或迁出"
        yield sheet.fault("V7", Severity.WARNING, (stock, flow), words, example)


def v8(sheet: Sheet) -> Iterator[Fault]:
    """Both years stand on the same boundary, or the year before is restated."""
    now, before = sheet.boundaries.get(sheet.year), sheet.boundaries.get(sheet.year - 1)
    codes = tuple(code for code, _, _ in _pairs(sheet))
    if now and before and now != before and codes:
        words = f"{sheet.year} 年按范围 {now}，上年按范围 {before}，两年不可比"
        yield sheet.fault(
            "V8", Severity.REFUSAL, codes, words, f"例如按范围 {now} 重报 {sheet.year - 1} 年数据（保留原版本）"
        )


def v9(sheet: Sheet) -> Iterator[Fault]:
    """More than 1 % away from the department's own figure is a conflict to be settled."""
    for code, own in sheet.reported().items():
        other = sheet.department.get(code)
        if other is not None and abs(own - other) > CONFLICT * abs(other):
            words = f"{figures.name(code)} 填报 {written(code, own)}，部门数据 {written(code, other)}，相差超过 1%"
            yield sheet.fault(
                "V9", Severity.CONFLICT, (code,), words, f"例如采用 {written(code, other)}，或者写明差异原因"
            )


def v10(sheet: Sheet) -> Iterator[Fault]:
    """Nothing where there was something is confirmed."""
    for code, value, before in _pairs(sheet):
        if value == 0:
            words = f"{figures.name(code)} 为 0，上年为 {written(code, before)}"
            yield sheet.fault(
                "V10", Severity.WARNING, (code,), words, "例如说明：当年确实没有；不掌握的请留空，不要填 0"
            )


def v11(sheet: Sheet) -> Iterator[Fault]:
    """What was submitted is locked."""
    for code in sheet.reported():
        if code in sheet.locked:
            words = f"{figures.name(code)} {sheet.year} 年数据已经提交，不能重复填报"
            yield sheet.fault("V11", Severity.REFUSAL, (code,), words, "例如由上级退回后再填，或者在锁定后申请勘误")


def v12(sheet: Sheet) -> Iterator[Fault]:
    """No year to come; a closed year only by correction."""
    codes = tuple(sheet.reported())
    if sheet.this_year is not None and sheet.year > sheet.this_year:
        words = f"{sheet.year} 年尚未到来"
        yield sheet.fault("V12", Severity.REFUSAL, codes, words, f"例如填报 {sheet.this_year - 1} 年")
    if sheet.year in sheet.closed:
        words = f"{sheet.year} 年数据已经锁定"
        yield sheet.fault("V12", Severity.REFUSAL, codes, words, "例如提出勘误，另存为新版本")


RULES: Mapping[str, Callable[[Sheet], Iterable[Fault]]] = {
    "V1": v1,
    "V2": v2,
    "V3": v3,
    "V4": v4,
    "V5": v5,
    "V6": v6,
    "V7": v7,
    "V8": v8,
    "V9": v9,
    "V10": v10,
    "V11": v11,
    "V12": v12,
}
TYPING = ("V1", "V2", "V3", "V4", "V5", "V6", "V10")


def check(sheet: Sheet, names: Iterable[str] = tuple(RULES)) -> tuple[Fault, ...]:
    """All faults of a sheet, rule by rule; `TYPING` names the rules that run while figures are typed."""
    return tuple(fault for name in names for fault in RULES[name](sheet))


def _pairs(sheet: Sheet) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Figures known in both years, where the year before was above 0."""
    for code, value in sheet.reported().items():
        before = sheet.value(code, 1)
        if before is not None and before > 0:
            yield code, value, before


def _slips(value: Fraction, before: Fraction) -> bool:
    if value <= 0:
        return False
    return SLIP_FROM <= max(value / before, before / value) <= SLIP_TO


def _scale(code: str) -> Fraction:
    figure = figures.find(code)
    return SCALE.get(figure.unit, Fraction(1)) if figure else Fraction(1)


def _same_unit(sheet: Sheet, parts: tuple[str, ...], whole: str) -> tuple[Fraction, Fraction] | None:
    """Sum of the parts and the whole in the smallest unit of their kind; None when one is unknown."""
    values = [sheet.value(code) for code in (*parts, whole)]
    known = [value * _scale(code) for code, value in zip((*parts, whole), values, strict=True) if value is not None]
    return (sum(known[:-1], Fraction(0)), known[-1]) if len(known) == len(values) else None


def _too_large(sheet: Sheet, parts: tuple[str, ...], whole: str, relation: str) -> Fault:
    limit = written(whole, sheet.value(whole) or Fraction(0))
    words = f"{'、'.join(map(figures.name, parts))} {relation} {figures.name(whole)} {limit}"
    return sheet.fault("V4", Severity.REFUSAL, (*parts, whole), words, f"例如不超过 {limit}")


def _too_small(sheet: Sheet) -> Iterator[Fault]:
    """An institute with fewer people than are asked for is not counted."""
    for code, value in sheet.reported().items():
        base, _bracket, size = code.removesuffix("]").partition("[")
        least = COUNTED_FROM.get(base)
        if least is None or value == 0 or (size.isdecimal() and int(size) >= least):
            continue
        words = f"{figures.name(code)} 不计入：研发人员满 {least} 人的才统计"
        yield sheet.fault("V4", Severity.REFUSAL, (code,), words, f"例如填 {base}[{least}] 及以上各档")


def _unusual(sheet: Sheet) -> Iterator[Fault]:
    for usual in USUAL:
        sides = _same_unit(sheet, (usual.part,), usual.whole)
        if not sides or sides[1] == 0:
            continue
        ratio = sides[0] / sides[1]
        low, high = usual.low, usual.high
        if (low is None or ratio >= low) and (high is None or ratio <= high):
            continue
        bounds = [100 * bound for bound in (low, high) if bound is not None]
        percent = decimals.show(100 * ratio, bounds)
        words = f"{figures.name(usual.part)} 为 {figures.name(usual.whole)} 的 {percent}%，不同寻常"
        yield sheet.fault("V4", Severity.WARNING, (usual.part, usual.whole), words, "例如核对单位和统计范围后说明原因")
