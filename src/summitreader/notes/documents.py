"""Annotations as the JSON documents that the store, its history and its mirror keep, and back.

A document is a plain dict of JSON values; `dumps` makes it pure ASCII, so that any text at all, lone surrogates too,
comes back as it was.
"""

from __future__ import annotations

import json
from typing import Any

from summitreader.notes.model import About, Annotation, Correction, PlaceDecision, Selection, State, Target, What

Document = dict[str, Any]

ABOUT = ("title", "outlet", "author", "published", "url", "language")
"""What is kept about a source, in order."""

_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True)


def dumps(document: Any) -> str:
    """JSON in ASCII without spaces, so that its checksum is the same everywhere; lone surrogates too."""
    return _ENCODER.encode(document)


def target_document(
    id: str, source_key: str, origin: str, selection: Selection, place: str, decided: tuple[Document, ...] = ()
) -> Document:
    """`decided` are the places that a reader confirmed, chose or refused, in order."""
    return {
        "id": id,
        "source": source_key,
        "origin": origin,
        "exact": selection.exact,
        "prefix": selection.prefix,
        "suffix": selection.suffix,
        "start": selection.start,
        "end": selection.end,
        "place": place,
        "decided": list(decided),
    }


def selection_of(target: Document) -> Selection:
    """What was first selected."""
    return Selection(target["exact"], target["prefix"], target["suffix"], target["start"], target["end"])


def basis_of(target: Document) -> str:
    """Names the last place that a reader chose: whatever was worked out from another one no longer holds."""
    if not target["decided"]:
        return str(target["origin"])
    last = target["decided"][-1]
    return f"{len(target['decided'])}:{last['sha256']}:{last['start']}:{last['end']}"


def base_placement(target: Document) -> Document:
    """Where the target stands by its first selectors and by what a reader decided since."""
    if target["origin"]:
        placed = placement_document(
            target["origin"], target["start"], target["end"], State.SURE, 1.0, target["place"], "reader"
        )
    else:  # it came from elsewhere, and the text that it was made on is not known
        placed = placement_document("", None, None, State.ORPHAN, 0.0, target["place"], "reader")
    for decision in target["decided"]:
        last = {k: placed[k] for k in ("last_start", "last_end", "last_sha256")}
        placed = decided_document(decision)
        if decision["start"] is None:
            placed |= last
    return placed


def placement_document(
    sha256: str,
    start: int | None,
    end: int | None,
    state: str,
    confidence: float,
    place: str,
    by: str = "engine",
    last: tuple[int, int, str] | None = None,
    now: str | None = None,
) -> Document:
    """`last` is the last known place of an orphan: start, end and the hash of the text that they refer to.

    `now` is what stands at the place, where that is not the selected words.
    """
    if start is not None and end is not None:
        last = (start, end, sha256)
    last = last or (0, 0, sha256)
    return {
        "sha256": sha256,
        "start": start,
        "end": end,
        "state": str(state),
        "confidence": round(confidence, 4),
        "place": place,
        "by": by,
        "last_start": last[0],
        "last_end": last[1],
        "last_sha256": last[2],
        "now": now,
    }


def decided_document(decision: Document, last: tuple[int, int, str] | None = None) -> Document:
    """The placement that a reader's decision is."""
    return placement_document(
        decision["sha256"],
        decision["start"],
        decision["end"],
        decision["state"],
        1.0,
        decision["place"],
        "reader",
        last,
        decision.get("now"),
    )


def document_of(annotation: Annotation) -> Document:
    """An annotation as the document that it came from, but for its sources, which are described and not named."""
    document: Document = {
        "id": annotation.id,
        "note": annotation.note,
        "tags": list(annotation.tags),
        "colour": annotation.colour,
        "created": annotation.created,
        "modified": annotation.modified,
        "iri": annotation.iri,
        "creator": annotation.creator,
        "targets": [_document_of_target(target) for target in annotation.targets],
    }
    if annotation.correction is not None:
        document["correction"] = correction_document(annotation.correction)
    return document


def correction_document(correction: Correction) -> Document:
    """A correction as it is kept."""
    return {
        "what": str(correction.what),
        "name": correction.name,
        "value": correction.value,
        "was": correction.was,
    }


def correction_of(document: Document) -> Correction | None:
    """What the document of an annotation puts right; None for a note."""
    said = document.get("correction")
    return None if said is None else Correction(What(said["what"]), said["name"], said["value"], said["was"])


def _document_of_target(target: Target) -> Document:
    decided = tuple(
        {
            "sha256": d.sha256,
            "start": d.start,
            "end": d.end,
            "state": str(d.state),
            "place": d.place,
            "now": d.now,
        }
        for d in target.decided
    )
    source = {
        "id": target.source,
        "location": target.source_path,
        "sha256": target.sha256,
        "about": {name: getattr(target.about, name) for name in ABOUT},
    }
    document = target_document(target.id, "", target.origin, target.selection, target.first_place, decided)
    placed = placement_document(
        target.sha256,
        target.start,
        target.end,
        target.state,
        target.confidence,
        target.place,
        target.by,
        (target.last_start, target.last_end, target.last_sha256),
        target.now,
    )
    return document | {"source": source, "placed": placed}


def to_target(target: Document, placed: Document, source: Document, source_id: str | None = None) -> Target:
    """A target with its place in the source as last read; `source_id` where that is called otherwise now."""
    return Target(
        id=target["id"],
        source=source_id if source_id is not None else source["id"],
        source_path=source["location"],
        source_key=target["source"],
        about=About(**source["about"]),
        origin=target["origin"],
        selection=selection_of(target),
        sha256=placed["sha256"],
        start=placed["start"],
        end=placed["end"],
        state=State(placed["state"]),
        confidence=placed["confidence"],
        place=placed["place"],
        by=placed["by"],
        last_start=placed["last_start"],
        last_end=placed["last_end"],
        last_sha256=placed["last_sha256"],
        first_place=target["place"],
        now=placed.get("now"),
        decided=tuple(
            PlaceDecision(d["sha256"], d["start"], d["end"], State(d["state"]), d["place"], d.get("now"))
            for d in target["decided"]
        ),
    )


def to_annotation(document: Document, order: int, targets: tuple[Target, ...]) -> Annotation:
    """An annotation from its document; `order` is its number among all, as they were made."""
    return Annotation(
        id=document["id"],
        targets=targets,
        note=document["note"],
        tags=tuple(document["tags"]),
        colour=document["colour"],
        created=document["created"],
        modified=document["modified"],
        order=order,
        iri=document.get("iri"),
        creator=document.get("creator"),
        correction=correction_of(document),
    )


def folded(document: Document) -> str:
    """What a search looks in: the note, the tags and the words, without case."""
    words = [document["note"], *document["tags"], *(t["exact"] for t in document["targets"])]
    return "\n".join(words).casefold().encode("utf-8", "replace").decode("utf-8")
