"""What is sent to the terminal, without what it shows already.

Textual sends each region that changed whole, with all colours named anew for every run of letters. Over a slow line
that is felt: here the cells that the terminal was told are kept, and of a frame only those that differ are sent on,
with only what changes in the style. What is not a place, a style or text is passed on as it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import cell_len

from summitreader.tui.terminal.placing import is_steady

_PLACE = re.compile(r"\x1b\[(\d+);(\d+)H")
_TOKEN = re.compile(
    r"\x1b\[(?P<style>[\d;]*)m|(?P<text>[^\x00-\x1f\x7f]+)|(?P<end>\r?\n)"
    r"|(?P<quiet>\x1b\[\?(?:2026|25)[hl]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\))|(?P<other>\x1b\[[^@-~]*[@-~]|[\x00-\x1f\x7f])"
)
_FRAME_ENDS = "\x1b[?2026l"
_OFF = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 7: 27, 8: 28, 9: 29, 21: 24, 53: 55}
"""What ends an attribute: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html, SGR."""
_SEEN_ON_BLANKS = frozenset({4, 7, 9, 21, 53})

_Style = tuple[frozenset[int], str, str]
"""Attributes, and the parameters that set the colour of the letters and of what is behind them; empty for default."""
_PLAIN: _Style = (frozenset(), "", "")
_Row = tuple[list[str | None], list[_Style]]


class Thinning:
    """The cells of a terminal as it was told them, None where they are not known. A word that terminals may measure
    differently is one piece: in the first of its cells, with empty ones behind it."""

    def __init__(self) -> None:
        self._rows: dict[int, _Row] = {}
        self._last: dict[int, tuple[int, str]] = {}
        """Of each row the column and the words of what was drawn in it last."""
        self._at = (0, 0)
        """Where the terminal stands; (0, 0) where that is not known."""
        self._worn = _PLAIN

    def forget(self) -> None:
        """Know nothing of what the terminal shows: it was resized, or another program wrote on it."""
        self._rows.clear()
        self._last.clear()
        self._at = (0, 0)

    def thinned(self, frame: str) -> str:
        """`frame` without what the terminal shows already. What it draws begins with its place and in no style."""
        sent: list[str] = []
        head, *placed = _PLACE.split(frame)
        self._draw(0, 0, head, sent)
        for row, column, words in zip(map(int, placed[::3]), map(int, placed[1::3]), placed[2::3], strict=True):
            if not words or words.startswith(_FRAME_ENDS):
                self._go(row, column, sent)  # where the cursor is to stand
            if self._last.get(row) != (column, words):
                self._last[row] = (column, words)
                self._draw(row, column, words, sent)
        self._wear(_PLAIN, sent)
        return "".join(sent)

    def _draw(self, row: int, column: int, words: str, sent: list[str]) -> None:
        style = _PLAIN
        for token in _TOKEN.finditer(words):
            kind = token.lastgroup
            if kind == "style":
                style = styled(style, token["style"])
            elif kind == "text" and row:
                text = token["text"]
                cells = cell_len(text)
                if cells:
                    self._write(row, column, text, cells, style, sent)
                column += cells
            elif kind != "end" or not row:  # what does more than draw is passed on, at its place and in no style
                self._wear(_PLAIN, sent)
                if kind != "quiet":
                    if row:
                        self._go(row, column, sent)
                    self.forget()
                sent.append(token[0])

    def _go(self, row: int, column: int, sent: list[str]) -> None:
        if self._at != (row, column):
            sent.append(f"\x1b[{row};{column}H")
            self._at = (row, column)

    def _wear(self, style: _Style, sent: list[str]) -> None:
        if style != self._worn:
            sent.append(change(self._worn, style))
            self._worn = style

    def _write(self, row: int, column: int, text: str, cells: int, style: _Style, sent: list[str]) -> None:
        """Send what of `text`, which takes so many cells, the row does not show yet."""
        if not text.strip(" "):
            style = blank(style)
        letters, styles = self._rows.setdefault(row, ([], []))
        end = column + cells
        if len(letters) < end:
            styles.extend([_PLAIN] * (end - len(letters)))
            letters.extend([None] * (end - len(letters)))
        is_whole = not (text.isascii() or (cells == len(text) and all(map(is_steady, text))))
        wanted: list[str | None] = [text, *[""] * (cells - 1)] if is_whole else list(text)
        shown = letters[column:end]
        wears = [style] * cells
        if shown == wanted and styles[column:end] == wears:
            return
        first, last = column, end
        if not is_whole:
            worn = styles[column:end]
            while shown[first - column] == wanted[first - column] and worn[first - column] == style:
                first += 1
            while shown[last - column - 1] == wanted[last - column - 1] and worn[last - column - 1] == style:
                last -= 1
        self._break(letters, first)
        self._break(letters, last)
        letters[column:end] = wanted
        styles[column:end] = wears
        self._go(row, first, sent)
        self._wear(style, sent)
        sent.append(text if is_whole else text[first - column : last - column])
        self._at = (row, last)

    @staticmethod
    def _break(letters: list[str | None], at: int) -> None:
        """Know nothing of a piece that begins before `at` and goes on there: a terminal empties what is left of it."""
        if at >= len(letters) or letters[at] != "":
            return
        start, end = at, at
        while start and letters[start] == "":
            start -= 1
        while end < len(letters) and letters[end] == "":
            end += 1
        letters[start:end] = [None] * (end - start)


@lru_cache(4096)
def styled(style: _Style, parameters: str) -> _Style:
    """`style` after a sequence that selects a graphic rendition (SGR) with these parameters."""
    on, letters, behind = style
    words = iter(parameters.split(";"))
    for word in words:
        number = int(word or 0)
        if number == 0:
            on, letters, behind = _PLAIN
        elif number in (38, 48):
            mode = next(words, "")
            colour = ";".join([word, mode, *(next(words, "0") for _ in range(3 if mode == "2" else 1))])
            letters, behind = (colour, behind) if number == 38 else (letters, colour)
        elif number in (39, 49):
            letters, behind = ("", behind) if number == 39 else (letters, "")
        elif 30 <= number <= 37 or 90 <= number <= 97:
            letters = word
        elif 40 <= number <= 47 or 100 <= number <= 107:
            behind = word
        elif number in _OFF.values():
            on -= {attribute for attribute, off in _OFF.items() if off == number}
        else:
            on |= {number}
    return on, letters, behind


@lru_cache(1024)
def blank(style: _Style) -> _Style:
    """What of a style is seen on a blank."""
    on, letters, behind = style
    seen = on & _SEEN_ON_BLANKS
    return (seen, letters if seen else "", behind)


@lru_cache(4096)
def change(old: _Style, new: _Style) -> str:
    """The shortest sequence that takes a terminal from one style to another."""
    anew = ["0", *map(str, sorted(new[0])), *filter(None, new[1:])]
    ended = {_OFF.get(attribute, 0) for attribute in old[0] - new[0]}
    if 0 in ended:
        return f"\x1b[{';'.join(anew)}m"
    begun = {attribute for attribute in new[0] if attribute not in old[0] or _OFF.get(attribute) in ended}
    parts = [*map(str, sorted(ended)), *map(str, sorted(begun))]
    for before, after, default in ((old[1], new[1], "39"), (old[2], new[2], "49")):
        if before != after:
            parts.append(after or default)
    return f"\x1b[{min(';'.join(parts), ';'.join(anew), key=len)}m"
