"""Notes: all annotations of the story, or all that are kept, to be found again, put right and taken away."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from summitreader.comparison.model import letter_of
from summitreader.errors import SummitreaderError
from summitreader.notes.model import Annotation, State
from summitreader.tui.context import Handler
from summitreader.tui.dialogs.tags import ask_tags
from summitreader.tui.layout.marks import UNICODE, Mark
from summitreader.tui.lists.list_screen import ListScreen
from summitreader.tui.lists.note_composer import NoteComposer
from summitreader.tui.lists.note_rows import (
    NoteRow,
    Order,
    Shown,
    arranged,
    correction_rows,
    counted,
    in_words,
    is_in_effect,
    note_rows,
)
from summitreader.tui.reader.note_summary import lost_words, note_line
from summitreader.tui.reader.reattach import stood_last, take_in_hand
from summitreader.tui.story.inspection import name_of
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import Choice, Piece, in_quotation_marks, one_line
from summitreader.tui.widgets.row_list import Heading, Line, ListRow

_STATE_GLYPHS = {State.SURE: " ", State.UNSURE: "?", State.ORPHAN: "∅"}


class NotesScreen(ListScreen):
    """`of` is the source whose annotations alone are shown; `everything` shows all that the store keeps."""

    VIEW = "view-notes"
    LINES_EACH = 2
    FOLLOWS_NOTES = True
    KEYS = (
        ("open", "read"),
        ("note", "edit"),
        ("tags", "tags"),
        ("delete", "delete"),
        ("export", "export"),
        ("scope", "of"),
    )
    FILTER_HINT = "words, #tag, source, unsure, orphan"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.order = Order.TEXT
        self.shown = Shown.ALL
        self.of: int | None = None
        self.everything = False
        self._all: tuple[NoteRow, ...] = ()
        self._corrected: tuple[NoteRow, ...] = ()
        self.writing: NoteComposer = NoteComposer(session, self.say, self.list.focus)

    def commands(self) -> Mapping[str, Handler]:
        return {
            **super().commands(),
            "note-next": lambda: self.list.step(1),
            "note-previous": lambda: self.list.step(-1),
            "note": self._edit,
            "tags": self._tag,
            "delete": self._delete,
            "export": self._export,
            "accept": lambda: self._settle(right=True),
            "dismiss": lambda: self._settle(right=False),
            "put-back": self._put_back,
            "scope": self._next_scope,
        }

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def take_in(self) -> None:
        if self.everything:
            self.run_worker(self._read_all(), exclusive=True, group="all notes")
        else:
            self._all = note_rows(self.session.notes.annotations, self.session.sources)
            self._corrected = correction_rows(self.context.corrections.of_story(self.session), self.session.sources)

    async def _read_all(self) -> None:
        """The whole store, off the interface's thread; what is placed in the story stands as it is placed there."""
        store = self.session.notes.store
        if store is None:
            return
        try:
            kept = await asyncio.to_thread(store.all)
            corrections = await asyncio.to_thread(store.all_corrections)
        except SummitreaderError as error:
            self.say(str(error), failed=True)
            return
        placed = {annotation.id: annotation for annotation in self.session.notes.annotations}
        placed |= {correction.id: correction for correction in self.context.corrections.of_story(self.session)}
        self._all = note_rows([placed.get(a.id, a) for a in kept], self.session.sources)
        self._corrected = correction_rows([placed.get(a.id, a) for a in corrections], self.session.sources)
        self.show_list()

    def rows(self) -> Sequence[NoteRow | Heading]:
        """The notes, and after them what was put right."""
        notes = arranged(self._all, self.order, self.shown, self.of, self.query_words)
        if self.shown not in (Shown.ALL, Shown.DOUBTFUL, Shown.BY_HAND):
            return notes
        order = Order.TEXT if self.order is Order.TAG else self.order
        corrected = arranged(self._corrected, order, self.shown, self.of, self.query_words)
        if self.shown is Shown.DOUBTFUL:
            corrected = [row for row in corrected if isinstance(row, NoteRow) and not is_in_effect(row.annotation)]
        return (
            [*notes, Heading("by hand", "corrections", str(len(corrected)), "note strong"), *corrected]
            if corrected
            else notes
        )

    def empty_words(self) -> str:
        if self.session.notes.store is None:
            return "Notes are not available: the data folder cannot be used."
        if self.shown is Shown.BY_HAND:
            return "No corrections yet. In the reader, ⟨tie⟩ links passages, ⟨correct-source⟩ corrects a source."
        if self._all:
            return "No notes here."
        return "No notes yet. In the reader, ⟨note⟩ writes one on the passage, ⟨highlight⟩ highlights it."

    def place(self, row: ListRow) -> tuple[int, int] | None:
        return row.place if isinstance(row, NoteRow) else None

    async def open_row(self) -> None:
        row = self.list.selected
        if isinstance(row, NoteRow) and row.place is None:
            self.say(f"In {row.source_name}, which is not part of this story. ⟨view-library⟩ opens the library.")
            return
        if isinstance(row, NoteRow) and row.span is None:
            self.say("Orphaned: its words are no longer in the text. Showing where they were.")
        await super().open_row()

    def copied(self, row: ListRow) -> tuple[int, int, int] | None:
        """The words that the note is on."""
        if isinstance(row, NoteRow) and row.place is not None and row.span is not None:
            return (row.place[0], *row.span)
        return super().copied(row)

    def noted(self, row: ListRow) -> Sequence[Piece]:
        if not isinstance(row, NoteRow):
            return ()
        lost = next((t for t in row.annotation.targets if t.state is State.ORPHAN), None)
        if lost is not None:
            words = lost_words(lost, self.session.sources)
            return (("P reattaches it: ", "check"), (words, ""))
        if row.place is None or row.span is None:
            return ()
        return note_line([row.annotation], 0, self.session.sources, row.place[0], row.span)

    # ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def draw(self, row: ListRow, width: int) -> Sequence[Line]:
        assert isinstance(row, NoteRow)
        return [self._quote_line(row, width), self._note_line(row, width)]

    def _quote_line(self, row: NoteRow, width: int) -> list[Piece]:
        glyph = UNICODE.note if row.note else UNICODE.bar
        if row.annotation.correction is not None:
            glyph = UNICODE.marks[Mark.OWN]
        cells = 16 if width < 90 else 28
        place = one_line(row.place_name, cells // 2)
        where = f"{one_line(row.source_name, cells - cell_len(place) - 1)} {place}"
        state = in_words(row.state)
        more = f"  and {row.more} more place{'s' if row.more > 1 else ''}" if row.more else ""
        tail = more + (f"   {_STATE_GLYPHS[row.state]} {state}" if state else "")
        room = max(6, width - cells - 4 - cell_len(tail))
        quote = in_quotation_marks(row.quote, room)
        gap = " " * (cells + 2 - cell_len(where))
        return [
            (f"{glyph} ", "note"),
            (where + gap, "strong" if row.place else "dim"),
            (quote, ""),
            (more, "dim"),
            (tail[len(more) :], "check"),
        ]

    def _note_line(self, row: NoteRow, width: int) -> list[Piece]:
        tags = one_line("  ".join(f"#{tag}" for tag in row.tags), width // 2)
        indent = 20 if width < 90 else 32
        note = one_line(row.note, max(4, width - indent - cell_len(tags) - 2))
        return [(" " * indent, ""), (note, "note"), ("  " if note and tags else "", ""), (tags, "accent")]

    def tabs(self) -> Mapping[str, int | None]:
        return {str(state): count for state, count in counted((*self._all, *self._corrected), self.of).items()}

    def heading_right(self) -> Sequence[Choice]:
        of = "all stories" if self.everything else "this story"
        if self.of is not None:
            of = f"{letter_of(self.of)} {name_of(self.session.sources[self.of])}"
        return ((f"{self.order}   ", "dim", "sort"), (f"of: {one_line(of, 30)} ", "dim", "scope"))

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _selected(self) -> Annotation | None:
        """The annotation under the cursor, where it can be changed; else the reader is told why not."""
        row = self.list.selected
        if not isinstance(row, NoteRow):
            self.say("No note here.")
            return None
        return row.annotation if self.writing.can_note() else None

    def _selected_note(self) -> Annotation | None:
        """The same, where it is a note or highlight."""
        annotation = self._selected()
        if annotation is not None and annotation.correction is not None:
            self.say("This is a correction. ⟨delete⟩ removes it, ⟨open⟩ goes to its place.")
            return None
        return annotation

    async def _edit(self) -> None:
        annotation = self._selected_note()
        if annotation is not None:
            await self.writing.on_annotation(annotation)

    async def _tag(self) -> None:
        annotation = self._selected_note()
        if annotation is not None:
            await ask_tags(self.app, self.session, annotation)

    async def _export(self) -> None:
        """What the list shows, and nothing else."""
        notes = [row for row in self.list.rows if isinstance(row, NoteRow) and row.annotation.correction is None]
        listed = {row.key: row.annotation for row in notes}
        whole = len(listed) == len(self._all) and self.of is None and not self.everything
        formats = self.context.navigation.note_formats(list(listed.values()), some=not whole) if listed else ()
        n = len(listed)
        which = "of this story" if whole else "that are listed"
        await self.context.navigation.export(formats, f"{n} annotation{'' if n == 1 else 's'} {which}")

    def _delete(self) -> None:
        annotation = self._selected()
        if annotation is not None:
            self.session.notes.remove(annotation.id)
            done = "Deleted" if annotation.correction is None else "Correction removed"
            self.say(f"{done}. ⟨undo⟩ undoes.")

    def _settle(self, *, right: bool) -> None:
        row = self.list.selected
        if not isinstance(row, NoteRow) or not self.writing.can_note():
            return
        if row.doubtful is None:
            self.say(
                "Its place is certain." if row.state is State.SURE else "Orphaned: its words are no longer in the text."
            )
            return
        self.session.notes.settle(row.annotation.id, row.doubtful, right=right)
        self.say("Place confirmed." if right else "Place rejected: the note is orphaned. ⟨undo⟩ undoes.")

    async def _put_back(self) -> None:
        """Take a note that has no sure place in hand, and go to where it stood last."""
        row = self.list.selected
        if not isinstance(row, NoteRow) or not self.writing.can_note():
            return
        sentence = take_in_hand(self.session, row.annotation)
        if sentence is None:
            self.say("Its place is certain.")
            return
        place, navigation = stood_last(self.session), self.context.navigation
        if place is not None:
            await navigation.go_to(*place)
        else:
            await navigation.show("view-reader")
        if navigation.reader is not None:
            navigation.reader.show_status()
        self.say(sentence)

    def _next_scope(self) -> None:
        """This story, all stories, then each source in turn."""
        count = len(self.session.sources)
        if self.everything:
            self.everything, self.of = False, 0
        elif self.of is not None:
            self.of = self.of + 1 if self.of + 1 < count else None
        else:
            self.everything = True
        self.take_in()
        self.show_list()
