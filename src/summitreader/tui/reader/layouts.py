"""The three layouts of the reader: going through them, what each needs when panes or places change, and the margin.

Panes are as the deck has them. In the margin layout one source stands alone, and what the others tell is beside it or
opened below its passage. In rows the panes take plans in which counterparts stand on one row, and scroll as one.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from rich.segment import Segment

from summitreader.comparison.model import letter_of
from summitreader.tui.layout.panes import Layout, Lock, following
from summitreader.tui.layout.plan import Change, RowMap, RowPlan, Track, in_step, steps_of
from summitreader.tui.reader.cursor import Cursor
from summitreader.tui.reader.follow import Follow
from summitreader.tui.reader.part import Reader, ReaderPart
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.inspection import name_of
from summitreader.tui.widgets.bars import Choice, one_line
from summitreader.tui.widgets.margin_drawing import Line
from summitreader.tui.widgets.source_pane import SourcePane

_INDENT = 3
"""Cells that stay free before what is opened below a passage."""


class Layouts(ReaderPart):
    """Handlers of the commands that change the layout, and of those that go through the margin."""

    def __init__(self, reader: Reader, follow: Follow, cursor: Cursor) -> None:
        super().__init__(reader)
        self.follow = follow
        self.cursor = cursor
        self._margin = self.deck.margin_box.margin
        self._steps: tuple[StoryIndex, dict[tuple[int, int], Pairs]] | None = None
        """Of the comparison: the passages that may share a row, by two sources."""
        self._plans: tuple[StoryIndex, dict[tuple[int, int], RowPlan]] | None = None
        """Of the comparison: the plans of the panes in rows, by number and width, until one has another size."""
        self._below: tuple[object, RowPlan] | None = None
        """By what it depends on, the plan of the text in which entries are opened below the passage."""
        self._keeping = False
        self._offered = False
        self._shown_below: object = None
        """What was opened below a passage last, and on what it depends."""
        self._own_rows: set[int] = set()
        """The panes that were given rows by a layout."""
        self.deck.layouts = self

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "layout": self._next,
            "entry-next": lambda: self._choose(1),
            "entry-previous": lambda: self._choose(-1),
        }

    # Going through the layouts

    async def _next(self) -> None:
        await self.deck.lay_out(following(self.deck.arrangement))
        self.say(self._in_words())

    def _in_words(self) -> str:
        """Which layout is on, and what is to be known of it."""
        arrangement = self.deck.arrangement
        if arrangement is Layout.PANES:
            return "Panes: one source each, scrolling together."
        if arrangement is Layout.MARGIN:
            base = one_line(name_of(self.session.sources[self.deck.active_number]), 30)
            keys = "⟨pane-next⟩: other source · ⟨entry-next⟩: next entry"
            return f"Margin view of {base}. {keys}"
        shown = [box.pane.number for box in self.deck.shown]
        if len(shown) < 2:
            return "Rows needs a wider terminal."
        if not self.session.compared:
            return "Rows: matching passages are aligned as they are found."
        if not shared_order(self.session.index, shown):
            return "Rows: these sources differ in order, so only some matches are aligned."
        return "Rows: matching passages are side by side."

    # What each layout needs

    def arrange(self) -> None:
        """Give every pane the rows of the layout; called when panes were put in order."""
        deck = self.deck
        own: set[int] = set()
        self._plans = None
        self.show()
        for box in deck.shown:
            pane = box.pane
            if deck.arrangement is Layout.ROWS and len(deck.shown) > 1:
                pane.set_rows(partial(self._rows_in_step, pane))
                own.add(pane.number)
            elif deck.has_margin and not deck.margin_beside:
                pane.set_rows(partial(self._rows_with_entries, pane), partial(self._entry_line, pane))
                own.add(pane.number)
            elif pane.number in self._own_rows:
                pane.set_rows()
        for number in self._own_rows - own:
            if (hidden := deck.box(number)) is not None:
                hidden.pane.set_rows()
        self._own_rows = own
        self._keep_step(deck.active)

    def show(self) -> None:
        """Let the margin hold what is known now of the passage that is read."""
        deck = self.deck
        if not deck.has_margin:
            return
        self._margin.show(deck.active, self.session.index, self.session.compared, deck.chosen)
        if deck.margin_beside:
            self._show_header()
            return
        shown = (
            self.session.index,
            self.session.compared,
            tuple(deck.chosen),
            deck.active_number,
            self._margin.selected(),
        )
        if self._shown_below != shown:
            self._shown_below = shown
            deck.active.rows_changed(deck.active.kept_row)

    def index_changed(self) -> None:
        """A fuller comparison: other rows may be shared now; the passage that is read stays where it is."""
        if self.deck.arrangement is Layout.ROWS:
            for box in self.deck.shown:
                box.pane.rows_changed(box.pane.kept_row)
            self._keep_step(self.deck.active)

    def _show_header(self) -> None:
        """Whose entries the margin holds; a click makes a source the base."""
        index = self.session.index
        others = [n for n in self.deck.chosen if n != self.deck.active_number]
        names = [n for n in others if index.is_comparable(n)]
        unable = [letter_of(n) for n in others if n not in names]
        said = f"{', '.join(unable)} not compared " if unable else ""
        each = (self.deck.margin_box.size.width - len(said) - 2) // max(1, len(names)) - 4
        pieces: list[Choice] = [(" ", "", "")]
        for n in names:
            pieces.append((f"{letter_of(n)} ", "strong", f"source {n}"))
            if each >= 4:
                pieces.append((f"{one_line(name_of(index.sources[n]), each)}  ", "dim", f"source {n}"))
        self.deck.margin_box.header.show(pieces, [(said, "note", "")] if said else ())

    # The margin

    def _choose(self, by: int) -> None:
        """The next entry at the passage, or the one before, round at the ends."""
        if not self.deck.has_margin:
            self.say("This key works in the margin layout. ⟨layout⟩ changes the layout.")
            return
        entries = self._margin.here()
        if not entries:
            self.say("No match found in the other sources.")
            return
        self._margin.choose((self._margin.selected() + by) % len(entries))
        self.show()

    def choose_line(self, line: int) -> None:
        """Choose the entry that stands on a line of those opened below the passage."""
        entry = self._margin.entry_on_line(line, self._width_below(self.deck.active))
        if entry is not None:
            self._margin.choose(entry)
            self.show()

    async def open_entry(self) -> None:
        """Make the source of the chosen entry the base, at its passage; without a margin, go to a counterpart."""
        entries = self._margin.here() if self.deck.has_margin else ()
        if not entries:
            await self.cursor.to_counterpart()
            return
        entry = entries[self._margin.selected()]
        await self.cursor.go((entry.source, entry.first))

    def _width_below(self, pane: SourcePane) -> int:
        return max(1, min(pane.size.width - 1, pane.column_width + 8) - _INDENT)

    def _rows_with_entries(self, pane: SourcePane, width: int) -> RowMap:
        """The text passage by passage, and what the others tell below the one that is read."""
        wrap = pane.document.wrapped_by_passage(width)
        if pane is not self.deck.active or not pane.document.source.passages or not pane.size.width:
            return wrap
        lines = self._margin.opened(self._width_below(pane)).lines
        key = (wrap, pane.cursor, len(lines))
        if self._below is None or self._below[0] != key:
            after = wrap.rows_of(*pane.cursor_span()).stop
            self._below = (key, RowPlan(wrap, [Change(after, len(lines) + (len(lines) > 1))]))
        return self._below[1]

    def _entry_line(self, pane: SourcePane, line: int, width: int) -> Line:
        """Line `line` of what is opened below the passage, in `width` cells."""
        lines = self._margin.opened(self._width_below(pane)).lines
        drawn = [Segment(" " * _INDENT, pane.base_style), *lines[line]] if line < len(lines) else []
        used = sum(segment.cell_length for segment in drawn)
        return [*drawn, Segment(" " * (width - used), pane.base_style)] if used < width else drawn

    # Rows

    async def look_for_order(self) -> None:
        """Offer the rows in a sentence where the sources that stand side by side run in one order; once."""
        if self._offered or self.deck.arrangement is not Layout.PANES or len(self.deck.shown) < 2:
            return
        index = self.session.index
        shown = [box.pane.number for box in self.deck.shown]
        found = await asyncio.to_thread(shared_order, index, shown)
        self._offered = True  # only now: a fuller comparison takes the place of a look that is under way
        if found and self.deck.arrangement is Layout.PANES:
            a, b = found[0]
            self.say(
                f"{letter_of(a)} and {letter_of(b)} follow the same order: press ⟨layout⟩ twice to align them in rows."
            )

    def _pairs(self) -> dict[tuple[int, int], Pairs]:
        """Of the comparison as it is, the passages that may share a row, by two sources."""
        index = self.session.index
        if self._steps is None or self._steps[0] is not index:
            self._steps = (index, pairs_of(index))
        return self._steps[1]

    def _rows_in_step(self, pane: SourcePane, width: int) -> RowMap:
        """The text passage by passage, with rows between so that it keeps step with the others."""
        index = self.session.index
        if self._plans is not None and self._plans[0] is index and (pane.number, width) in self._plans[1]:
            return self._plans[1][pane.number, width]
        panes = [box.pane for box in self.deck.shown]
        if pane not in panes or not all(p.size.width for p in panes):
            return pane.document.wrapped_by_passage(width)
        self._plans = (index, self._in_step_with(panes))
        return self._plans[1][pane.number, width]

    def _in_step_with(self, panes: list[SourcePane]) -> dict[tuple[int, int], RowPlan]:
        """The plan of each pane: what is linked shares a row, as far as order allows; with the first pane first of all,
        then also among the others."""
        pairs = self._pairs()
        found: dict[tuple[int, int], Pairs] = {}
        for i, one in enumerate(panes):
            for j, other in enumerate(panes[i + 1 :], i + 1):
                a, b = one.number, other.number
                told = pairs.get((min(a, b), max(a, b)), [])
                found[i, j] = rising(sorted(told if a < b else [(q, p) for p, q in told]))
        steps = steps_of(len(panes), found)
        tracks, wraps, names = [], [], []
        for at, pane in enumerate(panes):
            names.append((pane.number, pane.text_width))
            wrap = pane.document.wrapped_by_passage(pane.text_width)
            passages = pane.document.source.passages
            rows = [(n, wrap.row_at(passages[step[at]].start)) for n, step in enumerate(steps) if at in step]
            tracks.append(Track(rows, len(wrap)))
            wraps.append(wrap)
        changes = in_step(tracks)
        return {name: RowPlan(wrap, own) for name, wrap, own in zip(names, wraps, changes, strict=True)}

    def scrolled(self, pane: SourcePane, by_reader: bool) -> None:
        """Let the margin stand beside the rows that are shown now, and panes in rows keep step."""
        if not by_reader:
            self._plans = None
        if self.deck.has_margin:
            self._margin.refresh()
        else:
            self._keep_step(pane if by_reader else self.deck.active)

    def _keep_step(self, pane: SourcePane) -> None:
        """In rows, scroll the other panes to where `pane` is."""
        deck = self.deck
        if deck.arrangement is not Layout.ROWS or self.follow.lock is Lock.OFF or self._keeping:
            return
        if not pane.size.height:
            return
        self._keeping = True
        for box in deck.shown:
            if box.pane is not pane and box.pane.number not in deck.held and box.pane.size.height:
                box.pane.scroll_to_row(pane.top)
        self._keeping = False


Pairs = list[tuple[int, int]]

FEWEST = 8
"""Fewer pairs say nothing about order: chance puts n of them in order once in n factorial."""
IN_ORDER = 0.85
"""The share of the pairs that must run in one order, as where the links are made; chance gives 2 / √n."""
COVERED = 0.35
"""The share of the shorter source's passages that must be in such a pair: two reports that share a lede do not."""


