"""A source as it is shown: its text made safe, its blocks, and its rows at a width."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from rich.cells import cell_len, split_graphemes

from summitreader.text import BlockKind, Source
from summitreader.text.gate import shown
from summitreader.tui.layout.cells import NOTHING

HEADLINE = frozenset({BlockKind.TITLE, BlockKind.HEADING})
ASIDE = frozenset({BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.METADATA, BlockKind.BOILERPLATE})


class Document:
    """What a pane needs of a source. `text` has a code point for each of the source's, all safe to show."""

    def __init__(self, source: Source, gap: int = 1) -> None:
        """`gap` are the empty rows between paragraphs."""
        self.source = source
        self.gap = gap
        self.text = drawn(source, 0, len(source.text))
        self._block_spans = [(block.start, block.end) for block in source.blocks]
        self.wrapped = lru_cache(maxsize=4)(self._wrap)
        """The rows at a width, paragraph by paragraph."""
        self.wrapped_by_passage = lru_cache(maxsize=4)(self._wrap_by_passage)
        """The rows at a width, where each passage begins on a row of its own."""

    def _wrap(self, width: int) -> WrapMap:
        return WrapMap(self.text, self._block_spans, width, gap=self.gap)

    def _wrap_by_passage(self, width: int) -> WrapMap:
        passages = self.source.passages
        inside = frozenset(a.end for a, b in pairwise(passages) if a.block == b.block)
        return WrapMap(self.text, ((p.start, p.end) for p in passages), width, inside, self.gap)

    def block_kind(self, passage: int) -> BlockKind:
        return self.source.blocks[self.source.passages[passage].block].kind


_BEYOND_SINGLE = re.compile(
    r"[^ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2400-\u2426]"
)
"""Anything that may not take exactly one cell; text without it is wrapped by slicing."""

_NO_ROW_START = frozenset("、。，．・：；？！）］｝」』】〕〉》’”,.;:?!)]}»›")
_NO_ROW_END = frozenset("（［｛「『【〔〈《‘“([{«‹")


def display_form(shown: str) -> str:
    """`shown` with every white space a plain space, so that a row is a slice of it."""
    return re.sub(r"\s", " ", shown)


_MARKUP = re.compile(
    r"^#{1,6} +"  # a heading
    r"|(?<![\w*])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?![\w*])"  # strong
    r"|(?<![\w*])\*(?=[^\s*])(?=[^*\n]*\*)|(?<=[^\s*])\*(?![\w*])(?<=\*)"  # emphasised
    r"|!?\[(?=[^]\[\n]+\]\()|\](?:\([^)\s]*\))",  # a link keeps its words
    re.MULTILINE,
)


def drawn(source: Source, start: int, end: int) -> str:
    """`[start, end)` of a source's text as it is drawn, a code point for each; `NOTHING` for the signs of markdown."""
    text = display_form(shown(source.text[start:end]))
    if not _is_markdown(source):
        return text
    first, last = start, end
    if source.passages and (start, end) != (0, len(source.text)):
        first = min(start, source.passages[source.passage_at(start)].start)
        last = max(end, source.passages[source.passage_at(max(start, end - 1))].end)
    for match in _MARKUP.finditer(source.text[first:last]):
        cut, stop = max(start, first + match.start()) - start, min(end, first + match.end()) - start
        if cut < stop:
            text = text[:cut] + NOTHING * (stop - cut) + text[stop:]
    return text


def drawn_words(source: Source, start: int, end: int) -> str:
    """The same without what is not drawn."""
    return drawn(source, start, end).replace(NOTHING, "")


def without_signs(words: str, source: Source) -> str:
    """Words of `source` without the signs of markdown, where it is markdown."""
    return _MARKUP.sub("", words) if _is_markdown(source) else words


def _is_markdown(source: Source) -> bool:
    return (source.path or "").endswith((".md", ".markdown"))


