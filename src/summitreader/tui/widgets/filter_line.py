"""The filter line of a list: what its rows must contain, and how many do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import events
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from summitreader.tui.widgets.bars import Bar
from summitreader.tui.widgets.ending import EndsTyping


class FilterInput(EndsTyping, Input):
    """Tells the line around it that the filter is done."""

    def ended(self, kept: bool) -> None:
        if isinstance(self.parent, FilterLine):
            self.parent.on_ended(self.value, kept)

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        self.takes(event)


class FilterLine(Horizontal):
    """Hidden until opened. Says what is typed as it is typed; Enter keeps the filter, Escape clears it."""

    DEFAULT_CSS = """
    FilterLine { height: 1; background: $bar-surface; }
    FilterLine Input { width: 2fr; height: 1; border: none; padding: 0; background: $bar-surface; }
    FilterLine Input:focus { border: none; background: $bar-surface; }
    FilterLine #filter-sign { width: 3; }
    FilterLine #filter-found { width: 1fr; min-width: 16; }
    """

    class Changed(Message):
        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Done(Message):
        """The filter stays (`kept`), or is cleared."""

        def __init__(self, query: str, kept: bool) -> None:
            super().__init__()
            self.query = query
            self.kept = kept

    def __init__(self, hint: str) -> None:
        super().__init__(id="filter")
        self.input = FilterInput(placeholder=hint, compact=True)
        self.sign = Bar(id="filter-sign")
        self.found = Bar(id="filter-found")
        self.display = False

    def compose(self) -> Iterator[Bar | Input]:
        yield self.sign
        yield self.input
        yield self.found

    def on_mount(self) -> None:
        self.sign.left = ((" / ", "accent"),)

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    def open(self, query: str, back_to: Callable[[], Widget | None]) -> None:
        """Begin with `query`; when the filter is done the keys go to what `back_to` then says."""
        self.display = True
        with self.prevent(Input.Changed):
            self.input.value = query
            self.input.cursor_position = len(query)
        self.input.begin_typing(back_to)

    def say(self, words: str, *, none: bool = False) -> None:
        """How many rows there are, in words."""
        self.found.right = ((f"{words} ", "check" if none else "dim"),)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    def on_ended(self, query: str, kept: bool) -> None:
        """The input says that the filter is done."""
        self.display = False
        self.post_message(self.Done(query, kept))
