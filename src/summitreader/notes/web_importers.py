"""Annotations of the web: the W3C model in JSON-LD, Hypothesis's JSON, Readium's annotation sets.

What the W3C model says many ways (a body as a string, one object or a list; selectors refined by others) is taken in
each. Words without a TextQuoteSelector have no place that could be found again, and are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from summitreader.errors import SummitreaderError
from summitreader.notes.documents import Document
from summitreader.notes.importers import (
    InvalidRecord,
    ParsedImport,
    foreign_source,
    foreign_target,
    identifier,
    name,
    optional,
    own_document,
    string,
    time,
    unique,
)

OWN = "urn:x-summitreader:annotation:"
_MOST = 1_000


def read_web(whole: Any) -> ParsedImport:
    """The annotations of a parsed file. Raises `SummitreaderError` where it holds none of the kinds."""
    kind, records, read = _kind(whole)
    documents: list[Document] = []
    refused: list[str] = []
    for number, record in enumerate(records, start=1):
        try:
            if not isinstance(record, dict):
                raise InvalidRecord("it is no object")
            documents.append(read(record))
        except InvalidRecord as error:
            refused.append(f"record {number}: {error}.")
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            refused.append(f"record {number}: it cannot be read ({type(error).__name__}).")
    return ParsedImport(kind, *unique(documents, refused), (), tuple(refused))


def _kind(whole: Any) -> tuple[str, list[Any], Callable[[dict[str, Any]], Document]]:
    if isinstance(whole, dict):
        types = whole.get("type")
        if types == "AnnotationSet":
            about = whole.get("about") if isinstance(whole.get("about"), dict) else {}
            return "Readium", _list(whole.get("items")), lambda record: _readium(record, about or {})
        if isinstance(whole.get("rows"), list):
            return "Hypothesis", whole["rows"], _hypothesis
        if isinstance(whole.get("annotations"), list):
            return "Hypothesis", whole["annotations"], _hypothesis
        if "items" in whole or "first" in whole:
            first = whole.get("first")
            items = whole.get("items", first.get("items") if isinstance(first, dict) else None)
            return "JSON-LD", _list(items), _w3c
        if "target" in whole:
            return ("Hypothesis", [whole], _hypothesis) if "uri" in whole else ("JSON-LD", [whole], _w3c)
    if isinstance(whole, list):
        hypothesis = any(isinstance(r, dict) and "uri" in r and "@context" not in r for r in whole)
        return ("Hypothesis", whole, _hypothesis) if hypothesis else ("JSON-LD", whole, _w3c)
    raise SummitreaderError("This JSON holds no annotations of a kind that is known; nothing was taken in.")


def _w3c(record: dict[str, Any]) -> Document:
    types = record.get("type", record.get("@type"))
    if "Annotation" not in (types if isinstance(types, list) else [types]):
        raise InvalidRecord("it is no Annotation")
    iri = string(record.get("id", record.get("@id")), "id")
    own = record.get("summitreader:annotation")
    note, tags = _bodies(record)
    if isinstance(own, dict) and iri.startswith(OWN):
        return _own(record, own, note, tags)
    targets = _targets(record.get("target"))
    creator = record.get("creator")
    return {
        "id": identifier(iri.removeprefix(OWN)) if iri.startswith(OWN) else None,
        "note": note,
        "tags": tags,
        "colour": None,
        "created": time(record.get("created")),
        "modified": time(record.get("modified", record.get("created"))),
        "iri": None if iri.startswith(OWN) else name(iri),
        "creator": _name(creator),
        "targets": targets,
    }


def _own(record: dict[str, Any], own: dict[str, Any], note: str, tags: list[str]) -> Document:
    """One that this program exported, with all that the model has no word for."""
    targets = []
    for target in _list(record.get("target")):
        extra = target.get("summitreader:target") if isinstance(target, dict) else None
        if not isinstance(extra, dict):
            raise InvalidRecord("a target of it has lost what this program wrote")
        quote, position = _selectors(target.get("selector"))
        targets.append({**extra, **(quote or {}), **(position or {})})
    creator = _name(record.get("creator"))
    return own_document(
        {
            "id": own.get("id"),
            "note": note,
            "tags": tags,
            "colour": own.get("colour"),
            "created": record.get("created"),
            "modified": record.get("modified"),
            "iri": own.get("iri"),
            "creator": creator,
            "targets": targets,
        }
    )


def _bodies(record: dict[str, Any]) -> tuple[str, list[str]]:
    notes: list[str] = []
    tags: list[str] = []
    if isinstance(record.get("bodyValue"), str):
        notes.append(record["bodyValue"])
    for body in _list(record.get("body")):
        if isinstance(body, str):
            continue  # the address of a body, which is not fetched
        if not isinstance(body, dict):
            raise InvalidRecord("a body of it is neither text nor an object")
        value = body.get("value", body.get("chars"))
        if isinstance(value, str):
            (tags if body.get("purpose") == "tagging" else notes).append(string(value, "body"))
    return "\n\n".join(notes), list(dict.fromkeys(tags))


def _targets(value: Any) -> list[Document]:
    found: list[Document] = []
    for number, target in enumerate(_list(value)[:_MOST]):
        if isinstance(target, str):
            raise InvalidRecord("it is about a whole source, not about words of it")
        if not isinstance(target, dict):
            raise InvalidRecord("its target is neither an address nor an object")
        source = target.get("source")
        name = source if isinstance(source, str) else source.get("id") if isinstance(source, dict) else None
        quote, position = _selectors(target.get("selector"))
        if quote is None:
            raise InvalidRecord("it quotes no words, and without them it has no place")
        start = position["start"] if position else None
        described = foreign_source(string(name, "source"))
        found.append(
            foreign_target(number, quote["exact"], quote["prefix"], quote["suffix"], start, _at_file(described))
        )
    if not found:
        raise InvalidRecord("it has no target")
    return found


def _at_file(source: Document) -> Document:
    """A source named by the address of a file is the one at that path, where it is ever loaded; it is not opened."""
    parts = urlsplit(source["id"])
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return source
    path = unquote(parts.path, errors="surrogateescape")
    if "\0" in path or not Path(path).is_absolute():
        return source
    return source | {"location": path}


def _selectors(value: Any) -> tuple[dict[str, str] | None, dict[str, int] | None]:
    """The first quotation and the first position among selectors and what refines them."""
    quote: dict[str, str] | None = None
    position: dict[str, int] | None = None
    for selector in _refined(value):
        kind = selector.get("type", selector.get("@type"))
        if kind == "TextQuoteSelector" and quote is None:
            exact = string(selector.get("exact"), "quotation")
            prefix = optional(selector.get("prefix"), "prefix") or ""
            suffix = optional(selector.get("suffix"), "suffix") or ""
            quote = {"exact": exact, "prefix": prefix, "suffix": suffix}
        elif kind == "TextPositionSelector" and position is None:
            start, end = selector.get("start"), selector.get("end")
            if type(start) is int and type(end) is int and 0 <= start < end < 1 << 40:
                position = {"start": start, "end": end}
    return quote, position


def _refined(value: Any) -> Iterator[dict[str, Any]]:
    pending = _list(value)
    for _ in range(_MOST):
        if not pending:
            return
        selector = pending.pop(0)
        if isinstance(selector, dict):
            yield selector
            pending += _list(selector.get("refinedBy"))


def _hypothesis(record: dict[str, Any]) -> Document:
    uri = string(record.get("uri"), "uri")
    document = record.get("document")
    titles = document.get("title") if isinstance(document, dict) else None
    title = next((t for t in _list(titles) if isinstance(t, str)), None)
    targets = []
    for number, target in enumerate(_list(record.get("target"))[:_MOST]):
        quote, position = _selectors(target.get("selector") if isinstance(target, dict) else None)
        if quote is None:
            raise InvalidRecord("it quotes no words (a page note or a reply)")
        start = position["start"] if position else None
        source = foreign_source(uri, title)
        targets.append(foreign_target(number, quote["exact"], quote["prefix"], quote["suffix"], start, source))
    if not targets:
        raise InvalidRecord("it quotes no words (a page note or a reply)")
    user = optional(record.get("user"), "user")
    return {
        "id": None,
        "note": optional(record.get("text"), "text") or "",
        "tags": list(dict.fromkeys(t for t in _list(record.get("tags")) if isinstance(t, str))),
        "colour": None,
        "created": time(record.get("created")),
        "modified": time(record.get("updated", record.get("created"))),
        "iri": name(f"https://hypothes.is/a/{string(record.get('id'), 'id')}"),
        "creator": user.removeprefix("acct:").partition("@")[0] if user else None,
        "targets": targets,
    }


def _readium(record: dict[str, Any], about: dict[str, Any]) -> Document:
    if record.get("motivation") == "bookmarking":
        raise InvalidRecord("it is a bookmark, not about words")
    body = record.get("body") if isinstance(record.get("body"), dict) else {}
    assert isinstance(body, dict)
    document = _w3c({**record, "body": None})
    title = about.get("dc:title", about.get("title"))
    outlet = about.get("dc:publisher", about.get("publisher"))
    for target in document["targets"]:
        target["source"]["about"] |= {
            "title": title if isinstance(title, str) else None,
            "outlet": outlet if isinstance(outlet, str) else None,
        }
    words = [body.get("keyword"), *_list(body.get("tag")), *_list(body.get("tags"))]
    colour = body.get("color")
    return document | {
        "note": optional(body.get("value"), "body") or "",
        "tags": list(dict.fromkeys(w for w in words if isinstance(w, str) and w)),
        "colour": colour if isinstance(colour, str) and len(colour) < 32 else None,
    }


def _name(creator: Any) -> str | None:
    found = creator.get("name", creator.get("id")) if isinstance(creator, dict) else creator
    return found if isinstance(found, str) else None


def _list(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]
