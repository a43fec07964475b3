"""Putting right what is under the cursor in the reader: the source itself, who speaks, what is boilerplate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from summitreader.comparison.model import Quotation
from summitreader.text import TOLD, BlockKind
from summitreader.text.gate import shown_line
from summitreader.tui.by_hand import ByHand
from summitreader.tui.session import Session
from summitreader.tui.widgets.bars import one_line
from summitreader.tui.widgets.pane_deck import PaneDeck


class Correcting:
    """Handlers of the commands that correct. Each correction is on disk before the command is over."""

    def __init__(
        self, deck: PaneDeck, session: Session, by_hand: Callable[[], ByHand], say: Callable[[str], None]
    ) -> None:
        self.deck = deck
        self.session = session
        self._by_hand = by_hand
        self.say = say

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "correct-source": self._source,
            "correct-speaker": self._speaker,
            "boilerplate": self._boilerplate,
        }

    async def _source(self) -> None:
        from summitreader.tui.screens.source_form import ask_source

        await ask_source(self.deck.app, self.session, self._by_hand(), self.deck.leader.document.source, self.say)

    def _boilerplate(self) -> None:
        """The block under the cursor is part of the account, or is not."""
        leader = self.deck.leader
        source = leader.document.source
        if not source.passages:
            return
        number = source.passages[leader.cursor].block
        told = source.blocks[number].kind in TOLD
        kind = BlockKind.BOILERPLATE if told else BlockKind.PARAGRAPH
        if told and sum(block.kind in TOLD for block in source.blocks) == 1:
            self.say("This is all there is of the account; nothing would be left to compare.")
            return
        self._by_hand().set_block(self.session, leader.number, number, kind)
        said = "boilerplate now: it is no longer compared" if told else "part of the account now, and is compared"
        self.say(f"This is {said}. ⟨undo⟩ takes it back.")

    async def _speaker(self) -> None:
        leader = self.deck.leader
        if not leader.document.source.passages:
            return
        found = self.session.index.quotations_in(leader.number, leader.cursor)
        if not found:
            self.say("Nobody is quoted in this passage. ⟨quotation-next⟩ goes to the next quotation.")
        elif len(found) == 1:
            await self._ask_speaker(found[0])
        else:
            await self._ask_which(found)

    async def _ask_which(self, found: list[Quotation]) -> None:
        from summitreader.tui.screens.choosing import ChoiceScreen

        rows = [(f"“{one_line(shown_line(q.text), 50)}”", _said_by(q)) for q in found]

        async def take(chosen: int | None) -> None:
            if chosen is not None:
                await self._ask_speaker(found[chosen])

        await self.deck.app.push_screen(ChoiceScreen("Who says which?", rows), take)

    async def _ask_speaker(self, quotation: Quotation) -> None:
        from summitreader.tui.screens.choosing import NamingScreen

        self._by_hand().store(self.session)
        named = Counter(
            shown_line(q.speaker.name)
            for q in self.session.index.report.quotations
            if q.speaker is not None and q.speaker.name
        )
        offered = [(name, f"{n} quotation{'' if n == 1 else 's'}") for name, n in named.most_common()]
        now = quotation.speaker.name if quotation.speaker is not None else None

        def take(name: str | None) -> None:
            if name is None or (name or None) == now:
                return

            def keep() -> None:
                self._by_hand().set_speaker(self.session, quotation, name or None)
                self.say(f"Said by {name or 'nobody who is known'}, by hand. ⟨undo⟩ takes it back.")

            self._by_hand().trying(keep)

        heading = f"Who says “{one_line(shown_line(quotation.text), 60)}”?"
        await self.deck.app.push_screen(
            NamingScreen(heading, offered, shown_line(now or ""), empty="nobody who is known", hint="a name"), take
        )


def _said_by(quotation: Quotation) -> str:
    name = quotation.speaker.name if quotation.speaker is not None else None
    return f"said by {name}" if name else "speaker not known"
