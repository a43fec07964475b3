"""Paragraphs of a plain text: between blank lines, or one a line where the file is written so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from summitreader.text.front_matter import front_matter
from summitreader.text.span import Span

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\Z")
WRAPPED_AT_MOST = 120
"""Columns; a longer line is a whole paragraph."""

_PAIRS = 2_000


def paragraph_spans(text: str, start: int = 0, *, a_line_each: bool = False) -> Iterator[Span]:
    """The paragraphs of `text[start:]`, without the white space around them."""
    if a_line_each:
        for found in _LINE.finditer(text, start):
            yield _stripped(text, found.start(), found.end())
        return
    breaks = [found.span() for found in _BLANK_LINES.finditer(text, start)]
    for end, following in [*breaks, (len(text), len(text))]:
        if start < end and not text[start:end].isspace():
            yield _stripped(text, start, end)
        start = following


def line_spans(text: str, span: Span) -> list[Span]:
    """The lines of a paragraph that hold anything."""
    return [_stripped(text, f.start(), f.end()) for f in _LINE.finditer(text, span.start, span.end)]


def has_a_paragraph_a_line(text: str) -> bool:
    """Whether a lone newline ends a paragraph in this file, or merely a wrapped line.

    Each pair of lines without a blank one between votes: for wrapping where the next word would not have fitted, for
    paragraphs where the first is longer than anyone wraps, or is short and ends a sentence.
    """
    text = text[front_matter(text)[0] :]
    pairs = [
        (a.rstrip(), b.strip())
        for a, b in islice(pairwise(line for line in text.split("\n", 4 * _PAIRS)[: 4 * _PAIRS]), _PAIRS)
        if a.strip() and b.strip()
    ]
    width = max((len(a) for a, _ in pairs if len(a) <= WRAPPED_AT_MOST), default=0)
    wrapped = ends = 0
    for a, b in pairs:
        if len(a) > WRAPPED_AT_MOST or (len(a) < 0.6 * width and _SENTENCE_END.search(a)):
            ends += 1
        elif len(a) + 1 + len(b.split(None, 1)[0]) >= 0.8 * width:
            wrapped += 1
    return ends > wrapped


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Span(start + lead, start + len(piece.rstrip()))
