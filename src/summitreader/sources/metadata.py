"""What a file's name, its address and its own furniture say together of where and when it was published.

A guess is taken only where a second thing bears it out; what stays doubtful stays None.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from summitreader.text import TOLD, Source

_ISO_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|\Z)")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LANGUAGE = re.compile(r"[._-](ar|de|en|es|fr|it|ja|ko|pt|ru|zh)\Z")


def completed(source: Source, file_name: str) -> Source:
    """`source` with what its file name and URL add to it."""
    stem = file_name.rpartition("/")[2].rpartition(".")[0] or file_name
    published, day = source.published, source.day
    if published is None:
        for found in (_URL_DAY.search(source.url or ""), _ISO_DAY.search(stem)):
            full = _day(found)
            if full is not None and (day is None or full.endswith(day[2:])):
                published, day = full, None
                break
    language = source.language
    if language is None and (found := _LANGUAGE.search(stem)) is not None:
        language = found[1]
    return replace(
        source, published=published, day=day, language=language, outlet=source.outlet or _outlet(source, stem)
    )


def _day(found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def _outlet(source: Source, stem: str) -> str | None:
    """Two words or more of the file's name that stand, with capitals, in the page's furniture; else the URL's host."""
    words = _WORDS.findall(stem.replace("_", " "))
    furniture = [source.text[b.start : b.end] for b in source.blocks if b.kind not in TOLD]
    for count in range(min(len(words), 5), 1, -1):
        pattern = re.compile(r"\b" + r"[\s-]+".join(map(re.escape, words[:count])) + r"\b", re.IGNORECASE)
        for text in furniture:
            found = pattern.search(text)
            if found is not None and all(w[0].isupper() for w in _WORDS.findall(found[0])):
                return re.sub(r"\s+", " ", found[0])
    return _host(source.url)


def _host(url: str | None) -> str | None:
    found = re.match(r"https?://(?:[^/@]*@)?([^/:?#]+)", url or "", re.IGNORECASE)
    if found is None or re.fullmatch(r"[\d.]+|localhost", found[1]) or "." not in found[1]:
        return None
    return re.sub(r"^(?:www\d?|m|mobile|amp|edition|news)\.", "", found[1].lower())
