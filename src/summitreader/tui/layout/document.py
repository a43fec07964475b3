"""A source as it is shown: its text made safe, its blocks, and its rows at a width."""

from __future__ import annotations

from functools import lru_cache

from summitreader.text import BlockKind, Source
from summitreader.text.gate import shown
from summitreader.tui.layout.wrap import WrapMap, display_form

HEADLINE = frozenset({BlockKind.TITLE, BlockKind.HEADING})
ASIDE = frozenset({BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.METADATA, BlockKind.BOILERPLATE})


class Document:
    """What a pane needs of a source. `text` has a code point for each of the source's, all safe to show."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = display_form(shown(source.text))
        self._block_spans = [(block.start, block.end) for block in source.blocks]
        self.wrapped = lru_cache(maxsize=4)(self._wrap)

    def _wrap(self, width: int) -> WrapMap:
        return WrapMap(self.text, self._block_spans, width)

    def block_kind(self, passage: int) -> BlockKind:
        return self.source.blocks[self.source.passages[passage].block].kind
