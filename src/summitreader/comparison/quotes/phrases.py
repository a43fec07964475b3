"""Noun phrases in a row of items: the one that ends here, the one that begins here.

No tagger: closed word classes, capitals, commas and the verbs of `lexicon` are what it goes by. A phrase is a pair of
item numbers, both included.
"""

from __future__ import annotations

from summitreader.comparison.quotes.items import SPOKEN, Items
from summitreader.comparison.quotes.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BODIES,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    DOCUMENTS,
    INSIDE_NOUN,
    MEDIA_WORDS,
    NOUNS_TOO,
    OBJECT_PRONOUNS,
    PARTICLES,
    PEOPLE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUANTIFIERS,
    TITLES,
    VERBS,
    Form,
)

Phrase = tuple[int, int]
_LONGEST = 14
"""Items; what is longer is no noun phrase but a sentence that was misread."""
_STANDS_ALONE = frozenset(("all", "some", "many", "most", "others", "another", "one", "both", "those"))
_NO_NAME = DAYS | PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | ADVERBS


def is_person_noun(word: str) -> bool:
    """Whether a common noun stands for somebody: those that are listed, and fishermen and horsewomen, who are not."""
    return word in PEOPLE or (len(word) > 5 and word.endswith(("man", "woman", "men", "women", "person")))


def tells_of_people(t: Items, phrase: Phrase) -> bool:
    """Whether a word of the phrase is one for people."""
    return any(is_person_noun(t.low[j]) for j in range(phrase[0], phrase[1] + 1))


def phrase_ending(t: Items, last: int, low: int) -> Phrase | None:
    """The noun phrase whose last item is `last`, not reaching before item `low`."""
    if last < low:
        return None
    if t.low[last] in PRONOUNS or t.low[last] in _STANDS_ALONE:
        return (last, last)
    if not t.nounish(last) and not (t.cap[last] and t.low[last] not in PREPOSITIONS):
        return None
    i = last
    while i > low and last - i < _LONGEST:
        w = t.low[i - 1]
        if w in DETERMINERS or w in POSSESSIVES:
            return _determined(t, i - 1, last, low)
        before = _one_back(t, i, low)
        if before is None:
            break
        i = before
    return (i, last)


def _determined(t: Items, first: int, last: int, low: int) -> Phrase:
    """The phrase that the determiner at item `first` opens, with "all the …", "several of those …"."""
    if first > low + 1 and t.low[first - 1] == "of" and t.low[first - 2] in QUANTIFIERS:
        return (first - 2, last)
    while first > low and t.low[first - 1] in DETERMINERS and t.low[first - 1] != "that":
        first -= 1
    speaking = first > low + 1 and any(t.low[first - 2] in nouns for nouns in (PEOPLE, BODIES, DOCUMENTS))
    if speaking and t.low[first - 1] in INSIDE_NOUN:
        longer = phrase_ending(t, first - 2, low)
        return (longer[0], last) if longer else (first, last)
    return (first, last)


def _one_back(t: Items, i: int, low: int) -> int | None:
    """The item that goes before item i in one noun phrase; None where the phrase begins with i."""
    j = i - 1
    w = t.low[j]
    if t.kind[j] == "P":
        return j if j > low else None
    if t.nounish(j) or (t.cap[j] and t.kind[j] == "W" and w not in PRONOUNS and w not in PREPOSITIONS | CONJUNCTIONS):
        return None if _name_after_plain(t, j, i) else j
    if j == low or not t.nounish(j - 1):
        return None
    if w in INSIDE_NOUN and not _leads(t, j - 1):
        return j - 1
    return j - 1 if w in ("and", "&") and t.cap[i] and t.cap[j - 1] else None


def _name_after_plain(t: Items, j: int, i: int) -> bool:
    """A name right after a common noun that is no title: the two are no one phrase ("after the vote Trump")."""
    if not t.cap[i] or t.cap[j] or t.kind[j] != "W" or "-" in t.low[j] or t.low[j] in PARTICLES:
        return False
    return not any(t.low[j] in words for words in (TITLES, PEOPLE, BODIES, MEDIA_WORDS))


