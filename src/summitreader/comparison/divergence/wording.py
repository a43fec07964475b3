"""Words of a source as a sentence quotes them: on one line, in marks that pair, cut where a phrase ends."""

from __future__ import annotations

import re

from summitreader.comparison.divergence.words import listed

_LONGEST = 90
"""Characters of a quotation in a summary."""
_ENDING = re.compile(r"[\s.,;:—–-]+(?=[”’\"']*$)")
"""What the end of a sentence leaves before the closing mark; the summary has a point of its own."""
_LOOSE_ENDS = listed(
    """a an the of in on at by for from to with and or but that which who as during after before into off near over his
    her their its was were is are be been has have had will than about"""
)
_STUB = 2
"""Words after the last comma that are rather the beginning of what comes next."""
_MORE = 24
"""Characters that are added where that closes a quotation which the words break into."""


def quoted(text: str, limit: int = _LONGEST) -> str:
    """`text` in quotation marks on one line, cut at a word where it is longer than `limit`, without the point
    or comma at its end."""
    line = " ".join(text.split())
    line = _ENDING.sub("", line) if len(line) <= limit else line[:limit].rsplit(" ", 1)[0].rstrip(",;:.") + " …"
    line = _paired(line)
    return f"“{line}”" if not {"“", "”", '"'} & set(line) else f"‘{line}’"


def around(text: str, start: int, end: int, reach: int) -> str:
    """`text[start:end]` with the words around it, at most `reach` characters either way, cut where a phrase ends; a
    quotation that it breaks into is closed where its end is near."""
    first, last = max(0, start - reach), min(len(text), end + reach)
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    if text[first:last].count("“") > text[first:last].count("”"):
        close = text.find("”", last, last + _MORE)
        last = close + 1 if close >= 0 else last
    head, tail = text[first:start], text[end:last]
    return (head.lstrip(" ,;:—–-.") + text[start:end] + (plainly_cut(tail) if last < len(text) else tail)).strip()


def plainly_cut(text: str) -> str:
    """`text` without the small words and signs at its end that something would have to follow."""
    before, comma, after = text.rstrip(" ,;:—–-").rpartition(",")
    text = before if comma and len(after.split()) <= _STUB else before + comma + after
    words = text.rstrip(" ,;:—–-").split(" ")
    while len(words) > 1 and words[-1].lower().strip(",;:—–-") in _LOOSE_ENDS | {""}:
        words.pop()
    return " ".join(words).rstrip(" ,;:—–-")


def _paired(line: str) -> str:
    """With the mark that a cut took from a quotation, so that its words are still marked as somebody's."""
    opened, closed = line.count("“"), line.count("”")
    line = "“" * (closed - opened) + line + "”" * (opened - closed)
    return line + '"' if line.count('"') % 2 else line
