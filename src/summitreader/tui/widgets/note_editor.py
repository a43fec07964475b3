"""Where a note is written: a few lines at the foot of the reader."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import TextArea

from summitreader.tui.widgets.bars import Bar, one_line


class NoteArea(TextArea):
    """A text area in which Enter is done and Ctrl-J is a new line."""

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


class NoteEditor(Vertical):
    """Hidden until opened on some words. `key` names the draft that is kept while one types."""

    DEFAULT_CSS = """
    NoteEditor { height: 7; background: $surface; }
    NoteEditor NoteArea { height: 1fr; border: none; padding: 0 1; background: $surface; }
    NoteEditor NoteArea:focus { border: none; }
    """

    class Done(Message):
        """The note is finished."""

    class Typed(Message):
        """The note is another than before."""

        def __init__(self, key: str, text: str) -> None:
            super().__init__()
            self.key = key
            self.text = text

    def __init__(self) -> None:
        super().__init__(id="note-editor")
        self.heading = Bar()
        self.area = NoteArea(soft_wrap=True, show_line_numbers=False, compact=True)
        self.key = ""
        self.display = False

    def compose(self) -> Iterator[Bar]:
        yield self.heading

    def on_mount(self) -> None:
        """The text area is the dearest of all widgets, and comes once the first screen stands."""
        self.call_after_refresh(self.mount, self.area)

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    def open(self, key: str, quote: str, text: str) -> None:
        if not self.area.is_attached:
            self.call_after_refresh(self.open, key, quote, text)
            return
        self.key = key
        self.heading.left = ((" ✎ note on ", "note"), (f"“{one_line(quote, 60)}”", ""))
        self.heading.right = (("Enter", "accent"), (" keep  ", "dim"), ("Ctrl-J", "accent"), (" line  ", "dim"))
        self.heading.right += (("Esc", "accent"), (" later ", "dim"))
        with self.prevent(TextArea.Changed):
            self.area.load_text(text)
        self.area.move_cursor(self.area.document.end)
        self.display = True
        self.screen.set_focus(self.area)

    def close(self) -> None:
        self.display = False

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.is_open:
            self.post_message(self.Typed(self.key, self.area.text))
