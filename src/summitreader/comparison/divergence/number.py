"""Figures of two passages that tell the same quantity with amounts that cannot both be right.

Two questions are kept apart: do the figures measure the same thing (`same_quantity`, from what they count, of whom,
what happened and the words around), and can both amounts be right (`apart`, from value, rounding and bound)? A pair is
a conflict where both say yes and neither figure finds its equal in the other passage.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from summitreader.comparison.divergence.amounts import apart, comparable
from summitreader.comparison.divergence.figure_context import PEOPLE, TOLLS, Figure, figures_of, is_person
from summitreader.comparison.divergence.figures import Sort, Value
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
from summitreader.comparison.divergence.words import content_stems, listed, stem

_DIRECTIONS = frozenset({"north", "south", "east", "west", "mile", "kilomet"})
_GENERIC = frozenset(map(stem, listed("season game time day year month week point run way part thing case side place")))
"""What is counted so often and of so much that counting it says little."""

SHOWN = 1.5
"""Evidence from which a pair is shown."""


@dataclass(frozen=True, slots=True)
class NumberConflict:
    """Two figures of two passages, what speaks for their measuring one quantity, and why."""

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
    """What figures are compared by; None where a passage tells none, or asks."""
    figures = figures_of(text)
    if not figures or text.rstrip().endswith("?"):
        return None
    told = tells_prices(text), tells_poll(text), after_the_verdict(text)
    return _Read(
        figures, tuple(f.value for f in figures), _anchors(figures), times_named(text), content_stems(text), *told
    )


def number_conflicts(
    text_a: str,
    text_b: str,
    linked: float = 1.0,
    common: frozenset[str] = frozenset(),
    alike: float | None = None,
) -> list[NumberConflict]:
    """The figures of two passages that cannot both be right, best first.

    `linked` is how sure it is that the passages tell the same, 0 to 1; `common` are words of names that much of the
    story bears, so that sharing them says little; `alike` is their `overlap_of`, where it is known already.
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
    parted = []
    for i, j, differ in met:
        a, b = ours.figures[i], theirs.figures[j]
        equal = a.value.low == b.value.low and _same_words(a, b)
        if not equal:
            evidence, reason = same_quantity(a, b, alike, linked, common)
            if a.value.sort is not Sort.AGE:
                evidence -= other_time
            if evidence <= 0 or _grown(a, b, ours, theirs, common):
                continue
            if differ:
                parted.append((evidence, reason, i, j))
                continue
        settled_a.add(ours.anchors[i])
        settled_b.add(theirs.anchors[j])
    parted.sort(key=lambda p: -p[0])
    found: list[NumberConflict] = []
    used_a, used_b = set(settled_a), set(settled_b)
    for evidence, reason, i, j in parted:
        if ours.anchors[i] not in used_a and theirs.anchors[j] not in used_b:
            used_a.add(ours.anchors[i])
            used_b.add(theirs.anchors[j])
            found.append(NumberConflict(ours.figures[i], theirs.figures[j], evidence, reason))
    return _without_parallels(found, bool(settled_a))


def _grown(a: Figure, b: Figure, ours: _Read, theirs: _Read, common: frozenset[str]) -> bool:
    """Whether two figures of one thing differ because time has passed: the years to a verdict, a price, a poll."""
    if a.value.sort is Sort.AGE:
        return ours.tried is not theirs.tried and abs(a.value.low - b.value.low) < YEARS_TO_VERDICT
    priced, polled = ours.priced and theirs.priced, ours.polled and theirs.polled
    if not (priced or polled) or a.event in TOLLS or b.event in TOLLS:
        return False
    return priced or not (a.names & b.names) - common


_PRICE = 2.0
"""What is taken off for amounts in two reports of prices, which differ because time has passed."""
_VARYING = frozenset({Sort.SHARE, Sort.MONEY, Sort.MEASURE})


def _without_parallels(found: list[NumberConflict], settled: bool) -> list[NumberConflict]:
    """Two passages that differ in several counts and agree in none tell of two lots, seasons or raids: doubt them all.

    The dead and the hurt of one event may well both differ, and are left alone.
    """
    if len(found) < 2 or settled:
        return found
    others = [c for c in found if not _toll(c) and c.a.value.sort is not Sort.SCORE]
    if len(others) < 2:
        return found
    if len(others) > 2:
        return [c for c in found if c not in others]
    return [replace(c, evidence=c.evidence - 1.4) if c in others else c for c in found]


