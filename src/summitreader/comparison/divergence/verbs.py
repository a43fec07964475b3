"""What happened, by its verb: which words of a passage are verbs, what class they are of, and which governs a place.

Without a parser: a verb is a form in the tables, or a lower-case word in -ed, or -ing after no article.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from summitreader.comparison.divergence.figure_context import EVENT_OF
from summitreader.comparison.divergence.words import DASHES, STOP_WORDS, listed, stem, word_set
from summitreader.text.tokens import Token

SAYING = word_set("verbs.saying")
"""Words of telling: a day beside them is the day of the telling, not of what is told."""

_IRREGULAR = dict(word.split("=") for word in word_set("verbs.irregular"))
_PRESENT = word_set("verbs.present")
_NOT_VERBS = word_set("verbs.not_verbs")


@lru_cache(maxsize=8192)
def verb_class(low: str) -> str:
    """The kind of event that a word tells as a verb (see `EVENT_OF`), else its stem; empty for no verb."""
    if low in EVENT_OF and low not in {"count", "counts", "home", "live", "up", "down", "toll", "cases", "case"}:
        return EVENT_OF[low]
    if low in _IRREGULAR:
        return stem(_IRREGULAR[low])
    if low in _PRESENT:
        return stem(low)
    if len(low) > 4 and low.endswith(("ed", "ing")) and low not in _NOT_VERBS and low not in STOP_WORDS:
        return stem(low)
    return ""


def is_verb(word: Token) -> bool:
    """Whether a word may be a verb: of a known form, and not the middle of a name."""
    return word.kind == "word" and bool(verb_class(word.low)) and not (word.is_capital and word.start > 0)


_SENSES = tuple(
    frozenset(listed(line))
    for line in (
        "foil foiled foils thwart thwarted thwarts prevent prevented averted avert intercepted intercept",
        "enter entered enters checked check checks admitted",
        "held holds hold took take takes occurred occur happened happen staged convened",
        "struck strikes hit hits jolted shook rocked rattled",
        "published publish issued issue released",
        "vanished disappeared",
        "pass passed passes passing vote voted votes voting adopt adopted adopts adopting approve approved approves",
        "ferry vessel ship boat craft trawler freighter tanker",
    )
)
"""Words that reporters put for one another, beside those of `news_frames`."""


def sense_of(word: str) -> str:
    """One name for all verbs that are put for one another with a verb: that of its class where there are none."""
    return next((f"~{n}" for n, sense in enumerate(_SENSES) if word in sense), verb_class(word))


def alike(one: str, other: str) -> bool:
    """Whether two verbs may tell the same: of one class, or put for one another in the news."""
    if verb_class(one) == verb_class(other) != "" or any({one, other} <= sense for sense in _SENSES):
        return True
    return bool(_frames_of(one) & _frames_of(other))


def met_by_sense(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a stem of the one is put for a stem of the other in the news ("blaze", "fire")."""
    return bool(frozenset().union(*map(_frames, ours)) & frozenset().union(*map(_frames, theirs)))


def _frames_of(word: str) -> frozenset[int]:
    return _frames(stem(word)) | _frames(verb_class(word))


@lru_cache(maxsize=8192)
def _frames(stemmed: str) -> frozenset[int]:
    from summitreader.text.vocabulary import news_frames

    own = (-1 - n for n, sense in enumerate(_SENSES) if stemmed in map(stem, sense))
    return frozenset({*news_frames().get(stemmed, ()), *own})


_REACH = 18
"""Words that a time may stand off from the verb that it belongs to."""
_STOPS = frozenset({";", "—", ":", "(", ")", "“", "”", '"'})


def governing(words: tuple[Token, ...], first: int, last: int, breaks: frozenset[int]) -> int | None:
    """The index of the verb that words `first` to `last` belong to, or None: the nearest before them in the clause,
    else the nearest after.

    `breaks` are words that no clause reaches across, such as another time, unless nothing but a preposition parts them.
    """
    left = _REACH
    n = first - 1
    while n >= 0 and left:
        if words[n].text in _STOPS or _ends_sentence(words, n) or (n in breaks and first - n > _BESIDE):
            break
        if words[n].low in _OTHER_CLAUSE:
            return None
        if _governs(words, n):
            return n
        left -= words[n].kind == "word"
        n -= 1
    left = _REACH
    n = last + 1
    while n < len(words) and left:
        if words[n].text in _STOPS or _ends_sentence(words, n) or (n in breaks and n - last > _BESIDE):
            break
        if _governs(words, n):
            return n
        left -= words[n].kind == "word"
        n += 1
    return None


_OTHER_CLAUSE = listed("after before following when while during until since because")
"""Words between a verb and a time behind which the time is of another thing: "charged after a shooting on Friday"."""
_BESIDE = 3
"""Words within which another time is a part of the same one: "early Friday, around 1:30 a.m."."""


def _ends_sentence(words: tuple[Token, ...], n: int) -> bool:
    """Whether a point ends a sentence: not that of "Calif.," or "a.m. on"."""
    if words[n].text not in {".", "?", "!"}:
        return False
    after = words[n + 1] if n + 1 < len(words) else None
    return after is None or not (after.text == "," or after.text[:1].islower())


