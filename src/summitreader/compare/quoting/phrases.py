"""Noun phrases in a row of items: the one that ends here, the one that begins here, the subject of a verb.

No tagger: closed word classes, capitals, commas and the verbs of `lexicon` are what it goes by. A phrase is a pair of
item numbers, both included.
"""

from __future__ import annotations

from summitreader.compare.quoting.items import SPOKEN, Items
from summitreader.compare.quoting.lexicon import (
    ADVERBS,
    ASPECT,
    BODIES,
    MEDIA_WORDS,
    AUXILIARIES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    DOCUMENTS,
    INSIDE_NOUN,
    OBJECT_PRONOUNS,
    PEOPLE,
    PLANS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    TITLES,
    VERBS,
    Form,
)

Phrase = tuple[int, int]
_BREAKS = frozenset(",:;-.Q()")
_LONGEST = 14
_WITNESSED = frozenset(("had", "has", "with", "heard", "saw", "quoted", "found", "caught", "recalled", "remembered"))
"""What may stand before somebody who is then -ing: "the film has him saying"."""
QUANTIFIERS = frozenset(
    "one two three four five several some many most all both none few each neither either any".split()
)
_JOINING = frozenset("and but or nor so yet that who which".split())
TIMES = frozenset(
    "week month year day night morning afternoon evening weekend time times summer winter fall spring cycle days "
    "weeks months years decade century hours minutes".split()
)
CHAIN = frozenset(
    [
        "went",
        "goes",
        "go",
        "going",
        "came",
        "comes",
        "come",
        "moved",
        "rushed",
        "used",
        "took",
        "takes",
        "began",
        "begin",
        "begins",
        "continued",
        "continues",
        "continue",
        "proceeded",
        "tried",
        "tries",
        "try",
        "failed",
        "fails",
        "managed",
        "needed",
        "needs",
        "has",
        "had",
        "have",
        "seemed",
        "seems",
        "appeared",
        "appears",
        "happened",
        "dared",
        "got",
        "quick",
        "able",
        "ready",
        "willing",
        "eager",
        "hopes",
        "hoped",
        "wants",
        "wanted",
        "likely",
        "set",
        "due",
    ]
)
"""What "to say" may hang on, beside the verbs of saying: "went on to say"."""


def phrase_ending(t: Items, last: int, low: int) -> Phrase | None:
    """The noun phrase whose last item is `last`, not reaching before item `low`."""
    if last < low:
        return None
    if t.low[last] in PRONOUNS or t.low[last] in ("those", "both", "some", "many", "others", "one", "most"):
        return (last, last)
    if not t.nounish(last) and not (t.cap[last] and t.low[last] not in PREPOSITIONS):
        return None
    first = last
    i = last
    while i > low and last - i < _LONGEST:
        j = i - 1
        w = t.low[j]
        if t.kind[j] == "P" and j > low:
            i = first = j
        elif w in DETERMINERS or w in POSSESSIVES:
            first = i = j
            if j > low + 1 and t.low[j - 1] == "of" and t.low[j - 2] in QUANTIFIERS:
                first = j - 2
            if not (j > low and t.low[j - 1] in DETERMINERS and t.low[j - 1] != "that"):
                break
        elif t.nounish(j) or (
            t.cap[j] and t.kind[j] == "W" and w not in PRONOUNS and w not in PREPOSITIONS and w not in CONJUNCTIONS
        ):
            if _name_after_plain(t, j, i):
                break
            first = i = j
        elif w in INSIDE_NOUN and j > low and t.nounish(j - 1) and not _leads(t, j - 1, low):
            i = j - 1
            first = i
        elif w in ("and", "&") and j > low and t.cap[i] and t.cap[j - 1] and t.nounish(j - 1):
            first = i = j - 1
        else:
            break
    return (first, last)


def _name_after_plain(t: Items, j: int, i: int) -> bool:
    """A name right after a common noun that is no title: the two are no one phrase ("after the vote Trump")."""
    return (
        t.cap[i]
        and not t.cap[j]
        and t.kind[j] == "W"
        and t.low[j] not in TITLES
        and t.low[j] not in PEOPLE
        and t.low[j] not in BODIES
        and t.low[j] not in MEDIA_WORDS
        and "-" not in t.low[j]
    )


