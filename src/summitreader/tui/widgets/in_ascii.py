"""Every mark and sign in ASCII, for terminals and fonts that have no others: the last thing done to a line.

Letters stay as they are, as far as the terminal's encoding has them. What is drawn takes as many cells as before. Only
what is shown is changed: copies, exports and notes have the words of the source.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from summitreader.tui.layout.glyphs import ASCII, UNICODE

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


class InAscii(LineFilter):
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
