"""What may stand between a verb of saying and what is said: "in a statement on Friday", "at a rally", "a day later"."""

from __future__ import annotations

from summitreader.comparison.quotes.items import Items
from summitreader.comparison.quotes.lexicon import (
    ADVERBS,
    DAYS,
    DETERMINERS,
    DOCUMENTS,
    OBJECT_PRONOUNS,
    PEOPLE,
    POSSESSIVES,
    PUBLISHED,
    TIMES,
)
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning
from summitreader.comparison.quotes.said import Way

_PLACING = frozenset(
    ("in", "on", "at", "during", "to", "via", "through", "from", "with", "before", "after", "by", "about", "of")
)
_CARRYING = frozenset(("in", "on", "via", "through", "by"))
_WHEN = frozenset(
    ("last", "next", "early", "late", "week", "month", "year", "night", "morning", "afternoon", "evening")
)


def past_adverbials(t: Items, j: int, high: int, way: Way) -> int:
    """The first item from j on that belongs to no adverbial; documents and who passed them on are kept in `way`."""
    k = j
    while k < high:
        after = _time(t, k, high) or _place(t, k, high, way)
        if not after and k > j:
            more = k + 1 < high and (t.low[k + 1] in DAYS or t.kind[k + 1] == "N")
            after = k + 1 if t.kind[k] == "N" or (t.kind[k] == "," and more) else 0
        if not after:
            return k
        k = after
    return k


def _time(t: Items, k: int, high: int) -> int:
    """Past a day, an adverb, "this week", "a day later"; 0 where none begins at item k."""
    w = t.low[k]
    spans = k + 2 < high and (w in DETERMINERS or t.kind[k] == "N") and t.low[k + 1] in TIMES
    if spans and t.low[k + 2] in ("later", "earlier", "ago", "before", "after"):
        return k + 3
    if t.kind[k] != "W":
        return 0
    if w in ("this", "all", "both"):
        return k + 1 if k + 1 < high and t.low[k + 1] in TIMES else 0
    return k + 1 if w in DAYS or w in ADVERBS or w in _WHEN or (w.endswith("ly") and not t.cap[k]) else 0


def _place(t: Items, k: int, high: int, way: Way) -> int:
    """Past a preposition and its noun phrase; 0 where none begins at item k."""
    w = t.low[k]
    if w not in _PLACING or k + 1 >= high or (w == "to" and not _addressee(t, k + 1)):
        return 0
    inner = phrase_beginning(t, k + 1, high, whole=False)
    if inner is None:
        return k + 2 if w in ("of", "about", "to") and t.low[k + 1] in OBJECT_PRONOUNS else 0
    if w in _CARRYING and any(t.low[x] in DOCUMENTS for x in range(inner[0], inner[1] + 1)):
        way.through.append(inner)
    return past_published(t, inner[1] + 1, high, way)


def past_published(t: Items, k: int, high: int, way: Way) -> int:
    """Past "issued", "carried by the agency" after a document."""
    while k < high and t.low[k] in PUBLISHED:
        k += 1
        if k + 1 < high and t.low[k] == "by":
            who = phrase_beginning(t, k + 1, high, whole=False)
            if who is None:
                return k
            way.passed.append(who)
            k = who[1] + 1
    return k


def addressee(t: Items, j: int, high: int) -> Phrase | None:
    """Whom a verb such as "told" has after it."""
    found = phrase_beginning(t, j, high)
    if found is None and j < high and t.low[j] in OBJECT_PRONOUNS:
        return (j, j)
    return found


def _addressee(t: Items, k: int) -> bool:
    """Whether "to" at the item before goes with people ("to reporters") and not with a verb."""
    w = t.low[k]
    return w in DETERMINERS or w in POSSESSIVES or w in OBJECT_PRONOUNS or w in PEOPLE or t.cap[k] or w.endswith("s")
