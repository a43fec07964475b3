"""The reader: a pane a source, side by side. This file wires; what each command does stands in `tui/reader`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual import events
from textual.geometry import Size
from textual.widget import Widget

from summitreader.comparison.model import Divergence
from summitreader.config.state import Reading
from summitreader.counting import counted
from summitreader.search.query import Query
from summitreader.tui.context import Handler
from summitreader.tui.jumps import Place
from summitreader.tui.layout.panes import Layout, Lock, following
from summitreader.tui.reader.checks import Checks
from summitreader.tui.reader.copy import CopyCommands
from summitreader.tui.reader.cursor import Cursor, WordSelection, left_behind
from summitreader.tui.reader.edits import EditLink, EditSource, ExplainLink, Verdicts
from summitreader.tui.reader.fold_read import ReadFolding
from summitreader.tui.reader.follow import Follow
from summitreader.tui.reader.layouts import Layouts
from summitreader.tui.reader.notes import AddTarget, NoteCommands, NoteNavigation
from summitreader.tui.reader.part import ReaderPart
from summitreader.tui.reader.reattach import Reattach, in_hand_words
from summitreader.tui.reader.search import Search
from summitreader.tui.story.card import CardLine, check_card, passage_card
from summitreader.tui.story.inspection import inspect_passage, name_of
from summitreader.tui.story.session import Session
from summitreader.tui.view import ViewScreen
from summitreader.tui.widgets.bars import Piece
from summitreader.tui.widgets.card import Card
from summitreader.tui.widgets.inspector import Inspector
from summitreader.tui.widgets.margin_pane import MarginPane
from summitreader.tui.widgets.note_editor import NoteEditor
from summitreader.tui.widgets.pane_deck import PaneDeck
from summitreader.tui.widgets.query_line import QueryLine
from summitreader.tui.widgets.row_drawing import Marks
from summitreader.tui.widgets.source_pane import SourcePane

_AT_A_CHECK = (
    ("check-next", "next check"),
    ("open", "other side"),
    ("copy", "copy all sides"),
    ("accept", "confirm"),
    ("dismiss", "dismiss"),
    ("note", "note"),
)
"""The keys that help where a divergence is looked at."""


class ReaderScreen(ViewScreen):
    """Panes, inspector, search bar and note editor over one session."""

    VIEW = "view-reader"
    KEYS = (
        ("passage-next:j passage-previous:k", "passage"),
        ("pane-next", "source"),
        ("check-next", "next check"),
        ("open", "its match"),
        ("note", "note"),
        ("search", "search"),
    )

    def __init__(self, session: Session, where: Reading) -> None:
        """Begin where one was, if `where` tells of this story."""
        super().__init__()
        self.session = session
        where = where if where.story == session.name else Reading(searches=where.searches, lists=where.lists)
        self.deck = PaneDeck(session.documents, where)
        self.card = Card()
        self.inspector = Inspector()
        self.search_bar = QueryLine("search all sources", "search")
        self.editor = NoteEditor()
        self.checks = Checks(self)
        self.follow = Follow(self, self.checks.holds)
        self.follow.lock = Lock(where.lock if where.lock in set(Lock) else self.context.settings.lock)
        self.cursor = Cursor(self)
        self.search = Search(self, self.search_bar, self.cursor, where.searches)
        self.read_folding = ReadFolding(self, self.cursor, on=where.once)
        self.note_commands = NoteCommands(self, self.editor)
        self.reattach = Reattach(self, self.note_commands)
        self.edit_link = EditLink(self)
        self.explain_link = ExplainLink(self, self.edit_link)
        self.layouts = Layouts(self, self.follow, self.cursor)
        self._parts: tuple[ReaderPart, ...] = (
            self.follow,
            self.cursor,
            self.checks,
            WordSelection(self),
            CopyCommands(self),
            self.search,
            self.note_commands,
            AddTarget(self, self.note_commands),
            NoteNavigation(self, self.note_commands, self.cursor),
            self.reattach,
            Verdicts(self, self.note_commands),
            self.edit_link,
            self.explain_link,
            EditSource(self),
            self.layouts,
            self.read_folding,
        )
        self._commands_running = 0
        self._inspect_after = False
        self._sought: Query | None = None
        """What was sought in the same story before it was read again."""
        self._inspector_wanted = {Layout.PANES: where.inspector, Layout.MARGIN: where.inspector_in_margin}
        """Whether the inspector is wanted: with panes and rows, and with a margin, which tells most of it."""

    def compose(self) -> Iterator[Widget]:
        self._fit(self.app.size)  # before the first frame, which else is laid out twice
        yield self.header
        yield self.deck
        yield self.card
        yield self.inspector
        yield self.editor
        yield self.search_bar
        yield self.key_bar

    async def on_mount(self) -> None:
        await self.deck.rearrange()
        self.session.index_changed.subscribe(self, lambda _: self._show_index())
        self.session.notes.changed.subscribe(self, lambda _: self._notes_changed())
        self._show_index()
        if self._sought is not None and self._sought.text:
            self.run_worker(self.search.go_on(self._sought), exclusive=False)

    def go_on_from(self, before: ReaderScreen) -> None:
        """The same story, read again: panes that were held or maximised are, and what was sought is marked."""
        ids = {before.session.sources[n].id for n in before.deck.held}
        self.deck.held = {n for n, source in enumerate(self.session.sources) if source.id in ids}
        self.deck.maximised = before.deck.maximised
        self._sought = before.search.query

    def commands(self) -> Mapping[str, Handler]:
        return {
            **{id: command for part in self._parts for id, command in part.commands().items()},
            "pane-next": lambda: self.deck.activate_next(1),
            "pane-previous": lambda: self.deck.activate_next(-1),
            "lock": self._next_lock,
            "hold": self._toggle_held,
            "maximise": self.deck.toggle_maximised,
            "sources": self._pick_panes,
            "pane-left": lambda: self._move_pane(-1),
            "pane-right": lambda: self._move_pane(1),
            "pane-wider": lambda: self.deck.widen(0.15),
            "pane-narrower": lambda: self.deck.widen(-0.15),
            "panes-more": lambda: self._change_number(1),
            "panes-fewer": lambda: self._change_number(-1),
            "inspector": self._toggle_inspector,
            "open": self._open,
            "leave": self._leave,
        }

    def reading(self, story: str) -> Reading:
        """Where one is, to be found again at the next start."""
        ids = [source.id for source in self.session.sources]
        return Reading(
            story=story,
            chosen=[ids[n] for n in self.deck.chosen],
            lead=ids[self.deck.active_number],
            offsets={ids[pane.number]: pane.cursor_span()[0] for pane in self.deck.all_panes()},
            lock=str(self.follow.lock),
            inspector=self._inspector_wanted[Layout.PANES],
            layout=str(self.deck.arrangement),
            inspector_in_margin=self._inspector_wanted[Layout.MARGIN],
            searches=self.search.history,
            lists=self.context.navigation.list_settings(),
            once=self.read_folding.on,
            panes=self.deck.most,
        )

    # What is shown

    def _show_index(self) -> None:
        """Marks of a fuller comparison; nothing scrolls."""
        self._show_marks()
        self.layouts.index_changed()
        self.read_folding.index_changed()
        self.follow.active_moved(scroll=False)
        self.checks.outline()
        self.show_status()
        self.inspect()
        if self.session.compared:
            self.run_worker(self.layouts.look_for_order(), exclusive=True, group="order")

    def _show_marks(self) -> None:
        index, notes = self.session.index, self.session.notes
        for pane in (box.pane for box in self.deck.shown):  # others get theirs when they are shown
            n = pane.number
            marked = tuple(index.passage_marks[n])
            pane.set_marks(
                Marks(
                    index.quotation_spans[n],
                    index.check_spans[n],
                    notes.spans(n),
                    marked,
                    index.reporting[n],
                    notes.tinted(n),
                )
            )

    def _notes_changed(self) -> None:
        self._show_marks()
        self.inspect()

    async def action_command(self, id: str, key: str = "") -> None:
        """However much of what a command changes concerns the inspector, it is made once, when the command is over."""
        self._commands_running += 1
        try:
            await super().action_command(id, key)
        finally:
            self._commands_running -= 1
            if self._inspect_after and not self._commands_running:
                self.inspect()

    def inspect(self) -> None:
        self._inspect_after = bool(self._commands_running)
        if self._inspect_after:
            return
        self.layouts.show()
        active = self.deck.active
        if not active.document.source.passages:
            return
        self.key_bar.show_keys(self.KEYS if self.checks.current is None else _AT_A_CHECK, self.context.keymap)
        self.card.show(self._card_lines())
        if not self.inspector.display:
            return
        place = (active.number, active.cursor)
        found = inspect_passage(self.session.index, *place, self.session.compared, possible=True)
        self.inspector.show(
            self.session.index, dict(enumerate(self.session.documents)), found, self.note_commands.told()
        )

    def _card_lines(self) -> tuple[CardLine, ...]:
        """The divergence that is looked at, or that is on this passage; else where the passage is reported."""
        index, place = self.session.index, self.cursor.here()
        check = self.checks.shown(place)
        visible = {box.pane.number for box in self.deck.shown}
        lines = (
            check_card(index, check)
            if check is not None
            else (passage_card(index, *place, visible, compared=self.session.compared, doing=self.session.doing),)
        )
        note = self.note_commands.told()
        return (*lines, tuple(note)) if note else lines

    @property
    def check(self) -> Divergence | None:
        return self.checks.current

    @property
    def shows_possible(self) -> bool:
        return bool(self.inspector.display)

    async def open_check(self, divergence: Divergence) -> None:
        await self.checks.open(divergence)

    def status_right(self) -> tuple[Piece, ...]:
        width = max(8, self.app.size.width // 4)
        held = in_hand_words(self.session, width, self.context.keymap.first("put-back"))
        held = held or self.edit_link.in_hand_words(width, self.context.keymap.first("tie"))
        lock = "" if self.follow.lock is Lock.LINKED else f"scroll: {self.follow.lock} "
        pieces = ((held, "check"), (lock, "dim"), (self.read_folding.in_words(), "note"))
        return tuple(piece for piece in pieces if piece[0])

    def on_resize(self, event: events.Resize) -> None:
        """The inspector takes a third at most, and is left out where the text would have under eight rows."""
        self._fit(event.size)

    def _inspector_of(self) -> Layout:
        return Layout.MARGIN if self.deck.arrangement is Layout.MARGIN else Layout.PANES

    def _fit(self, size: Size) -> None:
        width, height = size
        self.inspector.stacked = width < 72
        rows = max(0, min(12, (height - 4) // 3))
        self.inspector.styles.height = rows
        self.inspector.display = self._inspector_wanted[self._inspector_of()] and rows >= 3 and height - 4 - rows >= 6

    def leave_behind(self, place: tuple[int, int]) -> None:
        self.context.navigation.jumps.leave(Place(self.session.name, self.VIEW, *place))

    def entering(self, place: tuple[int, int]) -> None:
        self.read_folding.unfold(place)

    # What other views use

    @property
    def chosen(self) -> Sequence[int]:
        return self.deck.chosen

    @property
    def active_number(self) -> int:
        return self.deck.active_number

    @property
    def search_query(self) -> Query:
        return self.search.query

    @property
    def searches(self) -> list[str]:
        return self.search.history

    def here(self) -> tuple[int, int]:
        return self.cursor.here()

    async def choose(self, numbers: Sequence[int]) -> None:
        await self.deck.choose(numbers)

    async def activate(self, number: int) -> None:
        await self.deck.activate(number)

    async def go(self, place: tuple[int, int]) -> None:
        await self.cursor.go(place, remember=False)

    async def take_over(self, query: Query, hit: tuple[int, int, int]) -> None:
        await self.search.take_over(query, hit)

    def remember_search(self, text: str) -> None:
        self.search.remember(text)

    # What the panes say

    def moved(self) -> None:
        active = self.deck.active
        if active.selection is not None and left_behind(active.selection, active.cursor_span()):
            active.select(None)
        self.checks.moved()
        self.read_folding.moved()
        self.follow.active_moved()
        self.checks.outline()
        self.inspect()

    def on_source_pane_moved(self, message: SourcePane.Moved) -> None:
        message.stop()
        if message.pane is self.deck.active:
            self.moved()
        elif (box := self.deck.box(message.pane.number)) is not None:
            box.update_header(False)

    async def on_source_pane_activated(self, message: SourcePane.Activated) -> None:
        message.stop()
        await self.action_command("open")

    def on_source_pane_added_clicked(self, message: SourcePane.AddedClicked) -> None:
        message.stop()
        self.layouts.choose_line(message.line)

    def on_source_pane_border_dragged(self, message: SourcePane.BorderDragged) -> None:
        message.stop()
        self.deck.widen(message.by * len(self.deck.shown) / max(1, self.app.size.width), message.pane.number)

    async def on_card_clicked(self, message: Card.Clicked) -> None:
        """A side of a divergence that is clicked is gone to; of a passage, its match."""
        message.stop()
        check = self.checks.shown(self.cursor.here())
        if check is None:
            await self.action_command("open")
        elif 0 < message.line <= len(check.sides):
            await self.checks.to_side(check, message.line - 1)

    async def on_margin_pane_opened(self, message: MarginPane.Opened) -> None:
        message.stop()
        await self.action_command("open")

    def on_margin_pane_chosen(self, message: MarginPane.Chosen) -> None:
        message.stop()
        self.inspect()

    def on_pane_deck_active_changed(self, message: PaneDeck.ActiveChanged) -> None:
        message.stop()
        self.explain_link.activated(self.deck.active_number)
        self._fit(self.app.size)
        self.show_status()
        self._show_marks()
        self.read_folding.turned_to()
        if self.search.query.text:
            self.search.mark()
        self.follow.active_moved(scroll=False)
        self.checks.outline()
        self.inspect()

    # What the bars say

    async def on_query_line_changed(self, message: QueryLine.Changed) -> None:
        if self.search_bar.is_open:
            await self.search.typed(message.query)

    async def on_query_line_widened(self) -> None:
        await self.search.widen()

    async def on_query_line_done(self, message: QueryLine.Done) -> None:
        if not message.kept:
            await self.search.cancel()
            return
        if message.query != self.search.query.text:
            await self.search.typed(message.query)
        await self.search.accept()

    # Commands that concern the whole view

    def _pick_panes(self) -> None:
        from summitreader.tui.dialogs.choice import PanePicker

        names = [(name_of(source), source.title or "") for source in self.session.sources]
        self.app.push_screen(PanePicker(names, self.deck.chosen, self.deck.choose))

    async def _move_pane(self, by: int) -> None:
        if not await self.deck.move_active(by):
            self.say(f"No pane to the {'right' if by > 0 else 'left'} of this one.")
        self.search.sort_again()

    async def _change_number(self, by: int) -> None:
        n = await self.deck.change_number(by)
        self.say(f"{counted(n, 'source')} side by side.")

    async def _open(self) -> None:
        """Open what is folded under the cursor; where nothing is, go to the entry in the margin or the counterpart."""
        if not self.read_folding.open_fold() and not await self.checks.to_other_side():
            await self.layouts.open_entry()

    def _next_lock(self) -> None:
        self.follow.lock = following(self.follow.lock)
        self.show_status()
        self.follow.active_moved()

    def _toggle_held(self) -> None:
        held = self.deck.toggle_held()
        self.follow.active_moved(scroll=False)
        self.say("This pane stays still." if held else "This pane scrolls with the others again.")

    def _toggle_inspector(self) -> None:
        layout = self._inspector_of()
        self._inspector_wanted[layout] = not self._inspector_wanted[layout]
        self.inspector.display = self._inspector_wanted[layout]
        self.inspect()

    async def _leave(self) -> None:
        """Close what is open, the innermost first; with nothing open, leave the program; Escape never does."""
        if self.editor.is_open:
            self.editor.defer()
        elif self.search_bar.is_open:
            await self.search.cancel()
        elif self.reattach.release() or self.edit_link.release():
            self.say("Cancelled.")
        elif self.deck.active.selection:
            self.deck.active.select(None)
        elif self.search.query.text:
            self.search.clear()
        elif self.deck.maximised:
            await self.deck.toggle_maximised()
        elif await self.context.stop_comparing():
            self.say("Stopped. Results so far are shown. ⟨leave⟩ again quits.")
        elif self.key == "Escape":
            self.say("Nothing to close. ⟨leave⟩ quits the program.")
        else:
            self.app.exit()
