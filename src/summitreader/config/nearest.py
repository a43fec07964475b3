"""The right name that is nearest to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable

_ENOUGH = 60.0
"""The least likeness, 0 to 100, at which a name is worth naming; at 50 two unlike words of one length pass."""


def nearest(word: str, names: Iterable[str]) -> str:
    """The name most like `word`, empty where none is. Loads rapidfuzz, so only for a mistake."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.utils import default_process

    found = process.extractOne(word, list(names), scorer=fuzz.WRatio, processor=default_process, score_cutoff=_ENOUGH)
    return "" if found is None else found[0]
