"""What a saying is, and two questions about clauses that all its finders ask."""

from __future__ import annotations

from dataclasses import dataclass, field

from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.lexicon import Form, Frame, Verb
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning
from summitreader.comparison.quotes.tokens import Tokens

Range = tuple[int, int]
"""Tokens `[first, after)`."""


@dataclass(frozen=True, slots=True)
class ReportingClause:
    """A verb or phrase of saying, in token numbers of one paragraph.

    `said` is one range of tokens, or two ("…," he said, "…"). `how` is `clause`, `object`, `toward`, `infinitive`,
    `after` (what is said stands before) or `according`.
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
    """What is found between a verb and what is said: see `ReportingClause.through` and `ReportingClause.passed`."""

    through: list[Phrase] = field(default_factory=list)
    passed: list[Phrase] = field(default_factory=list)


def finite(t: Tokens, x: int) -> bool:
    """Whether token x looks like a finite verb."""
    w = t.low[x]
    return w in lex.AUXILIARIES or w.endswith("ed") or (w in lex.VERBS and not lex.VERBS[w].form & Form.GERUND)


_CLAUSE_OPENERS = lex.PERSONAL | {
    *("there", "this", "these", "those", "if", "when", "while", "although", "because", "as"),
}


def clause_opens(t: Tokens, k: int, high: int) -> bool:
    """Whether a clause without "that" begins at token k: a noun phrase with a verb or a quotation to follow."""
    if k + 1 < high and t.low[k] in _CLAUSE_OPENERS:
        return t.low[k] not in ("it", "this", "these", "those") or t.low[k + 1] not in lex.PREPOSITIONS
    subject = phrase_beginning(t, k, high)
    if subject is None:
        return False
    return any(t.kind[x] == "Q" or finite(t, x) for x in range(subject[1] + 1, min(high, subject[1] + 12)))


_PLACING = frozenset(
    ("in", "on", "at", "during", "to", "via", "through", "from", "with", "before", "after", "by", "about", "of")
)
_CARRYING = frozenset(("in", "on", "via", "through", "by"))
_WHEN = frozenset(
    ("last", "next", "early", "late", "week", "month", "year", "night", "morning", "afternoon", "evening")
)


def past_adverbials(t: Tokens, j: int, high: int, way: Way) -> int:
    """The first token from j on that belongs to no adverbial; documents and who passed them on are kept in `way`."""
    k = j
    while k < high:
        after = _time(t, k, high) or _place(t, k, high, way)
        if not after and k > j and t.kind[k] == "," and k + 1 < high and t.low[k + 1] in lex.DAYS:
            after = k + 1
        if not after:
            return k
        k = after
    return k


def _time(t: Tokens, k: int, high: int) -> int:
    """Past a day, an adverb, "this week"; 0 where none begins at token k."""
    w = t.low[k]
    if w == "this":
        return k + 1 if k + 1 < high and t.low[k + 1] in lex.TIMES else 0
    return k + 1 if w in lex.DAYS or w in lex.ADVERBS or w in _WHEN or w.endswith("ly") else 0


def _place(t: Tokens, k: int, high: int, way: Way) -> int:
    """Past a preposition and its noun phrase; 0 where none begins at token k."""
    w = t.low[k]
    if w not in _PLACING or k + 1 >= high or (w == "to" and not _is_addressee(t, k + 1)):
        return 0
    inner = phrase_beginning(t, k + 1, high, whole=False)
    if inner is None:
        return k + 2 if t.low[k + 1] in lex.OBJECT_PRONOUNS else 0
    if w in _CARRYING and any(t.low[x] in lex.DOCUMENTS for x in range(inner[0], inner[1] + 1)):
        way.through.append(inner)
    return past_published(t, inner[1] + 1, high, way)


def past_published(t: Tokens, k: int, high: int, way: Way) -> int:
    """Past "issued", "carried by the agency" after a document."""
    while k < high and t.low[k] in lex.PUBLISHED:
        k += 1
        if k + 1 < high and t.low[k] == "by":
            who = phrase_beginning(t, k + 1, high, whole=False)
            if who is None:
                return k
            way.passed.append(who)
            k = who[1] + 1
    return k


def addressee(t: Tokens, j: int, high: int) -> Phrase | None:
    """Whom a verb such as "told" has after it."""
    found = phrase_beginning(t, j, high)
    return (j, j) if found is None and j < high and t.low[j] in lex.OBJECT_PRONOUNS else found


def _is_addressee(t: Tokens, k: int) -> bool:
    """Whether "to" at the token before goes with people ("to reporters") and not with a verb."""
    w = t.low[k]
    return w in lex.DETERMINERS | lex.POSSESSIVES | lex.OBJECT_PRONOUNS or t.cap[k] or w.endswith("s")


_HUNG = frozenset(("said", "says", "wrote", "writes", "reported", "reports", "announced", "added", "noted"))
"""What may stand before its subject after a clause that is not quoted."""
_SPEAKING = lex.PEOPLE | lex.BODIES | lex.DOCUMENTS


def inverted(t: Tokens, i: int, low: int, high: int, verb: Verb) -> ReportingClause | None:
    """The saying whose verb is token i and whose subject follows it, in the sentence `[low, high)`."""
    if not verb.frame & Frame.QUOTE or not low < i < high - 1 or not verb.form & (Form.PAST | Form.THIRD):
        return None
    if t.kind[i - 1] not in "Q,-)" and t.low[i - 1] != "as":
        return None
    quoted = t.kind[i - 1] == "Q" or (i - 1 > low and t.kind[i - 2] == "Q")
    who = phrase_beginning(t, i + 1, high)
    if who is None or not _may_speak(t, i, who, quoted):
        return None
    after = who[1] + 1
    if after < high and (
        t.kind[after] == "Q" or not (t.kind[after] != "W" or quoted or t.low[after] in lex.PREPOSITIONS)
    ):
        return None
    return ReportingClause((i, i), who, ((low, i),), verb, "after")


def _may_speak(t: Tokens, i: int, who: Phrase, quoted: bool) -> bool:
    """Whether the phrase after the verb is its subject rather than what is said."""
    head = next((j - 1 for j in range(who[0] + 1, who[1] + 1) if t.low[j] in lex.INSIDE_NOUN), who[1])
    if not quoted and not (t.low[i] in _HUNG and (t.cap[head] or t.low[head] in _SPEAKING)):
        return False
    if t.low[who[1]] in lex.PERSONAL:
        return quoted
    return t.cap[who[1]] or any(t.low[j] in _SPEAKING for j in range(who[0], who[1] + 1))


SUBORDINATE = frozenset(
    ("while", "although", "though", "as", "when", "after", "whereas", "because", "even", "if", "since")
)


def saying_to_end(
    t: Tokens, cue: Phrase, subject: Phrase | None, first: int, verb: Verb, how: str, high: int, way: Way
) -> ReportingClause | None:
    """The saying whose words begin at token `first` of the sentence that ends before token `high`."""
    low = t.sentence[cue[0]]
    last = high
    if subject is not None and t.low[subject[0]] in ("who", "which"):
        mark = t.kind[subject[0] - 1]
        last = next((j for j in range(first, high - 1) if t.kind[j] == mark), high) if mark in ",-" else first
    if t.low[low] in SUBORDINATE and subject is not None and subject[0] <= low + 2:
        commas = (j for j in range(first + 1, last - 2) if t.kind[j] == ",")
        last = next((j for j in commas if phrase_beginning(t, j + 1, last) is not None), last)
    while last > first and t.kind[last - 1] in ".,;:":
        last -= 1
    if first >= last:
        return None
    return ReportingClause(cue, subject, ((first, last),), verb, how, tuple(way.through), tuple(way.passed))


def pauses(t: Tokens, j: int) -> bool:
    """Whether token j is a comma, semicolon or dash, or a quotation that ends with a comma."""
    return t.kind[j] in ",;-" or (t.kind[j] == "Q" and t.text[t.end[j] - 2] == ",")
