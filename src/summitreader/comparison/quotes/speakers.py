"""Which names of several sources are one speaker, as far as that can be said from the names alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LISTED = """
agency army assembly association authority bank board bureau cabinet campaign chamber coalition commission committee
company congress council court department embassy federation force forces government group guard house institute media
ministry navy news newspaper office officials organisation organization parliament party police press radio service
spokesman spokesperson spokeswoman state statement television union university
"""
_BODIES = frozenset(_LISTED.split())
"""Words of bodies and offices: one of these may be many, so a shorter name with one is never taken for a longer."""


_APART = str.maketrans({"’": "'", "‘": "'", "‐": " ", "‑": " ", "–": " ", "—": " ", "-": " "})


def _parts(name: str) -> frozenset[str]:
    """The words of a name without case and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.translate(_APART)) if not unicodedata.combining(c))
    return frozenset(_WORD.findall(unicodedata.normalize("NFC", plain).casefold()))


def one_speaker(names: Iterable[str]) -> dict[str, str]:
    """For each of `names` the name that it is listed under: the fullest that surely means the same.

    Names that differ only in case, hyphens and white space are one. A shorter name is one with a longer that has all
    its words, where every longer one with them is one and the same, and none of the words is that of a body or office
    or begins small ("a spokesman"): then there may be several.
    """
    names = set(names)
    fullest: dict[frozenset[str], str] = {}
    for name in sorted(names, key=lambda n: (len(n), n)):
        parts = _parts(name)
        if parts and parts not in fullest:
            fullest[parts] = " ".join(name.split())
    home: dict[frozenset[str], frozenset[str]] = {}
    for parts, name in fullest.items():
        longer = [other for other in fullest if parts < other]
        widest = [other for other in longer if not any(other < more for more in longer)]
        single = len(widest) == 1 and all(other <= widest[0] for other in longer)
        named = name[:1].isupper() and not parts & _BODIES and widest and not widest[0] & _BODIES
        home[parts] = widest[0] if single and named and fullest[widest[0]][:1].isupper() else parts
    return {name: fullest.get(home.get(_parts(name), frozenset()), name) for name in names}