def pairs_of(index: StoryIndex) -> dict[tuple[int, int], Pairs]:
    """By two sources, the smaller number first: the pairs of passages that are each other's best, in order.

    Links are gone through once.
    """
    best: dict[tuple[int, int, int], tuple[float, int]] = {}
    for link in index.report.links:
        a, b = index.number[link.a.source], index.number[link.b.source]
        for here, there, p, q in ((a, b, link.a.passage, link.b.passage), (b, a, link.b.passage, link.a.passage)):
            rank = (link.score, -q)
            if (here, p, there) not in best or rank > best[here, p, there]:
                best[here, p, there] = rank
    found: dict[tuple[int, int], Pairs] = defaultdict(list)
    for (here, p, there), (_, minus_q) in best.items():
        back = best.get((there, -minus_q, here))
        if here < there and back is not None and back[1] == -p:
            found[here, there].append((p, -minus_q))
    return {sources: sorted(pairs) for sources, pairs in found.items()}


def rising(pairs: Pairs) -> Pairs:
    """The longest run of `pairs` that rises in both."""
    from summitreader.comparison.linking.order import longest_rising

    return longest_rising(pairs)


def shared_order(index: StoryIndex, chosen: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The pairs of `chosen` sources that run in one order."""
    found = []
    for (a, b), pairs in sorted(pairs_of(index).items()):
        if a not in chosen or b not in chosen:
            continue
        told = min(sum(index.sources[n].is_told(p) for p in range(len(index.sources[n].passages))) for n in (a, b))
        if len(pairs) >= max(FEWEST, COVERED * told) and len(rising(pairs)) >= IN_ORDER * len(pairs):
            found.append((a, b))
    return tuple(found)
