"""The store: every annotation, its history and the texts that it was made on, in one SQLite file.

What is told to be kept is on the disk when the call returns. Every change can be undone, also after a restart. A
`Store` may be called from several threads, one call at a time; other processes may write at the same time, and
`generation` tells when one did.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from summitreader.notes import history
from summitreader.notes.documents import (
    Document,
    basis_of,
    target_document,
    to_annotation,
    to_target,
)
from summitreader.notes.errors import NoSuchAnnotation, StoreReadOnly, store_error
from summitreader.notes.identity import Known, location_of, match_sources
from summitreader.notes.model import Annotation, Selection, State
from summitreader.notes.opening import connect
from summitreader.notes.placing import place_of, place_target
from summitreader.text import Source

Place = tuple[Source, int, int]
"""`[start, end)` of a source's text."""


class _Unset:
    pass


UNSET: Final = _Unset()


class Store:
    """Open it with `Store.open(data_dir)`; use it as a context manager, or `close` it.

    `root` is, in every call that takes it, the folder that `Source.path` is relative to (`Corpus.root`). A source is
    known again by its absolute path, else by its words; see `identity`.
    """

    def __init__(self, db: sqlite3.Connection, path: Path, *, read_only: bool, notices: tuple[str, ...] = ()) -> None:
        self._db = db
        self._lock = threading.RLock()
        self._texts: dict[str, str] = {}
        self.path = path
        self.read_only = read_only
        self.notices = notices
        """Sentences about what was mended, moved or refused when the store was opened, to be shown to the reader."""

    @classmethod
    def open(cls, data_dir: Path) -> Store:
        """The store of a data folder, made where there is none.

        Raises `StoreNewer`, `StoreReadOnly`, `StoreBusy`, `StoreFull` or `StoreError`, each with a sentence.
        """
        opened = connect(Path(data_dir))
        return cls(opened.db, opened.path, read_only=opened.read_only, notices=opened.notices)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    # Writing

    def add(
        self,
        targets: Iterable[Place],
        note: str = "",
        tags: Sequence[str] = (),
        colour: str | None = None,
        *,
        root: Path | None = None,
    ) -> Annotation:
        """Keep a new annotation on one place or several; it is durable when this returns.

        Raises `ValueError` where a place selects nothing or there is none.
        """
        now = _now()
        with self._writing():
            document: Document = {
                "id": self._new_id(),
                "note": note,
                "tags": list(dict.fromkeys(tags)),
                "colour": colour,
                "created": now,
                "modified": now,
                "targets": self._targets(targets, root, now),
            }
            self._act(now, f"{_kind(document)} {_words(document)}", [(document["id"], None, document)])
            return self._annotation(document["id"])

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
    ) -> Annotation:
        """Change what is given and nothing else. `targets` replaces all places, `add_targets` adds to them."""
        now = _now()
        with self._writing():
            before = self._document(id)
            after = dict(before)
            if not isinstance(note, _Unset):
                after["note"] = note
            if not isinstance(tags, _Unset):
                after["tags"] = list(dict.fromkeys(tags))
            if not isinstance(colour, _Unset):
                after["colour"] = colour
            if not isinstance(targets, _Unset):
                after["targets"] = self._targets(targets, root, now)
            added = list(add_targets)
            if added:
                after["targets"] = after["targets"] + self._targets(added, root, now, taken=after["targets"])
            if after != before:
                after["modified"] = now
                self._act(now, f"change of the {_kind(before)} {_words(before)}", [(id, before, after)])
            return self._annotation(id)

    def remove(self, *ids: str) -> None:
        """Delete annotations, as one action; `undo` brings them back."""
        with self._writing():
            documents = [self._document(id) for id in dict.fromkeys(ids)]
            if documents:
                says = f"deletion of the {_kind(documents[0])} {_words(documents[0])}"
                if len(documents) > 1:
                    says = f"deletion of {len(documents)} annotations"
                self._act(_now(), says, [(d["id"], d, None) for d in documents])

    def undo(self) -> str | None:
        """Take the last action back, whoever made it; a sentence that says which, or None where nothing is left."""
        with self._writing():
            last = history.undoable(self._db)
            if last is None:
                return None
            history.record(self._db, _now(), "undo", {"of": last[0]})
            return f"Undid the {last[1]}."

    def redo(self) -> str | None:
        """Do again what was undone last; a sentence that says what, or None."""
        with self._writing():
            last = history.redoable(self._db)
            if last is None:
                return None
            history.record(self._db, _now(), "redo", {"of": last[0]})
            return f"Did again the {last[1]}."

    def confirm(self, id: str, target_index: int) -> Annotation:
        """The place that a target was put at is right: it is sure from now on."""
        with self._writing():
            placed = self._placed(id)[self._target(id, target_index)["id"]]
            if placed["start"] is None:
                raise NoSuchAnnotation(f"Target {target_index} of {id} has no place to confirm; put it back by hand.")
            decision = {k: placed[k] for k in ("sha256", "start", "end", "place")} | {"state": str(State.SURE)}
            return self._decide(id, target_index, decision, "confirmed place")

    def reject(self, id: str, target_index: int) -> Annotation:
        """The place that a target was put at is wrong: it is an orphan in this text until it is put back."""
        with self._writing():
            placed = self._placed(id)[self._target(id, target_index)["id"]]
            decision = {"sha256": placed["sha256"], "start": None, "end": None, "place": "", "state": State.ORPHAN}
            return self._decide(id, target_index, decision, "refused place")

    def reattach(
        self, id: str, target_index: int, source: Source, start: int, end: int, *, root: Path | None = None
    ) -> Annotation:
        """Put a target back by hand, on `[start, end)` of a source, the old one or another."""
        now = _now()
        Selection.of(source.text, start, end)
        with self._writing():
            key = self._source_key(source, location_of(source, root), now)
            self._keep_text(source, now)
            decision = {
                "sha256": source.sha256,
                "start": start,
                "end": end,
                "place": place_of(source, start),
                "state": str(State.SURE),
            }
            return self._decide(id, target_index, decision, "new place", key=key)

    # Reading

    @property
    def generation(self) -> int:
        """Grows with every change, by this process or another; costs microseconds."""
        with self._reading():
            (seq,) = self._db.execute("SELECT max(seq) FROM event").fetchone()
            return int(seq or 0)

    def all(self) -> list[Annotation]:
        """Every annotation, in the order in which they were made, each target at its last known place."""
        with self._reading():
            return self._annotations("1", ())

    def get(self, id: str) -> Annotation:
        """Raises `NoSuchAnnotation`."""
        with self._reading():
            return self._annotation(id)

    def search(self, words: str, *, limit: int | None = None) -> list[Annotation]:
        """Annotations with all of `words` in their note, tags or quoted words, without case, newest first."""
        terms = words.casefold().split()
        clause = " AND ".join(["instr(a.folded, ?) > 0"] * len(terms)) or "1"
        with self._reading():
            return self._annotations(clause, terms, newest=True, limit=limit)

    def for_sources(self, sources: Sequence[Source], *, root: Path | None = None) -> list[Annotation]:
        """The annotations on any of `sources`, with those targets placed in their texts of today.

        Targets on other sources come along at their last known place. Placements in a text that was not seen before
        are written down, with the text.
        """
        located = [(source, location_of(source, root)) for source in sources]
        with self._reading():
            matches = match_sources(located, self._known())
            if not matches:
                return []
            keys = {m.key: sources[m.index] for m in matches}
            self._follow(matches, located)
            marks = ",".join("?" * len(keys))
            clause = f"a.id IN (SELECT annotation FROM target WHERE source IN ({marks}))"
            return self._annotations(clause, tuple(keys), loaded=keys)

    def recent_tags(self, limit: int = 10) -> list[str]:
        """The tags used last, the latest first."""
        with self._reading():
            rows = self._db.execute("SELECT tag FROM tag ORDER BY used DESC LIMIT 1000")
            return list(dict.fromkeys(json.loads(tag) for (tag,) in rows))[:limit]

    def snapshot(self, sha256: str) -> str | None:
        """The text with this hash, where an annotation was made on it or placed in it."""
        with self._reading():
            return self._text_of(sha256)

    # A note being typed

    def save_draft(self, key: str, text: str) -> None:
        """Keep the text of a note that is being typed; `key` is the caller's name for what it is about."""
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (key, json.dumps(text), _now()))

    def draft(self, key: str) -> str | None:
        with self._reading():
            row = self._db.execute("SELECT text FROM draft WHERE key = ?", (key,)).fetchone()
            return None if row is None else str(json.loads(row[0]))

    def drafts(self) -> dict[str, str]:
        """All that was typed and neither kept nor dropped, by key, the latest first."""
        with self._reading():
            rows = self._db.execute("SELECT key, text FROM draft ORDER BY saved DESC").fetchall()
            return {key: json.loads(text) for key, text in rows}

    def drop_draft(self, key: str) -> None:
        with self._writing():
            self._db.execute("DELETE FROM draft WHERE key = ?", (key,))

    # Inside

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise store_error(error, self.path) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            if self.read_only:
                raise StoreReadOnly(f"{self.path} can only be read here. Name another folder with --data-dir.")
            try:
                self._db.execute("BEGIN IMMEDIATE")
                yield
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                raise store_error(error, self.path) from error
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def _act(self, at: str, says: str, changes: list[tuple[str, Document | None, Document | None]]) -> None:
        payload = {"says": says, "changes": [{"id": i, "before": b, "after": a} for i, b, a in changes]}
        history.record(self._db, at, "action", payload)

    def _decide(self, id: str, target_index: int, decision: Document, says: str, key: str | None = None) -> Annotation:
        before = self._document(id)
        targets = list(before["targets"])
        target = self._target(id, target_index)
        changed = target | {"decided": [*target["decided"], decision | {"state": str(decision["state"])}]}
        if key is not None:
            changed["source"] = key
        targets[target_index] = changed
        after = before | {"targets": targets, "modified": _now()}
        self._act(after["modified"], f"{says} of {_words(before)}", [(id, before, after)])
        return self._annotation(id)

    def _target(self, id: str, index: int) -> Document:
        targets = self._document(id)["targets"]
        if not 0 <= index < len(targets):
            raise NoSuchAnnotation(f"Annotation {id} has no target {index}.")
        found: Document = targets[index]
        return found

    def _new_id(self) -> str:
        while True:
            id = new_id()
            if self._db.execute("SELECT 1 FROM annotation WHERE id = ?", (id,)).fetchone() is None:
                return id

    def _targets(
        self, places: Iterable[Place], root: Path | None, now: str, taken: Sequence[Document] = ()
    ) -> list[Document]:
        documents: list[Document] = []
        used = {t["id"] for t in taken}
        for source, start, end in places:
            selection = Selection.of(source.text, start, end)
            key = self._source_key(source, location_of(source, root), now)
            self._keep_text(source, now)
            id = next(str(n) for n in range(len(used) + 1) if str(n) not in used)
            used.add(id)
            documents.append(target_document(id, key, source.sha256, selection, place_of(source, start)))
        if not documents and not taken:
            raise ValueError("an annotation needs a place")
        return documents

    def _source_key(self, source: Source, location: str | None, now: str) -> str:
        """The store's key for a source, which becomes known, or is described anew, where needed."""
        matches = match_sources([(source, location)], self._known(source.sha256, location, source.url))
        key = next((m.key for m in matches), None)
        self._describe(key, source, location, now)
        return key or self._last_key

    def _describe(self, key: str | None, source: Source, location: str | None, now: str) -> None:
        about = {
            "title": source.title,
            "outlet": source.outlet,
            "author": source.author,
            "published": source.published,
            "url": source.url,
            "language": source.language,
        }
        self._last_key = key or new_id()
        document = {
            "key": self._last_key,
            "id": source.id,
            "location": location,
            "sha256": source.sha256,
            "about": about,
        }
        if key is None or self._source(key) != document:
            history.record(self._db, now, "source", document)

    def _keep_text(self, source: Source, now: str) -> None:
        if self._db.execute("SELECT 1 FROM snapshot WHERE sha256 = ?", (source.sha256,)).fetchone() is None:
            history.record(self._db, now, "text", {"sha256": source.sha256}, text=source.text)

    def _follow(self, matches: Sequence[Any], located: Sequence[tuple[Source, str | None]]) -> None:
        """Place what stands in changed sources anew, and write it down where that can be done."""
        now = _now()
        work: list[Callable[[], None]] = []
        for match in matches:
            source, location = located[match.index]
            known = self._source(match.key)
            if known["sha256"] != source.sha256 or match.moved:
                where = location if match.moved or known["location"] is None else known["location"]
                work.append(lambda k=match.key, s=source, w=where: self._follow_one(k, s, w, now))  # type: ignore[misc]
        if not work or self.read_only:
            return
        with self._writing():
            for step in work:
                step()

    def _follow_one(self, key: str, source: Source, location: str | None, now: str) -> None:
        self._describe(key, source, location, now)
        places = []
        for id, target, placed in self._rows_on(key):
            found = place_target(target, placed, source, self._text_of)
            if found != placed:
                places.append([id, target["id"], basis_of(target), found])
        if places:
            self._keep_text(source, now)
            history.record(self._db, now, "placed", {"sha256": source.sha256, "places": places})

    def _rows_on(self, key: str) -> list[tuple[str, Document, Document]]:
        rows = self._db.execute(
            "SELECT t.annotation, t.id, t.doc, a.doc FROM target t JOIN annotation a ON a.id = t.annotation "
            "WHERE t.source = ?",
            (key,),
        ).fetchall()
        found = []
        for annotation, id, placed, document in rows:
            target = next(t for t in json.loads(document)["targets"] if t["id"] == id)
            found.append((annotation, target, json.loads(placed)))
        return found

    def _known(self, sha256: str | None = None, location: str | None = None, url: str | None = None) -> list[Known]:
        clause, values = "1", ()
        rows = self._db.execute(f"SELECT key, location, doc FROM source s WHERE {clause}", values).fetchall()
        hashes: dict[str, set[str]] = {}
        for key, version in self._db.execute("SELECT source, sha256 FROM version"):
            hashes.setdefault(key, set()).add(version)
        return [
            Known(k, None if where is None else json.loads(where), frozenset(hashes[k]), json.loads(d)["about"]["url"])
            for k, where, d in rows
        ]

    def _source(self, key: str) -> Document:
        location, body = self._db.execute("SELECT location, doc FROM source WHERE key = ?", (key,)).fetchone()
        document: Document = json.loads(body)
        document["location"] = None if location is None else json.loads(location)
        return document

    def _document(self, id: str) -> Document:
        row = self._db.execute("SELECT doc FROM annotation WHERE id = ? AND NOT deleted", (id,)).fetchone()
        if row is None:
            raise NoSuchAnnotation(f"There is no annotation {id}.")
        document: Document = json.loads(row[0])
        return document

    def _placed(self, id: str) -> dict[str, Document]:
        rows = self._db.execute("SELECT id, doc FROM target WHERE annotation = ?", (id,)).fetchall()
        return {target: json.loads(body) for target, body in rows}

    def _annotation(self, id: str) -> Annotation:
        found = self._annotations("a.id = ?", (id,))
        if not found:
            raise NoSuchAnnotation(f"There is no annotation {id}.")
        return found[0]

    def _annotations(
        self,
        clause: str,
        values: Sequence[str],
        *,
        loaded: dict[str, Source] | None = None,
        newest: bool = False,
        limit: int | None = None,
    ) -> list[Annotation]:
        rows = self._db.execute(
            f"SELECT a.number, a.id, a.doc FROM annotation a WHERE NOT a.deleted AND {clause} "
            f"ORDER BY a.number {'DESC' if newest else ''} LIMIT ?",
            (*values, -1 if limit is None else limit),
        ).fetchall()
        sources: dict[str, Document] = {}
        found = []
        for number, id, body in rows:
            document = json.loads(body)
            placed = self._placed(id)
            targets = []
            for target in document["targets"]:
                key = target["source"]
                if key not in sources:
                    sources[key] = self._source(key)
                place = placed[target["id"]]
                source = (loaded or {}).get(key)
                if source is not None:
                    place = place_target(target, place, source, self._text_of)
                targets.append(to_target(target, place, sources[key], source.id if source else None))
            found.append(to_annotation(document, number, tuple(targets)))
        return found

    def _text_of(self, sha256: str) -> str | None:
        if sha256 not in self._texts:
            row = self._db.execute("SELECT text FROM snapshot WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                return None
            if len(self._texts) >= 16:
                self._texts.pop(next(iter(self._texts)))
            self._texts[sha256] = zlib.decompress(row[0]).decode("utf-8", "surrogatepass")
        return self._texts[sha256]


def new_id() -> str:
    """Twelve letters and digits, sixty bits by chance: usable as a block link in markdown."""
    return "".join(secrets.choice("0123456789abcdefghjkmnpqrstvwxyz") for _ in range(12))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _kind(document: Document) -> str:
    return "note" if document["note"] else "highlight"


def _words(document: Document) -> str:
    words = " ".join(document["targets"][0]["exact"].split())
    return f"on “{words[:40]}…”" if len(words) > 40 else f"on “{words}”"
