"""The last gate before the terminal: what Textual's own widgets draw holds no character that steers one.

Texts of sources pass `text/gate.py` when they are loaded, and keep a visible mark for each such character. What stands
in an `Input` or a `TextArea` (an imported note, something pasted) must be kept as it is; these widgets would send
it to the terminal as it is, too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields
from functools import lru_cache

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from summitreader.tui.layout.marks import ASCII, UNICODE

_STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
"""C0, DEL, C1, and what turns the order of words. Each takes no cell, so leaving them out moves nothing."""


class ControlCharFilter(LineFilter):
    """Leaves out of every line what would steer the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if not any(_STEERS.search(segment.text) for segment in segments):
            return segments
        return [Segment(_STEERS.sub("", text), style, control) for text, style, control in segments]


_XTERM = (
    *("#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5"),
    *("#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"),
)
"""What a terminal of no other mind makes of the sixteen; those of other terminals are about as light."""

_LEAST = 3.0
"""Contrast between a word and its surface, by WCAG 2: what is asked of large or bold letters."""


class ContrastFilter(LineFilter):
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


_DEFAULT = RichColor.parse("default")
_QUIET = frozenset({None, 0, 7, 8, 15})
"""The numbers of black, the greys and white: as a surface they are no more than the page."""


class MonochromeFilter(LineFilter):
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


_MARKS: dict[str, str] = {UNICODE.marks[mark]: ASCII.marks[mark] for mark in UNICODE.marks} | {
    getattr(UNICODE, field.name): getattr(ASCII, field.name) for field in fields(UNICODE) if field.name != "marks"
}
_SIGNS = {
    **dict.fromkeys("“”„«»‟″", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("‐‑‒–—―−─━┄┅┈┉═╌╍╶╸╺", "-"),
    **dict.fromkeys("→›▸▶►⇒⟶⏵", ">"),
    **dict.fromkeys("←‹◂◀◄⇐⟵⏴", "<"),
    **dict.fromkeys("↑▴▲⇑", "^"),
    **dict.fromkeys("↓▾▼⇓", "v"),
    **dict.fromkeys("•∙‧", "."),
    **dict.fromkeys("✓✔☑", "+"),
    **dict.fromkeys("✗✘×∅☒", "x"),
    **dict.fromkeys("║▐▎▏▕┆┇┊┋", "|"),
    **dict.fromkeys("█▓▉▊▋▍", "#"),
    **dict.fromkeys("░▒", "."),
    **dict.fromkeys("▁▂▃▄▅▆▇▔▀", " "),
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬", "+"),
    "⇄": "=",
    "↔": "=",
    "⟨": "<",
    "⟩": ">",
    "¶": "P",
    "★": "*",
    "☆": "*",
    "⏎": "J",
}
_TABLE: dict[str, str] = _SIGNS | {glyph: plain for glyph, plain in _MARKS.items() if not glyph.isascii()}
_JOINED = "[^\x00-\x1f\x7f](?:[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d.)+"
"""A sign with what makes one picture of it and the signs after it, which takes other cells than they do one by one."""
_SIGN = re.compile(_JOINED + "|[…" + re.escape("".join(_TABLE)) + "\u2190-\u2bff\u2400-\u243f]|[^\x00-\x7f]")


class AsciiFilter(LineFilter):
    """Draws signs in ASCII, and of the letters those that `encoding` has not, too."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.text.isascii() for segment in segments):
            return segments
        encoding = self._encoding
        return [Segment(in_ascii(text, encoding), style, control) for text, style, control in segments]


@lru_cache(4096)
def in_ascii(text: str, encoding: str = "utf-8") -> str:
    """`text` in as many cells, its signs in ASCII; letters that `encoding` has not as the nearest that it has, or `?`.

    An ellipsis that ends the text says that more was cut: it becomes `>`, one that begins it `<`.
    """
    if text.isascii():
        return text
    end = len(text.rstrip())

    def plain(found: re.Match[str]) -> str:
        sign = found[0]
        if len(sign) > 1:
            return "?" * cell_len(sign) if _is_drawn(sign[0]) or not _has(encoding, sign) else sign
        if sign == "…":
            return "<" if found.start() == 0 < end - 1 else ">" if found.end() == end else "."
        if sign in _TABLE:
            return _TABLE[sign]
        if _is_drawn(sign):
            return "?" if unicodedata.category(sign) != "Sc" else _encoded(sign, encoding)
        return _encoded(sign, encoding)

    drawn = _SIGN.sub(plain, text)
    more = cell_len(text) - cell_len(drawn)
    return drawn + " " * more if more >= 0 else "?" * cell_len(text)


def _is_drawn(sign: str) -> bool:
    """Whether a character is a sign that a plain font may lack: a narrow one, and no letter."""
    return unicodedata.category(sign)[0] == "S" and cell_len(sign) == 1 and ord(sign) >= 0x2000


def _has(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _encoded(sign: str, encoding: str) -> str:
    if _has(encoding, sign):
        return sign
    letter = unicodedata.normalize("NFKD", sign)[0]
    cells = cell_len(sign)
    return letter if letter.isascii() and cells == 1 else "?" * cells
