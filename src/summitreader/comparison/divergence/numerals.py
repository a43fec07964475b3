"""Numbers as they are written: digits and words, "1.5 million", "half a million", ranges.

A number is read as (value, significant digits, index of the word after it).
"""

from __future__ import annotations

from summitreader.comparison.divergence import quantities as q
from summitreader.comparison.divergence.words import DASHES
from summitreader.text.tokens import Token


def number_at(words: tuple[Token, ...], i: int) -> tuple[float, int, int] | None:
    """Value, significant digits, index after; magnitudes ("million") included."""
    if i >= len(words):
        return None
    if words[i].kind == "number":
        plain = words[i].text.replace(",", "")
        if plain.count(".") > 1:
            return None
        return _magnified(words, float(plain), len(plain.replace(".", "").strip("0")) or 1, i + 1)
    return _number_words(words, i)


def with_half(words: tuple[Token, ...], value: float, i: int) -> tuple[float, int]:
    """Add the half of "two and a half years"; the value and the index after it."""
    if [w.low for w in words[i : i + 3]] == ["and", "a", "half"]:
        return value + 0.5, i + 3
    return value, i


def vague_at(words: tuple[Token, ...], i: int) -> tuple[float, float, int] | None:
    """ "several thousand", "a few hundred", "dozens", "tens of thousands": the least and the most that they may mean
    (2 to 9 of a unit), and the index after them."""
    low = [w.low for w in words[i : i + 4]]
    if not low:
        return None
    tens = (
        10.0
        if low[0] == "tens" and low[1:2] == ["of"]
        else 100.0
        if low[0] == "hundreds" and low[1:2] == ["of"]
        else 1.0
    )
    ahead = 2 if tens > 1 else 0
    plural = _VAGUE.get(low[ahead] if ahead < len(low) else "")
    if plural is not None:
        return 2 * plural * (tens / 2 if tens > 1 else 1), 9.99 * plural * tens, i + ahead + 1
    lead = 1 if low[0] == "several" else 2 if low[:2] == ["a", "few"] else 1 if low[0] == "few" else 0
    if lead and len(low) > lead and low[lead] in q.MAGNITUDES:
        unit = q.MAGNITUDES[low[lead]]
        return 2 * unit, 9.99 * unit, i + lead + 1
    return None


_VAGUE = {"dozens": 12.0, "hundreds": 100.0, "thousands": 1000.0, "millions": 1e6, "billions": 1e9}

FIRST_WORDS = frozenset({"a", "few", "half", "several", "tens", *_VAGUE, *q.SMALL, *q.TENS})
"""What a number written in words begins with."""


def _magnified(words: tuple[Token, ...], value: float, digits: int, i: int) -> tuple[float, int, int]:
    while i < len(words):
        step = i + 1 if words[i].text in DASHES and i + 1 < len(words) else i
        factor = q.MAGNITUDES.get(words[step].low)
        if factor is None:
            break
        value, i = value * factor, step + 1
    return value, digits, i


def _number_words(words: tuple[Token, ...], i: int) -> tuple[float, int, int] | None:
    total, current, j, seen = 0.0, 0.0, i, False
    if words[i].low == "half" and i + 2 < len(words) and words[i + 1].low == "a" and words[i + 2].low in q.MAGNITUDES:
        return 0.5 * q.MAGNITUDES[words[i + 2].low], 1, i + 3
    if words[i].low == "a" and i + 1 < len(words) and words[i + 1].low in q.MAGNITUDES:
        current, j, seen = 1.0, i + 1, True
    while j < len(words):
        if seen and words[j].text in DASHES and j + 1 < len(words) and words[j + 1].low in q.MAGNITUDES:
            j += 1
        low = words[j].low
        if low in q.SMALL and (
            not seen or current == 0 or current % 100 == 0 or (current % 10 == 0 and q.SMALL[low] < 10)
        ):
            current += q.SMALL[low]
        elif low in q.TENS and (current == 0 or current % 100 == 0):
            current += q.TENS[low]
        elif low == "hundred" and 0 < current < 100:
            current *= 100
        elif low in q.MAGNITUDES and low != "hundred" and current > 0:
            total, current = total + current * q.MAGNITUDES[low], 0.0
        elif low == "dozen" and seen and 0 < current < 20:
            current *= 12
        elif seen and low == "and" and j + 1 < len(words) and words[j - 1].low in q.MAGNITUDES:
            if words[j + 1].low not in q.SMALL and words[j + 1].low not in q.TENS:
                break
        elif not (seen and words[j].text in DASHES and j + 1 < len(words) and words[j + 1].low in q.SMALL and
                  words[j - 1].low in q.TENS):  # fmt: skip
            break
        seen, j = True, j + 1
    if not seen:
        return None
    value = total + current
    return value, len(f"{value:g}".replace(".", "").strip("0")) or 1, j


def range_at(words: tuple[Token, ...], j: int, read: tuple[float, int, int]) -> tuple[float, float, int, int]:
    value, digits, k = read
    if k + 1 < len(words):
        between = "between" in {w.low for w in words[max(0, j - 3) : j]}
        joint = words[k].text in DASHES or words[k].low == "to" or (between and words[k].low == "and")
        ahead = k + 1
        if (
            between
            and words[k].low in q.CURRENCY_WORDS | q.UNITS
            and words[ahead].low == "and"
            and ahead + 1 < len(words)
        ):
            joint, ahead = True, ahead + 1
        if joint and words[ahead].text in q.CURRENCY_SIGNS and ahead + 1 < len(words):
            ahead += 1
        other = number_at(words, ahead) if joint else None
        if other is not None and (other[0] > value):
            low = value
            if other[0] >= 1e5 and value < 1000 <= other[0] / max(value, 1):
                low = value * _scale(other[0])
            if low < other[0]:
                return low, other[0], max(digits, other[1]), other[2]
    return value, value, digits, k


def _scale(value: float) -> float:
    return next(m for m in (1e12, 1e9, 1e6, 1e3) if value >= m)


def short_magnitude(words: tuple[Token, ...], k: int, low: float, high: float, money: bool) -> tuple[float, float, int]:
    """`low` and `high` times the magnitude glued to the figure at `k - 1` (5m, 3bn), and the word after it."""
    glued = k < len(words) and words[k].start == words[k - 1].end
    if glued and words[k].kind == "word" and (money or words[k].text in {"K", "bn"}):
        factor = q.SHORT_MAGNITUDES.get(words[k].low)
        if factor is not None:
            return low * factor, high * factor, k + 1
    return low, high, k
