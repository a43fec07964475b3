"""What a page says of itself in JSON-LD, read as forgivingly as browsers do; which of its objects is the page's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from summitreader.sources.readers.page_words import plain, plain_text

MOST_SCRIPT = 1_000_000
"""Characters of a script of JSON-LD that is read."""

ARTICLE = re.compile(r"(?:article|posting|report|review)\Z")
LD_TYPE = re.compile(r"\s*application/ld\+json\s*(?:;|\Z)", re.IGNORECASE)
_WRAPPED = re.compile(r"\A\s*(?:(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?|<!--)|(?:(?://|/\*)?\s*\]\]>(?:\s*\*/)?|-->)\s*\Z")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")


def linked_objects(tree: Any) -> list[dict[str, Any]]:
    """The objects of all JSON-LD of a page, with references by `@id` resolved as far as authors and outlet need it."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if LD_TYPE.match(script.get("type") or ""):
            for data in _lenient_json((script.text or "")[:MOST_SCRIPT]):
                found += islice(_nested(data, 0), 500)
    by_id = {item["@id"]: item for item in found if isinstance(item.get("@id"), str) and len(item) > 1}
    for item in found:
        for key in ("author", "publisher", "creator"):
            values = item.get(key) if isinstance(item.get(key), list) else [item.get(key)]
            if any(isinstance(v, dict) and "name" not in v and v.get("@id") in by_id for v in values or ()):
                item[key] = [by_id.get(v.get("@id"), v) if isinstance(v, dict) else v for v in values or ()]
    return found


def _lenient_json(text: str) -> Iterator[Any]:
    """The values in a script: as browsers take it, also in CDATA or a comment, with a comma or a word too many."""
    for _ in range(2):
        text = _WRAPPED.sub("", text).strip()
    decoder = json.JSONDecoder(strict=False)
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        at, found = 0, []
        while (begins := re.compile(r"[\[{]").search(attempt, at)) is not None:
            try:
                value, at = decoder.raw_decode(attempt, begins.start())
            except (ValueError, RecursionError):
                break
            found.append(value)
        if found:
            yield from found
            return


def _nested(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict) and depth < 6:
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            yield from _nested(data.get(key), depth + 1)
    elif isinstance(data, list) and depth < 6:
        for item in data[:100]:
            yield from _nested(item, depth + 1)


def kinds_of(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [re.sub(r"\A(?:https?://schema\.org/|schema:)", "", k.strip()).lower() for k in kinds if isinstance(k, str)]


def own_article(objects: list[dict[str, Any]], titles: list[str], addresses: list[str]) -> dict[str, Any]:
    """The object that describes the article of this page: by address, by headline, or because there is only one."""
    articles = [item for item in objects if any(map(ARTICLE.search, kinds_of(item)))]
    where = {_key(address) for address in addresses}
    named = {plain(title) for title in titles}
    for item in articles:
        page = item.get("mainEntityOfPage")
        page = page.get("@id") if isinstance(page, dict) else page
        if any(isinstance(a, str) and _key(a) in where for a in (item.get("url"), item.get("@id"), page)):
            return item
    for item in articles:
        if any(plain(plain_text(t)) in named for t in (item.get("headline"), item.get("name")) if isinstance(t, str)):
            return item
    likely = [(_alike(item, titles), item) for item in articles]
    if len(articles) == 1:
        likeness, item = likely[0]
        elsewhere = where and isinstance(item.get("url"), str) and _key(item["url"]) not in where
        if likeness is None or likeness >= (0.5 if elsewhere else 0.25):
            return item
    elif likely and (best := max(likely, key=lambda pair: pair[0] or 0.0))[0] is not None and (best[0] or 0) >= 0.5:
        return best[1]
    if not articles:
        return next((item for item in objects if "webpage" in kinds_of(item) and item.get("datePublished")), {})
    return {}


def _key(address: str) -> str:
    """An address without what two spellings of it differ in."""
    return re.sub(r"\Ahttps?://(?:www\.)?", "", re.sub(r"[?#].*", "", address.strip().lower())).rstrip("/")


def _alike(item: dict[str, Any], titles: list[str]) -> float | None:
    """The share of the words of an object's headline that the page's title has; None where one has no headline."""
    own = [set(plain(plain_text(t)).split()) for t in (item.get("headline"), item.get("name")) if isinstance(t, str)]
    shares = [
        len(words & others) / min(len(words), len(others))
        for words in own
        for title in titles
        if words and (others := set(plain(title).split()))
    ]
    return max(shares) if shares else None


def names_of(value: Any) -> list[str]:
    if isinstance(value, str):
        return [plain_text(value)]
    if isinstance(value, dict):
        return names_of(value.get("name"))
    return [name for item in value[:50] for name in names_of(item)] if isinstance(value, list) else []


def listed(value: Any) -> list[Any]:
    return value[:50] if isinstance(value, list) else [value]
