"""One coordinator moves the followers when the active pane moves, and outlines the counterparts in all panes at once.

It is the only place that scrolls a pane on another's behalf. Followers never answer, so nothing can go round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from summitreader.tui.layout.marks import SpanSet
from summitreader.tui.layout.panes import Layout, Lock, nearest_passage, top_row
from summitreader.tui.reader.part import Reader, ReaderPart
from summitreader.tui.story.index import Counterpart
from summitreader.tui.story.inspection import shared_spans
from summitreader.tui.widgets.pane_deck import PaneBox
from summitreader.tui.widgets.source_pane import SourcePane


class Follow(ReaderPart):
    """Keeps the followers of a deck where the active passage is told in them."""

    def __init__(self, reader: Reader, stays: Callable[[int], bool]) -> None:
        """`stays` says of a source that its pane shows a side of a divergence, and follows no link."""
        super().__init__(reader)
        self.lock = Lock.LINKED
        self._stays = stays

    def active_moved(self, *, scroll: bool = True) -> None:
        """Outline the counterparts of the active passage; with `scroll`, bring those that are linked and not on the
        screen into view."""
        active = self.deck.active
        by_source: dict[int, list[Counterpart]] = defaultdict(list)
        for counterpart in self.session.index.counterparts(active.number, active.cursor):
            by_source[counterpart.source].append(counterpart)
        own_words = [
            span for found in by_source.values() for c in found for span in shared_spans(c.link, active.document.source)
        ]
        active.set_emphasis(SpanSet(), SpanSet(own_words))
        for box in self.deck.shown:
            if box.pane is active:
                box.state = "held" if active.number in self.deck.held else ""
            else:
                self._follow(box, active, by_source.get(box.pane.number, []), scroll)
            box.update_header(box.pane is active)

    def _follow(self, box: PaneBox, active: SourcePane, counterparts: list[Counterpart], scroll: bool) -> None:
        pane, source = box.pane, box.pane.document.source
        outlined = [(source.passages[c.passage].start, source.passages[c.passage].end) for c in counterparts]
        words = [span for c in counterparts for span in shared_spans(c.link, source)]
        pane.set_emphasis(SpanSet(outlined), SpanSet(words))
        box.state = self._state(pane.number)
        if not scroll or pane.number in self.deck.held or self.lock is Lock.OFF or self._stays(pane.number):
            return
        if self.deck.arrangement is Layout.ROWS:
            pane.scroll_to_row(active.top)
        elif self.lock is Lock.PROPORTIONAL:
            room = max(1, active.rows - active.size.height)
            pane.scroll_to_row(round((pane.rows - pane.size.height) * active.top / room))
            return
        linked = [(c.score, c.passage) for c in counterparts if c.link is not None]
        passage = nearest_passage(linked, pane.cursor, len(source.passages))
        if passage is None:
            return
        if self.deck.arrangement is Layout.ROWS:
            pane.put_cursor(passage)
            return
        place = active.place()
        screen_row = max(0, min(active.screen_row, active.size.height - 1))
        pane.cursor = passage
        wrap = pane.wrap
        rows = wrap.rows_of(*pane.cursor_span())
        if pane.top <= rows.start and rows.stop <= pane.top + pane.size.height:
            pane.kept_row = pane.screen_row
            return  # it is on the screen: a pane that stays is easier to read
        below = max(0, len(rows) - (pane.size.height - screen_row)) if len(rows) < pane.size.height else 0
        wanted = rows.start + int(place.share * len(rows))
        pane.scroll_to_row(top_row(wanted, max(0, screen_row - below), len(wrap), pane.size.height))

    def _state(self, number: int) -> str:
        """Why the pane never follows; it says nothing that changes with the cursor."""
        if number in self.deck.held:
            return "held"
        index = self.session.index
        return "" if index.is_comparable(number) else f"not compared{index.not_compared(number) and ': other language'}"
