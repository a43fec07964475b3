"""The text area in which a note is typed. Loaded after the first screen: TextArea is the slowest widget to load."""

from __future__ import annotations

from typing import Any, Protocol

from textual import events
from textual.widgets import TextArea

from summitreader.tui.bindings import textual_key
from summitreader.tui.context import keymap_of
from summitreader.tui.widgets.query_line import ModalInput


class NoteHost(Protocol):
    """The editor around the text area."""

    def on_typed_text(self, text: str) -> None: ...
    def on_ended(self, text: str, kept: bool) -> None: ...
    def toggle_wider(self) -> None: ...
    def go_outside(self) -> None: ...


class NoteArea(ModalInput, TextArea):
    """Enter keeps the note, Ctrl-J is a new line; the editor around it is told what is typed, and does the rest."""

    def __init__(self, host: NoteHost, **options: Any) -> None:
        super().__init__(**options)
        self._host = host

    def hold(self, text: str) -> None:
        """Take a text to go on with; nobody is told of it."""
        with self.prevent(TextArea.Changed):
            self.load_text(text)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._host.on_typed_text(self.text)

    def ended(self, kept: bool) -> None:
        self._host.on_ended(self.text, kept)

    def on_key(self, event: events.Key) -> None:
        if self.handle_typing_key(event):
            return
        keys = keymap_of(self.app)
        wider = event.key in map(textual_key, keys.of("note-links"))
        if not (wider or event.key == "ctrl+j" or event.key in map(textual_key, keys.of("note-outside"))):
            return
        event.stop()
        event.prevent_default()
        if event.key == "ctrl+j":
            self.insert("\n")
        elif wider:
            self._host.toggle_wider()
        else:
            self._host.go_outside()
