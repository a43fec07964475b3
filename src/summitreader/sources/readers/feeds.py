"""RSS and Atom: one source an item. A feed that is only headlines makes sources of a line or two, and says so."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from xml.etree import ElementTree

from summitreader.sources.decoding import decode
from summitreader.sources.model import Document, UnreadableFile
from summitreader.sources.readers.markup import looks_marked_up, read_markup
from summitreader.sources.readers.xml import local, parse_xml
from summitreader.text.dates import read_date

_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
_CORE = (
    "", "http://purl.org/rss/1.0/", *_ATOM, "http://backend.userland.com/rss2", "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
)  # fmt: skip
_DUBLIN_CORE = ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/")
_CONTENT = ("http://purl.org/rss/1.0/modules/content/",)
_OURS = frozenset((*_CORE, *_DUBLIN_CORE, *_CONTENT))
"""Namespaces whose `title`, `author` … are those of the item; those of `media:` or `itunes:` are of something else."""

_BODIES = ("encoded", "content", "description", "summary")
_DATES = ("pubdate", "published", "date", "issued", "created", "updated", "modified")
LONGEST_NAME = 500
"""Characters of an author's name and address."""


def read_feed(data: bytes, name: str) -> Iterator[Document]:
    """The items of a feed."""
    root, notices = parse_xml(data)
    if local(root) == "tt":
        from summitreader.sources.readers.transcripts import ttml_document

        yield ttml_document(root)
        return
    if local(root) == "html":
        from summitreader.sources.readers.web import read_html

        yield from read_html(data, name)
        return
    if local(root) not in ("rss", "feed", "rdf"):
        raise UnreadableFile("it is data, not a feed of articles.")
    channel = next((e for e in root.iter() if local(e) == "channel"), root)
    outlet, author = _words(channel, ("title",)), _author(channel)
    items = [e for e in root.iter() if local(e) in ("item", "entry")]
    if not items:
        raise UnreadableFile("there are no articles in this feed.")
    for number, item in enumerate(items, 1):
        yield _document(item, number, outlet, author, notices)


def _document(item: Any, number: int, outlet: str | None, author: str | None, notices: tuple[str, ...]) -> Document:
    title = _words(item, ("title",))
    body = max((_body(e) for e in _fields(item, _BODIES)), key=len, default="")
    moment = read_date(_words(item, _DATES) or "")
    if len(body) < 400:
        notices = (*notices, "The feed has no more of it than this.")
    return Document(
        "\n\n".join(part for part in (title, body) if part) + "\n",
        name=str(number),
        title=title,
        outlet=outlet,
        author=_author(item) or author,
        published=moment.iso() if moment else None,
        url=_url(item),
        notices=notices,
    )


def _fields(element: Any, names: tuple[str, ...]) -> list[Any]:
    """The children of these names, the core ones before those of other vocabularies, in the order of `names`."""
    found = []
    for child in element:
        space, _, name = str(child.tag).rpartition("}")
        space = space[1:]
        if space in _OURS and name.lower() in names:
            found.append((space not in _CORE, names.index(name.lower()), child))
    return [child for *_, child in sorted(found, key=lambda item: item[:2])]


def _words(element: Any, names: tuple[str, ...]) -> str | None:
    """The first of these fields that has words, as plain text."""
    for child in _fields(element, names):
        words = " ".join(_plain("".join(child.itertext())).split())
        if words:
            return words
    return None


def _plain(text: str) -> str:
    """Text that may be HTML, or HTML that was escaped twice."""
    if "&" in text and not looks_marked_up(text):
        text = unescape(text)
    if looks_marked_up(text):
        text = read_markup(text).text
    return unescape(text) if "&" in text else text


def _body(element: Any) -> str:
    kind = (element.get("type") or "").lower()
    inside = "".join(element.itertext()).strip()
    if kind in ("xhtml", "application/xhtml+xml") or (len(element) and not kind.startswith("text")):
        return read_markup("".join(ElementTree.tostring(_copied(child), "unicode") for child in element)).text or inside
    mime = "/" in kind and not kind.startswith("text/") and not kind.endswith(("+xml", "/xml"))
    if element.get("mode") == "base64" or mime:
        try:
            inside = decode(base64.b64decode(inside, validate=True)).text
        except (binascii.Error, ValueError, UnreadableFile):
            return "" if mime else inside
    return _plain(inside).strip()


def _copied(element: Any) -> ElementTree.Element:
    """A copy without namespaces, of the standard library's own kind."""
    root = ElementTree.Element(local(element))
    stack = [(element, root)]
    while stack:
        old, new = stack.pop()
        new.text, new.tail = old.text, old.tail
        for key in ("href", "class", "style", "hidden"):
            if old.get(key):
                new.set(key, old.get(key))
        for child in old:
            stack.append((child, ElementTree.SubElement(new, local(child))))
    return root


def _author(item: Any) -> str | None:
    names = []
    for element in _fields(item, ("creator",)) or _fields(item, ("author",)):
        name = next((child.text for child in element if local(child) == "name"), element.text) or ""
        name = unescape(name[:LONGEST_NAME])
        address = re.search(r"\S{1,200}@\S{1,200}", name)
        if address is not None:
            inside = re.search(r"\(([^()]*)\)", name)
            name = inside[1] if inside else name.replace(address[0], " ").strip(" <>,")
        if name.strip():
            names.append(" ".join(name.split()))
    return ", ".join(dict.fromkeys(names)) or None


def _url(item: Any) -> str | None:
    links = _fields(item, ("link",))
    chosen = [e for e in links if e.get("rel", "alternate") == "alternate"]
    urls = [e.get("href") or (e.text or "").strip() for e in chosen]
    urls += [(e.text or "").strip() for e in _fields(item, ("guid",)) if e.get("isPermaLink") != "false"]
    return next((url for url in urls if re.match(r"https?://", url)), None)
