"""Draws the card below the text: one line, or as many as a divergence needs, up to a third of the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from summitreader.tui.widgets.bars import Piece, one_line, wrapped
from summitreader.tui.widgets.lines import LineWidget, merged

_LINES_EACH = 2
"""Lines of the screen that one line of a card may wrap to."""


class Card(LineWidget):
    """Shows lines of pieces. Its height follows what it shows; what does not fit a third of the screen is cut."""

    DEFAULT_CSS = """
    Card {
        height: 1;
        background: $surface;
        color: $foreground;
    }
    """

    class Clicked(Message):
        """A line of what is shown was clicked, by its number."""

        def __init__(self, line: int) -> None:
            super().__init__()
            self.line = line

    def __init__(self) -> None:
        super().__init__(id="card")
        self.lines: tuple[tuple[Piece, ...], ...] = ()
        """What is shown, before it is wrapped."""
        self._rows: list[list[Piece]] = []
        self._line_of: list[int] = []
        """By row of the card, the line that it is of."""

    def show(self, lines: Sequence[Sequence[Piece]]) -> None:
        wanted = tuple(tuple(line) for line in lines)
        if wanted != self.lines:
            self.lines = wanted
            self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        width = max(8, self.app.size.width - 4)
        most = max(1, self.app.size.height // 3)
        rows: list[list[Piece]] = []
        self._line_of = []
        for n, line in enumerate(self.lines):
            folded = wrapped(line, width, _LINES_EACH if len(self.lines) > 1 else 1)
            self._line_of += [n] * len(folded)
            rows += [[("  ", ""), *row] if n or k else row for k, row in enumerate(folded)]
        self._rows = rows[:most]
        height = max(1, len(self._rows))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        if event.y < len(self._line_of):
            self.post_message(self.Clicked(self._line_of[event.y]))

    def render_line(self, y: int) -> Strip:
        width = self.drawn_size.width
        if y >= len(self._rows):
            return Strip.blank(width, self.base_style)
        segments = [Segment(" ", self.base_style)]
        room = width - 2
        for words, name in self._rows[y]:
            shown = one_line(words, room) if len(words) > room else words
            segments.append(Segment(shown, self.base_style + self.named_style(name) if name else self.base_style))
            room -= segments[-1].cell_length
            if room <= 0:
                break
        return Strip(merged(segments)).crop_extend(0, width, self.base_style)
