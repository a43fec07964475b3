"""What one passage tells as a fact and the other as a claim or a possibility: "will" and "may", "shot" and "allegedly
shot", "agreed" and "is said to have agreed"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from summitreader.comparison.divergence.polarity import claims_of
from summitreader.comparison.divergence.verbs import SAYING, verb_class
from summitreader.comparison.divergence.words import Word, content_stems, listed, words_of

SHOWN = 1.7
"""Evidence from which a pair is shown."""

_HEDGES = listed("allegedly reportedly purportedly supposedly apparently perhaps possibly may might")
_TWO_WORDS = {("accused", "of"), ("suspected", "of"), ("said", "to"), ("reported", "to"), ("claims", "to")}
_TWO_WORDS |= {("claimed", "to"), ("appears", "to"), ("appeared", "to"), ("seems", "to"), ("likely", "to")}
_ACCUSING = listed(
    """police prosecutors authorities accused suspect suspected charged charges alleged allegedly believe believed
    claims claimed claim might may could would should possibly reportedly apparently appears appeared seems seemed
    indicated whether if perhaps according officials investigators likely suspects report reports reported"""
)


@dataclass(frozen=True, slots=True)
class Hedged:
    """A verb that is told with a hedge: `[start, end)` spans both."""

    start: int
    end: int
    hedge: str
    verb: str
    left: frozenset[str]
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class CertaintyConflict:
    """`[start, end)` of each passage: the fact in one, the hedged claim in the other."""

    a: tuple[int, int]
    b: tuple[int, int]
    evidence: float
    reason: str


@lru_cache(maxsize=1 << 14)
def hedged_in(text: str) -> tuple[Hedged, ...]:
    """The verbs of `text` that are told as claims or possibilities."""
    words = words_of(text)
    index = {w.start: n for n, w in enumerate(words)}
    found = []
    for claim in claims_of(text):
        n = index.get(claim.end - len(words[_at(words, claim.end)].text), -1)
        hedge = _hedge(words, n) if n > 0 else None
        if hedge is not None and not claim.denied and claim.word not in SAYING:
            found.append(Hedged(words[hedge].start, claim.end, words[hedge].low, claim.verb, claim.left, claim.right))
    return tuple(found)


def _at(words: tuple[Word, ...], end: int) -> int:
    return next(n for n, w in enumerate(words) if w.end == end)


def _hedge(words: tuple[Word, ...], n: int) -> int | None:
    for at in range(n - 1, max(-1, n - 4), -1):
        low = words[at].low
        if words[at].sort == "sign" or low in {"and", "but", "who", "which", "that"}:
            return None
        if low in _HEDGES:
            return at
        if at + 1 < n and (low, words[at + 1].low) in _TWO_WORDS:
            return at
    return None


def certainty_conflicts(text_a: str, text_b: str, linked: float = 1.0) -> list[CertaintyConflict]:
    """What one of two passages tells as a fact and the other with a hedge, best first."""
    size = min(len(content_stems(text_a)), len(content_stems(text_b)))
    if size < 2:
        return []
    overlap = len(content_stems(text_a) & content_stems(text_b)) / size
    found = [*_one_way(text_a, text_b, overlap, linked)]
    for conflict in _one_way(text_b, text_a, overlap, linked):
        found.append(CertaintyConflict(conflict.b, conflict.a, conflict.evidence, conflict.reason))
    found.sort(key=lambda c: (-c.evidence, c.a, c.b))
    return found[:1]


def _one_way(fact: str, claim: str, overlap: float, linked: float) -> list[CertaintyConflict]:
    if any(w.low in _ACCUSING for w in words_of(fact)):
        return []
    found = []
    for hedged in hedged_in(claim):
        for told in claims_of(fact):
            alike = told.verb == hedged.verb and verb_class(told.word) and not told.open and not told.denied
            sides = min(1, len(told.left & hedged.left)) + min(1, len(told.right & hedged.right))
            if alike and sides:
                evidence = (0.5 * sides + 2.0 * overlap) * (0.5 + 0.5 * linked)
                reason = f"told as a fact in one, with “{hedged.hedge}” in the other"
                found.append(CertaintyConflict((told.start, told.end), (hedged.start, hedged.end), evidence, reason))
    return found
