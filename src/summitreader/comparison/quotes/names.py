"""The names in one article: which mentions are one person or body, and which name a description or pronoun stands for.

Nothing is known of the world but given names and titles; a name, its title and its country are what the article itself
puts together. Where two would fit, there is no name: none is better than a wrong one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.lexicon import Form
from summitreader.comparison.quotes.phrases import head_of, phrase_beginning
from summitreader.comparison.quotes.tokens import Tokens
from summitreader.text.tokens import packaged_lines

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


@dataclass(slots=True)
class Entity:
    """One person or body of the article; `words` of its fullest form in lower case, `name` as it is written."""

    name: str
    words: tuple[str, ...]
    mentions: list[int] = field(default_factory=list)
    """Offsets of the text at which it is named, in order."""
    leading: list[int] = field(default_factory=list)
    """Those of them that open a sentence or govern a verb of saying."""
    called: set[str] = field(default_factory=set)
    """Titles, countries and nouns that stand before or after the name, in lower case."""
    person: bool = False
    sex: str | None = None
    seen: int = 0


@dataclass(slots=True)
class Names:
    """The names of an article: its persons and bodies, and each by any word of a name."""

    entities: list[Entity]
    by_word: dict[str, list[Entity]]


@cache
def given_names() -> dict[str, str]:
    """Given names in lower case, to "m", "f" or "" where they may be either."""
    names: dict[str, str] = {}
    for sex, *words in map(str.split, packaged_lines("en/given_names.txt", __package__)):
        for word in words:
            names[word] = sex if names.get(word, sex) == sex else ""
    return names


@dataclass(frozen=True, slots=True)
class _Run:
    """A row of capitalised words: the name proper, what it is called before it, and where."""

    words: tuple[str, ...]
    name: str
    called: frozenset[str]
    start: int
    leading: bool
    person: bool


def find_names(paragraphs: Sequence[Tokens]) -> Names:
    """The names of an article whose paragraphs are given in order."""
    plain = Counter(
        t.low[i] for t in paragraphs if not t.headline for i in range(len(t)) if t.kind[i] == "W" and not t.cap[i]
    )
    runs = [run for t in paragraphs if not t.headline for run in _runs(t, plain)]
    entities: list[Entity] = []
    by_word: dict[str, list[Entity]] = {}
    for run in sorted((r for r in runs if len(r.words) > 1), key=lambda r: -len(r.words)):
        entity = next((e for e in by_word.get(run.words[-1], ()) if one_name(run.words, e.words)), None)
        if entity is None:
            entity = Entity(run.name, run.words)
            entities.append(entity)
            for word in {run.words[-1], run.words[0]}:
                by_word.setdefault(word, []).append(entity)
        _join(entity, run)
    for entity in entities:
        entity.seen = len(entity.mentions)
        _describe(entity)
    sexed = lex.MALE_TITLES | lex.FEMALE_TITLES
    for run in sorted((r for r in runs if len(r.words) == 1), key=lambda r: not r.called & sexed):
        found = by_single(by_word, run.words[0], run.start, run.called)
        if found is None and run.name.isupper():
            found = spelled_out(entities, run.words[0])
        if found is None:
            if by_word.get(run.words[0]) and not run.called & sexed:
                continue
            found = Entity(run.name, run.words)
            entities.append(found)
            by_word.setdefault(run.words[0], []).append(found)
        _join(found, run)
    for entity in entities:
        entity.mentions.sort()
        entity.leading.sort()
        _describe(entity)
    return Names(entities, by_word)


def one_name(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the shorter row of words is a form of the fuller one: all its words, with the same end or beginning."""
    return words == full or (len(words) > 1 and set(words) <= set(full) and words[-1] == full[-1])


def _join(entity: Entity, run: _Run) -> None:
    entity.mentions.append(run.start)
    if run.leading:
        entity.leading.append(run.start)
    entity.called |= run.called
    entity.person = entity.person or run.person


