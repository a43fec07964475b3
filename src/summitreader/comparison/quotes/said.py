"""What a saying is, and two questions about clauses that all its finders ask."""

from __future__ import annotations

from dataclasses import dataclass, field

from summitreader.comparison.quotes.items import Items
from summitreader.comparison.quotes.lexicon import AUXILIARIES, PERSONAL, PREPOSITIONS, VERBS, Form, Verb
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning

Range = tuple[int, int]
"""Items `[first, after)`."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb or phrase of saying, in item numbers of one paragraph.

    `said` is one range of items, or two ("…," he said, "…"); none where a colon ends the paragraph. `how` is `clause`,
    `object`, `toward`, `infinitive`, `after` (what is said stands before), `according` or `colon`.
    """

    cue: Phrase
    subject: Phrase | None
    said: tuple[Range, ...]
    verb: Verb | None
    how: str
    through: tuple[Phrase, ...] = ()
    """Documents, and who was told: "in a statement", "told the newspaper"."""
    passed: tuple[Phrase, ...] = ()
    """Who passed it on within the saying: "the paper quoted him as saying", "a statement carried by the agency"."""


@dataclass(slots=True)
class Way:
    """What is found between a verb and what is said: see `Saying.through` and `Saying.passed`."""

    through: list[Phrase] = field(default_factory=list)
    passed: list[Phrase] = field(default_factory=list)


def finite(t: Items, x: int) -> bool:
    """Whether item x looks like a finite verb."""
    w = t.low[x]
    if t.kind[x] == "P":
        return False
    if w in AUXILIARIES or (t.kind[x] == "W" and w.endswith("ed")):
        return True
    return w in VERBS and not VERBS[w].form & Form.GERUND


def clause_opens(t: Items, k: int, high: int) -> bool:
    """Whether a clause without "that" begins at item k: a noun phrase with a verb to follow, or a quotation for one."""
    if k >= high:
        return False
    w = t.low[k]
    if w in ("it", "this", "these", "those") and (
        k + 1 >= high or t.low[k + 1] in PREPOSITIONS or t.kind[k + 1] in ".,;"
    ):
        return False
    if w in PERSONAL or w in ("there", "this", "these", "those", "if", "when", "while", "although", "because", "as"):
        return True
    subject = phrase_beginning(t, k, high)
    if subject is None or subject[1] + 1 >= high:
        return False
    return any(t.kind[x] == "Q" or finite(t, x) for x in range(subject[1] + 1, min(high, subject[1] + 12)))
