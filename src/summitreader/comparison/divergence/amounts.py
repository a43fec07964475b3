"""Whether two amounts can both be right: rounding, bounds and conversions are given their due.

What the amounts measure is not asked here; see `number.same_quantity`.
"""

from __future__ import annotations

import math

from summitreader.comparison.divergence.figures import Bound, Sort, Value

_ABOUT = 0.15
"""Share by which an amount that is called approximate may differ: "about 60" agrees with "55", not with "80"."""
_ROUNDED = 0.03
_RATES = 1.25
"""Ratio up to which a sum converted in brackets is the same at another rate: of another day, or into other dollars."""
_MAGNITUDE_STEP = 0.15
"""Difference from which two magnitudes of one earthquake differ: the scale is logarithmic, told to one decimal."""
_GROWS = 1.5
"""Ratio up to which a lower bound covers a larger amount: "more than 100" says 150, and hardly 200."""


def comparable(a: Value, b: Value) -> bool:
    """Whether two amounts are told in one measure at all."""
    if a.sort is not b.sort:
        return False
    if a.unit == b.unit:
        return True
    dollars = {"$", "USD"}
    return a.sort is Sort.MONEY and {a.unit, b.unit} <= dollars


def apart(a: Value, b: Value) -> bool:
    """Whether two comparable amounts cannot both be right, or hardly: rounding and bounds are given their due."""
    if a.sort is Sort.SCORE:
        return sorted(a.parts) != sorted(b.parts)
    if a.sort is Sort.MAGNITUDE:
        return abs(a.low - b.low) >= _MAGNITUDE_STEP
    if a.low <= b.high and b.low <= a.high:
        return False
    if a.sort is Sort.MEASURE and a.scale != b.scale and a.low / a.scale == b.low / b.scale and a.unit != "time":
        return False
    small, large = (a, b) if a.high < b.low else (b, a)
    ratio = large.low / small.high if small.high > 0 else math.inf
    if (a.converted or b.converted) and ratio <= _RATES:
        return False
    if small.bound is Bound.AT_LEAST and ratio <= _GROWS:
        return False
    if large.bound is Bound.AT_MOST and ratio <= _GROWS:
        return False
    if (a.bound is Bound.ABOUT or b.bound is Bound.ABOUT) and ratio <= 1 + _ABOUT:
        return False
    return not _rounded_alike(small, large, ratio)


def _rounded_alike(small: Value, large: Value, ratio: float) -> bool:
    """Whether the one told with fewer digits is the other, rounded; units converted in the text count as rounded."""
    if small.sort is Sort.AGE or small.sort is Sort.RANK:
        return False
    if small.sort is Sort.MEASURE and small.scale != large.scale and ratio <= 1 + 4 * _ROUNDED:
        return True
    rough, fine = (small, large) if small.digits < large.digits else (large, small)
    if small.sort is Sort.COUNT and large.high < 100:
        return False
    if rough.digits == fine.digits or ratio > 1 + _ROUNDED:
        return ratio <= 1.001
    step: float = 10.0 ** (math.floor(math.log10(rough.low)) - rough.digits + 1) if rough.low > 0 else 0.0
    return abs(fine.low - rough.low) <= step
