"""Selecting with the keyboard, by words: one key lets the selection grow or shrink, another slides it along."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping

from summitreader.tui.widgets.pane_deck import PaneDeck

_ONE_EACH = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Letters of scripts that put no space between words: each is a step."""
_WORD = rf"[{_ONE_EACH}]|[^\W{_ONE_EACH}]+(?:['’.,\-][^\W{_ONE_EACH}]+)*"
"""Compiled when something is first selected, since the first screen need not wait for it."""
_AROUND = 20_000
"""Characters before and after the selection in which words are looked for."""

Span = tuple[int, int]


def words_near(text: str, at: int) -> list[Span]:
    """The words of `text` around offset `at`, in order."""
    low = max(0, at - _AROUND)
    while low > 0 and not text[low - 1].isspace():
        low -= 1
    return [match.span() for match in re.compile(_WORD).finditer(text, low, min(len(text), at + _AROUND))]


def grown(text: str, selection: Span, by: int) -> Span | None:
    """`selection` with a word more (1) or less (-1) at its end; None where nothing is left of it."""
    words = words_near(text, selection[1])
    ends = [end for _, end in words]
    if by > 0:
        at = bisect_right(ends, selection[1])
        return (selection[0], ends[at]) if at < len(ends) else selection
    at = bisect_left(ends, selection[1]) - 1
    return (selection[0], ends[at]) if at >= 0 and ends[at] > selection[0] else None


def slid(text: str, selection: Span, by: int) -> Span:
    """`selection` moved on (1) or back (-1) by a word; it keeps the number of its words."""
    words = words_near(text, selection[0])
    inside = [n for n, (start, end) in enumerate(words) if start < selection[1] and end > selection[0]]
    if not inside:
        return selection
    first, last = inside[0] + by, inside[-1] + by
    return (words[first][0], words[last][1]) if first >= 0 and last < len(words) else selection


class Selecting:
    """Handlers of the commands that select. `shown` is called when another stretch is selected."""

    def __init__(self, deck: PaneDeck, shown: Callable[[], None]) -> None:
        self.deck = deck
        self.shown = shown

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "select-more": lambda: self._change(lambda text, span: grown(text, span, 1)),
            "select-less": lambda: self._change(lambda text, span: grown(text, span, -1)),
            "select-on": lambda: self._change(lambda text, span: slid(text, span, 1)),
            "select-back": lambda: self._change(lambda text, span: slid(text, span, -1)),
        }

    def _change(self, change: Callable[[str, Span], Span | None]) -> None:
        """Change the selection; where there is none, select the first word of the passage."""
        pane = self.deck.leader
        source = pane.document.source
        if not source.passages:
            return
        start, end = pane.cursor_span()
        if pane.selection is not None:
            span = change(source.text, pane.selection)
        else:
            found = re.compile(_WORD).search(source.text, start, end)
            span = found.span() if found else (start, end)
        pane.select(span)
        if span is not None:
            self._into_view(span)
        self.shown()

    def _into_view(self, span: Span) -> None:
        """Let the cursor be where the selection begins, and its last word be seen."""
        pane = self.deck.leader
        passage = pane.document.source.passage_at(span[0])
        if passage != pane.cursor:
            pane.go_to(passage)
        row = pane.wrap.row_at(span[1] - 1)
        if row >= pane.top + pane.size.height:
            pane.scroll_to_row(row - pane.size.height + 1)


def left_behind(selection: Span, passage: Span) -> bool:
    """Whether the cursor has gone to a passage that has no part in the selection."""
    return selection[0] >= passage[1] or selection[1] <= passage[0]
