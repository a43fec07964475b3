"""JSON and JSON Lines in the shapes that articles are exchanged in: an object with a text, or a list of such.

JSON Feed, WordPress, Google Reader and its heirs, the search of the NYT, what Readability and trafilatura put out, and
the like; transcripts by Whisper.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

from summitreader.sources.decoding import decode
from summitreader.sources.isolation import reader_failed
from summitreader.sources.model import Document, Skipped, UnreadableFile
from summitreader.sources.readers.markup import looks_marked_up, read_markup
from summitreader.sources.readers.transcripts import transcript, whisper_cues
from summitreader.text.dates import read_date
from summitreader.text.gate import shown_line

_KEYS = {
    "text": ("text", "content_html", "content", "body", "bodytext", "body_text", "articlebody", "article_body",
             "fulltext", "full_text", "maintext", "textcontent", "raw_text", "content_text", "paragraphs", "story",
             "article", "bodyhtml", "body_html", "html", "markdown"),
    "summary": ("lead_paragraph", "summary", "description", "abstract", "excerpt", "snippet"),
    "title": ("title", "headline", "webtitle", "name"),
    "outlet": ("outlet", "publication", "publisher", "source_name", "sitename", "site_name", "site", "origin", "source",
               "media", "hostname"),
    "author": ("author", "authors", "byline", "creator", "dc_creator"),
    "published": ("published", "date", "date_published", "datepublished", "publishedat", "published_at", "publish_date",
                  "publishedtime", "pubdate", "published_date", "webpublicationdate", "pub_date", "date_publish",
                  "first_publication_date", "created", "created_at", "date_gmt", "timestamp", "crawltimemsec"),
    "url": ("url", "link", "weburl", "web_url", "canonical", "canonicalurl", "canonical_url", "alternate", "permalink",
            "source_url", "external_url"),
    "language": ("language", "lang"),
}  # fmt: skip
_INSIDE = ("rendered", "content", "html", "text", "value", "main", "original", "name", "title", "href", "url")
"""Where the value is when a field is an object."""

_LISTS = ("articles", "items", "data", "docs", "documents", "results", "stories", "posts", "response", "hits",
          "entries", "fields", "records", "feed", "_source", "@graph")  # fmt: skip
NONE = "it is data without articles: no object in it has a `text`, `content` or `body`."


def read_json(data: bytes, name: str) -> Iterator[Document | Skipped]:
    """The articles of a JSON file, or the transcript that it is; a file of JSON Lines under this name is read too."""
    decoded = decode(data)
    try:
        value = json.loads(decoded.text)
    except RecursionError as error:
        raise UnreadableFile("it is JSON that is nested too deep.") from error
    except ValueError as error:
        if re.match(r'\s*\{.*\}\s*\n\s*\{"', decoded.text[:1_000_000]):
            yield from read_json_lines(data, name)
            return
        raise UnreadableFile("it is JSON that is malformed or incomplete.") from error
    if cues := whisper_cues(value):
        language = value.get("language") if isinstance(value, dict) else None
        yield transcript(cues, decoded.notices, language=language if isinstance(language, str) else None)
        return
    records = list(_records(value, None, 0))
    records = [found for found in records if _text(found[0], "text")] or records  # summaries, where there is no more
    if not records:
        raise UnreadableFile(NONE)
    for number, (record, feed) in enumerate(records, 1):
        own = str(number) if len(records) > 1 else None
        try:
            yield _document(record, feed, own, decoded.notices)
        except MemoryError:
            raise
        except Exception as error:
            yield Skipped(shown_line(f"{name}#{number}"), str(reader_failed(error)))


def read_json_lines(data: bytes, name: str) -> Iterator[Document | Skipped]:
    """The articles of a file with one JSON object a line; a line without one is skipped with its number."""
    decoded = decode(data)
    found = False
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = next(_records(json.loads(line), None, 0), None)
            document = None if record is None else _document(*record, str(number), decoded.notices)
        except (ValueError, RecursionError, TypeError):
            document = None
        if document is not None:
            found = True
            yield document
        elif found:
            yield Skipped(shown_line(f"{name}#{number}"), "it is not a JSON object with an article.")
    if not found:
        raise UnreadableFile(NONE)


def _records(value: Any, feed: str | None, depth: int) -> Iterator[tuple[dict[str, Any], str | None]]:
    """The objects that are articles, each with the title of the feed that it is in."""
    if depth > 8:
        return
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list):
                yield from _records(item, feed, depth + 1)
    elif isinstance(value, dict):
        record = {str(key).lower(): item for key, item in value.items()}
        if isinstance(record.get("fields"), dict):
            record = {**record, **{str(key).lower(): item for key, item in record["fields"].items()}}
        if _text(record, "text"):
            yield record, feed
            return
        own = _one(record, "title") if any(isinstance(record.get(key), list) for key in ("items", "entries")) else None
        count = 0
        for key in _LISTS:
            if isinstance(record.get(key), dict | list):
                for found in _records(record[key], own or feed, depth + 1):
                    count += 1
                    yield found
        if not count and _one(record, "title") and _text(record, "summary"):
            yield record, feed


def _document(record: dict[str, Any], feed: str | None, name: str | None, notices: tuple[str, ...]) -> Document:
    body = _text(record, "text")
    if not body:
        body = _text(record, "summary")
        notices = (*notices, "There is no more of it than this summary.")
    body = _plain(body)
    title = _one(record, "title")
    if title and not body.lstrip().startswith(title):
        body = f"{title}\n\n{body}"
    url, outlet = _one(record, "url"), _one(record, "outlet")
    author = _one(record, "author")
    return Document(
        body.replace("\r\n", "\n").strip() + "\n",
        name=name,
        title=title,
        outlet=(None if outlet and re.match(r"https?://", outlet) else outlet) or feed,
        author=re.sub(r"\A[Bb]y\s+(?=\w)", "", author) if author else None,
        published=_published(record),
        url=url if url and re.match(r"https?://", url) else None,
        language=_one(record, "language"),
        notices=notices,
    )


def _plain(text: str) -> str:
    """Text that may be HTML."""
    if looks_marked_up(text):
        return read_markup(text).text
    return (
        unescape(text)
        if re.search(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|amp|quot|nbsp|[lr][sd]quo|[mn]dash);", text)
        else text
    )


def _text(record: dict[str, Any], meaning: str) -> str:
    for key in _KEYS[meaning]:
        words = _words(record.get(key), 0)
        if words.strip():
            return words
    return ""


def _words(value: Any, depth: int) -> str:
    """The text of a field: a string, an object that has one, or a list of such, each a paragraph."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and depth < 3:
        return next((words for key in _INSIDE[:5] if (words := _words(value.get(key), depth + 1)).strip()), "")
    if isinstance(value, list) and depth < 3 and value and all(isinstance(part, str | dict) for part in value):
        return "\n\n".join(filter(None, (_words(part, depth + 1) for part in value)))
    return ""


