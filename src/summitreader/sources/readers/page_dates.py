"""The day on which a page was published, from where pages say it: what can be read one way, and nothing else."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from summitreader.sources.readers.linked_data import LD_TYPE, MOST_SCRIPT
from summitreader.sources.readers.page_words import INVISIBLE, in_furniture, is_furniture, words_before, words_of
from summitreader.text.dates import Moment, find_date, is_date_line, is_stamp, read_date

LONGEST = 90
"""Characters of such a piece."""

UPDATED = re.compile(r"(?:last )?(?:updated|modified)|수정|更新|aktualisiert|mis à jour", re.IGNORECASE)
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(?:\d\d)?(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?")
_DATE_CLASS = re.compile(
    r"(?:\A|[\s_-])(?:date(?:line)?|timestamp|published|(?:pub|publish|post|entry)-?date|posted-?on)(?:[\s_-]|\Z)",
    re.IGNORECASE,
)
_SCRIPTED_DATE = re.compile(
    r"[\"']?\b(?:date_?published|publish(?:ed)?_?(?:date|time|at)|pub_?date|publication_?date|first_?published)[\"']?"
    r"\s*[:=]\s*[\"']([^\"']{8,40})[\"']",
    re.IGNORECASE,
)
_UPDATED_CLASS = re.compile(r"updat|modif", re.IGNORECASE)


def read_stamp(value: Any) -> str | None:
    """The moment in ISO 8601 that a machine's or a person's date says, and only where it can be read one way."""
    text = INVISIBLE.sub("", html.unescape(str(value if value is not None else ""))).strip()
    if re.fullmatch(r"1\d{9}(?:\.\d+)?|1\d{12}", text):
        seconds = float(text) / (1000 if len(text.partition(".")[0]) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M+00:00")
    packed = _PACKED.fullmatch(text)
    if packed:
        year, month, day, hour, minute, zone = packed.groups()
        text = f"{year}-{month}-{day}" + (f"T{hour}:{minute}{zone or ''}" if hour else "")
    text = re.sub(r"\s*\([^)]*\)\Z", "", text)
    text = re.sub(r"(?<=\d)(?=[A-Z]{3,4}\Z)", " ", text)
    moment = read_date(text)
    if moment is None and (iso := re.match(r"(?:19|20)\d\d-\d\d-\d\d(?!\d)", text)):
        moment = read_date(iso[0])
    if moment is None and len(text) <= 60:
        moment = only_date(text)
    return moment.iso() if moment is not None else None


def publication_dates(tree: Any, article: dict[str, Any], metas: Iterable[str]) -> Iterator[str]:
    """Candidates for the day of publication, the better first; `metas` are those of its `meta` elements."""
    for key in ("datePublished", "dateCreated"):
        value = article.get(key)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str | int | float):
            yield str(value)
    yield from metas
    for element in tree.xpath(
        "//*[@itemprop='datePublished' or @itemprop='dateCreated' or @pubdate or @property='schema:datePublished' or "
        "@property='datePublished']"
    ):
        yield element.get("content") or element.get("datetime") or element.get("title") or words_of(element)[:60]
    times = [time for time in tree.iter("time", "abbr") if not in_furniture(time)]
    for wanted in (r"publish|entry-date|pubdate|post-date|created", r"\bdate"):
        for time in times:
            classes = (time.get("class") or "").replace("published updated", "published")
            if re.search(wanted, classes, re.IGNORECASE) and not _UPDATED_CLASS.search(classes):
                yield _stamp_of(time)
    said = [
        time
        for time in times
        if time.tag == "time"
        and not _UPDATED_CLASS.search(time.get("class") or "")
        and not UPDATED.match(words_before(time).strip())
    ]
    inside = [time for time in said if any(a.tag == "article" for a in time.iterancestors())]
    for group in (inside, said):
        days = {(read_stamp(_stamp_of(time)) or "")[:10] for time in group} - {""}
        if len(days) == 1:
            yield from map(_stamp_of, group)
    yield from _marked_dates(tree)


def _marked_dates(tree: Any) -> Iterator[str]:
    """What stands in elements, attributes and scripts whose names say that it is the day of publication."""
    for element in tree.iter("span", "div", "p", "li"):
        classes = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _DATE_CLASS.search(classes) and not _UPDATED_CLASS.search(classes) and not in_furniture(element):
            words = words_of(element)
            if 6 <= len(words) <= 60:
                yield words
    attributes = ("data-published", "data-datetime", "data-date", "data-pubdate", "data-timestamp", "data-time")
    for element in tree.xpath(f"//body//*[{' or '.join('@' + name for name in attributes)}]")[:50]:
        if not in_furniture(element):
            yield from (element.get(name) for name in attributes if element.get(name))
    scripts = [(e.text or "")[:MOST_SCRIPT] for e in tree.iter("script") if not LD_TYPE.match(e.get("type") or "")]
    scripted = {value[:10]: value for script in scripts for value in _SCRIPTED_DATE.findall(script)}
    yield from scripted.values() if len(scripted) == 1 else ()


def any_date(tree: Any) -> str | None:
    """Of the page without its furniture: the only day that a line says and nothing else, or what htmldate finds."""
    from htmldate import find_date as find_any_date

    rest = deepcopy(tree)
    for element in list(rest.iter()):
        is_other = is_furniture(element) or _UPDATED_CLASS.search(element.get("class") or "")
        if (
            element.tag not in ("html", "head", "body")
            and (is_other or element.tag == "script" or _says_updated(element))
            and element.getparent() is not None
        ):
            element.drop_tree()
    days: set[str] = set()
    for element in rest.iter():
        if isinstance(element.tag, str) and len(element) <= 2:
            words = " ".join([element.text or "", *(child.tail or "" for child in element)]).strip()
            if len(words) <= LONGEST and (is_date_line(words) or is_stamp(words)):
                days.add(read_stamp(words) or "")
    if len(days - {""}) == 1:
        return max(days)
    try:
        day: str | None = find_any_date(rest, original_date=True, extensive_search=False)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return None if day is None or day.endswith("-01-01") else day  # of a year alone, as in "© 2025"


def _says_updated(element: Any) -> bool:
    return UPDATED.match((element.text or "").strip()) is not None or (
        element.tag in ("time", "span") and UPDATED.match(words_before(element).strip()) is not None
    )


def _stamp_of(element: Any) -> str:
    return element.get("datetime") or element.get("title") or words_of(element)[:60]


def only_date(words: str) -> Moment | None:
    """The one date in `words`; None where there are several."""
    found = find_date(words)
    return found[0] if found is not None and find_date(words[found[2] :]) is None else None
