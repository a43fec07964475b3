"""What one transaction of the store does: events written down, sources made known, texts kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from summitreader.counting import counted
from summitreader.notes import events
from summitreader.notes.documents import (
    ABOUT,
    Document,
    base_placement,
    basis_of,
    correction_document,
    target_document,
)
from summitreader.notes.drafts import both_wordings
from summitreader.notes.errors import NoSuchAnnotation
from summitreader.notes.model import Correction, Decision, Selection, Verdict, decision_document
from summitreader.notes.placement import location_of, match_sources, place_of, place_target
from summitreader.notes.rows import Followed, Rows
from summitreader.text import Source

Place = tuple[Source, int, int]
"""`[start, end)` of a source's text."""

Change = tuple[str, Document | None, Document | None]
"""The id of an annotation, and its document before and after: None where there was, or is to be, none."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The ids of annotations that an import added, those that it changed, and those that were newer here and stay."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    older: tuple[str, ...]


_DECIDED = {Verdict.RIGHT: "confirmation", Verdict.DISMISSED: "dismissal"}
"""How a verdict is called when it is undone."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


class Transaction:
    """Lives inside one transaction, which its maker begins and ends."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.db = rows.db

    def decide_of(self, key: str, verdict: Verdict | None, kind: str, words: Sequence[str]) -> None:
        """See `Store.decide`."""
        before, at = self.rows.decision(key), now()
        after = None if verdict is None else decision_document(Decision(key, verdict, kind, tuple(words), at))
        if (before or {}).get("verdict") == (after or {}).get("verdict"):
            return
        said = "taking back of a decision" if verdict is None else _DECIDED[verdict]
        short = " … ".join(" ".join(part.split())[:40] for part in words[:2])
        says = f"{said}, {kind}: “{short}”" if short else f"{said}, {kind}"
        self.act(says, [], at, decisions=[{"key": key, "before": before, "after": after}])

    def act(
        self, says: str, changes: Sequence[Change], at: str | None = None, decisions: Sequence[Document] = ()
    ) -> None:
        """Write an action down: what it is in words, and what it changes."""
        payload: Document = {"says": says, "changes": [{"id": i, "before": b, "after": a} for i, b, a in changes]}
        if decisions:
            payload["decisions"] = list(decisions)
        events.record(self.db, at or now(), "action", payload)

    def new_id(self) -> str:
        while True:
            id = chance_id()
            if self.rows.is_deleted(id) is None:
                return id

    def targets(self, places: Iterable[Place], root: Path | None, taken: Sequence[Document] = ()) -> list[Document]:
        """New targets, whose ids are none of those that are taken."""
        documents = []
        used = {t["id"] for t in taken}
        for source, start, end in places:
            key = self.source_key(source, location_of(source, root))
            self.keep_text(source.sha256, source.text)
            id = next(str(n) for n in range(len(used) + 1) if str(n) not in used)
            used.add(id)
            selection = Selection.of(source.text, start, end)
            documents.append(target_document(id, key, source.sha256, selection, place_of(source, start)))
        return documents

    def placed(self, id: str, target_index: int) -> Document:
        target = self._target(self.rows.document(id), target_index)
        return self.rows.placed([id])[id, target["id"]]

    def correct(
        self,
        says: str,
        corrections: Sequence[tuple[Correction, Sequence[Place]]],
        gone: Sequence[str],
        root: Path | None,
    ) -> list[str]:
        """See `Store.correct`; the ids of what was made."""
        at = now()
        changes: list[Change] = [(id, self.rows.document(id), None) for id in gone if self.rows.is_deleted(id) is False]
        made = []
        for correction, places in corrections:
            id = self.new_id()
            document: Document = {"id": id, "note": "", "tags": [], "colour": None, "created": at, "modified": at}
            document |= {"iri": None, "creator": None, "targets": self.targets(places, root)}
            changes.append((id, None, document | {"correction": correction_document(correction)}))
            made.append(id)
        if changes:
            self.act(says, changes, at)
        return made

    def decide(self, id: str, target_index: int, decision: Document, says: str, key: str | None = None) -> str:
        """Keep what a reader decided about the place of a target; `key` names the source where it is another one."""
        before = self.rows.document(id)
        target = self._target(before, target_index)
        targets = list(before["targets"])
        targets[target_index] = target | {
            "source": key or target["source"],
            "decided": [*target["decided"], decision],
        }
        after = before | {"targets": targets, "modified": now()}
        self.act(f"{says} of {kind_of(before)} {words_of(before)}", [(id, before, after)], after["modified"])
        return id

    def reattach(self, id: str, target_index: int, place: Place, root: Path | None) -> str:
        source, start, end = place
        key = self.source_key(source, location_of(source, root))
        self.keep_text(source.sha256, source.text)
        decision = {
            "sha256": source.sha256,
            "start": start,
            "end": end,
            "place": place_of(source, start),
            "state": "sure",
        }
        words = source.text[start:end]
        target = self._target(self.rows.document(id), target_index)
        decision["now"] = None if words == target["exact"] else words
        return self.decide(id, target_index, decision, "new place", key)

    def bring_in(
        self,
        documents: Sequence[Document],
        texts: Sequence[str],
        decisions: Sequence[Decision] = (),
        both: Collection[str] = (),
    ) -> ImportResult:
        """See `Store.bring_in`. Sources come as `source` of each target: the document of a source, without a key.

        The annotations `both` get their words from here and from what comes in.
        """
        for text in texts:
            self.keep_text(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), text)
        added: list[str] = []
        changed: list[str] = []
        older: list[str] = []
        changes: list[Change] = []
        places: list[list[object]] = []
        keys: dict[str, str] = {}
        for incoming in documents:
            settled = [self._settled(t, keys) for t in incoming["targets"]]
            placed = {t["id"]: t.pop("placed", None) for t in settled}
            document = incoming | {"targets": settled}
            id = self._own_id(document)
            document["id"] = id
            deleted = self.rows.is_deleted(id)
            before = self.rows.document(id) if deleted is False else None
            if before is not None and {"iri": None, "creator": None, **before} == document:
                continue
            if before is not None and id in both:
                newer, older_one = sorted((before, document), key=lambda d: str(d["modified"]), reverse=True)
                document["note"] = both_wordings(newer["note"], older_one["note"])
                document["modified"] = newer["modified"]
            if before is not None and before["modified"] > document["modified"]:
                older.append(id)
                continue
            (added if before is None else changed).append(id)
            changes.append((id, before, document))
            places += [
                [id, target["id"], basis_of(target), placed[target["id"]]]
                for target in settled
                if placed[target["id"]] not in (None, base_placement(target))
            ]
        decided = [
            {"key": d.key, "before": before, "after": decision_document(d)}
            for d in decisions
            if (before := self.rows.decision(d.key)) is None or (before["at"] < d.at and before["verdict"] != d.verdict)
        ]
        if changes or decided:
            more = f" and {counted(len(decided), 'decision')}" if decided else ""
            self.act(f"import of {counted(len(changes), 'annotation')}{more}", changes, decisions=decided)
            if places:
                events.record(self.db, now(), "placed", {"sha256": "", "places": places})
        return ImportResult(tuple(added), tuple(changed), tuple(older))

    def follow(self, changed: Sequence[Followed]) -> None:
        """Note that sources changed or moved, and place what stands in them anew."""
        for key, source, location in changed:
            self.describe(key, source, location)
            places = []
            for id, target, placed in self.rows.on_source(key):
                found = place_target(target, placed, source, self.rows.text_of)
                if found != placed:
                    places.append([id, target["id"], basis_of(target), found])
            if places:
                self.keep_text(source.sha256, source.text)
                events.record(self.db, now(), "placed", {"sha256": source.sha256, "places": places})

    def source_key(self, source: Source, location: str | None) -> str:
        """The store's key for a source, which becomes known, or is described anew, where needed."""
        matches = match_sources([(source, location)], self.rows.known([(source, location)]))
        key = next((m.key for m in matches), None)
        if key is None:
            return self.describe(None, source, location)
        known = self.rows.source(key)
        if not any(m.moved for m in matches):
            location = known["location"] or location
        if known["sha256"] != source.sha256:
            self.follow([(key, source, location)])
        return self.describe(key, source, location)

    def describe(self, key: str | None, source: Source, location: str | None) -> str:
        about = {name: getattr(source, name) for name in ABOUT}
        document = {"id": source.id, "location": location, "sha256": source.sha256, "about": about}
        return self._known_source(key, document)

    def keep_text(self, sha256: str, text: str) -> None:
        if self.db.execute("SELECT 1 FROM snapshot WHERE sha256 = ?", (sha256,)).fetchone() is None:
            events.record(self.db, now(), "text", {"sha256": sha256}, text=text)

    def _known_source(self, key: str | None, described: Document) -> str:
        document = {"key": key or chance_id(), **described}
        if key is None or self.rows.source(key) != document:
            events.record(self.db, now(), "source", document)
        return str(document["key"])

    def _settled(self, target: Document, keys: dict[str, str]) -> Document:
        """A target that came in, on a source of this store: the one at its place, or with its text, or a new one."""
        described: Document = target["source"]
        name = f"{described['location']}\n{described['sha256']}\n{described['id']}"
        if name not in keys:
            key = self.rows.source_like(described)
            keys[name] = key or self._known_source(None, described)
            if key is not None and (known := self.rows.source(key))["sha256"] != target["placed"]["sha256"]:
                # As if its text had changed: what came in is placed when the source is next read.
                self._known_source(key, {k: v for k, v in known.items() if k != "key"} | {"sha256": ""})
        return target | {"source": keys[name]}

    def _own_id(self, document: Document) -> str:
        iri = document.get("iri")
        found = self.rows.by_iri(iri) if iri else None
        return found or document.get("id") or self.new_id()

    @staticmethod
    def _target(document: Document, index: int) -> Document:
        targets = document["targets"]
        if not 0 <= index < len(targets):
            raise NoSuchAnnotation(f"Annotation {document['id']} has no target {index}.")
        found: Document = targets[index]
        return found


def chance_id() -> str:
    """Twelve letters and digits, sixty bits by chance: usable as a block link in markdown."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def now() -> str:
    """UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def kind_of(document: Document) -> str:
    """`note`, `highlight` or `correction`, as undo calls it."""
    if document.get("correction") is not None:
        return "correction"
    return "note" if document["note"] else "highlight"


def words_of(document: Document) -> str:
    """The first words that it stands on, for a sentence of undo."""
    words = " ".join(document["targets"][0]["exact"].split())
    return f"on “{words[:40]}…”" if len(words) > 40 else f"on “{words}”"
