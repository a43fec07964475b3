"""All annotations, of the story or of the whole store, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import PurePath

from summitreader.comparison.model import letter_of
from summitreader.notes.model import Annotation, State, Target, What
from summitreader.text import Source
from summitreader.text.gate import shown, shown_line
from summitreader.tui.layout.document import without_signs
from summitreader.tui.story.inspection import name_of
from summitreader.tui.widgets.bars import one_line
from summitreader.tui.widgets.query_line import containing, folded
from summitreader.tui.widgets.row_list import Heading

_TAG = "note strong"
"""The style of the headings."""


class Shown(StrEnum):
    """Which annotations are there."""

    ALL = "all"
    NOTES = "with a note"
    HIGHLIGHTS = "without a note"
    DOUBTFUL = "to check"
    BY_HAND = "corrections"


class Order(StrEnum):
    """How they stand."""

    TEXT = "as in the texts"
    NEWEST = "newest first"
    TAG = "by tag"


@dataclass(frozen=True)
class NoteRow:
    """One annotation. `place` is where Enter goes, `(source, passage)`, None where no source of the story has it;
    `span` the words there, None where they are gone. `doubtful` is the number of the first target whose place is not
    sure. `source_name` and `place_name` say in words where it stands; `more` counts its other places."""

    key: str
    annotation: Annotation
    source_name: str
    place_name: str
    quote: str
    note: str
    tags: tuple[str, ...]
    place: tuple[int, int] | None
    span: tuple[int, int] | None
    doubtful: int | None
    more: int
    rank: tuple[int, int, int]
    is_heading: bool = False

    @property
    def state(self) -> State:
        return self.annotation.state

    @cached_property
    def folded(self) -> str:
        kind = "note" if self.note else "highlight"
        others = [" ".join(shown(target.quote).split()) for target in self.annotation.targets[1:]]
        tags = [f"#{tag} {tag}" for tag in self.tags]
        place = [
            self.source_name,
            self.annotation.targets[0].source,
            self.place_name,
            f"{self.state} {in_words(self.state)}",
            kind,
        ]
        return folded(" ".join([self.note, self.quote, *others, *tags, *place]))


def in_words(state: State) -> str:
    """What the state of an annotation means to its reader."""
    return {
        State.SURE: "",
        State.UNSURE: "correct place?",
        State.ORPHAN: "orphaned",
    }[state]


def note_rows(annotations: Sequence[Annotation], sources: Sequence[Source]) -> tuple[NoteRow, ...]:
    """A row for each annotation, in order of the text; those on no source of the story last, by file."""
    number = {source.id: n for n, source in enumerate(sources)}
    rows = [_row(annotation, number, sources) for annotation in annotations]
    return tuple(sorted(rows, key=lambda row: (*row.rank, row.annotation.order)))


def _row(annotation: Annotation, number: dict[str, int], sources: Sequence[Source]) -> NoteRow:
    target = next((t for t in annotation.targets if t.source in number), annotation.targets[0])
    n = number.get(target.source)
    passage: int | None = None
    span: tuple[int, int] | None = None
    at = target.start if target.start is not None else target.last_start
    if n is not None and sources[n].passages:
        passage = sources[n].passage_at(min(at, max(0, len(sources[n].text) - 1)))
        span = None if target.start is None or target.end is None else (target.start, target.end)
    doubtful = next((i for i, t in enumerate(annotation.targets) if t.state is State.UNSURE), None)
    return NoteRow(
        key=annotation.id,
        annotation=annotation,
        source_name=f"{letter_of(n)} {name_of(sources[n])}" if n is not None else _name(target),
        place_name=target.place or (sources[n].place_name(passage) if n is not None and passage is not None else ""),
        quote=" ".join(shown(target.quote if n is None else without_signs(target.quote, sources[n])).split()),
        note=" ".join(shown(annotation.note).split()),
        tags=tuple(" ".join(shown(tag).split()) for tag in annotation.tags),
        place=None if n is None or passage is None else (n, passage),
        span=span,
        doubtful=doubtful,
        more=len(annotation.targets) - 1,
        rank=(n, at, target.end or at) if n is not None else (len(sources), 0, 0),
    )


def _name(target: Target) -> str:
    path = PurePath(target.source_path).name if target.source_path else ""
    return shown_line(target.about.outlet or target.about.title or path or target.source)


def tags_of(rows: Sequence[NoteRow]) -> list[tuple[str, int]]:
    """Each tag with how many bear it, the most first."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for tag in row.tags:
            counts[tag] += 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def arranged(
    rows: Sequence[NoteRow], order: Order, show: Shown, source: int | None, query: str
) -> list[NoteRow | Heading]:
    """The rows that `show`, `source` and `query` leave, in `order`; by tag, one with several tags stands under each."""
    wanted = containing(query)
    left = [row for row in rows if _belongs(row, show) and _is_of(row, source) and wanted(row.folded)]
    if order is Order.NEWEST:
        left.sort(key=lambda row: (row.annotation.modified, row.annotation.order), reverse=True)
    if order is not Order.TAG:
        return [*left]
    found: list[NoteRow | Heading] = []
    for tag, count in tags_of(left):
        found += [Heading(f"tag {tag}", f"#{tag}", str(count), _TAG), *(row for row in left if tag in row.tags)]
    bare = [row for row in left if not row.tags]
    if bare:
        found += [Heading("no tag", "no tag", str(len(bare)), _TAG), *bare]
    return found


