"""The subject of a verb: before it, past what is put in between, or that of the clause it leans on."""

from __future__ import annotations

from summitreader.comparison.quotes.items import SPOKEN, Items
from summitreader.comparison.quotes.lexicon import (
    ADVERBS,
    ASPECT,
    AUXILIARIES,
    CHAIN,
    CONJUNCTIONS,
    DAYS,
    DOCUMENTS,
    PEOPLE,
    PLANS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    VERBS,
    Form,
)
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning, phrase_ending, tells_of_people

_BREAKS = frozenset(",:;-.Q()")
_JOINING = frozenset(("and", "but", "or", "nor", "so", "yet", "that", "who", "which"))
_BEFORE_GERUND = frozenset(("by", "in", "after", "before", "while", "when", "for", "without"))
_WITNESSED = frozenset(("had", "has", "with", "heard", "saw", "quoted", "found", "caught", "recalled", "remembered"))
"""What may stand before somebody who is then -ing: "the film has him saying"."""


def subject_of(t: Items, verb: int, low: int, depth: int = 0) -> Phrase | None:
    """The subject that stands before the verb at item `verb`, in its own clause or the one it leans on.

    A relative pronoun is given as it stands; whom it means is for whoever resolves names to say.
    """
    gerund = _is_gerund(t, verb)
    k = skip_back(t, verb - 1, low)
    if gerund and k >= low and t.low[k] in ASPECT:
        k = skip_back(t, k - 1, low)
    if k < low or depth > 3:
        return None
    w, kind = t.low[k], t.kind[k]
    if w == "to" or (w in _BEFORE_GERUND and gerund):
        return _of_governing(t, k, low, depth)
    if w in PRONOUNS or (w == "which" and k > low):
        return (k, k)
    if w == "that":
        return phrase_ending(t, k - 1 - (k > low and t.kind[k - 1] == ","), low)
    if w in ("and", "but", "or", "then"):
        return _coordinated(t, verb, k, low, depth) or clause_subject(t, k, low)
    if kind == ")":
        return phrase_ending(t, next((j - 1 for j in range(k, low - 1, -1) if t.kind[j] == "("), k), low)
    if kind in ",-":
        return _past_apposition(t, gerund, k, low)
    if kind in ":;.Q(":
        return None
    return _of_gerund(t, k, low) if gerund else _adjacent(t, k, low)


def clause_subject(t: Items, at: int, low: int) -> Phrase | None:
    """The first noun phrase of the clause before item `at`: what a verb without a subject of its own goes with."""
    i = clause_start(t, at, low)
    if i < at and t.kind[i] == "Q":
        i += 1
        while i < at and t.kind[i] == ",":
            i += 1
        if i < at and t.low[i] in VERBS and t.low[i] not in PEOPLE:
            return phrase_beginning(t, i + 1, at)
    if i < at and t.low[i] in ("there", "here"):
        return None
    found = phrase_beginning(t, i, at)
    if found is None or found[1] + 2 >= at:
        return found
    follows = found[1] + 1
    if t.low[follows] in ("ago", "before", "after") and t.kind[follows + 1] == ",":
        return phrase_beginning(t, follows + 2, at)
    if t.kind[follows] == "," and t.low[found[1]] in TIMES:
        return phrase_beginning(t, follows + 1, at)
    if t.kind[follows] == "," and t.low[follows + 1] in PRONOUNS and t.low[follows + 1] != "who":
        return (follows + 1, follows + 1)
    return found


def clause_start(t: Items, at: int, low: int) -> int:
    """Where the clause that item `at` stands in begins, past openers such as "But", "On Friday,"."""
    i = low
    while i < at:
        w = t.low[i]
        opens = (w in PREPOSITIONS or w in CONJUNCTIONS) and w not in _JOINING and i + 1 < at
        if t.kind[i] == "(":
            i = next((j + 1 for j in range(i, at) if t.kind[j] == ")"), i + 1)
        elif not opens and _is_opener(t, i):
            i += 1
        elif not _leads_in(t, i, low):
            return i
        elif w in ("on", "in", "by", "last", "since") and i + 1 < at and _is_time(t, i + 1):
            i += 2
        else:
            comma = next((j for j in range(i, at) if t.kind[j] == ","), None)
            if comma is None:
                return i
            i = comma + 1
    return at


def _is_opener(t: Items, i: int) -> bool:
    w = t.low[i]
    if t.kind[i] in ",:;-)." or w in ("and", "but", "so", "yet", "still", "then"):
        return True
    return w in ADVERBS or (t.kind[i] == "W" and w.endswith("ly"))


def _leads_in(t: Items, i: int, low: int) -> bool:
    """Whether item i opens something that goes to the next comma: "After the vote,", "Asked about it,"."""
    w = t.low[i]
    if w in ("that", "who", "which"):
        return False
    if w in PREPOSITIONS or w in CONJUNCTIONS or w in DAYS or w == "asked" or (w.endswith("ing") and i == low):
        return True
    return _is_gerund(t, i)


def _is_time(t: Items, i: int) -> bool:
    return t.low[i] in DAYS or (t.kind[i] == "N" and len(t.low[i]) == 4)


def _is_gerund(t: Items, i: int) -> bool:
    return t.low[i] in VERBS and bool(VERBS[t.low[i]].form & Form.GERUND)


