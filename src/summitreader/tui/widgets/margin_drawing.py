"""How the entries of a margin are drawn: in full where one reads, and as short as it must be elsewhere.

Lines are segments of exactly the width that is asked for. What is drawn once is kept until another comparison, theme
or width; a step of the cursor draws only the entries that were not on the screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from summitreader.comparison.model import letter_of
from summitreader.tui.layout.document import Document, WrapMap
from summitreader.tui.layout.marks import EMPTY, Glyphs, Mark, SpanSet, pieces
from summitreader.tui.layout.plan import share_out
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.inspection import name_of
from summitreader.tui.story.margin import MarginEntry
from summitreader.tui.widgets.bars import one_line
from summitreader.tui.widgets.lines import LineWidget
from summitreader.tui.widgets.row_drawing import MARK_STYLE

Line = list[Segment]

_LAYERS = ("text-quotation", "text-shared", "differs", "text-check", "text-hit")
_MOST_ADDED = 4
"""Rows of an addition that are shown, and of one that is selected; the rest is read in its source."""
_MOST_SELECTED = 12
_INDENT = 5
"""Cells before an entry's words: bar, glyph, the source's number."""


@dataclass(frozen=True, slots=True)
class OpenedLines:
    """The lines of entries in full; `extents[n]` are the lines of entry n."""

    lines: list[Line]
    extents: list[range]


class MarginDrawing:
    """Draws entries of one comparison in the styles of `widget`."""

    def __init__(self, index: StoryIndex, documents: Sequence[Document], glyphs: Glyphs, widget: LineWidget) -> None:
        self._index = index
        self._documents = documents
        self._glyphs = glyphs
        self._widget = widget
        self.hits: Mapping[int, SpanSet] = {}
        """The search hits of each source."""
        self._wraps: dict[tuple[int, int, int, int], WrapMap] = {}

    def opened(self, entries: Sequence[MarginEntry], selected: int, width: int) -> OpenedLines:
        """The entries with all their words under a heading each, on a raised surface; a bar stands at `selected`.

        A minor one has a single row, unless it is the one that is selected.
        """
        lines: list[Line] = []
        extents = []
        blank = [Segment(" " * width, self._widget.base_style)]
        before_minor = False
        for n, entry in enumerate(entries):
            minor = entry.minor and n != selected
            if n and not (minor and before_minor):
                lines.append(blank)
            begin = len(lines)
            lines += self._one_row(entry, width) if minor else self._in_full(entry, n == selected, width)
            extents.append(range(begin, len(lines)))
            before_minor = minor
        return OpenedLines(lines, extents)

    def _in_full(self, entry: MarginEntry, selected: bool, width: int) -> list[Line]:
        surface = self._widget.base_style + self._widget.named_style("cursor" if selected else "raised")
        lines = [self._heading(entry, selected, surface, width)]
        rows = self._rows(entry, width, _MOST_SELECTED if selected else _MOST_ADDED)
        return lines + self._words(entry, self._wrap(entry, width - _INDENT - 1), rows, selected, surface, width)

    def _one_row(self, entry: MarginEntry, width: int) -> list[Line]:
        surface = self._widget.base_style + self._widget.named_style("raised")
        drawn = self._words(entry, self._wrap(entry, width - _INDENT - 1), 1, None, surface, width)
        return [[*self._label(entry, False, surface), *drawn[0][1:]]]

    def sentence(self, said: Sequence[tuple[str, str]], width: int) -> Line:
        """Pieces `(text, style)` on one line, for a passage without entries."""
        surface = self._widget.base_style
        line = [Segment(" " * _INDENT, surface)]
        for words, name in said:
            line.append(
                Segment(one_line(words, width - _INDENT - 1) + " ", self._style(name, surface) if name else surface)
            )
        return _cropped(line, width, surface)

    def rows_wanted(self, entries: Sequence[MarginEntry], width: int) -> int:
        """The rows that `brief` can use at the most."""
        return sum(self._needs(entries, width))

    def brief(self, entries: Sequence[MarginEntry], rows: int, width: int) -> list[Line]:
        """The entries in at most `rows` rows, with the beginning of their words; what does not fit is counted."""
        shares = share_out(self._needs(entries, width), rows)
        shown = sum(share > 0 for share in shares)
        lines: list[Line] = []
        base = self._widget.base_style
        for entry, share in zip(entries[:shown], shares, strict=False):
            wrap = self._wrap(entry, width - _INDENT - 1)
            drawn = self._words(entry, wrap, share, None, base, width)
            drawn[0] = [*self._label(entry, False, base), *drawn[0][1:]]
            lines += drawn
        if lines and shown < len(entries):
            count = f" +{len(entries) - shown} "
            lines[-1] = [*_cropped(lines[-1], width - len(count), base), Segment(count, self._style("dim"))]
        return lines

    def _needs(self, entries: Sequence[MarginEntry], width: int) -> list[int]:
        """The rows that the words of each can use; a minor one is content with one."""
        return [1 if entry.minor else self._rows(entry, width) for entry in entries]

    def _rows(self, entry: MarginEntry, width: int, most_added: int = _MOST_ADDED) -> int:
        """The rows of an entry's words, of an addition at most so many."""
        rows = len(self._wrap(entry, width - _INDENT - 1)) - 1
        return min(rows, most_added) if entry.adds else rows

    def _wrap(self, entry: MarginEntry, width: int) -> WrapMap:
        key = (entry.source, entry.first, entry.last, width)
        if key not in self._wraps:
            if len(self._wraps) > 2000:
                self._wraps.clear()
            document = self._documents[entry.source]
            passages = document.source.passages[entry.first : entry.last + 1]
            told = [p for n, p in enumerate(passages, entry.first) if document.source.is_told(n)]
            close = frozenset(p.end for p in told)
            stretches = _joined([(p.start, p.end, p.block) for p in told])
            self._wraps[key] = WrapMap(document.text, stretches, max(8, width), close)
        return self._wraps[key]

    def _heading(self, entry: MarginEntry, selected: bool, surface: Style, width: int) -> Line:
        source = self._index.sources[entry.source]
        place = source.place_name(entry.first)
        if entry.last > entry.first and (end := source.place_name(entry.last)) != place:
            place = f"{place}–{end}"
        relation = one_line(entry.relation, max(8, width // 2))
        room = width - _INDENT - cell_len(place) - cell_len(relation) - 4
        name = one_line(name_of(source), max(4, room))
        line = [
            *self._label(entry, selected, surface),
            Segment(f"{name} ", surface + self._widget.named_style("strong")),
            Segment(f"{place}  ", surface + self._widget.named_style("dim")),
            Segment(relation, surface + self._widget.named_style(self._category(entry) or "dim")),
        ]
        return _cropped(line, width, surface)

    def _category(self, entry: MarginEntry) -> str:
        return MARK_STYLE[entry.mark] if entry.mark is not None else ""

    def _label(self, entry: MarginEntry, selected: bool, surface: Style) -> Line:
        """Bar, glyph and number, in `_INDENT` cells."""
        named = self._widget.named_style
        glyph = self._glyphs.marks[entry.mark] if entry.mark is not None else self._glyphs.adds
        style = named(self._category(entry)) if self._category(entry) else named("dim")
        number = f"{letter_of(entry.source)} "
        return [
            Segment(self._glyphs.bar if selected else " ", surface + named("bar")),
            Segment(glyph, surface + style),
            Segment(number.rjust(_INDENT - 2)[: _INDENT - 2], surface + named("strong")),
        ]

    def _indent(self, selected: bool, surface: Style) -> Segment:
        bar = self._glyphs.bar if selected else " "
        return Segment(bar + " " * (_INDENT - 1), surface + self._widget.named_style("bar"))

    def _words(
        self, entry: MarginEntry, wrap: WrapMap, rows: int, selected: bool | None, surface: Style, width: int
    ) -> list[Line]:
        """So many rows of an entry's words; an ellipsis says where there are more.

        `selected` is None for one that is not opened: what it shares with the base is then not marked.
        """
        text = self._documents[entry.source].text
        index = self._index
        layers = (
            index.quotation_spans[entry.source],
            entry.shared if selected is not None else EMPTY,
            entry.differs if selected is not None else EMPTY,
            index.check_spans[entry.source],
            self.hits.get(entry.source, EMPTY),
        )
        lines = []
        first, last = self._rows_shown(entry, wrap, rows)
        for row in range(first, last + 1):
            start, end = wrap.bounds(row)
            line = [self._indent(bool(selected), surface)]
            if row == first > 1:
                line.append(Segment("…", self._style("dim", surface)))
            for a, b, flags in pieces(start, end, [layer.overlapping(start, end) for layer in layers]):
                line.append(Segment(text[a:b], self._flagged(flags, surface)))
            if row == last < len(wrap) - 1:
                line = [*_cropped(line, width - 2, surface, fill=False), Segment("…", self._style("dim", surface))]
            lines.append(_cropped(line, width, surface))
        return lines

    def _rows_shown(self, entry: MarginEntry, wrap: WrapMap, rows: int) -> tuple[int, int]:
        """The first and the last of `rows` rows to show: the first ones, unless what is to be checked stands below."""
        if entry.mark is not Mark.CHECK or rows >= len(wrap) - 1:
            return 1, rows
        passage = self._documents[entry.source].source.passages[entry.first]
        found = next(self._index.check_spans[entry.source].overlapping(passage.start, passage.end), None)
        if found is None or wrap.row_at(max(found[0], passage.start)) <= rows:
            return 1, rows
        first = min(wrap.row_at(max(found[0], passage.start)), len(wrap) - rows)
        return first, first + rows - 1

    def _style(self, name: str, surface: Style | None = None) -> Style:
        return (surface or self._widget.base_style) + self._widget.named_style(name)

    def _flagged(self, flags: int, surface: Style) -> Style:
        style = surface
        for n, layer in enumerate(_LAYERS):
            if flags >> n & 1:
                style += self._widget.named_style(layer)
        return style


def _joined(passages: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Passages `(start, end, block)` as stretches `(start, end)`: those of one block that follow each other are one."""
    stretches: list[tuple[int, int]] = []
    for n, (start, end, block) in enumerate(passages):
        if n and passages[n - 1][2] == block:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def _cropped(line: Line, width: int, surface: Style, *, fill: bool = True) -> Line:
    """`line` in at most `width` cells, and in just so many with `fill`."""
    found: Line = []
    width, used = max(0, width), 0
    for segment in line:
        size = segment.cell_length
        if used + size > width:
            segment, _ = segment.split_cells(width - used)
            found.append(segment)
            used += segment.cell_length
            break
        found.append(segment)
        used += size
    if fill and used < width:
        found.append(Segment(" " * (width - used), surface))
    return found
