"""What a saying is, and two questions about clauses that all its finders ask."""

from __future__ import annotations

from dataclasses import dataclass, field

from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.lexicon import Form, Frame, Verb
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning
from summitreader.comparison.quotes.tokens import SPOKEN, Tokens

Range = tuple[int, int]
"""Tokens `[first, after)`."""


@dataclass(frozen=True, slots=True)
class ReportingClause:
    """A verb or phrase of saying, in token numbers of one paragraph.

    `said` is one range of tokens, or two ("…," he said, "…"); none where a colon ends the paragraph. `how` is `clause`,
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
    """What is found between a verb and what is said: see `ReportingClause.through` and `ReportingClause.passed`."""

    through: list[Phrase] = field(default_factory=list)
    passed: list[Phrase] = field(default_factory=list)


def finite(t: Tokens, x: int) -> bool:
    """Whether token x looks like a finite verb."""
    w = t.low[x]
    if t.kind[x] == "P":
        return False
    if w in lex.AUXILIARIES or (t.kind[x] == "W" and w.endswith("ed")):
        return True
    return w in lex.VERBS and not lex.VERBS[w].form & Form.GERUND


def clause_opens(t: Tokens, k: int, high: int) -> bool:
    """Whether a clause without "that" begins at token k: a noun phrase with a verb or a quotation to follow."""
    if k >= high:
        return False
    w = t.low[k]
    if w in ("it", "this", "these", "those") and (
        k + 1 >= high or t.low[k + 1] in lex.PREPOSITIONS or t.kind[k + 1] in ".,;"
    ):
        return False
    if w in lex.PERSONAL or w in (
        "there",
        "this",
        "these",
        "those",
        "if",
        "when",
        "while",
        "although",
        "because",
        "as",
    ):
        return True
    subject = phrase_beginning(t, k, high)
    if subject is None or subject[1] + 1 >= high:
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
        if not after and k > j:
            more = k + 1 < high and (t.low[k + 1] in lex.DAYS or t.kind[k + 1] == "N")
            after = k + 1 if t.kind[k] == "N" or (t.kind[k] == "," and more) else 0
        if not after:
            return k
        k = after
    return k


def _time(t: Tokens, k: int, high: int) -> int:
    """Past a day, an adverb, "this week", "a day later"; 0 where none begins at token k."""
    w = t.low[k]
    spans = k + 2 < high and (w in lex.DETERMINERS or t.kind[k] == "N") and t.low[k + 1] in lex.TIMES
    if spans and t.low[k + 2] in ("later", "earlier", "ago", "before", "after"):
        return k + 3
    if t.kind[k] != "W":
        return 0
    if w in ("this", "all", "both"):
        return k + 1 if k + 1 < high and t.low[k + 1] in lex.TIMES else 0
    return k + 1 if w in lex.DAYS or w in lex.ADVERBS or w in _WHEN or (w.endswith("ly") and not t.cap[k]) else 0


def _place(t: Tokens, k: int, high: int, way: Way) -> int:
    """Past a preposition and its noun phrase; 0 where none begins at token k."""
    w = t.low[k]
    if w not in _PLACING or k + 1 >= high or (w == "to" and not _addressee(t, k + 1)):
        return 0
    inner = phrase_beginning(t, k + 1, high, whole=False)
    if inner is None:
        return k + 2 if w in ("of", "about", "to") and t.low[k + 1] in lex.OBJECT_PRONOUNS else 0
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
    if found is None and j < high and t.low[j] in lex.OBJECT_PRONOUNS:
        return (j, j)
    return found


def _addressee(t: Tokens, k: int) -> bool:
    """Whether "to" at the token before goes with people ("to reporters") and not with a verb."""
    w = t.low[k]
    return (
        w in lex.DETERMINERS
        or w in lex.POSSESSIVES
        or w in lex.OBJECT_PRONOUNS
        or w in lex.PEOPLE
        or t.cap[k]
        or w.endswith("s")
    )


_HUNG = frozenset(("said", "says", "wrote", "writes", "reported", "reports", "announced", "added", "noted"))
"""What may stand before its subject after a clause that is not quoted."""
_SPEAKING = lex.PEOPLE | lex.BODIES | lex.DOCUMENTS


def inverted(t: Tokens, i: int, low: int, high: int, verb: Verb) -> ReportingClause | None:
    """The saying whose verb is token i and whose subject follows it, in the sentence `[low, high)`."""
    if not verb.frame & Frame.QUOTE or i + 1 >= high or verb.form is Form.GERUND:
        return None
    if not verb.form & (Form.PAST | Form.THIRD) and verb.lemma not in ("say", "write", "ask"):
        return None
    if verb.lemma in ("tell", "remind", "assure") or (i > low and t.kind[i - 1] not in "Q,-)" and t.low[i - 1] != "as"):
        return None
    quoted = i > low and (t.kind[i - 1] == "Q" or (i - 1 > low and t.kind[i - 2] == "Q"))
    shifted = verb.lemma in lex.NEEDS or (verb.lemma == "say" and t.low[i + 1] in lex.ADVERBS)
    who = phrase_beginning(t, i + 1 + shifted, high)
    if who is None or not _may_speak(t, i, who, low, high, quoted):
        return None
    after = who[1] + 1
    if after < high and not _may_follow(t, after, quoted):
        return None
    said: list[Range] = [(low, i)] if i > low else []
    if i == low or t.kind[i - 1] == "Q":
        colon = next((j for j in range(after, high) if t.kind[j] in ":Q"), None)
        if colon is not None:
            said.append((colon, high))
    if not said and after < high and t.kind[after] == ":":
        return ReportingClause((i, i), who, (), verb, "colon")
    return ReportingClause((i, i), who, tuple(said), verb, "after") if said else None


def _may_speak(t: Tokens, i: int, who: Phrase, low: int, high: int, quoted: bool) -> bool:
    """Whether the phrase after the verb is its subject rather than what is said."""
    after = who[1] + 1
    last = t.low[who[1]]
    if i > low and not quoted and not (t.low[i] in _HUNG and _head_speaks(t, who)):
        return False
    if i == low and not (t.low[i] in SPOKEN or (after < high and t.kind[after] == ":")):
        return False
    if after < high and t.kind[after] == "Q":
        return False
    if last in lex.PERSONAL:
        return quoted and not (after < high and t.kind[after] == "W" and t.low[after] not in lex.PREPOSITIONS)
    return t.cap[who[1]] or any(t.low[j] in _SPEAKING for j in range(who[0], who[1] + 1))


def _head_speaks(t: Tokens, who: Phrase) -> bool:
    head = next((j - 1 for j in range(who[0] + 1, who[1] + 1) if t.low[j] in lex.INSIDE_NOUN), who[1])
    return t.cap[head] or t.low[head] in _SPEAKING


def _may_follow(t: Tokens, after: int, quoted: bool) -> bool:
    """Whether what comes after the subject leaves it one: no verb of its own."""
    w = t.low[after]
    if w in lex.AUXILIARIES or (w in lex.VERBS and not t.cap[after] and lex.VERBS[w].form & (Form.PAST | Form.THIRD)):
        return False
    if t.kind[after] != "W" or quoted:
        return True
    return (
        w in lex.PREPOSITIONS or w in lex.CONJUNCTIONS or w in lex.DAYS or w in lex.ADVERBS or w.endswith(("ing", "ly"))
    )


_SUBORDINATE = frozenset(
    ("while", "although", "though", "as", "when", "after", "whereas", "because", "even", "if", "since")
)


def saying_to_end(
    t: Tokens, cue: Phrase, subject: Phrase | None, first: int, verb: Verb, how: str, high: int, way: Way
) -> ReportingClause | None:
    """The saying whose words begin at token `first` of the sentence that ends before token `high`."""
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
        return (
            ReportingClause(cue, subject, (), verb, "colon", *way_in) if t.kind[high - 1] == ":" and subject else None
        )
    end = _before_hung(t, first, last)
    return ReportingClause(cue, subject, ((first, end),), verb, how, *way_in) if end > first else None


def _main_clause(t: Tokens, first: int, high: int) -> int:
    """Where the main clause begins after "While an official said …,"."""
    for j in range(first + 1, high - 2):
        if t.kind[j] == ",":
            subject = phrase_beginning(t, j + 1, high)
            if subject is not None and any(finite(t, x) for x in range(subject[1] + 1, min(high, subject[1] + 3))):
                return j
    return high


def _relative_end(t: Tokens, who: int, first: int, high: int) -> int:
    """Where a relative clause between commas ends: "Smith, who opposed the plan, said …"."""
    if who == 0 or t.kind[who - 1] not in ",-":
        return high
    mark = t.kind[who - 1]
    return next((j for j in range(first, high - 1) if t.kind[j] == mark and t.kind[j + 1] != "Q"), high)


def _before_hung(t: Tokens, first: int, last: int) -> int:
    """Where ", he said", ", said Smith", ", according to" or ", adding that" is hung on, else `last`."""
    for j in range(first + 2, last - 1):
        if pauses(t, j) and t.kind[j] in ",Q" and _hangs(t, j + 1, first, last):
            return j + (t.kind[j] == "Q")
    return last


def pauses(t: Tokens, j: int) -> bool:
    """Whether token j is a comma, semicolon or dash, or a quotation that ends with a comma."""
    return t.kind[j] in ",;-" or (t.kind[j] == "Q" and t.text[t.end[j] - 2] == ",")


def _hangs(t: Tokens, k: int, first: int, last: int) -> bool:
    w = t.low[k]
    verb = lex.VERBS.get(w)
    if w == "according" or (verb is not None and verb.form & Form.GERUND and verb.lemma in lex.REPORTING):
        return True
    if verb is not None and verb.frame & Frame.QUOTE and verb.form & (Form.PAST | Form.THIRD):
        return inverted(t, k, first, t.sentence_end[k], verb) is not None
    who = phrase_beginning(t, k, last)
    if who is None:
        return False
    v = who[1] + 1
    while v < last and (t.low[v] in lex.AUXILIARIES or t.low[v] in lex.ADVERBS):
        v += 1
    if v >= last or t.low[v] not in SPOKEN or t.low[v] not in lex.VERBS:
        return False
    return (
        v + 1 >= last
        or t.kind[v + 1] in ",."
        or t.low[v + 1] in ("in", "on", "at", "during")
        or t.low[v + 1] in lex.DAYS
    )
