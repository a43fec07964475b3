"""Linked passages that part in a day, a name, a yes or no or in certainty: one divergence for each difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from summitreader.compare.diverging import certainty, names, polarity
from summitreader.compare.diverging import date as days
from summitreader.compare.diverging.number import overlap
from summitreader.compare.diverging.story import Story, made, quoted
from summitreader.compare.diverging.times import Scale, times_of
from summitreader.compare.model import Divergence, Link, LinkKind, PassageRef, SourceSpan

_UNLINKED = 0.5
"""How sure passages without a link are taken to tell the same, where their verbs and their words meet."""

_ALIKE = 0.33
"""Share of the words of the shorter passage that such a pair must have in common."""

_TOO_COMMON = 80
"""Passages that may tell when one kind of thing happened before they are compared by their links alone."""


@dataclass(frozen=True, slots=True)
class Parting:
    """Two spans of a link that differ, what speaks for it, and why; `key` gathers those that are one difference."""

    kind: str
    a: SourceSpan
    b: SourceSpan
    evidence: float
    reason: str
    key: tuple[str, ...]


def find_partings(story: Story) -> list[Divergence]:
    """Dates, names, denials and certainty, from the links: the surest link of each difference stands for it."""
    best: dict[tuple[str, ...], list[Parting]] = {}
    for link in story.links:
        for finder in (_dates, _names, _denials, _certainty):
            for parting in finder(story, link):
                best.setdefault((parting.kind, *parting.key), []).append(parting)
    for link in unlinked_times(story):
        for parting in _dates(story, link):
            best.setdefault((parting.kind, *parting.key), []).append(parting)
    return [_divergence(story, sorted(group, key=lambda p: -p.evidence)) for group in best.values()]


def unlinked_times(story: Story) -> Iterator[Link]:
    """Pairs of passages that no link joins, that tell when one thing happened and share a third of their words, or
    that say what came first of one quotation."""
    linked = {(k.a, k.b) for k in story.links}
    telling: dict[tuple[str, str], list[PassageRef]] = {}
    for source in story.report.sources:
        if story.comparable[source.id]:
            for n in story.told_passages[source.id]:
                ref = PassageRef(source.id, n)
                for time in times_of(story.text(ref), story.written(source.id)):
                    if time.verb and not time.telling and time.scale in {Scale.CLOCK, Scale.DAY}:
                        telling.setdefault((time.scale, time.verb), []).append(ref)
                    if time.scale is Scale.ORDER:
                        for words in days.quoted_words(story.text(ref)):
                            telling.setdefault((time.scale, words), []).append(ref)
    for key in sorted(telling):
        if len(telling[key]) > _TOO_COMMON:
            continue
        for a, b in combinations(dict.fromkeys(telling[key]), 2):
            alike = key[0] == Scale.ORDER or overlap(story.text(a), story.text(b)) >= _ALIKE
            if a.source != b.source and (a, b) not in linked and alike:
                linked.add((a, b))
                yield Link(a, b, _UNLINKED, LinkKind.PARTIAL)


def _dates(story: Story, link: Link) -> list[Parting]:
    texts = story.text(link.a), story.text(link.b)
    written = story.written(link.a.source), story.written(link.b.source)
    found = []
    for c in days.date_conflicts(*texts, link.score, *written):
        if c.evidence >= days.SHOWN:
            spans = story.span(link.a, c.a.start, c.a.end), story.span(link.b, c.b.start, c.b.end)
            said = sorted((story.words(spans[0]).lower(), story.words(spans[1]).lower()))
            found.append(Parting("date", *spans, c.evidence, c.reason, (c.a.verb, *said)))
    return found


def _names(story: Story, link: Link) -> list[Parting]:
    texts = story.text(link.a), story.text(link.b)
    found = []
    known = story.name_words
    conflicts = names.name_conflicts(*texts, link.score, known[link.a.source], known[link.b.source])
    for c in conflicts:
        if c.evidence >= names.SHOWN and not story.named_together(c.a.key, c.b.key):
            spans = story.span(link.a, c.a.start, c.a.end), story.span(link.b, c.b.start, c.b.end)
            key = sorted((" ".join(c.a.key), " ".join(c.b.key)))
            found.append(Parting("name", *spans, c.evidence, c.reason, tuple(key)))
    return found


def _denials(story: Story, link: Link) -> list[Parting]:
    found = []
    for c in polarity.polarity_conflicts(story.text(link.a), story.text(link.b), link.score):
        if c.evidence >= polarity.SHOWN:
            spans = story.span(link.a, c.a.start, c.a.end), story.span(link.b, c.b.start, c.b.end)
            found.append(Parting("polarity", *spans, c.evidence, c.reason, (c.a.verb, c.b.verb)))
    return found


def _certainty(story: Story, link: Link) -> list[Parting]:
    found = []
    for c in certainty.certainty_conflicts(story.text(link.a), story.text(link.b), link.score):
        if c.evidence >= certainty.SHOWN:
            spans = story.span(link.a, *c.a), story.span(link.b, *c.b)
            found.append(Parting("certainty", *spans, c.evidence, c.reason, (c.reason,)))
    return found


_CONFIDENCE: dict[str, Callable[[float], float]] = {
    "date": lambda e: min(0.9, 0.4 + 0.2 * e),
    "name": lambda e: min(0.7, 0.3 + 0.15 * e),
    "polarity": lambda e: min(0.8, 0.3 + 0.15 * e),
    "certainty": lambda e: min(0.8, 0.3 + 0.15 * e),
}


def _divergence(story: Story, group: list[Parting]) -> Divergence:
    first = group[0]
    spans, sides = [first.a, first.b], [0, 1]
    for parting in group[1:]:
        for span in (parting.a, parting.b):
            side = next((n for n in (0, 1) if story.words(span).lower() == story.words(spans[n]).lower()), None)
            if side is not None and all(s.source != span.source for s in spans):
                spans.append(span)
                sides.append(side)
    a, b = (quoted(story.around(s)) for s in spans[:2])
    who_a, who_b = story.labels[first.a.source], story.labels[first.b.source]
    return made(
        story, first.kind, spans, sides=sides, confidence=_CONFIDENCE[first.kind](first.evidence),
        summary=f"{who_a} has {a}; {who_b} {b}.", reason=first.reason,
    )  # fmt: skip
