"""The one-line bars: what is read, which view is open, and whose pane it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from summitreader.text.gate import shown
from summitreader.tui.widgets.lines import LineWidget

Piece = tuple[str, str]
"""Text, already safe to show, and the name of a component class without its widget's prefix."""

OPENING = tuple('“”„«»‘‚‹›「『"')
_WORTH_CUTTING = 24
"""Cells of the last thing in a bar that are worth an ellipsis; with fewer it is left out."""


def one_line(text: str, width: int) -> str:
    """`text` in at most `width` cells, cut at its end with an ellipsis; white space runs become one space."""
    text = " ".join(shown(text).split())
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 1 else "…"[:width]


def in_quotation_marks(text: str, width: int) -> str:
    """`text` in at most `width` cells and in quotation marks, where it does not open with some of its own."""
    line = one_line(text, width)
    return line if line[:1] in OPENING else f"“{one_line(text, width - 2)}”"


def kept_whole(pieces: Sequence[Piece], width: int) -> Sequence[Piece]:
    """What of `pieces` is drawn in `width` cells: things that stand two spaces apart are left out from the end on, and
    only what is left whole for a good part is cut, with an ellipsis."""
    whole = "".join(words for words, _ in pieces)
    if cell_len(whole) <= width:
        return pieces
    left = set_cell_size(whole, max(0, width - 1))
    if not whole.startswith(left):
        left = left[:-1]  # a space in place of half a wide character
    gaps = [gap.start() for gap in re.finditer(r"(?<=\S)\s{2,}(?=\S)", whole) if gap.start() <= len(left)]
    if gaps and cell_len(left[gaps[-1] :].strip()) < _WORTH_CUTTING:
        left, ending = left[: gaps[-1]], ""
    else:
        ending = "…"[:width]
    found: list[Piece] = []
    for words, style in pieces:
        found.append((words[: len(left)], style))
        left = left[len(words) :]
        if not left:
            break
    return [*found, (ending, "")]


def wrapped(pieces: Sequence[Piece], width: int, rows: int) -> list[list[Piece]]:
    """The pieces over at most `rows` rows of at most `width` cells, broken between words; what does not fit is cut."""
    found: list[list[Piece]] = [[]]
    room = width
    for words, style in pieces:
        for word in re.findall(r"\s*\S+|\s+", words):
            plain = word if found[-1] else word.lstrip()
            if cell_len(plain.rstrip()) > room:
                if len(found) == rows:
                    gap = plain[: len(plain) - len(plain.lstrip())]
                    found[-1].append((gap + one_line(plain, room - len(gap)) if room > len(gap) else "…"[:room], style))
                    return found
                found.append([])
                room, plain = width, one_line(word, width)
            found[-1].append((plain, style))
            room -= cell_len(plain)
    return found


class Bar(LineWidget):
    """A row of pieces from the left and from the right; what does not fit is left out from the end of the left."""

    DEFAULT_CSS = """
    Bar {
        height: 1;
        width: 1fr;
        background: $bar-surface;
        color: $foreground;
    }
    """
    left: reactive[tuple[Piece, ...]] = reactive(())
    right: reactive[tuple[Piece, ...]] = reactive(())

    def _strip(self, pieces: Sequence[Piece]) -> Strip:
        base = self.base_style
        return Strip([Segment(words, base + self.named_style(name) if name else base) for words, name in pieces])

    def render_line(self, y: int) -> Strip:
        width, base = self.drawn_size.width, self.base_style
        right = self._strip(self.right)
        left = self._strip(kept_whole(self.left, max(0, width - right.cell_length - bool(right.cell_length))))
        return Strip.join([left.crop_extend(0, width - right.cell_length, base), right]).crop_extend(0, width, base)


class PaneHeader(Bar):
    """Number, name and date of a source; on the right how far it is read, or why it does not follow."""

    DEFAULT_CSS = """
    PaneHeader { background: $panel; }
    PaneHeader.-active { background: $cursor-surface; }
    """


class ViewTabs(Bar):
    """The views by their digit; a click opens one."""

    class Chosen(Message):
        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, views: Sequence[tuple[str, str, str]], current: str) -> None:
        """`views` are `(digit, name, command id)`."""
        super().__init__()
        self._views = views
        self._current = current
        self._extents: list[tuple[int, int, str]] = []

    def on_resize(self) -> None:
        """Where not all names fit, the open view keeps its own and the others their digits."""
        gap = 3 if self.size.width >= sum(len(name) + 5 for _, name, _ in self._views) else 2
        short = self.size.width < sum(len(name) + 4 for _, name, _ in self._views)
        pieces: list[Piece] = [(" ", "")]
        self._extents = []
        at = 1
        for digit, name, command in self._views:
            here = command == self._current
            label = digit if short and digit and not here else f"{digit} {name}".strip()
            self._extents.append((at, at + len(label), command))
            pieces += [(label, "accent" if here else "dim"), (" " * gap, "")]
            at += len(label) + gap
        self.left = tuple(pieces)

    def on_click(self, event: object) -> None:
        x = getattr(event, "x", -1)
        for start, end, command in self._extents:
            if start <= x < end:
                self.post_message(self.Chosen(command))
