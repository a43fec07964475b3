"""Who takes part in what a verb tells: the words before it and after it in its clause, without a parser.

A party is a bag of stems, with the names among them, so that "an Indian warship" and "Warship INS Sukanya" can be found
to meet, and "McCalister" and "Kilpatrick" not to.
"""

from __future__ import annotations

from dataclasses import dataclass

from summitreader.comparison.divergence.verbs import SAYING, is_verb
from summitreader.comparison.divergence.words import STOP_WORDS, listed, stem
from summitreader.text.tokens import Token

_FAR = 8
"""Words that carry meaning that are taken from either side of a verb."""
_CLAUSES = listed("when while after before because where although though but if until since")
"""Words that another clause begins with."""
_RELATIVES = listed("who which that")
_PREPOSITIONS = listed(
    "in on at by for from to with of into onto over under during near outside against as about through"
)
_NO_PARTY = listed(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december early late morning afternoon evening night noon midnight today yesterday
    tomorrow time local am pm a.m. p.m. year years month week day days gmt est edt"""
)
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
