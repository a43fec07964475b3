"""The text area in which a note is typed. Loaded once the first screen stands: it is the dearest of all widgets."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from summitreader.tui.bindings import textual_key
from summitreader.tui.context import keymap_of
from summitreader.tui.widgets.note_editor import NoteEditor
from summitreader.tui.widgets.query_line import ModalInput


class NoteArea(ModalInput, TextArea):
    """Enter keeps the note, Ctrl-J is a new line; the editor around it is told what is typed, and does the rest."""

    def hold(self, text: str) -> None:
        """Take a text to go on with; nobody is told of it."""
        with self.prevent(TextArea.Changed):
            self.load_text(text)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if isinstance(self.parent, NoteEditor):
            self.parent.on_typed_text(self.text)

    def ended(self, kept: bool) -> None:
        if isinstance(self.parent, NoteEditor):
            self.parent.on_ended(self.text, kept)

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        if self.takes(event):
            return
        keys = keymap_of(self.app)
        wider = event.key in map(textual_key, keys.of("note-links"))
        if not (wider or event.key == "ctrl+j" or event.key in map(textual_key, keys.of("note-outside"))):
            return
        event.stop()
        event.prevent_default()
        if event.key == "ctrl+j":
            self.insert("\n")
        elif isinstance(self.parent, NoteEditor):
            (self.parent.toggle_wider if wider else self.parent.go_outside)()
