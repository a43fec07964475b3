"""A comparison on one page, from its outline: plain text for a pipe or a screen reader, and markdown.

It has at most a third of the words of the articles: where there is more, excerpts are shortened and the lightest rows
left out; nothing that is to check ever is. Sources have letters, and the legend says which is which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summitreader.comparison import QuotationKind
from summitreader.counting import counted
from summitreader.export.escaping import inline
from summitreader.export.outline_model import Check, Excerpt, Fact, Omission, Outline, SourceEntry, Speaker
from summitreader.text.gate import shown

SHARE = 1 / 3
"""Words of the briefing to words of the articles, at most."""

_HEADLINE = re.compile(r"\A#{1,6}\s+")
_PLACES = {"title": "headline", "heading": "subheading", "boilerplate": "page furniture"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?")
_WORD = re.compile(r"\w+")
_DAY = re.compile(r"--(\d\d)-(\d\d)\Z")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence of our own."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """An item of a list; `depth` 1 is one below an item."""

    text: str
    depth: int = 0


Line = Section | Words | Quote | Note


def briefing_text(outline: Outline, title: str | None = None) -> str:
    """The briefing as plain text; `title` names the story."""
    return as_text(_fitting(outline, title))


def briefing_markdown(outline: Outline, title: str | None = None) -> str:
    """The briefing as markdown (CommonMark) in which no markup of a source's own is live."""
    return as_markdown(_fitting(outline, title))


def as_text(lines: Iterable[Line]) -> str:
    """Plain text: a heading stands alone between blank lines, an item begins with a dash."""
    out: list[str] = []
    for line in lines:
        words = " ".join(shown(line.text).split())
        if isinstance(line, Section):
            out += ["", words.upper() if line.level == 1 else words, ""]
        elif isinstance(line, Note):
            out.append(f"{'    ' * line.depth}- {words}")
        elif isinstance(line, Quote):
            out.append(words)
        else:
            out += ["", words]
    return _tidied(out)


def as_markdown(lines: Iterable[Line]) -> str:
    """Markdown: words of a source are block quotes or items, in which no markup is live."""
    out: list[str] = []
    for line in lines:
        words = inline(line.text)
        if isinstance(line, Section):
            out += ["", f"{'#' * line.level} {words}", ""]
        elif isinstance(line, Quote):
            out += ["", f"> {words}", ""]
        elif isinstance(line, Note):
            out.append(f"{'    ' * line.depth}- {words}")
        else:
            out += ["", words, ""]
    return _tidied(out)


def place_in_words(place: str) -> str:
    """`¶3` as it is, `title` as `headline`; with the page or time that follows."""
    name, comma, locator = place.partition(",")
    return _PLACES.get(name, name) + comma + locator


def date_in_words(source: SourceEntry) -> str:
    """`7 Jun 2025`, `7 Jun 2025, 16:52`, `1 Nov (year not given)`; empty where nothing is known."""
    if found := _DATE.match(source.published or ""):
        year, month, day, time = found.groups()
        return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" + (f", {time}" if time else "")
    if found := _DAY.match(source.day or ""):
        return f"{int(found[2])} {_MONTHS[int(found[1]) - 1]} (year not given)"
    return source.published or ""


def sentence_of(excerpt: Excerpt) -> str:
    """The words of an excerpt on one line, without the marks that a page sets before a headline."""
    return " ".join(_HEADLINE.sub("", excerpt.words).split())


def marked(words: str) -> str:
    """Words in quotation marks, in single ones where they have double ones of their own."""
    return f"‘{words}’" if set(words) & set('“”"„«»') else f"“{words}”"


@dataclass(frozen=True, slots=True)
class _Size:
    """How many rows of each part are written, and how many words of an excerpt; `sides` are words of a side to check, 0
    where only its first side has any."""

    facts: int
    unique: int
    omissions: int
    speakers: int
    words: int
    sides: int


