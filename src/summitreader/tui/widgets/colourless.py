"""No colours (NO_COLOR), in every kind of theme: drawn colours become greys, the terminal's own its default.

Textual chooses once, for the theme that it starts with, between the two; a theme of the terminal's own sixteen colours
then comes out black on black.
"""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_DEFAULT = RichColor.parse("default")
_QUIET = frozenset({None, 0, 7, 8, 15})
"""The numbers of black, the greys and white: as a surface they are no more than the page."""


class Colourless(LineFilter):
    """Takes the colours out of every line; weights, underlines and surfaces stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment(text, style if style is None else without_colour(style), control)
            for text, style, control in segments
        ]


@lru_cache(1024)
def without_colour(style: Style) -> Style:
    """The style in greys; a surface in one of the sixteen colours is drawn in reverse, since it has no grey."""
    surface = style.bgcolor
    reverse = surface is not None and surface.type is ColorType.STANDARD and surface.number not in _QUIET
    return style + Style(color=_grey(style.color), bgcolor=_grey(surface), reverse=reverse or None)


def _grey(colour: RichColor | None) -> RichColor | None:
    if colour is None:
        return None
    if colour.type in (ColorType.DEFAULT, ColorType.STANDARD):
        return _DEFAULT
    return Color.from_rich_color(colour).monochrome.rich_color
