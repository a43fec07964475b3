"""What an annotation is in JSON-lines of this program, as a schema: what comes in is checked against it once."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from summitreader.notes.documents import Document, placement_document
from summitreader.notes.importers import FAR, LONG, InvalidRecord
from summitreader.notes.model import State, What

Words = Annotated[str, Meta(max_length=LONG)]
Hash = Annotated[str, Meta(pattern=r"\A(?:[0-9a-f]{64})?\Z")]
Id = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z]{1,64}\Z")]
Offset = Annotated[int, Meta(ge=0, le=FAR)]


def _forward(start: int | None, end: int | None) -> None:
    if (start is None) != (end is None) or (start is not None and end is not None and start >= end):
        raise ValueError("the offsets do not run forward")


class _About(Struct):
    title: Words | None = None
    outlet: Words | None = None
    author: Words | None = None
    published: Words | None = None
    url: Words | None = None
    language: Words | None = None


class _Source(Struct):
    id: Words
    sha256: Hash
    about: _About
    location: Words | None = None


class _Decided(Struct):
    sha256: Hash
    state: State
    place: Words
    start: Offset | None = None
    end: Offset | None = None
    now: Words | None = None

    def __post_init__(self) -> None:
        _forward(self.start, self.end)


class _Placed(_Decided, kw_only=True):
    confidence: Annotated[float, Meta(ge=0, le=1)]
    by: Words
    last_start: Offset
    last_end: Offset
    last_sha256: Hash

    def __post_init__(self) -> None:
        _forward(self.start, self.end)
        if self.last_start or self.last_end:
            _forward(self.last_start, self.last_end)


class _Target(Struct):
    id: Id
    source: _Source
    origin: Hash
    exact: Annotated[str, Meta(min_length=1, max_length=LONG)]
    prefix: Words
    suffix: Words
    start: Offset
    end: Offset
    place: Words
    placed: _Placed
    decided: list[_Decided] | None = None

    def __post_init__(self) -> None:
        _forward(self.start, self.end)


class _Correction(Struct):
    what: What
    name: Words
    value: Words | None = None
    was: Words | None = None


class _Annotation(Struct):
    id: Id
    note: Words
    tags: list[Words]
    targets: Annotated[list[_Target], Meta(min_length=1)]
    colour: Words | None = None
    created: Words | None = None
    modified: Words | None = None
    iri: Words | None = None
    creator: Words | None = None
    correction: _Correction | None = None


def checked(value: Any) -> Document:
    """The document with what belongs to it and nothing else. Raises `InvalidRecord`."""
    try:
        document: Document = msgspec.to_builtins(msgspec.convert(value, _Annotation))
    except UnicodeEncodeError:  # a lone surrogate in the sentence that msgspec would have made
        raise InvalidRecord("it is not as this program writes it") from None
    except (ValueError, RecursionError) as error:
        raise InvalidRecord(f"it is not as this program writes it ({error})") from None
    targets = document["targets"]
    if len({target["id"] for target in targets}) < len(targets):
        raise InvalidRecord("two of its targets have one name")
    for target in targets:
        placed = target["placed"]
        last = (placed.pop("last_start"), placed.pop("last_end"), placed.pop("last_sha256"))
        target |= {"decided": target["decided"] or [], "placed": placement_document(**placed, last=last)}
    if document["correction"] is None:
        del document["correction"]
    return document | {"tags": list(dict.fromkeys(document["tags"]))}
