"""What draws itself line by line: no border, no padding, and so no need of Textual's general styles cache.

That cache costs more for each line than drawing it does here (measured: 0.3 ms a line against 0.05 ms), and a step of
the cursor draws some sixty lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from summitreader.tui.layout.steady import steady
from summitreader.tui.widgets.harmless import Harmless

if TYPE_CHECKING:
    from summitreader.tui.app import SummitApp


def _steady(strip: Strip) -> Strip:
    """The same strip where nothing on it shifts the rest of the row in some terminals."""
    if all(segment.text.isascii() or steady(segment.text) is segment.text for segment in strip):
        return strip
    return Strip([Segment(steady(text), style, control) for text, style, control in strip], strip.cell_length)


class LineWidget(Widget):
    """A widget whose `render_line` returns a whole line, in the styles of the app's palette."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._base_style: Style | None = None
        self._palette: dict[str, Style] | None = None
        self.drawn_size = Size(0, 0)
        """The size that is being drawn; asking Textual for it costs more than a line."""

    @property
    def size(self) -> Size:
        """Cells to draw in, which are all that the widget has. Textual looks for them in the layout each time; a key
        asks some two hundred times."""
        return self.outer_size

    def render_lines(self, crop: Region) -> list[Strip]:
        self.drawn_size = self.size
        width = self.drawn_size.width
        strips = [_steady(self.render_line(y)) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            if isinstance(line_filter, Harmless):
                continue  # what is drawn line by line has passed the gate of texts
            if isinstance(line_filter, ANSIToTruecolor) and not cast("SummitApp", self.app).current_theme.ansi:
                continue  # the palette holds no such colours then
            background = self.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._base_style = self._palette = None

    @property
    def base_style(self) -> Style:
        """The widget's own colours."""
        if self._base_style is None:
            self._base_style = self.rich_style
        return self._base_style

    def named_style(self, name: str) -> Style:
        """What the palette's style of that name adds to the base style."""
        if self._palette is None:
            self._palette = cast("SummitApp", self.app).palette
        return self._palette[name]
