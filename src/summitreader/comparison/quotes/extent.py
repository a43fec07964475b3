"""Where what is said ends: before another saying is hung on it, at the end of a relative or subordinate clause."""

from __future__ import annotations

from summitreader.comparison.quotes.inversion import inverted
from summitreader.comparison.quotes.items import SPOKEN, Items
from summitreader.comparison.quotes.lexicon import ADVERBS, AUXILIARIES, DAYS, REPORTING, VERBS, Form, Frame, Verb
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning
from summitreader.comparison.quotes.said import Saying, Way, finite

_SUBORDINATE = frozenset(
    ("while", "although", "though", "as", "when", "after", "whereas", "because", "even", "if", "since")
)


def saying_to_end(
    t: Items, cue: Phrase, subject: Phrase | None, first: int, verb: Verb, how: str, high: int, way: Way
) -> Saying | None:
    """The saying whose words begin at item `first` of the sentence that ends before item `high`."""
    low = t.sentence[cue[0]]
    last = high
    if subject is not None and t.low[subject[0]] in ("who", "which"):
        last = _relative_end(t, subject[0], first, high)
    if t.low[low] in _SUBORDINATE and subject is not None and subject[0] <= low + 2:
        last = _main_clause(t, first, last)
    while last > first and t.kind[last - 1] in ".,;:":
        last -= 1
    way_in = (tuple(way.through), tuple(way.passed))
    if first >= last:
        return Saying(cue, subject, (), verb, "colon", *way_in) if t.kind[high - 1] == ":" and subject else None
    end = _before_hung(t, first, last)
    return Saying(cue, subject, ((first, end),), verb, how, *way_in) if end > first else None


def _main_clause(t: Items, first: int, high: int) -> int:
    """Where the main clause begins after "While an official said …,"."""
    for j in range(first + 1, high - 2):
        if t.kind[j] == ",":
            subject = phrase_beginning(t, j + 1, high)
            if subject is not None and any(finite(t, x) for x in range(subject[1] + 1, min(high, subject[1] + 3))):
                return j
    return high


def _relative_end(t: Items, who: int, first: int, high: int) -> int:
    """Where a relative clause between commas ends: "Smith, who opposed the plan, said …"."""
    if who == 0 or t.kind[who - 1] not in ",-":
        return high
    mark = t.kind[who - 1]
    return next((j for j in range(first, high - 1) if t.kind[j] == mark and t.kind[j + 1] != "Q"), high)


def _before_hung(t: Items, first: int, last: int) -> int:
    """Where ", he said", ", said Smith", ", according to" or ", adding that" is hung on, else `last`."""
    for j in range(first + 2, last - 1):
        if pauses(t, j) and t.kind[j] in ",Q" and _hangs(t, j + 1, first, last):
            return j + (t.kind[j] == "Q")
    return last


def pauses(t: Items, j: int) -> bool:
    """Whether item j is a comma, semicolon or dash, or a quotation that ends with a comma."""
    return t.kind[j] in ",;-" or (t.kind[j] == "Q" and t.text[t.end[j] - 2] == ",")


def _hangs(t: Items, k: int, first: int, last: int) -> bool:
    w = t.low[k]
    verb = VERBS.get(w)
    if w == "according" or (verb is not None and verb.form & Form.GERUND and verb.lemma in REPORTING):
        return True
    if verb is not None and verb.frame & Frame.QUOTE and verb.form & (Form.PAST | Form.THIRD):
        return inverted(t, k, first, t.sentence_end[k], verb) is not None
    who = phrase_beginning(t, k, last)
    if who is None:
        return False
    v = who[1] + 1
    while v < last and (t.low[v] in AUXILIARIES or t.low[v] in ADVERBS):
        v += 1
    if v >= last or t.low[v] not in SPOKEN or t.low[v] not in VERBS:
        return False
    return (
        v + 1 >= last or t.kind[v + 1] in ",." or t.low[v + 1] in ("in", "on", "at", "during") or t.low[v + 1] in DAYS
    )