def _one(record: dict[str, Any], meaning: str) -> str | None:
    for key in _KEYS[meaning]:
        words = " ".join(_plain(_name(record.get(key))).split())
        if words:
            return words
    return None


def _name(value: Any) -> str:
    if isinstance(value, list):
        names = [_name(item) for item in value[:20] if not isinstance(item, list)]
        return (names[0] if names and re.match(r"https?://", names[0]) else ", ".join(filter(None, names)))[:2_000]
    if isinstance(value, dict):
        value = next((value[key] for key in _INSIDE if isinstance(value.get(key), str) and value[key].strip()), "")
    return value[:2_000] if isinstance(value, str) else ""


def _published(record: dict[str, Any]) -> str | None:
    """The date of publication: as text, compact (20250211T093000Z), or seconds or milliseconds since 1970."""
    for key in _KEYS["published"]:
        value = record.get(key)
        if isinstance(value, str) and re.fullmatch(r"\d{10}|\d{13}", value.strip()):
            value = int(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            seconds = value / 1000 if value > 1e11 else value
            if 1e8 < seconds < 4e9:
                return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        elif isinstance(value, str) and value.strip():
            compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?", value.strip())
            if compact is not None:
                value = f"{compact[1]}-{compact[2]}-{compact[3]}T{compact[4]}:{compact[5]}:{compact[6] or '00'}{compact[7] or ''}"  # noqa: E501
            moment = read_date(value[:200])
            if moment is not None and moment.iso():
                return moment.iso()
    return None