_SIZES = (
    _Size(7, 6, 6, 6, 45, 30),
    _Size(7, 5, 5, 5, 32, 22),
    _Size(5, 4, 4, 4, 24, 16),
    _Size(4, 3, 3, 3, 18, 12),
    _Size(3, 2, 2, 2, 14, 9),
    _Size(3, 1, 1, 1, 12, 7),
    _Size(3, 0, 1, 1, 10, 0),
)


def _fitting(outline: Outline, title: str | None) -> list[Line]:
    """The fullest form whose words are within the share of the articles', else the shortest."""
    most = SHARE * sum(source.words for source in outline.sources)
    lines: list[Line] = []
    for size in _SIZES:
        lines = list(_lines(outline, title, size))
        if len(as_markdown(lines).split()) <= most:
            break
    return lines


def _lines(o: Outline, title: str | None, size: _Size) -> Iterator[Line]:
    yield Section(1, title or counted(len(o.sources), "source"))
    yield from _legend(o)
    agreed = o.agreed[: size.facts]
    if agreed:
        yield Section(2, agreed_heading(agreed, o))
        yield from (Note(_fact(fact, o, size)) for fact in agreed)
    if len(o.sources) > 1:
        open_ones = sum(not check.confirmed for check in o.to_check)
        yield Section(2, f"To check: {open_ones}" if open_ones else "To check")
        for check in o.to_check:
            yield from _check(check, size)
        if not o.to_check:
            yield Words("No contradictions found.")
    if unique := _spread(o.unique, size.unique):
        yield Section(2, "Only in one source")
        yield from (Note(_cited(excerpt, size.words)) for excerpt in unique)
    if omissions := sorted(o.omissions, key=lambda x: (len(x.silent), -x.confidence))[: size.omissions]:
        yield Section(2, "Left out")
        yield from (Note(_omission(omission, size)) for omission in omissions)
    if o.said_to_omit and size.omissions > 1:
        yield from (Note(f"Says what others leave out: {_cited(e, size.words)}") for e in o.said_to_omit[:2])
    if speakers := o.speakers[: size.speakers]:
        yield Section(2, "Quoted")
        for speaker in speakers:
            yield from _speaker(speaker, size)


def _legend(o: Outline) -> Iterator[Line]:
    for source in o.sources:
        title = " ".join((source.title or "").split())
        about = ", ".join(filter(None, (source.name, date_in_words(source))))
        words = counted(source.words, "word")
        more = "" if source.comparable else f"; not compared{f' ({source.language})' if source.language else ''}"
        agency = f"; credits {source.credit}" if source.credit and source.credit != source.name else ""
        yield Note(f"{source.letter} {about}{f': {title}' if title else ''} ({words}{agency}{more})")
        for copied in o.copied:
            if copied.by == source.letter:
                yield Note(copied_in_words(copied.share, copied.by, copied.of, copied.likelihood), 1)


def copied_in_words(share: float, by: str, of: str, likelihood: str) -> str:
    """`30 % of the words of A are also in C, likely taken from it`."""
    taken = f", {likelihood} taken from it" if likelihood else ""
    return f"{round(100 * share)} % of the words of {by} are also in {of}{taken}"


def agreed_heading(agreed: Sequence[Fact], o: Outline) -> str:
    """`In all 5 sources`, `In most sources` or `In several sources`, by how many report each of `agreed`."""
    if all(fact.by_all for fact in agreed):
        least = min(fact.of for fact in agreed)
        return f"In all {least} sources" if least == len(o.sources) else f"In all {least} sources that can be compared"
    return "In most sources" if all(2 * len(fact.letters) > fact.of for fact in agreed) else "In several sources"


def _fact(fact: Fact, o: Outline, size: _Size) -> str:
    also = ", ".join(f"{e.letter} {place_in_words(e.place)}" for e in fact.also)
    numbers = [str(check.number) for check in o.to_check if check.id in fact.checks]
    check = f"; see check {' and '.join(numbers)}" if numbers else ""
    lead = fact.lead
    words = _cut(sentence_of(lead), size.words)
    return f"{words} ({lead.letter} {place_in_words(lead.place)}; also {also}{check})"


