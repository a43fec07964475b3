"""One note on several passages of several sources: each is added to it where it stands, with one key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from summitreader.tui.reader.noting import Begun, Noting, Place
from summitreader.tui.reader.telling_notes import called, places_in_words
from summitreader.tui.session import Session

if TYPE_CHECKING:
    from summitreader.notes.model import Annotation


class Gathering:
    """Handler of the command that adds a passage to a note."""

    def __init__(self, session: Session, noting: Noting, say: Callable[[str], None]) -> None:
        self.session = session
        self.noting = noting
        self.say = say

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"gather": self._gather}

    def _gather(self) -> None:
        """Add this passage to the note that is left as a draft, else to the one made last; with none, begin one."""
        if not self.noting.can_note():
            return
        place, put_off = self.noting.place(), self.noting.put_off
        if put_off is not None and put_off[0].place != place:
            self._with_draft(*put_off, place)
        elif (last := self._made_last()) is None:
            self.noting.made(self.session.notes.add(*place, colour=self.noting.colour))
            self.say("Highlighted. ⟨gather⟩ on a passage of another source adds that to it; ⟨note⟩ writes on it.")
        elif self.noting.stands_on(last, place):
            self.noting.choose(last)
            self.say(f"This is part of the {called(last)} already. ⟨highlight⟩ or ⟨note⟩ begins another.")
        else:
            self.session.notes.extend(last.id, [place])
            self._tell(last.id)
        self.noting.deck.leader.select(None)

    def _with_draft(self, begun: Begun, text: str, place: Place) -> None:
        """The draft becomes a note on the passage that it was begun on and on this one."""
        notes = self.session.notes
        assert notes.store is not None
        added = notes.add_on([begun.place, place], text.strip())
        notes.store.drop_draft(begun.key)
        self.noting.put_off = None
        self._tell(added.id)

    def _tell(self, id: str) -> None:
        annotation = next(a for a in self.session.notes.annotations if a.id == id)
        self.noting.made(annotation)
        self.say(f"Added to the {called(annotation)}: it is on {places_in_words(annotation)} now. ⟨undo⟩ takes it out.")

    def _made_last(self) -> Annotation | None:
        """The annotation that was made or changed last here, else the last one of the story."""
        annotations = self.session.notes.annotations
        touched = next((a for a in annotations if a.id == self.noting.touched), None)
        return touched or max(annotations, key=lambda annotation: annotation.order, default=None)