def _leads(t: Items, j: int) -> bool:
    """Whether item j is a verb rather than a noun before a preposition."""
    w = t.low[j]
    if t.cap[j]:
        return False
    return (w in VERBS and bool(VERBS[w].form & Form.GERUND)) or (w.endswith(("ed", "ing")) and w not in PEOPLE)


def phrase_beginning(t: Items, first: int, high: int, *, whole: bool = True) -> Phrase | None:
    """The noun phrase whose first item is `first`, ending before item `high`; with `whole` its "of …", "for …" too."""
    if first >= high or t.kind[first] not in "WN":
        return None
    w = t.low[first]
    if w in PRONOUNS and w != "who":
        return (first, first)
    if w == "that" and first + 1 < high and (t.low[first + 1] in DETERMINERS or t.cap[first + 1]):
        return None
    body = first
    while body < high and (t.low[body] in DETERMINERS or t.low[body] in POSSESSIVES):
        body += 1
    i = body
    while i < high:
        after = _one_on(t, i, first, body, high) or (_of(t, i, high) if whole and i > body else 0)
        if not after:
            break
        i = after
    if i > body:
        return (first, i - 1)
    if i == first + 1 and i + 1 < high and w in QUANTIFIERS and t.low[i] == "of":
        whom = phrase_beginning(t, i + 1, high, whole=whole)
        if whom is not None or t.low[i + 1] in OBJECT_PRONOUNS:
            return (first, whom[1] if whom else i + 1)
    return (first, i - 1) if i > first and w in _STANDS_ALONE else None


def _one_on(t: Items, i: int, first: int, body: int, high: int) -> int:
    """Past item i where it goes on with the noun phrase from `body`; 0 where it does not."""
    inside, more = i > body, i + 1 < high
    if t.low[i] in PARTICLES and more and (t.cap[i + 1] or t.low[i + 1] in PARTICLES):
        return i + 1
    if t.kind[i] == "P":
        return i + 1 if inside and more else 0
    if t.kind[i] in "WN" and (t.nounish(i) or (t.cap[i] and i == first and t.low[i] not in _NO_NAME)):
        return 0 if inside and not t.cap[i] and _is_verb_inside(t, i, high) else i + 1
    if not (inside and more and t.cap[i - 1]):
        return 0
    joins = t.low[i] in ("and", "&") and t.cap[i + 1] and t.nounish(i + 1)
    names = t.low[i] in ("of", "the") and (t.cap[i + 1] or t.low[i + 1] == "the")
    return i + 1 if joins or names else 0


def _of(t: Items, i: int, high: int) -> int:
    """Past "of …", "for …" after a common noun; 0 where none stands at item i."""
    if t.low[i] not in INSIDE_NOUN or i + 1 >= high or t.cap[i - 1]:
        return 0
    inner = phrase_beginning(t, i + 1, high, whole=False)
    if inner is None or t.low[inner[0]] in DAYS:
        return 0
    return inner[1] + 1 + (t.low[inner[1]] == "last" and inner[1] + 1 < high and t.low[inner[1] + 1] in DAYS)


def _is_verb_inside(t: Items, i: int, high: int) -> bool:
    """Whether a small word after the first of a noun phrase is the verb that ends it."""
    w = t.low[i]
    if w in SPOKEN or (i + 1 < high and t.low[i + 1] == "by"):
        return True
    if w.endswith("ed") and not (i + 1 < high and t.nounish(i + 1)):
        return True
    if t.cap[i - 1] and w not in PEOPLE and t.kind[i] == "W" and (w in VERBS or w.endswith("ed")):
        return True
    verb = VERBS.get(w)
    if verb is None or not verb.form & (Form.PAST | Form.THIRD | Form.GERUND):
        return False
    return w not in PEOPLE and w not in NOUNS_TOO
