"""Writing a note in a view that is a list: the same editor, drafts and store as in the reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from summitreader.errors import SummitreaderError
from summitreader.notes.model import Annotation
from summitreader.tui.reader.notes import BOTH_WORDINGS
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.note_editor import NoteEditor


class NoteComposer:
    """`say` tells the reader what was done, `focus_back` gives the list the keys again, `kept` hears of a note."""

    def __init__(
        self,
        session: Session,
        say: Callable[[str], None],
        focus_back: Callable[[], object],
        kept: Callable[[], None] = lambda: None,
    ) -> None:
        self.editor = NoteEditor()
        self._session = session
        self._say = say
        self._focus_back = focus_back
        self._kept = kept
        self._was = ""
        self._about: str | tuple[tuple[int, int, int], ...] | None = None

    def can_note(self) -> bool:
        """Whether notes can be kept here; where not, the reader is told why."""
        store = self._session.notes.store
        if store is None or store.read_only:
            self._say("Notes cannot be saved: the data folder is not writable or is in use by another program.")
            return False
        return True

    async def on_annotation(self, annotation: Annotation) -> None:
        """Go on with the note of an annotation."""
        if self.can_note():
            await self._open(annotation.id, annotation.id, annotation.targets[0].quote, annotation.note)

    async def on_places(self, places: Sequence[tuple[int, int, int]]) -> None:
        """Write one note on all of `places`, `(source, start, end)`, or go on with the one that is on them."""
        if not places or not self.can_note():
            return
        existing = self._note_on(places)
        if existing is not None:
            await self.on_annotation(existing)
            return
        sources = self._session.sources
        key = " ".join(f"{sources[n].sha256}:{start}:{end}" for n, start, end in places)
        quote = " / ".join(sources[n].text[start:end] for n, start, end in places)
        await self._open(key, tuple(places), quote, "")

    def _note_on(self, places: Sequence[tuple[int, int, int]]) -> Annotation | None:
        wanted = {(self._session.sources[n].id, start, end) for n, start, end in places}
        for annotation in reversed(self._session.notes.annotations):
            if wanted <= {(t.source, t.start, t.end) for t in annotation.targets}:
                return annotation
        return None

    async def _open(self, key: str, about: str | tuple[tuple[int, int, int], ...], quote: str, note: str) -> None:
        assert self._session.notes.store is not None
        draft = self._session.notes.store.draft(key)
        self._about, self._was = about, note
        await self.editor.open(key, quote, draft if draft is not None else note, self.finish)

    def finish(self, text: str, kept: bool) -> bool:
        """Make a note of what was typed, or keep it as a draft that the next note here goes on with.

        False where a note could not be kept: what was typed must then stay where it is.
        """
        try:
            if kept:
                self._keep(text.strip())
                self._kept()
            elif text.strip():
                self.save_draft(self.editor.key, text)
                self._say("Draft saved. Press ⟨note⟩ to continue.")
        except SummitreaderError as error:
            self._say(str(error))
            if kept:
                return False
        self._about = None
        self._focus_back()
        return True

    def _keep(self, text: str) -> None:
        about = self._about
        assert self._session.notes.store is not None
        if isinstance(about, str):
            if self._session.notes.edit(about, text, self._was):
                self._say(BOTH_WORDINGS)
        elif about is not None and text:
            self._session.notes.add_on(about, text)
        self._session.notes.store.drop_draft(self.editor.key)

    def save_draft(self, key: str, text: str) -> None:
        if self._session.notes.store is not None:
            self._session.notes.store.save_draft(key, text)
