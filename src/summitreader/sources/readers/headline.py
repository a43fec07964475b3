"""What a page shows around its headline, for pages that declare nothing: byline, date, outlet as a reader sees them.

Only what stands between the headline and the first words of the article counts, only in the forms in which pages write
such lines, and a date only where no other day stands there. Microdata (schema.org, as attributes) is read here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import Any

from summitreader.text import article_words as words
from summitreader.text.article_lines import looks_like_names
from summitreader.text.dates import is_date_line, read_date

MOST_LINES = 12
"""Pieces of text after a headline that are looked at."""

LONGEST = 90
"""Characters of such a piece."""

_SILENT = frozenset(("script", "style", "noscript", "template", "button", "select", "form", "nav"))
_INLINE = frozenset(("a", "abbr", "b", "em", "i", "small", "strong", "sub", "sup", "u", "font", "time"))
_PARTS = re.compile(r"\s*[|·•]\s*|\s{3,}")
_OPENS = re.compile(r"(?:by|von|par|por|di|av|door|автор)", re.IGNORECASE)
_KOREAN_DATE = re.compile(r"(?:기사)?(?:입력|등록|승인)\s*(?P<date>\d{4}.{6,18})\Z")


def beside_headline(lines: list[str], opening: str) -> Iterator[tuple[str, str]]:
    """`(field, value)` for each of the lines after a headline, down to the paragraph that begins with `opening`."""
    days: set[str] = set()
    moments: list[str] = []
    start = _plain(opening)[:40]
    for line in takewhile(lambda line: not start or not _plain(line).startswith(start), lines):
        for part in (piece.strip(" \xa0-–—,") for piece in _PARTS.split(line.replace("\xa0", "   "))):
            if not part or len(part) > LONGEST:
                continue
            if is_date_line(part) or (_KOREAN_DATE.match(part) is not None):
                moment = read_date(part)
                updated = re.match(
                    r"(?:last )?(?:updated|modified)|수정|更新|aktualisiert|mis à jour", part, re.IGNORECASE
                )
                if moment is not None and moment.iso() and not updated:
                    moments.append(moment.iso() or "")
                    days.add(moments[-1][:10])
            else:
                yield from _named(part)
    if len(days) == 1:
        yield "published", max(moments, key=len)


def _named(part: str) -> Iterator[tuple[str, str]]:
    field = words.FIELD.fullmatch(part)
    meaning = words.FIELDS.get(field["key"].strip().lower()) if field is not None else None
    if field is not None and meaning in ("outlet", "author") and looks_like_names(field["value"].strip()):
        yield meaning, field["value"].strip()
        return
    byline = words.BYLINE.match(part)
    if byline is not None:
        name = re.split(r"\s*[,/–—]\s*|\s+(?:in|for|und|and)\s+(?=[a-z])", part[byline.end() :])[0].strip()
        if looks_like_names(name) and 2 <= len(name.split()) <= 5:
            yield "author", name
        return
    asian = words.CJK_BYLINE.fullmatch(part)
    if asian is not None and asian["ko"]:
        yield "author", asian["ko"].strip()


def lines_after_headline(tree: Any, title: str) -> list[str]:
    """The first pieces of text after the headline, one a block; "By" alone goes with what follows."""
    return list(islice(_pieces(tree, title), MOST_LINES))


def _pieces(tree: Any, title: str) -> Iterator[str]:
    from lxml import etree

    wanted = _plain(title)
    head = next((h for h in tree.iter("h1", "h2", "h3") if _plain(h.text_content()) == wanted), None)
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


def microdata(tree: Any) -> Iterator[tuple[str, str]]:
    """Headline, author and publisher where they are attributes of the page's own elements."""
    for item in tree.xpath("//*[contains(@itemtype, 'Article') or contains(@itemtype, 'BlogPosting')][@itemscope]")[:1]:
        for element in item.iterdescendants():
            what = element.get("itemprop") or ""
            field = {"headline": "title", "author": "author", "publisher": "outlet"}.get(what)
            if field is None:
                continue
            named = element if element.get("itemscope") is None else None
            for inside in element.iterdescendants() if named is None else ():
                if inside.get("itemprop") == "name":
                    named = inside
                    break
            if named is not None:
                yield field, named.get("content") or named.text_content() or ""


def unwrap_layout_tables(tree: Any) -> None:
    """Make the cells of tables that only lay out the page into blocks; a table of data stays one."""
    for table in list(tree.iter("table")):
        cells = [cell for cell in table.iter("td") if next(cell.iterancestors("table"), None) is table]
        if any(sum(1 for _ in cell.iter("p")) >= 2 or next(cell.iter("table"), None) is not None for cell in cells):
            rows = [e for e in table.iter("tr", "tbody", "td", "th") if next(e.iterancestors("table"), None) is table]
            for element in (table, *rows):
                element.tag = "div"


def _plain(text: str | None) -> str:
    return re.sub(r"\W+", " ", text or "").strip().lower()
