"""Every quotation and what is reported without marks, by speaker, by act of speech or by source: as rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from summitreader.comparison.model import Quotation, QuotationKind
from summitreader.comparison.quotes.names import one_speaker
from summitreader.text.gate import shown
from summitreader.tui.inspection import name_of
from summitreader.tui.layout.marks import SpanSet
from summitreader.tui.layout.wrap import display_form
from summitreader.tui.story import StoryIndex
from summitreader.tui.views.filtering import containing, folded
from summitreader.tui.views.shortening import shorten

_NAME = 32
"""Cells of a source's name in a chain, so that the paragraph after it is not cut off."""

UNKNOWN = "No speaker found"
UNNAMED = "A speaker who is not named"


class Grouping(StrEnum):
    """What the rows stand under."""

    SPEAKER = "by speaker"
    UTTERANCE = "by what was said"
    SOURCE = "by source"

    @property
    def next(self) -> Grouping:
        states = list(Grouping)
        return states[(states.index(self) + 1) % len(states)]


class Shown(StrEnum):
    """Which kinds of quotation are there."""

    ALL = "all"
    MARKED = "in quotation marks"
    REPORTED = "reported without marks"
    NAMED = "terms and titles"

    @property
    def next(self) -> Shown:
        states = list(Shown)
        return states[(states.index(self) + 1) % len(states)]


_KINDS = {
    Shown.ALL: frozenset(QuotationKind),
    Shown.MARKED: frozenset({QuotationKind.SPEECH, QuotationKind.FRAGMENT}),
    Shown.REPORTED: frozenset({QuotationKind.REPORTED}),
    Shown.NAMED: frozenset({QuotationKind.TERM, QuotationKind.TITLE}),
}


@dataclass(frozen=True)
class QuotationRow:
    """One wording in one source. `words` are safe to show and have a code point for each of the source's; `differs`
    are the stretches of them that stand otherwise in another wording. `chain` leads from the speaker to the source;
    `utterance` is the number of the act of speech, None where it is in this source alone."""

    key: str
    quotation: Quotation
    source: int
    passage: int
    words: str
    speaker: str
    chain: tuple[str, ...]
    differs: SpanSet
    utterance: int | None
    relation: str = ""
    is_heading: bool = False

    @cached_property
    def folded(self) -> str:
        return folded(" ".join([self.words, self.speaker, *self.chain, str(self.quotation.kind), self.relation]))


@dataclass(frozen=True)
class Heading:
    """What the rows below have in common, and in figures what there is of it."""

    key: str
    words: str
    details: str
    is_heading: bool = True


def quotation_rows(index: StoryIndex) -> tuple[QuotationRow, ...]:
    """All quotations in order of source and text."""
    of_utterance: dict[str, tuple[int, str]] = {}
    changes: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, utterance in enumerate(index.report.utterances):
        for id in utterance.quotations:
            of_utterance[id] = (n, utterance.relation)
        for change in utterance.changes:
            changes[change.quotation].append((change.start, change.end))
    names = [q.speaker.name for q in index.report.quotations if q.speaker is not None and q.speaker.name]
    listed = one_speaker(names)
    rows = []
    for number, quotations in enumerate(index.quotations):
        source = index.sources[number]
        place = shorten(shown(name_of(source)), _NAME)
        for q in sorted(quotations, key=lambda q: (q.start, q.end)):
            passage = source.passage_at(q.start)
            said, relation = of_utterance.get(q.id, (None, ""))
            rows.append(
                QuotationRow(
                    key=q.id,
                    quotation=q,
                    source=number,
                    passage=passage,
                    words=display_form(shown(source.text[q.start : q.end])),
                    speaker=_speaker(q, listed),
                    chain=(*_chain(q), f"{number + 1} {place} {source.place_name(passage)}"),
                    differs=SpanSet((a - q.start, b - q.start) for a, b in changes[q.id]),
                    utterance=said,
                    relation=relation,
                )
            )
    return tuple(rows)


def _speaker(quotation: Quotation, listed: dict[str, str]) -> str:
    if quotation.speaker is None:
        return UNKNOWN
    return listed[quotation.speaker.name] if quotation.speaker.name else UNNAMED


def _chain(quotation: Quotation) -> Iterator[str]:
    """Who said it, as this source names them, by which word, and through whom it came."""
    cue = f" “{_tidy(quotation.cue.text)}”" if quotation.cue is not None else ""
    if quotation.speaker is not None and quotation.speaker.name:
        yield _tidy(quotation.speaker.name) + _how_known(quotation) + cue
    elif cue:
        yield f"?{cue}"
    for mention in quotation.via:
        if mention.name:
            yield _tidy(mention.name)


