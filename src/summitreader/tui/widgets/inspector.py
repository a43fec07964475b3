"""The passage under the cursor with its counterparts, side by side or stacked, and why they were linked."""

from __future__ import annotations

from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from summitreader.comparison.model import letter_of
from summitreader.tui.layout.document import Document, WrapMap, equal_columns
from summitreader.tui.layout.marks import SpanSet, pieces
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.inspection import POSSIBLE, Entry, Inspection, name_of
from summitreader.tui.widgets.bars import Piece, one_line, wrapped
from summitreader.tui.widgets.lines import LineWidget, merged

_LAYERS = ("text-quotation", "text-shared", "text-check")
_NARROWEST = 34
"""Cells that a column of text needs; where two do not fit, counterparts are stacked."""

_BETWEEN = 3
"""Empty cells between two columns, so that nobody reads on from one into the next."""


def _with_its_gaps(words: str) -> str:
    """A piece of the summary in one line, as far from its neighbours as it was, and not right beside them."""
    gap = len(words) - len(words.rstrip())
    return " " * (len(words) - len(words.lstrip())) + one_line(words, 400) + " " * max(1, gap)


class Inspector(LineWidget):
    """Draws an `Inspection`. It takes its height from its parent's layout and cuts what does not fit."""

    DEFAULT_CSS = """
    Inspector {
        height: 9;
        background: $surface;
        color: $foreground;
    }
    """
    stacked: reactive[bool] = reactive(False)

    def __init__(self) -> None:
        super().__init__(id="inspector")
        self._index: StoryIndex | None = None
        self._documents: dict[int, Document] = {}
        self._inspection: Inspection | None = None
        self._notes: tuple[Piece, ...] = ()
        self._strips: list[Strip] | None = None
        self._built_for = Size(0, 0)
        """The size that the strips are of: a new one may be drawn before the event that tells of it."""

    def show(
        self, index: StoryIndex, documents: dict[int, Document], inspection: Inspection, notes: tuple[Piece, ...] = ()
    ) -> None:
        """`documents` by source number; `notes` is the line about the notes on the passage. Only the rows that come
        out otherwise are drawn anew."""
        if self._index is index and self._inspection == inspection and self._notes == notes:
            return
        self._index, self._documents, self._inspection, self._notes = index, documents, inspection, notes
        before = self._strips
        self._strips = None
        if before is None or not self.size:
            self.refresh()
            return
        self._strips = self._build()
        width, blank = self.size.width, Strip.blank(self.size.width, self.base_style)
        rows = enumerate(zip_longest(before, self._strips, fillvalue=blank))
        changed = [Region(0, y, width, 1) for y, (old, new) in rows if old != new]
        if changed:
            self.refresh(*changed)

    def watch_stacked(self) -> None:
        self._strips = None

    def on_resize(self) -> None:
        self._strips = None

    def restyled(self) -> None:
        self._strips = None

    def render_line(self, y: int) -> Strip:
        if self._strips is None or self._built_for != self.drawn_size:
            self._strips = self._build()
        width = self.drawn_size.width
        return self._strips[y] if y < len(self._strips) else Strip.blank(width, self.base_style)

    def _named(self, name: str) -> Style:
        return self.base_style + self.named_style(name)

    def _line(self, pieces_of_line: list[tuple[str, str]]) -> Strip:
        room = self.size.width - 1
        segments = [Segment(" ", self.base_style)]
        for words, name in pieces_of_line:
            words = one_line(words, room) if len(words) > room else words
            segment = Segment(words, self._named(name) if name else self.base_style)
            room -= segment.cell_length
            segments.append(segment)
            if room <= 0:
                break
        return Strip(merged(segments))

    def _build(self) -> list[Strip]:
        self._built_for = self.size
        if self._index is None or self._inspection is None or self.size.width < 4:
            return []
        height = self.size.height
        strips = self._summary_lines(self._inspection)
        tail = self._tail(self._inspection)
        room = height - len(strips) - len(tail)
        entries = list(self._inspection.entries)
        columns = max(1, min(len(entries), self.size.width // _NARROWEST))
        if self.stacked or columns == 1:
            strips += self._stack(entries[1:] or entries, room)
        else:
            strips += self._columns(entries[:columns], room)
            if len(entries) > columns:
                more = ", ".join(dict.fromkeys(self._heading(entry)[0] for entry in entries[columns:]))
                tail = [self._line([("also ", "dim"), (more, "dim")]), *tail][: max(1, len(tail))]
        strips += [Strip.blank(self.size.width, self.base_style)] * (height - len(tail) - len(strips))
        width = self.size.width
        rows = (*strips[: height - len(tail)], *tail)
        return [Strip(merged(row.crop_extend(0, width, self.base_style)), width) for row in rows]

    def _summary_lines(self, inspection: Inspection) -> list[Strip]:
        """What is said of the passage: on one line, on up to three where there is room, since it is to be judged."""
        pieces_of_it = [(_with_its_gaps(words), name) for words, name in inspection.summary]
        rows = max(1, min(3, (self.size.height - 1) // 3))
        return [self._line(line) for line in wrapped(pieces_of_it, self.size.width - 2, rows)]

    def _tail(self, inspection: Inspection) -> list[Strip]:
        line: list[tuple[str, str]] = []
        if inspection.evidence:
            line += [("linked by ", "dim"), (one_line(" · ".join(inspection.evidence[:7]), 70), "linked"), ("   ", "")]
        if inspection.silent:
            line.append((one_line(" · ".join(inspection.silent), 200), "dim"))
        noted = [self._line(list(self._notes))] if self._notes else []
        why = [self._line(line)] if line else []
        return noted or why if self.size.height < 5 else [*noted, *why]

    def _heading(self, entry: Entry) -> tuple[str, str]:
        assert self._index is not None
        source = self._index.sources[entry.source]
        return f"{letter_of(entry.source)} {name_of(source)} {source.place_name(entry.passage)}", entry.relation

    def _entry_strips(self, entry: Entry, width: int, height: int) -> list[Strip]:
        """A heading and the passage, in exactly `height` strips of `width` cells."""
        document = self._documents[entry.source]
        passage = document.source.passages[entry.passage]
        name, relation = self._heading(entry)
        name = one_line(name, max(4, width - len(relation) - 2))
        heading = [Segment(name, self._named("strong")), Segment("  " + relation, self._named("dim"))]
        strips = [Strip(heading).crop_extend(0, width, self.base_style)]
        wrap = WrapMap(document.text, [(passage.start, passage.end)], width)
        layers = self._layers(entry)
        for row in range(1, len(wrap) - 1):
            start, end = wrap.starts[row], wrap.ends[row]
            cut = [
                Segment(
                    document.text[a:b], self._named("dim") if entry.relation == POSSIBLE else self._flag_style(flags)
                )
                for a, b, flags in pieces(start, end, [list(layer.overlapping(start, end)) for layer in layers])
            ]
            strips.append(Strip(cut).crop_extend(0, width, self.base_style))
        if len(strips) > height > 0:
            last = strips[height - 1].crop(0, max(0, width - 1))
            strips[height - 1] = Strip([*last, Segment("…", self._named("dim"))]).crop_extend(0, width, self.base_style)
        strips += [Strip.blank(width, self.base_style)] * (height - len(strips))
        return strips[:height]

    def _layers(self, entry: Entry) -> tuple[SpanSet, SpanSet, SpanSet]:
        assert self._index is not None
        return (self._index.quotation_spans[entry.source], entry.shared, self._index.check_spans[entry.source])

    def _flag_style(self, flags: int) -> Style:
        style = self.base_style
        for n, layer in enumerate(_LAYERS):
            if flags >> n & 1:
                style += self.named_style(layer)
        return style

    def _columns(self, entries: list[Entry], height: int) -> list[Strip]:
        room = self.size.width - 2 - _BETWEEN * (len(entries) - 1)
        drawn = [
            self._entry_strips(entry, max(1, width), height)
            for entry, width in zip(entries, equal_columns(room, len(entries)), strict=True)
        ]
        edge, between = (Strip.blank(cells, self.base_style) for cells in (1, _BETWEEN))
        return [
            Strip.join([part for n, strip in enumerate(row) for part in (between if n else edge, strip)])
            for row in zip(*drawn, strict=True)
        ]

    def _stack(self, entries: list[Entry], height: int) -> list[Strip]:
        gap = Strip([Segment(" ", self.base_style)], 1)
        strips: list[Strip] = []
        each = max(2, height // max(1, len(entries)))
        for entry in entries:
            needed = self._entry_strips(entry, self.size.width - 2, each)
            while needed and not needed[-1].text.strip():
                needed.pop()
            strips += [Strip.join([gap, strip]) for strip in needed]
        return strips[:height]
