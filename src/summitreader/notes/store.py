"""The store: every annotation, its history and the texts that it was made on, in one SQLite file.

What is told to be kept is on the disk when the call returns. Every change can be undone, also after a restart. A
`Store` may be called from several threads, one call at a time; other processes may write at the same time, and
`generation` tells when one did. Where the file turns out to be damaged, it is mended and the call is made again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final

from summitreader.notes import events
from summitreader.notes.connection import Connection
from summitreader.notes.documents import Document
from summitreader.notes.drafts import DraftWriter, both_wordings
from summitreader.notes.errors import NoSuchAnnotation, StoreBusy, StoreFull, StoreReadOnly
from summitreader.notes.files import WAIT_SECONDS
from summitreader.notes.model import Annotation, Correction, Decision, Selection, State, Verdict
from summitreader.notes.rows import Rows
from summitreader.notes.schema import checksum
from summitreader.notes.transaction import ImportResult, Place, Transaction, kind_of, now, words_of
from summitreader.text import Source


class _Unset:
    pass


UNSET: Final = _Unset()


class Store:
    """Open it with `Store.open(data_dir)`; use it as a context manager, or `close` it.

    `root` is, in every call that takes it, the folder that `Source.path` is relative to (`Corpus.root`). A source is
    known again by its absolute path, else by its words; see `identity`. Every call raises errors of `notes.errors`,
    each a sentence that says what to do.
    """

    def __init__(self, kept: Connection) -> None:
        self._kept = kept
        self.drafts_writer = DraftWriter(lambda key, text: self._save_draft(key, text), self._drop_draft)
        """Saves drafts while one types, without making the typist wait."""

    @classmethod
    def open(cls, data_dir: Path, *, wait: float = WAIT_SECONDS) -> Store:
        """The store of a data folder, made where there is none.

        A store that cannot be written is opened to be read (`read_only`); a damaged one is mended; `notices` say so.
        `wait` is for how many seconds another process may hold it. Raises `StoreNewer`, `StoreBusy` or `StoreError`.
        """
        return cls(Connection(Path(data_dir), wait))

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.drafts_writer.close()
        self._kept.close()

    @property
    def path(self) -> Path:
        return self._kept.path

    @property
    def read_only(self) -> bool:
        """Whether notes can be shown but not kept."""
        return self._kept.read_only

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about what was mended, moved or refused when the store was opened or since, for the reader."""
        return self._kept.notices

    # Transaction

    def add(
        self,
        targets: Iterable[Place],
        note: str = "",
        tags: Sequence[str] = (),
        colour: str | None = None,
        *,
        root: Path | None = None,
    ) -> Annotation:
        """Keep a new annotation on one place or several, each a source with a start and an end.

        Raises `ValueError` where a place selects nothing, or there is none.
        """
        places = _checked(targets)

        def work(writing: Transaction) -> str:
            at = now()
            document: Document = {
                "id": writing.new_id(),
                "note": note,
                "tags": list(dict.fromkeys(tags)),
                "colour": colour,
                "created": at,
                "modified": at,
                "iri": None,
                "creator": None,
                "targets": writing.targets(places, root),
            }
            writing.act(f"{kind_of(document)} {words_of(document)}", [(document["id"], None, document)], at)
            return str(document["id"])

        return self._write_one(work)

    def edit(
        self,
        id: str,
        *,
        note: str | _Unset = UNSET,
        tags: Sequence[str] | _Unset = UNSET,
        colour: str | _Unset | None = UNSET,
        targets: Iterable[Place] | _Unset = UNSET,
        add_targets: Iterable[Place] = (),
        root: Path | None = None,
        was: str | None = None,
    ) -> Annotation:
        """Change what is given and nothing else. `targets` replaces all places, `add_targets` adds to them.

        `was` is the note that `note` was written in place of: where another reader has changed it since, the note gets
        the words of both.
        """
        added = _checked(add_targets, some=False)
        replaced = None if isinstance(targets, _Unset) else _checked(targets)

        def work(writing: Transaction) -> str:
            before = writing.rows.document(id)
            after = dict(before)
            if not isinstance(note, _Unset):
                changed = was is not None and before["note"] != was
                after["note"] = both_wordings(note, before["note"]) if changed else note
            if not isinstance(tags, _Unset):
                after["tags"] = list(dict.fromkeys(tags))
            if not isinstance(colour, _Unset):
                after["colour"] = colour
            if replaced is not None:
                after["targets"] = writing.targets(replaced, root, taken=after["targets"])
            if added:
                after["targets"] = after["targets"] + writing.targets(added, root, taken=after["targets"])
            if after != before:
                after["modified"] = now()
                says = f"change of the {kind_of(before)} {words_of(before)}"
                writing.act(says, [(id, before, after)], after["modified"])
            return id

        return self._write_one(work)

    def correct(
        self,
        says: str,
        corrections: Iterable[tuple[Correction, Sequence[Place]]],
        *,
        instead_of: Iterable[str] = (),
        root: Path | None = None,
    ) -> list[Annotation]:
        """Keep what a reader put right, each with where it stands, and take back those `instead_of` which it comes: one
        action, called `says` ("cut of the link …") when it is undone."""
        made = [(correction, _checked(places)) for correction, places in corrections]
        gone = list(dict.fromkeys(instead_of))
        return self._kept.write(
            lambda writing: [writing.rows.one(id) for id in writing.correct(says, made, gone, root)]
        )

    def remove(self, *ids: str) -> None:
        """Delete annotations, as one action; `undo` brings them back."""

        def work(writing: Transaction) -> None:
            documents = [writing.rows.document(id) for id in dict.fromkeys(ids)]
            if documents:
                says = f"deletion of the {kind_of(documents[0])} {words_of(documents[0])}"
                if len(documents) > 1:
                    says = f"deletion of {len(documents)} annotations"
                writing.act(says, [(d["id"], d, None) for d in documents])

        self._kept.write(work)

    def undo(self) -> str | None:
        """Take the last action back, whoever made it; a sentence that says which, or None where nothing is left."""
        return self._turn("undo", events.undoable, "Undone: {}.")

    def redo(self) -> str | None:
        """Do again what was undone last; a sentence that says what, or None."""
        return self._turn("redo", events.redoable, "Redone: {}.")

    def confirm(self, id: str, target_index: int) -> Annotation:
        """The place that a target was put at is right: it is sure from now on."""

        def work(writing: Transaction) -> str:
            placed = writing.placed(id, target_index)
            if placed["start"] is None:
                raise NoSuchAnnotation(f"Target {target_index} of {id} has no place to confirm; put it back by hand.")
            decision = {k: placed.get(k) for k in ("sha256", "start", "end", "place", "now")} | {
                "state": str(State.SURE)
            }
            return writing.decide(id, target_index, decision, "confirmed place")

        return self._write_one(work)

    def reject(self, id: str, target_index: int) -> Annotation:
        """The place that a target was put at is wrong: it is an orphan in this text until it is put back."""

        def work(writing: Transaction) -> str:
            sha256 = writing.placed(id, target_index)["sha256"]
            decision = dict.fromkeys(("start", "end", "now")) | {"sha256": sha256, "place": "", "state": "orphan"}
            return writing.decide(id, target_index, decision, "refused place")

        return self._write_one(work)

    def reattach(
        self, id: str, target_index: int, source: Source, start: int, end: int, *, root: Path | None = None
    ) -> Annotation:
        """Put a target back by hand, on `[start, end)` of a source, the old one or another."""
        Selection.of(source.text, start, end)
        return self._write_one(lambda writing: writing.reattach(id, target_index, (source, start, end), root))

    def decide(self, key: str, verdict: Verdict | None, kind: str, words: Sequence[str]) -> None:
        """Keep what the reader decided of what was flagged, or with None take back what they had decided.

        `key` is its name (`decisions.key_of`), `words` what was flagged. It is an action like any other: `undo` takes
        it back, also after a restart.
        """
        self._kept.write(lambda writing: writing.decide_of(key, verdict, kind, words))

    def bring_in(
        self, documents: Sequence[Document], texts: Sequence[str] = (), decisions: Sequence[Decision] = ()
    ) -> ImportResult:
        """Take in documents and decisions made by `incoming`, as one action. `texts` are snapshots that came along.

        A document that says what the store has already changes nothing; one that is older than what is here neither.
        """
        return self._kept.write(lambda writing: writing.bring_in(documents, texts, decisions))

    # Reading

    @property
    def generation(self) -> int:
        """Grows with every change, by this process or another; costs microseconds."""
        return self._kept.read(lambda rows: int(rows.db.execute("SELECT max(seq) FROM event").fetchone()[0] or 0))

    def all(self) -> list[Annotation]:
        """Every annotation, in the order in which they were made, each target at its last known place."""
        return self._kept.read(lambda rows: rows.annotations())

    def all_corrections(self) -> list[Annotation]:
        """Everything that was put right by hand, on whatever source, in the order in which it was."""
        return self._kept.read(lambda rows: rows.annotations(kind="correction"))

    def get(self, id: str) -> Annotation:
        """Raises `NoSuchAnnotation`."""
        return self._kept.read(lambda rows: rows.one(id))

    def search(self, words: str, *, limit: int | None = None) -> list[Annotation]:
        """Annotations with all of `words` in their note, tags or quoted words, without case, newest first."""
        terms = words.casefold().split()
        return self._kept.read(lambda rows: rows.with_words(terms, limit))

    def for_sources(self, sources: Sequence[Source], *, root: Path | None = None) -> list[Annotation]:
        """The annotations on any of `sources`, with those targets placed in their texts of today.

        Targets on other sources come along at their last known place. Placements in a text that was not seen before
        are written down, with the text; where that cannot be done they are shown all the same.
        """
        return self._on(sources, root, "note")

    def corrections(self, sources: Sequence[Source], *, root: Path | None = None) -> list[Annotation]:
        """What was put right by hand on any of `sources`, placed like annotations: each has a `correction`."""
        return self._on(sources, root, "correction")

    def decisions(self) -> dict[str, Decision]:
        """What the reader decided of what was flagged, by its key."""
        return self._kept.read(lambda rows: rows.decisions())

    @property
    def corrections_mark(self) -> tuple[int, int, int]:
        """Another one after every change to what was put right, by this process or another; costs microseconds."""
        query = "SELECT count(*), coalesce(sum(number), 0), coalesce(sum(sum), 0) FROM annotation "
        query += "WHERE kind <> 'note' AND NOT deleted"
        return self._kept.read(lambda rows: tuple(rows.db.execute(query).fetchone()))

    def _on(self, sources: Sequence[Source], root: Path | None, kind: str) -> list[Annotation]:
        def work(rows: Rows) -> list[Annotation]:
            matches, changed = rows.matched(sources, root)
            if changed and not self.read_only:
                with suppress(StoreBusy, StoreFull, StoreReadOnly):
                    self._kept.write(lambda writing: writing.follow(changed))
                rows = self._kept.rows
            stale: set[str] = set()
            found = rows.on_sources(matches, {source.id for source in sources}, stale, kind)
            if stale and not self.read_only:
                again = [(key, matches[key], rows.source(key)["location"]) for key in sorted(stale)]
                with suppress(StoreBusy, StoreFull, StoreReadOnly):
                    self._kept.write(lambda writing: writing.follow(again))
            return found

        return self._kept.read(work)

    def recent_tags(self, limit: int = 10) -> list[str]:
        """The tags used last, the latest first."""

        def work(rows: Rows) -> list[str]:
            found = rows.db.execute("SELECT tag FROM tag ORDER BY used DESC LIMIT 1000")
            return list(dict.fromkeys(json.loads(tag) for (tag,) in found))[:limit]

        return self._kept.read(work)

    def snapshot(self, sha256: str) -> str | None:
        """The text with this hash, where an annotation was made on it or placed in it."""
        return self._kept.read(lambda rows: rows.text_of(sha256))

    def locations(self, sha256: str) -> list[str]:
        """The paths of the sources that have, or had, the text with this hash."""
        return self._kept.read(lambda rows: rows.locations_of(sha256))

    # A note being typed

    def save_draft(self, key: str, text: str) -> None:
        """Keep the text of a note that is being typed; `key` is the caller's name for what it is about. For one who
        types, `drafts_writer` does the same without waiting."""
        self._save_draft(key, text)

    def _save_draft(self, key: str, text: str) -> None:

        def work(writing: Transaction) -> None:
            row = (json.dumps(key), json.dumps(text), now())
            writing.db.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)", (*row, checksum(*row)))

        self._kept.write(work)

    def draft(self, key: str) -> str | None:
        """The text to go on with: of a draft that is older than the note with this id, only words that it lacks, after
        those of the note. None where nothing is to be added."""

        def work(rows: Rows) -> str | None:
            text, saved = rows.drafts(key).get(key, (None, ""))
            if text is None or rows.is_deleted(key) is not False:
                return text
            document = rows.document(key)
            if saved >= document["modified"]:
                return text
            both = both_wordings(document["note"], text)
            return None if both == document["note"] else both

        return self._kept.read(work)

    def drafts(self) -> dict[str, str]:
        """All that was typed and neither kept nor dropped, by key, the latest first."""
        return self._kept.read(lambda rows: {key: text for key, (text, _) in rows.drafts().items()})

    def drop_draft(self, key: str) -> None:
        """Delete a draft, whose note is saved or not wanted; what is still to be saved of it is not saved any more."""
        self.drafts_writer.finish(key)

    def _drop_draft(self, key: str) -> None:
        def work(writing: Transaction) -> None:
            writing.db.execute("DELETE FROM draft WHERE key = ?", (json.dumps(key),))

        self._kept.write(work)

    def _write_one(self, work: Callable[[Transaction], str]) -> Annotation:
        return self._kept.write(lambda writing: writing.rows.one(work(writing)))

    def _turn(self, does: str, which: Callable[[sqlite3.Connection], int | None], sentence: str) -> str | None:
        def work(writing: Transaction) -> str | None:
            of = which(writing.db)
            if of is None:
                return None
            says = writing.rows.says(of)
            events.record(writing.db, now(), does, {"of": of})
            return sentence.format(says)

        return self._kept.write(work)


def _checked(places: Iterable[Place], *, some: bool = True) -> list[Place]:
    found = list(places)
    if some and not found:
        raise ValueError("an annotation needs a place")
    for source, start, end in found:
        Selection.of(source.text, start, end)
    return found
