"""Figures in running text: digits and words, ranges, money, percentages, measures, ages, scores, magnitudes.

`values_in` finds each figure of a passage and says what it amounts to, in what unit and how exactly; what it counts
and of whom is read by `attaching`. Years, clock times and days of the month are left to the dates, numbers that only
name something (Flight 447, 76ers) to nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from summitreader.comparison.divergence import quantities as q
from summitreader.comparison.divergence.non_quantities import MONTHS, clock_or_date, long_chain, names_something
from summitreader.comparison.divergence.quantities import (
    FIRST_WORDS,
    number_at,
    range_at,
    short_magnitude,
    vague_at,
    with_half,
)
from summitreader.comparison.divergence.words import DASHES, listed
from summitreader.text.tokens import Token, tokens_of

_PLURALS = listed("people men women children police troops")
_GLUED_CODES = frozenset({"e", "eur", "euro"})
_CODES_BEFORE = frozenset({"rs", "rs.", "usd", "gbp", "eur", "inr"})
_UNIT_ADJECTIVES = listed("nautical square cubic sq")


class Bound(StrEnum):
    """In what relation the true amount stands to the one that is named."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    RANGE = "range"


class Sort(StrEnum):
    """What a figure measures."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    MEASURE = "measure"
    AGE = "age"
    SCORE = "score"
    CLOCK = "clock"
    RANK = "rank"
    MAGNITUDE = "magnitude"


@dataclass(frozen=True, slots=True)
class Value:
    """An amount as it stands in a passage.

    `[start, end)` are code points of the passage, with sign, currency and unit, without "about". `low` and `high` are
    in the base of `unit` (a currency, a dimension such as `length`, `%`, or empty for a count). `digits` is how many
    significant digits it is told with. `parts` holds the numbers of a score. `first`/`last` are indexes of words.
    `same_as` is another figure of the passage that tells the same amount in another unit ("60 metres (200 feet)").
    """

    start: int
    end: int
    low: float
    high: float
    sort: Sort
    unit: str
    bound: Bound
    digits: int
    first: int
    last: int
    parts: tuple[int, ...] = ()
    worded: bool = False
    same_as: int | None = None
    scale: float = 1.0
    """The factor of the unit it was told in to the base: 60 for minutes."""
    converted: bool = False
    """Whether it is a sum in brackets after another, at the rate of some day ("110 billion ($141 billion)")."""


_CONVERTED = re.compile(
    r"\d[ -]?(?:thousand|million|billion|trillion|[mb]n?)?"
    r"(?: (?:[a-z]+ )?(?:euros?|pounds?|dollars?|yen|francs?|crowns?))?"
    r"\s*[(\[](?:about |around |roughly |some |nearly |over |or )?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)
def values_in(text: str) -> tuple[Value, ...]:
    """The figures of `text`, in order, none within another."""
    words = tokens_of(text)
    values: list[Value] = []
    i = 0
    while i < len(words):
        value = _value_at(text, words, i) if _may_open(words[i]) else None
        if value is None:
            i += 1
            continue
        if value.sort is not Sort.CLOCK:
            values.append(value)
        i = value.last + 1
    return _with_restatements(text, values)


_FIRST_WORDS = FIRST_WORDS | q.ORDINALS.keys() | q.CURRENCY_PREFIXES.keys() | _GLUED_CODES | _CODES_BEFORE


def _may_open(word: Token) -> bool:
    """Whether a figure may begin with a word: most words are neither a number nor a currency."""
    if word.kind == "word":
        return word.low in _FIRST_WORDS
    return word.kind == "number" or word.text in q.CURRENCY_SIGNS


def _with_restatements(text: str, values: list[Value]) -> tuple[Value, ...]:
    """Tie "$108 million" to "85 million euros ($108 million)": two figures with nothing but a bracket between."""
    for n, here in enumerate(values):
        if here.sort is Sort.MONEY and _CONVERTED.search(text[max(0, here.start - 60) : here.start]):
            values[n] = replace(here, converted=True)
    for n in range(1, len(values)):
        before, here = values[n - 1], values[n]
        between = text[before.end : here.start].strip()
        if between in {"(", "(about", "(around", "(roughly", "[", "(some", "(nearly", "/", "or", ", or", "(over"}:
            in_other_unit = before.sort is Sort.MEASURE and text[before.end - 3 :] != text[here.end - 3 :]
            if before.sort is here.sort and (in_other_unit or before.unit != here.unit):
                values[n] = replace(here, same_as=n - 1)
    return tuple(values)


def _value_at(text: str, words: tuple[Token, ...], i: int) -> Value | None:
    word = words[i]
    currency, j = _currency_before(words, i)
    if not currency and word.kind == "sign":
        return None
    if not currency and word.kind == "number":
        clock = clock_or_date(words, i)
        clock = long_chain(words, i) if clock is None else clock
        if clock is not None:
            return replace(_blank(words, i, clock), sort=Sort.CLOCK)
    vague = vague_at(words, j)
    if vague is not None:
        value = _measured(text, words, i, j, vague[2], vague[0], vague[1], 1, currency)
        return replace(value, bound=Bound.RANGE) if value is not None else None
    read = number_at(words, j)
    if read is None:
        return _ordinal(words, i) if not currency else None
    if not currency and (score := _score(words, j)):
        return score
    low, high, digits, k = range_at(words, j, read)
    if low == high:
        low, k = with_half(words, low, k)
        high = low
    sum_of_money = bool(currency) or (k + 1 < len(words) and words[k + 1].low in q.CURRENCY_WORDS)
    low, high, k = short_magnitude(words, k, low, high, sum_of_money)
    return _measured(text, words, i, j, k, low, high, digits, currency)


def _blank(words: tuple[Token, ...], first: int, last: int) -> Value:
    return Value(words[first].start, words[last].end, 0, 0, Sort.COUNT, "", Bound.EXACT, 1, first, last)


def _currency_before(words: tuple[Token, ...], i: int) -> tuple[str, int]:
    word = words[i]
    if word.text in q.CURRENCY_SIGNS and _touches_number(words, i + 1):
        return q.CURRENCY_SIGNS[word.text], i + 1
    prefixed = i + 1 < len(words) and words[i + 1].low in q.CURRENCY_PREFIXES and _touches_number(words, i + 2)
    if word.text == "$" and prefixed and words[i + 1].text.isupper() and words[i + 2].start == words[i + 1].end:
        return q.CURRENCY_PREFIXES[words[i + 1].low], i + 2
    has_sign = i + 1 < len(words) and words[i + 1].text == "$" and words[i + 1].start <= word.end + 1
    if has_sign and word.text.isupper() and word.low in q.CURRENCY_PREFIXES and _touches_number(words, i + 2):
        return q.CURRENCY_PREFIXES[word.low], i + 2
    glued = i + 1 < len(words) and words[i + 1].kind == "number" and words[i + 1].start == word.end
    if word.low in _GLUED_CODES and glued:
        return "EUR", i + 1
    if word.low in _CODES_BEFORE and _touches_number(words, i + 1):
        return q.CURRENCY_WORDS[word.low.rstrip(".")], i + 1
    return "", i


def _touches_number(words: tuple[Token, ...], i: int) -> bool:
    return i < len(words) and words[i].kind == "number"


def _score(words: tuple[Token, ...], j: int) -> Value | None:
    """`9-14`, `45-7-2`: two or three small numbers tied with dashes that touch them and count no noun as a range."""
    parts: list[int] = []
    k = j
    while k < len(words) and words[k].kind == "number" and words[k].text.isdigit() and len(words[k].text) <= 3:
        parts.append(int(words[k].text))
        tied = k + 2 < len(words) and words[k + 1].text in DASHES and words[k + 2].kind == "number"
        if not (tied and words[k + 1].start == words[k].end and words[k + 2].start == words[k + 1].end):
            break
        k += 2
    follows = words[k + 1] if k + 1 < len(words) else None
    if not 2 <= len(parts) <= 3 or (follows is not None and (follows.text in DASHES or follows.text == "%")):
        return None
    ascending = len(parts) == 2 and parts[0] < parts[1]
    counts = follows is not None and (
        follows.low in q.MAGNITUDES or follows.low in q.UNITS or follows.low.endswith("s") or follows.low in _PLURALS
    )
    if ascending and counts:
        return None
    value = _blank(words, j, k)
    return replace(value, sort=Sort.SCORE, unit=str(len(parts)), parts=tuple(parts), low=parts[0], high=parts[0])


def _ordinal(words: tuple[Token, ...], i: int) -> Value | None:
    word = words[i]
    if word.low in q.ORDINALS and word.low not in {"first", "second"}:
        n = q.ORDINALS[word.low]
        return replace(_blank(words, i, i), low=n, high=n, sort=Sort.RANK, unit="rank", worded=True)
    return None


def _measured(
    text: str, words: tuple[Token, ...], i: int, j: int, k: int, low: float, high: float, digits: int, currency: str
) -> Value | None:
    """Read the unit that follows at `k`, and how exactly the amount is meant."""
    glued = k < len(words) and words[k].start == words[k - 1].end
    if words[j].kind == "number" and glued and words[k].low in {"st", "nd", "rd", "th"}:
        value = _blank(words, i, k)
        return replace(value, low=low, high=high, sort=Sort.RANK, unit="rank")
    sort, unit, factor, last = Sort.COUNT, "", 1.0, k - 1
    if currency:
        sort, unit = Sort.MONEY, currency
        if k < len(words) and words[k].low in {"usd", "aud", "cad"}:
            unit, last = words[k].low.upper(), k
    else:
        sort, unit, factor, last = _unit_after(words, k, glued)
    if sort is Sort.COUNT and names_something(words, i, k, glued):
        return None
    if sort is Sort.COUNT and low < 11 and _magnitude_before(words, i):
        sort, unit = Sort.MAGNITUDE, "magnitude"
    if sort is Sort.COUNT and low == high and 0 < low < 115 and _stands_as_age(words, i, last):
        sort, unit = Sort.AGE, "years"
    bound = _bound(words, i, last) if low == high else Bound.RANGE
    return Value(
        words[i].start, words[last].end, low * factor, high * factor, sort, unit, bound, digits, i, last,
        worded=words[j].kind == "word", scale=factor,
    )  # fmt: skip


def _magnitude_before(words: tuple[Token, ...], i: int) -> bool:
    between = {"-", "–", "of", "at", "least", "about", "around", "a", "was", "estimated", "preliminary"}
    for n in range(i - 1, max(-1, i - 6), -1):
        if words[n].low == "magnitude":
            return True
        if words[n].low not in between:
            return False
    return False


def _stands_as_age(words: tuple[Token, ...], i: int, last: int) -> bool:
    """ "Name, 61, …", "aged 61", "at the age of 61"."""
    before = [w.low for w in words[max(0, i - 2) : i]]
    if before[-1:] in (["aged"], ["age"]) or before == ["age", "of"]:
        return True
    closes = last + 1 >= len(words) or words[last + 1].text in {",", ".", ")", ";", ":"}
    opens = len(before) == 2 and before[1] in {",", "("} and words[i - 2].is_capital
    return closes and opens and before[0].rstrip(".") not in MONTHS and words[i].kind == "number"


def _unit_after(words: tuple[Token, ...], k: int, glued: bool) -> tuple[Sort, str, float, int]:
    at = k + 1 if k + 1 < len(words) and words[k].text in DASHES else k
    plain = (Sort.COUNT, "", 1.0, k - 1)
    if at >= len(words):
        return plain
    low = words[at].low.rstrip(".")
    two = f"{low} {words[at + 1].low}" if at + 1 < len(words) else low
    if words[at].text == "%" or low in {"percent", "pct"} or two == "per cent":
        last = at + 1 if two == "per cent" else at
        if last + 1 < len(words) and words[last + 1].low.startswith("point"):
            return Sort.MEASURE, "percentage points", 1.0, last + 1
        return Sort.SHARE, "%", 1.0, last
    if two == "percentage points":
        return Sort.MEASURE, "percentage points", 1.0, at + 1
    if low in {"year", "years", "yr", "month", "months", "week", "weeks"}:
        for ahead in range(at + 1, min(at + 3, len(words))):
            if words[ahead].low in {"old", "olds"}:
                return Sort.AGE, "years", q.UNITS[low][1] / q.UNITS["year"][1], ahead
    if low in q.CURRENCY_WORDS and words[at].text.islower():
        return Sort.MONEY, q.CURRENCY_WORDS[low], 1.0, at
    if low in {"magnitude"} or (low == "on" and _richter_after(words, at)):
        return Sort.MAGNITUDE, "magnitude", 1.0, at if low == "magnitude" else k - 1
    if low in _UNIT_ADJECTIVES and at + 1 < len(words):
        ahead = at + 2 if words[at + 1].text in DASHES and at + 2 < len(words) else at + 1
        if ahead + 1 < len(words) and words[ahead].text in DASHES:
            ahead += 1
        unit = q.UNITS.get(words[ahead].low)
        if unit is not None:
            factor = 1852.0 if low == "nautical" else unit[1] ** (3 if low == "cubic" else 2)
            return Sort.MEASURE, unit[0] if low == "nautical" else f"{low[:2]} {unit[0]}", factor, ahead
    unit = q.UNITS.get(low)
    if unit is not None and (low not in q.GLUED_UNITS or words[k - 1].kind == "number") and words[at].text != "M":
        return Sort.MEASURE, unit[0], unit[1], at
    return plain


def _richter_after(words: tuple[Token, ...], i: int) -> bool:
    return any(w.low == "richter" for w in words[i + 1 : i + 4])


def _bound(words: tuple[Token, ...], i: int, last: int) -> Bound:
    before = [w.low for w in words[max(0, i - 4) : i]]
    while before and before[-1] in {"a", "the", "-", "an", "magnitude", "just", "only"}:
        before.pop()
    for phrases, bound in ((q.AT_MOST, Bound.AT_MOST), (q.AT_LEAST, Bound.AT_LEAST)):
        if any(tuple(before[-len(phrase) :]) == phrase for phrase in phrases):
            return bound
    after = [w.low for w in words[last + 1 : last + 4]]
    if after[:2] in (["or", "more"], ["or", "so"]) or after[:1] == ["+"] or after[1:3] == ["or", "more"]:
        return Bound.ABOUT if after[:2] == ["or", "so"] else Bound.AT_LEAST
    if after[:2] == ["-", "plus"]:
        return Bound.AT_LEAST
    if before and (before[-1] in q.ABOUT or before[-2:] == ["close", "to"]):
        return Bound.ABOUT
    return Bound.EXACT
