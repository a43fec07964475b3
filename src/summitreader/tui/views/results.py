"""The hits of a search as rows: by source, each with the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len

from summitreader.text import Source
from summitreader.text.gate import shown, shown_line
from summitreader.tui.inspection import name_of


class Scope(StrEnum):
    """Which hits the list holds."""

    ALL = "all stories"
    STORY = "this story"
    SOURCE = "one source"

    @property
    def next(self) -> Scope:
        scopes = list(Scope)
        return scopes[(scopes.index(self) + 1) % len(scopes)]


@dataclass(frozen=True, slots=True)
class Hit:
    """`[start, end)` of text number `text` of the corpus, which is source number `number` of the story `story`."""

    key: str
    text: int
    story: str
    number: int
    source: Source
    start: int
    end: int
    is_heading: bool = False

    @property
    def passage(self) -> int:
        return self.source.passage_at(self.start) if self.source.passages else 0


@dataclass(frozen=True, slots=True)
class SourceHeading:
    """Above the hits of a source; `hits` are those that are listed."""

    key: str
    story: str
    source: Source
    hits: int
    is_heading: bool = True

    @property
    def name(self) -> str:
        return shown_line(name_of(self.source))


def with_headings(hits: Sequence[Hit]) -> list[Hit | SourceHeading]:
    """The hits in their order, with a heading where another source begins."""
    rows: list[Hit | SourceHeading] = []
    at = 0
    while at < len(hits):
        first, end = hits[at], at
        while end < len(hits) and hits[end].text == first.text:
            end += 1
        rows.append(SourceHeading(f"text {first.text}", first.story, first.source, end - at))
        rows += hits[at:end]
        at = end
    return rows


def place_name(hit: Hit) -> str:
    """`¶3`, `title`; empty in a source without passages."""
    return hit.source.place_name(hit.passage) if hit.source.passages else ""


def around(hit: Hit, width: int) -> tuple[str, str, str]:
    """What stands before the hit in its passage, its words, and what comes after, in at most `width` cells together.

    The words themselves are cut last; of what stands before, a third of the room is kept.
    """
    text = hit.source.text
    passage = hit.source.passages[hit.passage] if hit.source.passages else None
    start = passage.start if passage is not None else 0
    end = max(hit.end, passage.end if passage is not None else len(text))
    words = _cut(_line(text[hit.start : hit.end]), width)
    before, after = _line(text[start : hit.start]).lstrip(), _line(text[hit.end : end]).rstrip()
    room = width - cell_len(words)
    if cell_len(before) + cell_len(after) > room:
        kept = max(room - cell_len(after), room // 3)
        before = _cut_left(before, kept)
        after = _cut(after, room - cell_len(before))
    return before, words, after


def _line(text: str) -> str:
    """White space becomes single spaces, those at the ends too."""
    line = " ".join(shown(text).split())
    return (" " if text[:1].isspace() and line else "") + line + (" " if text[-1:].isspace() and line else "")


def _cut(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    while text and cell_len(text) >= width:
        text = text[: min(len(text) - 1, width - 1)]
    return text.rstrip() + "…" if width > 0 else ""


def _cut_left(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    while text and cell_len(text) >= width:
        text = text[max(1, len(text) - max(0, width - 1)) :]
    return "…" + text.lstrip() if width > 0 else ""
