"""Number words, magnitudes, currencies and units, as tables: what a figure can be measured in, and in what relation.

Units are converted to one base for each dimension (metres, kilograms, seconds …) by their SI or customary definition.
Currencies are never converted into one another: the rate of the day is not known.
"""

from __future__ import annotations

from summitreader.comparison.divergence.words import listed

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

FIGURE_LABELS = listed(
    """flight highway route interstate article section chapter resolution no number channel am fm gate room page
    figure line boeing airbus psalm act bill class grade level type model mark apollo windows version phase"""
)
"""Words after which a number is a name and counts nothing."""
