"""The subject of a verb: before it, past what is put in between, or that of the clause it leans on."""

from __future__ import annotations

from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.lexicon import Form
from summitreader.comparison.quotes.phrases import Phrase, phrase_beginning, phrase_ending, tells_of_people
from summitreader.comparison.quotes.tokens import SPOKEN, Tokens

_BREAKS = frozenset(",:;-.Q()")
_JOINING = frozenset(("and", "but", "or", "nor", "so", "yet", "that", "who", "which"))
_BEFORE_GERUND = frozenset(("by", "in", "after", "before", "while", "when", "for", "without"))
_WITNESSED = frozenset(("had", "has", "with", "heard", "saw", "quoted", "found", "caught", "recalled", "remembered"))
"""What may stand before somebody who is then -ing: "the film has him saying"."""


def subject_of(t: Tokens, verb: int, low: int, depth: int = 0) -> Phrase | None:
    """The subject that stands before the verb at token `verb`, in its own clause or the one it leans on.

    A relative pronoun is given as it stands; whom it means is for whoever resolves names to say.
    """
    gerund = _is_gerund(t, verb)
    k = skip_back(t, verb - 1, low)
    if gerund and k >= low and t.low[k] in lex.ASPECT:
        k = skip_back(t, k - 1, low)
    if k < low or depth > 3:
        return None
    w, kind = t.low[k], t.kind[k]
    if w == "to" or (w in _BEFORE_GERUND and gerund):
        return _of_governing(t, k, low, depth)
    if w in lex.PRONOUNS or (w == "which" and k > low):
        return (k, k)
    if w == "that":
        return phrase_ending(t, k - 1 - (k > low and t.kind[k - 1] == ","), low)
    if w in ("and", "but", "or", "then"):
        return _coordinated(t, verb, k, low, depth) or clause_subject(t, k, low)
    if kind == ")":
        named = phrase_ending(t, _before_bracket(t, k, low), low)
        if named is not None and named[0] - 2 > low and t.low[named[0] - 1] == "and" and t.kind[named[0] - 2] == ")":
            other = phrase_ending(t, _before_bracket(t, named[0] - 2, low), low)
            return (other[0], named[1]) if other is not None else named
        return named
    if kind in ",-":
        return _past_apposition(t, gerund, k, low)
    if kind in ":;.Q(":
        return None
    return _of_gerund(t, k, low) if gerund else _adjacent(t, k, low)


def _before_bracket(t: Tokens, k: int, low: int) -> int:
    """The token before the bracket that closes at token k."""
    return next((j - 1 for j in range(k, low - 1, -1) if t.kind[j] == "("), k)


def clause_subject(t: Tokens, at: int, low: int) -> Phrase | None:
    """The first noun phrase of the clause before token `at`: what a verb without a subject of its own goes with."""
    i = clause_start(t, at, low)
    if i < at and t.kind[i] == "Q":
        i += 1
        while i < at and t.kind[i] == ",":
            i += 1
        if i < at and t.low[i] in lex.VERBS and t.low[i] not in lex.PEOPLE:
            return phrase_beginning(t, i + 1, at)
    if i < at and t.low[i] in ("there", "here"):
        return None
    found = phrase_beginning(t, i, at)
    if found is None or found[1] + 2 >= at:
        return found
    follows = found[1] + 1
    if t.low[follows] in ("ago", "before", "after") and t.kind[follows + 1] == ",":
        return phrase_beginning(t, follows + 2, at)
    if t.kind[follows] == "," and t.low[found[1]] in lex.TIMES:
        return phrase_beginning(t, follows + 1, at)
    if t.kind[follows] == "," and t.low[follows + 1] in lex.PRONOUNS and t.low[follows + 1] != "who":
        return (follows + 1, follows + 1)
    return found


def clause_start(t: Tokens, at: int, low: int) -> int:
    """Where the clause that token `at` stands in begins, past openers such as "But", "On Friday,"."""
    i = low
    while i < at:
        w = t.low[i]
        opens = (w in lex.PREPOSITIONS or w in lex.CONJUNCTIONS) and w not in _JOINING and i + 1 < at
        if t.kind[i] == "(":
            i = next((j + 1 for j in range(i, at) if t.kind[j] == ")"), i + 1)
        elif not opens and _is_opener(t, i):
            i += 1
        elif _time_leads(t, i, at):
            i = _time_leads(t, i, at)
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


def _time_leads(t: Tokens, i: int, at: int) -> int:
    """Past "Ten minutes later,", "Three days after the plea,"; 0 where no such thing begins at token i."""
    noun = next((j for j in range(i, min(i + 4, at)) if t.low[j] in lex.TIMES), None)
    if noun is None or t.cap[noun] or any(t.kind[j] not in "WN" for j in range(i, noun)):
        return 0
    if not (t.kind[i] == "N" or t.low[i] in lex.DETERMINERS | lex.QUANTIFIERS or i < noun):
        return 0
    after = noun + 1
    if after < at and t.low[after] in ("later", "earlier", "ago", "after", "before", "since", "into", "of"):
        comma = next((j for j in range(after, at) if t.kind[j] == ","), None)
        return comma + 1 if comma is not None else 0
    return after + 1 if after < at and t.kind[after] == "," else 0


def _is_opener(t: Tokens, i: int) -> bool:
    w = t.low[i]
    if t.kind[i] in ",:;-)." or w in ("and", "but", "so", "yet", "still", "then"):
        return True
    return w in lex.ADVERBS or (t.kind[i] == "W" and w.endswith("ly"))