def _leads(t: Items, j: int, low: int) -> bool:
    """Whether item j is a verb rather than a noun before a preposition."""
    w = t.low[j]
    return not t.cap[j] and (
        (w in VERBS and bool(VERBS[w].form & Form.GERUND)) or (w.endswith(("ed", "ing")) and w not in PEOPLE)
    )


def phrase_beginning(t: Items, first: int, high: int, *, whole: bool = True) -> Phrase | None:
    """The noun phrase whose first item is `first`, ending before item `high`; with `whole` its "of …", "for …" too."""
    if first >= high or t.kind[first] not in "WN":
        return None
    w = t.low[first]
    if w in PRONOUNS and w != "who":
        return (first, first)
    i = first
    if w == "that" and first + 1 < high and (t.low[first + 1] in DETERMINERS or t.cap[first + 1]):
        return None
    while i < high and (t.low[i] in DETERMINERS or t.low[i] in POSSESSIVES):
        i += 1
    body = i
    while i < high:
        if t.kind[i] == "P" and i > body and i + 1 < high:
            i += 1
        elif t.kind[i] in "WN" and (
            t.nounish(i)
            or (
                t.cap[i]
                and i == first
                and t.low[i] not in DAYS
                and t.low[i] not in PREPOSITIONS
                and t.low[i] not in CONJUNCTIONS
                and t.low[i] not in AUXILIARIES
                and t.low[i] not in ADVERBS
            )
        ):
            if i > body and not t.cap[i] and (_verb_after_noun(t, i) or (i + 1 < high and t.low[i + 1] == "by")):
                break
            if i > body and not t.cap[i] and t.low[i].endswith("ed") and not _modifies(t, i + 1, high):
                break
            if (
                i > body
                and t.cap[i - 1]
                and not t.cap[i]
                and t.low[i] not in PEOPLE
                and t.kind[i] == "W"
                and _looks_finite(t.low[i])
            ):
                break
            i += 1
        elif (
            t.low[i] in ("and", "&")
            and i > body
            and i + 1 < high
            and t.cap[i - 1]
            and t.cap[i + 1]
            and t.nounish(i + 1)
        ) or (
            t.low[i] in ("of", "the")
            and t.cap[i - 1]
            and i > body
            and i + 1 < high
            and (t.cap[i + 1] or t.low[i + 1] == "the")
        ):
            i += 1
        elif whole and i > body and t.low[i] in INSIDE_NOUN and i + 1 < high and not t.cap[i - 1]:
            inner = phrase_beginning(t, i + 1, high, whole=False)
            if inner is None or t.low[inner[0]] in DAYS:
                break
            i = inner[1] + 1
        else:
            break
    if (
        i == body
        and i > first
        and t.low[first] in ("some", "many", "most", "others", "another", "one", "both", "those")
    ):
        return (first, i - 1)
    return (first, i - 1) if i > body else None


def _modifies(t: Items, after: int, high: int) -> bool:
    """Whether a form in -ed has a noun after it to go with: "the elected president", not "the meeting unfolded"."""
    return after < high and t.nounish(after)


def _looks_finite(w: str) -> bool:
    return w in VERBS or w.endswith("ed")


def _verb_after_noun(t: Items, i: int) -> bool:
    w = t.low[i]
    if w in SPOKEN:
        return True
    return w in VERBS and bool(VERBS[w].form & (Form.PAST | Form.THIRD | Form.GERUND)) and w not in PEOPLE and w not in (
        "reports", "claims", "calls", "votes", "polls", "reporting", "state", "states", "proposed", "promised", "united",
        "quotes", "reads", "posts", "texts", "charges", "plans", "views", "signals", "notes", "estimates", "projects",
        "demands", "questions", "challenges", "attacks", "offers", "fears", "hopes", "thinking", "meeting", "announced",
        "alleged", "suspected", "expected", "unnamed", "named", "floats", "lists", "knowing", "briefing", "briefs",
    )  # fmt: skip


