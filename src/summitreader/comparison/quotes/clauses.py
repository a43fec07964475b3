"""Noun phrases in a row of tokens: the one that ends here, the one that begins here.

No tagger: closed word classes, capitals, commas and the verbs of `lexicon` are what it goes by. A phrase is a pair of
token numbers, both included.
"""

from __future__ import annotations

from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.lexicon import Form
from summitreader.comparison.quotes.tokens import SPOKEN, Tokens

Phrase = tuple[int, int]
_LONGEST = 14
"""Tokens; what is longer is no noun phrase but a sentence that was misread."""
_STANDS_ALONE = frozenset(("all", "some", "many", "most", "others", "another", "one", "both", "those"))
_NO_NAME = lex.DAYS | lex.PREPOSITIONS | lex.CONJUNCTIONS | lex.AUXILIARIES | lex.ADVERBS


def is_person_noun(word: str) -> bool:
    """Whether a common noun stands for somebody: those that are listed, and fishermen and horsewomen, who are not."""
    return word in lex.PEOPLE or (len(word) > 5 and word.endswith(("man", "woman", "men", "women", "person")))


def tells_of_people(t: Tokens, phrase: Phrase) -> bool:
    """Whether a word of the phrase is one for people."""
    return any(is_person_noun(t.low[j]) for j in range(phrase[0], phrase[1] + 1))


def head_of(t: Tokens, phrase: Phrase) -> int:
    """The head of a plain noun phrase: the last token before its first preposition."""
    first, last = phrase
    title = next((j for j in range(last - 1, first, -1) if t.low[j] in lex.TITLES and t.cap[last]), first)
    for j in range(max(first, title) + 1, last + 1):
        if t.low[j] in lex.INSIDE_NOUN:
            return j - 1
    return last


_OPENS = (lex.FUNCTION_WORDS | lex.ADVERBS | lex.DAYS | lex.PAGE_LABELS | lex.WH) - (
    lex.DETERMINERS | lex.POSSESSIVES | {"who", "which"}
)
_DANGLES = lex.FUNCTION_WORDS | lex.ADVERBS | lex.DAYS


def speaking_part(t: Tokens, phrase: Phrase | None) -> Phrase | None:
    """The part of a noun phrase that can be somebody, a body or a document that says something; None where it has none.

    Adverbs and conjunctions before it and times after it are no part of it, and where a finite verb is in it, it ends
    there. Its head is a name or a noun for people, bodies or documents, and neither a time nor a number. In doubt it is
    nobody: that is better than somebody doubtful.
    """
    if phrase is None:
        return None
    first, last = phrase
    if first == last and (t.low[first] in lex.PRONOUNS or t.low[first] in _STANDS_ALONE or t.low[first] == "which"):
        return phrase
    named = [t.cap[j] and j > t.sentence[j] and not t.headline for j in range(first, last + 1)]
    while first < last and t.low[first] in _OPENS and not named[first - phrase[0]]:
        first += 1
    last = next((j for j in range(first + 1, last + 1) if _ends_subject(t, j)), last + 1) - 1
    while (
        last > first
        and (t.kind[last] not in "WN" or t.low[last] in _DANGLES)
        and not (named[last - phrase[0]] and t.low[last] not in lex.DAYS)
    ):
        if t.low[last] in lex.OBJECT_PRONOUNS and t.low[first] in lex.COUNTED:
            break
        last -= 1
    return (first, last) if _is_speaker(t, first, last) else None


def _ends_subject(t: Tokens, j: int) -> bool:
    """Whether token j, inside what was taken for a noun phrase, is a finite verb."""
    w = t.low[j]
    if t.cap[j] or t.low[j - 1] in lex.DETERMINERS:
        return False
    return w in lex.FINITE or (w in lex.VERBS and bool(lex.VERBS[w].form & Form.PAST) and w not in lex.NOUNS_TOO)


