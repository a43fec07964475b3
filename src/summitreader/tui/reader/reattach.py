"""A note whose words are gone, or not surely where it was put, is put by hand where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from summitreader.notes.model import Annotation, State, Target
from summitreader.tui.reader.note_summary import called, lost_words
from summitreader.tui.reader.notes import NoteCommands
from summitreader.tui.reader.part import Reader, ReaderPart
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import in_quotation_marks


def take_in_hand(session: Session, annotation: Annotation) -> str | None:
    """Make ready to put back the first target of `annotation` that has no sure place; what to do then, in a sentence.

    None where all its places are sure.
    """
    found = next((n for n, target in enumerate(annotation.targets) if _is_loose(session, target)), None)
    if found is None:
        return None
    session.notes.in_hand = (annotation.id, found)
    words = lost_words(annotation.targets[found], session.sources)
    return f"{words}. ⟨put-back⟩ attaches it to this passage or the selection. Esc cancels."


def in_hand(session: Session) -> tuple[Annotation, int] | None:
    """What the reader is about to put back, and which of its targets; None once that is settled."""
    if session.notes.in_hand is None or session.notes.store is None:
        return None
    id, n = session.notes.in_hand
    annotation = next((a for a in session.notes.annotations if a.id == id), None)
    if annotation is None:
        from summitreader.notes.errors import NoSuchAnnotation

        try:
            annotation = session.notes.store.get(id)
        except NoSuchAnnotation:
            return None
    if n >= len(annotation.targets) or not _is_loose(session, annotation.targets[n]):
        return None
    return annotation, n


def _is_loose(session: Session, target: Target) -> bool:
    """Whether a target may be put elsewhere: it asks for its place, has none, or its source is not in the story."""
    return target.state is not State.SURE or all(target.source != source.id for source in session.sources)


def stood_last(session: Session) -> tuple[int, int] | None:
    """Source and passage where what is in hand is, or was last; None where no source of the story has it."""
    found = in_hand(session)
    if found is None:
        return None
    target = found[0].targets[found[1]]
    for number, source in enumerate(session.sources):
        if source.id == target.source and source.passages:
            at = target.start if target.start is not None else target.last_start
            return (number, source.passage_at(min(at, max(0, len(source.text) - 1))))
    return None


class Reattach(ReaderPart):
    """Handler of the command that puts back: it takes an orphan in hand, and then puts it down."""

    def __init__(self, reader: Reader, note_commands: NoteCommands) -> None:
        super().__init__(reader)
        self.note_commands = note_commands

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"put-back": self._put}

    def release(self) -> bool:
        """Put nothing back after all; whether there was anything in hand."""
        had = self.session.notes.in_hand is not None
        self.session.notes.in_hand = None
        self.reader.show_status()
        return had

    def _put(self) -> None:
        if not self.note_commands.can_note():
            return
        notes = self.session.notes
        found = in_hand(self.session)
        if found is not None:
            annotation, target = found
            notes.put_back(annotation.id, target, self.note_commands.place())
            notes.in_hand = None
            self.reader.show_status()
            self.note_commands.choose(annotation)
            self.note_commands.deck.active.select(None)
            self.say(f"The {called(annotation)} is attached here now. ⟨undo⟩ undoes.")
            return
        lost = self._lost()
        if not lost:
            self.say("No orphaned notes in this story.")
            return
        sentence = take_in_hand(self.session, lost[0])
        more = f" {len(lost) - 1} more: ⟨view-notes⟩ lists them." if len(lost) > 1 else ""
        self.reader.show_status()
        self.say(f"{sentence}{more}")

    def _lost(self) -> list[Annotation]:
        """The annotations that have an orphan, those of the source that leads first."""
        here = self.session.sources[self.note_commands.deck.active.number].id
        found = [a for a in self.session.notes.annotations if a.state is State.ORPHAN]
        return sorted(found, key=lambda a: (all(t.source != here for t in a.targets), a.order))


def in_hand_words(session: Session, width: int, key: str) -> str:
    """What is in hand, for the first row of the screen; empty where nothing is."""
    found = in_hand(session)
    return f"{key} attaches {in_quotation_marks(found[0].targets[found[1]].quote, width + 2)} here  " if found else ""