def clause_start(t: Items, at: int, low: int) -> int:
    """Where the clause that item `at` stands in begins, past openers such as "But", "On Friday,"."""
    i = low
    while i < at:
        w = t.low[i]
        opens = (w in PREPOSITIONS or w in CONJUNCTIONS) and w not in _JOINING and i + 1 < at
        if not opens and (
            t.kind[i] in ",:;-)."
            or w in ("and", "but", "so", "yet", "still", "then")
            or w in ADVERBS
            or (t.kind[i] == "W" and w.endswith("ly"))
        ):
            i += 1
        elif t.kind[i] == "(":
            i = _past(t, i, at, ")")
        elif (
            w in PREPOSITIONS
            or w in CONJUNCTIONS
            or w in DAYS
            or (w in VERBS and bool(VERBS[w].form & Form.GERUND))
            or w == "asked"
            or (w.endswith("ing") and i == low)
        ) and w not in ("that", "who", "which"):
            if w in ("on", "in", "by", "last", "since") and i + 1 < at and _is_time(t, i + 1):
                i += 2
                continue
            comma = next((j for j in range(i, at) if t.kind[j] == ","), None)
            if comma is None:
                return i
            i = comma + 1
        else:
            return i
    return at


def _is_time(t: Items, i: int) -> bool:
    return t.low[i] in DAYS or (t.kind[i] == "N" and len(t.low[i]) == 4)


def _past(t: Items, i: int, at: int, mark: str) -> int:
    return next((j + 1 for j in range(i, at) if t.kind[j] == mark), i + 1)


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
    if found is not None and found[1] + 2 < at:
        follows = found[1] + 1
        if t.low[follows] in ("ago", "before", "after") and t.kind[follows + 1] == ",":
            return phrase_beginning(t, follows + 2, at)
        if t.kind[follows] == "," and t.low[found[1]] in TIMES:
            return phrase_beginning(t, follows + 1, at)
        if t.kind[follows] == "," and t.low[follows + 1] in PRONOUNS and t.low[follows + 1] != "who":
            return (follows + 1, follows + 1)
    return found


def skip_back(t: Items, k: int, low: int) -> int:
    """From item k back over auxiliaries and adverbs, those between commas too."""
    while k >= low:
        w = t.low[k]
        if (
            t.kind[k] == "W"
            and (
                (w in AUXILIARIES and (not t.cap[k] or k == low))
                or w in ADVERBS
                or w in DAYS
                or (w.endswith("ly") and not t.cap[k] and w not in ("family", "ally"))
            )
            and w not in ("both", "all", "some")
        ) or (t.kind[k] == "P" and k == low + 1):
            k -= 1
        elif w in ("on", "week", "month", "year", "night", "morning") and k + 1 < len(t) and _time(t, k):
            k -= 1 if w == "on" else 2
        elif (
            t.kind[k] == ","
            and k - 2 >= low
            and t.kind[k - 2] == ","
            and (t.low[k - 1] in ADVERBS or t.low[k - 1].endswith("ly"))
        ):
            k -= 3
        elif t.kind[k] == "P" and k - 1 >= low and t.low[k - 1] in PRONOUNS:
            k -= 1
        else:
            break
    return k


def _time(t: Items, k: int) -> bool:
    """Whether item k ends or opens a date such as "on Thursday" or "last week"."""
    return t.low[k + 1] in DAYS if t.low[k] == "on" else k > 0 and t.low[k - 1] in ("last", "this", "next", "that")


def subject_of(t: Items, verb: int, low: int, depth: int = 0) -> Phrase | None:
    """The subject that stands before the verb at item `verb`, in its own clause or the one it leans on."""
    k = skip_back(t, verb - 1, low)
    gerund = bool(VERBS[t.low[verb]].form & Form.GERUND) if t.low[verb] in VERBS else False
    if gerund and k >= low and t.low[k] in ASPECT:
        k = skip_back(t, k - 1, low)
    if k < low or depth > 3:
        return None
    w, kind = t.low[k], t.kind[k]
    if w == "to" or (w in ("by", "in", "after", "before", "while", "when", "for", "without") and gerund):
        if w == "to" and k > low and t.low[k - 1] in PLANS:
            return None
        governing = _governing(t, k, low)
        if w == "to" and governing is None:
            return None
        found = subject_of(t, governing, low, depth + 1) if governing is not None else None
        return found or clause_subject(t, k, low)
    if w == "who" or (w == "which" and k > low):
        return (k, k)
    if w == "that":
        before = k - 1 - (k > low and t.kind[k - 1] == ",")
        return phrase_ending(t, before, low) if before >= low else (k, k) if w == "who" else None
    if w in PRONOUNS:
        return (k, k)
    if w in ("and", "but", "or", "then"):
        return _coordinated(t, verb, k, low, depth) or clause_subject(t, k, low)
    if kind == ")":
        k = next((j - 1 for j in range(k, low - 1, -1) if t.kind[j] == "("), k)
        return phrase_ending(t, k, low)
    if kind in ",-":
        return _past_apposition(t, verb, k, low)
    if kind in ":;.Q(":
        return None
    if gerund:
        near = phrase_ending(t, k, low)
        witnessed = near is not None and near[0] > low and t.low[near[0] - 1] in _WITNESSED
        if t.low[k] in DOCUMENTS or near is None or not (witnessed or _is_people(t, near)):
            return clause_subject(t, k, low)
        return near
    return _adjacent(t, k, low)


