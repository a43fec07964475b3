"""What draws itself line by line: no border, no padding, and so no need of Textual's general styles cache.

That cache costs more for each line than drawing it does here (measured: 0.3 ms a line against 0.05 ms).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from summitreader.tui.context import context_of
from summitreader.tui.layout.cells import steady
from summitreader.tui.terminal.filters import ControlCharFilter


def _steady(strip: Strip) -> Strip:
    """The same strip where nothing on it shifts the rest of the row in some terminals."""
    if all(segment.text.isascii() or steady(segment.text) is segment.text for segment in strip):
        return strip
    return Strip([Segment(steady(text), style, control) for text, style, control in strip], strip.cell_length)


def merged(pieces: Iterable[Segment]) -> list[Segment]:
    """The same cells in as few segments as there are changes of style: each costs some forty bytes on the wire."""
    segments: list[Segment] = []
    text, style = "", None
    for piece in pieces:
        if not piece.text:
            continue
        if piece.style is style or piece.style == style:
            text += piece.text
            continue
        if text:
            segments.append(Segment(text, style))
        text, style = piece.text, piece.style
    if text:
        segments.append(Segment(text, style))
    return segments


class Transparent:
    """Of a container that its children cover: it has nothing to draw, and Textual nothing to cut up beneath them.

    Where there are none for a moment the screen shows its own background. No widget itself, since a widget's styles
    come from the first of its bases that is one.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        return []


class LineWidget(Widget):
    """A widget whose `render_line` returns a whole line, in the styles of the app's palette.

    What changes a line says so by `refresh`, with the region that it lies in or without for all of them.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._base_style: Style | None = None
        self._palette: Mapping[str, Style] | None = None
        self.drawn_size = Size(0, 0)
        """The size that is being drawn; asking Textual for it costs more than a line."""
        self._styled_for: tuple[object, ...] = ()

    @property
    def size(self) -> Size:
        """Cells to draw in, which are all that the widget has. Textual looks for them in the layout each time; a key
        asks some two hundred times."""
        return self.outer_size

    def before_lines(self) -> None:
        """Called before lines are drawn."""

    def render_lines(self, crop: Region) -> list[Strip]:
        app = self.app
        filters = self.get_line_filters()
        self.drawn_size = self.size
        self.before_lines()
        # What is drawn line by line has passed the gate of texts, and most palettes hold no colours of a terminal.
        idle = ControlCharFilter if app.current_theme.ansi else (ControlCharFilter, ANSIToTruecolor)
        at_work = [line_filter for line_filter in filters if not isinstance(line_filter, idle)]
        strips = []
        for y in crop.line_range:
            strip = _steady(self.render_line(y))
            for line_filter in at_work:
                strip = strip.apply_filter(line_filter, self.background_colors[1])
            strips.append(strip)
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def notify_style_update(self) -> None:
        super().notify_style_update()
        styled_for = (self.app.theme, self.rich_style)
        if styled_for != self._styled_for:
            self._styled_for = styled_for
            self._base_style = self._palette = None
            self.restyled()

    def restyled(self) -> None:
        """Called when the theme or the widget's own colours are others: what was drawn in them is to be forgotten."""

    @property
    def base_style(self) -> Style:
        """The widget's own colours."""
        if self._base_style is None:
            self._base_style = self.rich_style
        return self._base_style

    def named_style(self, name: str) -> Style:
        """What the palette's style of that name adds to the base style."""
        if self._palette is None:
            self._palette = context_of(self.app).palette
        return self._palette[name]
