"""XML as files really have it: any declared character set, public document types, and the slips that programs bear.

Nothing outside the file is fetched, and no entity that a file defines is expanded: an internal subset with `<!ENTITY`
is refused, every other document type is cut out before the parser sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any
from xml.etree import ElementTree

from summitreader.sources.decoding import decode
from summitreader.sources.model import UnreadableFile

MALFORMED = "The XML is malformed or incomplete; this is what could be read of it."

_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z][\w.:-]*)", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]{0,1000}?\?>")
_OF_DOCTYPE = re.compile(r"[^\"'\[>]*+(?:(?:\"[^\"]*+\"|'[^']*+')[^\"'\[>]*+)*+")
_SUBSET_END = re.compile(r"\]\s*>")
_SPACE = re.compile(r"\s+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENTITY = re.compile(r"&(?:(#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);|(\w{1,32});|)", re.IGNORECASE)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)


def parse_xml(data: bytes) -> tuple[Any, tuple[str, ...]]:
    """The root element of an XML file (of ElementTree, or of lxml where it is malformed), and notices.

    Raises `UnreadableFile` for what is not XML, or defines entities of its own.
    """
    declared = _ENCODING.match(data[:1024])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    text = decoded.text
    found = _DECLARATION.match(text)
    text = _without_doctype(text[found.end() :] if found else text).lstrip()
    if not text.startswith("<"):
        raise UnreadableFile("it is not XML.")
    try:
        return ElementTree.fromstring(text), decoded.notices
    except (ElementTree.ParseError, ValueError, RecursionError):
        pass
    text = "".join(part if part.startswith("<![CDATA[") else _ENTITY.sub(_entity, part) for part in _CDATA.split(text))
    text = _CONTROLS.sub("", text)
    try:
        return ElementTree.fromstring(text), (*decoded.notices, MALFORMED)
    except (ElementTree.ParseError, ValueError, RecursionError):
        return _recovered(text), (*decoded.notices, MALFORMED)


def _recovered(text: str) -> Any:
    try:
        from lxml import etree
    except ImportError as error:
        raise UnreadableFile("it is XML that is malformed or incomplete.") from error
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise UnreadableFile("it is XML that is malformed or incomplete.")
    return root


def _entity(found: re.Match[str]) -> str:
    if found[1]:
        return found[0]
    return html5.get(f"{found[2]};", f"&amp;{found[2]};") if found[2] else "&amp;"


def _without_doctype(text: str) -> str:
    """`text` without the document type in its prolog. Raises `UnreadableFile` where that defines entities."""
    at = 0
    while True:
        space = _SPACE.match(text, at)
        at = space.end() if space else at
        end = {"<?": "?>", "<!--": "-->"}.get("<!--" if text.startswith("<!--", at) else text[at : at + 2])
        if end is not None:
            closed = text.find(end, at + 2)
            if closed < 0:
                return text
            at = closed + len(end)
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            opened = _OF_DOCTYPE.match(text, at + 9)
            stop = opened.end() if opened else at + 9
            if text[stop : stop + 1] == "[":
                closing = _SUBSET_END.search(text, stop)
                if closing is None or "<!ENTITY" in text[stop : closing.start()].upper():
                    raise UnreadableFile("it is XML that defines entities of its own, which are not expanded.")
                stop = closing.end() - 1
            return text[:at] + text[stop + 1 :]
        else:
            return text


def local(element: Any) -> str:
    """The name of an element without its namespace, in small letters."""
    return str(element.tag).rpartition("}")[2].lower()


def walk(root: Any) -> Iterator[tuple[bool, Any]]:
    """Every element below `root` in document order, when it begins (True) and when it ends (False)."""
    stack = [(root, iter(root))]
    yield True, root
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield False, element
        else:
            yield True, child
            stack.append((child, iter(child)))