class WrapMap:
    """The rows of a text at one width.

    `starts[row]` and `ends[row]` are the offsets of a row's characters, without the white space at which it was
    broken; they are equal for an empty row. Rows are in order of the text, `starts` never falls.
    """

    def __init__(
        self,
        text: str,
        blocks: Iterable[tuple[int, int]],
        width: int,
        close: Collection[int] = frozenset(),
        gap: int = 1,
    ) -> None:
        """Wrap the `blocks`, `(start, end)` of `text` in order, to rows of at most `width` cells (at least 1).

        A grapheme wider than `width` has a row to itself. A block that ends at one of `close` is followed by the next
        without an empty row, any other by `gap` of them.
        """
        self.width = max(1, width)
        self.starts = array("q", [0])
        self.ends = array("q", [0])
        for start, end in blocks:
            if _BEYOND_SINGLE.search(text, start, end):
                self._wrap_cells(text, start, end)
            else:
                self._wrap_single(text, start, end)
            for _ in range(gap if end not in close else 0):
                self.starts.append(end)
                self.ends.append(end)

    def __len__(self) -> int:
        return len(self.starts)

    def _wrap_single(self, text: str, start: int, end: int) -> None:
        width, starts, ends = self.width, self.starts, self.ends
        while end - start > width:
            cut = text.rfind(" ", start + 1, start + width + 1)
            if cut < 0:
                starts.append(start)
                ends.append(start + width)
                start += width
            else:
                stop = cut
                while stop > start + 1 and text[stop - 1] == " ":
                    stop -= 1
                starts.append(start)
                ends.append(stop)
                start = cut + 1
            while start < end and text[start] == " ":
                start += 1
        if start < end:
            starts.append(start)
            ends.append(end)

    def _wrap_cells(self, text: str, start: int, end: int) -> None:
        """The same for text with wide, combining or joined characters: never inside a grapheme."""
        spans, _ = split_graphemes(text[start:end])
        row = 0  # the grapheme that opens the row
        cells = 0
        chance = -1  # the last grapheme before which the row may be broken
        n = 0
        while n < len(spans):
            size = spans[n][2]
            first = text[start + spans[n][0] : start + spans[n][1]]
            before = text[start + spans[n - 1][0] : start + spans[n - 1][1]] if n else ""
            if n > row and _may_break(before, spans[n - 1][2], first, size):
                chance = n
            if cells + size > self.width and n > row and first != " ":
                cut = chance if chance > row else n
                self._add_row(text, start + spans[row][0], start + spans[cut][0])
                row, chance, n = cut, -1, cut
                cells = 0
                continue
            cells += size
            n += 1
        if spans and row < len(spans):
            self._add_row(text, start + spans[row][0], end)

    def _add_row(self, text: str, start: int, end: int) -> None:
        while end > start and text[end - 1] == " ":
            end -= 1
        if end > start:
            self.starts.append(start)
            self.ends.append(end)

    def bounds(self, row: int) -> tuple[int, int]:
        """The offsets of a row's characters, the same for an empty row; clamped to the map."""
        row = min(max(row, 0), len(self) - 1)
        return self.starts[row], self.ends[row]

    def row_at(self, offset: int) -> int:
        """The row that shows `offset`; for white space between rows the one before it."""
        row = bisect_right(self.starts, offset) - 1
        while row > 0 and self.starts[row] == self.ends[row]:
            row -= 1
        if row == 0 and len(self) > 1:
            return 1
        return max(0, row)

    def rows_of(self, start: int, end: int) -> range:
        """The rows that show `[start, end)`; at least one."""
        first = self.row_at(start)
        last = self.row_at(max(start, end - 1))
        return range(first, max(first, last) + 1)

    def offset_at(self, text: str, row: int, column: int) -> int:
        """The offset shown at `column` cells into `row`; the row's end where it is shorter, clamped to the map."""
        row = min(max(row, 0), len(self) - 1)
        start, end = self.starts[row], self.ends[row]
        piece = text[start:end]
        if column <= 0 or not piece:
            return start
        if not _BEYOND_SINGLE.search(piece):
            return min(start + column, end)
        used = 0
        for a, _, size in split_graphemes(piece)[0]:
            if used + size > column:
                return start + a
            used += size
        return end

    def column_of(self, text: str, row: int, offset: int) -> int:
        """How many cells of `row` stand before `offset`."""
        return cell_len(text[self.starts[row] : max(self.starts[row], min(offset, self.ends[row]))])


def _may_break(before: str, before_size: int, after: str, after_size: int) -> bool:
    """Whether a row may end between two graphemes of so many cells."""
    if before == " ":
        return after != " "
    if before_size == 2 or after_size == 2:
        return after[0] not in _NO_ROW_START and before[0] not in _NO_ROW_END and after != " "
    return False


def equal_columns(total: int, count: int) -> Sequence[int]:
    """`total` cells shared out to `count` columns, the wider ones first; they add up to `total`."""
    share, rest = divmod(total, count)
    return [share + (n < rest) for n in range(count)]
