"""Folding: what a search takes for the same letter, one code point for one, so that offsets stay.

Capitals (unless they count), accents of Latin and Greek letters, the many quotation marks, dashes and spaces, and the
wide and narrow forms of letters. Characters without width are left where they are; patterns step over them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

COMBINING = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
"""Marks that belong to the letter before them, so that a hit takes them with it."""

STEPPED_OVER = (
    "\u00ad\u034f\u0300-\u036f\u0483-\u0487\u05b0-\u05bd\u064b-\u065f\u0670\u180b-\u180e\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
    "\U000e0001-\U000e01ef"
)
"""A character class, without its brackets, of marks and characters without width."""

_SAME = {
    **dict.fromkeys("‘’‚‛ʼʻ′`´＇", "'"),
    **dict.fromkeys("“”„‟″«»＂〝〞", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r", " "
    ),
    "Ё": "Е",
    "ё": "е",
}
_FEW = 40
"""Letters to be folded up to which they are replaced one after another, five times quicker than a translation."""
_ACCENTED = (("\u00c0", "\u024f"), ("\u0370", "\u03ff"), ("\u1e00", "\u1fff"))
_WIDE = (("\uff01", "\uff5e"), ("\uff61", "\uff9f"))


@lru_cache(maxsize=256)
def folded(text: str, keep_case: bool) -> str:
    """`text` of the same length in code points, folded. The last texts are kept, since one types letter by letter."""
    if text.isascii():
        spaced = text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("`", "'")
        return spaced if keep_case else spaced.lower()
    others = {c: same for c in set(text) if (same := _folded_character(c, keep_case)) != c and not c.isascii()}
    if len(others) > _FEW or "\u0130" in text or not others.keys().isdisjoint(others.values()):
        return text.translate({ord(c): same for c in set(text) if (same := _folded_character(c, keep_case)) != c})
    for character, same in others.items():
        text = text.replace(character, same)
    text = text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("`", "'")
    return text if keep_case else text.lower()


@lru_cache(maxsize=256)
def has_marks(text: str) -> bool:
    """Whether the text has characters that a pattern must step over."""
    import re

    return not text.isascii() and re.search(f"[{STEPPED_OVER}]", "".join(set(text))) is not None


@lru_cache(maxsize=4096)
def _folded_character(character: str, keep_case: bool) -> str:
    same = _SAME.get(character, character)
    if any(low <= same <= high for low, high in (*_ACCENTED, *_WIDE)):
        parts = unicodedata.normalize("NFKD", same)
        base = parts[0]
        if all(unicodedata.category(mark) == "Mn" for mark in parts[1:]):
            same = _SAME.get(base, base)
    lower = same if keep_case else same.lower()
    return lower if len(lower) == 1 else same