def by_single(by_word: dict[str, list[Entity]], word: str, at: int, called: frozenset[str]) -> Entity | None:
    """The entity that one word names: the only one, else the one by far most often named in full before it."""
    sex = "f" if called & lex.FEMALE_TITLES else "m" if called & lex.MALE_TITLES else None
    known = [e for e in by_word.get(word, []) if sex is None or e.sex is None or e.sex == sex]
    last = [e for e in known if e.words[-1] == word]
    alone = [e for e in last if len(e.words) == 1]
    if len(alone) == 1:
        return alone[0]
    first = [e for e in known if e.words[0] == word and e not in last]
    if first and not last and word in given_names():
        last, first = first, []
    for choice in (last, first):
        if len(choice) == 1:
            return choice[0]
        if choice:
            ranked = sorted(choice, key=lambda e: -e.seen)
            before = [e for e in choice if any(m < at for m in e.mentions)]
            if len(before) == 1:
                return before[0]
            return ranked[0] if ranked[0].seen >= 3 * ranked[1].seen else None
    return None


def spelled_out(entities: Sequence[Entity], word: str) -> Entity | None:
    """The only body of the article whose initials the word is."""
    if not 2 <= len(word) <= 6:
        return None
    fits = [e for e in entities if "".join(w[0] for w in e.words) == word]
    return fits[0] if len(fits) == 1 else None


def _describe(entity: Entity) -> None:
    names = given_names()
    if len(entity.words) > 1 and entity.words[0] in names and not set(entity.words) & (lex.BODIES | lex.MEDIA_WORDS):
        entity.person = True
    if entity.called & lex.FEMALE_TITLES or entity.called & lex.FEMALE_NOUNS:
        entity.sex = "f"
    elif entity.called & lex.MALE_TITLES or entity.called & lex.MALE_NOUNS:
        entity.sex = "m"
    elif entity.person:
        entity.sex = names.get(entity.words[0]) or None


def _runs(t: Tokens, plain: Counter[str]) -> list[_Run]:
    runs = []
    i = 0
    n = len(t)
    while i < n:
        if not _name_word(t, i, plain):
            i += 1
            continue
        j = i
        while j + 1 < n and (_name_word(t, j + 1, plain) or _joins(t, j + 1, plain)):
            j += 1
        run = _run(t, i, j)
        if run is not None:
            runs.append(run)
        i = j + 1
    return runs


def _name_word(t: Tokens, i: int, plain: Counter[str]) -> bool:
    if not t.cap[i] or t.kind[i] != "W":
        return False
    low = t.low[i]
    if (low in lex.DAYS and low not in ("april", "june", "may")) or low in lex.PAGE_LABELS:
        return False
    if low in lex.VERBS and low not in lex.NOUNS_TOO and lex.VERBS[low].form & (Form.THIRD | Form.GERUND):
        return False
    if i == t.sentence[i] and (low in lex.ADVERBS or (plain[low] and low not in lex.TITLES)):
        return False
    return low not in lex.FUNCTION_WORDS or low == "will"


def _joins(t: Tokens, i: int, plain: Counter[str]) -> bool:
    """A small word inside a name: "Ursula von der Leyen", "Department of Justice"."""
    if i + 1 >= len(t):
        return False
    low = t.low[i]
    if low in lex.PARTICLES:
        return _name_word(t, i + 1, plain) or t.low[i + 1] in lex.PARTICLES
    return (
        low in ("of", "for", "and", "&", "the")
        and _name_word(t, i + 1, plain)
        and t.low[i - 1] in (lex.BODIES | {"department", "secretary", "house", "ministry", "institute"})
    )


def split_name(t: Tokens, first: int, last: int) -> tuple[int, int] | None:
    """The name proper inside a row of tokens: what stands after the last title, without "'s" and suffixes after it."""
    while last >= first and (t.kind[last] == "P" or not t.cap[last] or t.low[last] in lex.DAYS):
        last -= 1
    while last > first and t.low[last].strip(".") in SUFFIXES:
        last -= 1
    begin = first
    body = max((j for j in range(first, last + 1) if t.low[j] in lex.BODIES), default=-1)
    for i in range(first, last):
        if (
            t.kind[i] == "P"
            or ((t.low[i] in lex.TITLES or t.low[i] in lex.PEOPLE) and not _titles_own_name(t, i, last, body))
            or (not t.cap[i] and t.low[i] not in lex.PARTICLES and t.low[i] not in ("of", "for", "and", "&", "the"))
        ):
            begin = i + 1
    for i in range(begin + 1, last):
        named = t.low[i] in given_names() and t.low[i - 1] not in given_names()
        if named and (t.low[i - 1] in lex.PORTFOLIOS or t.low[i - 1] in lex.TITLES):
            begin = i
    while begin <= last and not (t.cap[begin] or t.low[begin] in lex.PARTICLES):
        begin += 1
    return (begin, last) if begin <= last else None


