"""Number words, magnitudes, currencies and units, as tables: what a figure can be measured in, and in what relation.

Units are converted to one base for each dimension (metres, kilograms, seconds …) by their SI or customary definition.
Currencies are never converted into one another: the rate of the day is not known.
"""

from __future__ import annotations

from summitreader.comparison.divergence import quantities as q
from summitreader.comparison.divergence.words import DASHES, listed, word_set
from summitreader.text.tokens import Token

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SMALL += " seventeen eighteen nineteen"
SMALL = {word: n for n, word in enumerate(_SMALL.split())}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * n for n, word in enumerate(_TENS.split(), start=2)}
MAGNITUDES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5}
MAGNITUDES |= {"crore": 1e7, "mn": 1e6, "bn": 1e9, "tn": 1e12, "mln": 1e6, "bln": 1e9}
SHORT_MAGNITUDES = {"k": 1e3, "m": 1e6, "mm": 1e6, "b": 1e9, "t": 1e12}
"""Read as a magnitude only in a sum of money: after its sign, or before its currency's name."""

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
ORDINALS = {word: n for n, word in enumerate(_ORDINALS.split(), start=1)}

CURRENCY_SIGNS = {
    "$": "$",
    "€": "EUR",
    "£": "GBP",
    "¥": "¥",
    "₩": "KRW",
    "₹": "INR",
    "₽": "RUB",
    "₺": "TRY",
    "₴": "UAH",
}
CURRENCY_PREFIXES = {
    "us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD", "r": "BRL",
}  # fmt: skip
CURRENCY_WORDS = {
    "dollar": "$", "dollars": "$", "usd": "USD", "euro": "EUR", "euros": "EUR", "eur": "EUR", "gbp": "GBP",
    "sterling": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "won": "KRW", "rupee": "INR",
    "rupees": "INR", "rs": "INR", "ruble": "RUB", "rubles": "RUB", "rouble": "RUB", "roubles": "RUB", "peso": "peso",
    "pesos": "peso", "franc": "franc", "francs": "franc", "lira": "TRY", "shekels": "ILS", "riyals": "SAR",
    "dirhams": "AED", "hryvnia": "UAH", "cents": "cent", "pence": "pence", "krona": "krona", "kronor": "krona",
    "baht": "THB", "ringgit": "MYR", "rand": "ZAR", "naira": "NGN", "dinars": "dinar", "rials": "IRR", "crown":
"crown", "crowns": "crown", }  # fmt: skip

UNITS: dict[str, tuple[str, float]] = {}
"""Spelling → (dimension, factor to the base unit of that dimension)."""


def _units(dimension: str, factor: float, spellings: str) -> None:
    for spelling in spellings.split():
        UNITS[spelling] = (dimension, factor)


_units("length", 1.0, "metre metres meter meters m")
_units("length", 1000.0, "kilometre kilometres kilometer kilometers km kms kilometers")
_units("length", 0.01, "centimetre centimetres centimeter centimeters cm")
_units("length", 0.001, "millimetre millimetres millimeter millimeters mm")
_units("length", 1609.344, "mile miles mi")
_units("length", 0.3048, "foot feet ft")
_units("length", 0.0254, "inch inches")
_units("length", 0.9144, "yard yards")
_units("mass", 1.0, "kilogram kilograms kilo kilos kg kgs")
_units("mass", 0.001, "gram grams")
_units("mass", 1000.0, "tonne tonnes ton tons")
_units("mass", 0.45359237, "lb lbs")
_units("pound", 1.0, "pound pounds")
_units("volume", 1.0, "litre litres liter liters")
_units("volume", 158.987, "barrel barrels")
_units("volume", 3.785, "gallon gallons")
_units("area", 1.0, "hectare hectares")
_units("area", 0.40468564, "acre acres")
_units("speed", 1.0, "kph kmh")
_units("speed", 1.609344, "mph")
_units("speed", 1.852, "knot knots")
_units("power", 1.0, "megawatt megawatts mw")
_units("power", 1000.0, "gigawatt gigawatts gw")
_units("temperature", 1.0, "degree degrees celsius")
_units("time", 1.0, "second seconds sec secs")
_units("time", 60.0, "minute minutes min mins")
_units("time", 3600.0, "hour hours hr hrs")
_units("time", 86400.0, "day days")
_units("time", 604800.0, "week weeks")
_units("time", 2629746.0, "month months")
_units("time", 31556952.0, "year years yr yrs")
_units("time", 315569520.0, "decade decades")
_units("votes", 1.0, "vote votes")
_units("points", 1.0, "point points")

GLUED_UNITS = listed("m km cm mm ft kg mph kph lbs lb gw mw km kmh")
"""Short spellings that count as a unit only where they follow the digits (`60m`, `60 km`)."""

ABOUT = listed("about around approximately roughly nearly almost some estimated circa close")


def _phrases(*phrases: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in phrases)


AT_LEAST = _phrases(
    "at least", "more than", "over", "in excess of", "upwards of", "above", "no fewer than", "no less than",
    "exceeding", "greater than", "topped",
)  # fmt: skip
AT_MOST = _phrases(
    "at most", "less than", "fewer than", "up to", "under", "below", "as many as", "as much as", "as high as",
    "no more than", "just under", "a maximum of",
)  # fmt: skip

FIGURE_LABELS = word_set("quantities.figure_labels")
"""Words after which a number is a name and counts nothing."""


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
