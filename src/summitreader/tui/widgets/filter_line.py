"""The filter line of a list: what its rows must contain, and how many do."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from summitreader.tui.widgets.bars import Bar


class FilterLine(Horizontal):
    """Hidden until opened. Says what is typed as it is typed; Enter keeps the filter, Escape clears it."""

    DEFAULT_CSS = """
    FilterLine { height: 1; display: none; background: $bar-surface; }
    FilterLine.-open { display: block; }
    FilterLine Input { width: 2fr; height: 1; border: none; padding: 0; background: $bar-surface; }
    FilterLine Input:focus { border: none; background: $bar-surface; }
    FilterLine #filter-sign { width: 3; }
    FilterLine #filter-found { width: 1fr; min-width: 16; }
    """

    class Changed(Message):
        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Accepted(Message):
        pass

    def __init__(self) -> None:
        super().__init__(id="filter")
        self.input = Input(placeholder="words that a row must have", compact=True)
        self.sign = Bar(id="filter-sign")
        self.found = Bar(id="filter-found")

    def compose(self) -> Iterator[Bar | Input]:
        yield self.sign
        yield self.input
        yield self.found

    def on_mount(self) -> None:
        self.sign.left = ((" / ", "accent"),)

    @property
    def is_open(self) -> bool:
        return self.has_class("-open")

    def open(self, query: str = "") -> None:
        self.add_class("-open")
        with self.prevent(Input.Changed):
            self.input.value = query
        self.input.focus()

    def close(self) -> None:
        self.remove_class("-open")

    def say(self, words: str, *, none: bool = False) -> None:
        """How many rows there are, in words."""
        self.found.right = ((f"{words} ", "check" if none else "dim"),)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Accepted())
