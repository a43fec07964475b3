"""The line in which one types what is sought: in the reader's texts, or in the rows of a list."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Self

from rich.cells import cell_len
from textual import events
from textual.containers import Horizontal
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from summitreader.tui.widgets.bars import Bar, Piece, one_line

_STEP = 16
"""Cells by which the room for what is said grows."""
_LEAST = 12
"""Cells that what is typed has at least."""


def in_short(words: str, width: int) -> str:
    """`words` in at most `width` cells: what is said after a `·` is left out before anything is cut."""
    while cell_len(words) > width and " · " in words:
        words = words.rpartition(" · ")[0]
    return one_line(words, width)


if TYPE_CHECKING:
    _Base = Widget
else:  # Textual takes a widget's styles from one line of ancestors, so what is mixed in must not be a widget itself.
    _Base = object


class ModalInput(_Base):
    """Mixed into a text entry. `begin_typing` gives it the keys; `ended` is called once, with whether it was Enter."""

    modal_input = True
    is_typing = False
    _back_to: Callable[[], Widget | None]

    def begin_typing(self, back_to: Callable[[], Widget | None] | None = None) -> None:
        """Take the keys. At the end they go to what `back_to` then says, else to whoever has them now."""
        if not self.is_typing:
            before = self.screen.focused
            self._back_to = back_to or (lambda: before)
        self.is_typing = True
        self.screen.set_focus(self)

    def ended(self, kept: bool) -> None:
        raise NotImplementedError

    def handle_typing_key(self, event: events.Key) -> bool:
        """Whether the key is none of the text: it ends the typing, or came after its end."""
        if not self.is_typing:
            self.app.post_message(events.Key(event.key, event.character))
        elif event.key in ("enter", "escape"):
            self.end_typing(event.key == "enter")
        else:
            return False
        event.stop()
        event.prevent_default()
        return True

    def end_typing(self, kept: bool) -> None:
        """Give the keys back."""
        self.is_typing = False
        next_one = self._back_to()
        if next_one is not None and next_one.is_attached:
            self.screen.set_focus(next_one)
        self.ended(kept)


class LineInput(Input):
    """A field of one line. Textual keeps the first line of a paste; a phrase that was copied over a line end is one
    phrase here."""

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()) if "\n" in event.text else event.text)


class QueryInput(ModalInput, LineInput):
    """Tells the line around it that the typing is done, and of the keys that are the line's."""

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """What is typed never changes the room that there is for it, so a letter does not lay the view out anew."""
        return super().refresh(*regions, repaint=repaint, layout=layout and not self.size, recompose=recompose)

    def ended(self, kept: bool) -> None:
        if isinstance(self.parent, QueryLine):
            self.parent.on_ended(self.value, kept)

    def on_key(self, event: events.Key) -> None:
        if self.handle_typing_key(event):
            return
        if event.key in ("up", "down", "tab") and isinstance(self.parent, QueryLine):
            event.stop()
            event.prevent_default()
            if event.key == "tab":
                self.parent.post_message(QueryLine.Widened())
            else:
                self.parent.recall(-1 if event.key == "up" else 1)


class QueryLine(Horizontal):
    """Hidden until opened. Says what is typed as it is typed; Enter keeps it, Escape goes back to what was before.

    Up and Down bring what was sought before (`history`, the newest last); Tab takes up what the line offers.
    """

    DEFAULT_CSS = """
    QueryLine { height: 1; background: $bar-surface; }
    QueryLine Input { width: 1fr; height: 1; border: none; padding: 0; background: $bar-surface; }
    QueryLine Input:focus { border: none; background: $bar-surface; }
    QueryLine .sign { width: 3; }
    QueryLine .found { width: 24; }
    """

    class Changed(Message):
        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Done(Message):
        """What was typed stays (`kept`), or is given up."""

        def __init__(self, query: str, kept: bool) -> None:
            super().__init__()
            self.query = query
            self.kept = kept

    class Widened(Message):
        """The reader takes up what the line offers."""

    def __init__(self, hint: str, id: str) -> None:
        super().__init__(id=id)
        self.input = QueryInput(placeholder=hint, compact=True)
        self.sign = Bar(classes="sign")
        self.found = Bar(classes="found")
        self.display = False
        self.history: list[str] = []
        self._at = 0
        self._typed = ""
        self._toggles: tuple[Piece, ...] = ()
        self._said: tuple[str, bool] = ("", False)
        self._width = 0

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
        """Begin with `query`; when the typing is done the keys go to what `back_to` then says."""
        self.display = True
        self._width = 0  # grows while one types, so that the view is seldom laid out anew
        self._at, self._typed = len(self.history), query
        self._put(query)
        self.input.begin_typing(back_to)

    def close(self) -> None:
        self.display = False

    def _put(self, query: str) -> None:
        with self.prevent(Input.Changed):
            self.input.value = query
            self.input.cursor_position = len(query)

    def recall(self, by: int) -> None:
        """What was sought before that, or after it; at the end what was being typed."""
        at = max(0, min(self._at + by, len(self.history)))
        if at == self._at:
            return
        if self._at == len(self.history):
            self._typed = self.input.value
        self._at = at
        query = self.history[at] if at < len(self.history) else self._typed
        self._put(query)
        self.post_message(self.Changed(query))

    def show_toggles(self, toggles: Sequence[tuple[str, str]]) -> None:
        """How one searches now, each toggle with its key."""
        self._toggles = tuple(
            piece for key, words in toggles for piece in ((f"{key} ", "accent"), (f"{words}  ", "dim"))
        )
        self._show()

    def say(self, words: str, *, none: bool = False) -> None:
        """How many were found, in words; `none` where there are none, or the query cannot be sought."""
        self._said = (words, none)
        self._show()

    def _show(self) -> None:
        """Words before toggles, where there is no room for both; the text keeps some cells in any case."""
        words, none = self._said
        typed = -(-(cell_len(self.input.value) + 2 - _LEAST) // _STEP) * _STEP + _LEAST
        room = max(0, self.size.width - 3 - max(_LEAST, min(_LEAST + 2 * _STEP, typed)))
        words = in_short(words, max(0, room - 1))
        toggles = list(self._toggles)
        while toggles and sum(cell_len(piece) for piece, _ in toggles) + cell_len(words) + 1 > room:
            del toggles[-2:]
        pieces = (*toggles, (f"{words} ", "check" if none else ""))
        cells = sum(cell_len(piece) for piece, _ in pieces)
        width = min(room, max(self._width, -(-cells // _STEP) * _STEP))
        if width != self._width:  # another width lays the whole view out anew
            self._width = width
            self.found.styles.width = width
        self.found.right = pieces

    def on_resize(self) -> None:
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._at = len(self.history)
        self._show()
        self.post_message(self.Changed(event.value))

    def on_ended(self, query: str, kept: bool) -> None:
        """The input says that the typing is done."""
        self.close()
        self.post_message(self.Done(query, kept))


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "—": "-"})


def folded(text: str) -> str:
    """`text` as it is compared: without case and accents, with straight quotation marks, single spaces."""
    text = text.translate(_PLAIN)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.casefold().split())


def containing(query: str) -> Callable[[str], bool]:
    """Whether a folded text contains each word of `query`; everything does where the query is empty."""
    words = folded(query).split()
    return lambda text: all(word in text for word in words)
