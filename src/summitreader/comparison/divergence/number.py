"""Figures of two passages that measure one quantity with amounts that cannot both be right.

Two questions are kept apart: do the figures measure the same thing (`same_quantity`, learnt from labelled pairs), and
can both amounts be right (`apart`, from value, rounding and bound)? A pair is a conflict where both say yes and neither
figure finds its equal in the other passage.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from summitreader.comparison.divergence.figure_context import PEOPLE, TOLLS, Figure, figures_of
from summitreader.comparison.divergence.figures import Bound, Sort, Value
from summitreader.comparison.divergence.pairs import overlap_of
from summitreader.comparison.divergence.time_varying import (
    MARKET,
    YEARS_TO_VERDICT,
    Times,
    after_the_verdict,
    other_time_by,
    tells_poll,
    tells_prices,
    times_named,
)
from summitreader.comparison.divergence.words import content_stems

SHOWN = 0.25
"""Chance of one quantity from which a pair is shown. Of labelled pairs of linked sentences 0.78 of those shown are
right at a recall of 0.56, each topic judged by what the others teach (benchmarks/conflicts_fit.py)."""

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
    return a.unit == b.unit or (a.sort is Sort.MONEY and {a.unit, b.unit} <= {"$", "USD"})


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
    if (small.bound is Bound.AT_LEAST or large.bound is Bound.AT_MOST) and ratio <= _GROWS:
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


@dataclass(frozen=True, slots=True)
class NumberConflict:
    """Two figures of two passages, how likely they measure one quantity, 0 to 1, and what speaks for it."""

    a: Figure
    b: Figure
    evidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage as it is held against others; what is read of it is read once."""

    figures: tuple[Figure, ...]
    values: tuple[Value, ...]
    anchors: tuple[int, ...]
    """For each figure its index, or that of the one which it restates in another unit."""
    times: Times
    stems: frozenset[str]
    priced: bool
    polled: bool
    tried: bool


@lru_cache(maxsize=1 << 14)
def _read(text: str) -> _Read | None:
    """What figures are compared by; None where a passage has none, or asks."""
    figures = figures_of(text)
    if not figures or text.rstrip().endswith("?"):
        return None
    varying = tells_prices(text), tells_poll(text), after_the_verdict(text)
    values = tuple(f.value for f in figures)
    return _Read(figures, values, _anchors(figures), times_named(text), content_stems(text), *varying)


def number_conflicts(
    text_a: str,
    text_b: str,
    linked: float = 1.0,
    common: frozenset[str] = frozenset(),
    alike: float | None = None,
) -> list[NumberConflict]:
    """The figures of two passages that cannot both be right, likeliest first.

    `linked` is how sure it is that the passages report the same, 0 to 1; `common` are words of names that much of the
    story has, so that sharing them says little; `alike` is their `overlap_of`, where it is known already.
    """
    if text_a == text_b:  # each figure finds its equal
        return []
    ours, theirs = _read(text_a), _read(text_b)
    if ours is None or theirs is None:
        return []
    met = [
        (i, j, apart(a, b))
        for i, a in enumerate(ours.values)
        for j, b in enumerate(theirs.values)
        if a.sort is b.sort and comparable(a, b)
    ]
    if not any(differ for _, _, differ in met):
        return []
    other_time = other_time_by(ours.times, theirs.times)
    alike = overlap_of(ours.stems, theirs.stems) if alike is None else alike
    settled_a: set[int] = set()
    settled_b: set[int] = set()
    differing = []
    for i, j, differ in met:
        a, b = ours.figures[i], theirs.figures[j]
        if not (a.value.low == b.value.low and _same_words(a, b)):
            weight = other_time if a.value.sort is not Sort.AGE else 0.0
            chance = same_quantity(a, b, alike, linked, weight)
            if chance < _LEAST or _grown(a, b, ours, theirs, common):
                continue
            if differ:
                differing.append((chance, i, j))
                continue
        settled_a.add(ours.anchors[i])
        settled_b.add(theirs.anchors[j])
    found: list[NumberConflict] = []
    used_a, used_b = set(settled_a), set(settled_b)
    for chance, i, j in sorted(differing, key=lambda d: -d[0]):
        if ours.anchors[i] not in used_a and theirs.anchors[j] not in used_b:
            used_a.add(ours.anchors[i])
            used_b.add(theirs.anchors[j])
            a, b = ours.figures[i], theirs.figures[j]
            found.append(NumberConflict(a, b, chance, _reason(a, b)))
    return _without_parallels(found, bool(settled_a))