def _is_speaker(t: Tokens, first: int, last: int) -> bool:
    head = head_of(t, (first, last))
    low = t.low[head]
    inner = t.cap[head] and head > t.sentence[head] and not t.headline
    if t.kind[first] == "P" or (t.low[last] in lex.TIMES and not t.cap[last]):
        return False
    if t.low[first] in lex.COUNTED and first < last:
        return not low.endswith("ed")
    if t.kind[head] == "N":
        return "-year-old" in low or (head > first and (t.cap[head - 1] or t.low[head - 1] in lex.DOCUMENTS))
    if inner:
        return low not in lex.DAYS | lex.WH
    bare = first == last and not low.endswith("s") and low not in lex.COLLECTIVE
    if low in _OPENS or low in lex.DETERMINERS or low in lex.POSSESSIVES:
        return False
    if t.cap[head]:
        verb = low in lex.VERBS or low.endswith(("ing", "ed")) or low in lex.TIMES or low in lex.FINITE
        speaks = last + 1 < len(t) and (t.low[last + 1] in lex.VERBS or t.low[last + 1] in lex.AUXILIARIES)
        return not verb or (speaks and first == last) or (head > first and t.cap[head - 1])
    if low.rpartition("-")[2] in lex.SPEAKING or low.endswith(lex.PERSON_ENDINGS):
        return not bare
    return False


def phrase_ending(t: Tokens, last: int, low: int) -> Phrase | None:
    """The noun phrase whose last token is `last`, not reaching before token `low`."""
    if last < low:
        return None
    if t.low[last] in lex.PRONOUNS or t.low[last] in _STANDS_ALONE:
        return (last, last)
    if not t.nounish(last) and not (
        t.cap[last] and t.low[last] not in lex.PREPOSITIONS and t.low[last] not in lex.CONJUNCTIONS | lex.WH
    ):
        return None
    i = last
    while i > low and last - i < _LONGEST:
        w = t.low[i - 1]
        if w == "that" and (t.cap[i] or t.low[last].endswith("s")):
            break
        if w in lex.DETERMINERS or w in lex.POSSESSIVES:
            return _determined(t, i - 1, last, low)
        before = _one_back(t, i, low)
        if before is None:
            break
        i = before
    return (i, last)


def _determined(t: Tokens, first: int, last: int, low: int) -> Phrase:
    """The phrase that the determiner at token `first` opens, with "all the …", "several of those …"."""
    if first > low + 1 and t.low[first - 1] == "of" and t.low[first - 2] in lex.QUANTIFIERS:
        return (first - 2, last)
    while first > low and t.low[first - 1] in lex.DETERMINERS and t.low[first - 1] != "that":
        first -= 1
    speaking = first > low + 1 and any(t.low[first - 2] in nouns for nouns in (lex.PEOPLE, lex.BODIES, lex.DOCUMENTS))
    if speaking and t.low[first - 1] in lex.INSIDE_NOUN:
        longer = phrase_ending(t, first - 2, low)
        return (longer[0], last) if longer else (first, last)
    return (first, last)


def _one_back(t: Tokens, i: int, low: int) -> int | None:
    """The token that goes before token i in one noun phrase; None where the phrase begins with i."""
    j = i - 1
    w = t.low[j]
    if t.kind[j] == "P":
        return j if j > low else None
    if t.nounish(j) or (
        t.cap[j] and t.kind[j] == "W" and w not in lex.PRONOUNS and w not in lex.PREPOSITIONS | lex.CONJUNCTIONS
    ):
        return None if _name_after_plain(t, j, i) else j
    if j == low or not t.nounish(j - 1):
        return None
    if w in lex.INSIDE_NOUN and not _leads(t, j - 1):
        return j - 1
    return j - 1 if w in ("and", "&") and t.cap[i] and t.cap[j - 1] else None


def _name_after_plain(t: Tokens, j: int, i: int) -> bool:
    """A name right after a common noun that is no title: the two are no one phrase ("after the vote Trump")."""
    if not t.cap[i] or t.cap[j] or t.kind[j] != "W" or "-" in t.low[j] or t.low[j] in lex.PARTICLES:
        return False
    return not any(t.low[j] in words for words in (lex.TITLES, lex.PEOPLE, lex.BODIES, lex.MEDIA_WORDS))


def _leads(t: Tokens, j: int) -> bool:
    """Whether token j is a verb rather than a noun before a preposition."""
    w = t.low[j]
    if t.cap[j]:
        return False
    return (w in lex.VERBS and bool(lex.VERBS[w].form & Form.GERUND)) or (
        w.endswith(("ed", "ing")) and w not in lex.PEOPLE
    )


