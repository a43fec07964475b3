"""Times of two passages that tell when one thing happened and cannot both be right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from summitreader.comparison.divergence.figure_context import figures_of
from summitreader.comparison.divergence.figures import Sort, Value
from summitreader.comparison.divergence.names import names_in
from summitreader.comparison.divergence.number import apart as apart_in_amount
from summitreader.comparison.divergence.pairs import overlap_of
from summitreader.comparison.divergence.time_varying import of_the_market
from summitreader.comparison.divergence.times import Scale, Time, times_of
from summitreader.comparison.divergence.verbs import Party, alike, met_by_sense
from summitreader.comparison.divergence.words import content_stems, listed, stem

SHOWN = 1.0
"""Evidence from which a pair is shown."""

_MINUTES, _ABOUT = 10, 30
"""Minutes by which two clock times of one thing may differ, and where one of them is told as about then."""


@dataclass(frozen=True, slots=True)
class DateConflict:
    """Two times of two passages, what speaks for their being of one thing, and why."""

    a: Time
    b: Time
    evidence: float
    reason: str


def date_conflicts(
    text_a: str, text_b: str, linked: float = 1.0, written_a: date | None = None, written_b: date | None = None
) -> list[DateConflict]:
    """The times of two passages that cannot both be right for what happened, with evidence enough to show, best first.

    `linked` is how sure it is that the passages tell the same, 0 to 1; `written_a` and `written_b` the days on which
    they were written, where that is known.
    """
    if text_a == text_b and written_a == written_b:  # each time finds its equal
        return []
    ours, theirs = _told(text_a, written_a), _told(text_b, written_b)
    parted = [
        (a, b)
        for a, said_a in ours
        for b, said_b in theirs
        if said_a != said_b  # one word means two days only because it was printed on two
        and _one_scale(a, b)
        and apart(a, b)
        and not any(_agrees(a, c) for c, _ in theirs if c is not b)
        and not any(_agrees(c, b) for c, _ in ours if c is not a)
    ]
    if not parted or (of_the_market(text_a) and of_the_market(text_b)):
        return []
    overlap = overlap_of(content_stems(text_a), content_stems(text_b))
    one_quotation = _one_quotation(text_a, text_b)
    found = []
    for a, b in parted:
        evidence, reason = _same_happening(a, b, overlap, one_quotation)
        loose = a.scale is not Scale.ORDER and not one_quotation
        if not evidence:
            continue
        if loose and _other_subject(text_a, text_b):
            evidence -= _OTHER_SUBJECT
        evidence *= 0.5 + 0.5 * linked
        if evidence >= SHOWN and not (loose and _of_another(text_a, text_b)):
            found.append(DateConflict(a, b, evidence, reason))
    found.sort(key=lambda c: (-c.evidence, c.a.start, c.b.start))
    kept: list[DateConflict] = []
    for conflict in found:
        if all(conflict.a is not k.a and conflict.b is not k.b for k in kept):
            kept.append(conflict)
    return kept


_OTHER_SUBJECT = 0.5
"""What is taken off where both passages bear names and share none."""
_ANOTHER = re.compile(r"\b(?:another|the last|previous|the latest)\b", re.IGNORECASE)


def _of_another(text_a: str, text_b: str) -> bool:
    """Whether one passage tells of another happening of the kind than the other: one says so, or they part in how many
    of one noun there were too, where nothing is left that agrees."""
    if _says_another(text_a) is not _says_another(text_b):
        return True
    ours, theirs = _counts(text_a), _counts(text_b)
    return any(
        all(apart_in_amount(x, y) for x in ours[head] for y in theirs[head]) for head in ours.keys() & theirs.keys()
    )


@lru_cache(maxsize=4096)
def _says_another(text: str) -> bool:
    return bool(_ANOTHER.search(text))


@lru_cache(maxsize=4096)
def _counts(text: str) -> dict[str, list[Value]]:
    """The counts of a passage by the stem of what they count."""
    found: dict[str, list[Value]] = {}
    for figure in figures_of(text):
        if figure.head and figure.value.sort is Sort.COUNT:
            found.setdefault(figure.head, []).append(figure.value)
    return found


@lru_cache(maxsize=1 << 14)
def _told(text: str, written: date | None) -> tuple[tuple[Time, str], ...]:
    """The times of a passage, each with its words in lower case."""
    return tuple((time, text[time.start : time.end].lower()) for time in times_of(text, written))


def _agrees(a: Time, b: Time) -> bool:
    """Whether two times may be one: not apart on one scale, or of one year."""
    if _one_scale(a, b):
        return not apart(a, b)
    return a.year is not None and a.year == b.year


def _other_subject(text_a: str, text_b: str) -> bool:
    """Whether both passages bear names and share none."""
    ours = {w for name in names_in(text_a) for w in name.key}
    theirs = {w for name in names_in(text_b) for w in name.key}
    return bool(ours and theirs) and not ours & theirs


_DAYS = frozenset({Scale.DAY, Scale.WEEKDAY})


def _one_scale(a: Time, b: Time) -> bool:
    return a.scale is b.scale or (a.scale in _DAYS and b.scale in _DAYS)


def apart(a: Time, b: Time) -> bool:
    """Whether two times of one scale cannot be the same time. What is not known on either side is taken to agree."""
    if a.scale is Scale.ORDER:
        return a.minute != b.minute
    if a.scale is Scale.CLOCK:
        return _clocks_apart(a, b)
    if a.first and b.first:
        return a.first != b.first
    if a.scale is Scale.YEAR or (a.year and b.year and a.year != b.year):
        return a.year != b.year
    if a.month and b.month and a.month != b.month:
        return True
    if a.day and b.day:
        return a.day != b.day
    if a.weekday is not None and b.weekday is not None:
        return a.weekday != b.weekday
    return False


def _clocks_apart(a: Time, b: Time) -> bool:
    if a.minute is None or b.minute is None:
        return False
    gap = abs(a.minute - b.minute)
    gap = min(gap, 1440 - gap)
    if not (a.halved and b.halved):
        gap = min(gap, abs(gap - 720))
    return gap > (_ABOUT if a.about or b.about else _MINUTES) and not (gap % 60 == 0 and a.halved is not b.halved)


_MARKED = re.compile('[“"]([^“”"]+)[”"]')
_SPEAKING = frozenset(
    map(stem, ["say", "call", "tell", "state", "statement", "announce", "declare", "dismiss", "reject"])
)
"""Verbs by which a speaker speaks: a day beside them is the day of the words. Carrying and reporting are of others."""


@lru_cache(maxsize=1024)
def quoted_words(text: str) -> frozenset[str]:
    """What stands between quotation marks, in letters only ("pipe dream" and "pipedream" are one), and the stems of
    its words."""
    found: set[str] = set()
    for match in _MARKED.finditer(text):
        joined = "".join(c for c in match.group(1).lower() if c.isalpha())
        if len(joined) >= 7:
            found |= {joined, *content_stems(match.group(1))}
    return frozenset(found)


def _one_quotation(text_a: str, text_b: str) -> bool:
    """Whether both passages quote the same words: a run of them, or two that carry meaning."""
    common = quoted_words(text_a) & quoted_words(text_b)
    return any(len(w) >= _PHRASE for w in common) or len(common) > 1


_PHRASE = 9
"""Letters of a word between quotation marks that make it words of one's own."""


