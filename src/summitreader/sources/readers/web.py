"""Saved web pages: what of a page is the article.

trafilatura (Barbaresi, ACL 2021) finds the article. Before it does, the page is cleaned of what no reader of it sees or
hears (comments, struck words, reading aids, numbers of footnotes); afterwards all text that was found becomes
paragraphs, also what has no element of its own.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from summitreader.sources.decoding import decode
from summitreader.sources.model import Document, UnreadableFile
from summitreader.sources.readers.markup import read_markup
from summitreader.sources.readers.page_metadata import page_metadata
from summitreader.sources.readers.page_words import INVISIBLE, words_before
from summitreader.text.languages import trusted_language

LARGEST_PAGE = 3_000_000
"""Characters, without the pictures that are written into it; what is above takes the parser too long."""

MOST_TAGS = 40_000
"""Of a page whose article is looked for; of a larger one all text is taken."""

THOROUGH = 8_000
"""Tags; of a page with more, trafilatura does not compare its result with those of two other methods."""

MOST_ATTRIBUTES = 2_000
"""Of one element; libxml2 compares each with all others. What has more loses them."""

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_EMBEDDED = re.compile(r"(=\s*[\"']?|url\(\s*[\"']?)data:[^\"')>\s]{200,}", re.IGNORECASE)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONG_TAG = re.compile(rf"<([a-zA-Z][\w:-]{{0,30}})\s([^>]{{{2 * MOST_ATTRIBUTES},}})(?:>|\Z)")
_STRUCK = ("del", "s", "strike", "rt", "rp")
_NOTE = re.compile(r"\[?\(?(?:\d{1,3}|[a-z*†‡])\)?\]?")
_ANNOTATED = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?”’»)])\Z")
"""What the number of a footnote follows, and an exponent does not."""

_BREAK = "⁋¦⁋"
"""Put for two line breaks in a row, which part paragraphs; no page has it."""

_INLINE = frozenset(("hi", "ref", "lb", "span", "graphic", "del"))


def read_html(data: bytes, name: str) -> Iterator[Document]:
    """The article of a page. Raises `UnreadableFile` where there is none, or where what reads pages is missing."""
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    yield page_document(decoded.text, notices=decoded.notices)


def page_document(page: str, *, url: str | None = None, notices: tuple[str, ...] = ()) -> Document:
    """The article of the page whose source is `page`, which was at `url` if that is known."""
    try:
        from lxml import html as lxml_html
        from trafilatura import bare_extraction
    except ImportError as error:
        raise UnreadableFile("it is a web page: pip install 'summitreader[web]' to read those.") from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings would be written over the screen
    page = _UNWRITABLE.sub(" ", _EMBEDDED.sub(r"\1data:,", page)).removeprefix("\ufeff")
    page = re.sub(r"\A\s*<\?xml[^>]*\?>", "", page)
    page = _LONG_TAG.sub(lambda tag: f"<{tag[1]}>" if len(tag[2].split()) > MOST_ATTRIBUTES else tag[0], page)
    if not page.strip():
        raise UnreadableFile("there is nothing in it.")
    if len(page) > LARGEST_PAGE:
        raise UnreadableFile(f"it is a page of more than {LARGEST_PAGE:,} characters, which is not an article.")
    try:
        tree = lxml_html.document_fromstring(page)
    except (ValueError, lxml_html.etree.LxmlError) as error:
        raise UnreadableFile("it is not a web page that could be read.") from error
    tags = page.count("<")
    known = page_metadata(tree, _comments(page), url)
    _clean(tree)
    if tags > MOST_TAGS:
        paragraphs = [_tidy(p) for p in read_markup(page).paragraphs]
        notices = (*notices, f"All text of the page is here: it has more than {MOST_TAGS:,} tags.")
    else:
        unwrap_layout_tables(tree)
        _mark_quotations(tree)
        _mark_breaks(tree)
        try:
            found = bare_extraction(
                tree,
                fast=tags > THOROUGH,
                include_comments=False,
                include_tables=True,
                with_metadata=False,
                include_formatting=False,
            )
        except (ValueError, RecursionError, lxml_html.etree.LxmlError) as error:
            raise UnreadableFile("it is a web page that could not be parsed.") from error
        body = getattr(found, "body", None)
        paragraphs = list(_paragraphs(body)) if body is not None else []
    if not paragraphs:
        raise UnreadableFile("no article was found in the page.")
    if known.title:
        opening = [p for p in paragraphs[:4] if _plain(p) != _plain(known.title)]
        paragraphs = [known.title, *opening, *paragraphs[4:]]
    text = "\n\n".join(paragraphs) + "\n"
    if known.saved:
        notices = (*notices, f"The page was saved on {known.saved}.")
    return Document(
        text,
        title=known.title,
        outlet=known.outlet,
        author=known.author,
        published=known.published,
        url=known.url,
        language=trusted_language(known.language, text),
        notices=notices,
    )


def _comments(page: str) -> str:
    """The comments in which browsers and archives say where a page is from, and an address of the Wayback Machine."""
    comments = [part[:2000].partition("-->")[0] + "-->" for part in page.split("<!--")[1:201]]
    archived = re.findall(r"web\.archive\.org/web/\d+\w*/http[^\"'\s]+", page)[:1]
    return "\n".join((*comments, *archived))


def _clean(tree: Any) -> None:
    """Remove what is in the source of a page and not read on it; what follows it stays where it is."""
    from lxml import etree

    whole = len(tree.text_content())
    for element in tree.xpath("//*[@hidden][not(@hidden='until-found')]"):
        if element.getparent() is not None and 2 * len(element.text_content()) < whole:
            element.tag = "del"
    for mark in tree.iter("sup"):
        is_number = _NOTE.fullmatch((mark.text_content() or "").strip()) is not None
        if is_number and (mark.find(".//a") is not None or _ANNOTATED.search(words_before(mark))):
            mark.tag = "del"
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, *_STRUCK, with_tail=False)
    etree.strip_tags(tree, "ruby", "rb", "wbr")


def _paragraphs(body: Any) -> Iterator[str]:
    """All text of what trafilatura found, in order, by paragraphs; a table's row is one."""
    from lxml import etree

    words: list[str] = []
    rows = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if not isinstance(element.tag, str):
            words.append(element.tail or "" if event == "end" else "")
            continue
        if event == "end":
            rows -= element.tag == "row"
        if rows:
            words.append(" ")
        elif element.tag == "lb":
            words.append(" " if event == "start" else "")
        elif element.tag not in _INLINE:
            yield from _written(words)
            words = []
        if event == "start":
            rows += element.tag == "row"
        words.append((element.text if event == "start" else element.tail if element is not body else "") or "")
    yield from _written(words)


