from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.comparison.divergence.figures import Bound, Sort, values_in


def only(text: str) -> tuple[str, float, Sort, str]:
    (value,) = values_in(text)
    return text[value.start : value.end], value.low, value.sort, value.unit


@pytest.mark.parametrize(
    ("text", "words", "amount"),
    [
        ("Ten people died", "Ten", 10),
        ("twenty-nine people", "twenty-nine", 29),
        ("two hundred and twelve children", "two hundred and twelve", 212),
        ("1,234 tents", "1,234", 1234),
        ("1.5 million voters", "1.5 million", 1_500_000),
        ("half a million voters", "half a million", 500_000),
        ("three dozen eggs", "three dozen", 36),
        ("two-million homes fell", "two-million", 2_000_000),
    ],
)
def test_a_count_is_read_from_digits_and_from_words(text: str, words: str, amount: float) -> None:
    assert only(text)[:3] == (words, amount, Sort.COUNT)


@pytest.mark.parametrize(
    ("text", "words", "amount", "unit"),
    [
        ("stole $184 million in gems", "$184 million", 184e6, "$"),
        ("a US$ 27.5 billion bill", "US$ 27.5 billion", 27.5e9, "USD"),
        ("damage of $US1 million", "$US1 million", 1e6, "USD"),
        ("a $200MM deal", "$200MM", 200e6, "$"),
        ("worth £1.7m today", "£1.7m", 1.7e6, "GBP"),
        ("85 million euros", "85 million euros", 85e6, "EUR"),
        ("a fine of 38 million crowns", "38 million crowns", 38e6, "crown"),
        ("water firm fined 38m crowns", "38m crowns", 38e6, "crown"),
    ],
)
def test_money_keeps_its_currency_and_its_magnitude(text: str, words: str, amount: float, unit: str) -> None:
    told, value, sort, currency = only(text)
    assert (told, sort, currency) == (words, Sort.MONEY, unit)
    assert value == pytest.approx(amount)


def test_units_of_one_dimension_are_brought_to_one_base() -> None:
    (feet,) = values_in("fell 200ft from a ridge")
    (metres,) = values_in("fell 61 metres from a ridge")
    assert feet.unit == metres.unit == "length"
    assert feet.low == pytest.approx(metres.low, rel=0.01)


def test_square_and_nautical_units_are_units_of_their_own() -> None:
    assert values_in("a 170,000-square-foot building")[0].unit == "sq length"
    assert values_in("13 nautical miles away")[0].low == pytest.approx(13 * 1852)


def test_a_half_after_a_number_counts() -> None:
    assert values_in("sentenced to two and a half years")[0].low == pytest.approx(2.5 * values_in("one year")[0].low)


@pytest.mark.parametrize(
    ("text", "age"),
    [("36-year-old Duncan Rait", 36), ("Robert Buckley, 32, fell", 32), ("died aged 85", 85), ("at the age of 91", 91)],
)
def test_an_age_is_an_age(text: str, age: float) -> None:
    _, years, sort, unit = only(text)
    assert (round(years, 6), sort, unit) == (age, Sort.AGE, "years")


def test_a_record_is_a_score_and_a_rising_pair_with_a_noun_a_range() -> None:
    assert values_in("Rahman (45-7-2) lost")[0].parts == (45, 7, 2)
    (value,) = values_in("10-15 people came")
    assert (value.low, value.high, value.bound) == (10, 15, Bound.RANGE)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 10 people", Bound.AT_LEAST),
        ("more than $1 million", Bound.AT_LEAST),
        ("up to 40 homes", Bound.AT_MOST),
        ("about 60 metres", Bound.ABOUT),
        ("some 420 passengers", Bound.ABOUT),
        ("40 homes", Bound.EXACT),
        ("between $140 million and $150 million", Bound.RANGE),
        ("several thousand people", Bound.RANGE),
    ],
)
def test_how_exactly_an_amount_is_meant_is_read_with_it(text: str, bound: Bound) -> None:
    assert values_in(text)[0].bound is bound


@pytest.mark.parametrize(
    "text",
    [
        "the 76ers won",
        "Flight 447 vanished",
        "at 6:04 a.m. sharp",
        "on 11 March",
        "in 1967",
        "call 217-732-2156 now",
        "one of them left",
        "the 2008-09 season",
        "on Highway 20",
    ],
)
def test_times_names_and_numbers_that_count_nothing_are_left_out(text: str) -> None:
    assert values_in(text) == ()


def test_an_amount_in_two_units_is_one_amount() -> None:
    euros, dollars = values_in("valued at 85 million euros ($108 million)")
    assert dollars.same_as == 0 and euros.same_as is None


@given(st.text(alphabet="abc 0123456789.,-$%€ andtohudrmilion()", max_size=60))
def test_figures_stand_in_order_inside_the_text_and_never_overlap(text: str) -> None:
    values = values_in(text)
    ends = [0]
    for value in values:
        assert ends[-1] <= value.start < value.end <= len(text)
        assert value.low <= value.high
        ends.append(value.end)
