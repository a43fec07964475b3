"""What the reader says of a note in one line: which of how many, its words, where else it stands, how surely. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from summitreader.comparison.model import letter_of
from summitreader.notes.model import Annotation, State, Target
from summitreader.text import Source
from summitreader.text.gate import shown_line
from summitreader.tui.layout.marks import tint_in_words
from summitreader.tui.story.inspection import name_of
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import Piece, in_quotation_marks, one_line

if TYPE_CHECKING:
    from summitreader.notes.store import Store


_WORDS = 60
_NEIGHBOURS = 5
"""Words shown on each side of those that are gone."""


def kind_of(annotation: Annotation) -> str:
    """`note` where something was written, else `highlight`."""
    return "note" if annotation.note else "highlight"


def called(annotation: Annotation, width: int = 40) -> str:
    """How a note is named in a sentence: by what it says, else by the words that it is on."""
    words = annotation.note or annotation.targets[0].quote
    before = "note" if annotation.note else "highlight of"
    return f"{before} {in_quotation_marks(words, width + 2)}"


def places_in_words(annotation: Annotation) -> str:
    """`3 passages of 2 sources`."""
    passages, sources = len(annotation.targets), len({t.source_key for t in annotation.targets})
    of = f" of {sources} sources" if sources > 1 else ""
    return f"{passages} passage{'' if passages == 1 else 's'}{of}"


def doubtful_here(annotation: Annotation, source: Source, start: int, end: int) -> int | None:
    """The number of the first target on `[start, end)` of `source` whose place is to be confirmed."""
    for n, target in enumerate(annotation.targets):
        if target.state is State.UNSURE and _is_on(target, source, start, end):
            return n
    return None


def _is_on(target: Target, source: Source, start: int, end: int) -> bool:
    if target.source != source.id or target.start is None or target.end is None:
        return False
    return target.start < end and target.end > start


def note_line(
    annotations: Sequence[Annotation], current: int, sources: Sequence[Source], number: int, span: tuple[int, int]
) -> tuple[Piece, ...]:
    """The line on `annotations[current]`, one of those that stand on `span` of source `number`."""
    if not annotations:
        return ()
    annotation = annotations[current]
    here = next((t for t in annotation.targets if _is_on(t, sources[number], *span)), annotation.targets[0])
    count = f" {current + 1} of {len(annotations)}" if len(annotations) > 1 else ""
    line: list[Piece] = [(f"✎{count} ", "note")]
    if here.state is State.UNSURE:
        line.append((f"correct place? uncertain, {here.confidence:.2f}: + yes  - no   ", "check"))
    line.append((one_line(annotation.note, _WORDS) if annotation.note else "highlight", "note"))
    line += [(f"  #{shown_line(tag)}", "accent") for tag in annotation.tags]
    line.append((f"   {shown_line(tint_in_words(annotation.colour))}", "dim"))
    if len(annotation.targets) > 1:
        line.append((f"   on {places_in_words(annotation)}: {_where(annotation, sources)}", ""))
    if here.state is not State.UNSURE:
        line.append((f"   {here.state}" + (f" {here.confidence:.2f}" if here.confidence < 1 else ""), "dim"))
    return tuple(line)


def _where(annotation: Annotation, sources: Sequence[Source]) -> str:
    """`1 ¶2, 3 ¶4`, by the numbers of the panes; a source that is not in the story by its name."""
    numbers = {source.id: n for n, source in enumerate(sources)}
    found = []
    for target in annotation.targets:
        n = numbers.get(target.source)
        name = (
            letter_of(n) if n is not None else one_line(target.about.outlet or target.about.title or target.source, 20)
        )
        place = target.place or target.first_place
        found.append(f"{name} {shown_line(place)}" + (" (gone)" if target.state is State.ORPHAN else ""))
    return ", ".join(found)


def lost_words(target: Target, sources: Sequence[Source]) -> str:
    """An orphan in a sentence: its words as they stood between their neighbours, and where that was."""
    selection = target.selection
    before = " ".join(selection.prefix.split()[-_NEIGHBOURS:])
    after = " ".join(selection.suffix.split()[:_NEIGHBOURS])
    source = next((s for s in sources if s.id == target.source), None)
    name = name_of(source) if source is not None else target.about.outlet or target.about.title or target.source
    where = f"{shown_line(name)} {shown_line(target.first_place)}".strip()
    return f"“…{one_line(before, 40)} [{one_line(selection.exact, _WORDS)}] {one_line(after, 40)}…”, was in {where}"


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