_PUBLISHED = frozenset({"published", "issued"})
"""Verbs of telling of which the telling is what happened."""
_LASTING = frozenset(
    map(stem, listed("compare continue expect schedule remain include consider hope believe think rise drop"))
)
"""Verbs that say nothing of what happened on one day: states, and series that move from one day to the next."""


def _same_happening(a: Time, b: Time, overlap: float, one_quotation: bool) -> tuple[float, str]:
    """How much speaks for two times being of one thing that happened, and what does."""
    if a.scale is Scale.ORDER:
        base = 1.5 if one_quotation else 1.0 if a.verb == b.verb != "" and _meeting(a, b) is not None else 0.0
        return (base + overlap, "before it in one, after it in the other") if base else (0.0, "")
    if one_quotation and a.verb in _SPEAKING and b.verb in _SPEAKING:
        return 1.2 + 1.5 * overlap, "both tell when the same words were spoken"
    if (
        ((a.telling or b.telling) and not {a.word, b.word} <= _PUBLISHED)
        or not a.verb
        or not b.verb
        or {a.verb, b.verb} & _LASTING
    ):
        return 0.0, ""
    same = a.verb == b.verb
    if not same and not alike(a.word, b.word):
        return 0.0, ""
    met = _meeting(a, b)
    if met is None:
        return 0.0, ""
    how = "by the same verb" if same else f"by verbs of one sense: {a.word}, {b.word}"
    return (0.7 if same else 0.4) + met + overlap, f"both tell when it happened, {how}"


_BY_SENSE = 0.25
"""What parties count for that meet in a word put for the other alone ("the ferry", "the vessel")."""


def _meeting(a: Time, b: Time) -> float | None:
    """How well those who take part in two happenings agree, 0 to 1; None where they are others."""
    for one, other in ((a.subject, b.subject), (a.object, b.object)):
        if one.names and other.names and not _same_names(one, other):
            return None
    for one, other, ours, theirs in (
        (a.subject, b.subject, a.subject.words, b.subject.words),
        (a.object, b.object, a.object.direct, b.object.direct),
    ):
        described = bool(one.names) is not bool(other.names)
        if ours and theirs and not described and not ours & theirs and not met_by_sense(ours, theirs):
            return None
    ours, theirs = a.subject.words | a.object.words, b.subject.words | b.object.words
    if not ours or not theirs:
        return None
    met = len(ours & theirs) / min(len(ours), len(theirs))
    return met or (_BY_SENSE if met_by_sense(a.subject.words, b.subject.words) else None)


def _same_names(a: Party, b: Party) -> bool:
    """Whether most names of the one that bears fewer stand in the other too."""
    few, many = (a.names, b.words) if len(a.names) <= len(b.names) else (b.names, a.words)
    return len(few & many) * 2 > len(few)
