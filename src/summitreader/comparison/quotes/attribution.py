"""Which saying governs a quotation, and who therefore speaks it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from summitreader.comparison.quotes.items import Items
from summitreader.comparison.quotes.lexicon import ADVERBS, AUXILIARIES, PREPOSITIONS, PRONOUNS, Frame
from summitreader.comparison.quotes.marks import Marked
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning, phrase_ending
from summitreader.comparison.quotes.said import Saying
from summitreader.comparison.quotes.subjects import clause_subject


@dataclass(frozen=True, slots=True)
class Governed:
    """A quotation's saying, innermost first, or what stood in for it (`carried` from an earlier quotation)."""

    saying: Saying | None
    outer: tuple[Saying, ...] = ()
    subject: Phrase | None = None
    why: str = ""
    carried: int | None = None
    """The number of the quotation of the same paragraph whose speaker it takes."""


def govern(t: Items, quotes: Sequence[Marked], sayings: Sequence[Saying]) -> list[Governed]:
    """For each outermost quotation of a paragraph, what governs it."""
    where = {t.quote[i]: i for i in range(len(t)) if t.kind[i] == "Q"}
    by_sentence: dict[int, list[Saying]] = {}
    for s in sayings:
        by_sentence.setdefault(t.sentence[s.cue[0]], []).append(s)
    with_subject = [s for s in sayings if s.subject]
    cues = [s.cue[0] for s in with_subject]
    out: list[Governed] = []
    for number in range(len(quotes)):
        q = where[number]
        earlier = bisect_left(cues, t.sentence[q])
        last = with_subject[earlier - 1] if earlier else None
        out.append(_govern(t, q, number, by_sentence.get(t.sentence[q], []), last, out))
    return out


def _govern(
    t: Items, q: int, number: int, sayings: Sequence[Saying], last: Saying | None, before: Sequence[Governed]
) -> Governed:
    """What governs the quotation at item q: `sayings` are those of its sentence, `last` the last one before it."""
    around = [s for s in sayings if any(a <= q < b for a, b in s.said)]
    if around:
        around.sort(key=lambda s: _nearness(s, q))
        inner = next((i for i, s in enumerate(around) if not _weak(t, s, around[i + 1 :], q) and s.subject), 0)
        subject = around[inner].subject
        if subject is None and number:
            return Governed(around[inner], (), None, "carried", number - 1)
        return Governed(around[inner], tuple(around[inner + 1 :]), subject, around[inner].how)
    label = _label(t, q)
    if label is not None:
        return Governed(None, (), label, "label")
    low, high = t.sentence[q], t.sentence_end[q]
    unlisted = _unlisted(t, q, low, high)
    if unlisted is not None:
        return Governed(None, (), unlisted, "unlisted")
    behind = [s for s in sayings if low <= s.cue[0] < q and s.subject]
    if behind:
        return Governed(behind[-1], (), behind[-1].subject, "behind")
    follows = number and (q == low or t.sentence[q] != t.sentence[0])
    if follows and (before[number - 1].subject is not None or before[number - 1].carried is not None):
        return Governed(None, (), None, "carried", number - 1)
    ahead = [s for s in sayings if q < s.cue[0] < high and s.subject]
    if ahead and q == low:
        return Governed(ahead[0], (), ahead[0].subject, "ahead")
    if last is not None and q == low:
        return Governed(last, (), last.subject, "sentence before")
    if q > low and t.kind[q - 1] == "P":
        owner = phrase_ending(t, q - 2, low)
        if owner is not None:
            return Governed(None, (), owner, "owner")
    if q > low:
        subject = clause_subject(t, q, low)
        if subject is not None:
            return Governed(None, (), subject, "subject")
    if last is not None:
        return Governed(last, (), last.subject, "sentence before")
    return Governed(None)


def _nearness(s: Saying, q: int) -> tuple[bool, bool, int]:
    """Innermost first: what leads up to the quotation, then what is hung on after it, then "according to"."""
    if s.how in ("after", "according"):
        return True, s.how == "according", abs(s.cue[0] - q)
    return False, False, min(b - a for a, b in s.said if a <= q < b)


def _weak(t: Items, saying: Saying, outer: Sequence[Saying], q: int) -> bool:
    """What tells of a thought or of evidence: words quoted inside it are those of whoever reports the thought.

    So is what the speaker says of their own doings: "she said she would oppose “…”".
    """
    if saying.verb is None or (saying.how in ("after", "clause") and saying.verb.frame & (Frame.QUOTE | Frame.PERSON)):
        return False
    if not saying.verb.frame & (Frame.QUOTE | Frame.PERSON | Frame.THING | Frame.TOWARD):
        return True
    if not outer or saying.subject is None or saying.cue[1] + 1 == q:
        return False
    reporting = any(o.how == "clause" and o.cue[0] < saying.cue[0] for o in outer)
    return reporting and t.low[saying.subject[1]] in PRONOUNS


def _unlisted(t: Items, q: int, low: int, high: int) -> Phrase | None:
    """Who speaks by a verb that is in no list: `“…,” he mocks.` and `He demurred: “…”`."""
    if q > low + 1 and t.kind[q - 1] == ":":
        return clause_subject(t, q - 1, low)
    first = q + 1 + (q + 1 < high and t.kind[q + 1] == ",")
    if t.kind[first - 1] != "," and t.text[t.end[q] - 2] not in ",?!":
        return None
    who = phrase_beginning(t, first, high)
    if who is None:
        return None
    v = who[1] + 1
    while v < high and t.low[v] in ADVERBS:
        v += 1
    if v >= high or t.kind[v] != "W" or t.cap[v] or t.low[v] in AUXILIARIES or not t.low[v].endswith(("ed", "s")):
        return None
    return who if v + 1 >= high or t.kind[v + 1] in ".,;:" or t.low[v + 1] in PREPOSITIONS else None


def _label(t: Items, q: int) -> Phrase | None:
    """The name in `Jeffrey Jones: "…"` at the head of a paragraph or after a dash."""
    low = t.sentence[q]
    if q - 1 <= low or t.kind[q - 1] != ":":
        return None
    who = phrase_ending(t, q - 2, low)
    if who is None or not t.cap[who[1]]:
        return None
    return who if who[0] == low or t.kind[who[0] - 1] == "-" else None
