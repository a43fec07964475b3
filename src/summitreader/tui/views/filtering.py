"""Which rows a filter leaves: those that contain each of its words, whatever the case, accents and quotation marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "—": "-"})


def folded(text: str) -> str:
    """`text` as it is compared: without case and accents, with straight quotation marks, single spaces."""
    text = text.translate(_PLAIN)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.casefold().split())


def containing(query: str) -> Callable[[str], bool]:
    """Whether a folded text contains each word of `query`; everything does where the query is empty."""
    words = folded(query).split()
    return lambda text: all(word in text for word in words)
