"""Library: stories and sources, what was loaded and as what, what was not and why, and what stands show or hide."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from rich.cells import cell_len

from summitreader.comparison.model import letter_of
from summitreader.counting import counted
from summitreader.sources import Skipped
from summitreader.text import Source
from summitreader.text.gate import shown_line
from summitreader.tui.context import Handler
from summitreader.tui.dialogs.choice import NamingScreen
from summitreader.tui.dialogs.source_form import ask_source
from summitreader.tui.layout.document import without_signs
from summitreader.tui.layout.marks import UNICODE
from summitreader.tui.lists.list_screen import ListScreen
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.inspection import Inspection, inspect_passage, name_of
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import Piece, one_line
from summitreader.tui.widgets.query_line import containing, folded
from summitreader.tui.widgets.row_list import Heading, Line, ListRow

_DATE, _LANGUAGE, _WORDS, _PASSAGES, _FOUND = 12, 4, 12, 15, 34


class LibraryScreen(ListScreen):
    """Enter opens a story, or a source in the reader; p puts a source into the panes or takes it out."""

    VIEW = "view-library"
    KEYS = (
        ("passage-next:j passage-previous:k", "row"),
        ("open", "open"),
        ("sources", "show or hide"),
        ("correct-source", "correct"),
        ("story-move", "to story"),
        ("search", "filter"),
        ("inspector", "preview"),
    )
    FILTER_HINT = "words in a story, source or reason"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._all: tuple[LibraryRow, ...] = ()
        self._marked: dict[str, SourceRow] = {}
        """The rows that are to be moved together, by their keys."""

    def commands(self) -> Mapping[str, Handler]:
        return {
            **super().commands(),
            "sources": self._toggle_pane,
            "correct-source": self._correct,
            "mark": self._mark,
            "story-move": self._move,
        }

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def take_in(self) -> None:
        corpus = self.context.loading.corpus
        reader = self.context.navigation.reader
        self._all = library_rows(
            self.context.stories,
            corpus.skipped if corpus is not None else (),
            self.session.name,
            reader.chosen if reader is not None else (),
            self.session.index.report.comparable,
            found_in_figures(self.session.index) if self.session.compared else (),
            dict(corpus.found) if corpus is not None else {},
            self.context.corrections.moved_into(),
        )

    def on_screen_resume(self) -> None:
        self._stale = True
        super().on_screen_resume()

    def show_list(self, at: str | None = None) -> None:
        first = f"story {self.session.name}" if self.list.selected is None else None
        super().show_list(at or first)

    def rows(self) -> Sequence[LibraryRow]:
        return arranged(self._all, self.query_words)

    def place(self, row: ListRow) -> tuple[int, int] | None:
        return (row.number, 0) if isinstance(row, SourceRow) and row.is_open else None

    async def open_row(self) -> None:
        row = self.list.selected
        if isinstance(row, StoryRow):
            await self._open(row.name, None)
        elif isinstance(row, SourceRow):
            await self._open(row.story, row.number)
        elif isinstance(row, RefusalRow):
            self.say(f"{row.refusal.path} was not read: {row.refusal.reason}")

    async def _open(self, story: str, source: int | None) -> None:
        """Show a story in the reader, and in it the source of that number."""
        app = self.context
        if story != self.session.name:
            await app.open_story(story)
        await app.navigation.show("view-reader")
        reader = app.navigation.reader
        if source is not None and reader is not None:
            await reader.activate(source)

    def inspection(self, row: ListRow) -> Inspection | None:
        if not isinstance(row, SourceRow) or not row.is_open or not row.source.passages:
            return None
        first = next((n for n in range(len(row.source.passages)) if row.source.is_told(n)), 0)
        return inspect_passage(self.session.index, row.number, first, self.session.compared)

    # ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def draw(self, row: ListRow, width: int) -> Sequence[Line]:
        if isinstance(row, StoryRow):
            return [self._story_line(row, width)]
        if isinstance(row, RefusalRow):
            path = one_line(row.refusal.path, width // 3)
            reason = one_line(row.refusal.reason, max(4, width - cell_len(path) - 6))
            return [[("  ∅ ", "check"), (path, "strong"), ("  " + reason, "dim")]]
        assert isinstance(row, SourceRow)
        return [self._source_line(row, width)]

    def _story_line(self, row: StoryRow, width: int) -> list[Piece]:
        n = len(row.sources)
        details = counted(n, "source") + (f" · {row.dates}" if row.dates else "")
        details += f" · found, confidence {row.sure:.2f}" if row.sure is not None else ""
        details += f" · {'all' if row.moved == n else row.moved} moved by you" if row.moved else ""
        state = "  open" if row.is_open else ""
        name = one_line(row.name, max(8, width - cell_len(details) - cell_len(state) - 4))
        return [("▾ " if n else "  ", "accent"), (name, "strong"), (f"  {details}", "dim"), (state, "accent")]

    def _source_line(self, row: SourceRow, width: int) -> list[Piece]:
        """Pane mark, number, name, date, language, length, what was found, remarks, title; the last is cut first."""
        source = row.source
        mark = UNICODE.told if row.in_pane else "○" if row.is_open else " "
        marked = "▸" if row.key in self._marked else " "
        name_cells = 18 if width < 90 else 26
        name = one_line(f"{letter_of(row.number)} {row.name}", name_cells - 1)
        pieces: list[Piece] = [
            (f"{marked} ", "accent"),
            (f"{mark} ", "linked"),
            (name + " " * (name_cells - cell_len(name)), ""),
        ]
        day = f"????-{source.day[2:]}" if source.day else "no date"  # its page tells the day without the year
        date = one_line(source.published[:10], _DATE - 2) if source.published else day
        facts: list[Piece] = [(f"{date:<{_DATE}}", "" if source.published else "dim")]
        facts.append(
            (f"{one_line(source.language or '?', _LANGUAGE - 1):<{_LANGUAGE}}", "" if source.language else "dim")
        )
        facts.append((row.length.rjust(_WORDS), "dim"))
        if width >= 90:
            facts.append((counted(len(source.passages), "passage").rjust(_PASSAGES), "dim"))
        if width >= 130:
            facts.append((f"  {row.found:<{_FOUND}}", "linked"))
        room = width - 4 - name_cells - sum(cell_len(words) for words, _ in facts)
        remark = one_line("; ".join(row.remarks), max(0, room - 2))
        own = source.title if source.title != row.name else None
        title = without_signs(own, source) if own else source.path or ""
        pieces += facts
        if remark:
            pieces.append(("  " + remark, "check"))
            room -= cell_len(remark) + 2
        return [*pieces, ("  " + one_line(title, room - 2) if room > 8 else "", "dim")]

    def _show_heading(self) -> None:
        stories = self.context.stories
        count = len({source.id for _, sources in stories for source in sources})
        left: list[Piece] = [(" loaded ", "strong")]
        left.append((f"  {counted(len(stories), 'story', 'stories')}, {counted(count, 'source')}", ""))
        corpus = self.context.loading.corpus
        if corpus is not None and corpus.skipped:
            left.append((f"   {len(corpus.skipped)} not read", "check"))
        if self.query_words and not self.filter.is_open:
            left.append((f"   filter: {one_line(self.query_words, 30)}", "accent"))
        self.heading.left, self.heading.right = tuple(left), ((f"{UNICODE.told} shown  ○ hidden ", "dim"),)

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def _toggle_pane(self) -> None:
        row = self.list.selected
        reader = self.context.navigation.reader
        if not isinstance(row, SourceRow) or not row.is_open or reader is None:
            self.say("Only sources of the open story can be shown.")
            return
        chosen = set(reader.chosen) ^ {row.number}
        if not chosen:
            self.say("At least one source must be shown.")
            return
        order = [*(n for n in reader.chosen if n in chosen), *(chosen - set(reader.chosen))]
        await reader.choose(order)
        self.take_in()
        self.show_list()
        self.set_focus(self.list)

    async def _correct(self) -> None:
        """What the source under the cursor says of itself, put right."""
        row = self.list.selected
        if isinstance(row, SourceRow):
            await ask_source(self.app, self.session, row.source, self.say)
        else:
            self.say("Select a source to correct its title, outlet, author, date, address or language.")

    def _mark(self) -> None:
        row = self.list.selected
        if not isinstance(row, SourceRow):
            self.say("Only sources can be selected.")
            return
        if self._marked.pop(row.key, None) is None:
            if self._marked and next(iter(self._marked.values())).story != row.story:
                self._marked.clear()  # what moves together leaves one story
            self._marked[row.key] = row
        self.list.redraw()
        self.list.step(1)

    async def _move(self) -> None:
        """Put what is marked, else what is under the cursor, into a story that is chosen or named: sources, or a whole
        story, which is then part of the other."""
        row = self.list.selected
        chosen = list(self._marked.values()) or ([row] if isinstance(row, SourceRow) else [])
        if not chosen and not isinstance(row, StoryRow):
            self.say("Select a source or a story to move.")
            return
        home = chosen[0].story if chosen else row.name if isinstance(row, StoryRow) else ""
        sources = [one.source for one in chosen] or list(row.sources if isinstance(row, StoryRow) else ())
        corrections = self.context.corrections
        corrections.store(self.session)
        others = [(name, counted(len(found), "source")) for name, found in corrections.stories()]
        offered = [other for other in others if other[0] != home]
        n = len(sources)
        what = f"“{name_of(sources[0])}”" if n == 1 and chosen else f"{n} sources" if chosen else f"the story “{home}”"

        def take(story: str | None) -> None:
            if story is None or story == home:
                return
            self._marked.clear()
            self.context.attempt(lambda: corrections.move(self.session, sources, home, story))
            self.say(f"Moved to “{story}”. ⟨undo⟩ undoes.")

        hint = "a story in the list, or a new name"
        await self.app.push_screen(NamingScreen(f"Move {what} to which story?", offered, hint=hint), take)

    def close_innermost(self) -> bool:
        """Forget what is marked."""
        if not self._marked:
            return False
        self._marked.clear()
        self.list.redraw()
        return True


_WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "km", "my"})


@dataclass(frozen=True)
class StoryRow:
    """A story of the corpus; `is_open` is the one that is read now."""

    key: str
    name: str
    sources: tuple[Source, ...]
    is_open: bool
    sure: float | None = None
    """How sure it is that a story that was found is one, 0 to 1; None for a folder, and for one made by hand."""
    moved: int = 0
    """How many of its sources the reader put there."""
    is_heading: bool = False

    @cached_property
    def folded(self) -> str:
        return folded(f"{self.name} moved by you" if self.moved else self.name)

    @cached_property
    def dates(self) -> str:
        """The first and the last day on which its sources were published, as far as that is known."""
        days = sorted(source.published[:10] for source in self.sources if source.published)
        if not days:
            return ""
        return shown_line(days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}")


@dataclass(frozen=True)
class SourceRow:
    """A source of the story named `story`, the `number`th there, counted from 0. `in_pane` says whether it may stand
    in a pane; `comparable` is None where that is not known, since another story is read."""

    key: str
    story: str
    number: int
    source: Source
    is_open: bool
    in_pane: bool
    comparable: bool | None
    found: str = ""
    """What was found in it, in figures; empty where another story is read, or nothing is known yet."""
    is_heading: bool = False

    @cached_property
    def name(self) -> str:
        return shown_line(name_of(self.source))

    @cached_property
    def length(self) -> str:
        """How long the account itself is: in words, or in characters where white space parts no words."""
        source = self.source
        told = [source.passage_text(n) for n in range(len(source.passages)) if source.is_told(n)]
        if source.language in _WITHOUT_SPACES:
            return counted(sum(len("".join(text.split())) for text in told), "char")
        return counted(sum(len(text.split()) for text in told), "word")

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be known before its silence is taken for one."""
        found = [shown_line(notice) for notice in self.source.notices]
        if self.comparable is False:
            found.insert(0, "not compared")
        return tuple(found)

    @cached_property
    def folded(self) -> str:
        s = self.source
        known = (s.id, s.title, s.outlet, s.author, s.published, s.language, s.path)
        parts = [self.story, self.name, *known, *self.remarks]
        return folded(shown_line(" ".join(part for part in parts if part)))


