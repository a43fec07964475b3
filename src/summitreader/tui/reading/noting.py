"""Highlights and notes on what is under the cursor or selected. Each is on disk before the command is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from summitreader.errors import SummitreaderError
from summitreader.tui.session import Session
from summitreader.tui.widgets.note_editor import NoteEditor
from summitreader.tui.widgets.pane_deck import PaneDeck

if TYPE_CHECKING:
    from summitreader.notes.model import Annotation


class Noting:
    """Handlers of the commands that note. `say` tells the reader what was done."""

    def __init__(self, deck: PaneDeck, editor: NoteEditor, session: Session, say: Callable[[str], None]) -> None:
        self.deck = deck
        self.editor = editor
        self.session = session
        self.say = say
        self._about: tuple[int, int, int] | str | None = None
        """What the open editor writes on: a span of a source, or an annotation's id."""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "highlight": self._highlight,
            "note": self._open,
            "delete": self._delete,
            "undo": self._undo,
            "redo": self._redo,
        }

    def _can_note(self) -> bool:
        store = self.session.notes.store
        if store is None or store.read_only:
            self.say("Notes cannot be kept here: the data folder cannot be written. --data-dir names another.")
            return False
        return bool(self.deck.leader.document.source.passages)

    def _span(self) -> tuple[int, int]:
        pane = self.deck.leader
        return pane.selection or pane.cursor_span()

    def here(self) -> list[Annotation]:
        """The annotations on what is under the cursor or selected, the one made last first."""
        return self.session.notes.on(self.deck.leader.number, *self._span())

    def _highlight(self) -> None:
        if not self._can_note():
            return
        number, span = self.deck.leader.number, self._span()
        same = [
            a
            for a in self.here()
            if not a.note and not a.tags and any((t.start, t.end) == span for t in a.targets) and len(a.targets) == 1
        ]
        if same:
            self.session.notes.remove(same[0].id)
            self.say("Highlight taken off. U brings it back.")
        else:
            self.session.notes.add(number, *span)
        self.deck.leader.select(None)

    def _open(self) -> None:
        if not self._can_note():
            return
        number, (start, end) = self.deck.leader.number, self._span()
        source = self.session.sources[number]
        existing = [] if self.deck.leader.selection else self.here()
        self._about = existing[0].id if existing else (number, start, end)
        key = existing[0].id if existing else f"{source.sha256}:{start}:{end}"
        assert self.session.notes.store is not None
        draft = self.session.notes.store.draft(key)
        text = draft if draft is not None else existing[0].note if existing else ""
        quote = existing[0].targets[0].quote if existing else source.text[start:end]
        self.editor.open(key, quote, text, self.finish)

    def finish(self, text: str, kept: bool) -> None:
        """Make a note of what was typed, or keep it as a draft that the next `note` here goes on with."""
        try:
            if kept:
                self._keep(text.strip())
            elif text.strip():
                self.save_draft(self.editor.key, text)
                self.say("Kept as a draft: a goes on with it.")
        except SummitreaderError as error:
            self.say(str(error))
        self._about = None
        self.deck.leader.select(None)

    def _keep(self, text: str) -> None:
        about = self._about
        assert self.session.notes.store is not None
        if isinstance(about, str):
            self.session.notes.edit(about, text)
        elif about is not None and text:
            self.session.notes.add(*about, text)
        self.session.notes.store.drop_draft(self.editor.key)

    def save_draft(self, key: str, text: str) -> None:
        if self.session.notes.store is not None:
            self.session.notes.store.save_draft(key, text)

    def _delete(self) -> None:
        if not self._can_note():
            return
        found = self.here()
        if not found:
            self.say("There is no note or highlight here.")
            return
        self.session.notes.remove(found[0].id)
        self.say("Deleted. U brings it back.")

    def _undo(self) -> None:
        if self._can_note():
            self.say(self.session.notes.undo() or "There is nothing to undo.")

    def _redo(self) -> None:
        if self._can_note():
            self.say(self.session.notes.redo() or "There is nothing to do again.")