def _toll(conflict: NumberConflict) -> bool:
    """Whether two figures count the people of one kind of event."""
    return conflict.a.event in TOLLS and conflict.a.event == conflict.b.event and _people(conflict.a)


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
    """Whether two comparable figures tell the same amount in the same unit, so that one answers the other whatever they
    count: one that is telling enough, and not of two kinds of events."""
    telling = a.value.digits > 1 or a.value.sort is not Sort.COUNT or a.event == b.event != ""
    contrary = a.event and b.event and a.event != b.event and {a.event, b.event} <= TOLLS
    return telling and a.value.low == b.value.low != 0 and a.value.scale == b.value.scale and not contrary


def same_quantity(
    a: Figure, b: Figure, alike: float, linked: float, common: frozenset[str] = frozenset()
) -> tuple[float, str]:
    """How much speaks for two figures measuring one thing (0: they cannot), and what does.

    `alike` is the share of the smaller passage's content words that the larger has too, 0 to 1.
    """
    if not comparable(a.value, b.value) or a.each != b.each or a.relation != b.relation:
        return 0.0, ""
    if a.joined != b.joined and not (a.event in TOLLS and a.event == b.event):
        return 0.0, ""
    if a.extra is not b.extra or (a.extra and not (a.event and a.event == b.event)):
        return 0.0, ""
    if a.event != b.event and a.event and b.event and a.value.sort is not Sort.AGE and {a.event, b.event} & TOLLS:
        return 0.0, ""
    grade = _GRADES[a.value.sort](a, b)
    if grade[0] <= 0:
        return 0.0, ""
    score = (
        grade[0]
        - _other_subject(a, b, common)
        - _moves_by_the_hour(a, b)
        - _far_apart(a, b)
        + 2.0 * alike
        + 0.25 * len(a.near & b.near) ** 0.5
    )
    return score * (0.5 + 0.5 * linked), grade[1]


def _other_subject(a: Figure, b: Figure, common: frozenset[str]) -> float:
    """What is taken off where both clauses bear names and share none of them: they may tell of two subjects."""
    if a.names <= b.names or b.names <= a.names:
        return 0.0
    told_by_both = (a.names & b.names) - common
    if a.value.sort is Sort.SHARE:
        told_by_both = frozenset(n for n in told_by_both if stem(n) not in a.nouns & b.nouns)
    if told_by_both:
        return 0.0
    return 2.0 if a.value.sort is Sort.MONEY or a.value.sort is Sort.SHARE else 0.6


def _moves_by_the_hour(a: Figure, b: Figure) -> float:
    """What is taken off for prices and indexes, which differ between two reports because time has passed."""
    varying = a.value.sort in _VARYING
    return _PRICE if varying and (a.near | a.nouns) & (b.near | b.nouns) & MARKET else 0.0


_ORDER = 3
"""Ratio from which two counts are rather of another thing, such as a round and the whole fight."""

_OTHER_LOT = 20
"""Ratio from which two tolls are of two lots: everyone hurt in a week of riots, and two men beside a car."""


def _far_apart(one: Figure, other: Figure) -> float:
    """What is taken off for amounts of another order: ten times as many are rather of another thing."""
    a, b = one.value, other.value
    if a.sort is Sort.MAGNITUDE:
        return 2.0 if abs(a.low - b.low) > 0.7 else 0.0
    small, large = (a.low, b.low) if a.low < b.low else (b.low, a.low)
    if small <= 0 or a.sort is Sort.SCORE or a.sort is Sort.RANK:
        return 0.0
    if a.sort is Sort.MONEY and 2.2 <= large / small < 8:
        return 0.6
    if large / small >= _OTHER_LOT and (one.event in TOLLS or other.event in TOLLS):
        return 3.0
    return 1.0 if large / small >= (_ORDER if a.sort is Sort.COUNT else 8) else 0.0


def _same_head(a: Figure, b: Figure) -> bool:
    return bool(a.head) and a.head == b.head


def _people(figure: Figure) -> bool:
    return not figure.head or figure.head in PEOPLE or bool(figure.nouns & PEOPLE)


_COUNTED = {
    "kill": "the dead",
    "hurt": "the injured",
    "shoot": "those shot",
    "seize": "those seized",
    "lost": "the missing",
    "save": "the rescued",
    "flee": "those who fled",
    "infect": "the infected",
    "aboard": "those aboard",
}
"""What people are counted by, in words."""


