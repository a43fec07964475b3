"""Story (view 0): the comparison on one screen, in the order in which an editor asks. Every line opens its passage.

The rows are the outline that the briefing and the page are written from, each cut to what a screen holds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from summitreader.comparison.model import Divergence
from summitreader.export.outline import outline
from summitreader.export.outline_model import Check, Excerpt, Fact, Omission, Outline, SourceEntry, Speaker, Wording
from summitreader.text import Source
from summitreader.text.gate import shown, shown_line
from summitreader.tui.context import Handler
from summitreader.tui.layout.document import without_signs
from summitreader.tui.lists.list_screen import ListScreen
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import Piece, wrapped
from summitreader.tui.widgets.query_line import containing
from summitreader.tui.widgets.row_list import Line, ListRow

_NONE = {
    "Check": ("No contradictions found.", "view-divergences"),
    "Left out by one": ("Nothing that most report and one leaves out (high confidence).", "view-coverage"),
}
"""What is said where a part has no line, and the view that has more."""
_LINES = 3
"""Lines of a row at most."""

_Read = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A row of the story: lines of pieces, wrapped when drawn. `place` is source and passage; a row without one opens
    the view of the command `view`."""

    key: str
    pieces: tuple[tuple[Piece, ...], ...]
    place: tuple[int, int] | None = None
    view: str = ""
    is_heading: bool = False
    folded: str = ""


def overview_rows(found: Outline, sources: Sequence[Source]) -> tuple[OverviewRow, ...]:
    """The rows of the story, of which `sources` are the sources."""
    positions = {source.id: n for n, source in enumerate(sources)}

    def read(words: str, source: str) -> str:
        """Words of the source with that id, safe to show, on one line, without the signs of markdown."""
        return " ".join(shown(without_signs(words, sources[positions[source]])).split())

    def row(key: str, *lines: Sequence[Piece], at: Excerpt | None) -> OverviewRow:
        place = None if at is None else (positions[at.source], at.passage)
        folded = " ".join(words for line in lines for words, _ in line).casefold()
        return OverviewRow(key, tuple(tuple(line) for line in lines), place, folded=folded)

    everywhere = all(fact.by_all for fact in found.agreed)
    sections = (
        ("Sources", [row(f"source {s.id}", _source(s, found, read), at=_opening(s)) for s in found.sources], 0, ""),
        (
            "All report" if everywhere else "Most report",
            [row(f"fact {fact.thread}", _fact(fact, read), at=fact.lead) for fact in found.agreed],
            0,
            "",
        ),
        ("Check", [row(f"check {c.id}", *_check(c, read), at=_first(c)) for c in found.to_check], 0, ""),
        (
            "Only in one source",
            [row(f"unique {e.source} {e.start}", _excerpt(e, read), at=e) for e in found.unique],
            8,
            "view-coverage",
        ),
        (
            "Left out by one",
            [row(f"omitted {o.id}", _omission(o, read), at=o.reported[0]) for o in found.omissions if o.reported],
            6,
            "view-coverage",
        ),
        (
            "Most quoted",
            [row(f"speaker {s.name}", _speaker(s, read), at=_said(s).excerpt) for s in found.speakers],
            6,
            "view-quotations",
        ),
    )
    rows: list[OverviewRow] = []
    for title, listed, most, view in sections:
        if not listed and title not in _NONE:
            continue
        count = f"{sum(not c.confirmed for c in found.to_check)}" if title == "Check" else f"{len(listed)}"
        rows.append(OverviewRow(f"heading {title}", (((title, "strong"), (f"  {count}", "dim")),), None, "", True))
        rows += listed[:most] if most else listed
        if not listed:
            none, view = _NONE[title]
            rows.append(OverviewRow(f"none {title}", (((none, "dim"),),), view=view))
        if most and len(listed) > most:
            more = ((f"{len(listed) - most} more", "dim"),)
            rows.append(OverviewRow(f"more {title}", (more,), view=view))
    return tuple(rows)


def _opening(entry: SourceEntry) -> Excerpt:
    return Excerpt(entry.id, entry.letter, 0, "", 0, 0, "")


def _first(check: Check) -> Excerpt | None:
    return next((excerpt for side in check.sides for excerpt in side.excerpts), None)


def _fact(fact: Fact, read: _Read) -> list[Piece]:
    mark: list[Piece] = [("≠ ", "check")] if fact.checks else []
    return [*mark, (read(fact.lead.words, fact.lead.source), ""), (f"  {' '.join(sorted(fact.letters))}", "dim")]


def _omission(omission: Omission, read: _Read) -> list[Piece]:
    return [*_excerpt(omission.reported[0], read), (f"  not in {' '.join(omission.silent)}", "dim")]


def _said(speaker: Speaker) -> Wording:
    return speaker.statements[0].wordings[0]


