"""Quotations: who is quoted, in whose wording, and through whom the words came."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from summitreader.comparison.model import Quotation, QuotationKind, Report, letter_of
from summitreader.comparison.quotes.names import one_speaker
from summitreader.counting import counted
from summitreader.export.escaping import inline
from summitreader.export.tables import csv_text, ledger
from summitreader.text.gate import shown
from summitreader.tui.context import Handler
from summitreader.tui.dialogs.export import Format
from summitreader.tui.layout.cells import NOTHING
from summitreader.tui.layout.document import WrapMap, drawn
from summitreader.tui.layout.marks import SpanSet, pieces
from summitreader.tui.lists.list_screen import ListScreen
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.inspection import name_of
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import Choice, Piece, one_line
from summitreader.tui.widgets.query_line import containing, folded
from summitreader.tui.widgets.row_list import Heading, Line, ListRow

_INDENT = 4
_MOST_LINES = 8
"""Rows that the words of one quotation take at most; the passage itself stands below the list and in the reader."""


class QuotationsScreen(ListScreen):
    """`of` is the source whose quotations alone are shown, None for all."""

    VIEW = "view-quotations"
    LINES_EACH = None
    KEYS = (
        ("passage-next:j passage-previous:k", "row"),
        ("open", "read"),
        ("sort", "group"),
        ("show", "kinds"),
        ("scope", "source"),
        ("search", "filter"),
    )
    FILTER_HINT = "words said, or a speaker"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.grouping = Grouping.SPEAKER
        self.shown = Shown.ALL
        self.of: int | None = None
        self._all: tuple[QuotationRow, ...] = ()

    def commands(self) -> Mapping[str, Handler]:
        return {
            **super().commands(),
            "quotation-next": lambda: self.list.step(1),
            "quotation-previous": lambda: self.list.step(-1),
            "scope": self._next_source,
            "export": self._export,
        }

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def take_in(self) -> None:
        self._all = quotation_rows(self.session.index)

    def rows(self) -> Sequence[QuotationRow | Heading]:
        return arranged(self._all, self.grouping, self.shown, self.of, self.query_words)

    def empty_words(self) -> str:
        if self._all:
            return "No quotations here."
        return self.not_compared() or "No quotations found in these sources."

    def place(self, row: ListRow) -> tuple[int, int] | None:
        return (row.source, row.passage) if isinstance(row, QuotationRow) else None

    # ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def draw(self, row: ListRow, width: int) -> Sequence[Line]:
        assert isinstance(row, QuotationRow)
        return [*self._wording(row, width), [(" " * _INDENT, ""), *self._chain(row, width - _INDENT)]]

    def _wording(self, row: QuotationRow, width: int) -> list[Line]:
        reported = row.quotation.kind is QuotationKind.REPORTED
        style = "" if reported else "quotation"
        wrap = WrapMap(row.words, [(0, len(row.words))], max(8, width - _INDENT))
        lines: list[Line] = []
        for n in range(1, len(wrap) - 1):
            start, end = wrap.starts[n], wrap.ends[n]
            line: list[Piece] = [(" " * _INDENT, "")]
            if len(lines) == _MOST_LINES - 1 and n < len(wrap) - 2:
                lines.append([*line, (one_line(row.words[start:].replace(NOTHING, ""), width - _INDENT), style)])
                break
            line += [
                (row.words[a:b], f"{style} differs" if flags else style)
                for a, b, flags in pieces(start, end, [row.differs.overlapping(start, end)])
            ]
            lines.append(line)
        return lines

    def _chain(self, row: QuotationRow, width: int) -> list[Piece]:
        """`Xi Jinping → Xinhua → 2 Meridian Wire ¶4   fragment`."""
        kind = str(row.quotation.kind)
        if row.relation not in ("", kind) and self.grouping is not Grouping.UTTERANCE:
            kind += f", {row.relation}"
        chain = one_line(" → ".join(row.chain), max(4, width - len(kind) - 3))
        return [(chain, "dim"), (f"   {kind}", "dim")]

    def tabs(self) -> Mapping[str, int | None]:
        kinds = Counter(row.quotation.kind for row in self._all if self.of in (None, row.source))
        return {str(state): sum(kinds[kind] for kind in _KINDS[state]) for state in Shown}

    def heading_right(self) -> Sequence[Choice]:
        said = "all sources" if self.of is None else f"{letter_of(self.of)} {name_of(self.session.sources[self.of])}"
        return ((f"{self.grouping}   ", "dim", "sort"), (f"of: {one_line(said, 30)} ", "dim", "scope"))

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def _export(self) -> None:

        listed = [row for row in self.list.rows if isinstance(row, QuotationRow)]
        formats = ledger_formats(listed, self.session.index.report) if listed else ()
        await self.context.navigation.export(formats, f"{counted(len(listed), 'quotation')}, as listed")

    def _next_source(self) -> None:
        after = 0 if self.of is None else self.of + 1
        self.of = after if after < len(self.session.sources) else None
        self.show_list()


_NAME = 32
"""Cells of a source's name in a chain, so that the paragraph after it is not cut off."""

UNKNOWN = "No speaker found"
UNNAMED = "Unnamed speaker"


class Grouping(StrEnum):
    """What the rows stand under."""

    SPEAKER = "by speaker"
    UTTERANCE = "by statement"
    SOURCE = "by source"


class Shown(StrEnum):
    """Which kinds of quotation are there."""

    ALL = "all"
    MARKED = "in quotation marks"
    REPORTED = "reported without marks"
    NAMED = "terms and titles"


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
        return folded(
            " ".join(
                [self.words.replace(NOTHING, ""), self.speaker, *self.chain, str(self.quotation.kind), self.relation]
            )
        )


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
        place = one_line(name_of(source), _NAME)
        for q in sorted(quotations, key=lambda q: (q.start, q.end)):
            passage = source.passage_at(q.start)
            said, relation = of_utterance.get(q.id, (None, ""))
            rows.append(
                QuotationRow(
                    key=q.id,
                    quotation=q,
                    source=number,
                    passage=passage,
                    words=drawn(source, q.start, q.end),
                    speaker=_speaker(q, listed),
                    chain=(*_chain(q), f"{letter_of(number)} {place} {source.place_name(passage)}"),
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
        return " (corrected)"
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
    sources = sorted({row.source for row in rows})
    via = Counter(_tidy(m.name) for row in rows for m in row.quotation.via if m.name)
    parts = [f"{kinds[False]} quoted"] if kinds[False] else []
    parts += [f"{kinds[True]} reported"] if kinds[True] else []
    parts.append(f"in {' '.join(map(letter_of, sources))}")
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


def ledger_formats(rows: Sequence[QuotationRow], report: Report) -> tuple[Format, ...]:
    """Every quotation with its speaker and its chain."""
    sources = report.sources

    def lines(_: Path) -> str:
        out = ["# Quotations\n"]
        speaker = None
        for row in rows:
            if row.speaker != speaker:
                speaker = row.speaker
                out.append(f"\n## {inline(' '.join(speaker.split()))}\n\n")
            words = " ".join(sources[row.source].text[row.quotation.start : row.quotation.end].split())
            out.append(f"- {inline(words)} — {inline(' → '.join(row.chain))}, {row.quotation.kind}\n")
        return "".join(out)

    return (
        Format("the quotations as markdown", "quotations", ".md", lines),
        Format(
            "the quotations as CSV, with offsets",
            "quotations",
            ".csv",
            lambda _: csv_text(ledger(report, [row.quotation for row in rows])),
        ),
    )
