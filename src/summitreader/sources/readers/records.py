"""JSON and JSON-lines in the shapes that articles are exchanged in: an object with a text, or a list of such."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from summitreader.sources.decoding import decode
from summitreader.sources.model import Document, Skipped, UnreadableFile
from summitreader.sources.readers.markup import looks_marked_up, read_markup
from summitreader.text.dates import read_date
from summitreader.text.gate import shown_line

_KEYS = {
    "text": ("text", "content", "body", "bodytext", "body_text", "articlebody", "article_body", "fulltext", "full_text",
             "maintext", "raw_text", "paragraphs", "story", "article"),
    "title": ("title", "headline", "webtitle", "name"),
    "outlet": ("outlet", "publication", "publisher", "source_name", "sitename", "site_name", "site", "source", "media"),
    "author": ("author", "authors", "byline", "creator"),
    "published": ("published", "date", "date_published", "datepublished", "publishedat", "published_at", "publish_date",
                  "pubdate", "published_date", "webpublicationdate", "pub_date", "date_publish"),
    "url": ("url", "link", "weburl", "web_url", "canonical", "permalink", "source_url"),
    "language": ("language", "lang"),
}  # fmt: skip
_LISTS = (
    "articles",
    "items",
    "data",
    "docs",
    "documents",
    "results",
    "stories",
    "response",
    "hits",
    "entries",
    "fields",
)
NONE = "it is data without articles: no object in it has a `text`, `content` or `body`."


def read_json(data: bytes, name: str) -> Iterator[Document | Skipped]:
    """The articles of a JSON file."""
    decoded = decode(data)
    try:
        value = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("it is JSON that is malformed or too deep.") from error
    records = list(_records(value, 0))
    if not records:
        raise UnreadableFile(NONE)
    for number, record in enumerate(records, 1):
        yield _document(record, str(number) if len(records) > 1 else None, decoded.notices)


def read_json_lines(data: bytes, name: str) -> Iterator[Document | Skipped]:
    """The articles of a file with one JSON object a line; a line that is none is named, the others are read."""
    decoded = decode(data)
    found = False
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = next(_records(json.loads(line), 0), None)
        except (ValueError, RecursionError):
            record = None
        if record is not None:
            found = True
            yield _document(record, str(number), decoded.notices)
        elif found:
            yield Skipped(shown_line(f"{name}#{number}"), "it is no JSON object with an article.")
    if not found:
        raise UnreadableFile(NONE)


def _records(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list):
                yield from _records(item, depth + 1)
    elif isinstance(value, dict):
        record = {str(key).lower(): item for key, item in value.items()}
        if isinstance(record.get("fields"), dict):
            record = {**record, **{str(key).lower(): item for key, item in record["fields"].items()}}
        if _body(record):
            yield record
        else:
            for key in _LISTS:
                yield from _records(record.get(key), depth + 1)


def _document(record: dict[str, Any], name: str | None, notices: tuple[str, ...]) -> Document:
    body = _body(record)
    body = read_markup(body).text if looks_marked_up(body) else body
    title = _one(record, "title")
    if title and not body.lstrip().startswith(title):
        body = f"{title}\n\n{body}"
    moment = read_date(_one(record, "published") or "")
    url, outlet = _one(record, "url"), _one(record, "outlet")
    return Document(
        body.replace("\r\n", "\n").strip() + "\n",
        name=name,
        title=title,
        outlet=None if outlet and re.match(r"https?://", outlet) else outlet,
        author=_one(record, "author"),
        published=moment.iso() if moment else None,
        url=url if url and re.match(r"https?://", url) else None,
        language=_one(record, "language"),
        notices=notices,
    )


def _body(record: dict[str, Any]) -> str:
    for key in _KEYS["text"]:
        value = record.get(key)
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _one(record: dict[str, Any], meaning: str) -> str | None:
    for key in _KEYS[meaning]:
        value = record.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("title")
        if isinstance(value, list):
            names = [item.get("name") if isinstance(item, dict) else item for item in value]
            value = ", ".join(name for name in names if isinstance(name, str))
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None