def _written(words: list[str]) -> Iterator[str]:
    for part in "".join(words).split(_BREAK):
        tidy = _tidy(part)
        if tidy:
            yield tidy


def _tidy(text: str) -> str:
    text = " ".join(INVISIBLE.sub("", text).split())
    return re.sub(r"\s+([,.;:!?”’)\]])(?!\w)", r"\1", re.sub(r"([“‘(\[])\s+", r"\1", text))


def _mark_breaks(tree: Any) -> None:
    """Put a mark for line breaks that part paragraphs: two or more in a row."""
    for line_break in list(tree.iter("br")):
        following = line_break.getnext()
        if following is None or following.tag != "br" or (line_break.tail or "").strip():
            continue
        after = following
        while after.getnext() is not None and after.getnext().tag == "br" and not (after.tail or "").strip():
            after = after.getnext()
        after.tail = f" {_BREAK} {after.tail or ''}"


def _mark_quotations(tree: Any) -> None:
    """Put quotation marks around `q`, as a browser does, and around a `blockquote` that has none."""
    for element in tree.iter("q", "blockquote"):
        inside = element
        if element.tag == "blockquote":
            whole = (element.text_content() or "").strip()
            if not whole or re.match(r"[\"“„«‘'「]", whole):
                continue
            parts = element.findall(".//p")
            inside = parts[0] if len(parts) == 1 else element
            if len(parts) > 1:
                for part in parts:
                    _surround(part)
                continue
        _surround(inside)
        if element.tag == "q":
            element.tag = "span"


def _surround(element: Any) -> None:
    element.text = "“" + (element.text or "").lstrip()
    children = list(element)
    if children:
        children[-1].tail = (children[-1].tail or "").rstrip() + "”"
    else:
        element.text = element.text.rstrip() + "”"


def unwrap_layout_tables(tree: Any) -> None:
    """Make the cells of tables that only lay out the page into blocks; a table of data stays one."""
    for table in list(tree.iter("table")):
        cells = [cell for cell in table.iter("td") if next(cell.iterancestors("table"), None) is table]
        if any(sum(1 for _ in cell.iter("p")) >= 2 or next(cell.iter("table"), None) is not None for cell in cells):
            rows = [e for e in table.iter("tr", "tbody", "td", "th") if next(e.iterancestors("table"), None) is table]
            for element in (table, *rows):
                element.tag = "div"


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()