def _coordinated(t: Items, verb: int, k: int, low: int, depth: int) -> Phrase | None:
    """The subject of the verb that "and" joins this one to: the nearest before it in the same form."""
    form = VERBS[t.low[verb]].form if t.low[verb] in VERBS else Form.PAST
    for j in range(k - 1, low, -1):
        other = VERBS.get(t.low[j])
        if other is None or t.cap[j] or not other.form & form & (Form.PAST | Form.THIRD | Form.GERUND):
            continue
        if t.nounish(j - 1) or t.low[j - 1] in PRONOUNS or t.low[j - 1] in ADVERBS or t.low[j - 1].endswith("ly"):
            return subject_of(t, j, low, depth + 1)
    return None


def _governing(t: Items, k: int, low: int) -> int | None:
    """The verb that a "to" or "by" at item k hangs on."""
    reach = k - 3 if t.low[k] == "to" else k - 6
    return next(
        (
            j
            for j in range(k - 1, max(low - 1, reach), -1)
            if t.low[j] in VERBS or t.low[j] in SPOKEN or t.low[j] in CHAIN
        ),
        None,
    )


def _adjacent(t: Items, k: int, low: int) -> Phrase | None:
    near = phrase_ending(t, k, low)
    if near is None:
        return clause_subject(t, k, low)
    before = near[0] - 1
    if before < low or t.kind[before] in _BREAKS or t.low[before] in CONJUNCTIONS or t.low[before] in SPOKEN:
        return near
    far = clause_subject(t, k, low)
    if far is not None and far[1] + 1 < before and t.low[far[1] + 1] in ("who", "that", "which"):
        return far
    if t.cap[near[1]] or t.low[near[1]] in PRONOUNS:
        hangs = far is not None and t.low[before] in PREPOSITIONS and _is_people(t, far) and far[1] < before
        return far if hangs and not any(t.kind[j] == "," for j in range(low, before)) else near
    if far is None or any(t.kind[j] == "," for j in range(far[1], k)):
        return near
    return far


def _is_people(t: Items, phrase: Phrase) -> bool:
    return any(is_person_noun(t.low[j]) for j in range(phrase[0], phrase[1] + 1))


def is_person_noun(word: str) -> bool:
    """Whether a common noun stands for somebody: those that are listed, and the fishermen and horsewomen that are not."""
    return word in PEOPLE or (len(word) > 5 and word.endswith(("man", "woman", "men", "women", "person")))


def _past_apposition(t: Items, verb: int, k: int, low: int) -> Phrase | None:
    """The subject before something between commas or dashes: "Smith, who …, said"."""
    gerund = t.low[verb] in VERBS and bool(VERBS[t.low[verb]].form & Form.GERUND)
    if t.kind[k - 1] == ")":
        k = next((j for j in range(k - 1, low - 1, -1) if t.kind[j] == "("), k)
    subject = clause_subject(t, k, low)
    if gerund:
        return subject
    if subject is not None and subject[1] + 1 < len(t) and t.kind[subject[1] + 1] in ",-(":
        return subject
    for c in range(low + 1, k):
        if t.kind[c] not in ",-(":
            continue
        near = phrase_ending(t, c - 1, low)
        if near is not None and (t.cap[near[1]] or t.low[near[1]] in PEOPLE or t.low[near[0]] in ("a", "an", "the")):
            before = near[0] - 1
            if before < low or t.kind[before] in _BREAKS or t.low[before] in CONJUNCTIONS:
                return near
    return subject
