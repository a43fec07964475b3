"""All there is to say of one passage: its counterparts, what linked them, who speaks, what is to be checked. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath

from summitreader.comparison.model import KINDS, Alone, Link, Quotation, letter_of
from summitreader.text import Source, Span
from summitreader.tui.layout.marks import SpanSet
from summitreader.tui.story.index import Counterpart, StoryIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage to show: `relation` says in words how it stands to the passage under the cursor."""

    source: int
    passage: int
    relation: str
    shared: SpanSet


@dataclass(frozen=True, slots=True)
class Inspection:
    """`summary` is the line that stands first: `(text, category)` pieces. `silent` are sentences about the rest."""

    summary: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    evidence: tuple[str, ...]
    silent: tuple[str, ...]


def name_of(source: Source) -> str:
    """What a source is called: its outlet, else the name of its file without the ending. Never a cut headline."""
    return source.outlet or PurePath(source.path or source.id).stem or source.id


def spoken_by(quotation: Quotation) -> str:
    """`Xi Jinping, through Lee's office` as far as it is known; empty where nothing is."""
    parts = []
    if quotation.speaker is not None and quotation.speaker.name:
        known = " (by you)" if quotation.by != "engine" else " (inferred)" if quotation.speaker.inferred else ""
        parts.append(quotation.speaker.name + known)
    parts += [f"through {mention.name}" for mention in quotation.via if mention.name]
    return ", ".join(parts)


def relation_in_words(counterpart: Counterpart) -> str:
    """How a counterpart is linked, and how surely: `restated 0.86`."""
    link = counterpart.link
    if link is None:
        return "same thread"
    return f"{link.kind} {link.score:.2f}" if link.by == "engine" else "linked by you"


def shared_spans(link: Link | None, source: Source) -> list[tuple[int, int]]:
    """The words of `source` that made `link`."""
    if link is None:
        return []
    if link.a.source == source.id:
        return [_pair(s.a) for s in link.shared]
    return [_pair(s.b) for s in link.shared]


def _pair(span: Span) -> tuple[int, int]:
    return (span.start, span.end)


MOST_POSSIBLE = 2
"""Possible matches that are shown of a passage, of sources without a likely one."""
POSSIBLE = "possible match"
"""The relation of those; they are drawn dimmed."""


def possible_at(index: StoryIndex, source: int, passage: int) -> list[Counterpart]:
    """The best possible matches of a passage, of sources that have no likely one."""
    linked = {c.source for c in index.counterparts(source, passage)}
    return [c for c in index.possible(source, passage) if c.source not in linked][:MOST_POSSIBLE]


def inspect_passage(
    index: StoryIndex, source: int, passage: int, compared: bool, *, possible: bool = False
) -> Inspection:
    """What is known of a passage; `compared` says whether the comparison is done, `possible` whether matches that are
    not likely are wanted too."""
    here = index.sources[source]
    counterparts = index.counterparts(source, passage)
    shared_here = [span for c in counterparts for span in shared_spans(c.link, here)]
    entries = [Entry(source, passage, "you are here", SpanSet(shared_here))]
    for c in counterparts:
        spans = shared_spans(c.link, index.sources[c.source])
        entries.append(Entry(c.source, c.passage, relation_in_words(c), SpanSet(spans)))
    for c in possible_at(index, source, passage) if possible else ():
        spans = shared_spans(c.link, index.sources[c.source])
        entries.append(Entry(c.source, c.passage, POSSIBLE, SpanSet(spans)))
    return Inspection(
        summary=_summary(index, source, passage, counterparts, compared),
        entries=tuple(entries),
        evidence=_evidence(here, counterparts),
        silent=_silent(index, source, passage, counterparts, compared),
    )


def _summary(
    index: StoryIndex, source: int, passage: int, counterparts: list[Counterpart], compared: bool
) -> tuple[tuple[str, str], ...]:
    pieces: list[tuple[str, str]] = []
    for divergence in index.checks_in(source, passage):
        state = "confirmed" if divergence.id in index.found_right else "to check"
        pieces += [(f"{state}: {divergence.kind}  ", "check"), (divergence.summary, "")]
        pieces.append((f"  likely ({round(10 * divergence.confidence)} in 10)   ", "dim"))
    spoken = Counter((str(quotation.kind), spoken_by(quotation)) for quotation in index.quotations_in(source, passage))
    for (kind, who), count in spoken.items():
        if who:
            pieces.append((f"{kind}{f' ×{count}' if count > 1 else ''}: {who}   ", "quotation"))
    return (*pieces, *_standing(index, source, passage, counterparts, compared))


def _standing(
    index: StoryIndex, source: int, passage: int, counterparts: list[Counterpart], compared: bool
) -> tuple[tuple[str, str], ...]:
    """By how many a passage is told, or why that is not known."""
    if not index.sources[source].is_told(passage):
        return (("Byline or page furniture: not compared", "dim"),)
    if not compared:
        return (("comparing …", "dim"),)
    if counterparts:
        return ((told_in_words(index, {source, *(c.source for c in counterparts)}), "linked"),)
    alone = index.report.alone[source][passage] if index.report.alone else Alone.UNSURE
    if alone is Alone.SURE:
        return (("Only in this source (high confidence)", "strong"),)
    if not index.is_comparable(source):
        why = index.not_compared(source)
        return ((f"This source is not compared with the others{why and f': {why}'}", "dim"),)
    return (("No match found (there may be one)", "dim"),)


def told_in_words(index: StoryIndex, tellers: Collection[int]) -> str:
    """`told by 3 of 5 sources; 1 cannot be compared`: of those that can be, and those that tell it."""
    others = [n for n in range(len(index.sources)) if n not in tellers]
    unknown = sum(not index.is_comparable(n) for n in others)
    aside = f" · {unknown} not compared" if unknown else ""
    return f"In {len(tellers)} of {len(index.sources) - unknown} sources{aside}"


def _evidence(here: Source, counterparts: list[Counterpart]) -> tuple[str, ...]:
    weights: dict[str, float] = {}
    for c in counterparts:
        if c.link is None:
            continue
        for shared in c.link.shared:
            span = shared.a if c.link.a.source == here.id else shared.b
            words = here.text[span.start : span.end]
            weights[words] = max(weights.get(words, 0.0), shared.weight)
    return tuple(sorted(weights, key=lambda words: (-weights[words], words)))


def _silent(
    index: StoryIndex, source: int, passage: int, counterparts: list[Counterpart], compared: bool
) -> tuple[str, ...]:
    if not compared or not index.sources[source].is_told(passage) or not index.is_comparable(source):
        return ()
    told = {c.source for c in counterparts} | {source}
    rest = [n for n in range(len(index.sources)) if n not in told]
    lines = []
    for n in rest:
        name = f"{letter_of(n)} {name_of(index.sources[n])}"
        if not index.is_comparable(n):
            lines.append(f"{name}: not compared")
        else:
            lines.append(f"{name}: no match")
    return tuple(lines)


def kind_in_words(kind: str) -> str:
    """A kind of divergence as lists call it."""
    return KINDS[kind].words if kind in KINDS else kind
