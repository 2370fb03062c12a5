"""Decimals: exact in, exact out where finite, and an order that printing never bends."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import decimals

DIGITS = st.text("0123456789", min_size=1, max_size=40)
PLAIN = st.builds(
    lambda sign, whole, rest: f"{sign}{whole}{rest}",
    st.sampled_from(["", "-"]),
    DIGITS,
    st.one_of(st.just(""), DIGITS.map(lambda digits: f".{digits}")),
)
FRACTIONS = st.fractions(max_denominator=10**9)


@given(PLAIN)
def test_parse_reads_every_plain_decimal_exactly(text: str) -> None:
    assert decimals.parse(text) == Fraction(Decimal(text))


@pytest.mark.parametrize(
    "text",
    ["", " ", "1e3", "1E3", "+5", " 5", "5 ", "5\n", "１０", "1,000", "1_000", ".5", "5.", "--5", "1.2.3", "0x1",
     "1/3", "NaN", "Infinity", "-", "٣", "−5"],
)  # fmt: skip
def test_parse_refuses_what_is_not_plain(text: str) -> None:
    with pytest.raises(ValueError, match="不是普通十进制数"):
        decimals.parse(text)


@given(PLAIN)
def test_render_of_a_finite_decimal_is_exact_and_shortest(text: str) -> None:
    printed = decimals.render(decimals.parse(text))

    assert decimals.parse(printed) == decimals.parse(text)
    assert not ("." in printed and printed.endswith("0"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(25), "25"),
        (Fraction(1000), "1000"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-1, 20), "-0.05"),
        (Fraction(1, 10**12), "0.000000000001"),
        (Fraction(1, 3), "0.33333333333333333333"),
        (Fraction(-2, 3), "-0.66666666666666666667"),
        (Fraction(200, 3), "66.666666666666666667"),
        (Fraction(10**12, 7), "142857142857.14285714"),
        (Fraction(1, 3 * 10**9), "0.00000000033333333333333333333"),
    ],
)
def test_render_value(value: Fraction, text: str) -> None:
    assert decimals.render(value) == text


def test_render_and_parse_have_no_digit_limit() -> None:
    text = "1" + "0" * 6000 + "." + "0" * 6000 + "1"

    assert decimals.render(decimals.parse(text)) == text


@given(FRACTIONS)
def test_render_of_an_endless_decimal_has_ten_significant_digits(value: Fraction) -> None:
    printed = decimals.render(value)

    assert "e" not in printed.lower()
    assert abs(decimals.parse(printed) - value) <= abs(value) / 10**10


@given(FRACTIONS, FRACTIONS)
def test_render_beside_keeps_the_order(value: Fraction, other: Fraction) -> None:
    printed, (beside,) = decimals.render_beside(value, [other])

    assert (decimals.parse(printed) < decimals.parse(beside)) == (value < other)
    assert (printed == beside) == (value == other)


@given(FRACTIONS, st.integers(25, 200))
def test_render_beside_keeps_the_order_of_close_neighbours(other: Fraction, places: int) -> None:
    value = other - Fraction(1, 3 * 10**places)
    printed, (beside,) = decimals.render_beside(value, [other])

    assert decimals.parse(printed) < decimals.parse(beside)


@pytest.mark.parametrize(
    ("value", "bounds", "shown"),
    [
        (Fraction("59.996"), [Fraction(60)], "59.996"),
        (Fraction("59.99999"), [Fraction(60)], "59.99999"),
        (Fraction("60.004"), [Fraction(60)], "60.004"),
        (Fraction("60"), [Fraction(60)], "60.00"),
        (Fraction("59.994"), [Fraction(60)], "59.99"),
        (Fraction("12.345"), [], "12.35"),
        (Fraction("-12.345"), [], "-12.35"),
        (Fraction("-0.001"), [Fraction(0)], "-0.001"),
        (Fraction("3.001"), [Fraction(1), Fraction(3)], "3.001"),
    ],
)
def test_show_never_lets_a_failed_value_look_passed(value: Fraction, bounds: list[Fraction], shown: str) -> None:
    assert decimals.show(value, bounds) == shown


@given(FRACTIONS, FRACTIONS)
def test_show_keeps_the_order(value: Fraction, other: Fraction) -> None:
    shown = decimals.parse(decimals.show(value, [other]))

    assert ((shown > other), (shown < other)) == ((value > other), (value < other)) or value == other


def test_show_of_a_value_equal_to_an_endless_threshold() -> None:
    assert decimals.show(Fraction(1, 3), [Fraction(1, 3)]) == "0.33"
