"""What is read now: the story's sources, the comparison as far as it has come, the notes, and where one has been.

The one place of the reader's state that outlives a view. Views read it, call its methods, and subscribe to its signals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from textual.signal import Signal

from summitreader.comparison.model import Divergence, Report
from summitreader.comparison.own import Own, with_own
from summitreader.errors import SummitreaderError
from summitreader.notes.model import Decision, Verdict, key_of
from summitreader.text import Source
from summitreader.tui.layout.document import Document
from summitreader.tui.layout.marks import TINTS, SpanSet
from summitreader.tui.story.index import StoryIndex, decision_key, empty_index, words_of

if TYPE_CHECKING:
    from textual.app import App

    from summitreader.export.reader_edits import Decided
    from summitreader.notes.model import Annotation, Target
    from summitreader.notes.store import Store


class Notes:
    """The annotations on the story's sources. Every change is on disk when the method returns."""

    def __init__(self, app: App[int], store: Store | None, sources: Sequence[Source], root: Path) -> None:
        """`store` is None until it is open, and where none could be opened: nothing can then be noted."""
        self._store = store
        self.opens: Callable[[], Store | None] | None = None
        """Opens the store where it is not open yet; asked again, at leisure, where another program held it."""
        self.changed: Signal[None] = Signal(app, "notes changed")
        self._sources = sources
        self._root = root
        self._number = {source.id: n for n, source in enumerate(sources)}
        self._seen = -1
        self.annotations: list[Annotation] = []
        self.decisions: dict[str, Decision] = {}
        """What was decided of what was flagged, in this story or another, by its key."""
        self.decided: Callable[[], None] = lambda: None
        """Called when other decisions hold than before."""
        self._placed: dict[int, list[tuple[Annotation, Target]]] = {}
        self.in_hand: tuple[str, int] | None = None
        """The annotation's id and the number of the target that the reader is about to put back."""

    @property
    def store(self) -> Store | None:
        if self._store is None and self.opens is not None:
            self._store = self.opens()
        return self._store

    def refresh(self) -> bool:
        """Read again what this or another process wrote; whether anything changed."""
        if self.store is None:
            return False
        now = self.store.generation  # before the notes are read: what is written meanwhile is then read the next time
        if now == self._seen:
            return False
        self.annotations = self.store.for_sources(self._sources, root=self._root)
        decided, self.decisions = self.decisions, self.store.decisions()
        self._seen = now
        self._placed.clear()
        if self.decisions != decided:
            self.decided()
        self.changed.publish(None)
        return True

    def placed(self, number: int) -> list[tuple[Annotation, Target]]:
        """The annotations that stand somewhere in source `number`, in order of the text."""
        if number not in self._placed:
            source = self._sources[number]
            found = [
                (annotation, target)
                for annotation in self.annotations
                for target in annotation.targets
                if target.source == source.id and target.start is not None
            ]
            found.sort(key=lambda pair: (pair[1].start or 0, pair[1].end or 0, pair[0].order))
            self._placed[number] = found
        return self._placed[number]

    def spans(self, number: int) -> SpanSet:
        return SpanSet((target.start or 0, target.end or 0) for _, target in self.placed(number))

    def tinted(self, number: int) -> tuple[SpanSet, ...]:
        """The spans of each colour in turn, in a source."""
        placed = self.placed(number)
        return tuple(
            SpanSet((target.start or 0, target.end or 0) for a, target in placed if a.colour == tint) for tint in TINTS
        )

    def on(self, number: int, start: int, end: int) -> list[Annotation]:
        """The annotations that share a character with `[start, end)`, the one made last first."""
        found = {
            annotation.id: annotation
            for annotation, target in self.placed(number)
            if (target.start or 0) < end and (target.end or 0) > start
        }
        return sorted(found.values(), key=lambda annotation: -annotation.order)

    def add(self, number: int, start: int, end: int, note: str = "", colour: str | None = None) -> Annotation:
        assert self.store is not None
        added = self.store.add([(self._sources[number], start, end)], note, colour=colour, root=self._root)
        self.refresh()
        return added

    def add_on(self, places: Sequence[tuple[int, int, int]], note: str = "", tags: Sequence[str] = ()) -> Annotation:
        """One annotation on several places, `(source, start, end)`."""
        assert self.store is not None
        targets = [(self._sources[number], start, end) for number, start, end in places]
        added = self.store.add(targets, note, tags, root=self._root)
        self.refresh()
        return added

    def set_tags(self, id: str, tags: Sequence[str]) -> None:
        assert self.store is not None
        self.store.edit(id, tags=tags, root=self._root)
        self.refresh()

    def settle(self, id: str, target: int, *, right: bool) -> None:
        """Say of the place that target number `target` was put at that it is right, or that it is not."""
        assert self.store is not None
        if right:
            self.store.confirm(id, target)
        else:
            self.store.reject(id, target)
        self.refresh()

    def edit(self, id: str, note: str, was: str, places: Sequence[tuple[int, int, int]] = ()) -> bool:
        """Replace the note `was` by `note`, and let it stand on further `places`, `(source, start, end)`, too.

        True where another reader had changed it meanwhile: both wordings are then in the note.
        """
        assert self.store is not None
        added = [(self._sources[number], start, end) for number, start, end in places]
        saved = self.store.edit(id, note=note, was=was, add_targets=added, root=self._root)
        self.refresh()
        return saved.note != note

    def extend(self, id: str, places: Sequence[tuple[int, int, int]]) -> None:
        """Let an annotation stand on further places."""
        assert self.store is not None
        added = [(self._sources[number], start, end) for number, start, end in places]
        self.store.edit(id, add_targets=added, root=self._root)
        self.refresh()

    def set_colour(self, id: str, colour: str | None) -> None:
        assert self.store is not None
        self.store.edit(id, colour=colour, root=self._root)
        self.refresh()

    def put_back(self, id: str, target: int, place: tuple[int, int, int]) -> None:
        """Put target number `target`, whose words are gone or in doubt, on a place that the reader chose."""
        assert self.store is not None
        number, start, end = place
        self.store.reattach(id, target, self._sources[number], start, end, root=self._root)
        self.refresh()

    def remove(self, id: str) -> None:
        assert self.store is not None
        self.store.remove(id)
        self.refresh()

    def decide(self, key: str, verdict: Verdict | None, kind: str, words: Sequence[str]) -> None:
        """Keep what the reader decides of what was flagged, or with None take back what they decided."""
        if self.store is None:
            raise SummitreaderError("Decisions cannot be saved here. --data-dir names another folder.")
        self.store.decide(key, verdict, kind, words)
        self.refresh()

    def undo(self) -> str | None:
        assert self.store is not None
        said = self.store.undo()
        self.refresh()
        return said

    def redo(self) -> str | None:
        assert self.store is not None
        said = self.store.redo()
        self.refresh()
        return said


