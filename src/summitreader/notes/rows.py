"""What stands in the tables, read and checked: a row whose checksum is wrong is never taken for what was written."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from summitreader.notes.documents import Document, dumps, to_annotation, to_target
from summitreader.notes.errors import NoSuchAnnotation, StoreDamaged
from summitreader.notes.model import Annotation, Decision, decision_of
from summitreader.notes.placement import Known, address_key, location_of, match_sources, place_target
from summitreader.notes.schema import check
from summitreader.text import Source

_TEXTS = 16
_CHUNK = 500
_ANNOTATION = "a.number, a.id, a.deleted, a.doc, a.sum, a.kind"

Followed = tuple[str, Source, str | None]
"""The key of a source, what is loaded of it now, and where it lies now."""


class Rows:
    """The reading side of one connection. Raises `sqlite3.Error`, `StoreDamaged` and `NoSuchAnnotation`."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self.db = db
        self.path = path
        self._texts: dict[str, str] = {}

    def document(self, id: str, *, deleted: bool = False) -> Document:
        """The document of an annotation; with `deleted` also that of a tombstone."""
        row = self.db.execute(f"SELECT {_ANNOTATION} FROM annotation a WHERE id = ?", (_bindable(id),)).fetchone()
        document = None if row is None else self._annotation_document(row)
        if document is None or (row[2] and not deleted):
            raise NoSuchAnnotation(f"There is no annotation {id}.")
        return document

    def by_iri(self, iri: str) -> str | None:
        """The id of the annotation that came from elsewhere under this name, deleted or not."""
        row = self.db.execute("SELECT id FROM annotation WHERE iri = ?", (iri,)).fetchone()
        return None if row is None else str(row[0])

    def is_deleted(self, id: str) -> bool | None:
        """Whether an annotation is a tombstone; None where there never was one of that id."""
        row = self.db.execute("SELECT deleted FROM annotation WHERE id = ?", (_bindable(id),)).fetchone()
        return None if row is None else bool(row[0])

    def says(self, seq: int) -> str:
        """What the action number `seq` was, in words."""
        at, does, body, kept = self.db.execute(
            "SELECT at, does, payload, sum FROM event WHERE seq = ?", (seq,)
        ).fetchone()
        check(kept, seq, at, does, body)
        return str(json.loads(body)["says"])

    def source(self, key: str) -> Document:
        row = self.db.execute("SELECT key, location, doc, sum FROM source WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise StoreDamaged(f"{self.path} names a source that it does not have.")
        _, location, body, kept = row
        check(kept, key, location, body)
        document: Document = json.loads(body)
        document["location"] = None if location is None else json.loads(location)
        return document

    def known(self, located: Sequence[tuple[Source, str | None]]) -> list[Known]:
        """The sources of the store that any of the loaded ones may be: by path, by words, by address."""
        keys: set[str] = set()
        locations = {dumps(location) for _, location in located if location is not None}
        keys.update(k for (k,) in self._among("SELECT key FROM source WHERE location IN", locations))
        keys.update(self._at({address_key(source.url) for source, _ in located if source.url is not None}))
        hashes = {source.sha256 for source, _ in located}
        keys.update(k for (k,) in self._among("SELECT source FROM version WHERE sha256 IN", hashes))
        versions: dict[str, set[str]] = {}
        for key, sha256 in self._among("SELECT source, sha256 FROM version WHERE source IN", keys):
            versions.setdefault(key, set()).add(sha256)
        found = []
        for key in sorted(keys):
            document = self.source(key)
            hashes_of = frozenset(versions.get(key, ())) | {document["sha256"]}
            found.append(Known(key, document["location"], hashes_of, document["about"]["url"], document["sha256"]))
        return found

    def _at(self, addresses: set[str]) -> list[str]:
        """The keys of the sources at any of these addresses, which are as `address_key` makes them."""
        if not addresses:
            return []
        rows = self.db.execute("SELECT key, url FROM source WHERE url IS NOT NULL ORDER BY key")
        return [key for key, url in rows if address_key(json.loads(url)) in addresses]

    def source_like(self, described: Document) -> str | None:
        """The key of the source at the place that is described, or else with its text or its address."""
        row = None
        if described["location"] is not None:
            query = "SELECT key FROM source WHERE location = ?"
            row = self.db.execute(query, (dumps(described["location"]),)).fetchone()
        if row is None and described["sha256"]:
            query = "SELECT source FROM version WHERE sha256 = ? ORDER BY source LIMIT 1"
            row = self.db.execute(query, (described["sha256"],)).fetchone()
        if row is None and described["about"]["url"]:
            row = next(((key,) for key in self._at({address_key(described["about"]["url"])})), None)
        return None if row is None else str(row[0])

    def matched(self, sources: Sequence[Source], root: Path | None) -> tuple[dict[str, Source], list[Followed]]:
        """The loaded sources by their keys in the store, and those of them that changed or moved since."""
        located = [(source, location_of(source, root)) for source in sources]
        found: dict[str, Source] = {}
        changed: list[Followed] = []
        for match in match_sources(located, self.known(located)):
            source, location = located[match.index]
            known = self.source(match.key)
            found[match.key] = source
            if known["sha256"] != source.sha256 or match.moved:
                where = location if match.moved or known["location"] is None else known["location"]
                changed.append((match.key, source, where))
        return found, changed

    def one(self, id: str) -> Annotation:
        """Raises `NoSuchAnnotation`."""
        found = self.annotations("a.id = ?", (_bindable(id),), None)
        if not found:
            raise NoSuchAnnotation(f"There is no annotation {id}.")
        return found[0]

    def with_words(self, terms: Sequence[str], limit: int | None) -> list[Annotation]:
        """The annotations with all of the terms, which are casefolded, in note, tags or quoted words, newest first."""
        clause = " AND ".join(["instr(folded, ?) > 0"] * len(terms)) or "1"
        query = f"SELECT number FROM words WHERE {clause} ORDER BY number DESC LIMIT ?"
        encodable = [_bindable(term) for term in terms]
        numbers = [n for (n,) in self.db.execute(query, (*encodable, -1 if limit is None else limit))]
        found: list[Annotation] = []
        for at in range(0, len(numbers), _CHUNK):
            chunk = numbers[at : at + _CHUNK]
            found += self.annotations(f"a.number IN ({','.join('?' * len(chunk))})", chunk)
        return sorted(found, key=lambda a: -a.order)

    def on_sources(
        self,
        loaded: Mapping[str, Source],
        taken: Collection[str],
        stale: set[str] | None = None,
        kind: str = "note",
    ) -> list[Annotation]:
        """The annotations of a kind with a target on any of the sources, placed in their texts; see `annotations`.

        `stale` receives the keys of sources that a target stands in whose kept placement is one in another text: an
        action that was undone leaves such.
        """
        ids = {id for (id,) in self._among("SELECT annotation FROM target WHERE source IN", loaded)}
        found: list[Annotation] = []
        wanted = sorted(ids)
        for at in range(0, len(wanted), _CHUNK):
            chunk = wanted[at : at + _CHUNK]
            found += self.annotations(
                f"a.id IN ({','.join('?' * len(chunk))})", chunk, kind, loaded=loaded, taken=taken, stale=stale
            )
        return sorted(found, key=lambda a: a.order)

    def placed(self, ids: Iterable[str]) -> dict[tuple[str, str], Document]:
        """The last placement of each target, by annotation and target."""
        query = "SELECT annotation, id, source, basis, doc, sum FROM target WHERE annotation IN"
        found = {}
        for annotation, id, source, basis, body, kept in self._among(query, ids):
            check(kept, annotation, id, source, basis, body)
            found[annotation, id] = json.loads(body)
        return found

    def on_source(self, key: str) -> list[tuple[str, Document, Document]]:
        """The targets on a source: the id of the annotation, the target, its last placement."""
        ids = [id for (id,) in self.db.execute("SELECT DISTINCT annotation FROM target WHERE source = ?", (key,))]
        placed = self.placed(ids)
        return [
            (id, target, placed[id, target["id"]])
            for id in ids
            for target in self.document(id)["targets"]
            if target["source"] == key
        ]

    def annotations(
        self,
        clause: str = "1",
        values: Sequence[str | int] = (),
        kind: str | None = "note",
        *,
        loaded: Mapping[str, Source] | None = None,
        taken: Collection[str] = (),
        stale: set[str] | None = None,
    ) -> list[Annotation]:
        """The annotations that are not deleted and of which `clause` (of `annotation a`) is true, in order: those of a
        `kind`, which is `note` or `correction`, or of any.

        `loaded` maps keys of sources to what is loaded: targets on those are placed in their texts. `taken` are the
        ids of all that is loaded: a target on another source bears none of them. `stale` as in `on_sources`.
        """
        rows = self.db.execute(
            f"SELECT {_ANNOTATION} FROM annotation a WHERE {clause} ORDER BY a.number", values
        ).fetchall()
        documents = [self._annotation_document(row) for row in rows]  # checked before they are chosen from
        chosen = [(r, d) for r, d in zip(rows, documents, strict=True) if not r[2] and kind in (None, r[5])]
        placed = self.placed(row[1] for row, _ in chosen)
        sources: dict[str, Document] = {}
        found = []
        for row, document in chosen:
            targets = []
            for target in document["targets"]:
                key = target["source"]
                if key not in sources:
                    sources[key] = self.source(key)
                try:
                    place = placed[row[1], target["id"]]
                except KeyError:
                    raise StoreDamaged(f"{self.path} has lost a place of annotation {row[1]}.") from None
                source = loaded.get(key) if loaded else None
                if source is not None:
                    if stale is not None and place["sha256"] != source.sha256:
                        stale.add(key)
                    place = place_target(target, place, source, self.text_of)
                described = sources[key]
                name = source.id if source else described["id"]
                if source is None and name in taken:  # another source of that name is loaded
                    name = described["location"] or key
                targets.append(to_target(target, place, described, name))
            found.append(to_annotation(document, row[0], tuple(targets)))
        return found

    def text_of(self, sha256: str) -> str | None:
        """The snapshot with this hash; the last few are kept at hand."""
        if sha256 not in self._texts:
            row = self.db.execute("SELECT text FROM snapshot WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                return None
            text = unpacked(row[0], sha256)
            if text is None:
                raise StoreDamaged(f"{self.path} has a snapshot that is not what was kept.")
            if len(self._texts) >= _TEXTS:
                self._texts.pop(next(iter(self._texts)))
            self._texts[sha256] = text
        return self._texts[sha256]

    def decisions(self) -> dict[str, Decision]:
        """What was decided, by its key."""
        found = {}
        for key, body, kept in self.db.execute("SELECT key, doc, sum FROM decision").fetchall():
            check(kept, key, body)
            found[key] = decision_of(json.loads(body))
        return found

    def decision(self, key: str) -> Document | None:
        """The document of what was decided under `key`, None where nothing was."""
        row = self.db.execute("SELECT doc, sum FROM decision WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        check(row[1], key, row[0])
        document: Document = json.loads(row[0])
        return document

    def drafts(self, key: str | None = None) -> dict[str, tuple[str, str]]:
        """The text of each draft, and when it was saved."""
        where, values = ("", ()) if key is None else (" WHERE key = ?", (dumps(key),))
        found = {}
        rows = self.db.execute(f"SELECT key, text, saved, sum FROM draft{where} ORDER BY saved DESC", values)
        for name, text, saved, kept in rows.fetchall():
            check(kept, name, text, saved)
            found[str(json.loads(name))] = (str(json.loads(text)), saved)
        return found

    def _annotation_document(self, row: tuple[int, str, int, str, int, str]) -> Document:
        number, id, deleted, body, kept, kind = row
        check(kept, number, id, deleted, body, kind)
        document: Document = json.loads(body)
        return document

    def locations_of(self, sha256: str) -> list[str]:
        query = "SELECT location FROM source WHERE sha256 = ? OR key IN (SELECT source FROM version WHERE sha256 = ?)"
        rows = self.db.execute(f"{query} ORDER BY key", (sha256, sha256))
        return [json.loads(location) for (location,) in rows if location is not None]

    def _among(self, query: str, values: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of `query` for any number of values."""
        wanted = list(dict.fromkeys(values))
        for at in range(0, len(wanted), _CHUNK):
            chunk = wanted[at : at + _CHUNK]
            yield from self.db.execute(f"{query} ({','.join('?' * len(chunk))})", chunk).fetchall()


def _bindable(text: str) -> str:
    """Text that SQLite takes: lone surrogates, which no id and no row of words has, become question marks."""
    return text.encode("utf-8", "replace").decode()


def unpacked(packed: bytes, sha256: str) -> str | None:
    """The text of a snapshot, None where it is not the text with that hash."""
    try:
        raw = zlib.decompress(packed)
    except zlib.error:
        return None
    if hashlib.sha256(raw).hexdigest() != sha256:
        return None
    return raw.decode("utf-8", "surrogatepass")
