"""Highlights and notes on what is under the cursor or selected. Each is on disk before the command is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitreader.comparison.model import Divergence
from summitreader.errors import SummitreaderError
from summitreader.tui.layout.marks import next_tint, tint_in_words
from summitreader.tui.reader.cursor import Cursor
from summitreader.tui.reader.note_summary import (
    called,
    doubtful_here,
    draft_key,
    kind_of,
    note_line,
    places_in_words,
    stray_draft,
)
from summitreader.tui.reader.part import Reader, ReaderPart
from summitreader.tui.widgets.bars import Piece
from summitreader.tui.widgets.note_editor import NoteEditor

if TYPE_CHECKING:
    from summitreader.notes.model import Annotation

BOTH_WORDINGS = "This note was also changed in another window: both versions were saved. ⟨undo⟩ undoes."

Place = tuple[int, int, int]
"""`[start, end)` of a source's text, by the source's number."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A note in the editor: on an annotation, by its id, or on a place that has none yet.

    `wider` are the places that it can take in besides, `key` names its draft, `was` is the note as it was.
    """

    key: str
    id: str | None
    place: Place
    wider: tuple[Place, ...]
    was: str = ""


class NoteCommands(ReaderPart):
    """Handlers of the commands that note.

    Where several annotations stand on one passage the commands mean the current one: the one stepped to, else the
    one made last.
    """

    def __init__(self, reader: Reader, editor: NoteEditor) -> None:
        super().__init__(reader)
        self.editor = editor
        self._writing: Begun | None = None
        self.deferred: tuple[Begun, str] | None = None
        """The new note that was left as a draft last, and its text."""
        self._chosen = ""
        """The id of the annotation that was stepped to."""
        self.touched = ""
        """The id of the annotation that was made or changed last here."""
        self.colour: str | None = None
        """The colour chosen last, which new highlights get."""

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "highlight": self._highlight,
            "colour": self._recolour,
            "note": self._open,
            "note-links": lambda: self._in_editor(self.editor.toggle_wider),
            "note-outside": lambda: self._in_editor(self.editor.go_outside),
            "delete": self._delete,
            "undo": self._undo,
            "redo": self._redo,
        }

    def can_note(self) -> bool:
        """Whether a note can be kept here; where not, the reader is told why."""
        store = self.session.notes.store
        if store is None or store.read_only:
            self.say("Notes cannot be saved: the data folder is not writable or is in use by another program.")
            return False
        return bool(self.deck.active.document.source.passages)

    # What is here

    def span(self) -> tuple[int, int]:
        """The selection, else the passage under the cursor."""
        pane = self.deck.active
        return pane.selection or pane.cursor_span()

    def place(self) -> Place:
        return (self.deck.active.number, *self.span())

    def on_passage(self) -> list[Annotation]:
        """The annotations on what is under the cursor or selected, the one made last first."""
        return self.session.notes.on(*self.place())

    def current(self, found: list[Annotation]) -> int:
        """Which of `found` the commands mean."""
        return next((n for n, annotation in enumerate(found) if annotation.id == self._chosen), 0)

    def here(self) -> list[Annotation]:
        """The same annotations, the current one first."""
        found = self.on_passage()
        at = self.current(found)
        return found[at : at + 1] + found[:at] + found[at + 1 :]

    def choose(self, annotation: Annotation) -> None:
        """Make `annotation` the current one where it stands."""
        self._chosen = annotation.id

    def doubtful(self) -> tuple[Annotation, int] | None:
        """The first annotation here that asks whether this is its place, with the number of the target that does."""
        number, start, end = self.place()
        for annotation in self.here():
            target = doubtful_here(annotation, self.session.sources[number], start, end)
            if target is not None:
                return annotation, target
        return None

    def told(self) -> tuple[Piece, ...]:
        """What the inspector says of the notes on the passage under the cursor."""
        active = self.deck.active
        span = active.cursor_span()
        found = self.session.notes.on(active.number, *span)
        return note_line(found, self.current(found), self.session.sources, active.number, span)

    # Highlights

    def _highlight(self) -> None:
        if not self.can_note():
            return
        span = self.span()
        same = [
            a
            for a in self.here()
            if not a.note and not a.tags and any((t.start, t.end) == span for t in a.targets) and len(a.targets) == 1
        ]
        if same:
            self.session.notes.remove(same[0].id)
            self.say("Highlight removed. ⟨undo⟩ undoes.")
        else:
            self.made(self.session.notes.add(*self.place(), colour=self.colour))
        self.deck.active.select(None)

    def _recolour(self) -> None:
        if not self.can_note():
            return
        here = self.here()
        if not here:
            self.say("No note or highlight here. ⟨highlight⟩ highlights, ⟨note⟩ writes a note.")
            return
        self.colour = next_tint(here[0].colour)
        self.session.notes.set_colour(here[0].id, self.colour)
        self.choose(here[0])
        self.say(f"{kind_of(here[0]).capitalize()} colour: {tint_in_words(self.colour)}.")

    def made(self, annotation: Annotation) -> None:
        """Let what was just made or changed be the current one, and be said."""
        self._chosen = self.touched = annotation.id
        self.reader.inspect()

    # Notes

    async def _open(self) -> None:
        if not self.can_note():
            return
        number, start, end = self.place()
        source = self.session.sources[number]
        existing = [] if self.deck.active.selection else self.here()
        about = existing[0] if existing else None
        key = about.id if about else draft_key(self.session, (number, start, end))
        assert self.session.notes.store is not None
        draft = self.session.notes.store.draft(key)
        if draft is None and about is None:
            draft = stray_draft(self.session.notes.store, key)
            if draft is not None:
                self.say("Draft from before the file changed: save it or delete it.")
        was = about.note if about else ""
        text = was if draft is None else draft
        quote = " / ".join(t.quote for t in about.targets) if about else source.text[start:end]
        self._writing = Begun(
            key, about.id if about else None, (number, start, end), self._wider(about), about.note if about else ""
        )
        n = len(self._writing.wider)
        if self.reader.check is not None and about is None:
            wider = "all sides" if n else ""
        else:
            wider = f"{'its' if n == 1 else f'its {n}'} counterpart{'' if n == 1 else 's'}" if n else ""
        await self.editor.open(key, quote, text, self.finish, wider)
        if wider == "all sides" and not self.editor.is_wider:
            self.editor.toggle_wider()

    def _wider(self, about: Annotation | None) -> tuple[Place, ...]:
        """The counterparts of the passage under the cursor on which the note does not stand yet."""
        active, sources = self.deck.active, self.session.sources
        if self.reader.check is not None:
            return self._other_sides(self.reader.check)
        found = []
        for counterpart in self.session.index.counterparts(active.number, active.cursor):
            passage = sources[counterpart.source].passages[counterpart.passage]
            place = (counterpart.source, passage.start, passage.end)
            if about is None or not self.stands_on(about, place):
                found.append(place)
        return tuple(found)

    def _other_sides(self, divergence: Divergence) -> tuple[Place, ...]:
        """The passages of a divergence but the one under the cursor."""
        places: dict[Place, None] = {}
        for span in divergence.spans:
            number = self.session.index.number[span.source]
            source = self.session.sources[number]
            passage = source.passages[source.passage_at(span.start)]
            places[number, passage.start, passage.end] = None
        return tuple(place for place in places if place != self.place())

    def stands_on(self, annotation: Annotation, place: Place) -> bool:
        """Whether one of the targets is just `place`."""
        number, start, end = place
        id = self.session.sources[number].id
        return any((t.source, t.start, t.end) == (id, start, end) for t in annotation.targets)

    def finish(self, text: str, kept: bool) -> bool:
        """Make a note of what was typed, or keep it as a draft that the next `note` here goes on with.

        False where a note could not be kept: what was typed must then stay where it is.
        """
        writing, self.deferred = self._writing, None
        if writing is None:
            return True
        try:
            if kept:
                self._keep(writing, text.strip())
            elif text.strip():
                self.save_draft(writing.key, text)
                self.deferred = (writing, text) if writing.id is None else None
                self.say("Draft saved. Press ⟨note⟩ to continue.")
        except SummitreaderError as error:
            self.say(str(error))
            return not kept
        self._writing = None
        self.deck.active.select(None)
        return True

    def _keep(self, writing: Begun, text: str) -> None:
        notes = self.session.notes
        assert notes.store is not None
        more = writing.wider if self.editor.is_wider else ()
        if writing.id is not None:
            if notes.edit(writing.id, text, writing.was, more):
                self.say(BOTH_WORDINGS)
            self.touched = writing.id
        elif text:
            self.made(notes.add_on([writing.place, *more], text))
        if more and (writing.id is not None or text):
            self.say(f"Note attached to {1 + len(more)} passages (⟨note-next⟩ steps through them).")
        notes.store.drop_draft(writing.key)

    def save_draft(self, key: str, text: str) -> None:
        if self.session.notes.store is not None:
            self.session.notes.store.save_draft(key, text)

    def _in_editor(self, does: Callable[[], None]) -> None:
        if self.editor.is_open:
            does()
        else:
            self.say("This key works while writing a note. ⟨note⟩ writes one.")

    # Taking away and back

    def _delete(self) -> None:
        if not self.can_note():
            return
        found = self.here()
        if not found:
            self.say("No note or highlight here.")
            return
        self.session.notes.remove(found[0].id)
        several = f" It was on {places_in_words(found[0])}." if len(found[0].targets) > 1 else ""
        self.say(f"Deleted.{several} ⟨undo⟩ undoes.")

    def _undo(self) -> None:
        if self.can_note():
            self.say(self.session.notes.undo() or "Nothing to undo.")

    def _redo(self) -> None:
        if self.can_note():
            self.say(self.session.notes.redo() or "Nothing to redo.")


class AddTarget(ReaderPart):
    """Handler of the command that adds a passage to a note."""

    def __init__(self, reader: Reader, note_commands: NoteCommands) -> None:
        super().__init__(reader)
        self.note_commands = note_commands

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"gather": self._gather}

    def _gather(self) -> None:
        """Add this passage to the note that is left as a draft, else to the one made last; with none, begin one."""
        if not self.note_commands.can_note():
            return
        place, deferred = self.note_commands.place(), self.note_commands.deferred
        if deferred is not None and deferred[0].place != place:
            self._with_draft(*deferred, place)
        elif (last := self._made_last()) is None:
            self.note_commands.made(self.session.notes.add(*place, colour=self.note_commands.colour))
            self.say("Highlighted. ⟨note⟩ adds a note, ⟨gather⟩ adds a passage of another source.")
        elif self.note_commands.stands_on(last, place):
            self.note_commands.choose(last)
            self.say(f"Already part of the {called(last)}. ⟨highlight⟩ or ⟨note⟩ begins another.")
        else:
            self.session.notes.extend(last.id, [place])
            self._tell(last.id)
        self.note_commands.deck.active.select(None)

    def _with_draft(self, begun: Begun, text: str, place: Place) -> None:
        """The draft becomes a note on the passage that it was begun on and on this one."""
        notes = self.session.notes
        assert notes.store is not None
        added = notes.add_on([begun.place, place], text.strip())
        notes.store.drop_draft(begun.key)
        self.note_commands.deferred = None
        self._tell(added.id)

    def _tell(self, id: str) -> None:
        annotation = next(a for a in self.session.notes.annotations if a.id == id)
        self.note_commands.made(annotation)
        self.say(f"Added to the {called(annotation)}, now on {places_in_words(annotation)}. ⟨undo⟩ undoes.")

    def _made_last(self) -> Annotation | None:
        """The annotation that was made or changed last here, else the last one of the story."""
        annotations = self.session.notes.annotations
        touched = next((a for a in annotations if a.id == self.note_commands.touched), None)
        return touched or max(annotations, key=lambda annotation: annotation.order, default=None)


class NoteNavigation(ReaderPart):
    """Handlers of the commands that go to the next note and to the one before."""

    def __init__(self, reader: Reader, note_commands: NoteCommands, cursor: Cursor) -> None:
        super().__init__(reader)
        self.note_commands = note_commands
        self.cursor = cursor

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"note-next": lambda: self._step(1), "note-previous": lambda: self._step(-1)}

    def _stops(self) -> list[tuple[int, int]]:
        """The passages that a note begins on, in the order of the panes."""
        notes, sources = self.session.notes, self.session.sources
        return [
            (n, passage)
            for n in self.deck.chosen
            for passage in sorted({sources[n].passage_at(target.start or 0) for _, target in notes.placed(n)})
        ]

    async def _step(self, by: int) -> None:
        here = self.note_commands.on_passage()
        at = self.note_commands.current(here) + by
        if here and 0 <= at < len(here):
            self.note_commands.choose(here[at])
            self.reader.moved()
            return
        stops = self._stops()
        if not stops:
            self.say("No notes in these sources.")
            return
        order = {n: rank for rank, n in enumerate(self.deck.chosen)}
        place = (order[self.deck.active.number], self.deck.active.cursor)
        ahead = [s for s in stops if ((order[s[0]], s[1]) > place if by > 0 else (order[s[0]], s[1]) < place)]
        number, passage = (ahead or stops)[0 if by > 0 else -1]
        span = self.session.sources[number].passages[passage]
        found = self.session.notes.on(number, span.start, span.end)
        self.note_commands.choose(found[0 if by > 0 else -1])
        await self.cursor.go((number, passage))
        self.reader.moved()
