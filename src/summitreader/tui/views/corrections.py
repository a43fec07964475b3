"""What was put right by hand, as rows of the list of notes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from summitreader.notes.model import Annotation, State, Target, What
from summitreader.text import Source
from summitreader.text.gate import shown_line
from summitreader.tui.inspection import name_of
from summitreader.tui.views.notes import NoteRow, note_rows
from summitreader.tui.widgets.bars import one_line

_WORDS = 60
_FIELDS = {"published": "date", "url": "address"}
_OF_A_SOURCE = frozenset({What.FIELD, What.STORY})


def correction_rows(corrections: Iterable[Annotation], sources: Sequence[Source]) -> tuple[NoteRow, ...]:
    """A row for each correction, in order of the text: its words where a note has its own."""
    said = {a.id: a for a in corrections if a.correction is not None}
    return tuple(_row(row, said[row.key], sources) for row in note_rows(list(said.values()), sources))


def correction_words(correction: Annotation, sources: Sequence[Source]) -> str:
    """`date: 2025-11-01, by hand; the page said nothing`."""
    said = correction.correction
    assert said is not None
    value, was = shown_line(said.value or ""), shown_line(said.was or "")
    if said.what in (What.LINK, What.CUT):
        with_ = " and ".join(_named(target, sources) for target in correction.targets[1:])
        return f"{'tied by hand to' if said.what is What.LINK else 'cut by hand from'} {with_}"
    if said.what is What.FIELD:
        name = _FIELDS.get(said.name, said.name)
        return f"{name}: {value or 'not known'}, by hand; the page said {was or 'nothing'}"
    if said.what is What.SPEAKER:
        return f"said by {value or 'nobody who is known'}, by hand; the program said {was or 'nobody'}"
    if said.what is What.STORY:
        return f"in the story “{value}”, by hand; it was in “{was}”"
    return f"{'boilerplate' if value == 'boilerplate' else 'part of the account'}, by hand"


def _row(row: NoteRow, correction: Annotation, sources: Sequence[Source]) -> NoteRow:
    said = correction.correction
    whole = said is not None and said.what in _OF_A_SOURCE
    return replace(
        row,
        note=correction_words(correction, sources),
        place_name="" if whole else row.place_name,
        doubtful=None if whole else row.doubtful,
        more=0,
    )


def is_in_effect(correction: Annotation) -> bool:
    """Whether it holds: one on a place does only while that is sure."""
    said = correction.correction
    return said is not None and (said.what in _OF_A_SOURCE or correction.state is State.SURE)


def _named(target: Target, sources: Sequence[Source]) -> str:
    number = next((n for n, source in enumerate(sources) if source.id == target.source), None)
    name = f"{number + 1} {name_of(sources[number])}" if number is not None else target.about.outlet or target.source
    return f"{one_line(shown_line(name), 30)} {target.place}: “{one_line(shown_line(target.quote), _WORDS)}”"
