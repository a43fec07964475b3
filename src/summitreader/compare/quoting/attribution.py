"""Which saying governs a quotation, and who therefore speaks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitreader.compare.quoting.items import Items
from summitreader.compare.quoting.marks import Marked
from summitreader.compare.quoting.phrases import Phrase, clause_subject
from summitreader.compare.quoting.sayings import Saying


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
    out: list[Governed] = []
    for number in range(len(quotes)):
        q = where[number]
        out.append(_govern(t, q, number, sayings, out))
    return out


def _govern(t: Items, q: int, number: int, sayings: Sequence[Saying], before: Sequence[Governed]) -> Governed:
    around = [s for s in sayings if any(a <= q < b for a, b in s.said)]
    if around:
        around.sort(key=lambda s: (s.how in ("after", "according"), min(b - a for a, b in s.said if a <= q < b)))
        return Governed(around[0], tuple(around[1:]), around[0].subject, around[0].how)
    low, high = t.sentence[q], t.sentence_end[q]
    behind = [s for s in sayings if low <= s.cue[0] < q and s.subject]
    if behind:
        return Governed(behind[-1], (), behind[-1].subject, "behind")
    if number and (q == low or t.sentence[q] != t.sentence[0]):
        if before[number - 1].subject is not None or before[number - 1].carried is not None:
            return Governed(None, (), None, "carried", number - 1)
    ahead = [s for s in sayings if q < s.cue[0] < high and s.subject]
    if ahead and q == low:
        return Governed(ahead[0], (), ahead[0].subject, "ahead")
    last = [s for s in sayings if s.cue[0] < low and s.subject]
    if last and q == low:
        return Governed(last[-1], (), last[-1].subject, "sentence before")
    if q > low:
        subject = clause_subject(t, q, low)
        if subject is not None:
            return Governed(None, (), subject, "subject")
    if last:
        return Governed(last[-1], (), last[-1].subject, "sentence before")
    return Governed(None)
