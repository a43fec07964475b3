"""Where a note is written: a few lines at the foot of the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.message import Message

from summitreader.tui.widgets.bars import Bar, one_line

if TYPE_CHECKING:
    from summitreader.tui.widgets.note_area import NoteArea


Finish = Callable[[str, bool], None]


class NoteEditor(Vertical):
    """Hidden until opened on some words. `key` names the draft that is kept while one types."""

    DEFAULT_CSS = """
    NoteEditor { height: 7; background: $surface; }
    NoteEditor NoteArea { height: 1fr; border: none; padding: 0 1; background: $surface; }
    NoteEditor NoteArea:focus { border: none; }
    """

    class Typed(Message):
        """The note is another than before."""

        def __init__(self, key: str, text: str) -> None:
            super().__init__()
            self.key = key
            self.text = text

    def __init__(self) -> None:
        super().__init__(id="note-editor")
        self.heading = Bar()
        self._area: NoteArea | None = None
        self.key = ""
        self._finish: Finish = lambda text, kept: None
        self.display = False

    def compose(self) -> Iterator[Bar]:
        yield self.heading

    def on_mount(self) -> None:
        """The text area is the dearest of all widgets, and comes once the first screen stands."""
        self.call_after_refresh(self._furnish)

    async def _furnish(self) -> None:
        from summitreader.tui.widgets.note_area import NoteArea

        self._area = NoteArea(soft_wrap=True, show_line_numbers=False, compact=True)
        await self.mount(self._area)

    @property
    def area(self) -> NoteArea:
        """Where one types; only where the editor is open."""
        assert self._area is not None
        return self._area

    @property
    def unfinished(self) -> str:
        """What was typed and is not finished; empty where the editor is closed."""
        return self.area.text if self.is_open and self._area is not None else ""

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    def open(self, key: str, quote: str, text: str, finish: Finish) -> None:
        """Write on `quote`, going on with `text`.

        `finish` is called with the text, and whether to keep it, before the next key is heard: a message might come
        after the one that leaves the program.
        """
        if self._area is None or not self._area.is_attached:
            self.call_after_refresh(self.open, key, quote, text, finish)
            return
        self.key, self._finish = key, finish
        self.heading.left = ((" ✎ note on ", "note"), (f"“{one_line(quote, 60)}”", ""))
        self.heading.right = (("Enter", "accent"), (" keep  ", "dim"), ("Ctrl-J", "accent"), (" line  ", "dim"))
        self.heading.right += (("Esc", "accent"), (" later ", "dim"))
        self.area.hold(text)
        self.area.move_cursor(self.area.document.end)
        self.display = True
        self.area.begin_typing()

    def close(self) -> None:
        self.display = False

    def put_off(self) -> None:
        """Finish the note for now, as Escape does."""
        self.area.end_typing(False)

    def on_ended(self, text: str, kept: bool) -> None:
        """The text area says that the note is finished."""
        self.close()
        self._finish(text, kept)

    def on_typed_text(self, text: str) -> None:
        """The text area says that it holds another text."""
        if self.is_open:
            self.post_message(self.Typed(self.key, text))
