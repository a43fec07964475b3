"""Saved web pages: what of a page is the article, and what the page says of itself.

The article is found by trafilatura (Barbaresi, ACL 2021); title, outlet, author and date come from what the page
declares (JSON-LD, OpenGraph, meta and time elements), in that order, and are not guessed from its looks.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from summitreader.sources.decoding import decode
from summitreader.sources.model import Document, UnreadableFile
from summitreader.sources.readers.headline import beside_headline, lines_after_headline, microdata, unwrap_layout_tables
from summitreader.text.article_lines import LONG
from summitreader.text.dates import read_date

LARGEST_PAGE = 3_000_000
"""Characters, without the pictures that are written into it; what is above takes the parser too long."""

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_EMBEDDED = re.compile(r"(=\s*[\"']?|url\(\s*[\"']?)data:[^\"')>\s]{200,}", re.IGNORECASE)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ARTICLES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "liveblogposting", "analysisnewsarticle")
_META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author"),
    "published": (
        "article:published_time", "datepublished", "og:published_time", "dc.date", "dc.date.issued", "date", "pubdate",
        "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "article.published", "citation_date",
    ),
    "url": ("og:url", "twitter:url", "parsely-link"),
    "language": ("og:locale", "language", "dc.language"),
}  # fmt: skip


def read_html(data: bytes, name: str) -> Iterator[Document]:
    """The article of a page. Raises `UnreadableFile` where there is none, or where the `web` extra is missing."""
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    yield page_document(decoded.text, notices=decoded.notices)


def page_document(page: str, *, url: str | None = None, notices: tuple[str, ...] = ()) -> Document:
    """The article of the page whose source is `page`, which was at `url` if that is known."""
    try:
        from lxml import html as lxml_html
        from trafilatura import bare_extraction
    except ImportError as error:
        raise UnreadableFile("it is a web page; pip install 'summitreader[web]' brings what reads those.") from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds odd would be written over the screen
    page = _UNWRITABLE.sub(" ", _EMBEDDED.sub(r"\1data:,", page)).removeprefix("\ufeff")
    page = re.sub(r"\A\s*<\?xml[^>]*\?>", "", page)
    if not page.strip():
        raise UnreadableFile("there is nothing in it.")
    if len(page) > LARGEST_PAGE:
        raise UnreadableFile(f"it is a page of more than {LARGEST_PAGE:,} characters, which is no article.")
    try:
        tree = lxml_html.document_fromstring(page)
    except (ValueError, lxml_html.etree.LxmlError) as error:
        raise UnreadableFile("it is no web page that could be read.") from error
    known = _declared(tree)
    unwrap_layout_tables(tree)
    _mark_quotations(tree)
    title = known.get("title") or _first(tree, "//h1") or _first(tree, "//title")
    beside = lines_after_headline(tree, title) if title else []
    try:
        found = bare_extraction(
            tree, include_comments=False, include_tables=True, with_metadata=False, include_formatting=False
        )
    except (ValueError, RecursionError, lxml_html.etree.LxmlError) as error:
        raise UnreadableFile("it is a web page that could not be taken apart.") from error
    body = getattr(found, "body", None)
    paragraphs = _paragraphs(body) if body is not None else []
    if not paragraphs:
        raise UnreadableFile("no article was found in the page.")
    if title:
        opening = [p for p in paragraphs[:4] if _plain(p) != _plain(title)]
        paragraphs = [title, *opening, *paragraphs[4:]]
        first = next((p for p in paragraphs[1:] if len(p) >= LONG), "")
        for key, value in beside_headline(beside, first):
            known.setdefault(key, value)
    return Document(
        "\n\n".join(paragraphs) + "\n",
        title=title,
        outlet=known.get("outlet"),
        author=known.get("author"),
        published=known.get("published"),
        url=url or known.get("url"),
        language=known.get("language"),
        notices=notices,
    )


def _paragraphs(body: Any) -> list[str]:
    """The paragraphs of what trafilatura found, in order; a table's row is one."""
    found = []
    for element in body.iter("head", "p", "quote", "item", "row", "ab", "code"):
        if any(ancestor.tag in ("item", "row", "p", "quote") for ancestor in element.iterancestors()):
            continue
        words = " ".join(" ".join(element.itertext()).split())
        words = re.sub(r"\s+([,.;:!?”’)\]])", r"\1", re.sub(r"([“‘(\[])\s+", r"\1", words))
        if words:
            found.append(words)
    return found


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


def _surround(element: Any) -> None:
    element.text = "“" + (element.text or "").lstrip()
    children = list(element)
    if children:
        children[-1].tail = (children[-1].tail or "").rstrip() + "”"
    else:
        element.text = element.text.rstrip() + "”"


def _declared(tree: Any) -> dict[str, str]:
    known: dict[str, str] = {}
    for key, value in [*_from_json_ld(tree), *_from_meta(tree), *microdata(tree), *_from_elements(tree)]:
        value = " ".join(value.split())
        if key == "published":
            moment = read_date(value)
            value = (moment.iso() or "") if moment is not None else ""
        if key == "language":
            value = value.replace("_", "-")
        if (key == "url" and not re.match(r"https?://", value)) or (key == "author" and re.match(r"https?://", value)):
            continue
        if value:
            known.setdefault(key, value)
    return known


def _from_json_ld(tree: Any) -> Iterator[tuple[str, str]]:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data, 0):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if not any(isinstance(kind, str) and kind.lower() in _ARTICLES for kind in kinds):
                continue
            for key, names in (("title", ("headline", "name")), ("published", ("datePublished",)), ("url", ("url",))):
                yield from ((key, item[n]) for n in names if isinstance(item.get(n), str))
            yield from (("author", ", ".join(_names(item.get("author")))),)
            yield from (("outlet", name) for name in _names(item.get("publisher"))[:1])
            if isinstance(item.get("inLanguage"), str):
                yield "language", item["inLanguage"]


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict) and depth < 6:
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(data.get(key), depth + 1)
    elif isinstance(data, list) and depth < 6:
        for item in data[:100]:
            yield from _objects(item, depth + 1)


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [value["name"]] if isinstance(value.get("name"), str) else []
    return [name for item in value for name in _names(item)] if isinstance(value, list) else []


def _from_meta(tree: Any) -> Iterator[tuple[str, str]]:
    said: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content"):
            said.setdefault(name.lower(), element.get("content"))
    for key, names in _META.items():
        yield from ((key, said[name]) for name in names if name in said)


def _from_elements(tree: Any) -> Iterator[tuple[str, str]]:
    for link in tree.iterfind(".//link[@rel='canonical']"):
        yield "url", link.get("href") or ""
    for comment in re.findall(r"saved from url=\(\d+\)(\S+)", _comments(tree)):
        yield "url", comment
    for time in tree.iter("time"):
        if time.get("datetime") and (time.get("itemprop") == "datePublished" or time.get("pubdate") is not None):
            yield "published", time.get("datetime")
    times = {time.get("datetime") for time in tree.iterfind(".//article//time[@datetime]")}
    if len(times) == 1:
        yield "published", times.pop()
    yield "language", tree.get("lang") or ""


def _comments(tree: Any) -> str:
    root = tree.getroottree().getroot()
    before = [node for node in root.itersiblings(preceding=True) if isinstance(node.tag, type(lambda: 0))]
    return " ".join(node.text or "" for node in before)


def _first(tree: Any, path: str) -> str | None:
    found = tree.xpath(path)
    words = " ".join(found[0].text_content().split()) if found else ""
    return words or None


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()