@dataclass(frozen=True)
class RefusalRow:
    """A file that was not read."""

    key: str
    refusal: Skipped
    is_heading: bool = False

    @cached_property
    def folded(self) -> str:
        return folded(f"{self.refusal.path} {self.refusal.reason} not read")


LibraryRow = StoryRow | SourceRow | RefusalRow | Heading


def found_in_figures(index: StoryIndex) -> list[str]:
    """For each source how many of its passages are linked, what it quotes, and what is to check in it."""
    found = []
    for n, source in enumerate(index.sources):
        linked = sum(bool(index.counterparts(n, p)) for p in range(len(source.passages)))
        figures = [(linked, "linked"), (len(index.quotations[n]), "quoted"), (len(index.check_spans[n]), "to check")]
        found.append(", ".join(f"{count} {what}" for count, what in figures if count))
    return found


def library_rows(
    stories: Sequence[tuple[str, tuple[Source, ...]]],
    skipped: Sequence[Skipped],
    open_story: str,
    in_panes: Collection[int],
    comparable: Sequence[bool],
    found: Sequence[str] = (),
    sure: Mapping[str, float] = MappingProxyType({}),
    moved: Mapping[str, int] = MappingProxyType({}),
) -> tuple[LibraryRow, ...]:
    """Stories in their order, each with its sources below it, then what was not read.

    `in_panes`, `comparable` and `found` are of the story that is open; the last two are empty before they are known.
    `sure` says of stories that were found how sure that is, `moved` how many sources the reader put into each.
    """
    rows: list[LibraryRow] = []
    for name, sources in stories:
        is_open = name == open_story
        rows.append(StoryRow(f"story {name}", name, sources, is_open, sure.get(name), moved.get(name, 0)))
        for n, source in enumerate(sources):
            known = comparable[n] if is_open and n < len(comparable) else None
            in_pane = is_open and n in in_panes
            figures = found[n] if is_open and n < len(found) else ""
            rows.append(SourceRow(f"source {name}\x1f{source.id}", name, n, source, is_open, in_pane, known, figures))
    if skipped:
        rows.append(Heading("refused", f"Not read: {len(skipped)}", style="check"))
        rows += [RefusalRow(f"refused {n}", refusal) for n, refusal in enumerate(skipped)]
    return tuple(rows)


def arranged(rows: Sequence[LibraryRow], query: str) -> list[LibraryRow]:
    """The rows that `query` leaves: a story with the sources that match, or with all of them where it matches."""
    if not query.strip():
        return list(rows)
    wanted = containing(query)
    found: list[LibraryRow] = []
    waiting: LibraryRow | None = None
    whole = False
    for row in rows:
        if isinstance(row, (StoryRow, Heading)):
            waiting, whole = row, isinstance(row, StoryRow) and wanted(row.folded)
            if whole:
                found.append(row)
                waiting = None
        elif whole or wanted(row.folded):
            if waiting is not None:
                found.append(waiting)
                waiting = None
            found.append(row)
    return found
