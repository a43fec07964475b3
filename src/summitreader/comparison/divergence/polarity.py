"""What one passage says and the other denies: the same verb with and without a negation, or two verbs that exclude
each other (accept and reject, rise and fall), with the same party on one side at least."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from summitreader.comparison.divergence.changing import MARKET
from summitreader.comparison.divergence.verbs import is_verb, verb_class
from summitreader.comparison.divergence.words import STOP_WORDS, Word, content_stems, listed, stem, words_of

SHOWN = 1.6
"""Evidence from which a pair is shown."""

_OPPOSITES = """
accept accepts accepted accepting approve approves approved approving pass passes passed endorse endorsed adopt adopted
  agree agrees agreed back backs backed ratify ratified
| reject rejects rejected rejecting refuse refuses refused refusing decline declines declined veto vetoed rebuff
  rebuffed oppose opposes opposed turn_down dismissed defeat defeated
---
rise rises rose risen rising climb climbs climbed gain gains gained jump jumps jumped increase increases increased grew
  grow grows surge surged advanced soared
| fall falls fell fallen falling drop drops dropped decline declined declines slide slid slump slumped decrease
  decreased lost shrank plunged tumbled eased slipped shed
---
confirm confirms confirmed admit admits admitted acknowledge acknowledges acknowledged concede conceded
| deny denies denied denying refute refutes refuted disputed
---
win wins won winning beat beats
| lose loses lost losing
---
convict convicted guilty
| acquit acquitted cleared innocent exonerated
---
survive survived survives alive rescued
| died dies dead killed perished
---
support supports supported supporting favors favours
| oppose opposes opposed opposing against
---
allow allows allowed allowing permit permitted permits let lets
| ban bans banned forbid forbade forbidden prohibit prohibited blocked block blocks bar barred
---
succeed succeeds succeeded
| fail fails failed failing
"""
_DENIALS = listed(
    """not never no neither nor nobody none cannot without nothing failed fails fail failing refused refuses refusing
    declined declines deny denied denies unable avoid avoided avoids lack lacked lacks unlikely hardly rejected rejects
    stop stopped stops halt dont didnt doesnt havent hasnt wont isnt wasnt arent false falsely untrue wrong ruled"""
)
_BETWEEN = listed("be been being have has had to even also do does did")
_TIMED = listed("longer yet only just merely initially always necessarily surprisingly immediately ever fully entirely")
"""Adverbs with which a denial leaves room for the claim: "not yet", "no longer", "not only"."""

_FAILURES = listed("failed fails fail refused refuses declined declines stopped denied denies")
_OPEN = listed("if whether would could might may unless should can")
_NEVER_ALONE = listed(
    "make made take took get got go come put set say said use used see seen begin start end lose let cut"
)


def _read_opposites() -> dict[str, tuple[tuple[int, int], ...]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for n, pair in enumerate(_OPPOSITES.split("---")):
        for side, words in enumerate(pair.split("|")):
            for word in words.split():
                found.setdefault(word, []).append((n, side))
    return {word: tuple(sides) for word, sides in found.items()}


OPPOSITES = _read_opposites()
_RISE_AND_FALL = OPPOSITES["rise"][0][0]
"""Form of a word → (number of the pair, its side) for each pair of words that exclude each other."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A verb as it stands in a passage, with whether it is denied and the stems of the words on either side of it."""

    start: int
    end: int
    word: str
    verb: str
    denied: bool
    open: bool
    """Whether it is only supposed, wished or named ("if", "may", "to accept", "facing")."""
    left: frozenset[str]
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class PolarityConflict:
    a: Claim
    b: Claim
    evidence: float
    reason: str


@lru_cache(maxsize=1 << 14)
def claims_of(text: str) -> tuple[Claim, ...]:
    """The verbs of `text`, each with its negation and its neighbours."""
    words = words_of(text)
    found = []
    for n, word in enumerate(words):
        if word.low not in OPPOSITES and not is_verb(word) and not _bare_after_negation(words, n):
            continue
        if word.sort != "word" or (word.is_capital and n > 0 and words[n - 1].is_capital):
            continue
        denial = _denial(words, n)
        if denial is not None and any(w.low == "only" for w in words[n + 1 : n + 4]):
            continue
        before = {w.low for w in words[max(0, n - 4) : n]}
        finite = denial is not None or not (_before(words, n) == "to" or _is_gerund(words, n))
        start = words[denial].start if denial is not None else word.start
        found.append(
            Claim(
                start, word.end, word.low, verb_class(word.low) or stem(word.low), denial is not None,
                bool(before & _OPEN) or not finite, _around(words, n, -1), _around(words, n, 1),
            )
        )  # fmt: skip
    return tuple(found)