def skip_back(t: Items, k: int, low: int) -> int:
    """From item k back over auxiliaries and adverbs, those between commas too."""
    while k >= low:
        w = t.low[k]
        if (
            _is_skipped(t, k, low)
            or (t.kind[k] == "P" and (k == low + 1 or (k > low and t.low[k - 1] in PRONOUNS)))
            or (w == "on" and k + 1 < len(t) and t.low[k + 1] in DAYS)
        ):
            k -= 1
        elif w in TIMES and k > low and t.low[k - 1] in ("last", "this", "next", "that"):
            k -= 2
        elif t.kind[k] == "," and k - 2 >= low and t.kind[k - 2] == "," and _is_adverb(t, k - 1):
            k -= 3
        else:
            break
    return k


def _is_adverb(t: Items, k: int) -> bool:
    return t.low[k] in ADVERBS or t.low[k].endswith("ly")


def _is_skipped(t: Items, k: int, low: int) -> bool:
    w = t.low[k]
    if t.kind[k] != "W" or w in ("both", "all", "some"):
        return False
    if w in AUXILIARIES and (not t.cap[k] or k == low):
        return True
    return w in ADVERBS or w in DAYS or (w.endswith("ly") and not t.cap[k] and w not in ("family", "ally"))


def _of_governing(t: Items, k: int, low: int, depth: int) -> Phrase | None:
    """The subject of what a "to" or "by" at item k hangs on: "went on to say"; None for "an attempt to deny"."""
    to = t.low[k] == "to"
    if to and k > low and t.low[k - 1] in PLANS:
        return None
    reach = k - 3 if to else k - 6
    governing = next(
        (j for j in range(k - 1, max(low - 1, reach), -1) if any(t.low[j] in v for v in (VERBS, SPOKEN, CHAIN))), None
    )
    if governing is None:
        return None if to else clause_subject(t, k, low)
    return subject_of(t, governing, low, depth + 1) or clause_subject(t, k, low)


def _coordinated(t: Items, verb: int, k: int, low: int, depth: int) -> Phrase | None:
    """The subject of the verb that "and" joins this one to: the nearest before it in the same form."""
    form = VERBS[t.low[verb]].form if t.low[verb] in VERBS else Form.PAST
    for j in range(k - 1, low, -1):
        other = VERBS.get(t.low[j])
        if other is None or t.cap[j] or not other.form & form & (Form.PAST | Form.THIRD | Form.GERUND):
            continue
        if t.nounish(j - 1) or t.low[j - 1] in PRONOUNS or _is_adverb(t, j - 1):
            return subject_of(t, j, low, depth + 1)
    return None


def _of_gerund(t: Items, k: int, low: int) -> Phrase | None:
    """Who is -ing: the people right before it, else the subject of the clause ("a statement saying" is not it)."""
    near = phrase_ending(t, k, low)
    if near is None or t.low[k] in DOCUMENTS:
        return clause_subject(t, k, low)
    witnessed = near[0] > low and t.low[near[0] - 1] in _WITNESSED
    return near if witnessed or tells_of_people(t, near) else clause_subject(t, k, low)


def _adjacent(t: Items, k: int, low: int) -> Phrase | None:
    """The phrase that ends at item k, unless it is only the end of a longer subject."""
    near = phrase_ending(t, k, low)
    if near is None:
        return clause_subject(t, k + 1, low)
    before = near[0] - 1
    if before < low or t.kind[before] in _BREAKS or t.low[before] in CONJUNCTIONS or t.low[before] in SPOKEN:
        return near
    far = clause_subject(t, k + 1, low)
    if far is None:
        return near
    if far[1] + 1 < before and t.low[far[1] + 1] in ("who", "that", "which"):
        return far
    if t.cap[near[1]] or t.low[near[1]] in PRONOUNS:
        hangs = t.low[before] in PREPOSITIONS and tells_of_people(t, far) and far[1] < before
        return far if hangs and not any(t.kind[j] == "," for j in range(low, before)) else near
    return near if any(t.kind[j] == "," for j in range(far[1], k)) else far


def _past_apposition(t: Items, gerund: bool, k: int, low: int) -> Phrase | None:
    """The subject before something between commas or dashes: "Smith, who …, said"."""
    if t.kind[k - 1] == ")":
        k = next((j for j in range(k - 1, low - 1, -1) if t.kind[j] == "("), k)
    if gerund:
        spoken = next((j for j in range(k - 1, max(low, k - 5), -1) if t.low[j] in SPOKEN and t.low[j] in VERBS), None)
        found = subject_of(t, spoken, low, 1) if spoken is not None else None
        if found is None and spoken is not None:
            found = phrase_beginning(t, spoken + 1, k)
        return found or clause_subject(t, k, low)
    subject = clause_subject(t, k, low)
    if subject is not None and subject[1] + 1 < len(t) and t.kind[subject[1] + 1] in ",-(":
        return subject
    for c in range(low + 1, k):
        near = phrase_ending(t, c - 1, low) if t.kind[c] in ",-(" else None
        if near is None or not (t.cap[near[1]] or t.low[near[1]] in PEOPLE or t.low[near[0]] in ("a", "an", "the")):
            continue
        before = near[0] - 1
        if before < low or t.kind[before] in _BREAKS or t.low[before] in CONJUNCTIONS:
            return near
    return subject
