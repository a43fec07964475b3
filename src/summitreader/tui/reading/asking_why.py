"""Why the passage under the cursor and that under the cursor of another pane are linked, or why they are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from summitreader.notes.model import What
from summitreader.tui.by_hand import ByHand, Place
from summitreader.tui.session import Session
from summitreader.tui.widgets.pane_deck import PaneDeck


class AskingWhy:
    """Handler of the command that asks. The other pane is the one that led before, else the next one on the screen."""

    def __init__(
        self, deck: PaneDeck, session: Session, by_hand: Callable[[], ByHand], say: Callable[[str], None]
    ) -> None:
        self.deck = deck
        self.session = session
        self._by_hand = by_hand
        self.say = say
        self._led: list[int] = []

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"why": self._ask}

    def leads(self, number: int) -> None:
        """Remember which sources led, the latest last."""
        if not self._led or self._led[-1] != number:
            self._led = [n for n in self._led if n != number] + [number]

    def _other(self) -> Place | None:
        here = self.deck.leader.number
        for number in reversed(self._led):
            box = self.deck.box(number)
            if number != here and number in self.deck.chosen and box is not None:
                return (number, box.pane.cursor)
        after = [box.pane for box in self.deck.followers if box.pane.number > here] or [
            box.pane for box in self.deck.followers
        ]
        return (after[0].number, after[0].cursor) if after else None

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
