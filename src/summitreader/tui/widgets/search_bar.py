"""The search bar: what is sought, and how many were found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import events
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from summitreader.tui.widgets.bars import Bar
from summitreader.tui.widgets.ending import EndsTyping


class SearchInput(EndsTyping, Input):
    """Tells the bar around it that the search is done."""

    def ended(self, kept: bool) -> None:
        if isinstance(self.parent, SearchBar):
            self.parent.on_ended(self.value, kept)

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        self.takes(event)


class SearchBar(Horizontal):
    """Hidden until opened. Says what is typed as it is typed; Enter stays at the hit, Escape goes back."""

    DEFAULT_CSS = """
    SearchBar { height: 1; background: $bar-surface; }
    SearchBar Input { width: 2fr; height: 1; border: none; padding: 0; background: $bar-surface; }
    SearchBar Input:focus { border: none; background: $bar-surface; }
    SearchBar #sign { width: 3; }
    SearchBar #found { width: 4fr; min-width: 24; }
    """

    class Changed(Message):
        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Done(Message):
        """The search stays at the hit (`kept`), or goes back to where it began."""

        def __init__(self, query: str, kept: bool) -> None:
            super().__init__()
            self.query = query
            self.kept = kept

    def __init__(self) -> None:
        super().__init__(id="search")
        self.input = SearchInput(placeholder="search all sources", compact=True)
        self.sign = Bar(id="sign")
        self.found = Bar(id="found")
        self.display = False
        self._toggles: tuple[tuple[str, str], ...] = ()

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
        """Begin with `query`; when the search is done the keys go to what `back_to` then says."""
        self.display = True
        with self.prevent(Input.Changed):
            self.input.value = query
        self.input.begin_typing(back_to)

    def close(self) -> None:
        self.display = False

    def show_toggles(self, toggles: tuple[tuple[str, str], ...]) -> None:
        """How one searches now, each toggle with its key."""
        self._toggles = tuple(
            piece for key, words in toggles for piece in ((f"{key} ", "accent"), (f"{words}  ", "dim"))
        )
        self.say("")

    def say(self, words: str, *, none: bool = False) -> None:
        """How many hits, in words; `none` where there are none, or the query cannot be sought."""
        self.found.right = (*self._toggles, (f"{words} ", "check" if none else ""))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    def on_ended(self, query: str, kept: bool) -> None:
        """The input says that the search is done."""
        self.close()
        self.post_message(self.Done(query, kept))
