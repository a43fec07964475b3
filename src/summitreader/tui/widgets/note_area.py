"""The text area in which a note is typed. Loaded once the first screen stands: it is the dearest of all widgets."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from summitreader.tui.widgets.note_editor import NoteEditor


class NoteArea(TextArea):
    """A text area in which Enter is done and Ctrl-J is a new line; it tells the editor around it what is typed."""

    def hold(self, text: str) -> None:
        """Take a text to go on with; nobody is told of it."""
        with self.prevent(TextArea.Changed):
            self.load_text(text)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if isinstance(self.parent, NoteEditor):
            self.parent.on_typed_text(self.text)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(NoteEditor.Done())
        elif event.key == "ctrl+j":
            event.stop()
            event.prevent_default()
            self.insert("\n")
        else:
            await super()._on_key(event)
