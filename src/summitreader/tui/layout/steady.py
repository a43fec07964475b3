"""Clusters on whose width terminals disagree, drawn so that what stands to their right keeps its column.

A family joined of four people takes two cells in one terminal and eight in another; a heart with the selector that asks
for its picture takes one or two. Of such a cluster the first character is drawn, which all terminals know, and the
cells that were reckoned for the whole are filled. Only what is drawn changes: the text is copied and exported as it is.
"""

from __future__ import annotations

import re

from rich.cells import cell_len, split_graphemes

_PICTURE = "\u203c-\u3299\U0001f000-\U0001faff"
_UNSTEADY = re.compile(
    f"[{_PICTURE}#*0-9\u00a9\u00ae](?:\ufe0f|\u20e3|\u200d|[\U0001f3fb-\U0001f3ff]|[\U000e0020-\U000e007f])"
)


def steady(text: str) -> str:
    """`text` in as many cells as `rich.cells.cell_len` counts, in every terminal as far as pictures go.

    Where the cells of the clusters do not add up to those of the whole (a joiner with nothing before it), it is left.
    """
    if text.isascii() or not _UNSTEADY.search(text):
        return text
    drawn = "".join(_one(text[start:end], width) for start, end, width in split_graphemes(text)[0])
    return drawn if cell_len(drawn) == cell_len(text) else text


def _one(cluster: str, width: int) -> str:
    if len(cluster) == 1 or not _UNSTEADY.match(cluster):
        return cluster
    first = cluster[0]
    return first + " " * max(0, width - cell_len(first))
