"""Words that can be read on whatever they lie on, where a theme has only the sixteen colours of the terminal.

What lies on a word adds up: the green of a quotation on the green of a highlight. A theme of many colours is chosen so
that every such sum is legible; of sixteen, some are not, and there the word is drawn in black or white.
"""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_XTERM = (
    *("#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5"),
    *("#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"),
)
"""What a terminal of no other mind makes of the sixteen; those of other terminals are about as light."""

_LEAST = 3.0
"""Contrast between a word and its surface, by WCAG 2: what is asked of large or bold letters."""


class Legible(LineFilter):
    """Draws in black or white what could not be read in its colour."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(text, style if style is None else legible(style), control) for text, style, control in segments]


@lru_cache(1024)
def legible(style: Style) -> Style:
    """`style`, its letters in black or white where they and their surface are two of the sixteen, and too alike."""
    letters, surface = _number(style.color), _number(style.bgcolor)
    if letters is None or surface is None or contrast(letters, surface) >= _LEAST:
        return style
    best = max((0, 15), key=lambda number: contrast(number, surface))
    return style + Style(color=RichColor.from_ansi(best))


def contrast(one: int, other: int) -> float:
    """Between two of the sixteen colours, 1 to 21: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio"""
    lights = sorted((_luminance(_XTERM[one]), _luminance(_XTERM[other])))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    shares = [part / 255 for part in Color.parse(colour).rgb]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _number(colour: RichColor | None) -> int | None:
    return colour.number if colour is not None and colour.type is ColorType.STANDARD else None
