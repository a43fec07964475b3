"""The corpus as stories and sources, what was odd in them, and what was not read and why: as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from summitreader.counting import counted
from summitreader.sources import Skipped
from summitreader.text import Source
from summitreader.text.gate import shown_line
from summitreader.tui.inspection import name_of
from summitreader.tui.story import StoryIndex
from summitreader.tui.views.filtering import containing, folded

_WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "km", "my"})


@dataclass(frozen=True)
class StoryRow:
    """A story of the corpus; `is_open` is the one that is read now."""

    key: str
    name: str
    sources: tuple[Source, ...]
    is_open: bool
    sure: float | None = None
    """How sure it is that a story that was found is one, 0 to 1; None for a folder, and for one made by hand."""
    moved: int = 0
    """How many of its sources the reader put there."""
    is_heading: bool = False

    @cached_property
    def folded(self) -> str:
        return folded(f"{self.name} by hand" if self.moved else self.name)

    @cached_property
    def dates(self) -> str:
        """The first and the last day on which its sources were published, as far as that is known."""
        days = sorted(source.published[:10] for source in self.sources if source.published)
        if not days:
            return ""
        return shown_line(days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}")


@dataclass(frozen=True)
class SourceRow:
    """A source of the story named `story`, the `number`th there, counted from 0. `in_pane` says whether it may stand
    in a pane; `comparable` is None where that is not known, since another story is read."""

    key: str
    story: str
    number: int
    source: Source
    is_open: bool
    in_pane: bool
    comparable: bool | None
    found: str = ""
    """What was found in it, in figures; empty where another story is read, or nothing is known yet."""
    is_heading: bool = False

    @cached_property
    def name(self) -> str:
        return shown_line(name_of(self.source))

    @cached_property
    def length(self) -> str:
        """How long the account itself is: in words, or in characters where white space parts no words."""
        source = self.source
        told = [source.passage_text(n) for n in range(len(source.passages)) if source.is_told(n)]
        if source.language in _WITHOUT_SPACES:
            return counted(sum(len("".join(text.split())) for text in told), "char")
        return counted(sum(len(text.split()) for text in told), "word")

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be known before its silence is taken for one."""
        found = [shown_line(notice) for notice in self.source.notices]
        if self.comparable is False:
            found.insert(0, "cannot be compared with the others")
        return tuple(found)

    @cached_property
    def folded(self) -> str:
        s = self.source
        parts = [self.story, self.name, s.title, s.outlet, s.author, s.published, s.language, s.path, *self.remarks]
        return folded(shown_line(" ".join(part for part in parts if part)))


@dataclass(frozen=True)
class RefusalRow:
    """A file that was not read."""

    key: str
    refusal: Skipped
    is_heading: bool = False

    @cached_property
    def folded(self) -> str:
        return folded(f"{self.refusal.path} {self.refusal.reason} not read")


@dataclass(frozen=True)
class Heading:
    key: str
    words: str
    is_heading: bool = True


LibraryRow = StoryRow | SourceRow | RefusalRow | Heading


def found_in_figures(index: StoryIndex) -> list[str]:
    """For each source how many of its passages are linked, what it quotes, and what is to check in it."""
    found = []
    for n, source in enumerate(index.sources):
        linked = sum(bool(index.counterparts(n, p)) for p in range(len(source.passages)))
        figures = [(linked, "linked"), (len(index.quotations[n]), "quoted"), (len(index.check_spans[n]), "to check")]
        found.append(", ".join(f"{count} {what}" for count, what in figures if count))
    return found


def library_rows(
    stories: Sequence[tuple[str, tuple[Source, ...]]],
    skipped: Sequence[Skipped],
    open_story: str,
    in_panes: Collection[int],
    comparable: Sequence[bool],
    found: Sequence[str] = (),
    sure: Mapping[str, float] = MappingProxyType({}),
    moved: Mapping[str, int] = MappingProxyType({}),
) -> tuple[LibraryRow, ...]:
    """Stories in their order, each with its sources below it, then what was not read.

    `in_panes`, `comparable` and `found` are of the story that is open; the last two are empty before they are known.
    `sure` says of stories that were found how sure that is, `moved` how many sources the reader put into each.
    """
    rows: list[LibraryRow] = []
    for name, sources in stories:
        is_open = name == open_story
        rows.append(StoryRow(f"story {name}", name, sources, is_open, sure.get(name), moved.get(name, 0)))
        for n, source in enumerate(sources):
            known = comparable[n] if is_open and n < len(comparable) else None
            in_pane = is_open and n in in_panes
            figures = found[n] if is_open and n < len(found) else ""
            rows.append(SourceRow(f"source {name}\x1f{source.id}", name, n, source, is_open, in_pane, known, figures))
    if skipped:
        rows.append(Heading("refused", f"Not read: {len(skipped)}"))
        rows += [RefusalRow(f"refused {n}", refusal) for n, refusal in enumerate(skipped)]
    return tuple(rows)


def arranged(rows: Sequence[LibraryRow], query: str) -> list[LibraryRow]:
    """The rows that `query` leaves: a story with the sources that match, or with all of them where it matches."""
    if not query.strip():
        return list(rows)
    wanted = containing(query)
    found: list[LibraryRow] = []
    waiting: LibraryRow | None = None
    whole = False
    for row in rows:
        if isinstance(row, (StoryRow, Heading)):
            waiting, whole = row, isinstance(row, StoryRow) and wanted(row.folded)
            if whole:
                found.append(row)
                waiting = None
        elif whole or wanted(row.folded):
            if waiting is not None:
                found.append(waiting)
                waiting = None
            found.append(row)
    return found
