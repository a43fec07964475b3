"""From note to note: through those that stand on one passage, then on to the next passage that has any."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from summitreader.tui.reader.moving import Moving
from summitreader.tui.reader.noting import Noting
from summitreader.tui.session import Session
from summitreader.tui.widgets.pane_deck import PaneDeck


class Stepping:
    """Handlers of the commands that go to the next note and to the one before."""

    def __init__(
        self, deck: PaneDeck, session: Session, noting: Noting, moving: Moving, say: Callable[[str], None]
    ) -> None:
        self.deck = deck
        self.session = session
        self.noting = noting
        self.moving = moving
        self.say = say

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"note-next": lambda: self._step(1), "note-previous": lambda: self._step(-1)}

    def _stops(self) -> list[tuple[int, int]]:
        """The passages that a note begins on, in the order of the panes."""
        notes, sources = self.session.notes, self.session.sources
        return [
            (n, passage)
            for n in self.deck.chosen
            for passage in sorted({sources[n].passage_at(target.start or 0) for _, target in notes.placed(n)})
        ]

    async def _step(self, by: int) -> None:
        here = self.noting.on_passage()
        at = self.noting.current(here) + by
        if here and 0 <= at < len(here):
            self.noting.choose(here[at])
            self.moving.moved()
            return
        stops = self._stops()
        if not stops:
            self.say("No note in these sources.")
            return
        order = {n: rank for rank, n in enumerate(self.deck.chosen)}
        place = (order[self.deck.leader.number], self.deck.leader.cursor)
        ahead = [s for s in stops if ((order[s[0]], s[1]) > place if by > 0 else (order[s[0]], s[1]) < place)]
        number, passage = (ahead or stops)[0 if by > 0 else -1]
        span = self.session.sources[number].passages[passage]
        found = self.session.notes.on(number, span.start, span.end)
        self.noting.choose(found[0 if by > 0 else -1])
        await self.moving.go((number, passage))
        self.moving.moved()