def _governs(words: tuple[Token, ...], n: int) -> bool:
    infinitive = n > 0 and words[n - 1].low == "to" and words[n].text.islower() and words[n].low not in STOP_WORDS
    return words[n].low in SAYING or infinitive or (is_verb(words[n]) and _stands_as_verb(words, n))


_BEFORE_GERUND = listed("is are was were be been am after before by while for without since , of and")
_STATIVE = frozenset(stem(w) for w in ["play", "work", "serve", "live", "own", "expect", "base", "use", "make"])


def _stands_as_verb(words: tuple[Token, ...], n: int) -> bool:
    """Whether a word tells what happened: no noun in -ing ("the shooting"), no noun of an event, no lasting state."""
    low = words[n].low
    if low.endswith("ing"):
        return n > 0 and words[n - 1].low in _BEFORE_GERUND
    if low.endswith("ed") and n + 1 < len(words) and words[n + 1].low == "by" and not _after_auxiliary(words, n):
        return False
    if low in _NOUNS or verb_class(low) in _STATIVE or (n > 0 and words[n - 1].text in DASHES):
        return False
    return not (n > 0 and words[n - 1].low in {"the", "a", "an", "his", "her", "its", "their"})


_AUXILIARIES = listed("is are was were be been being get gets got getting")


def _after_auxiliary(words: tuple[Token, ...], n: int) -> bool:
    """Whether a participle is a passive ("was attended by") and does not only describe ("the church attended by")."""
    return any(w.low in _AUXILIARIES for w in words[max(0, n - 3) : n])


_NOUNS = word_set("verbs.nouns")


_FAR = 8
"""Words that carry meaning that are taken from either side of a verb."""
_CLAUSES = listed("when while after before because where although though but if until since")
"""Words that another clause begins with."""
_RELATIVES = listed("who which that")
_PREPOSITIONS = word_set("verbs.prepositions")
_NO_PARTY = word_set("verbs.no_party")
_PRONOUNS = listed("he she it they him her them i we you")
_ENDS = frozenset({";", ":", "—", "“", "”", '"', "(", ")"})


@dataclass(frozen=True, slots=True)
class Party:
    """The stems of the words on one side of a verb; `names` are those that stand capitalised inside the sentence, and
    `direct` those that no preposition parts from the verb: of the words after it, its object."""

    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    direct: frozenset[str] = frozenset()


NOBODY = Party()


def parties(words: tuple[Token, ...], at: int, breaks: frozenset[int]) -> tuple[Party, Party]:
    """Who stands before and after the verb at `at`; `breaks` are words of times, which take no part."""
    return _before(words, at, breaks), _after(words, at, breaks)


def _before(words: tuple[Token, ...], at: int, breaks: frozenset[int]) -> Party:
    """The words before a verb; what a relative clause puts between ("the woman, who was pregnant, was found") is left
    out, and so is its own verb's "who"."""
    found: list[int] = []
    of_relative = False
    for n in range(at - 1, -1, -1):
        word = words[n]
        if n in breaks:
            continue
        if of_relative and found and (word.text == "," or word.low == "and"):
            break
        if word.text in _ENDS or (word.text in {".", "?", "!"} and found and word.end - word.start == 1):
            break
        if word.low in _CLAUSES and found:
            break
        if word.low in _RELATIVES:
            of_relative, found = not found, []
        elif _counts(word):
            found.append(n)
            if len(found) == _FAR:
                break
    return _party(words, found, found)


def _after(words: tuple[Token, ...], at: int, breaks: frozenset[int]) -> Party:
    found: list[int] = []
    direct: list[int] = []
    straight = True
    for n in range(at + 1, len(words)):
        word = words[n]
        if n in breaks:
            straight = False
            continue
        if word.text in _ENDS or word.low in _CLAUSES or word.low in _RELATIVES or len(found) == _FAR:
            break
        if word.text in {",", ".", "?", "!"} and found and not (n + 1 < len(words) and words[n + 1].is_capital):
            break
        if word.low in SAYING and is_verb(word):
            break
        straight = straight and word.low not in _PREPOSITIONS and word.text != ","
        if _counts(word):
            found.append(n)
            if straight and not word.low.endswith("ly"):
                direct.append(n)
    return _party(words, found, direct)


def _counts(word: Token) -> bool:
    return word.kind == "word" and word.low not in STOP_WORDS | _NO_PARTY | _PRONOUNS


def _party(words: tuple[Token, ...], found: list[int], direct: list[int]) -> Party:
    named = (
        n for n in found if words[n].is_capital and (n > 0 or _names_something(words)) and not _of_a_country(words[n])
    )
    return Party(
        frozenset(stem(words[n].low) for n in found),
        frozenset(stem(words[n].low) for n in named),
        frozenset(stem(words[n].low) for n in direct),
    )


def _of_a_country(word: Token) -> bool:
    """Whether a word is a country, its people or its capital: what many who take part have in common."""
    from summitreader.text.vocabulary import place_names

    return word.text.removesuffix("'s").removesuffix("’s") in place_names()


def _names_something(words: tuple[Token, ...]) -> bool:
    """Whether the first word of a sentence reads as a name: another capital or a verb follows."""
    after = words[1] if len(words) > 1 else None
    return after is not None and (after.is_capital or is_verb(after) or after.text in {",", "(", "'"})
