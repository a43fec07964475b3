"""How many cells a character takes: Rich's table, with the signs that stand beside a letter put right.

Rich reckons no cell for a spacing mark (Unicode category Mc: most vowel signs of Devanagari, Bengali, Tamil, Burmese).
Terminals give it one, as the tables of `wcwidth` do again, so each such sign moved the rest of its row. The
table is Rich's own, and all that counts cells with Rich or Textual (wrapping, offsets, drawing) asks it; here it is
put right once, for all of them. A character of which terminals disagree has the most cells that one gives it: what is
drawn is then never drawn over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from rich import cells
from rich.cells import cell_len, split_graphemes

_WIDE = ((0x3248, 0x324F),)
"""Circled numbers on black squares, which Unicode leaves open and terminals draw wide."""

_NO_MARKS = 0xE0000
"""From here on there are tags and selectors, and no marks of a script."""

Range = tuple[int, int, int]
"""First and last code point, and the cells that each takes."""


def put_right() -> None:
    """Let Rich reckon with `terminal_widths` from here on; a second call changes nothing."""
    load = vars(cells)["load_cell_table"]
    table = load()
    if any(start <= 0x93E <= end and width == 0 for start, end, width in table.widths):
        right = table._replace(widths=tuple(terminal_widths(table.widths)))
        vars(cells)["load_cell_table"] = lambda version="auto": right if version == "auto" else load(version)
        cells.get_character_cell_size.cache_clear()
        cells.cached_cell_len.cache_clear()


def terminal_widths(widths: Iterable[Range]) -> list[Range]:
    """`widths`, in order of code points and of what is not one cell wide, as terminals have them."""
    return sorted([*_without_spacing_marks(widths), *((start, end, 2) for start, end in _WIDE)])


def _without_spacing_marks(widths: Iterable[Range]) -> Iterator[Range]:
    for start, end, width in widths:
        if width or start >= _NO_MARKS:
            yield start, end, width
            continue
        first = start
        for code in range(start, end + 1):
            character = chr(code)
            if unicodedata.category(character) == "Mc":
                if first < code:
                    yield first, code - 1, 0
                if unicodedata.east_asian_width(character) in "WF":
                    yield code, code, 2
                first = code + 1
        if first <= end:
            yield first, end, 0


NOTHING = "\u200b"
"""Stands for a character that is not drawn: it takes no cell, and every offset stays that of the text."""
_PICTURE = "\u203c-\u3299\U0001f000-\U0001faff"
_UNSTEADY = re.compile(
    f"[{_PICTURE}#*0-9\u00a9\u00ae](?:\ufe0f|\u20e3|\u200d|[\U0001f3fb-\U0001f3ff]|[\U000e0020-\U000e007f])"
)


def steady(text: str) -> str:
    """`text` in as many cells as `rich.cells.cell_len` counts, in every terminal as far as pictures go.

    Where the cells of the clusters do not add up to those of the whole (a joiner with nothing before it), it is left.
    """
    if text.isascii():
        return text
    text = text.replace(NOTHING, "") if NOTHING in text else text
    if not _UNSTEADY.search(text):
        return text
    drawn = "".join(_one(text[start:end], width) for start, end, width in split_graphemes(text)[0])
    return drawn if cell_len(drawn) == cell_len(text) else text


def _one(cluster: str, width: int) -> str:
    if len(cluster) == 1 or not _UNSTEADY.match(cluster):
        return cluster
    first = cluster[0]
    return first + " " * max(0, width - cell_len(first))
