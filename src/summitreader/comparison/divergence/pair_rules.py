"""Linked passages that part in a day, a name, a yes or no or in certainty: one divergence for each difference."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from summitreader.comparison.divergence import date as days
from summitreader.comparison.divergence import names
from summitreader.comparison.divergence.pairs import Pair, years
from summitreader.comparison.divergence.story import Story, confidence, made, quoted
from summitreader.comparison.divergence.times import Scale, times_of
from summitreader.comparison.divergence.verbs import sense_of
from summitreader.comparison.model import Divergence, PassageRef, SourceSpan

_QUOTING = 0.5
"""How sure passages without a pair are taken to tell the same, where they quote the same words."""

_PLAIN = 0.5
"""Share of the words of the shorter passage that an unlinked pair needs before a yes and a no are held together."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two spans of a pair that differ, what speaks for it, and why; `key` gathers those that are one difference."""

    kind: str
    a: SourceSpan
    b: SourceSpan
    evidence: float
    reason: str
    key: tuple[str, ...]


def find_pair_conflicts(story: Story, kinds: Collection[str]) -> list[Divergence]:
    """Dates, names, denials and certainty, from the links: the surest pair of each difference stands for it."""
    best: dict[tuple[str, ...], list[Conflict]] = {}
    wanted = [(finder, plain) for kind, finder, plain in _FINDERS if kind in kinds]
    for pair in story.heard(story.pairs):
        plainly = pair.linked or (pair.overlap >= _PLAIN and not _of_other_years(story, pair))
        for finder, plain in wanted:
            if plain and not plainly:
                continue
            for conflict in finder(story, pair):
                best.setdefault((conflict.kind, *conflict.key), []).append(conflict)
    for pair in _order_pairs(story) if "date" in kinds else ():
        for conflict in _dates(story, pair):
            best.setdefault((conflict.kind, *conflict.key), []).append(conflict)
    return [_divergence(story, sorted(group, key=lambda p: -p.evidence)) for group in best.values()]


def _of_other_years(story: Story, pair: Pair) -> bool:
    """Whether two passages both name years, and not the same."""
    ours, theirs = years(story.text(pair.a)), years(story.text(pair.b))
    return bool(ours and theirs) and ours != theirs


def _order_pairs(story: Story) -> Iterator[Pair]:
    """Pairs that no pair joins and that quote the same words, one saying that it came before, one after."""
    telling: dict[str, list[PassageRef]] = {}
    for source in story.report.sources:
        for n in story.heard(story.told_passages[source.id]) if story.comparable[source.id] else ():
            ref = PassageRef(source.id, n)
            if any(t.scale is Scale.ORDER for t in times_of(story.text(ref), story.written(source.id))):
                for words in days.quoted_words(story.text(ref)):
                    telling.setdefault(words, []).append(ref)
    if not any(len(refs) > 1 for refs in telling.values()):
        return
    known = {(p.a, p.b) for p in story.pairs}
    for words in sorted(telling):
        for a, b in combinations(telling[words], 2):
            if a.source != b.source and (a, b) not in known:
                known.add((a, b))
                yield Pair(a, b, _QUOTING, 0.0, linked=False)


def _dates(story: Story, pair: Pair) -> list[Conflict]:
    texts = story.text(pair.a), story.text(pair.b)
    written = story.written(pair.a.source), story.written(pair.b.source)
    found = []
    for c in days.date_conflicts(*texts, pair.sure, *written):
        if c.evidence >= days.SHOWN:
            spans = story.span(pair.a, c.a.start, c.a.end), story.span(pair.b, c.b.start, c.b.end)
            said = sorted((story.words(spans[0]).lower(), story.words(spans[1]).lower()))
            found.append(Conflict("date", *spans, c.evidence, c.reason, (sense_of(c.a.word) or c.a.verb, *said)))
    return found


def _names(story: Story, pair: Pair) -> list[Conflict]:
    texts = story.text(pair.a), story.text(pair.b)
    found = []
    known = story.name_words
    conflicts = names.name_conflicts(*texts, pair.sure, known[pair.a.source], known[pair.b.source])
    for c in conflicts:
        if c.evidence >= names.SHOWN and not story.named_together(c.a.key, c.b.key):
            spans = story.span(pair.a, c.a.start, c.a.end), story.span(pair.b, c.b.start, c.b.end)
            key = sorted((" ".join(c.a.key), " ".join(c.b.key)))
            found.append(Conflict("name", *spans, c.evidence, c.reason, tuple(key)))
    return found


_FINDERS: tuple[tuple[str, Callable[[Story, Pair], list[Conflict]], bool], ...] = (
    ("date", _dates, False),
    ("name", _names, True),
)
"""Kind, finder, and whether an unlinked pair must be plainly of one thing for it."""


def _divergence(story: Story, group: list[Conflict]) -> Divergence:
    first = group[0]
    sides = [[first.a], [first.b]]
    for conflict in group[1:]:
        for span in (conflict.a, conflict.b):
            side = next((s for s in sides if story.words(span).lower() == story.words(s[0]).lower()), None)
            if side is not None and all(s.source != span.source for own in sides for s in own):
                side.append(span)
    a, b = (quoted(story.around(side[0])) for side in sides)
    who_a, who_b = story.labels[first.a.source], story.labels[first.b.source]
    return made(
        story, first.kind, sides, confidence=confidence(first.kind, first.evidence),
        summary=f"{who_a} has {a}; {who_b} {b}.", reason=first.reason,
    )  # fmt: skip
