"""A source as it is shown: its text made safe, its blocks, and its rows at a width."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from summitreader.text import BlockKind, Source
from summitreader.text.gate import shown
from summitreader.tui.layout.wrap import WrapMap, display_form

HEADLINE = frozenset({BlockKind.TITLE, BlockKind.HEADING})
ASIDE = frozenset({BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.METADATA, BlockKind.BOILERPLATE})


class Document:
    """What a pane needs of a source. `text` has a code point for each of the source's, all safe to show."""

    def __init__(self, source: Source, gap: int = 1) -> None:
        """`gap` are the empty rows between paragraphs."""
        self.source = source
        self.gap = gap
        self.text = display_form(shown(source.text))
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
