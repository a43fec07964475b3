"""The reader's own corrections of sources, links, speakers and stories, as they apply to the corpus that is open.

A change is on the disk when the call returns; `controllers.CorrectionsController` works out what follows from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from summitreader.comparison.model import PassageRef, Quotation
from summitreader.comparison.own import Own
from summitreader.notes.corrections import corrected_sources, fields_by_hand, moved_stories, placed_by_hand
from summitreader.notes.model import Annotation, Correction, What
from summitreader.text import BlockKind, Source
from summitreader.text.gate import shown_line
from summitreader.tui.story.session import Session
from summitreader.tui.workers import Loading

if TYPE_CHECKING:
    from summitreader.notes.store import Store

Place = tuple[int, int]
"""A source of the story and one of its passages, by their numbers."""

_FIELDS = {"published": "date", "url": "address"}


class Corrections:
    """The corrections of the corpus that is open. `loaded` sources are as their files have them."""

    def __init__(self, loading: Loading) -> None:
        self._loading = loading
        self.corrections: list[Annotation] = []
        self._stories: tuple[object, object, list[tuple[str, tuple[Source, ...]]]] | None = None

    # ── what holds ────────────────────────────────────────────────────────────────────────────────────────────────

    def stories(self) -> list[tuple[str, tuple[Source, ...]]]:
        """Each story of the corpus by its name, safe to show, with its sources as they were put right."""
        corpus = self._loading.corpus
        if corpus is None:
            return []
        if self._stories is not None and self._stories[0] is corpus and self._stories[1] is self.corrections:
            return self._stories[2]
        named = corpus.stories or ((corpus.root.resolve().name or "sources", tuple(s.id for s in corpus.sources)),)
        by_id = {source.id: source for source in corrected_sources(corpus.sources, self.corrections)}
        moved = moved_stories([(shown_line(name), ids) for name, ids in named], self.corrections, self._corpus)
        place = {source.id: n for n, source in enumerate(corpus.sources)}
        found = [
            (name, tuple(by_id[id] for id in sorted((id for id in ids if id in by_id), key=place.__getitem__)))
            for name, ids in moved
        ]
        self._stories = (corpus, self.corrections, found)
        return found

    def moved_into(self) -> dict[str, int]:
        """How many sources the reader put into each story."""
        counts: dict[str, int] = {}
        moved = {
            a.targets[0].source: a.correction.value or ""
            for a in self.corrections
            if a.correction is not None and a.correction.what is What.STORY and a.correction.name == self._corpus
        }
        for story in moved.values():
            counts[story] = counts.get(story, 0) + 1
        return counts

    def loaded(self, sources: Sequence[Source]) -> tuple[Source, ...]:
        """The same sources as their files have them."""
        corpus = self._loading.corpus
        by_id = {source.id: source for source in corpus.sources} if corpus is not None else {}
        return tuple(by_id.get(source.id, source) for source in sources)

    def of_story(self, session: Session) -> list[Annotation]:
        """What was put right on the sources of `session`, in the order in which it was."""
        ids = {source.id for source in session.sources}
        return [a for a in self.corrections if any(target.source in ids for target in a.targets)]

    def fields(self, source: Source) -> dict[str, Annotation]:
        """The corrections that hold of the fields of `source`, by field."""
        return fields_by_hand(self.corrections, source.id)

    def between(self, session: Session, a: Place, b: Place) -> list[Annotation]:
        """The links and cuts by hand of two passages, the last first."""
        wanted = {a, b}
        found = [
            correction
            for correction in self.corrections
            if correction.correction is not None
            and correction.correction.what in (What.LINK, What.CUT)
            and {_passage_of(session, target.source, target.start, target.end) for target in correction.targets}
            == wanted
        ]
        return found[::-1]

    def own(self, sources: Sequence[Source]) -> Own:
        """The links, cuts and speakers by hand on `sources`."""
        placed = placed_by_hand(self.corrections, {source.id for source in sources})
        return Own(placed.links, placed.cuts, placed.speakers)

    # ── putting right ─────────────────────────────────────────────────────────────────────────────────────────────

    def tie(self, session: Session, a: Place, b: Place) -> None:
        """Link two passages; where the reader had cut what the comparison linked, that is taken back and no more."""
        before = self.between(session, a, b)
        cut = any(c.correction is not None and c.correction.what is What.CUT for c in before)
        new = [] if cut and self._is_found(session, a, b) else [(Correction(What.LINK), _ends(session, a, b))]
        self._keep(session, f"link from {_words(session, a)}", new, before)

    def cut(self, session: Session, a: Place, b: Place) -> None:
        """Two passages tell two things; a link that the reader alone had made is taken back and no more."""
        before = self.between(session, a, b)
        own = any(c.correction is not None and c.correction.what is What.LINK for c in before)
        new = [(Correction(What.CUT), _ends(session, a, b))] if self._is_found(session, a, b) or not own else []
        self._keep(session, f"removal of the link from {_words(session, a)}", new, before)

    def set_fields(self, session: Session, source: Source, values: Mapping[str, str | None]) -> None:
        """Let fields of a source say `values`; one that is what the page says is a correction no more."""
        (loaded,) = self.loaded([source])
        held = self.fields(source)
        changed = {name: value for name, value in values.items() if getattr(source, name) != value}
        new = [
            (Correction(What.FIELD, name, value, getattr(loaded, name)), [_beginning(loaded)])
            for name, value in changed.items()
            if getattr(loaded, name) != value
        ]
        names = " and ".join(_FIELDS.get(name, name) for name in changed)
        gone = [held[name] for name in changed if name in held]
        self._keep(session, f"correction of the {names} of {shown_line(source.outlet or source.id)}", new, gone)

    def set_block(self, session: Session, number: int, block: int, kind: BlockKind) -> None:
        """Let a block be boilerplate, or part of the account."""
        source, loaded = session.sources[number], session.loaded[number]
        span = source.blocks[block]
        before = [
            a
            for a in self.corrections
            if a.correction is not None and a.correction.what is What.BLOCK and a.targets[0].source == source.id
            if a.targets[0].start is not None and span.start <= a.targets[0].start < span.end
        ]
        was = loaded.blocks[block].kind
        new = [(Correction(What.BLOCK, "", str(kind), str(was)), [(loaded, span.start, span.end)])]
        said = "page furniture" if kind is BlockKind.BOILERPLATE else "part of the account"
        place = source.place_name(next(n for n, p in enumerate(source.passages) if p.block == block))
        self._keep(session, f"marking {place} as {said}", [] if kind is was else new, before)

    def set_speaker(self, session: Session, quotation: Quotation, name: str | None) -> None:
        """Let a quotation be said by `name`, or by nobody who is known; what was found anyway is no correction."""
        source = session.sources[session.index.number[quotation.source]]
        found = next((q for q in session.found.quotations if q.id == quotation.id), quotation)
        before = [
            a
            for a in self.corrections
            if a.correction is not None and a.correction.what is What.SPEAKER and a.targets[0].source == source.id
            if (a.targets[0].start, a.targets[0].end) == (quotation.start, quotation.end)
        ]
        was = found.speaker.name if found.speaker is not None else None
        new = [(Correction(What.SPEAKER, "", name, was), [(source, quotation.start, quotation.end)])]
        self._keep(session, f"speaker {name or 'nobody'}", [] if name == was else new, before)

    def move(self, session: Session, sources: Sequence[Source], home: str, story: str) -> None:
        """Take sources out of the story `home` and put them into the one named so, a new one where there is none."""
        ids = {source.id for source in sources}
        before = [
            a
            for a in self.corrections
            if a.correction is not None and a.correction.what is What.STORY and a.correction.name == self._corpus
            if a.targets[0].source in ids
        ]
        was = {a.targets[0].source: a.correction.was or home for a in before if a.correction is not None}
        new = [
            (Correction(What.STORY, self._corpus, story, was.get(loaded.id, home)), [_beginning(loaded)])
            for loaded in self.loaded(sources)
            if was.get(loaded.id, home) != story
        ]
        count = "a source" if len(sources) == 1 else f"{len(sources)} sources"
        self._keep(session, f"move of {count} to “{story}”", new, before)

    def _keep(
        self,
        session: Session,
        says: str,
        new: Sequence[tuple[Correction, Sequence[tuple[Source, int, int]]]],
        before: Sequence[Annotation],
    ) -> None:
        store = self.store(session)
        if new or before:
            store.correct(says, new, instead_of=[a.id for a in before], root=session.root)
            session.notes.refresh()

    def store(self, session: Session) -> Store:
        """Raises `StoreReadOnly` where nothing can be kept."""
        store = session.notes.store
        if store is None or store.read_only:
            from summitreader.notes.errors import StoreReadOnly

            raise StoreReadOnly("Corrections cannot be saved: the data folder is not writable.")
        return store

    @property
    def _corpus(self) -> str:
        corpus = self._loading.corpus
        return "" if corpus is None else str(corpus.root.resolve())

    @staticmethod
    def _is_found(session: Session, a: Place, b: Place) -> bool:
        """Whether the comparison itself links two passages, or puts them into one thread."""
        refs = {PassageRef(session.sources[n].id, p) for n, p in (a, b)}
        return any({link.a, link.b} == refs for link in session.found.links) or any(
            refs <= set(thread.members) for thread in session.found.threads
        )


def _passage_of(session: Session, source: str, start: int | None, end: int | None) -> Place | None:
    number = session.index.number.get(source)
    if number is None or start is None or end is None or not session.sources[number].passages:
        return None
    return (number, session.sources[number].passage_at((start + end - 1) // 2))


def _ends(session: Session, *places: Place) -> list[tuple[Source, int, int]]:
    """The two passages, in the order of the story."""
    found = []
    for number, passage in sorted(places):
        source = session.sources[number]
        found.append((source, source.passages[passage].start, source.passages[passage].end))
    return found


def _beginning(source: Source) -> tuple[Source, int, int]:
    """What a correction of a whole source stands on: the first words that are not its title, else the first of all."""
    first = next((p for n, p in enumerate(source.passages) if source.is_told(n)), None)
    span = first or (source.passages[0] if source.passages else None)
    return (source, span.start, span.end) if span is not None else (source, 0, min(1, len(source.text)))


def _words(session: Session, place: Place) -> str:
    words = " ".join(shown_line(session.sources[place[0]].passage_text(place[1])).split())
    return f"“{words[:40]}…”" if len(words) > 40 else f"“{words}”"
