"""Annotations for the tests of exports, through a store as in life."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from summitreader.notes.model import Annotation
from summitreader.notes.store import Store
from tests.unit.notes.accounts import STORY, account, span

TWO = "The Read-out\n\nThe office said that peace was near. Nothing else was said."


def some(
    folder: Path, note: str = "A *first* note.\n\nWith two paragraphs.", extra: Sequence[str] = ()
) -> list[Annotation]:
    """A note, a highlight, and a note on two sources."""
    one = account(
        STORY, outlet="The Paper", title="Leaders [Meet]", published="2025-11-01", url="https://paper.example/a?b=1"
    )
    two = account(TWO, "b.txt")
    with Store.open(folder / "data") as store:
        store.add([span(one, "inseparable partners")], note, ["xi", "to check"], "green", root=folder)
        store.add([span(one, "Saturday")], root=folder)
        store.add([span(one, "hoped for peace"), span(two, "peace was near")], "Both speak of it.", ["xi"], root=folder)
        for words in extra:
            store.add([span(one, words)], root=folder)
        return store.all()
