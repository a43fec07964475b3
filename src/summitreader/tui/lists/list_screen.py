"""What the views that are lists share: moving, filtering, the preview below, and the way to the passage and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.widget import Widget

from summitreader.comparison.model import Divergence
from summitreader.tui.context import Handler
from summitreader.tui.layout.panes import following
from summitreader.tui.lists.note_composer import NoteComposer
from summitreader.tui.story.inspection import Inspection, inspect_passage
from summitreader.tui.story.session import Session
from summitreader.tui.view import ViewScreen
from summitreader.tui.widgets.bars import Choice, ChoiceBar, Piece, one_line, tabs_in
from summitreader.tui.widgets.inspector import Inspector
from summitreader.tui.widgets.query_line import QueryLine
from summitreader.tui.widgets.row_list import Heading, Line, ListRow, RowList

_TABS = 24
"""Cells that the tabs have at least; what stands beside them is left out first."""
_KEPT = ("order", "grouping")
"""What lists have of these comes back at the next start. What they show does not: a filter of yesterday is not in
force today."""


class ListScreen(ViewScreen):
    """A list over one session. A view says what its rows are, how one is drawn, and where Enter goes.

    What the list shows is made anew when the comparison or the notes changed, at once where the view stands on the
    screen and when it is next opened otherwise. The cursor stays on its row by the row's key.
    """

    LINES_EACH: ClassVar[int | None] = 1
    """Lines that a row takes; None where rows take as many as are drawn."""
    PREVIEW: ClassVar[bool] = True
    """Whether the passage under the cursor is shown below the list."""
    FOLLOWS_NOTES: ClassVar[bool] = False
    FILTER_HINT: ClassVar[str] = "words in a row"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.heading = ChoiceBar()
        self.list = RowList()
        self.inspector = Inspector()
        self.filter = QueryLine(self.FILTER_HINT, "filter")
        self.query_words = ""
        self.writing: NoteComposer | None = None
        """The note editor of a list that can write notes."""
        self._stale = True
        self._shown_for: tuple[object, ...] = ()
        self._preview_wanted = True

    # ── what a view says of itself ────────────────────────────────────────────────────────────────────────────────

    def take_in(self) -> None:
        """The comparison or the notes are others: make what `rows` is chosen from."""

    def rows(self) -> Sequence[ListRow]:
        """The rows that the filter and the settings of the view leave, in order."""
        return ()

    def draw(self, row: ListRow, width: int) -> Sequence[Line]:
        """The lines of a row, in at most `width` cells each."""
        return ()

    def lines_each(self) -> int | None:
        """Lines that a row takes now."""
        return self.LINES_EACH

    def place(self, row: ListRow) -> tuple[int, int] | None:
        """Source and passage that Enter goes to; None where there is none."""
        return None

    def inspection(self, row: ListRow) -> Inspection | None:
        """What the preview shows: the passage that Enter goes to."""
        place = self.place(row)
        return None if place is None else inspect_passage(self.session.index, *place, self.session.compared)

    def noted(self, row: ListRow) -> Sequence[Piece]:
        """What the preview says of a note."""
        return ()

    def tabs(self) -> Mapping[str, int | None]:
        """What the list can show, in order, with how many rows each has where that is known."""
        return {}

    @property
    def has_tabs(self) -> bool:
        return hasattr(self, "shown")

    @property
    def tab(self) -> str:
        """The tab that is open."""
        return str(getattr(self, "shown", ""))

    def open_tab(self, name: str) -> None:
        now = getattr(self, "shown", None)
        if isinstance(now, StrEnum):
            setattr(self, "shown", type(now)(name))  # noqa: B010 - each list has its own states
            self.rearrange()

    def heading_right(self) -> Sequence[Choice]:
        """What stands on the right above the list: its order, and of what it is."""
        return ()

    def empty_words(self) -> str:
        """Why there is no row."""
        return "Nothing here yet."

    def not_compared(self) -> str:
        """Why the comparison is not there, or not all of it; empty where it is done."""
        if self.session.failure:
            return f"The comparison did not finish. {self.session.failure}"
        if self.session.doing:
            return "Comparing the sources …"
        return "" if self.session.compared else "Not compared yet."

    def above(self) -> Iterable[Widget]:
        """Widgets between the heading and the list."""
        return ()

    def below(self) -> Iterable[Widget]:
        """Widgets between the preview and the filter line."""
        return () if self.writing is None else (self.writing.editor,)

    # ── what comes back at the next start ─────────────────────────────────────────────────────────────────────────

    def settings(self) -> dict[str, object]:
        """How the list is sorted."""
        return {name: str(getattr(self, name)) for name in _KEPT if hasattr(self, name)}

    def restore(self, settings: Mapping[str, object]) -> None:
        """Take up what was kept; what does not fit the list of now is passed over."""
        for name in _KEPT:
            value, now = settings.get(name), getattr(self, name, None)
            if isinstance(now, StrEnum) and value in list(type(now)):
                setattr(self, name, type(now)(str(value)))

    # ── life ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def compose(self) -> Iterable[Widget]:
        yield self.header
        yield self.heading
        yield from self.above()
        yield self.list
        yield self.inspector
        yield from self.below()
        yield self.filter
        yield self.key_bar

    async def on_mount(self) -> None:
        self.session.index_changed.subscribe(self, lambda _: self._index_changed())
        self.session.doing_changed.subscribe(self, lambda _: self._tell_why_empty())
        if self.FOLLOWS_NOTES:
            self.session.notes.changed.subscribe(self, lambda _: self._changed())
        self.set_focus(self.list)

    def _index_changed(self) -> None:
        if self.is_current:
            self.show_status()
        now = (self.session.index, self.session.compared)
        if now != self._shown_for:
            self._shown_for = now
            self._changed()

    def _tell_why_empty(self) -> None:
        """What is being done has ended, or is something else."""
        if self.is_current and not self.list.rows:
            self.list.empty = self._why_empty()
            self.list.refresh()

    def _changed(self) -> None:
        self._stale = True
        if self.is_current:
            self._renew()

    def _renew(self) -> None:
        if self._stale:
            self._stale = False
            self.take_in()
        self.show_list()

    def on_screen_resume(self) -> None:
        """What is shown is made anew only where it is another than when one left."""
        self._shown_for = (self.session.index, self.session.compared)
        self._fit(*self.app.size)
        if self._stale:
            self._renew()
        else:
            self._tell_why_empty()
        self.show_status()

    def show_list(self, at: str | None = None) -> None:
        """Show the rows as they are chosen now; the cursor stays on its row, or goes to the one with the key `at`."""
        rows = self.rows()
        self.list.empty = self._why_empty()
        self.list.show_rows(rows, self._drawn, lines_each=self.lines_each(), at=at)
        self._show_heading()
        if self.filter.is_open:
            self._tell_filter()

    def _drawn(self, row: ListRow, width: int) -> Sequence[Line]:
        if not isinstance(row, Heading):
            return self.draw(row, width)
        return row.lines(width)[-(self.lines_each() or 2) :]

    def rearrange(self) -> None:
        """Show the rows in another order, or others: from the top for who stood there, else from the same row."""
        at_top = self.list.is_at_top
        self.show_list()
        if at_top:
            self.list.to_end(False)

    def _why_empty(self) -> str:
        if self.query_words:
            return f"No row contains “{one_line(self.query_words, 60)}”. Escape clears the filter."
        return self.context.keymap.told(self.empty_words())

    def _show_heading(self) -> None:
        right = tuple(self.heading_right())
        if self.query_words and not self.filter.is_open:
            right = ((f"filter: {one_line(self.query_words, 30)}  ", "accent", "search"), *right)
        labels = [(f"tab {name}", name if count is None else f"{name} {count}") for name, count in self.tabs().items()]
        room = self.app.size.width - sum(cell_len(words) for words, _, _ in right)
        if labels and room < _TABS:
            right, room = (), self.app.size.width
        self.heading.show(tabs_in(labels, f"tab {self.tab}", room), right)

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width, event.size.height)

    def _fit(self, width: int, height: int) -> None:
        """The preview takes a third at most, and is left out where the list would have under eight rows."""
        rows = min(11, (height - 5) // 3)
        self.inspector.stacked = width < 72
        self.inspector.styles.height = max(0, rows)
        self.inspector.display = self.PREVIEW and self._preview_wanted and height >= 22
        self._show_preview()
        self._show_heading()

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────

    def commands(self) -> Mapping[str, Handler]:
        return {
            "passage-next": lambda: self.list.step(1),
            "passage-previous": lambda: self.list.step(-1),
            "half-page-down": lambda: self.list.page(0.5),
            "half-page-up": lambda: self.list.page(-0.5),
            "page-down": lambda: self.list.page(1),
            "page-up": lambda: self.list.page(-1),
            "first": lambda: self.list.to_end(False),
            "last": lambda: self.list.to_end(True),
            "open": self.open_row,
            "search": self._open_filter,
            "inspector": self._toggle_preview,
            **({"sort": self._next_order} if self._order_name else {}),
            **({"show": lambda: self._next_tab(1)} if self.has_tabs else {}),
            **({"pane-next": lambda: self._next_tab(1)} if self.has_tabs else {}),
            **({"pane-previous": lambda: self._next_tab(-1)} if self.has_tabs else {}),
            "copy": self._copy,
            "undo": lambda: self._take_back(self.session.notes.undo, "Nothing to undo."),
            "redo": lambda: self._take_back(self.session.notes.redo, "Nothing to redo."),
            "copy-words": lambda: self.say("⟨copy⟩ copies this row with its citation, ⟨leave⟩ closes."),
            "leave": self._leave,
        }

    def _next_tab(self, by: int) -> None:
        names = list(self.tabs())
        self.open_tab(names[(names.index(self.tab) + by) % len(names)])

    @property
    def _order_name(self) -> str:
        return next((name for name in _KEPT if hasattr(self, name)), "")

    def _next_order(self) -> None:
        setattr(self, self._order_name, following(getattr(self, self._order_name)))
        self.list.redraw()
        self.rearrange()

    def choose_in_bar(self, choice: str) -> None:
        if choice.startswith("tab "):
            self.open_tab(choice.removeprefix("tab "))
        else:
            super().choose_in_bar(choice)

    def _take_back(self, change: Callable[[], str | None], otherwise: str) -> None:
        """Go a step through the history of notes, corrections and decisions, also behind the last start."""
        self.context.corrections.store(self.session)
        self.say(change() or otherwise)

    async def open_row(self) -> None:
        """Go to the passage of the row under the cursor, in the reader."""
        row = self.list.selected
        place = None if row is None else self.place(row)
        if row is not None and (check := self.check(row)) is not None:
            await self.context.navigation.go_to_check(check)
        elif place is None:
            self.say("No passage to go to here.")
        else:
            await self.context.navigation.go_to(*place)

    def copied(self, row: ListRow) -> tuple[int, int, int] | None:
        """Source, start and end of what is copied for a row: the passage that Enter goes to."""
        place = self.place(row)
        if place is None:
            return None
        passage = self.session.sources[place[0]].passages[place[1]]
        return (place[0], passage.start, passage.end)

    def check(self, row: ListRow) -> Divergence | None:
        """The divergence with sides that a row is of: it is opened and copied whole."""
        return None

    async def _copy(self) -> None:
        from summitreader.tui.reader.copy import copy_check, copy_place

        row = self.list.selected
        check = None if row is None else self.check(row)
        place = None if row is None else self.copied(row)
        if check is not None:
            self.say(await copy_check(self.app, self.session, check))
        elif place is None:
            self.say("Nothing to copy here.")
        else:
            self.say(await copy_place(self.app, self.session, place))

    def _open_filter(self) -> None:
        self.filter.open(self.query_words, lambda: self.list)
        self._tell_filter()
        self._show_heading()

    def _tell_filter(self) -> None:
        n = sum(not row.is_heading for row in self.list.rows)
        self.filter.say(f"{n} row{'' if n == 1 else 's'}", none=bool(self.query_words) and not n)

    def _set_filter(self, query: str) -> None:
        self.query_words = query
        self.show_list()

    def _toggle_preview(self) -> None:
        self._preview_wanted = not self._preview_wanted
        self._fit(*self.app.size)

    async def _leave(self) -> None:
        """Close what is open, then clear the filter; with none, go back to the reader."""
        if self.close_innermost():
            return
        if self.query_words:
            self._set_filter("")
        else:
            await self.context.navigation.show("view-reader")

    def close_innermost(self) -> bool:
        """Close what the view has open over its list; whether there was anything."""
        if self.writing is None or not self.writing.editor.is_open:
            return False
        self.writing.editor.defer()
        return True

    # ── what the widgets say ──────────────────────────────────────────────────────────────────────────────────────

    def on_row_list_moved(self) -> None:
        self._show_preview()

    async def on_row_list_chosen(self) -> None:
        await self.action_command("open")

    def on_query_line_changed(self, message: QueryLine.Changed) -> None:
        if self.filter.is_open:
            self._set_filter(message.query)

    def on_query_line_done(self, message: QueryLine.Done) -> None:
        self._end_filter(message)

    def _end_filter(self, message: QueryLine.Done) -> None:
        self._set_filter(message.query if message.kept else "")

    def _show_preview(self) -> None:
        if not self.inspector.display:
            return
        row = self.list.selected
        found = None if row is None else self.inspection(row)
        documents = dict(enumerate(self.session.documents))
        noted = () if row is None else tuple(self.noted(row))
        self.inspector.show(self.session.index, documents, found or Inspection((), (), (), ()), noted)
