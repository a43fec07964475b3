"""The news agency that an article says it is from: in its byline, its dateline, its metadata, its last line.

To quote an agency ("Xinhua said") is not to credit it: only those places are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summitreader.text import BlockKind, Source
from summitreader.text.article_words import listed
from summitreader.text.tokens import packaged_lines

_AGENCIES = {name: others for name, *others in (line.split("/") for line in packaged_lines("agencies.txt"))}
_NAMED = {name: agency for agency, others in _AGENCIES.items() for name in (agency, *others)}
_ANY = "|".join(re.escape(name) for name in sorted(_NAMED, key=lambda n: (-len(n), n)))
_WIRE = re.compile(
    r"\b(?:from|with|by) (?:the )?(?:wire|news agency|agency|staff and wire) (?:reports|services|service|inputs|copy)\b"
    r"|\bwith agencies\b",
    re.IGNORECASE,
)
WIRE = "wire reports"
_IN_CREDIT = re.compile(rf"(?<!\w)({_ANY})(?!\w)")
_OPENS = re.compile(rf"^[^\n]{{0,80}}?[(/\[]({_ANY})[)/\]]\s*(?:[-–—:]|\w)")
_CLOSES = re.compile(rf"^[\s(\[–—-]*(?:source|via|agency)?:?\s*({_ANY})(?:/({_ANY}))?[\s)\].]*$", re.IGNORECASE)


_KINDS_OF_OUTLET = listed("agency wire wires news press service services newspaper newspapers online media group daily")
_LAST_LINES = 3
_LINE = 120
"""Characters of a line that is no paragraph of the account."""
_CREDITING = re.compile(
    r"\b(?:first|originally) (?:published|reported|appeared)\b|\b(?:reprinted|republished|courtesy of|copyright)\b|©"
    r"|\(c\)|\breporting (?:by|from)\b|^\W*(?:source|via|credit)\b",
    re.IGNORECASE,
)


_ENDS_CREDIT = re.compile(r"\b(?:reporting (?:by|from)|source:?|via|credit:?) (?:the )?\Z", re.IGNORECASE)
"""Right before a name of one word, which may be a place, too."""


def credits_source(source: Source, other: Source) -> str | None:
    """The words by which `source` credits `other` in its byline, its metadata or its last lines; None where it does
    not. Two sources of one outlet never credit each other, nor is a name counted that is part of a source's own."""
    if not other.outlet or not source.text:
        return None
    own = " ".join(filter(None, (source.outlet, source.title))).casefold()
    names = [name for name in _names_of_outlet(other.outlet) if name.casefold() not in own]
    if not names or (source.outlet or "").casefold() == other.outlet.casefold():
        return None
    text = source.text
    signed = [source.author or ""]
    signed += [text[b.start : b.end] for b in source.blocks if b.kind in (BlockKind.BYLINE, BlockKind.METADATA)]
    hits = [hit for line in signed if (hit := _naming(names).search(line))]
    if not hits:
        last = [b for b in source.blocks if b.kind in (BlockKind.PARAGRAPH, BlockKind.BOILERPLATE)][-_LAST_LINES:]
        lines = [text[b.start : b.end] for b in last if b.end - b.start < _LINE]
        whole = [name for name in names if " " in name or name in _NAMED]
        hits = [
            hit
            for line in lines
            if _CREDITING.search(line)
            and (hit := _naming(names).search(line))
            and (hit[0] in whole or _ENDS_CREDIT.search(line[: hit.start()]))
        ]
    return hits[0][0] if hits else None


def _naming(names: Sequence[str]) -> re.Pattern[str]:
    """Any of `names` as a whole: not part of a longer one."""
    return re.compile(rf"(?<!\w)(?<!& )(?:{'|'.join(map(re.escape, names))})(?!\w| &| [A-Z])")


def _names_of_outlet(outlet: str) -> tuple[str, ...]:
    """An outlet as credits name it: whole, without its article, and without the word for what it is."""
    words = outlet.split()
    if words[0].casefold() == "the" and len(words) > 1:
        words = words[1:]
    names = [outlet, " ".join(words)]
    if len(words) > 1 and words[-1].casefold() in _KINDS_OF_OUTLET:
        while len(words) > 1 and words[-1].casefold() in _KINDS_OF_OUTLET:
            words = words[:-1]
        names.append(" ".join(words))
    agency = _NAMED.get(outlet) or _NAMED.get(" ".join(words))
    if agency:
        names += [agency, *_AGENCIES[agency]]
    return tuple(name for name in dict.fromkeys(names) if len(name) > 3 or name == agency)


def credited_agency(source: Source) -> str | None:
    """The agency that `source` credits, in the form that it is best known by; `wire reports` where it names none."""
    for credit in (source.outlet, source.author):
        found = credit and _IN_CREDIT.search(credit)
        if found:
            return _NAMED[found[1]]
    text = source.text
    told = [b for b in source.blocks if b.kind is BlockKind.PARAGRAPH]
    for block in source.blocks:
        line = text[block.start : block.end]
        if block.kind in (BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.METADATA):
            found = _IN_CREDIT.search(line)
            if found:
                return _NAMED[found[1]]
            if _WIRE.search(line):
                return WIRE
    if told:
        found = _OPENS.match(text[told[0].start : told[0].end])
        if found:
            return _NAMED[found[1]]
    for block in source.blocks[-3:]:
        line = text[block.start : block.end]
        found = _CLOSES.match(line) if len(line) < 60 else None
        if found:
            name = found[1]
            return _NAMED.get(name) or next(a for n, a in _NAMED.items() if n.lower() == name.lower())
        if len(line) < 120 and _WIRE.search(line):
            return WIRE
    return None