def _titles_own_name(t: Tokens, i: int, last: int, body: int) -> bool:
    """A word that is a title elsewhere inside a body's name: "Department of State", "Executive Council"; `body` is the
    last of the words that name a body, -1 where there is none."""
    return body > i or (last - i == 1 and t.low[last] in ("news", "times", "post", "house", "journal"))


def _run(t: Tokens, i: int, j: int) -> _Run | None:
    span = split_name(t, i, j)
    if span is None:
        return None
    a, b = span
    words = tuple(w.strip(".") for w in t.low[a : b + 1])
    if len(words) == 1 and (words[0] in lex.TITLES or words[0] in lex.PEOPLE):
        return None
    called = set(t.low[i:a])
    k = i - 1
    while k >= t.sentence[i] and t.kind[k] in "WN" and t.low[k] not in lex.FUNCTION_WORDS and not t.cap[k]:
        called.add(t.low[k])
        k -= 1
    called |= _apposition(t, b)
    after_the = i > t.sentence[i] and t.low[i - 1] == "the"
    person = not after_the and (bool(called & (lex.TITLES | lex.PEOPLE)) or _who(t, b, words))
    leading = i == t.sentence[i] or i - 1 == t.sentence[i] or t.kind[i - 1] in ",Q"
    return _Run(words, " ".join(t.words(a, b).split()), frozenset(called), t.start[a], leading, person)


def _apposition(t: Tokens, b: int) -> set[str]:
    """The words of what a name is explained by: "Xi, the Chinese leader, …"."""
    if b + 2 >= len(t) or t.kind[b + 1] != ",":
        return set()
    phrase = phrase_beginning(t, b + 2, t.sentence_end[b])
    if phrase is None or phrase[1] + 1 >= len(t) or t.kind[phrase[1] + 1] not in ",.":
        return set()
    head = head_of(t, phrase)
    if t.low[head] not in lex.PEOPLE:
        return set()
    return {t.low[j] for j in range(phrase[0], head + 1) if t.low[j] not in lex.FUNCTION_WORDS}


def _who(t: Tokens, b: int, words: tuple[str, ...]) -> bool:
    """Whether a name of two words or three goes on with "who": "Ngozi Adair, who speaks for the mothers, …"."""
    told = b + 2 < len(t) and t.kind[b + 1] == "," and t.low[b + 2] in ("who", "whose", "whom")
    return told and 1 < len(words) < 4 and not set(words) & (lex.BODIES | lex.MEDIA_WORDS | lex.FUNCTION_WORDS)


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


_APART = str.maketrans({"’": "'", "‘": "'", "‐": " ", "‑": " ", "–": " ", "—": " ", "-": " "})


def _parts(name: str) -> frozenset[str]:
    """The words of a name without case and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.translate(_APART)) if not unicodedata.combining(c))
    return frozenset(_WORD.findall(unicodedata.normalize("NFC", plain).casefold()))


def one_speaker(names: Iterable[str]) -> dict[str, str]:
    """For each of `names` the name that it is listed under: the fullest that surely means the same.

    Names that differ only in case, hyphens and white space are one. A shorter name is one with a longer that has all
    its words, where every longer one with them is one and the same, and none of the words is that of a body or office
    or begins small ("a spokesman"): then there may be several.
    """
    names = set(names)
    fullest: dict[frozenset[str], str] = {}
    for name in sorted(names, key=lambda n: (len(n), n)):
        parts = _parts(name)
        if parts and parts not in fullest:
            fullest[parts] = " ".join(name.split())
    home: dict[frozenset[str], frozenset[str]] = {}
    for parts, name in fullest.items():
        longer = [other for other in fullest if parts < other]
        widest = [other for other in longer if not any(other < more for more in longer)]
        single = len(widest) == 1 and all(other <= widest[0] for other in longer)
        named = name[:1].isupper() and not parts & lex.COMMON_NAMES and widest and not widest[0] & lex.COMMON_NAMES
        home[parts] = widest[0] if single and named and fullest[widest[0]][:1].isupper() else parts
    return {name: fullest.get(home.get(_parts(name), frozenset()), name) for name in names}
