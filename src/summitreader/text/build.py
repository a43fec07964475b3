"""From a string to a `Source`: blocks, then passages."""

from __future__ import annotations

import re
from dataclasses import replace

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
    passages = tuple(Passage(b.start, b.end, i) for i, b in enumerate(blocks))
    source = Source(id=id, text=text, blocks=blocks, passages=passages)
    return replace(source, title=title, outlet=outlet, author=author, published=published, url=url, language=language)


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
