"""What may stand in the fields of a source that a reader puts right, and in what form it is kept. Pure."""

from __future__ import annotations

import re
from datetime import datetime

NAMES = {
    "title": "Title",
    "outlet": "Outlet",
    "author": "Author",
    "published": "Date",
    "url": "Address",
    "language": "Language",
}
"""The fields in the words of the form, in its order."""

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def as_kept(name: str, typed: str) -> str | None:
    """What is kept of what was typed: one line, a date as ISO 8601; None where nothing was, or it cannot be."""
    words = " ".join(typed.split())
    if not words:
        return None
    if name == "published":
        return _date(words)
    return words.lower() if name == "language" else words


def wrong_with(name: str, typed: str) -> str:
    """Why what was typed cannot be kept, in a sentence; empty where it can."""
    words = " ".join(typed.split())
    if not words:
        return ""
    if name == "published" and _date(words) is None:
        return "no day with its year can be read in this: write 2025-11-01, or 1 November 2025"
    if name == "url" and not re.fullmatch(r"https?://[^\s/?#]+\S*", words, re.IGNORECASE):
        return "an address begins with http:// or https://"
    if name == "language" and not re.fullmatch("[a-z]{2}", words.lower()):
        return "a language is its two letters: en, ko, zh"
    return ""


def _date(words: str) -> str | None:
    """A day or a moment as ISO 8601, from that or from how the news writes a day; None without a year."""
    if _ISO_DAY.match(words):
        try:
            datetime.fromisoformat(words)
        except ValueError:
            return None
        return words
    from summitreader.text.dates import read_date

    moment = read_date(words)
    return None if moment is None else moment.iso()
