"""What is sent to the terminal, with every word that terminals measure differently put at its column.

A row is sent from left to right, and where each part of it comes to stand depends on how many cells the terminal gives
what was before. Terminals differ in that for many scripts and pictures: one such word would move the ruler and the pane
beside it. After each, the terminal is told the column that was reckoned for what follows; its cells are emptied first,
so that nothing older shows where the terminal takes fewer of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from rich.cells import cell_len

_STEADY = (
    "\x00-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u0531-\u0556\u0561-\u0587\u05be\u05d0-\u05ea\u060c\u061b\u061f"
    "\u0620-\u064a\u0660-\u066f\u0671-\u06d5\u06f0-\u06f9\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u209c"
    "\u20a0-\u20c0\u2100-\u218b\u2190-\u2211\u2213-\u22ff\u23ce\u2400-\u2426\u2500-\u259f\u25a0-\u25fc\u270e\u2713-\u2718\u275b-\u2760\u27e8-\u27eb\u2800-\u28ff"
    "\u3000-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3220-\u3247\u3250-\u33ff"
    "\u3400-\u4dbf\u4e00-\ua48c\uac00-\ud7a3\uf900-\ufaff\uff01-\uff9d\uffe0-\uffee\U00020000-\U0003fffd"
)
"""What takes the same cells in all terminals, as long as no mark or selector follows it."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An unsteady sign; and an unsteady run, with what a mark or selector at its beginning belongs to.

    Compiled where a sign asks for it: that takes longer than a frame does.
    """
    word = f"[^\x00-\x20]?[^{_STEADY}](?:[^\x00-\x20]?[^{_STEADY}])*"
    return re.compile(f"[^{_STEADY}]"), re.compile(word)


def _ranges() -> tuple[list[str], list[str]]:
    """The first and the last of each range of `_STEADY`, in order."""
    signs = iter(_STEADY)
    found: list[list[str]] = []
    for sign in signs:
        if sign == "-":
            found[-1][1] = next(signs)
        else:
            found.append([sign, sign])
    found.sort()
    return [first for first, _ in found], [last for _, last in found]


_FIRST, _LAST = _ranges()


@lru_cache(maxsize=8192)
def is_steady(sign: str) -> bool:
    at = bisect_right(_FIRST, sign) - 1
    return at >= 0 and sign <= _LAST[at]


_PLACE = re.compile(r"\x1b\[(\d+);(\d+)H")
_SEQUENCE = re.compile(r"(\x1b\[[0-9;:?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\))")


def placed(sent: str) -> str:
    """`sent`, which draws rows from places that it names, with what follows an unsteady word at its own place."""
    if sent.isascii() or all(map(is_steady, set(sent))):
        return sent
    unsteady, _ = _patterns()
    places = list(_PLACE.finditer(sent))
    if not places:
        return sent
    parts = [sent[: places[0].start()]]
    for found, follow in zip(places, [*places[1:], None], strict=True):
        row = sent[found.end() : follow.start() if follow else len(sent)]
        parts.append(found[0])
        parts.extend(_row(row, int(found[1]), int(found[2])) if unsteady.search(row) else (row,))
    return "".join(parts)


def _row(row: str, line: int, column: int) -> Iterator[str]:
    """What is drawn from `column` of `line` on, both counted from 1; a row ends where the line does."""
    unsteady, run = _patterns()
    for piece in _SEQUENCE.split(row):
        if piece.startswith("\x1b") or not unsteady.search(piece):
            yield piece
            column += 0 if piece.startswith("\x1b") else cell_len(piece)
            continue
        at = 0
        for word in run.finditer(piece):
            before = piece[at : word.start()]
            column += cell_len(before)
            cells = cell_len(word[0])
            back = f"\x1b[{line};{column}H"
            column += cells
            yield f"{before}{' ' * cells}{back}{word[0]}\x1b[{line};{column}H"
            at = word.end()
        yield piece[at:]
        column += cell_len(piece[at:])