def _count(a: Figure, b: Figure) -> tuple[float, str]:
    if a.event in TOLLS and a.event == b.event:
        if _people(a) and _people(b) and _beside_event(a) and _beside_event(b):
            return 2.0, f"both count {_COUNTED[a.event]}"
        if _same_head(a, b):
            return 2.0, f"both count {a.noun}"
        return 0.0, ""
    if _same_head(a, b):
        event = 0.7 if a.event and a.event == b.event else 0.0
        if a.head in _GENERIC and not event:
            return 0.0, ""
        modifiers = 0.4 * len((a.nouns & b.nouns) - {a.head})
        if a.nouns - b.nouns and b.nouns - a.nouns and not event:
            return 0.0, ""
        stray = 0.5 * len(a.nouns ^ b.nouns)
        base = -0.4 if a.head in _GENERIC else 0.6
        return max(0.1, base + event + modifiers - min(stray, 1.0)), f"both count {a.noun}"
    return 0.0, ""


def _beside_event(figure: Figure) -> bool:
    """Whether a figure that counts no noun stands beside the word of its event ("kills 10", "80 hurt")."""
    return bool(figure.head) or figure.reach <= 1.5


def _money(a: Figure, b: Figure) -> tuple[float, str]:
    event = 1.2 if a.event and a.event == b.event else 0.0
    nouns = 0.7 if a.nouns & b.nouns else 0.0
    told_for = event or nouns or a.names & b.names or {a.event, b.event} == {"pay", "fine"}
    return (0.4 if told_for else 0.0) + event + nouns, "both name a sum for the same"


def _share(a: Figure, b: Figure) -> tuple[float, str]:
    if not a.event or a.event != b.event:
        return 0.0, ""
    shared = len((a.close | a.nouns) & (b.close | b.nouns))
    return (0.1 + 0.3 * shared if shared > 1 else 0.0), "both name a share of the same"


def _measure(a: Figure, b: Figure) -> tuple[float, str]:
    event = 0.8 if a.event and a.event == b.event else 0.0
    nouns = 0.8 if a.nouns & b.nouns else 0.0
    shared = 0.2 * len(a.close & b.close)
    if not event and not nouns and len((a.close & b.close) - _DIRECTIONS) < 2:
        return 0.0, ""
    stray = 0.8 if a.nouns and b.nouns and not nouns else 0.0
    stray += 1.2 if a.value.unit == "time" else 0.0
    return event + nouns + shared - stray, "both measure the same"


def _age(a: Figure, b: Figure) -> tuple[float, str]:
    if a.owner and b.owner:
        if a.owner - b.owner and b.owner - a.owner:
            return 0.0, ""
        if a.owner != b.owner and abs(a.value.low - b.value.low) > 5:
            return 0.0, ""
        return (2.5, "both tell the age of the same person") if a.owner & b.owner else (0.0, "")
    if _same_head(a, b) and abs(a.value.low - b.value.low) <= 3:
        return 1.2, f"both tell the age of the {a.noun}"
    if a.head and b.head and not (a.owner or b.owner):
        return 0.0, ""
    if abs(a.value.low - b.value.low) > 3:
        return 0.0, ""
    persons = all(f.owner or not f.head or is_person(f.head) for f in (a, b))
    return (0.7, "both tell an age") if persons else (0.0, "")


def _score(a: Figure, b: Figure) -> tuple[float, str]:
    if a.owner and b.owner:
        return (2.0, "both tell the score of the same") if a.owner & b.owner else (0.0, "")
    near = sum(abs(x - y) for x, y in zip(a.value.parts, b.value.parts, strict=True)) <= 4
    return (0.7, "both tell a score") if near else (0.0, "")


def _magnitude(a: Figure, b: Figure) -> tuple[float, str]:
    return 2.2, "both tell the magnitude"


def _rank(a: Figure, b: Figure) -> tuple[float, str]:
    return (0.1, f"both tell which {a.noun}") if _same_head(a, b) and a.nouns == b.nouns else (0.0, "")


_GRADES = {
    Sort.COUNT: _count,
    Sort.MONEY: _money,
    Sort.SHARE: _share,
    Sort.MEASURE: _measure,
    Sort.AGE: _age,
    Sort.SCORE: _score,
    Sort.MAGNITUDE: _magnitude,
    Sort.RANK: _rank,
}