_LEAST = 0.05
"""Chance below which two figures are of two things, so that neither settles what the other says."""


def _grown(a: Figure, b: Figure, ours: _Read, theirs: _Read, common: frozenset[str]) -> bool:
    """Whether two figures of one thing differ because time has passed: the years to a verdict, a price, a poll."""
    if a.value.sort is Sort.AGE:
        return ours.tried is not theirs.tried and abs(a.value.low - b.value.low) < YEARS_TO_VERDICT
    priced, polled = ours.priced and theirs.priced, ours.polled and theirs.polled
    if a.event in TOLLS or b.event in TOLLS:
        return False
    if a.value.sort in _VARYING and (a.near | a.nouns) & (b.near | b.nouns) & MARKET:
        return True
    return priced or (polled and not (a.names & b.names) - common)


_VARYING = frozenset({Sort.SHARE, Sort.MONEY, Sort.MEASURE})


def _without_parallels(found: list[NumberConflict], settled: bool) -> list[NumberConflict]:
    """Two passages that differ in several counts and agree in none report two lots, seasons or raids: none is shown.

    The dead and the hurt of one event may well both differ, and are left alone.
    """
    if settled:
        return found
    others = [c for c in found if not _toll(c) and c.a.value.sort is not Sort.SCORE and c.evidence >= SHOWN / 2]
    if len(others) < 2:
        return found
    if len(others) > 2:
        return [c for c in found if c not in others]
    return [replace(c, evidence=c.evidence / 2) if c in others else c for c in found]


def _toll(conflict: NumberConflict) -> bool:
    """Whether two figures count the people of one kind of event."""
    return conflict.a.event in TOLLS and conflict.a.event == conflict.b.event and _people(conflict.a)


def _people(figure: Figure) -> bool:
    return not figure.head or figure.head in PEOPLE or bool(figure.nouns & PEOPLE)


def _anchors(figures: tuple[Figure, ...]) -> tuple[int, ...]:
    """For each figure its index, or that of the one which it restates in another unit."""
    found = []
    for index in range(len(figures)):
        at = index
        while (restated := figures[at].value.same_as) is not None:
            at = restated
        found.append(at)
    return tuple(found)


def _same_words(a: Figure, b: Figure) -> bool:
    """Whether two comparable figures have the same amount in the same unit, so that one answers the other whatever they
    count: one that is telling enough, and not of two kinds of events."""
    telling = a.value.digits > 1 or a.value.sort is not Sort.COUNT or a.event == b.event != ""
    contrary = a.event and b.event and a.event != b.event and {a.event, b.event} <= TOLLS
    return telling and a.value.low == b.value.low != 0 and a.value.scale == b.value.scale and not contrary


WEIGHTS = {
    "bias": -0.82,
    "head": 1.86,  # both count the same noun
    "other head": -0.33,  # each counts a noun, and not the same
    "stray": -0.28,  # a word of the noun phrase that one alone has, three at most
    "toll": 0.80,  # both count people by what happened to them
    "owner": 0.91,  # both belong to one name ("Rahman (45-7-2)", "Comeaux, 49")
    "other owner": -0.49,
    "near": 1.01,  # square root of the number of words that both have within five words
    "alike": 0.79,  # share of the words of the shorter passage that the longer has too
    "ratio": -1.72,  # logarithm of the ratio of the amounts, five at most
    "money": 2.42,
    "measure": 0.73,
    "magnitude": 2.00,
    "other time": -1.5,  # what `other_time_by` says; set by hand, since the labelled pairs have too few
    "share": -1.5,  # likewise
}
"""Logistic regression on 202 pairs of figures that differ, 48 of them of one quantity (benchmarks/conflicts_fit.py)."""