def _how_known(quotation: Quotation) -> str:
    if quotation.by != "engine":
        return " (by hand)"
    return " (inferred)" if quotation.speaker is not None and quotation.speaker.inferred else ""


def _tidy(name: str) -> str:
    return " ".join(shown(name).split())


def arranged(
    rows: Sequence[QuotationRow], grouping: Grouping, show: Shown, source: int | None, query: str
) -> list[QuotationRow | Heading]:
    """The rows of these kinds, of `source` where it is given, that `query` leaves, under their headings."""
    wanted = containing(query)
    kinds = _KINDS[show]
    left = [
        row
        for row in rows
        if row.quotation.kind in kinds and (source is None or row.source == source) and wanted(row.folded)
    ]
    if grouping is Grouping.SPEAKER:
        return _by_speaker(left)
    if grouping is Grouping.SOURCE:
        return _by_source(left)
    return _by_utterance(left)


def _by_speaker(rows: Sequence[QuotationRow]) -> list[QuotationRow | Heading]:
    """Who is quoted most first, those without a name last; what one said in one act of speech stands together."""
    groups: dict[str, list[QuotationRow]] = defaultdict(list)
    for row in rows:
        groups[row.speaker].append(row)
    order = sorted(groups, key=lambda name: (name in (UNKNOWN, UNNAMED), -len(groups[name]), name))
    found: list[QuotationRow | Heading] = []
    for name in order:
        members = groups[name]
        found.append(Heading(f"speaker {name}", _tidy(name), speaker_in_figures(members)))
        found += _together(members)
    return found


def _together(rows: Sequence[QuotationRow]) -> list[QuotationRow]:
    """The rows in their order, but the wordings of one act of speech next to each other."""
    first: dict[int, int] = {}
    for n, row in enumerate(rows):
        if row.utterance is not None:
            first.setdefault(row.utterance, n)
    order = [n if row.utterance is None else first[row.utterance] for n, row in enumerate(rows)]
    return [rows[n] for n in sorted(range(len(rows)), key=lambda n: (order[n], n))]


def speaker_in_figures(rows: Sequence[QuotationRow]) -> str:
    """How much of one speaker there is, where, and through whom it came."""
    kinds = Counter(row.quotation.kind is QuotationKind.REPORTED for row in rows)
    sources = sorted({row.source + 1 for row in rows})
    via = Counter(_tidy(m.name) for row in rows for m in row.quotation.via if m.name)
    parts = [f"{kinds[False]} quoted"] if kinds[False] else []
    parts += [f"{kinds[True]} reported"] if kinds[True] else []
    parts.append(f"in {', '.join(map(str, sources))}")
    if via:
        parts.append(f"through {', '.join(f'{name} ({n})' if n > 1 else name for name, n in via.most_common(4))}")
    return " · ".join(parts)


def _by_source(rows: Sequence[QuotationRow]) -> list[QuotationRow | Heading]:
    found: list[QuotationRow | Heading] = []
    groups: dict[int, list[QuotationRow]] = defaultdict(list)
    for row in rows:
        groups[row.source].append(row)
    for number, members in sorted(groups.items()):
        name = members[0].chain[-1].rsplit(" ", 1)[0]
        speakers = len({row.speaker for row in members if row.speaker not in (UNKNOWN, UNNAMED)})
        details = f"{len(members)} quotation{_s(len(members))} of {speakers} speaker{_s(speakers)}"
        found += [Heading(f"source {number}", name, details), *members]
    return found


def _by_utterance(rows: Sequence[QuotationRow]) -> list[QuotationRow | Heading]:
    """What most sources have first; then what one source alone has."""
    groups: dict[int, list[QuotationRow]] = defaultdict(list)
    for row in rows:
        if row.utterance is not None:
            groups[row.utterance].append(row)
    order = sorted(groups, key=lambda n: (-len({row.source for row in groups[n]}), n))
    found: list[QuotationRow | Heading] = []
    for n in order:
        members = groups[n]
        sources = len({row.source for row in members})
        speakers = list(dict.fromkeys(row.speaker for row in members if row.speaker not in (UNKNOWN, UNNAMED)))
        who = " / ".join(map(_tidy, speakers)) or UNKNOWN
        details = f"{members[0].relation} · {len(members)} wording{_s(len(members))} in {sources} source{_s(sources)}"
        found += [Heading(f"utterance {n}", who, details), *members]
    alone = [row for row in rows if row.utterance is None]
    if alone:
        found += [Heading("alone", "In one source only", f"{len(alone)} quotation{_s(len(alone))}"), *alone]
    return found


def _s(n: int) -> str:
    return "" if n == 1 else "s"
