"""Whom a mention means: the name that a description or a pronoun stands for, where the article leaves no doubt.

Where two would fit there is no name: none is better than a wrong one.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import mul

from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.names import (
    Entity,
    Names,
    by_single,
    one_name,
    spelled_out,
    split_name,
)
from summitreader.comparison.quotes.phrases import (
    Phrase,
    head_of,
    is_person_noun,
    phrase_beginning,
    phrase_ending,
    speaking_part,
)
from summitreader.comparison.quotes.tokens import Tokens

_IN_VIEW = 1200
"""Characters back to which a pronoun or description may reach."""
_POSSESSIVE = re.compile(r"(?<=[^\Ws])['’]s?$|(?<=s)['’]s$")
_ONE = lex.DETERMINERS & {"a", "an", "the", "one", "another"} | lex.POSSESSIVES
_COMPASS = frozenset(("north", "south", "east", "west", "united", "new", "saudi", "white", "supreme"))


def resolve(
    names: Names, t: Tokens, phrase: Phrase, speakers: Sequence[tuple[int, Entity]]
) -> tuple[str | None, bool, Entity | None]:
    """What to call the mention `phrase`: its name, whether that is inferred, and whose it is.

    `speakers` are those who have spoken so far, with where, latest last.
    """
    first, last = phrase
    low = t.low[last]
    if first == last and low in ("he", "she"):
        entity = _pronoun(names, t, first, speakers)
        return (entity.name, True, entity) if entity else (None, True, None)
    if first == last and low in ("who", "which"):
        before = first - 1 - (first > t.sentence[first] and t.kind[first - 1] == ",")
        antecedent = phrase_ending(t, before, t.sentence[first])
        if antecedent is None or speaking_part(t, antecedent) is None:
            return None, True, None
        return resolve(names, t, antecedent, speakers)
    if first == last and low in ("they", "it", "we", "i", "you"):
        return None, True, None
    text = t.words(first, last)
    head = head_of(t, phrase)
    named = _named_after(t, phrase, head)
    if named is not None:
        return resolve(names, t, named, speakers)
    surname = first == head and t.low[head] in names.by_word
    if not surname and (not t.cap[head] or t.low[head] in lex.PEOPLE or t.low[head] in lex.BODIES):
        whose = any(t.kind[j] == "P" for j in range(first, head)) or t.low[first] in lex.POSSESSIVES
        if not (t.cap[last] and head == last and t.low[head] not in lex.PEOPLE):
            entity = None if whose else _description(names, t, phrase, head, speakers)
            if (
                entity is None
                and t.low[first] == "the"
                and first < head == last
                and _office(t.low[head]) in lex.SAME_OFFICE.values()
            ):
                return None, True, None
            one = t.low[first] in _ONE and not t.low[head].endswith("s")
            if entity is None and is_person_noun(t.low[head]) and one:
                entity = _nameless(names, t, phrase, head)
                return entity.name, False, entity
            return (entity.name, True, entity) if entity else (_tidy(text), False, None)
    span = split_name(t, first, head)
    if span is None or t.low[head] in lex.DETERMINERS:
        return _tidy(text), False, None
    a, b = span
    while a < b and t.low[a] in ("the", "a", "an"):
        a += 1
    words = tuple(w.strip(".") for w in t.low[a : b + 1])
    entity = _known(names, words, t.start[a], frozenset(t.low[first:a]))
    if (
        entity is not None
        and len(entity.words) > 1
        and not set(entity.words) & (lex.BODIES | lex.MEDIA_WORDS | lex.DOCUMENTS)
    ):
        entity.person = entity.person or _given_two(entity)
    return (entity.name if entity else _tidy(t.words(a, b))), False, entity


def _named_after(t: Tokens, phrase: Phrase, head: int) -> Phrase | None:
    """The name that explains a description: "His lawyer, Beatrix Noor, said", "said a spokesman, Conrad Lyle"."""
    comma = phrase[1] + 1
    if comma + 1 >= len(t) or t.kind[comma] != "," or (t.cap[head] and t.low[head] not in lex.TITLES):
        return None
    named = phrase_beginning(t, comma + 1, t.sentence_end[head])
    if named is None or not all(t.cap[named[0] : named[1] + 1]):
        return None
    return named if named[1] + 1 >= len(t) or t.kind[named[1] + 1] in ",.;-Q" else None


def _nameless(names: Names, t: Tokens, phrase: Phrase, head: int) -> Entity:
    """Somebody whom the article leaves without a name, so that a later "he" or "she" is nobody else."""
    at = t.start[phrase[0]]
    noun = t.low[head]
    sex = "f" if noun in lex.FEMALE_NOUNS else "m" if noun in lex.MALE_NOUNS else None
    called = {t.low[j] for j in range(phrase[0], head + 1) if t.low[j] not in lex.FUNCTION_WORDS}
    entity = Entity(_tidy(t.words(*phrase)), (), [at], [at], called, True, sex)
    names.entities.append(entity)
    return entity


def _given_two(entity: Entity) -> bool:
    """A name of two or three words, none of them small, that speaks: a person, as far as the form shows."""
    return len(entity.words) <= 3 and not set(entity.words) & (lex.FUNCTION_WORDS | _COMPASS)


def _tidy(text: str) -> str:
    return _POSSESSIVE.sub("", " ".join(text.split()))


def _known(names: Names, words: tuple[str, ...], at: int, called: frozenset[str]) -> Entity | None:
    if len(words) == 1:
        found = by_single(names.by_word, words[0], at, called)
        return found or spelled_out(names.entities, words[0])
    return next((e for e in names.by_word.get(words[-1], ()) if one_name(words, e.words)), None)


def _description(
    names: Names, t: Tokens, phrase: Phrase, head: int, speakers: Sequence[tuple[int, Entity]]
) -> Entity | None:
    """The only or likeliest one that a definite description fits: the Chinese leader, the news agency."""
    first = phrase[0]
    if t.low[first] not in ("the", "that", "this"):
        return None
    noun = t.low[head]
    if noun.endswith("s"):
        return None
    wanted = {t.low[j] for j in range(first + 1, head)}
    if noun in lex.MEDIA_WORDS:
        known = [e for e in names.entities if {noun, *wanted} <= set(e.words) and e.mentions[0] < t.start[first]]
        return known[0] if len(known) == 1 else None
    told = {w for e in names.entities for w in (*e.called, *e.words)}
    fits = []
    for e in names.entities:
        if e.mentions[0] >= t.start[first]:
            continue
        held = bool(e.called & lex.LEADERS) if noun == "leader" else _office(noun) in map(_office, e.called)
        if held and (wanted & told) <= e.called | set(e.words):
            fits.append(e)
    at = t.start[first]
    return fits[0] if len(fits) == 1 else likeliest(candidates(fits, at, at, at, speakers))


def _office(word: str) -> str:
    return lex.SAME_OFFICE.get(word, word)


def _pronoun(names: Names, t: Tokens, i: int, speakers: Sequence[tuple[int, Entity]]) -> Entity | None:
    """Who "he" or "she" is: the likeliest of those whose sex does not speak against it, or None in doubt.

    It is never one whom its own sentence names after it: who says that Lee knew is not Lee (Chomsky's condition C).
    Where the sentence before names several and is about none of them, it is nobody.
    """
    at, end = t.start[i], t.end[t.sentence_end[i] - 1]
    sex = "m" if t.low[i] == "he" else "f"
    people = [
        e for e in names.entities if e.person and (not e.sex or e.sex == sex) and not _within(e.mentions, at, end)
    ]
    sentence, before = t.start[t.sentence[i]], _sentence_before(t, i)
    near = [e for e in people if _within(e.mentions, before, sentence)]
    if len(near) > 1 and not any(_within(e.leading, before, sentence) for e in near):
        return None
    return likeliest(candidates(people, at, sentence, before, speakers))


def _sentence_before(t: Tokens, i: int) -> int:
    """The offset at which the sentence before that of token i begins, in its paragraph."""
    first = t.sentence[i]
    return t.start[t.sentence[first - 1]] if first > 0 else t.start[first]


def _within(offsets: Sequence[int], since: int, until: int) -> bool:
    return bisect_left(offsets, since) < bisect_left(offsets, until)


Candidate = tuple[Entity, tuple[float, ...]]
"""An entity, and what speaks for it: see `FEATURES`."""
FEATURES = ("here", "subject here", "before", "speaker", "named last", "subject last")
WEIGHTS = (0.76, -0.67, 1.75, 1.31, 0.36, 1.51)
"""Learnt by `benchmarks/quotations_fit.py` from pronouns of polnear and of the stories, documents left out."""
AHEAD = 1.6
"""How many times as likely as the next somebody has to be; 1.5 to 2 do as well on documents left out."""


def candidates(
    among: Sequence[Entity], at: int, sentence: int, before: int, speakers: Sequence[tuple[int, Entity]]
) -> list[Candidate]:
    """Those of `among` in view before offset `at`, in a sentence that begins at `sentence`, after one at `before`."""
    spoken = [(where, e) for where, e in speakers[-8:] if at - _IN_VIEW < where < at]
    last_spoken = {id(e): where for where, e in spoken}
    view = []
    for e in among:
        end, lead = bisect_left(e.mentions, at), bisect_left(e.leading, at)
        said = last_spoken.get(id(e), -1)
        named = e.mentions[end - 1] if end else -1
        if max(named, said) >= at - _IN_VIEW:
            view.append((e, named, max(e.leading[lead - 1] if lead else -1, said)))
    last_named = max((named for _, named, _ in view), default=-1)
    last_subject = max((subject for _, _, subject in view), default=-1)
    return [
        (
            e,
            (
                float(_within(e.mentions, sentence, at)),
                float(_within(e.leading, sentence, at)),
                float(_within(e.mentions, before, sentence)),
                float(bool(spoken) and spoken[-1][1] is e),
                float(named == last_named),
                float(subject == last_subject),
            ),
        )
        for e, named, subject in view
    ]


def likeliest(among: Sequence[Candidate]) -> Entity | None:
    """The likeliest candidate, if it is `AHEAD` times as likely as the next."""
    ranked = sorted(((sum(map(mul, WEIGHTS, row)), -n) for n, (_, row) in enumerate(among)), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] < ranked[1][0] + math.log(AHEAD)):
        return None
    return among[-ranked[0][1]][0]