def _check(check: Check, size: _Size) -> Iterator[Line]:
    likely = "confirmed" if check.confirmed else f"likely {check.claim} ({check.likelihood} in 10)"
    yield Note(f"Check {check.number}: {check.label}, {likely}")
    for n, side in enumerate(check.sides):
        places = ", ".join(dict.fromkeys(f"{e.letter} {place_in_words(e.place)}" for e in side.excerpts))
        excerpt = side.excerpts[0]
        words = _around(excerpt, size.sides) if size.sides else "" if n else _around(excerpt, 10)
        yield Note(f"{_cut(side.words, 30)}: {places}" + (f" {marked(words)}" if words else ""), 1)
    for lead, letters in (("also reported by", check.also), ("no match", check.unmatched)):
        if letters:
            yield Note(f"{lead}: {', '.join(letters)}", 1)


def _omission(omission: Omission, size: _Size) -> str:
    places = ", ".join(f"{e.letter} {place_in_words(e.place)}" for e in omission.reported)
    words = _cut(sentence_of(omission.reported[0]), size.words)
    return f"Not in {' or '.join(omission.silent)}: {words} ({places})"


def _speaker(speaker: Speaker, size: _Size) -> Iterator[Line]:
    yield Note(f"{speaker.name} ({', '.join(speaker.letters)})")
    said: dict[str, tuple[str, list[str]]] = {}
    for wording in speaker.statements[0].wordings:
        words = _cut(" ".join(wording.words.split()).rstrip(" ,"), size.words)
        chain = f" (via {', '.join(wording.chain)})" if wording.chain else ""
        excerpt = wording.excerpt
        shown_as = words if wording.kind is QuotationKind.REPORTED else marked(words)
        alike = " ".join(_WORD.findall(words.casefold()))
        place = f"{excerpt.letter} {place_in_words(excerpt.place)}{chain}"
        said.setdefault(alike, (shown_as, []))[1].append(place)
    for shown_as, places in said.values():
        yield Note(f"{shown_as} {', '.join(places)}", 1)


def _cited(excerpt: Excerpt, most: int) -> str:
    return f"{_cut(sentence_of(excerpt), most)} ({excerpt.letter} {place_in_words(excerpt.place)})"


def _spread(excerpts: Sequence[Excerpt], most: int) -> list[Excerpt]:
    """`most` of the excerpts, the first of each source before the second of any, in their own order."""
    turn: dict[str, int] = {}
    ranked = []
    for n, excerpt in enumerate(excerpts):
        turn[excerpt.source] = turn.get(excerpt.source, 0) + 1
        ranked.append((turn[excerpt.source], n))
    return [excerpts[n] for n in sorted(n for _, n in sorted(ranked)[:most])]


def _cut(words: str, most: int) -> str:
    """The first `most` words, with a sign of what is missing; a quotation that the cut opens is closed."""
    parts = words.split()
    if len(parts) <= most:
        return words
    head = " ".join(parts[:most]).rstrip(" ,;:—–-")
    return head + " …" + "”" * max(0, head.count("“") - head.count("”"))


def _around(excerpt: Excerpt, most: int) -> str:
    """`most` words of an excerpt around its mark."""
    line = sentence_of(excerpt)
    parts = line.split()
    if excerpt.mark is None or len(parts) <= most:
        return _cut(line, most)
    before = len(excerpt.words[: excerpt.mark[0]].split())
    inside = len(excerpt.words[slice(*excerpt.mark)].split())
    first = max(0, min(before - max(0, most - inside) // 2, len(parts) - most))
    last = max(first + most, before + inside)
    return ("… " if first else "") + " ".join(parts[first:last]) + (" …" if last < len(parts) else "")


def _tidied(lines: list[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