class Session:
    """One story being read. `root` is the folder that the sources' paths are relative to."""

    def __init__(
        self,
        app: App[int],
        name: str,
        sources: Sequence[Source],
        root: Path,
        store: Store | None,
        paragraph_gap: int = 1,
    ) -> None:
        self.name = name
        self.root = root
        self.sources = tuple(sources)
        self.index: StoryIndex = empty_index(self.sources)
        self.loaded = self.sources
        """The same sources as their files have them, without what the reader put right."""
        self.found = Report(sources=self.sources)
        """What the comparison found by itself."""
        self.own = Own()
        """What the reader linked, cut and said of speakers."""
        self.compared = False
        """Whether the comparison is done; until then nothing is said to have no counterpart."""
        self.doing = ""
        """What is being done in the background, in words; empty where nothing is."""
        self.failure = ""
        """Why the comparison came to no end, in a sentence; empty where it did, or may yet."""
        self.index_changed: Signal[None] = Signal(app, "index changed")
        self.doing_changed: Signal[None] = Signal(app, "doing changed")
        self._gap = paragraph_gap
        self.notes = Notes(app, store, self.sources, root)
        self.notes.decided = self.decided

    @cached_property
    def documents(self) -> list[Document]:
        return [Document(source, self._gap) for source in self.sources]

    def counts(self) -> dict[str, str]:
        """What views count, by the command that opens each; nothing that is not known yet."""
        found = {"view-notes": len(self.notes.annotations)}
        if self.compared:
            found |= {"view-quotations": len(self.index.report.quotations), "view-divergences": len(self.index.pending)}
        return {id: str(n) for id, n in found.items() if n or (id == "view-divergences" and not self.doing)}

    def verdict(self, divergence: Divergence) -> Verdict | None:
        """What the reader decided of a divergence."""
        decision = self.notes.decisions.get(decision_key(self.index.report, divergence))
        return None if decision is None else decision.verdict

    def all_decided(self) -> list[Decided]:
        """The divergences of this story that the reader found right or dismissed."""
        from summitreader.export.reader_edits import Decided

        verdicts = ((divergence, self.verdict(divergence)) for divergence in self.index.report.divergences)
        return [Decided(divergence, verdict) for divergence, verdict in verdicts if verdict is not None]

    def decide(self, divergence: Divergence, verdict: Verdict | None) -> None:
        """Keep what the reader decides, on the disk when this returns; what is dismissed is marked no more."""
        words = words_of(self.index.report, divergence)
        self.notes.decide(key_of(divergence.kind, words), verdict, divergence.kind, words)

    def decided(self) -> None:
        """Leave out of the marks what is dismissed now."""
        now = self._decided(self.index.report)
        same = now == (self.index.dismissed, self.index.found_right)
        index = copy(self.index) if same else StoryIndex(self.index.report, *now, before=self.index)
        self.update(index, compared=self.compared, doing=self.doing)

    def indexed(self, report: Report) -> StoryIndex:
        """The index of what the comparison found, with the reader's own links and without what they dismissed."""
        self.found = report
        return self.index_of(with_own(report, self.own))

    def index_of(self, report: Report) -> StoryIndex:
        """The index of `report`, in which what the reader dismissed is not to be checked."""
        return StoryIndex(report, *self._decided(report), before=self.index)

    def _decided(self, report: Report) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of the divergences that the reader dismissed, and of those that they found right."""
        held = self.notes.decisions
        known = {d.id: held.get(decision_key(report, d)) for d in report.divergences} if held else {}
        verdicts = {id: decision.verdict for id, decision in known.items() if decision is not None}
        return (
            frozenset(id for id, verdict in verdicts.items() if verdict is Verdict.DISMISSED),
            frozenset(id for id, verdict in verdicts.items() if verdict is Verdict.RIGHT),
        )

    def update(self, index: StoryIndex | None, *, compared: bool, doing: str) -> None:
        """Take in a fuller comparison, or what is being done."""
        changed = index is not None or compared != self.compared
        self.index = index or self.index
        self.compared, self.doing = compared, doing
        if changed:
            self.index_changed.publish(None)
        self.doing_changed.publish(None)
