"""What a reader decided of what was flagged: right, or dismissed. Kept in the store by the words in question.

Until schema 5 of the store decisions were lines of JSON in a file of their own, which `kept_in_file` reads: the store
takes them in once, and leaves the file as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

FILE = "decisions.jsonl"
"""The file of before schema 5, in a data folder."""


class Verdict(StrEnum):
    """What a reader decided of a divergence."""

    RIGHT = "right"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Decision:
    """`at` is UTC, ISO 8601. `words` are what was flagged, so that it can be told without the texts."""

    key: str
    verdict: Verdict
    kind: str
    words: tuple[str, ...]
    at: str


def key_of(kind: str, words: Iterable[str]) -> str:
    """The name of what was flagged: its kind and its words, white space and order aside."""
    parts = sorted(" ".join(part.split()) for part in words)
    return hashlib.sha256("\x1f".join([kind, *parts]).encode("utf-8", "surrogatepass")).hexdigest()


def decision_document(decision: Decision) -> dict[str, object]:
    """A decision as the JSON document that the store and its history keep."""
    return {
        "key": decision.key,
        "verdict": str(decision.verdict),
        "kind": decision.kind,
        "words": list(decision.words),
        "at": decision.at,
    }


def decision_of(document: dict[str, object]) -> Decision:
    """Raises `ValueError`, `KeyError` or `TypeError` where that is no decision."""
    words = document.get("words", ())
    if not isinstance(words, list | tuple):
        raise TypeError("words are a list")
    return Decision(
        key=str(document["key"]),
        verdict=Verdict(str(document["verdict"])),
        kind=str(document.get("kind", "")),
        words=tuple(map(str, words)),
        at=str(document.get("at", "")),
    )


def kept_in_file(path: Path) -> list[Decision]:
    """What holds by the lines of an old file, the last on some words counting. Raises `OSError`.

    A line that says nothing, since it was cut short or comes from elsewhere, is passed over.
    """
    held: dict[str, Decision | None] = {}
    with path.open("rb") as file:
        for line in file:
            try:
                said = json.loads(line)
                held[str(said["key"])] = None if said["verdict"] is None else decision_of(said)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                continue
    return [decision for decision in held.values() if decision is not None]
