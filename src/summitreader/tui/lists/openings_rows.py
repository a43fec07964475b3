"""Headlines and ledes side by side: for each source its two, what is marked in them, where the others tell it, and the
sheet of columns that they are laid out on. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summitreader.comparison.divergence.ledes import Mark, Opening, openings
from summitreader.comparison.model import LinkKind, letter_of
from summitreader.text import BlockKind, Source
from summitreader.text.gate import shown
from summitreader.tui.layout.cells import NOTHING
from summitreader.tui.layout.document import WrapMap, display_form, drawn, equal_columns
from summitreader.tui.layout.marks import SpanSet, pieces
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.inspection import name_of
from summitreader.tui.widgets.bars import one_line

SHARED = "text-shared"
ONLY_HERE = "strong"
_SIGNS = re.compile(r"(?:#+\s+)?")
"""What marks a headline as one in Markdown."""

Styled = tuple[tuple[str, str], ...]
"""Words and the name of their style, in order."""


@dataclass(frozen=True, slots=True)
class Part:
    """A headline or a lede: its words with what is shared and what stands here only, and where the others tell it."""

    kind: str
    place: tuple[int, int]
    words: Styled
    elsewhere: Styled


@dataclass(frozen=True, slots=True)
class OpeningCard:
    """How one source opens. `remark` says why nothing is marked, where that is so."""

    source: int
    name: str
    date: str
    parts: tuple[Part, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class InCommon:
    """The names and figures that stand in the openings of just these sources, as the first of them writes them."""

    sources: tuple[int, ...]
    words: tuple[str, ...]


def opening_cards(index: StoryIndex, *, compared: bool) -> tuple[OpeningCard, ...]:
    """A card a source, in their order; nothing is said of where others tell it before the story is `compared`."""
    return tuple(_card(index, opening, compared) for opening in openings(index.report))


def in_common(index: StoryIndex) -> tuple[InCommon, ...]:
    """Names and figures that two openings or more have, those that most have first."""
    found: dict[tuple[int, ...], dict[str, str]] = {}
    for opening in openings(index.report):
        for mark in opening.marks:
            if mark.others and mark.sort != "word":
                members = tuple(sorted({index.number[s] for s in (opening.source, *mark.others)}))
                words = _text(index.sources[index.number[opening.source]], mark)
                found.setdefault(members, {}).setdefault(words.casefold(), words)
    own = {members: tuple(words.values()) for members, words in found.items()}
    return tuple(InCommon(members, own[members]) for members in sorted(own, key=lambda m: (-len(m), m)))


def _text(source: Source, mark: Mark) -> str:
    words = display_form(shown(source.text[mark.span.start : mark.span.end]))
    return " ".join(words.removesuffix("'s").removesuffix("’s").split())


def _card(index: StoryIndex, opening: Opening, compared: bool) -> OpeningCard:
    number = index.number[opening.source]
    source = index.sources[number]
    parts = tuple(
        _part(index, kind, (number, ref.passage), opening.marks, compared)
        for kind, ref in (("headline", opening.title), ("lede", opening.lede))
        if ref is not None
    )
    alone = len(index.sources) < 2 or not index.is_comparable(number)
    remark = "Not compared with the others." if alone and len(index.sources) > 1 else ""
    return OpeningCard(number, name_of(source), display_form(shown((source.published or "")[:10])), parts, remark)


def _part(index: StoryIndex, kind: str, place: tuple[int, int], marks: Sequence[Mark], compared: bool) -> Part:
    number, passage = place
    source = index.sources[number]
    start, end = source.passages[passage].start, source.passages[passage].end
    if kind == "headline":
        start = min(end, start + len(_SIGNS.match(source.text[start:end])[0]))  # type: ignore[index]
    text = drawn(source, start, end)
    comparable = index.is_comparable(number)
    layers: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for mark in marks:
        here = (mark.span.start - start, mark.span.end - start)
        if not (comparable and 0 <= here[0] < len(text)):
            continue
        if mark.others:
            layers[0].append(here)
        elif mark.sort != "word":
            layers[1].append(here)
    names = ("", SHARED, ONLY_HERE)
    words = tuple((text[a:b], names[flags]) for a, b, flags in pieces(0, len(text), layers)) if text else ()
    return Part(kind, place, words, _elsewhere(index, place) if compared and comparable else ())


def _elsewhere(index: StoryIndex, place: tuple[int, int]) -> Styled:
    """`also in 2 headline · 3 ¶4 of 12 · 4 only in ¶9 of 10 · not found in 5`: where each other first tells it."""
    first: dict[int, tuple[bool, int]] = {}
    for c in index.counterparts(*place):
        in_part = c.link is not None and c.link.kind is LinkKind.PARTIAL
        first[c.source] = min(first.get(c.source, (in_part, c.passage)), (in_part, c.passage))
    others = [n for n in range(len(index.sources)) if n != place[0] and index.is_comparable(n)]
    told = [piece for n in others if n in first for piece in _told(index.sources[n], n, *first[n])]
    missing = [letter_of(n) for n in others if n not in first]
    found: list[tuple[str, str]] = [("also in ", "dim"), *told[:-1]] if told else []
    if missing:
        found += [(" · " if told else "", "dim"), (f"no match in {', '.join(missing)}", "dim")]
    return tuple(found)


def _told(source: Source, number: int, in_part: bool, passage: int) -> list[tuple[str, str]]:
    """Which source, how it leads with it or how late it tells it, and what parts it from the next."""
    kind = source.blocks[source.passages[passage].block].kind
    paragraphs = sum(block.kind is BlockKind.PARAGRAPH for block in source.blocks)
    at = source.paragraph_number(source.passages[passage].block)
    if kind is BlockKind.TITLE:
        said, style = "headline", "linked"
    elif at is None:
        said, style = str(kind), "dim"
    elif _is_lede(source, passage):
        said, style = "lede", "linked"
    else:
        late = 2 * (at - 1) > paragraphs
        said, style = f"{'only in ' if late else ''}¶{at} of {paragraphs}", "check" if late and not in_part else "dim"
    return [(f"{letter_of(number)} ", "dim"), (f"{said} in part" if in_part else said, style), (" · ", "dim")]


def _is_lede(source: Source, passage: int) -> bool:
    told = (n for n in range(passage + 1) if source.is_told(n))
    return (
        next((n for n in told if source.blocks[source.passages[n].block].kind is BlockKind.PARAGRAPH), None) == passage
    )


def styled_lines(words: Styled, width: int) -> list[list[tuple[str, str]]]:
    """`words` wrapped to rows of `width` cells, their styles kept."""
    text = "".join(part for part, _ in words)
    spans: dict[str, list[tuple[int, int]]] = {}
    at = 0
    for part, style in words:
        if style:
            spans.setdefault(style, []).append((at, at + len(part)))
        at += len(part)
    layers = [(style, SpanSet(own)) for style, own in spans.items()]
    wrap = WrapMap(text, [(0, len(text))] if text else (), width)
    lines = []
    for row in range(1, len(wrap) - 1):
        start, end = wrap.starts[row], wrap.ends[row]
        cut = pieces(start, end, [own.overlapping(start, end) for _, own in layers])
        lines.append(
            [
                (text[a:b], " ".join(style for n, (style, _) in enumerate(layers) if flags >> n & 1))
                for a, b, flags in cut
            ]
        )
    return lines


def plain(words: Iterable[tuple[str, str]]) -> str:
    """Styled words without their styles."""
    return "".join(part for part, _ in words).replace(NOTHING, "")


NARROWEST = 38
"""Cells that a column needs; where two do not fit, the sources stand below one another."""

Stop = tuple[int, int]
"""What can be gone to: the number of a card, and of a part of it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of one column; `stop` is the part that it belongs to, None for what lies between."""

    pieces: Styled
    stop: Stop | None = None


@dataclass(frozen=True)
class Sheet:
    """`rows[n]` holds a cell a column, or one that goes over all of them; `widths` are the columns'.

    `extents` says which rows a stop takes. `grid` holds the numbers of the cards, band by band.
    """

    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    extents: dict[Stop, range]
    grid: tuple[tuple[int, ...], ...]

    def beside(self, card: int, by: int) -> int:
        """The card a column on or back, round at the ends of all."""
        order = [n for band in self.grid for n in band]
        return order[(order.index(card) + by) % len(order)]

    def below(self, card: int, by: int) -> int | None:
        """The card a band on or back in the same column, else the last of that band; None at the ends."""
        at = next(n for n, band in enumerate(self.grid) if card in band)
        if not 0 <= at + by < len(self.grid):
            return None
        band = self.grid[at + by]
        return band[min(self.grid[at].index(card), len(band) - 1)]


def laid_out(cards: Sequence[OpeningCard], common: Sequence[InCommon], width: int) -> Sheet:
    """The cards in bands, and below them what names and figures openings have in common; `width` in cells."""
    columns = max(1, min(len(cards), width // NARROWEST))
    bands = -(-len(cards) // columns)
    columns = -(-len(cards) // bands) if bands else 1
    widths = tuple(equal_columns(width, columns))
    rows: list[tuple[Cell, ...]] = []
    extents: dict[Stop, range] = {}
    grid = []
    for first in range(0, len(cards), columns):
        band = range(first, min(first + columns, len(cards)))
        grid.append(tuple(band))
        drawn = [_card_cells(cards[n], n, widths[n - first] - 3) for n in band]
        height = max(map(len, drawn))
        for column, n in zip(drawn, band, strict=True):
            for part in range(len(cards[n].parts)):
                own = [y for y, cell in enumerate(column) if cell.stop == (n, part)]
                extents[n, part] = range(len(rows) + own[0], len(rows) + own[-1] + 1)
        blank = Cell(())
        for y in range(height):
            row = [column[y] if y < len(column) else blank for column in drawn]
            rows.append((*row, *([blank] * (columns - len(row)))))
        rows.append((blank,) * columns)
    rows += [(Cell(tuple(line)),) for line in _common_lines(common, len(cards), width - 3)]
    return Sheet(widths, tuple(rows), extents, tuple(grid))


def _card_cells(card: OpeningCard, number: int, width: int) -> list[Cell]:
    date = f"  {card.date}" if card.date and width >= 30 else ""
    name = one_line(card.name, max(4, width - len(date) - 3))
    cells = [Cell(((f"{letter_of(card.source)} ", "accent"), (name, "strong"), (date, "dim")))]
    if not card.parts:
        cells += [Cell((("No headline or lede.", "dim"),)), Cell(())]
    for n, part in enumerate(card.parts):
        stop = (number, n)
        lines = [*styled_lines(part.words, width), *styled_lines(part.elsewhere, width)]
        cells += [Cell(((part.kind, "dim"),), stop), *(Cell(tuple(line), stop) for line in lines), Cell(())]
    if card.remark:
        cells += [*(Cell(tuple(line)) for line in styled_lines(((card.remark, "dim"),), width)), Cell(())]
    return cells[:-1]


def _common_lines(common: Sequence[InCommon], sources: int, width: int) -> list[Styled]:
    if not common:
        return []
    lines: list[Styled] = [(("Names and figures in several openings", "strong"),)]
    for own in common:
        who = "all" if len(own.sources) == sources else ", ".join(letter_of(n) for n in own.sources)
        words: Styled = ((f"{who}  ", "accent"), (" · ".join(own.words), ""))
        lines += [tuple(line) for line in styled_lines(words, max(1, width))]
    return lines
