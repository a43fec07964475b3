"""Noun phrases in a row of tokens: the one that ends here, the one that begins here.

No tagger: closed word classes, capitals, commas and the verbs of `lexicon` are what it goes by. A phrase is a pair of
token numbers, both included.
"""

from __future__ import annotations

from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.lexicon import Form
from summitreader.comparison.quotes.tokens import Tokens

Phrase = tuple[int, int]
_STANDS_ALONE = frozenset(("all", "some", "many", "most", "others", "another", "one", "both", "those"))
_NO_NAME = lex.DAYS | lex.PREPOSITIONS | lex.CONJUNCTIONS | lex.AUXILIARIES | lex.ADVERBS


def is_person_noun(word: str) -> bool:
    """Whether a common noun stands for somebody: those that are listed, and fishermen and horsewomen, who are not."""
    return word in lex.PEOPLE or (len(word) > 5 and word.endswith(("man", "woman", "men", "women", "person")))


def tells_of_people(t: Tokens, phrase: Phrase) -> bool:
    """Whether a word of the phrase is one for people."""
    return any(is_person_noun(t.low[j]) for j in range(phrase[0], phrase[1] + 1))


def head_of(t: Tokens, phrase: Phrase) -> int:
    """The head of a plain noun phrase: the last token before its first preposition ("Secretary of State" aside)."""
    first, last = phrase
    titled = next((j for j in range(last - 1, first, -1) if t.low[j] in lex.TITLES and t.cap[last]), first)
    for j in range(first + 1, last + 1):
        if t.low[j] in lex.INSIDE_NOUN and not (j < titled and t.cap[j - 1]):
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
    if t.low[last] in lex.TIMES and not t.cap[last]:
        return False
    if t.low[first] in lex.COUNTED and first < last:
        return not low.endswith("ed")
    if t.kind[head] == "N":
        return "-year-old" in low or (head > first and t.cap[head - 1])
    if t.cap[head] and head > t.sentence[head] and not t.headline:
        return low not in lex.DAYS | lex.WH
    if low in _OPENS or low in lex.DETERMINERS:
        return False
    if t.cap[head]:
        verb = low in lex.VERBS or low.endswith(("ing", "ed")) or low in lex.TIMES
        speaks = last + 1 < len(t) and (t.low[last + 1] in lex.VERBS or t.low[last + 1] in lex.AUXILIARIES)
        return not verb or speaks
    bare = first == last and not low.endswith("s") and low not in lex.COLLECTIVE
    return not bare and (low.rpartition("-")[2] in lex.SPEAKING or low.endswith(lex.PERSON_ENDINGS))


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
    while i > low:
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
    """The phrase that the determiner at token `first` opens, with "all the …", "a spokesman for the …"."""
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
    if t.kind[i] == "P":
        return i + 1 if inside and more else 0
    if t.nounish(i):
        return 0 if inside and not t.cap[i] and _is_verb_inside(t, i, high) else i + 1
    if not (inside and more and t.cap[i - 1]) or t.low[i] not in ("and", "&", "of", "the", *lex.PARTICLES):
        return 0
    return i + 1 if t.cap[i + 1] or t.low[i + 1] in lex.PARTICLES else 0


def _of(t: Tokens, i: int, high: int) -> int:
    """Past "of …", "for …" after a common noun; 0 where none stands at token i."""
    if t.low[i] not in lex.INSIDE_NOUN or i + 1 >= high or t.cap[i - 1]:
        return 0
    inner = phrase_beginning(t, i + 1, high, whole=False)
    return inner[1] + 1 if inner is not None else 0


def _is_verb_inside(t: Tokens, i: int, high: int) -> bool:
    """Whether a small word after the first of a noun phrase is the verb that ends it."""
    w = t.low[i]
    follows = t.low[i + 1] if i + 1 < high else ""
    if w in lex.SPOKEN or (w in lex.FINITE and w not in lex.NOUNS_TOO):
        return True
    if w.endswith("ed") and not (i + 1 < high and t.nounish(i + 1)):
        return True
    if w.endswith("ing") and follows in lex.DETERMINERS:
        return True
    if t.cap[i - 1] and (w in lex.VERBS or w.endswith("ed")):
        return follows not in lex.PEOPLE and follows not in lex.TITLES
    verb = lex.VERBS.get(w)
    return verb is not None and bool(verb.form & ~(Form.BASE | Form.PARTICIPLE)) and w not in lex.NOUNS_TOO
