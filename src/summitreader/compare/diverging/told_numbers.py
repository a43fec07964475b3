"""Figures across a whole story: pairs that differ, gathered so that each quantity is one divergence."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from summitreader.compare.diverging.attaching import TOLLS, Figure, figures_of
from summitreader.compare.diverging.figures import Sort
from summitreader.compare.diverging.number import SHOWN, NumberConflict, apart, comparable, number_conflicts, overlap
from summitreader.compare.diverging.story import Story, made, quoted
from summitreader.compare.diverging.words import words_of
from summitreader.compare.model import Divergence, PassageRef

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_UNLINKED = 0.5
"""How sure passages without a link are taken to tell the same, where their figures and their words meet."""

_ALIKE = 0.33
"""Share of the words of the shorter passage that such a pair must have in common."""

_TOO_COMMON = 80
"""Passages that may tell a figure of one kind before they are compared by their links alone."""

_JOINS = 0.7
"""Share of the evidence of the surest pair of a quantity that a pair with a third amount needs to join it."""


@dataclass(frozen=True, slots=True)
class _Told:
    ref: PassageRef
    figure: Figure


def find_numbers(story: Story) -> list[Divergence]:
    """One divergence for each quantity that sources tell with amounts that cannot both be right."""
    pairs: list[tuple[NumberConflict, _Told, _Told]] = []
    for ref_a, ref_b, linked in _candidates(story):
        for conflict in number_conflicts(story.text(ref_a), story.text(ref_b), linked, story.common_names):
            if conflict.evidence >= SHOWN:
                a, b = _Told(ref_a, conflict.a), _Told(ref_b, conflict.b)
                if not _told_elsewhere(story, a, b) and not _told_elsewhere(story, b, a):
                    pairs.append((conflict, a, b))
    return [_divergence(story, group) for group in _groups(pairs)]


def _candidates(story: Story) -> Iterator[tuple[PassageRef, PassageRef, float]]:
    """Pairs of passages whose figures to compare, with how sure it is that they tell the same: the links, and passages
    that no link joins but that count the same of one event and share a third of their words and all years they name."""
    seen = set()
    for link in story.links:
        seen.add((link.a, link.b))
        yield link.a, link.b, link.score
    telling: dict[tuple[object, ...], list[PassageRef]] = {}
    for source in story.report.sources:
        if not story.comparable[source.id]:
            continue
        for n in story.told_passages[source.id]:
            ref = PassageRef(source.id, n)
            for key in {_subject(figure) for figure in figures_of(story.text(ref))} - {()}:
                telling.setdefault(key, []).append(ref)
    for _, refs in sorted(telling.items(), key=lambda item: repr(item[0])):
        if len(refs) > _TOO_COMMON:
            continue
        for a, b in combinations(refs, 2):
            if a.source != b.source and (a, b) not in seen:
                seen.add((a, b))
                texts = story.text(a), story.text(b)
                if overlap(*texts) >= _ALIKE and len({frozenset(_YEAR.findall(text)) for text in texts}) == 1:
                    yield a, b, _UNLINKED


def _subject(figure: Figure) -> tuple[object, ...]:
    """What a figure is about, where that is telling enough to compare it across a story without a link."""
    value = figure.value
    if value.sort is Sort.MAGNITUDE:
        return (value.sort,)
    if value.sort in {Sort.AGE, Sort.SCORE}:
        return (value.sort, *sorted(figure.owner)[:1]) if figure.owner else ()
    if figure.event in TOLLS | {"steal", "ruin", "live", "offer", "jail", "fine"}:
        return value.sort, figure.event
    return ()


def confidence(evidence: float) -> float:
    """The share of pairs of this evidence that are right, fitted on labelled pairs (docs/divergences.md)."""
    return 1 / (1 + math.exp(-1.2 * (evidence - 1.1)))


def _told_elsewhere(story: Story, here: _Told, there: _Told) -> bool:
    """Whether the source of `here` itself tells the amount of `there` for the same thing in another passage."""
    for n in story.told_passages[here.ref.source]:
        ref = PassageRef(here.ref.source, n)
        if ref == here.ref:
            continue
        for figure in figures_of(story.text(ref)):
            if not comparable(figure.value, there.figure.value) or apart(figure.value, there.figure.value):
                continue
            alike = figure.head == there.figure.head or figure.event == there.figure.event != ""
            if alike and figure.value.low == there.figure.value.low:
                return True
    return False


def _groups(
    pairs: list[tuple[NumberConflict, _Told, _Told]],
) -> list[list[tuple[NumberConflict, _Told, _Told]]]:
    """Pairs that tell the same amounts of one thing together; surest first, the surest pair of each group in front."""
    groups: list[list[tuple[NumberConflict, _Told, _Told]]] = []
    for pair in sorted(pairs, key=lambda p: -p[0].evidence):
        for group in groups:
            known = {_key(told): told.ref.source for _, a, b in group for told in (a, b)}
            mine = {_key(pair[1]), _key(pair[2])}
            if mine & set(known):
                if pair[0].evidence >= _JOINS * group[0][0].evidence or mine <= set(known):
                    group.append(pair)
                break
        else:
            groups.append([pair])
    return groups


def _key(told: _Told) -> tuple[object, ...]:
    value = told.figure.value
    return value.sort, value.unit, value.low, value.parts, told.figure.event or told.figure.head


def _divergence(story: Story, group: list[tuple[NumberConflict, _Told, _Told]]) -> Divergence:
    best, first, second = group[0]
    sides: list[list[_Told]] = [[first], [second]]
    for _, a, b in group[1:]:
        for told in (a, b):
            if any(t.ref.source == told.ref.source for side in sides for t in side):
                continue
            side = next((s for s in sides if not apart(s[0].figure.value, told.figure.value)), None)
            if side is None:
                sides.append([told])
            else:
                side.append(told)
    sides.sort(key=lambda side: story.place(side[0].ref))
    spans, numbers = [], []
    for n, side in enumerate(sides):
        for told in side:
            spans.append(story.span(told.ref, told.figure.value.start, told.figure.value.end))
            numbers.append(n)
    kind, reason = _kind(story, sides, best.reason)
    names = [f"{_who(story, side)} {quoted(snippet(story.text(side[0].ref), side[0].figure))}" for side in sides]
    summary = ", ".join(names[:-1]) + f"; {names[-1]}." if len(names) > 1 else names[0]
    return made(story, kind, spans, sides=numbers, confidence=confidence(best.evidence), summary=summary, reason=reason)


def _who(story: Story, side: list[_Told]) -> str:
    names = list(dict.fromkeys(story.labels[t.ref.source] for t in side))
    if len(names) > 2:
        return f"{names[0]} and {len(names) - 1} more have"
    return f"{' and '.join(names)} {'has' if len(names) == 1 else 'have'}"


def _kind(story: Story, sides: list[list[_Told]], reason: str) -> tuple[str, str]:
    """`update` where a toll grows or shrinks steadily with the time of publication, else `number`.

    Sources whose time is not known take no part in it; two sides at least must be dated.
    """
    dated = sorted(
        {
            (day, t.figure.value.low)
            for side in sides
            for t in side
            if (day := story.published(t.ref.source)) is not None
        }
    )
    tolls = all(t.figure.event in TOLLS for side in sides for t in side)
    steps = [
        (before[1], after[1])
        for before, after in pairwise(dated)
        if before[0][:10] != after[0][:10] or (len(before[0]) > 10 and len(after[0]) > 10)
    ]
    rising, falling = all(x <= y for x, y in steps), all(x >= y for x, y in steps)
    moved = len({value for _, value in dated}) > 1 and any(x != y for x, y in steps)
    if tolls and moved and (rising or falling):
        return "update", f"{reason}; it {'grows' if rising else 'shrinks'} from one publication to the next"
    return "number", reason


def snippet(text: str, figure: Figure) -> str:
    """The figure with what stands right before it and what it counts, as it stands in the passage."""
    words = words_of(text)
    first, last = figure.value.first, figure.value.last
    reach = 3
    while first > 0 and reach and words[first - 1].sort == "word" and words[first - 1].text[0].islower():
        first, reach = first - 1, reach - 1
    reach = 4
    while last + 1 < len(words) and reach and (words[last + 1].sort == "word" or words[last + 1].text in {"-", "–"}):
        last, reach = last + 1, reach - 1
        if words[last].text[-1:] == ".":
            break
    return text[words[first].start : words[last].end]
