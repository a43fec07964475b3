"""What a source is: one article or text, its blocks and its passages, with what is known of it.

A `Source` never changes. Its `text` is kept code point for code point as it came; everything else is a span of it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from summitreader.text.span import Span


class BlockKind(StrEnum):
    """What a stretch of an article is. Only the kinds in `TOLD` tell the event."""

    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    METADATA = "metadata"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BOILERPLATE = "boilerplate"


TOLD = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH})
"""The kinds of block that are linked, counted and can be called silent about something."""


@dataclass(frozen=True, slots=True)
class Block:
    """A title, a paragraph, a line of metadata …: `[start, end)` of the text, without surrounding white space."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence: `[start, end)` of the text, inside block number `block`, without surrounding white space."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Locator:
    """From `start` on, up to the next locator, the text is on this page or was said at this time.

    `label` is what a citation says ("p. 3", "00:14:07"; empty where only the speaker is known), `speaker` who speaks in
    a transcript.
    """

    start: int
    label: str
    speaker: str | None = None


@dataclass(frozen=True)
class Source:
    """One account.

    `blocks` and `passages` are in order of the text and do not overlap; every block has at least one passage, no
    passage crosses a block, and every character that is not white space belongs to exactly one passage. `published`
    is an ISO 8601 date or time where it is known for certain, `language` an ISO 639-1 code. `dateline` is the place
    and day that open the first paragraph ("GYEONGJU, Nov 1 –"); it is part of the passage that it opens.
    `day` is the day of a year that the page does not tell ("--11-01", as XML Schema's gMonthDay), where that is all
    that is known of when it was published.
    `path` is where the text came from, relative to what was loaded; `notices` are sentences about what was odd in it.
    `locators`, in order of their starts, are pages and times.
    """

    id: str
    text: str
    blocks: tuple[Block, ...] = ()
    passages: tuple[Passage, ...] = ()
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    dateline: Span | None = None
    day: str | None = None
    path: str | None = None
    notices: tuple[str, ...] = ()
    locators: tuple[Locator, ...] = ()

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str,
        title: str | None = None,
        outlet: str | None = None,
        author: str | None = None,
        published: str | None = None,
        url: str | None = None,
        language: str | None = None,
        article: bool = False,
    ) -> Source:
        """A source of `text`, kept as it is, code point for code point.

        Blank lines part paragraphs, a lone newline does not. With `article` the title, byline, dateline, field lines
        and boilerplate are guessed from the shape of the text; without it every block is a paragraph.
        What is given as title, outlet … wins over what is guessed.
        """
        from summitreader.text.build import build_source

        return build_source(
            text,
            id=id,
            title=title,
            outlet=outlet,
            author=author,
            published=published,
            url=url,
            language=language,
            article=article,
        )

    @cached_property
    def sha256(self) -> str:
        """Of `text` in UTF-8; a lone surrogate, which UTF-8 has no form for, is hashed as its three bytes."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _passage_starts(self) -> list[int]:
        return [p.start for p in self.passages]

    @cached_property
    def _paragraph_numbers(self) -> list[int | None]:
        numbers: list[int | None] = []
        n = 0
        for block in self.blocks:
            n += block.kind is BlockKind.PARAGRAPH
            numbers.append(n if block.kind is BlockKind.PARAGRAPH else None)
        return numbers

    def passage_text(self, passage: int) -> str:
        p = self.passages[passage]
        return self.text[p.start : p.end]

    def passage_at(self, offset: int) -> int:
        """The passage that `offset` lies in, or the nearest before it (0 where there is none before).

        Raises `ValueError` for a source without passages.
        """
        if not self.passages:
            raise ValueError(f"source {self.id} has no passages")
        return max(0, bisect_right(self._passage_starts, offset) - 1)

    def paragraph_number(self, block: int) -> int | None:
        """The ¶ number of a block, counted from 1 over `paragraph` blocks; None for a block of another kind."""
        return self._paragraph_numbers[block]

    def locator_at(self, offset: int) -> Locator | None:
        """The page or time that `offset` lies in; None where there is none."""
        n = bisect_right(self.locators, offset, key=lambda locator: locator.start)
        return self.locators[n - 1] if n else None

    def place_name(self, passage: int) -> str:
        """Where a passage is, for citations: `¶3`, `title`, `boilerplate`; `¶3, p. 2` or `¶3, 00:14:07` where known."""
        block = self.passages[passage].block
        number = self.paragraph_number(block)
        name = f"¶{number}" if number is not None else str(self.blocks[block].kind)
        locator = self.locator_at(self.passages[passage].start)
        return f"{name}, {locator.label}" if locator is not None and locator.label else name

    def is_told(self, passage: int) -> bool:
        """Whether the passage belongs to the account itself, and not to its metadata or boilerplate."""
        return self.blocks[self.passages[passage].block].kind in TOLD
