"""Tags as they are typed: between commas."""

from __future__ import annotations

from collections.abc import Sequence


def typed_tags(text: str) -> tuple[str, ...]:
    """The tags in `text`, each once, in order; a # before one is no part of it."""
    parts = (" ".join(part.split()).removeprefix("#").strip() for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def as_typed(tags: Sequence[str]) -> str:
    """Text in which one goes on typing after `tags`."""
    return "".join(f"{tag}, " for tag in tags)


def with_recent(text: str, digit: str, recent: Sequence[str]) -> str | None:
    """`text` with the recent tag of that number added, 1 being the first; None where the digit is part of a word."""
    if text and not text.rstrip().endswith(","):
        return None
    at = (int(digit) - 1) % 10
    if at >= len(recent):
        return None
    return as_typed((*typed_tags(text), recent[at]))