def phrase_beginning(t: Tokens, first: int, high: int, *, whole: bool = True) -> Phrase | None:
    """The noun phrase whose first token is `first`, ending before `high`; with `whole` its "of …", "for …" too."""
    if first >= high or t.kind[first] not in "WN":
        return None
    w = t.low[first]
    if w in lex.PRONOUNS and w != "who":
        return (first, first)
    if w == "that" and first + 1 < high and (t.low[first + 1] in lex.DETERMINERS or t.cap[first + 1]):
        return None
    body = first
    while body < high and (t.low[body] in lex.DETERMINERS or t.low[body] in lex.POSSESSIVES):
        body += 1
    i = body
    while i < high:
        after = _one_on(t, i, first, body, high) or (_of(t, i, high) if whole and i > body else 0)
        if not after:
            break
        i = after
    if i > body:
        return (first, i - 1)
    if i == first + 1 and i + 1 < high and w in lex.QUANTIFIERS and t.low[i] == "of":
        whom = phrase_beginning(t, i + 1, high, whole=whole)
        if whom is not None or t.low[i + 1] in lex.OBJECT_PRONOUNS:
            return (first, whom[1] if whom else i + 1)
    return (first, i - 1) if i > first and w in _STANDS_ALONE else None


def _one_on(t: Tokens, i: int, first: int, body: int, high: int) -> int:
    """Past token i where it goes on with the noun phrase from `body`; 0 where it does not."""
    inside, more = i > body, i + 1 < high
    if t.low[i] in lex.PARTICLES and more and (t.cap[i + 1] or t.low[i + 1] in lex.PARTICLES):
        return i + 1
    if t.kind[i] == "P":
        return i + 1 if inside and more else 0
    if t.kind[i] in "WN" and (t.nounish(i) or (t.cap[i] and i == first and t.low[i] not in _NO_NAME)):
        return 0 if inside and not t.cap[i] and _is_verb_inside(t, i, high) else i + 1
    if not (inside and more and (t.cap[i - 1] or (t.low[i] == "the" and t.low[i - 1] == "of" and t.cap[i - 2]))):
        return 0
    joins = t.low[i] in ("and", "&") and t.cap[i + 1] and t.nounish(i + 1)
    names = t.low[i] in ("of", "the") and (t.cap[i + 1] or t.low[i + 1] == "the")
    return i + 1 if joins or names else 0


def _of(t: Tokens, i: int, high: int) -> int:
    """Past "of …", "for …" after a common noun; 0 where none stands at token i."""
    if t.low[i] not in lex.INSIDE_NOUN or i + 1 >= high or t.cap[i - 1]:
        return 0
    inner = phrase_beginning(t, i + 1, high, whole=False)
    if inner is None or t.low[inner[0]] in lex.DAYS:
        return 0
    return inner[1] + 1 + (t.low[inner[1]] == "last" and inner[1] + 1 < high and t.low[inner[1] + 1] in lex.DAYS)


def _is_verb_inside(t: Tokens, i: int, high: int) -> bool:
    """Whether a small word after the first of a noun phrase is the verb that ends it."""
    w = t.low[i]
    if (
        w in SPOKEN
        or (i + 1 < high and t.low[i + 1] == "by" and (w.endswith("ed") or w in lex.VERBS or w in lex.PUBLISHED))
        or (w in lex.FINITE and w not in lex.NOUNS_TOO)
    ):
        return True
    if w.endswith("ed") and not (i + 1 < high and t.nounish(i + 1)):
        return True
    if w.endswith("ing") and i + 1 < high and t.low[i + 1] in lex.DETERMINERS:
        return True
    follows = t.low[i + 1] if i + 1 < high else ""
    if t.cap[i - 1] and w not in lex.PEOPLE and t.kind[i] == "W" and (w in lex.VERBS or w.endswith("ed")):
        return follows not in lex.PEOPLE and follows not in lex.TITLES
    verb = lex.VERBS.get(w)
    if verb is None or not verb.form & (Form.PAST | Form.THIRD | Form.GERUND):
        return False
    return w not in lex.PEOPLE and w not in lex.NOUNS_TOO


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
