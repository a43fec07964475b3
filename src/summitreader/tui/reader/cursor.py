"""Moving in the leader and jumping over the story: by passage, page, link, quotation and divergence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping

from summitreader.comparison.model import Alone
from summitreader.tui.layout.marks import SpanSet
from summitreader.tui.reader.part import Reader, ReaderPart


class Cursor(ReaderPart):
    """Moves the cursor of the active pane."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self.reads_on = False
        """Whether the reader just went on by passage or by page."""

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "passage-next": lambda: self._step(1),
            "passage-previous": lambda: self._step(-1),
            "half-page-down": lambda: self._page(0.5),
            "half-page-up": lambda: self._page(-0.5),
            "page-down": lambda: self._page(1),
            "page-up": lambda: self._page(-1),
            "first": lambda: self._to_end(False),
            "last": lambda: self._to_end(True),
            "link-next": lambda: self._jump(self._linked(), 1, "linked passage in this source"),
            "link-previous": lambda: self._jump(self._linked(), -1, "linked passage in this source"),
            "quotation-next": lambda: self._jump(self._touched(self._quotations), 1, "quotation in this source"),
            "quotation-previous": lambda: self._jump(self._touched(self._quotations), -1, "quotation in this source"),
            "alone-next": lambda: self._jump(self._alone(), 1, "passage only in this source"),
            "alone-previous": lambda: self._jump(self._alone(), -1, "passage only in this source"),
        }

    # Where there is something to go to

    @property
    def _number(self) -> int:
        return self.deck.active.number

    @property
    def _quotations(self) -> SpanSet:
        return self.session.index.quotation_spans[self._number]

    def _linked(self) -> list[int]:
        count = len(self.session.sources[self._number].passages)
        return [n for n in range(count) if self.session.index.counterparts(self._number, n)]

    def _alone(self) -> list[int]:
        report = self.session.index.report
        states = report.alone[self._number] if report.alone else ()
        return [n for n, state in enumerate(states) if state is Alone.SURE]

    def _touched(self, spans: Iterable[tuple[int, int]], number: int | None = None) -> list[int]:
        source = self.session.sources[self._number if number is None else number]
        return sorted({source.passage_at(start) for start, _ in spans})

    # Going there

    def here(self) -> tuple[int, int]:
        return (self._number, self.deck.active.cursor)

    async def go(self, place: tuple[int, int], *, remember: bool = True) -> None:
        """Make the source of `place` lead, with the cursor on its passage."""
        if remember and place != self.here():
            self.reader.leave_behind(self.here())
        if place[0] != self._number:
            await self.deck.activate(place[0])
        self.reader.entering(place)
        self.deck.active.go_to(place[1])
        self.reader.moved()

    def _step(self, by: int) -> None:
        self.deck.active.step(by)
        self._went(by)

    def _page(self, by: float) -> None:
        self.deck.active.page(by)
        self._went(by)

    def _went(self, by: float) -> None:
        self.reads_on = by > 0
        self.reader.moved()
        self.reads_on = False

    def _jump(self, passages: list[int], by: int, what: str) -> object:
        cursor = self.deck.active.cursor
        ahead = [p for p in passages if (p > cursor if by > 0 else p < cursor)]
        if not ahead:
            self.say(f"No {'further' if by > 0 else 'earlier'} {what}{self._as_yet}.")
            return None
        return self.go((self._number, ahead[0] if by > 0 else ahead[-1]))

    @property
    def _as_yet(self) -> str:
        """What is to be added where something was not found, and may still be."""
        return " yet: still comparing" if self.session.doing else ""

    def _to_end(self, last: bool) -> None:
        self.reader.leave_behind(self.here())
        self.deck.active.to_end(last)
        self.reader.moved()

    async def to_counterpart(self) -> None:
        """To the counterpart in the next source that has one, round at the end."""
        found = self.session.index.counterparts(*self.here())
        if not found:
            self.say(f"No match found for this passage{self._as_yet}.")
            return
        after = [c for c in found if c.source > self._number] or found
        best = max((c for c in after if c.source == after[0].source), key=lambda c: c.score)
        await self.go((best.source, best.passage))


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


class WordSelection(ReaderPart):
    """Handlers of the commands that select."""

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "select-more": lambda: self._change(lambda text, span: grown(text, span, 1)),
            "select-less": lambda: self._change(lambda text, span: grown(text, span, -1)),
            "select-on": lambda: self._change(lambda text, span: slid(text, span, 1)),
            "select-back": lambda: self._change(lambda text, span: slid(text, span, -1)),
        }

    def _change(self, change: Callable[[str, Span], Span | None]) -> None:
        """Change the selection; where there is none, select the first word of the passage."""
        pane = self.deck.active
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
        self.reader.inspect()

    def _into_view(self, span: Span) -> None:
        """Let the cursor be where the selection begins, and its last word be seen."""
        pane = self.deck.active
        passage = pane.document.source.passage_at(span[0])
        if passage != pane.cursor:
            pane.go_to(passage)
        row = pane.wrap.row_at(span[1] - 1)
        if row >= pane.top + pane.size.height:
            pane.scroll_to_row(row - pane.size.height + 1)


def left_behind(selection: Span, passage: Span) -> bool:
    """Whether the cursor has gone to a passage that has no part in the selection."""
    return selection[0] >= passage[1] or selection[1] <= passage[0]
