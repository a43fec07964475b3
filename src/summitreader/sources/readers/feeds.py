"""RSS and Atom files: one source an item. A feed that is only headlines makes sources of a line or two, and says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from summitreader.sources.model import Document, UnreadableFile
from summitreader.sources.readers.markup import looks_marked_up, read_markup
from summitreader.text.dates import read_date

_BODIES = ("encoded", "content", "description", "summary")
_DATES = ("pubdate", "published", "date", "issued")


def read_feed(data: bytes, name: str) -> Iterator[Document]:
    """The items of a feed. XML with a document type or entities of its own is refused, since no feed needs them."""
    root = parse_xml(data)
    if _local(root) not in ("rss", "feed", "rdf"):
        raise UnreadableFile("it is data, not a feed of articles.")
    channel = next((e for e in root.iter() if _local(e) == "channel"), root)
    outlet = _text(channel, ("title",))
    items = [e for e in root.iter() if _local(e) in ("item", "entry")]
    if not items:
        raise UnreadableFile("there are no articles in this feed.")
    for number, item in enumerate(items, 1):
        yield _document(item, number, outlet)


def parse_xml(data: bytes) -> ElementTree.Element:
    """The root of an XML file. Raises `UnreadableFile` for what is none, or has a document type of its own."""
    head = data[:4096].lower()
    if b"<!doctype" in head or b"<!entity" in data.lower():
        raise UnreadableFile("it is XML with a document type of its own, which is not read.")
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise UnreadableFile("it is XML that breaks off or is malformed.") from error


def _document(item: ElementTree.Element, number: int, outlet: str | None) -> Document:
    title = _text(item, ("title",))
    bodies = [body for key in _BODIES if (body := _text(item, (key,)))]
    body = max(bodies, key=len, default="")
    body = read_markup(body).text if looks_marked_up(body) else body
    moment = read_date(_text(item, _DATES) or "")
    links = [e for e in item if _local(e) == "link"]
    chosen = next((e for e in links if e.get("rel", "alternate") == "alternate"), None)
    url = (chosen.get("href") or (chosen.text or "").strip()) if chosen is not None else ""
    title = read_markup(title).text if title and looks_marked_up(title) else title
    return Document(
        "\n\n".join(part for part in (title, body) if part) + "\n",
        name=str(number),
        title=title,
        outlet=outlet,
        author=_author(item),
        published=moment.iso() if moment else None,
        url=url if re.match(r"https?://", url) else None,
        notices=("The feed has no more of it than this.",) if len(body) < 400 else (),
    )


def _author(item: ElementTree.Element) -> str | None:
    for element in item:
        if _local(element) in ("creator", "author"):
            name = next((child.text for child in element if _local(child) == "name"), element.text)
            words = re.sub(r"\S+@\S+\s*\(?([^)]*)\)?", r"\1", name or "").strip()
            if words:
                return " ".join(words.split())
    return None


def _text(element: ElementTree.Element, names: tuple[str, ...]) -> str | None:
    for child in element:
        if _local(child) in names:
            words = "".join(child.itertext()).strip()
            if words:
                return words
    return None


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
