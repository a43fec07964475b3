"""Deciding in the reader, on what is under the cursor: what was flagged, the place of a note, its tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from summitreader.notes.model import Annotation, Verdict
from summitreader.tui.reader.noting import Noting
from summitreader.tui.session import Session
from summitreader.tui.widgets.pane_deck import PaneDeck


class Deciding:
    """Handlers of the commands that say right or wrong, and of the one that tags."""

    def __init__(self, deck: PaneDeck, session: Session, noting: Noting, say: Callable[[str], None]) -> None:
        self.deck = deck
        self.session = session
        self.noting = noting
        self.say = say

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "accept": lambda: self._decide(right=True),
            "dismiss": lambda: self._decide(right=False),
            "tags": self._tag,
        }

    def _decide(self, *, right: bool) -> None:
        """The place of a note that asks for it comes first, then what is to be checked here."""
        from summitreader.tui.views.divergences import kind_in_words

        unsure = self.noting.doubtful()
        if unsure is not None:
            self._settle(*unsure, right=right)
            return
        leader = self.deck.leader
        found = self.session.index.checks_in(leader.number, leader.cursor)
        if not found:
            self.say("There is nothing to decide on this passage. ⟨check-next⟩ goes to the next that there is.")
            return
        first = next((d for d in found if self.session.verdict(d) is None), found[0])
        verdict = Verdict.RIGHT if right else Verdict.DISMISSED
        if self.session.verdict(first) is verdict:
            self.session.decide(first, None)
            self.say("Taken back: it is to be decided again.")
            return
        self.session.decide(first, verdict)
        done = "Found right" if right else "Dismissed"
        self.say(f"{done}: {kind_in_words(first.kind)}. ⟨undo⟩ takes it back.")

    def _settle(self, annotation: Annotation, target: int, *, right: bool) -> None:
        self.session.notes.settle(annotation.id, target, right=right)
        self.say(
            "This is its place."
            if right
            else "It does not stand there: its words are gone. ⟨put-back⟩ puts it elsewhere."
        )

    async def _tag(self) -> None:
        from summitreader.tui.screens.tags import ask_tags

        here = self.noting.here()
        if not here:
            self.say("There is no note or highlight here to tag: ⟨note⟩ writes one, ⟨highlight⟩ highlights.")
            return
        await ask_tags(self.deck.app, self.session, here[0])
