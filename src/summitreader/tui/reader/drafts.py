"""Drafts of new notes: how they are named, and found again when the file changed in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitreader.tui.session import Session

if TYPE_CHECKING:
    from summitreader.notes.store import Store


def draft_key(session: Session, place: tuple[int, int, int]) -> str:
    """The name of the draft of a new note on `(source, start, end)`: the file, and the place in its text as it is."""
    from summitreader.notes.placement import location_of

    number, start, end = place
    source = session.sources[number]
    return f"{location_of(source, session.root) or source.id}\n{source.sha256}:{start}:{end}"


def stray_draft(store: Store, key: str) -> str | None:
    """The text of the last draft that was begun on this file before it changed. It is the draft `key` from now on."""
    file, sha256 = _parts(key)
    for other, text in store.drafts().items():
        name, hash_of = _parts(other)
        if name == file and hash_of != sha256:
            store.save_draft(key, text)
            store.drop_draft(other)
            return text
    return None


def _parts(key: str) -> tuple[str, str]:
    file, _, place = key.rpartition("\n")
    return file, place.partition(":")[0]