def _speaker(speaker: Speaker, read: _Read) -> list[Piece]:
    words = read(_said(speaker).words, _said(speaker).excerpt.source)
    return [
        (shown_line(speaker.name), "strong"),
        (f"  {' '.join(speaker.letters)}  ", "dim"),
        (f"“{words}”", "quotation"),
    ]


def _source(entry: SourceEntry, found: Outline, read: _Read) -> list[Piece]:
    facts = [entry.published[:10] if entry.published else "", f"{entry.words:,} words"]
    if entry.language and entry.language != "en":
        facts.append(entry.language)
    if not entry.comparable:
        facts.append("not compared")
    copied = [c for c in found.copied if c.by == entry.letter]
    facts += [f"{round(100 * c.share)} % of its words also in {c.of}" for c in copied]
    if entry.credit:
        facts.append(f"credits {shown_line(entry.credit)}")
    title = f"  {read(entry.title, entry.id)}" if entry.title else ""
    known = " · ".join(filter(None, facts))
    return [(f"{entry.letter}  ", "accent"), (shown_line(entry.name), "strong"), (f" · {known}", "dim"), (title, "")]


def _check(check: Check, read: _Read) -> Iterator[list[Piece]]:
    """Each side on a line of its own, with all its sources; then who else reports it, and who has no match."""
    confirmed = " · confirmed" if check.confirmed else ""
    yield [
        ("≠ ", "check"),
        (shown(check.label), "strong"),
        (f"  likely {check.claim} ({check.likelihood} in 10){confirmed}", "dim"),
    ]
    for side in check.sides:
        letters = " ".join(dict.fromkeys(f"{e.letter} {e.place}" for e in side.excerpts))
        yield [(read(side.words, side.excerpts[0].source), "check"), (f"  {letters}", "dim")]
    for lead, sources in (("also reported by", check.also), ("no match", check.unmatched)):
        if sources:
            yield [(f"{lead}: {' '.join(sources)}", "dim")]


def _excerpt(excerpt: Excerpt, read: _Read) -> list[Piece]:
    return [(f"{excerpt.letter}  ", "accent"), (read(excerpt.words, excerpt.source), "")]


class OverviewScreen(ListScreen):
    """The story on one screen; Enter opens the passage of a line, or the view that has more."""

    VIEW = "view-story"
    LINES_EACH = None
    PREVIEW = False
    FOLLOWS_NOTES = True
    KEYS = (
        ("open", "open"),
        ("check-next", "next check"),
        ("view-quotations", "who said what"),
        ("view-coverage", "who reports what"),
        ("export", "export"),
        ("copy", "copy"),
    )
    FILTER_HINT = "words of a line"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._all: tuple[OverviewRow, ...] = ()
        self.heading.display = False

    def commands(self) -> dict[str, Handler]:
        return {
            **super().commands(),
            "check-next": lambda: self._to_check(1),
            "check-previous": lambda: self._to_check(-1),
            "export": self.context.navigation.export_story,
        }

    def _to_check(self, by: int) -> None:
        """To the next contradiction on the page, round at the end."""
        rows, at = self.list.rows, self.list.cursor
        checks = [n for n, row in enumerate(rows) if row.key.startswith("check ")]
        if not checks:
            self.say("No contradictions found.")
        elif by > 0:
            self.list.go_to(next((n for n in checks if n > at), checks[0]))
        else:
            self.list.go_to(next((n for n in reversed(checks) if n < at), checks[-1]))

    def take_in(self) -> None:
        self.run_worker(self._make(), exclusive=True, group="overview")

    async def _make(self) -> None:
        """The rows, made off the interface's thread; those that were there stay until then."""
        index = self.session.index
        rows = await asyncio.to_thread(
            lambda: overview_rows(
                outline(index.report, confirmed=index.found_right, dismissed=index.dismissed),
                index.sources,
            )
        )
        if index is self.session.index:
            self._all = rows
            self.show_list()

    def rows(self) -> Sequence[OverviewRow]:
        wanted = containing(self.query_words)
        return [row for row in self._all if (row.is_heading and not self.query_words) or wanted(row.folded)]

    def draw(self, row: ListRow, width: int) -> Sequence[Line]:
        assert isinstance(row, OverviewRow)
        if row.is_heading:
            return [[], list(row.pieces[0])]
        lines: list[Line] = []
        for n, pieces in enumerate(row.pieces):
            indent = "    " if n else "  "
            lines += [[(indent, ""), *line] for line in wrapped(pieces, max(8, width - 6), _LINES)]
        return lines

    def place(self, row: ListRow) -> tuple[int, int] | None:
        return row.place if isinstance(row, OverviewRow) else None

    async def open_row(self) -> None:
        row = self.list.selected
        if isinstance(row, OverviewRow) and row.view:
            await self.context.navigation.show(row.view)
        else:
            await super().open_row()

    def check(self, row: ListRow) -> Divergence | None:
        return next((d for d in self.session.index.to_check if row.key == f"check {d.id}"), None)

    def empty_words(self) -> str:
        return self.not_compared() or "Comparing the sources …"
