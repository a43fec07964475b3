"""Links by hand: a passage is taken in hand and tied to one in another pane, or a link under the cursor is cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from summitreader.text.gate import shown_line
from summitreader.tui.by_hand import ByHand, Place
from summitreader.tui.inspection import name_of, relation_in_words
from summitreader.tui.session import Session
from summitreader.tui.story import Counterpart
from summitreader.tui.widgets.bars import in_quotation_marks, one_line
from summitreader.tui.widgets.pane_deck import PaneDeck


class Tying:
    """Handlers of the commands that tie and cut. What is in hand stands in the first row until it is let go."""

    def __init__(
        self,
        deck: PaneDeck,
        session: Session,
        by_hand: Callable[[], ByHand],
        say: Callable[[str], None],
        shown: Callable[[], None],
    ) -> None:
        """`shown` is called when something is in hand, or no longer."""
        self.deck = deck
        self.session = session
        self._by_hand = by_hand
        self.say = say
        self.shown = shown
        self.in_hand: Place | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"tie": self._tie_or_cut, "tie-take": self._take}

    def in_hand_words(self, width: int, key: str) -> str:
        """What is in hand, for the first row; empty where nothing is."""
        if self.in_hand is None:
            return ""
        number, passage = self.in_hand
        words = in_quotation_marks(shown_line(self.session.sources[number].passage_text(passage)), width + 2)
        return f"in hand: {number + 1} {words}  {key} ties it here  "

    def let_go(self) -> bool:
        """Tie nothing after all; whether anything was in hand."""
        had = self.in_hand is not None
        self.in_hand = None
        if had:
            self.shown()
        return had

    def _here(self) -> Place | None:
        """The passage under the cursor, where it can be linked; the reader is told where it cannot."""
        leader = self.deck.leader
        source = leader.document.source
        if not source.passages:
            return None
        if not self.session.compared:
            self.say("The comparison is not done yet; links can be made when it is.")
            return None
        if not source.is_told(leader.cursor):
            self.say("This is no part of the account, and is not linked. ⟨boilerplate⟩ makes it one.")
            return None
        return (leader.number, leader.cursor)

    def _take(self) -> None:
        here = self._here()
        if here is None:
            return
        self._by_hand().store(self.session)
        self.in_hand = here
        self.shown()
        self.say("In hand: ⟨tie⟩ on a passage of another source ties it to this one, Escape lets go.")

    async def _tie_or_cut(self) -> None:
        here = self._here()
        if here is None:
            return
        if self.in_hand is not None:
            self._tie(self.in_hand, here)
            return
        found = self.session.index.counterparts(*here)
        if not found:
            self._take()
        elif len(found) == 1:
            self._cut(here, found[0])
        else:
            await self._ask_which(here, found)

    def _tie(self, one: Place, other: Place) -> None:
        if one == other:
            self.let_go()
            self.say("It is left as it was.")
            return
        if one[0] == other[0]:
            self.say("Both are of one source. Go to another pane: ⟨tie⟩ ties the passage there; Escape lets go.")
            return
        there = next((c for c in self.session.index.counterparts(*one) if (c.source, c.passage) == other), None)
        self.in_hand = None
        self.shown()
        if there is not None and there.link is not None:
            self.say("These two are linked already; nothing was changed. ⟨tie⟩ cuts a link.")
            return
        self._by_hand().tie(self.session, one, other)
        self.say(f"Tied to {self._named(one)}, by hand. ⟨undo⟩ takes it back.")

    async def _ask_which(self, here: Place, found: list[Counterpart]) -> None:
        from summitreader.tui.screens.choosing import ChoiceScreen

        rows = [
            (
                f"{self._named((c.source, c.passage))} · {relation_in_words(c)}",
                self.session.sources[c.source].passage_text(c.passage),
            )
            for c in found
        ]

        def take(chosen: int | None) -> None:
            if chosen is not None:
                self._by_hand().trying(lambda: self._cut(here, found[chosen]))

        await self.deck.app.push_screen(ChoiceScreen("Cut which link?", rows), take)

    def _cut(self, here: Place, counterpart: Counterpart) -> None:
        there = (counterpart.source, counterpart.passage)
        self._by_hand().cut(self.session, here, there)
        self.say(f"Cut from {self._named(there)}, by hand. ⟨undo⟩ takes it back.")

    def _named(self, place: Place) -> str:
        source = self.session.sources[place[0]]
        return f"{place[0] + 1} {one_line(shown_line(name_of(source)), 24)} {source.place_name(place[1])}"
