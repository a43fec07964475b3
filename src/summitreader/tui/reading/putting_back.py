"""A note whose words are gone, or not surely where it was put, is put by hand where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from summitreader.notes.model import Annotation, State
from summitreader.tui.reading.noting import Noting
from summitreader.tui.reading.telling_notes import called, lost_words
from summitreader.tui.session import Session
from summitreader.tui.widgets.bars import one_line


def take_in_hand(session: Session, annotation: Annotation) -> str | None:
    """Make ready to put back the first target of `annotation` that has no sure place; what to do then, in a sentence.

    None where all its places are sure.
    """
    found = next((n for n, t in enumerate(annotation.targets) if t.state is not State.SURE), None)
    if found is None:
        return None
    session.notes.in_hand = (annotation.id, found)
    words = lost_words(annotation.targets[found], session.sources)
    return f"{words}. P puts it on the passage under the cursor or the selection, Escape leaves it."


class PuttingBack:
    """Handler of the command that puts back: it takes an orphan in hand, and then puts it down."""

    def __init__(self, session: Session, noting: Noting, say: Callable[[str], None], shown: Callable[[], None]) -> None:
        """`shown` is called when something is in hand, or no longer."""
        self.session = session
        self.noting = noting
        self.say = say
        self.shown = shown

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"put-back": self._put}

    def let_go(self) -> bool:
        """Put nothing back after all; whether there was anything in hand."""
        had = self.session.notes.in_hand is not None
        self.session.notes.in_hand = None
        self.shown()
        return had

    def _put(self) -> None:
        if not self.noting.can_note():
            return
        notes = self.session.notes
        annotation = self._held()
        if annotation is not None and notes.in_hand is not None:
            notes.put_back(*notes.in_hand, self.noting.place())
            notes.in_hand = None
            self.shown()
            self.noting.choose(annotation)
            self.noting.deck.leader.select(None)
            self.say(f"The {called(annotation)} stands here now. U takes that back.")
            return
        lost = self._lost()
        if not lost:
            self.say("No note of this story has lost its words.")
            return
        sentence = take_in_hand(self.session, lost[0])
        more = f" {len(lost) - 1} more: 5 lists them." if len(lost) > 1 else ""
        self.shown()
        self.say(f"{sentence}{more}")

    def _held(self) -> Annotation | None:
        """The annotation in hand, while it is there and still in doubt."""
        if self.session.notes.in_hand is None:
            return None
        id, target = self.session.notes.in_hand
        for annotation in self.session.notes.annotations:
            if annotation.id == id and target < len(annotation.targets):
                return annotation if annotation.targets[target].state is not State.SURE else None
        return None

    def _lost(self) -> list[Annotation]:
        """The annotations that have an orphan, those of the source that leads first."""
        here = self.session.sources[self.noting.deck.leader.number].id
        found = [a for a in self.session.notes.annotations if a.state is State.ORPHAN]
        return sorted(found, key=lambda a: (all(t.source != here for t in a.targets), a.order))


def in_hand_words(session: Session, width: int) -> str:
    """What is in hand, for the first row of the screen; empty where nothing is."""
    if session.notes.in_hand is None:
        return ""
    id, target = session.notes.in_hand
    found = next((a for a in session.notes.annotations if a.id == id), None)
    if found is None or target >= len(found.targets):
        return ""
    return f"P puts “{one_line(found.targets[target].quote, width)}” here  "
