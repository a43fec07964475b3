"""Where selected words stand in another version of their text."""

from __future__ import annotations

from summitreader.notes.model import Placement, Selection, State


def reanchor(selection: Selection, new_text: str, *, old_text: str | None = None) -> Placement:
    """The place of `selection` in `new_text`; `old_text` is the text that it was made in, where that was kept."""
    if old_text == new_text or new_text[selection.start : selection.end] == selection.exact:
        return Placement(selection.start, selection.end, State.SURE, 1.0)
    n = new_text.count(selection.exact)
    if n == 1:
        start = new_text.index(selection.exact)
        return Placement(start, start + len(selection.exact), State.SURE, 0.9)
    return Placement(None, None, State.ORPHAN, 0.5)
