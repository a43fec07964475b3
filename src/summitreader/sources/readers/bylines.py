"""Who wrote a page, and what the lines under its headline say of it, in the forms in which pages write such lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import Any

from summitreader.sources.readers.page_dates import LONGEST, UPDATED, only_date
from summitreader.sources.readers.page_words import INVISIBLE, plain, plain_text
from summitreader.text import article_words as phrases
from summitreader.text.article_lines import looks_like_names
from summitreader.text.dates import is_date_line, read_date

MOST_LINES = 12
"""Pieces of text after a headline that are looked at."""

_SILENT = frozenset(("script", "style", "noscript", "template", "button", "select", "form", "nav"))
_INLINE = frozenset(("a", "abbr", "b", "em", "i", "small", "strong", "sub", "sup", "u", "font", "time"))
_PARTS = re.compile(r"\s*[|·•]\s*|\s{3,}")
_OPENS = re.compile(r"(?:by|von|par|por|di|av|door|автор)", re.IGNORECASE)
_KOREAN_DATE = re.compile(r"(?:기사)?(?:입력|등록|승인)\s*(?P<date>\d{4}.{6,18})\Z")
_DATED = re.compile(
    r"(?:(?:first )?(?:published|posted|written)\b|(?:by|von|par|por|di|av|door)\s[^\W\d_]).*\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
BY = re.compile(
    r"(?:(?:written|words|story|posted|published|reported|text|analysis|opinion|review|submitted|article)\s+)?"
    r"(?:by|von|por|par|door|av|af|di|da|автор)\s*[:：]?\s+|(?:author|text|foto und text|autor(?:in)?)\s*[:：]\s*",
    re.IGNORECASE,
)
_LABELLED_AUTHOR = re.compile(
    r"(?:words|text|texte?|texto|testo|tekst|reporting|report|story)\s?:\s*([^\W\d_][^,:;|]{3,40})(?:[,;|]|\Z)",
    re.IGNORECASE,
)
_NAMES_APART = re.compile(r"\s*(?:[,;&·•/]|\s(?:and|und|et|y|e|og|och|en|with|mit)\s)\s*")
_AFTER_NAME = re.compile(
    r"\s*(?:[–—(|<@\d]|\s-\s|\s(?:for|in|at|of|on|from|is an?|für|pour|para|per)\s|\b(?:Updated|Published)\b).*\Z",
    re.DOTALL,
)
_ROLE = re.compile(
    r"\b(?:writer|editor|reporter|correspondent|columnist|staff|chief|bureau|producer|contributor|desk|press|news|team|"
    r"photographer|redakt\w*|korrespondent\w*|journalist\w*|agenc\w*|ph\.?d|m\.?d|jr|sr)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    """
    admin|administrator|unknown|anonymous|author|authors|editor|editors|editorial|staff|redaktion|redaction|rédaction
    redacción|redazione|redaktionen|redação|webmaster|web|user|guest|root|test|none|null|undefined|nobody|moderator
    contributor|contributors|newsroom|newsdesk|wordpress|superuser|sysadmin|site|online|posted|staff writer|news desk
    staff reporter|editorial staff|editorial team|web desk|news staff|staff report|staff reports|web admin|site admin
    super user|guest author|guest writer
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)
"""What pages give as their author where it is nobody."""


def clean_author(value: str, outlet: str | None = None) -> str | None:
    """The names in what is given as a page's author, without "By" and what the person is; None where there is none."""
    text = " ".join(INVISIBLE.sub("", plain_text(value)).split()).strip(" ,;|–—-")
    text = BY.sub("", text, count=1) if BY.match(text) else text
    if not text or re.match(r"https?://|www\.|@", text) or len(text) > 300:
        return None
    names = []
    for part in _NAMES_APART.split(text):
        name = _AFTER_NAME.sub("", BY.sub("", part) if BY.match(part) else part).strip(" .,:;-–—")
        if _is_person(name) and plain(name) != plain(outlet):
            names.append(name.title() if name.isupper() and name.isascii() else name)
    if names:
        return ", ".join(dict.fromkeys(names))
    nobody = plain(text) in (*_NOBODY, plain(outlet), "") or not any(map(str.isalpha, text))
    address = "@" in text or "." in text.split()[-1][1:-1]
    sentence = re.search(r"[^\W\d_]{3,}[.!?]\Z|:\Z", text) is not None
    return None if nobody or address or sentence or len(text) > 80 else text


