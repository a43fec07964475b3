"""The subject of a verb: before it, past what is put in between, or that of the clause it leans on."""

from __future__ import annotations

from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.lexicon import Form
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning, phrase_ending, tells_of_people
from summitreader.comparison.quotes.tokens import Tokens

_BREAKS = frozenset(",:;-.Q()")
_JOINING = frozenset(("and", "but", "or", "nor", "so", "yet", "that", "who", "which"))
_WITNESSED = frozenset(("had", "has", "with", "heard", "saw", "quoted", "found", "caught", "recalled", "remembered"))
"""What may stand before somebody who is then -ing: "the film has him saying"."""


def subject_of(t: Tokens, verb: int, low: int) -> Phrase | None:
    """The subject that stands before the verb at token `verb`, in its own clause or the one it leans on.

    A relative pronoun is given as it stands; whom it means is for whoever resolves names to say.
    """
    gerund = _is_gerund(t, verb)
    k = skip_back(t, verb - 1, low)
    if k < low:
        return None
    w, kind = t.low[k], t.kind[k]
    if w == "to":
        return _of_governing(t, k, low)
    if w in lex.PRONOUNS or w == "which":
        return (k, k)
    if w in ("and", "but", "or", "then"):
        return clause_subject(t, k, low)
    if kind == ")":
        opened = next((j for j in range(k, low - 1, -1) if t.kind[j] == "("), k)
        return phrase_ending(t, opened - 1, low)
    if kind in ",-":
        return _past_apposition(t, gerund, k, low)
    return _of_gerund(t, k, low) if gerund else _adjacent(t, k, low)


def clause_subject(t: Tokens, at: int, low: int) -> Phrase | None:
    """The first noun phrase of the clause before token `at`: what a verb without a subject of its own goes with."""
    i = clause_start(t, at, low)
    if i < at and t.low[i] in ("there", "here"):
        return None
    found = phrase_beginning(t, i, at)
    if found is None or found[1] + 2 >= at:
        return found
    follows = found[1] + 1
    if t.kind[follows] == "," and t.low[follows + 1] in lex.PRONOUNS and t.low[follows + 1] != "who":
        return (follows + 1, follows + 1)
    return found


def clause_start(t: Tokens, at: int, low: int) -> int:
    """Where the clause that token `at` stands in begins, past openers such as "But", "On Friday,"."""
    i = low
    while i < at:
        w = t.low[i]
        leads = (w in lex.PREPOSITIONS or w in lex.CONJUNCTIONS) and w not in _JOINING
        after_time = _time_leads(t, i, at)
        if not leads and (t.kind[i] in ",:;-).Q" or w in ("and", "but", "so", "yet") or _is_adverb(t, i)):
            i += 1
        elif after_time:
            i = after_time
        elif leads or w in lex.DAYS or w == "asked" or (w.endswith("ing") and i == low) or _is_gerund(t, i):
            comma = next((j for j in range(i, at) if t.kind[j] == ","), None)
            if comma is None:
                return i
            i = comma + 1
        else:
            return i
    return at


def _time_leads(t: Tokens, i: int, at: int) -> int:
    """Past "Ten minutes later,", "Three days after the plea,"; 0 where no such thing begins at token i."""
    noun = next((j for j in range(i, min(i + 4, at)) if t.low[j] in lex.TIMES), i)
    if noun == i or any(t.kind[j] not in "WN" for j in range(i, noun)):
        return 0
    after = noun + 1
    if after < at and t.low[after] in ("later", "earlier", "ago", "after", "before", "since", "into", "of"):
        comma = next((j for j in range(after, at) if t.kind[j] == ","), None)
        return comma + 1 if comma is not None else 0
    return after + 1 if after < at and t.kind[after] == "," else 0


def _is_gerund(t: Tokens, i: int) -> bool:
    return t.low[i] in lex.VERBS and bool(lex.VERBS[t.low[i]].form & Form.GERUND)


def skip_back(t: Tokens, k: int, low: int) -> int:
    """From token k back over auxiliaries and adverbs, those between commas too."""
    while k >= low:
        w = t.low[k]
        if _is_skipped(t, k, low) or (t.kind[k] == "P" and (k == low + 1 or t.low[k - 1] in lex.PRONOUNS)) or w == "on":
            k -= 1
        elif w in lex.TIMES and k > low and t.low[k - 1] in ("last", "this", "next", "that"):
            k -= 2
        elif t.kind[k] == "," and k - 2 >= low and t.kind[k - 2] == "," and _is_adverb(t, k - 1):
            k -= 3
        else:
            break
    return k


def _is_adverb(t: Tokens, k: int) -> bool:
    return t.low[k] in lex.ADVERBS or t.low[k].endswith("ly")


def _is_skipped(t: Tokens, k: int, low: int) -> bool:
    w = t.low[k]
    if t.kind[k] != "W":
        return False
    if w in lex.AUXILIARIES and not t.cap[k]:
        return True
    if t.cap[k] and k > low:
        return w in lex.DAYS
    return w in lex.ADVERBS or (w.endswith("ly") and w not in ("family", "ally"))


def _of_governing(t: Tokens, k: int, low: int) -> Phrase | None:
    """The subject of what a "to" at token k hangs on: "went on to say"; None for "an attempt to deny"."""
    governing = next(
        (
            j
            for j in range(k - 1, max(low - 1, k - 3), -1)
            if any(t.low[j] in v for v in (lex.VERBS, lex.SPOKEN, lex.CHAIN))
        ),
        None,
    )
    return clause_subject(t, k, low) if governing is not None else None


def _of_gerund(t: Tokens, k: int, low: int) -> Phrase | None:
    """Who is -ing: the people right before it, else the subject of the clause ("a statement saying" is not it)."""
    near = phrase_ending(t, k, low)
    if near is None or t.low[k] in lex.DOCUMENTS:
        return clause_subject(t, k, low)
    witnessed = t.low[near[0] - 1] in _WITNESSED
    return near if witnessed or tells_of_people(t, near) else clause_subject(t, k, low)


def _adjacent(t: Tokens, k: int, low: int) -> Phrase | None:
    """The phrase that ends at token k, unless it is only the end of a longer subject."""
    near = phrase_ending(t, k, low)
    if near is None:
        return clause_subject(t, k + 1, low)
    before = near[0] - 1
    if before < low or t.kind[before] in _BREAKS or t.low[before] in lex.CONJUNCTIONS:
        return near
    far = clause_subject(t, k + 1, low)
    if far is None or any(t.kind[j] == "," for j in range(far[1], k)):
        return near
    if t.cap[near[1]]:
        return far if t.low[before] in lex.PREPOSITIONS and tells_of_people(t, far) else near
    return far


def _past_apposition(t: Tokens, gerund: bool, k: int, low: int) -> Phrase | None:
    """The subject before something between commas or dashes: "Smith, who …, said"."""
    subject = clause_subject(t, k, low)
    if gerund or (subject is not None and t.kind[subject[1] + 1] in ",-("):
        return subject
    for c in range(low + 1, k):
        near = phrase_ending(t, c - 1, low) if t.kind[c] in ",-(" else None
        if near is None or not (t.cap[near[1]] or t.low[near[1]] in lex.PEOPLE or t.low[near[0]] in ("a", "an", "the")):
            continue
        before = near[0] - 1
        if before < low or t.kind[before] in _BREAKS or t.low[before] in lex.CONJUNCTIONS:
            return near
    return subject
