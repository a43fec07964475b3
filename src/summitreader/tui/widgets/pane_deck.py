"""The panes: which sources stand side by side, which of them leads, which are held, and how many fit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Protocol

from textual import events
from textual.containers import Horizontal, Vertical
from textual.message import Message

from summitreader.comparison.model import letter_of
from summitreader.config.settings import Settings
from summitreader.config.state import Reading
from summitreader.text import BlockKind
from summitreader.tui.context import context_of
from summitreader.tui.layout.document import Document
from summitreader.tui.layout.panes import BESIDE, Layout, base_width
from summitreader.tui.story.card import day_in_words
from summitreader.tui.story.inspection import name_of
from summitreader.tui.widgets.bars import Choice, ChoiceBar, PaneHeader, one_line
from summitreader.tui.widgets.lines import Transparent
from summitreader.tui.widgets.margin_pane import MarginPane
from summitreader.tui.widgets.source_pane import SourcePane


def panes_that_fit(width: int) -> int:
    """One pane under 72 cells, two from there, three from 120, as many of 40 cells as fit beyond."""
    if width < 72:
        return 1
    return max(2, width // 40)


PANES_FROM = 110
"""Cells of a terminal from which sources stand side by side where nothing else was chosen; below, in the margin."""

_NARROWEST = 24
"""Cells of a pane at least, however many are asked for."""

_BEFORE = 12
"""Passages at the most that may stand before an account, where reading begins at its first words."""


class PaneLayouts(Protocol):
    """What gives the panes their rows. Called, not told by a message, so that all panes change in one frame."""

    def arrange(self) -> None:
        """The panes were put in order, and are not drawn yet."""

    def scrolled(self, pane: SourcePane, by_reader: bool) -> None:
        """A pane shows other rows; `by_reader` where it was scrolled, else it has another size."""


class PaneBox(Transparent, Vertical):
    """A pane under its header."""

    DEFAULT_CSS = "PaneBox { width: 1fr; height: 1fr; }"

    def __init__(self, document: Document, number: int, column_width: int) -> None:
        super().__init__()
        self.header = PaneHeader()
        self.pane = SourcePane(document, number, column_width=column_width)
        blocks = document.source.blocks
        self._paragraphs = [block.start for block in blocks if block.kind is BlockKind.PARAGRAPH]
        self.state = ""
        """Why the pane does not follow, in words; empty where it does."""
        self.elsewhere: tuple[int, ...] = ()
        """At the last pane, the sources that are in none, by number."""

    def compose(self) -> Iterator[PaneHeader | SourcePane]:
        yield self.header
        yield self.pane

    def on_resize(self) -> None:
        """How much is read depends on how much is shown."""
        self.update_header(self.header.has_class("-active"))

    def update_header(self, active: bool) -> None:
        """Letter, name and day; on the right, in which of its paragraphs the cursor is, and who is off the screen."""
        source, cursor = self.pane.document.source, self.pane.cursor
        self.header.set_class(active, "-active")
        right: list[Choice] = [(f"{self.state}  ", "note", "")] if self.state else []
        if self._paragraphs:
            at = bisect_right(self._paragraphs, source.passages[cursor].start) if source.passages else 0
            right.append((f"{at}/{len(self._paragraphs)} ", "dim", ""))
        fit = max(0, (self.size.width - 24) // 2)
        if self.elsewhere:
            more = len(self.elsewhere) - fit
            right.append((" ‹ ", "dim", ""))
            right += [(f"{letter_of(n)} ", "accent", f"source {n}") for n in self.elsewhere[:fit]]
            right += [(f"+{more} ", "dim", "sources")] if more > 0 else []
        room = self.size.width - sum(len(words) for words, _, _ in right) - 5
        day = day_in_words(source.published) if room >= 20 else ""
        name = one_line(name_of(source), max(6, room - (len(day) + 3 if day else 0)))
        lead = "▸" if active else " "
        own = f"source {self.pane.number}"
        left: list[Choice] = [(f"{lead}{letter_of(self.pane.number)} ", "accent" if active else "dim", own)]
        left += [(name, "accent" if active else "strong", own), (f" · {day}" if day else "", "dim", own)]
        self.header.show(left, right)


class MarginBox(Transparent, Vertical):
    """The margin under a header that says whose entries it holds."""

    DEFAULT_CSS = "MarginBox { width: 1fr; height: 1fr; }"

    def __init__(self, margin: MarginPane) -> None:
        super().__init__()
        self.header = PaneHeader()
        self.margin = margin

    def compose(self) -> Iterator[PaneHeader | MarginPane]:
        yield self.header
        yield self.margin


class PaneDeck(Transparent, Horizontal):
    """Holds a `PaneBox` for each source that was ever shown, and displays as many as fit, the leader among them."""

    DEFAULT_CSS = "PaneDeck { height: 1fr; width: 1fr; }"

    class ActiveChanged(Message):
        """Another pane leads now, or other panes are shown."""

    def __init__(self, documents: Sequence[Document], where: Reading) -> None:
        """Panes stand as `where` has them, as far as its sources are there."""
        super().__init__(id="deck")
        self._documents = documents
        self._offsets = where.offsets
        self._boxes: dict[int, PaneBox] = {}
        number = {document.source.id: n for n, document in enumerate(documents)}
        self.chosen: list[int] = [number[id] for id in where.chosen if id in number] or list(range(len(documents)))
        """The sources that may stand in panes, in order."""
        self.arrangement = self._first_layout(where.layout)
        """The layout that the sources stand in."""
        self.margin_box = MarginBox(MarginPane(documents))
        self.layouts: PaneLayouts | None = None
        self.held: set[int] = set()
        self.maximised = False
        self.active_number = number.get(where.lead, self.chosen[0])
        if self.active_number not in self.chosen:
            self.active_number = self.chosen[0]
        self._first = 0
        self._together: tuple[int, ...] = ()
        """The sources of a divergence that stand side by side, those of the sides first; until another is read."""
        self.most = where.panes
        """Panes at most, 0 for as many as fit well."""
        self._weights: dict[int, float] = {}
        """How wide a source's pane is beside others, 1 where it was not changed."""
        self._places: tuple[list[int], dict[int, int]] | None = None

    def compose(self) -> Iterator[PaneBox]:
        """The first panes stand in the first frame; `rearrange` mounts others when they are first shown."""
        for n in self._window():
            yield self._boxes.get(n) or self._new_box(n)

    def _first_layout(self, before: str) -> Layout:
        """The layout that the story was read in, else the one of the settings, else by the width of the terminal."""
        wanted = before if before in set(Layout) else self._settings.layout
        if wanted in set(Layout):
            return Layout(wanted)
        return Layout.MARGIN if self.app.size.width < PANES_FROM else Layout.PANES

    @property
    def _settings(self) -> Settings:
        return context_of(self.app).settings

    def _new_box(self, number: int) -> PaneBox:
        column_width = self._settings.column_width
        box = self._boxes[number] = PaneBox(self._documents[number], number, column_width)
        box.pane.scrolled = self._tell_scrolled
        source = self._documents[number].source
        offset = self._offsets.get(source.id)
        if source.passages and isinstance(offset, int):
            box.pane.cursor = source.passage_at(max(0, offset))
        elif source.passages:
            box.pane.cursor = next((n for n in range(min(_BEFORE, len(source.passages))) if source.is_told(n)), 0)
        return box

    @property
    def active(self) -> SourcePane:
        box = self._boxes.get(self.active_number) or self._new_box(self.active_number)
        return box.pane

    @property
    def shown(self) -> list[PaneBox]:
        """The boxes on the screen, from left to right."""
        return [self._boxes[n] for n in self._window() if n in self._boxes]

    @property
    def followers(self) -> list[PaneBox]:
        return [box for box in self.shown if box.pane.number != self.active_number]

    def place_of(self, number: int) -> int:
        """Where source `number` stands in the order of the panes; after them where it stands in none."""
        if self._places is None or self._places[0] is not self.chosen:
            self._places = (self.chosen, {n: at for at, n in enumerate(self.chosen)})
        return self._places[1].get(number, len(self.chosen))

    def all_panes(self) -> list[SourcePane]:
        return [box.pane for box in self._boxes.values()]

    def _tell_scrolled(self, pane: SourcePane, by_reader: bool) -> None:
        if self.layouts is not None:
            self.layouts.scrolled(pane, by_reader)

    @property
    def has_margin(self) -> bool:
        """Whether one source stands alone, with what the others tell beside or below its passages."""
        return self.arrangement is Layout.MARGIN and not self.maximised

    @property
    def margin_beside(self) -> bool:
        """Whether there is room for the margin beside the text; where not, it is opened below the passage."""
        return self.has_margin and self.app.size.width >= BESIDE

    def box(self, number: int) -> PaneBox | None:
        return self._boxes.get(number)

    def _window(self) -> list[int]:
        if self.maximised or self.arrangement is Layout.MARGIN:
            return [self.active_number]
        fit = min(len(self.chosen), self.fitting)
        if self.active_number in self._together[:fit]:
            rest = (n for n in self.chosen if n not in self._together)
            return [*self._together, *rest][:fit]
        self._together = ()
        at = self.chosen.index(self.active_number)
        self._first = min(max(self._first, at - fit + 1, 0), at, max(0, len(self.chosen) - fit))
        return self.chosen[self._first : self._first + fit]

    @property
    def fitting(self) -> int:
        """How many panes stand side by side where there are as many sources."""
        width = self.app.size.width
        return min(self.most, max(1, width // _NARROWEST)) if self.most else panes_that_fit(width)

    async def change_number(self, by: int) -> int:
        """More or fewer panes; how many there are then."""
        shown = len(self._window())
        self.most = max(1, min(shown + by, len(self.chosen), self.app.size.width // _NARROWEST))
        await self.rearrange()
        return len(self._window())

    def widen(self, by: float, number: int | None = None) -> None:
        """Let the pane of a source, the active one where none is named, be wider by that share of an even pane."""
        number = self.active_number if number is None else number
        self._weights[number] = round(max(0.4, min(self._weights.get(number, 1.0) + by, 3.0)), 2)
        self._set_widths()

    def _set_widths(self) -> None:
        beside, width = self.margin_beside, self.app.size.width
        for n, box in self._boxes.items():
            weight = self._weights.get(n, 1.0)
            if beside:
                even = base_width(width, box.pane.column_width)
                box.styles.width = max(_NARROWEST, min(round(even * weight), width - _NARROWEST))
            else:
                box.styles.width = f"{weight}fr"

    async def rearrange(self) -> None:
        """Mount what is missing, display the window, and put it in order; whoever types elsewhere is not disturbed.

        A key may come before the deck stands on the screen, or when another story has taken its place: then what is
        chosen is only kept.
        """
        window = self._window()
        boxes = [self._boxes.get(n) or self._new_box(n) for n in window]
        if not self.is_mounted or not self.is_attached:
            return
        missing = [box for box in boxes if not box.is_attached]
        if missing:
            await self.mount_all(missing)
        for n, box in self._boxes.items():
            box.display = n in window
        beside = self.margin_beside
        if self.has_margin and not self.margin_box.is_attached:
            await self.mount(self.margin_box)
        self.margin_box.display = beside
        wanted: list[PaneBox | MarginBox] = [self._boxes[n] for n in window]
        self._set_widths()
        off = tuple(n for n in self.chosen if n not in window)
        for box in boxes:
            box.elsewhere = off if box is boxes[-1] and not beside else ()
        for child in [*wanted, self.margin_box] if beside else wanted:
            if self.children and self.children[-1] is not child:
                self.move_child(child, after=len(self.children) - 1)
        if self.layouts is not None:
            self.layouts.arrange()
        if self.screen.focused is None or isinstance(self.screen.focused, SourcePane):
            self.screen.set_focus(self.active, scroll_visible=False)
        self.post_message(self.ActiveChanged())

    async def activate(self, number: int) -> None:
        """Make source `number` lead, bringing it on the screen if it is not."""
        if number not in self.chosen:
            self.chosen = [*self.chosen, number]
        self.active_number = number
        await self.rearrange()

    async def show_together(self, numbers: Sequence[int]) -> None:
        """Let the first of `numbers` be active, with as many of the others as fit in panes beside it."""
        if self.arrangement is not Layout.MARGIN:
            self.maximised = False
        self._together = tuple(dict.fromkeys(numbers))
        self.chosen = [*self.chosen, *(n for n in self._together if n not in self.chosen)]
        await self.activate(numbers[0])

    async def choose(self, numbers: Sequence[int]) -> None:
        """Let just these sources stand in panes; at least one."""
        if not numbers:
            return
        self.chosen = list(numbers)
        if self.active_number not in self.chosen:
            self.active_number = self.chosen[0]
        self._first, self._together = 0, ()
        await self.rearrange()

    async def lay_out(self, arrangement: Layout) -> None:
        """Stand the sources in another layout; what leads stays."""
        self.arrangement = arrangement
        await self.rearrange()

    async def move_active(self, by: int) -> bool:
        """Let the leader's pane stand one place to the right, or to the left; whether there was one."""
        at = self.chosen.index(self.active_number)
        to = at + by
        if not 0 <= to < len(self.chosen):
            return False
        order = list(self.chosen)
        order[at], order[to] = order[to], order[at]
        self.chosen = order
        await self.rearrange()
        return True

    async def activate_next(self, by: int) -> None:
        """The next source: those on the screen from left to right, then the others."""
        order = [*self._together, *(n for n in self.chosen if n not in self._together)]
        await self.activate(order[(order.index(self.active_number) + by) % len(order)])

    async def toggle_maximised(self) -> None:
        self.maximised = not self.maximised
        await self.rearrange()

    def toggle_held(self) -> bool:
        """Hold the leader's pane still, or let it go; whether it is held now."""
        self.held ^= {self.active_number}
        return self.active_number in self.held

    async def on_resize(self, event: events.Resize) -> None:
        if not self._boxes:
            return
        shown = [n for n, box in self._boxes.items() if box.display]
        if self.arrangement is Layout.MARGIN or self._window() != shown:
            await self.rearrange()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, SourcePane) and event.widget.number != self.active_number:
            self.active_number = event.widget.number
            self.post_message(self.ActiveChanged())

    async def on_choice_bar_chosen(self, message: ChoiceBar.Chosen) -> None:
        """A source was clicked in a header: it is read."""
        word, _, number = message.choice.partition(" ")
        if word == "source" and number:
            message.stop()
            await self.activate(int(number))
