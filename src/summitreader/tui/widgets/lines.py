"""What draws itself line by line: no border, no padding, and so no need of Textual's general styles cache.

That cache costs more for each line than drawing it does here (measured: 0.3 ms a line against 0.05 ms). Textual asks a
widget for all of its lines when one of them changed, and every widget beside it too: a line is made once, and again
when it was said to have changed (`refresh`), or when what all lines depend on is another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

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
        self._standing: dict[int, Strip] = {}
        """By row, the lines that stand; `_standing_for` is what all of them depend on."""
        self._standing_for: tuple[object, ...] = ()

    @property
    def size(self) -> Size:
        """Cells to draw in, which are all that the widget has. Textual looks for them in the layout each time; a key
        asks some two hundred times."""
        return self.outer_size

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw anew the lines that `regions`, in the widget's own cells, touch; without any, all of them."""
        if not regions:
            self._standing.clear()
        for region in regions:
            for y in region.line_range:
                self._standing.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def forget_lines(self) -> None:
        """Let all lines be made anew where they are asked for, without saying that they changed."""
        self._standing.clear()

    def before_lines(self) -> None:
        """Called before lines are drawn, and not where all that are asked for stand already."""

    def render_lines(self, crop: Region) -> list[Strip]:
        app = self.app
        filters = self.get_line_filters()
        lines_of = (self.size, app.theme, *filters)
        if lines_of != self._standing_for:
            self._standing_for = lines_of
            self._standing.clear()
        wanted = crop.line_range
        lines = self._standing
        missing = [y for y in wanted if y not in lines]
        if missing:
            self.drawn_size = self.size
            self.before_lines()
            # What is drawn line by line has passed the gate of texts, and most palettes hold no colours of a terminal.
            idle = ControlCharFilter if app.current_theme.ansi else (ControlCharFilter, ANSIToTruecolor)
            at_work = [line_filter for line_filter in filters if not isinstance(line_filter, idle)]
            for y in missing:
                strip = _steady(self.render_line(y))
                for line_filter in at_work:
                    strip = strip.apply_filter(line_filter, self.background_colors[1])
                lines[y] = strip
        strips = [lines[y] for y in wanted]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._base_style = self._palette = None
        self._standing.clear()

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