def features(a: Figure, b: Figure, alike: float, other_time: float = 0.0) -> dict[str, float] | None:
    """What is known of two figures that may measure one thing, by the names of `WEIGHTS`; None if they cannot.

    `alike` is the share of the words of the shorter passage that the longer has too, 0 to 1; `other_time` is how far
    the passages name other times.
    """
    if a.each != b.each or a.relation != b.relation or a.extra is not b.extra:
        return None
    if a.joined != b.joined and not (a.event in TOLLS and a.event == b.event):
        return None
    sort = a.value.sort
    counted_apart = sort is Sort.COUNT and a.head and b.head and a.head != b.head
    if sort is Sort.RANK or (counted_apart and not (a.event in TOLLS and a.event == b.event)):
        return None
    if a.value.unit == "time" and "first" in a.near & b.near:  # see `ordinals`
        return None
    if a.event != b.event and a.event and b.event and sort is not Sort.AGE and {a.event, b.event} & TOLLS:
        return None
    small, large = sorted((a.value.low, b.value.low))
    return {
        "bias": 1.0,
        "head": bool(a.head) and a.head == b.head,
        "other head": bool(a.head and b.head) and a.head != b.head,
        "stray": min(3, len(a.nouns ^ b.nouns)),
        "toll": a.event in TOLLS and a.event == b.event and _people(a) and _people(b),
        "owner": bool(a.owner & b.owner),
        "other owner": bool(a.owner and b.owner) and not a.owner & b.owner,
        "near": len(a.close & b.close) ** 0.5,
        "alike": alike,
        "ratio": min(5.0, math.log(large / small)) if small > 0 else 5.0,
        "money": sort is Sort.MONEY,
        "measure": sort is Sort.MEASURE,
        "magnitude": sort is Sort.MAGNITUDE,
        "other time": other_time,
        "share": sort is Sort.SHARE,
    }


def same_quantity(a: Figure, b: Figure, alike: float, linked: float = 1.0, other_time: float = 0.0) -> float:
    """How likely two comparable figures measure one thing, 0 to 1.

    `linked` is how sure it is that their passages report the same.
    """
    known = features(a, b, alike, other_time)
    if known is None:
        return 0.0
    score = sum(WEIGHTS[name] * value for name, value in known.items())
    return (0.5 + 0.5 * linked) / (1 + math.exp(-score))


def _reason(a: Figure, b: Figure) -> str:
    if a.event in TOLLS and a.event == b.event and _people(a):
        return f"both count {_COUNTED[a.event]}"
    if a.head and a.head == b.head and a.value.sort not in (Sort.MAGNITUDE, Sort.MONEY):
        return f"both tell the age of the {a.noun}" if a.value.sort is Sort.AGE else f"both count {a.noun}"
    return _REASONS.get(a.value.sort, "both measure the same")


_COUNTED = {
    "kill": "the dead", "hurt": "the injured", "shoot": "those shot", "seize": "those seized", "lost": "the missing",
    "save": "the rescued", "flee": "those who fled", "infect": "the infected", "aboard": "those aboard",
}  # fmt: skip
_REASONS = {
    Sort.MONEY: "both name a sum for the same", Sort.SHARE: "both name a share of the same",
    Sort.AGE: "both tell the age of the same person", Sort.SCORE: "both tell the score of the same",
    Sort.MAGNITUDE: "both tell the magnitude",
}  # fmt: skip
