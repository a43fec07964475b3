"""Headlines and ledes of all sources side by side: what they share, what stands in one only, and who buries what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from summitreader.tui.context import Handler
from summitreader.tui.layout.cells import NOTHING
from summitreader.tui.layout.marks import UNICODE, Glyphs
from summitreader.tui.lists.openings_rows import (
    ONLY_HERE,
    SHARED,
    Cell,
    InCommon,
    OpeningCard,
    Part,
    Sheet,
    Stop,
    in_common,
    laid_out,
    opening_cards,
)
from summitreader.tui.story.session import Session
from summitreader.tui.view import ViewScreen
from summitreader.tui.widgets.bars import Bar, Piece
from summitreader.tui.widgets.lines import LineWidget


class OpeningsScreen(ViewScreen):
    """A page over one session; made anew when the comparison is, with the reader's place on it kept."""

    VIEW = "openings"
    KEYS = (
        ("open", "read"),
        ("pane-next", "next source"),
        ("passage-next:j passage-previous:k", "headline, lede"),
        ("copy", "copy"),
        ("export", "export"),
    )

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.heading = Bar()
        self.page = OpeningPage()
        self._shown_for: tuple[object, ...] = ()

    def compose(self) -> Iterator[Widget]:
        yield self.header
        yield self.heading
        yield self.page
        yield self.key_bar

    async def on_mount(self) -> None:
        self.session.index_changed.subscribe(self, lambda _: self._renew())
        self.set_focus(self.page)

    def on_screen_resume(self) -> None:
        self._renew()
        reader = self.context.navigation.reader
        if reader is not None:
            self.page.go_to_source(reader.active_number)
        self.show_status()

    def _renew(self) -> None:
        now = (self.session.index, self.session.compared)
        if self.is_current:
            self.show_status()
            if now != self._shown_for:
                self._shown_for = now
                cards = opening_cards(self.session.index, compared=self.session.compared)
                self.page.show(cards, in_common(self.session.index))
                self._show_legend(self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        self._show_legend(event.size.width)

    def _show_legend(self, width: int) -> None:
        """How shared words look, and names and figures that one opening alone has."""
        if len(self.session.sources) < 2:
            self.heading.left = ((" Only one source: nothing to compare.", "dim"),)
            return
        long = width >= 100
        pieces: list[Piece] = [(" Headlines and ledes   ", "strong")] if width >= 72 else [(" ", "")]
        pieces += [("shared words", SHARED), (" also in another   " if long else "   ", "dim")]
        pieces += [("a name or figure", ONLY_HERE), (" only here", "dim")]
        self.heading.left = tuple(pieces)

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────

    def commands(self) -> Mapping[str, Handler]:
        return {
            "passage-next": lambda: self.page.step(1),
            "passage-previous": lambda: self.page.step(-1),
            "pane-next": lambda: self.page.beside(1),
            "pane-previous": lambda: self.page.beside(-1),
            "half-page-down": lambda: self.page.page(0.5),
            "half-page-up": lambda: self.page.page(-0.5),
            "page-down": lambda: self.page.page(1),
            "page-up": lambda: self.page.page(-1),
            "first": lambda: self.page.to_end(False),
            "last": lambda: self.page.to_end(True),
            "open": self._open,
            "copy": self._copy,
            "copy-words": lambda: self.say("⟨copy⟩ copies this with its citation, ⟨leave⟩ closes."),
            "export": self._export,
            "openings": self._leave,
            "leave": self._leave,
        }

    async def _open(self) -> None:
        part = self.page.part
        if part is None:
            self.say("No passage to go to here.")
        else:
            await self.context.navigation.go_to(*part.place)

    async def _copy(self) -> None:
        from summitreader.tui.reader.copy import copy_place

        part = self.page.part
        if part is None:
            self.say("Nothing to copy here.")
            return
        number, passage = part.place
        span = self.session.sources[number].passages[passage]
        self.say(await copy_place(self.app, self.session, (number, span.start, span.end)))

    async def _export(self) -> None:
        from summitreader.tui.lists.tables import openings_formats

        formats = openings_formats(self.page.cards, self.session.sources)
        await self.context.navigation.export(formats, "headlines and ledes")

    async def _leave(self) -> None:
        await self.context.navigation.show("view-reader")

    async def on_opening_page_chosen(self) -> None:
        await self.action_command("open")


class OpeningPage(LineWidget, can_focus=True):
    """`at` is the part that the reader is on, None where there is none."""

    DEFAULT_CSS = "OpeningPage { width: 1fr; height: 1fr; background: $background; color: $foreground; }"

    class Chosen(Message):
        """A part was clicked twice."""

    def __init__(self, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(id="openings")
        self.glyphs = glyphs
        self.cards: Sequence[OpeningCard] = ()
        self.at: Stop | None = None
        self.top = 0
        self._wanted = 0
        """The part that the reader is on or, past a source that has fewer, was on."""
        self._common: Sequence[InCommon] = ()
        self._sheet: tuple[int, Sheet] | None = None
        self._styles: dict[tuple[str, bool], Style] = {}

    def show(self, cards: Sequence[OpeningCard], common: Sequence[InCommon]) -> None:
        """Show `cards`; the reader stays on the part that they were on, where it is still there."""
        self.cards, self._common, self._sheet = cards, common, None
        stops = [(n, m) for n, card in enumerate(cards) for m in range(len(card.parts))]
        if self.at not in stops:
            self.at = stops[0] if stops else None
        self._show_stop()
        self.refresh()

    @property
    def sheet(self) -> Sheet:
        width = max(1, self.size.width - 1)
        if self._sheet is None or self._sheet[0] != width:
            self._sheet = (width, laid_out(self.cards, self._common, width))
        return self._sheet[1]

    @property
    def part(self) -> Part | None:
        """The headline or lede that the reader is on."""
        return None if self.at is None else self.cards[self.at[0]].parts[self.at[1]]

    # ── moving ────────────────────────────────────────────────────────────────────────────────────────────────────

    def go_to_source(self, source: int) -> None:
        """Be on the opening of source number `source`, where it has one."""
        for n, card in enumerate(self.cards):
            if card.source == source and card.parts:
                self._go((n, 0))

    def step(self, by: int) -> None:
        """A part on or back in the column; at its ends the page scrolls to what stands beyond."""
        if self.at is None:
            self._to_row(self.top + by)
            return
        card, part = self.at
        if 0 <= part + by < len(self.cards[card].parts):
            self._go((card, part + by))
            return
        follow = self.sheet.below(card, by)
        while follow is not None and not self.cards[follow].parts:
            follow = self.sheet.below(follow, by)
        if follow is None:
            self._to_row(len(self.sheet.rows) if by > 0 else 0)
        else:
            self._go((follow, 0 if by > 0 else len(self.cards[follow].parts) - 1))

    def beside(self, by: int) -> None:
        """The same part of the next source or the last, round at the end."""
        if self.at is None:
            return
        card = self.sheet.beside(self.at[0], by)
        while not self.cards[card].parts:
            card = self.sheet.beside(card, by)
        wanted = self._wanted
        self._go((card, min(wanted, len(self.cards[card].parts) - 1)))
        self._wanted = wanted

    def page(self, by: float) -> None:
        """`by` screens on or back, to the nearest part of the same column that is then shown."""
        rows = max(1, int((self.size.height - 2) * abs(by))) * (1 if by > 0 else -1)
        self._to_row(self.top + rows)
        shown = range(self.top, self.top + self.size.height)
        if self.at is None or self.sheet.extents[self.at].start in shown:
            return
        column = self._column(self.at[0])
        near = [s for s, own in self.sheet.extents.items() if own.start in shown and self._column(s[0]) == column]
        if near:
            self.at = near[0 if by > 0 else -1]
            self.refresh()

    def _column(self, card: int) -> int:
        return next(band.index(card) for band in self.sheet.grid if card in band)

    def to_end(self, last: bool) -> None:
        stops = list(self.sheet.extents)
        if stops:
            self._go(stops[-1 if last else 0])
        self._to_row(len(self.sheet.rows) if last else 0)

    def _go(self, stop: Stop) -> None:
        self.at = stop
        self._wanted = stop[1]
        self._show_stop()
        self.refresh()

    def _show_stop(self) -> None:
        """Scroll as little as shows the part, and the source's name above its first."""
        if self.at is None or not self.size.height:
            return
        rows = self.sheet.extents[self.at]
        start = rows.start - (self.at[1] == 0)
        if start < self.top or len(rows) > self.size.height:
            self._to_row(start)
        elif rows.stop > self.top + self.size.height:
            self._to_row(rows.stop - self.size.height)

    def _to_row(self, top: int) -> None:
        top = max(0, min(top, len(self.sheet.rows) - self.size.height))
        if top != self.top:
            self.top = top
            self.refresh()

    # ── events ────────────────────────────────────────────────────────────────────────────────────────────────────

    def on_resize(self) -> None:
        self._to_row(self.top)
        self._show_stop()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._to_row(self.top + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._to_row(self.top - 3)

    def on_click(self, event: events.Click) -> None:
        row = self.top + event.y
        if row >= len(self.sheet.rows):
            return
        x = 0
        for cell, width in zip(self.sheet.rows[row], self.sheet.widths, strict=False):
            if x <= event.x < x + width and cell.stop is not None:
                self._go(cell.stop)
                if event.chain > 1:
                    self.post_message(self.Chosen())
                return
            x += width

    # ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def render_line(self, y: int) -> Strip:
        width, height = self.drawn_size
        rows = self.sheet.rows
        at = self.top + y
        if at >= len(rows):
            strip = Strip.blank(width - 1, self.base_style)
        elif len(rows[at]) < len(self.sheet.widths):
            strip = self._cell_strip(rows[at][0], width - 1)
        else:
            pairs = zip(rows[at], self.sheet.widths, strict=False)
            strip = Strip.join([self._cell_strip(cell, own) for cell, own in pairs])
        return Strip([*strip.crop_extend(0, width - 1, self.base_style), self._scroll_mark(y, height)], width)

    def _cell_strip(self, cell: Cell, width: int) -> Strip:
        """The bar where the reader is, the words on their surface, and a gap to the next column."""
        here = cell.stop is not None and cell.stop == self.at
        surface = self._style("", here)
        segments = [Segment(self.glyphs.bar if here else " ", self._style("bar", here)), Segment(" ", surface)]
        segments += [
            Segment(words.replace(NOTHING, ""), self._style(names, here)) for words, names in cell.pieces if words
        ]
        strip = Strip(segments).adjust_cell_length(max(1, width - 1), surface)
        return Strip([*strip, Segment(" ", self.base_style)], max(2, width))

    def _scroll_mark(self, y: int, height: int) -> Segment:
        rows = len(self.sheet.rows)
        if rows <= height:
            return Segment(" ", self.base_style)
        first = self.top * height // rows
        on = first <= y < first + max(1, height * height // rows) or (y == height - 1 and self.top + height >= rows)
        return Segment(self.glyphs.thumb if on else self.glyphs.ruler, self._style("thumb" if on else "ruler", False))

    def _style(self, names: str, here: bool) -> Style:
        style = self._styles.get((names, here))
        if style is None:
            style = self.base_style
            for name in (*(("cursor",) if here else ()), *names.split()):
                style += self.named_style(name)
            self._styles[names, here] = style
        return style
