"""From a string to a `Source`: blocks, then passages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from summitreader.text.sentences import sentence_spans
from summitreader.text.source import Block, BlockKind, Passage, Source

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def build_source(
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
    """See `Source.from_text`."""
    blocks = tuple(_paragraphs(text))
    return Source(
        id=id,
        text=text,
        blocks=blocks,
        passages=tuple(passages_of(text, blocks, language)),
        title=title,
        outlet=outlet,
        author=author,
        published=published,
        url=url,
        language=language,
    )


def passages_of(text: str, blocks: Iterable[Block], language: str | None) -> list[Passage]:
    """The sentences of each block, in order of the text."""
    return [
        Passage(block.start + span.start, block.start + span.end, number)
        for number, block in enumerate(blocks)
        for span in sentence_spans(text[block.start : block.end], language)
    ]


def _paragraphs(text: str) -> list[Block]:
    blocks = []
    start = 0
    for stop in [*(m.span() for m in _BLANK_LINE.finditer(text)), (len(text), len(text))]:
        piece = text[start : stop[0]]
        stripped = piece.strip()
        if stripped:
            lead = len(piece) - len(piece.lstrip())
            blocks.append(Block(BlockKind.PARAGRAPH, start + lead, start + lead + len(stripped)))
        start = stop[1]
    return blocks