def _before(words: tuple[Word, ...], n: int) -> str:
    return words[n - 1].low if n else ""


def _is_gerund(words: tuple[Word, ...], n: int) -> bool:
    return words[n].low.endswith("ing") and _before(words, n) not in {"is", "are", "was", "were", "be", "been", "am"}


def _bare_after_negation(words: tuple[Word, ...], n: int) -> bool:
    return words[n].sort == "word" and words[n].low not in STOP_WORDS and _denial(words, n) is not None


def _denial(words: tuple[Word, ...], n: int) -> int | None:
    """The index of the word that denies the verb at `n`, or None: only auxiliaries and adverbs may stand between."""
    for at in range(n - 1, max(-1, n - 5), -1):
        low = words[at].low
        if low in _TIMED:
            return None
        if low in {"not", "never", "cannot"} or low.endswith(("n't", "n’t")):
            return at
        if low in _FAILURES and n - at == 2 and words[at + 1].low == "to":
            return at
        if low not in _BETWEEN and not low.endswith("ly"):
            return None
    return None


def denies_anything(text: str) -> bool:
    """Whether a passage bears any word of denial, so that it may say the same as a denial in other words."""
    return any(w.low in _DENIALS or w.low.endswith(("n't", "n’t")) for w in words_of(text))


def _around(words: tuple[Word, ...], n: int, step: int) -> frozenset[str]:
    found: set[str] = set()
    at = n + step
    while 0 <= at < len(words) and len(found) < 5 and words[at].text not in {";", ".", ":", "—"}:
        if words[at].sort != "sign" and words[at].low not in STOP_WORDS:
            found.add(stem(words[at].low))
        at += step
    return frozenset(found)


def polarity_conflicts(text_a: str, text_b: str, linked: float = 1.0) -> list[PolarityConflict]:
    """Where one of two passages denies what the other says, best first. `linked`: how sure they tell the same."""
    size = min(len(content_stems(text_a)), len(content_stems(text_b)))
    if size < 2:
        return []
    shared = content_stems(text_a) & content_stems(text_b)
    overlap = len(shared) / size
    ours, theirs = claims_of(text_a), claims_of(text_b)
    both_deny = denies_anything(text_a) and denies_anything(text_b)
    asked = "?" in text_a or "?" in text_b
    if asked:
        return []
    found = []
    for a in ours:
        for b in theirs:
            relation = _opposed(a, b)
            if relation is None or a.open or b.open or (a.denied is not b.denied and both_deny):
                continue
            if _moves(a, b) and shared & MARKET:
                continue
            if any(_agrees(a, c) for c in theirs) or any(_agrees(c, b) for c in ours):
                continue
            sides = min(1, len(a.left & b.left)) + min(1, len(a.right & b.right))
            if not a.left & b.left or (a.denied is not b.denied and sides < 2):
                continue
            evidence = (0.5 * sides + 2.0 * overlap) * (0.5 + 0.5 * linked)
            found.append(PolarityConflict(a, b, evidence, relation))
    found.sort(key=lambda c: (-c.evidence, c.a.start, c.b.start))
    return found[:1]


def _moves(a: Claim, b: Claim) -> bool:
    """Whether the claims are of a rise and a fall, which prices do within the hour."""
    return bool(
        {n for n, _ in OPPOSITES.get(a.word, ())} & {n for n, _ in OPPOSITES.get(b.word, ())} & {_RISE_AND_FALL}
    )


def _opposed(a: Claim, b: Claim) -> str | None:
    if a.denied is not b.denied:
        alike = a.verb == b.verb and a.word not in _NEVER_ALONE
        same_side = set(OPPOSITES.get(a.word, ())) & set(OPPOSITES.get(b.word, ()))
        return f"one denies what the other says: {a.word}" if alike or same_side else None
    if a.denied:
        return None
    for n, side in OPPOSITES.get(a.word, ()):
        if (n, 1 - side) in OPPOSITES.get(b.word, ()):
            return f"{a.word} and {b.word} exclude each other"
    return None


def _agrees(a: Claim, b: Claim) -> bool:
    """Whether two claims say the same of one verb, so that neither is denied by the passage of the other."""
    if a.denied is not b.denied:
        return bool(set(OPPOSITES.get(a.word, ())) & {(n, 1 - s) for n, s in OPPOSITES.get(b.word, ())})
    return a.verb == b.verb or bool(set(OPPOSITES.get(a.word, ())) & set(OPPOSITES.get(b.word, ())))
