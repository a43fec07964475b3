"""Stepping through what is to check: every side on the screen at once, and the way from one side to the next."""

from __future__ import annotations

from collections.abc import Mapping

from summitreader.comparison.model import Divergence, SourceSpan
from summitreader.tui.context import Handler
from summitreader.tui.layout.marks import SpanSet
from summitreader.tui.reader.part import Reader, ReaderPart
from summitreader.tui.widgets.source_pane import SourcePane


class Checks(ReaderPart):
    """The divergence that is being looked at. It stays `current` until one moves to a passage that is on no side."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self.current: Divergence | None = None

    def commands(self) -> Mapping[str, Handler]:
        return {"check-next": lambda: self._step(1), "check-previous": lambda: self._step(-1)}

    async def open(self, divergence: Divergence) -> None:
        """Show one source of each side in adjacent panes, scrolled to the words; as many sides as panes fit."""
        self.reader.leave_behind(self._here())
        spans = self._representatives(divergence)
        await self.deck.show_together([self._number(span) for span in spans])
        self.current = divergence
        shown = {box.pane.number for box in self.deck.shown}
        for span in reversed([s for s in spans if self._number(s) in shown]):
            box = self.deck.box(self._number(span))
            if box is not None:
                passage = self._passage(span)
                self.reader.entering((box.pane.number, passage))
                box.pane.go_to(passage)
                self._words_into_view(box.pane, span)
        self.reader.moved()
        self.outline()

    def _words_into_view(self, pane: SourcePane, span: SourceSpan) -> None:
        """Scroll so that the words are in the upper half of the pane, above the card that grows below it."""
        first = pane.wrap.row_at(pane.cursor_span()[0])
        words = pane.wrap.row_at(span.start)
        half = max(1, pane.size.height // 2)
        pane.scroll_to_row(max(first - 2, words - half + 1) if words - first >= half - 2 else first - 2)

    def outline(self) -> None:
        """Outline the passages of all sides that are in panes; followers stay where their side is."""
        if self.current is None:
            return
        for box in self.deck.shown:
            own = [s for s in self.current.spans if self._number(s) == box.pane.number]
            if not own:
                continue
            source = box.pane.document.source
            passages = [source.passages[self._passage(s)] for s in own]
            box.pane.set_emphasis(SpanSet((p.start, p.end) for p in passages), SpanSet((s.start, s.end) for s in own))
            box.state = ""
            box.update_header(box.pane is self.deck.active)

    def moved(self) -> None:
        """The cursor is elsewhere: the divergence is left where the passage is on none of its sides."""
        if self.current is not None and not self._is_on_a_side(self._here()):
            self.current = None

    def holds(self, number: int) -> bool:
        """Whether the pane of that source stays on its side of the divergence, and follows no link."""
        return self.current is not None and any(self._number(span) == number for span in self.current.spans)

    def shown(self, place: tuple[int, int]) -> Divergence | None:
        """The divergence that the card shows: the one that is looked at, else the first on the passage."""
        return self.current or next(iter(self.session.index.checks_in(*place)), None)

    async def to_other_side(self) -> bool:
        """Go to the next side, round at the end; whether there is a divergence here to have one."""
        if self.current is None or not self._is_on_a_side(self._here()):
            return False
        here = self._here()
        at = next((n for n, s in enumerate(self.current.sides) if any(self._place(p) == here for p in s.spans)), -1)
        await self.to_side(self.current, (at + 1) % len(self.current.sides))
        return True

    async def to_side(self, divergence: Divergence, side: int) -> None:
        """Go to a side, in a source that is on the screen where one is."""
        spans = divergence.sides[side].spans
        shown = [box.pane.number for box in self.deck.shown]
        span = next((s for s in spans if self._number(s) in shown), spans[0])
        if self.current is not divergence:
            await self.open(divergence)
        await self.deck.activate(self._number(span))
        self.deck.active.go_to(self._passage(span))
        self._words_into_view(self.deck.active, span)
        self.current = divergence
        self.reader.moved()
        self.outline()

    def _step(self, by: int) -> object:
        checks = self.session.index.pending or self.session.index.to_check
        if not checks:
            self.say("Nothing to check yet: still comparing." if self.session.doing else "No contradictions found.")
            return None
        ids = [d.id for d in checks]
        if self.current is not None and self.current.id in ids:
            at = (ids.index(self.current.id) + by) % len(checks)
        else:
            here = [d.id for d in self.session.index.checks_in(*self._here())]
            at = ids.index(here[0]) if here and here[0] in ids else (0 if by > 0 else -1)
        return self.open(checks[at])

    def _representatives(self, divergence: Divergence) -> list[SourceSpan]:
        """A span of each side, no source twice, of the source that is read first, else of one that is on the screen;
        after them the other sources of all sides."""
        shown = [self.deck.active.number, *(box.pane.number for box in self.deck.shown)]
        rank = {n: at for at, n in reversed([*enumerate(shown)])}
        chosen: dict[int, SourceSpan] = {}
        for side in divergence.sides:
            free = [span for span in side.spans if self._number(span) not in chosen]
            best = min(free, key=lambda s: rank.get(self._number(s), len(shown)), default=None)
            if best is not None:
                chosen[self._number(best)] = best
        sides = sorted(chosen.values(), key=lambda s: self._number(s) != self.deck.active_number)
        for span in divergence.spans:
            if self._number(span) not in chosen:
                chosen[self._number(span)] = span
                sides.append(span)
        return sides

    def _here(self) -> tuple[int, int]:
        return (self.deck.active.number, self.deck.active.cursor)

    def _is_on_a_side(self, place: tuple[int, int]) -> bool:
        return self.current is not None and any(self._place(span) == place for span in self.current.spans)

    def _number(self, span: SourceSpan) -> int:
        return self.session.index.number[span.source]

    def _passage(self, span: SourceSpan) -> int:
        return self.session.sources[self._number(span)].passage_at(span.start)

    def _place(self, span: SourceSpan) -> tuple[int, int]:
        return (self._number(span), self._passage(span))