def _is_person(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and looks_like_names(name) and not _ROLE.search(name) and plain(name) not in _NOBODY


def in_order(name: str) -> str:
    """`First Last` of `Last, First`, as catalogues write one name."""
    parts = re.fullmatch(r"([^\W\d_][\w'’-]*), ([^\W\d_][\w.'’ -]*)", name)
    return f"{parts[2]} {parts[1]}" if parts and len(parts[2].split()) <= 2 and not _ROLE.search(name) else name


def beside_headline(lines: list[str], opening: str = "") -> Iterator[tuple[str, str]]:
    """`(field, value)` for each of the lines after a headline, down to the paragraph that begins with `opening`.

    Only in the forms in which pages write such lines, and a date only where no other day is there.
    """
    days: set[str] = set()
    moments: list[str] = []
    start = plain(opening)[:40]
    for line in takewhile(lambda line: len(line) < 140 and (not start or not plain(line).startswith(start)), lines):
        for part in (piece.strip(" \xa0-–—,") for piece in _PARTS.split(line.replace("\xa0", "   "))):
            if not part or len(part) > LONGEST:
                continue
            if is_date_line(part) or _KOREAN_DATE.match(part) is not None or _DATED.match(part) is not None:
                moment = read_date(part) or only_date(part)
                if moment is not None and moment.iso() and not UPDATED.match(part):
                    moments.append(moment.iso() or "")
                    days.add(moments[-1][:10])
                if not is_date_line(part):
                    yield from _named(part)
            else:
                yield from _named(part)
    if len(days) == 1:
        yield "published", max(moments, key=len)


def _named(part: str) -> Iterator[tuple[str, str]]:
    field = phrases.FIELD.fullmatch(part)
    meaning = phrases.FIELDS.get(field["key"].strip().lower()) if field is not None else None
    if field is not None and meaning in ("outlet", "author") and looks_like_names(field["value"].strip()):
        yield meaning, field["value"].strip()
        return
    labelled = _LABELLED_AUTHOR.match(part)
    if labelled is not None and looks_like_names(labelled[1]):
        yield "author", labelled[1].strip()
        return
    byline = phrases.BYLINE.match(part)
    if byline is not None:
        name = re.split(r"\s*[,/–—]\s*|\s+(?:in|for|und|and)\s+(?=[a-z])", part[byline.end() :])[0].strip()
        if looks_like_names(name) and 2 <= len(name.split()) <= 5:
            yield "author", name
        return
    asian = phrases.CJK_BYLINE.fullmatch(part)
    if asian is not None and asian["ko"]:
        yield "author", asian["ko"].strip()


def lines_after_headline(tree: Any, title: str) -> Iterator[str]:
    """The first pieces of text after the headline, one a block; "By" alone goes with what follows."""
    return islice(_pieces(tree, title), MOST_LINES)


def _pieces(tree: Any, title: str) -> Iterator[str]:
    from lxml import etree

    wanted = plain(title)
    head = next((h for h in tree.iter("h1", "h2", "h3") if plain(h.text_content()) == wanted), None)
    if head is None:
        return
    passed = False
    silent = 0
    piece = ""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "end":
            silent -= element.tag in _SILENT
        words_of_it = " ".join(piece.split())
        if element.tag not in _INLINE and words_of_it and not _OPENS.fullmatch(words_of_it):
            yield words_of_it
            piece = ""
        passed = passed or (event == "end" and element is head)
        if passed and not silent and not (event == "start" and element.tag in _SILENT):
            piece += (element.text if event == "start" else element.tail) or ""
        if event == "start":
            silent += element.tag in _SILENT