def _belongs(row: NoteRow, show: Shown) -> bool:
    if show is Shown.ALL:
        return True
    if show is Shown.BY_HAND:
        return row.annotation.correction is not None
    if show is Shown.DOUBTFUL:
        return row.state is not State.SURE
    return bool(row.note) is (show is Shown.NOTES)


def counted(rows: Sequence[NoteRow], source: int | None) -> dict[Shown, int]:
    """How many rows each tab holds; corrections are not counted among notes."""
    left = [row for row in rows if _is_of(row, source)]
    own = [row for row in left if row.annotation.correction is None]
    return {
        state: sum(_belongs(row, state) for row in (left if state in (Shown.DOUBTFUL, Shown.BY_HAND) else own))
        for state in Shown
    }


def _is_of(row: NoteRow, source: int | None) -> bool:
    return source is None or row.rank[0] == source


_WORDS = 60
_FIELDS = {"published": "date", "url": "address"}
_OF_A_SOURCE = frozenset({What.FIELD, What.STORY})


def correction_rows(corrections: Iterable[Annotation], sources: Sequence[Source]) -> tuple[NoteRow, ...]:
    """A row for each correction, in order of the text: its words where a note has its own."""
    said = {a.id: a for a in corrections if a.correction is not None}
    return tuple(_correction_row(row, said[row.key], sources) for row in note_rows(list(said.values()), sources))


def correction_words(correction: Annotation, sources: Sequence[Source]) -> str:
    """`date: 2025-11-01 (was unknown)`."""
    said = correction.correction
    assert said is not None
    value, was = shown_line(said.value or ""), shown_line(said.was or "")
    if said.what in (What.LINK, What.CUT):
        with_ = " and ".join(_named(target, sources) for target in correction.targets[1:])
        return f"{'linked to' if said.what is What.LINK else 'link removed from'} {with_}"
    if said.what is What.FIELD:
        name = _FIELDS.get(said.name, said.name)
        return f"{name}: {value or 'unknown'} (was {was or 'unknown'})"
    if said.what is What.SPEAKER:
        return f"speaker: {value or 'unknown'} (was {was or 'unknown'})"
    if said.what is What.STORY:
        return f"moved to story “{value}” (was “{was}”)"
    return "marked as " + ("page furniture" if value == "boilerplate" else "part of the account")


def _correction_row(row: NoteRow, correction: Annotation, sources: Sequence[Source]) -> NoteRow:
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
    name = (
        f"{letter_of(number)} {name_of(sources[number])}"
        if number is not None
        else target.about.outlet or target.source
    )
    return f"{one_line(shown_line(name), 30)} {target.place}: “{one_line(shown_line(target.quote), _WORDS)}”"
