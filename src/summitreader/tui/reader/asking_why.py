"""Why the passage under the cursor and that under the cursor of another pane are linked, or why they are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from summitreader.notes.model import What
from summitreader.tui.by_hand import ByHand, Place
from summitreader.tui.session import Session
from summitreader.tui.widgets.pane_deck import PaneDeck
from summitreader.tui.widgets.source_pane import SourcePane


class AskingWhy:
    """Handler of the command that asks: about what is in hand, where anything is, else about the other pane. That is
    the one that led before, or the next on the screen; in it the counterpart of this passage, else what its cursor is
    on."""

    def __init__(
        self,
        deck: PaneDeck,
        session: Session,
        by_hand: Callable[[], ByHand],
        in_hand: Callable[[], Place | None],
        say: Callable[[str], None],
    ) -> None:
        self.deck = deck
        self.session = session
        self._by_hand = by_hand
        self._in_hand = in_hand
        self.say = say
        self._led: list[int] = []

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"why": self._ask}

    def leads(self, number: int) -> None:
        """Remember which sources led, the latest last."""
        if not self._led or self._led[-1] != number:
            self._led = [n for n in self._led if n != number] + [number]

    def _other(self) -> Place | None:
        held = self._in_hand()
        if held is not None and held[0] != self.deck.leader.number:
            return held
        counterparts = self.session.index.counterparts(self.deck.leader.number, self.deck.leader.cursor)
        pane = self._other_pane()
        if pane is None:
            best = max(counterparts, key=lambda c: c.score, default=None)
            return None if best is None else (best.source, best.passage)
        found = [c.passage for c in counterparts if c.source == pane.number]
        return (pane.number, found[0] if found and pane.cursor not in found else pane.cursor)

    def _other_pane(self) -> SourcePane | None:
        here = self.deck.leader.number
        for number in reversed(self._led):
            box = self.deck.box(number)
            if number != here and number in self.deck.chosen and box is not None:
                return box.pane
        after = [box.pane for box in self.deck.followers if box.pane.number > here] or [
            box.pane for box in self.deck.followers
        ]
        return after[0] if after else None

    async def _ask(self) -> None:
        leader = self.deck.leader
        there = self._other()
        if not self.session.compared:
            self.say("The comparison is not done yet.")
        elif there is None or not leader.document.source.passages or not self.session.sources[there[0]].passages:
            self.say("There is no other pane to compare this passage with. ⟨pane-next⟩ goes to one.")
        else:
            from summitreader.tui.screens.why import WhyScreen

            here = (leader.number, leader.cursor)
            await self.deck.app.push_screen(WhyScreen(self.session, here, there, self._own(here, there)))

    def _own(self, here: Place, there: Place) -> str:
        for correction in self._by_hand().between(self.session, here, there):
            if correction.correction is not None:
                cut = correction.correction.what is What.CUT
                return "You cut these two by hand." if cut else "You tied these two by hand."
        return ""