def _leads_in(t: Tokens, i: int, low: int) -> bool:
    """Whether token i opens something that goes to the next comma: "After the vote,", "Asked about it,"."""
    w = t.low[i]
    if w in ("that", "who", "which"):
        return False
    if (
        w in lex.PREPOSITIONS
        or w in lex.CONJUNCTIONS
        or w in lex.DAYS
        or w == "asked"
        or (w.endswith("ing") and i == low)
    ):
        return True
    return _is_gerund(t, i)


def _is_time(t: Tokens, i: int) -> bool:
    return t.low[i] in lex.DAYS or (t.kind[i] == "N" and len(t.low[i]) == 4)


def _is_gerund(t: Tokens, i: int) -> bool:
    return t.low[i] in lex.VERBS and bool(lex.VERBS[t.low[i]].form & Form.GERUND)


def skip_back(t: Tokens, k: int, low: int) -> int:
    """From token k back over auxiliaries and adverbs, those between commas too."""
    while k >= low:
        w = t.low[k]
        if (
            _is_skipped(t, k, low)
            or (t.kind[k] == "P" and (k == low + 1 or (k > low and t.low[k - 1] in lex.PRONOUNS)))
            or (w == "on" and k + 1 < len(t) and t.low[k + 1] in lex.DAYS)
        ):
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
    if t.kind[k] != "W" or w in ("both", "all", "some"):
        return False
    if w in lex.AUXILIARIES and (not t.cap[k] or k == low):
        return True
    if t.cap[k] and k > low:
        return w in lex.DAYS
    return w in lex.ADVERBS or w in lex.DAYS or (w.endswith("ly") and not t.cap[k] and w not in ("family", "ally"))


def _of_governing(t: Tokens, k: int, low: int, depth: int) -> Phrase | None:
    """The subject of what a "to" or "by" at token k hangs on: "went on to say"; None for "an attempt to deny"."""
    to = t.low[k] == "to"
    if to and k > low and t.low[k - 1] in lex.PLANS:
        return None
    reach = k - 3 if to else k - 6
    governing = next(
        (
            j
            for j in range(k - 1, max(low - 1, reach), -1)
            if any(t.low[j] in v for v in (lex.VERBS, SPOKEN, lex.CHAIN))
        ),
        None,
    )
    if governing is None:
        return None if to else clause_subject(t, k, low)
    return subject_of(t, governing, low, depth + 1) or clause_subject(t, k, low)


def _coordinated(t: Tokens, verb: int, k: int, low: int, depth: int) -> Phrase | None:
    """The subject of the verb that "and" joins this one to: the nearest before it in the same form."""
    low = min(clause_start(t, k, low), k)
    form = lex.VERBS[t.low[verb]].form if t.low[verb] in lex.VERBS else Form.PAST
    for j in range(k - 1, low, -1):
        other = lex.VERBS.get(t.low[j])
        if other is None or t.cap[j] or not other.form & form & (Form.PAST | Form.THIRD | Form.GERUND):
            continue
        if t.nounish(j - 1) or t.low[j - 1] in lex.PRONOUNS or _is_adverb(t, j - 1):
            return subject_of(t, j, low, depth + 1)
    return None


def _of_gerund(t: Tokens, k: int, low: int) -> Phrase | None:
    """Who is -ing: the people right before it, else the subject of the clause ("a statement saying" is not it)."""
    near = phrase_ending(t, k, low)
    if near is None or t.low[k] in lex.DOCUMENTS:
        return clause_subject(t, k, low)
    witnessed = near[0] > low and t.low[near[0] - 1] in _WITNESSED
    return near if witnessed or tells_of_people(t, near) else clause_subject(t, k, low)


def _adjacent(t: Tokens, k: int, low: int) -> Phrase | None:
    """The phrase that ends at token k, unless it is only the end of a longer subject."""
    near = phrase_ending(t, k, low)
    if near is None:
        return clause_subject(t, k + 1, low)
    before = near[0] - 1
    if before < low or t.kind[before] in _BREAKS or t.low[before] in lex.CONJUNCTIONS or t.low[before] in SPOKEN:
        return near
    far = clause_subject(t, k + 1, low)
    if far is None:
        return near
    if far[1] + 1 < before and t.low[far[1] + 1] in ("who", "that", "which"):
        return far
    if t.cap[near[1]] or t.low[near[1]] in lex.PRONOUNS:
        hangs = t.low[before] in lex.PREPOSITIONS and tells_of_people(t, far) and far[1] < before
        return far if hangs and not any(t.kind[j] == "," for j in range(low, before)) else near
    return near if any(t.kind[j] == "," for j in range(far[1], k)) else far


def _past_apposition(t: Tokens, gerund: bool, k: int, low: int) -> Phrase | None:
    """The subject before something between commas or dashes: "Smith, who …, said"."""
    if t.kind[k - 1] == ")":
        k = next((j for j in range(k - 1, low - 1, -1) if t.kind[j] == "("), k)
    if gerund:
        spoken = next(
            (j for j in range(k - 1, max(low, k - 5), -1) if t.low[j] in SPOKEN and t.low[j] in lex.VERBS), None
        )
        found = subject_of(t, spoken, low, 1) if spoken is not None else None
        if found is None and spoken is not None:
            found = phrase_beginning(t, spoken + 1, k)
        return found or clause_subject(t, k, low)
    subject = clause_subject(t, k, low)
    if subject is not None and subject[1] + 1 < len(t) and t.kind[subject[1] + 1] in ",-(":
        return subject
    for c in range(low + 1, k):
        near = phrase_ending(t, c - 1, low) if t.kind[c] in ",-(" else None
        if near is None or not (t.cap[near[1]] or t.low[near[1]] in lex.PEOPLE or t.low[near[0]] in ("a", "an", "the")):
            continue
        before = near[0] - 1
        if before < low or t.kind[before] in _BREAKS or t.low[before] in lex.CONJUNCTIONS:
            return near
    return subject
