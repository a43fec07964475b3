"""What the other sources tell at a passage of the base text: where they differ, what they restate, what they add. Pure.

Everything is found from the passage itself and its neighbours, so that a step costs the same in a text of any length.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from summitreader.comparison.model import Alone, Divergence, LinkKind, letter_of
from summitreader.tui.layout.marks import EMPTY, Mark, SpanSet
from summitreader.tui.story.index import Counterpart, StoryIndex
from summitreader.tui.story.inspection import kind_in_words, relation_in_words, shared_spans

_RUN = 60
"""Passages that an addition is followed over at the most."""


@dataclass(frozen=True, slots=True)
class MarginEntry:
    """What one source tells here: its passages `first` to `last`, both included.

    `mark` says what it is: to check, linked, told there only; None where no counterpart in the base was found, and
    that there is none is not sure. `shared` are the words that made the link,
    `differs` those by which a passage that is else the same differs. `minor` is a counterpart that its source has a
    surer one beside.
    """

    source: int
    first: int
    last: int
    mark: Mark | None
    relation: str
    shared: SpanSet = EMPTY
    differs: SpanSet = EMPTY
    minor: bool = False

    @property
    def adds(self) -> bool:
        """Whether the base has no counterpart of it."""
        return self.mark is None or self.mark is Mark.ALONE


def entries_at(index: StoryIndex, base: int, passage: int, compared: bool) -> tuple[MarginEntry, ...]:
    """What the others tell at a passage of source `base`: what is to be checked, then counterparts, then additions.

    Additions are what a source tells between the counterparts of the base: they stand after the passage whose
    counterpart goes before them. There are none before the comparison is done (`compared`).
    """
    counterparts = index.counterparts(base, passage)
    checks = _checks(index, base, passage)
    known = {(c.source, c.passage): c for c in counterparts}
    flagged = [_check(index, base, passage, place, found, known.get(place)) for place, found in checks.items()]
    first, rest = _best_first(counterparts)
    linked = [
        _linked(index, base, passage, c, c in rest) for c in (*first, *rest) if (c.source, c.passage) not in checks
    ]
    added = list(_additions(index, base, passage, counterparts, checks.keys())) if compared else []
    return (*flagged, *linked, *added)


def entry_to_open(entries: tuple[MarginEntry, ...], base: int) -> int:
    """The entry that is meant where none was chosen: of the next source that has a counterpart, round at the end."""
    counterparts = [n for n, entry in enumerate(entries) if not entry.adds]
    after = [n for n in counterparts if entries[n].source > base]
    return (after or counterparts or [0])[0]


def _best_first(counterparts: list[Counterpart]) -> tuple[list[Counterpart], list[Counterpart]]:
    """The surest of each source in order of the sources; and the others, the surest first."""
    best = {c.source: c for c in reversed(counterparts)}
    rest = [c for c in counterparts if best[c.source] is not c]
    return [best[n] for n in sorted(best)], sorted(rest, key=lambda c: (-c.score, c.source, c.passage))


def _checks(index: StoryIndex, base: int, passage: int) -> dict[tuple[int, int], list[Divergence]]:
    """What is to be checked here, by the passage of another source that it is to be checked against.

    A source that is on the side of the base is none of those.
    """
    found: dict[tuple[int, int], list[Divergence]] = {}
    name, here_span = index.sources[base].id, index.sources[base].passages[passage]
    for divergence in index.checks_in(base, passage):
        others = [
            side
            for side in divergence.sides
            if not any(s.source == name and s.start < here_span.end and s.end > here_span.start for s in side.spans)
        ]
        for span in (span for side in others for span in side.spans):
            number = index.number[span.source]
            if number != base and index.sources[number].passages:
                here = found.setdefault((number, index.sources[number].passage_at(span.start)), [])
                if divergence not in here:
                    here.append(divergence)
    return found


def _check(
    index: StoryIndex,
    base: int,
    passage: int,
    place: tuple[int, int],
    found: list[Divergence],
    counterpart: Counterpart | None,
) -> MarginEntry:
    kinds = ", ".join(dict.fromkeys(kind_in_words(divergence.kind) for divergence in found))
    shared = SpanSet(shared_spans(counterpart.link, index.sources[place[0]])) if counterpart else EMPTY
    return MarginEntry(place[0], place[1], place[1], Mark.CHECK, kinds, shared)


def _linked(index: StoryIndex, base: int, passage: int, counterpart: Counterpart, minor: bool) -> MarginEntry:
    link, number = counterpart.link, counterpart.source
    same = link is not None and link.kind is LinkKind.SAME
    close = link is not None and link.kind in (LinkKind.SAME, LinkKind.NEAR)
    return MarginEntry(
        number,
        counterpart.passage,
        counterpart.passage,
        Mark.OWN if link is not None and link.by != "engine" else Mark.SAME if same else Mark.LINKED,
        relation_in_words(counterpart),
        shared=EMPTY if close else SpanSet(shared_spans(link, index.sources[number])),
        differs=_differing(index, (base, passage), (number, counterpart.passage)) if close else EMPTY,
        minor=minor,
    )


def _differing(index: StoryIndex, base: tuple[int, int], other: tuple[int, int]) -> SpanSet:
    """The words of passage `other` that passage `base` does not have in that order; capitals and marks count not."""
    from summitreader.notes.diff import common, words_of

    old = words_of(index.sources[base[0]].passage_text(base[1]))
    start = index.sources[other[0]].passages[other[1]].start
    new = words_of(index.sources[other[0]].passage_text(other[1]))
    runs = common([word.casefold() for word in old.words], [word.casefold() for word in new.words])
    kept = {n for _, first, count in runs for n in range(first, first + count)}
    gone = [n for n, word in enumerate(new.words) if n not in kept and any(c.isalnum() for c in word)]
    return SpanSet((start + new.starts[n], start + new.ends[n]) for n in gone)


def _additions(
    index: StoryIndex,
    base: int,
    passage: int,
    counterparts: list[Counterpart],
    checked: Iterable[tuple[int, int]],
) -> Iterable[MarginEntry]:
    """Runs of passages that the base has no counterpart of, which begin after a counterpart of this passage."""
    shown = set(checked)
    for c in counterparts:
        if _home(index, base, c) != passage:
            continue
        before = _run(index, base, c.source, c.passage, -1)
        if before and before[-1] == 0:
            yield from _addition(index, base, c.source, before[::-1], shown)
        yield from _addition(index, base, c.source, _run(index, base, c.source, c.passage, 1), shown)


def _home(index: StoryIndex, base: int, counterpart: Counterpart) -> int:
    """The passage of the base that a counterpart belongs to most."""
    back = [c for c in index.counterparts(counterpart.source, counterpart.passage) if c.source == base]
    return max(back, key=lambda c: (c.score, -c.passage)).passage


def _run(index: StoryIndex, base: int, number: int, passage: int, by: int) -> list[int]:
    """The passages next to one of source `number`, on (1) or back (-1), as far as the base has none of them."""
    found: list[int] = []
    n = passage + by
    while 0 <= n < len(index.sources[number].passages) and len(found) < _RUN:
        if any(c.source == base for c in index.counterparts(number, n)):
            break
        found.append(n)
        n += by
    return found


def _addition(
    index: StoryIndex, base: int, number: int, run: list[int], shown: set[tuple[int, int]]
) -> Iterable[MarginEntry]:
    source = index.sources[number]
    name = index.sources[base].id
    told = [
        n
        for n in run
        if source.is_told(n)
        and (number, n) not in shown
        and not any(span.source == name for d in index.checks_in(number, n) for span in d.spans)
    ]
    if not told:
        return
    alone = index.report.alone[number] if index.report.alone else ()
    sure = bool(alone) and all(alone[n] is Alone.SURE for n in told)
    also = sorted({c.source for n in told for c in index.counterparts(number, n)} - {number})
    if sure:
        relation = f"only in {letter_of(number)}"
    elif also and len(told) == 1:
        relation = f"also in {' '.join(map(letter_of, also))}, no match in {letter_of(base)}"
    else:
        relation = f"no match in {letter_of(base)}"
    yield MarginEntry(number, told[0], told[-1], Mark.ALONE if sure else None, relation)
