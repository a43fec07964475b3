"""Names that are almost one name, spelled one way in some sources and another way in others.

Candidates come from an index of the words with a letter or two left out, so the work grows with the number of names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import OSA, Levenshtein

from summitreader.comparison.divergence.names import key_of, names_in
from summitreader.comparison.divergence.story import SPELLED_NAME, SPELLED_WORD, Story, confidence, made, quoted
from summitreader.comparison.divergence.words import STOP_WORDS, stem
from summitreader.comparison.model import Divergence, PassageRef, SourceSpan
from summitreader.text.tokens import american_spelling, letters_spelled_out, tokens_of
from summitreader.text.vocabulary import MONTHS, WEEKDAYS

_LONG_ENOUGH = 9
"""Letters of a whole name from which a small difference is rather a slip than another name."""
_ONE_WORD = 5
"""Letters that a name of one word needs."""
_ALIKE = 0.4
"""Share of the words of the shorter passage that two passages must have in common before one word in them is held
against another."""
_LONGEST = 24
"""Letters of a word that is looked at; longer ones are no names."""
_CROWD = 40
"""Spellings that may share an entry of the index; more are a made-up text."""
_SLIP, _USUAL = 7, 3
"""Letters of a word that one source writes once beside the usual spelling, and how often the usual one is written."""

_TRANSCRIBED = (("our", "or"), ("y", "i"), ("ks", "x"), ("ou", "o"), ("u", "o"))
"""Letters that spellings and transcriptions put for one another."""

Key = tuple[str, ...]


def find_spellings(story: Story) -> list[Divergence]:
    """Names of two words or more, and single words in passages that report the same, that are almost one."""
    told: dict[Key, list[SourceSpan]] = {}
    common: set[str] = set()
    for source, numbers in story.told_passages.items():
        for n in story.heard(numbers):
            ref = PassageRef(source, n)
            text = story.text(ref)
            common.update(stem(w.low) for w in tokens_of(text) if w.kind == "word" and w.text.islower())
            for name in names_in(text):
                key = tuple(_plain(w) for w in key_of(text[name.start : name.end]))
                if len(key) >= 2:
                    told.setdefault(key, []).append(story.span(ref, name.start, name.end))
    found = []
    for a, b in story.heard(near_spellings(told)):
        apart = {s.source for s in told[a]}.isdisjoint(s.source for s in told[b])
        if apart and _almost(a, b) and not any(stem(w) in common for w in (*a, *b)):
            why = "two spellings of what is almost one name, each in sources of its own"
            found.append(_spelled(story, _one_each(told[a]), _one_each(told[b]), SPELLED_NAME, why))
    known = {w for d in found for s in d.spans for w in story.words(s).split()}
    found += _single_words(story, common, known)
    return [d for d in found if len({letters_spelled_out(story.words(side.spans[0])) for side in d.sides}) > 1]


@dataclass(frozen=True)
class _Words:
    """The capitalised words of a story: those of each passage by their letters, where each is first written in each
    source, how often it is written, and which of them another name follows."""

    at: dict[PassageRef, dict[str, str]]
    having: dict[str, dict[str, SourceSpan]]
    often: Counter[str]
    given: set[str]


def _capitalised(story: Story, common: set[str]) -> _Words:
    found = _Words({}, {}, Counter(), set())
    for source, numbers in story.told_passages.items():
        for n in story.heard(numbers):
            ref = PassageRef(source, n)
            here = found.at.setdefault(ref, {})
            read = tokens_of(story.text(ref))
            for at, word in enumerate(read):
                written = word.text.removesuffix("'s").removesuffix("’s")
                if not word.is_capital or written.isupper() or not _ONE_WORD <= len(written) <= _LONGEST:
                    continue
                if stem(word.low) in common or _is_known(written):
                    continue
                low = written.casefold()
                here.setdefault(_letters(written), written)
                found.often[low] += 1
                if at + 1 < len(read) and read[at + 1].is_capital:
                    found.given.add(low)
                span = story.span(ref, word.start, word.start + len(written))
                found.having.setdefault(low, {}).setdefault(source, span)
    return found


def _single_words(story: Story, common: set[str], told: set[str]) -> list[Divergence]:
    """Capitalised words spelled almost alike: each in sources of its own, in passages that report the same; or one of
    them once in the whole story."""
    capitalised = _capitalised(story, common)
    words, having, often = capitalised.at, capitalised.having, capitalised.often
    near = {
        frozenset((a[0], b[0]))
        for a, b in story.heard(near_spellings((letters,) for here in words.values() for letters in here))
        if _one_letter(a[0], b[0])
    }
    alike = frozenset().union(*near)
    found: dict[frozenset[str], Divergence] = {}

    def add(a: str, b: str, why: str) -> None:
        key = frozenset({a.casefold(), b.casefold()})
        if key not in found and not {a, b} & told:
            ours, theirs = (list(having[w.casefold()].values()) for w in (a, b))
            found[key] = _spelled(story, ours, theirs, SPELLED_WORD, why)

    words = {ref: {x: w for x, w in here.items() if x in alike} for ref, here in words.items()}
    for pair in story.heard(story.pairs) if near else ():
        ours, theirs = words[pair.a], words[pair.b]
        for x in sorted(ours.keys() - theirs.keys()) if pair.overlap >= _ALIKE else ():
            for y in sorted(theirs.keys() - ours.keys()):
                if {x, y} in near and not having[ours[x].casefold()].keys() & having[theirs[y].casefold()].keys():
                    add(ours[x], theirs[y], "two spellings of what is almost one word, in passages that tell the same")
    written = {letters: word for here in words.values() for letters, word in here.items()}
    for x, y in sorted(sorted(pair) for pair in near):
        rare, usual = sorted((written[x], written[y]), key=lambda w: often[w.casefold()])
        once = often[rare.casefold()] == 1 and len(rare) >= _SLIP and often[usual.casefold()] >= _USUAL
        if once and rare.casefold() not in capitalised.given and len(having[usual.casefold()]) > 1:
            add(rare, usual, "spelled so once, and otherwise in all sources")
    return list(found.values())


def near_spellings(names: Iterable[Key]) -> list[tuple[Key, Key]]:
    """Pairs of names that are equal but for one word, and in that word but for two letters at most, in their order."""
    order = {name: n for n, name in enumerate(dict.fromkeys(names))}
    index: dict[tuple[int, Key, str], list[Key]] = defaultdict(list)
    for name in order:
        for n, word in enumerate(name):
            rest = (*name[:n], *name[n + 1 :])
            for shorter in _shortened(word) if len(word) <= _LONGEST else ():
                index[n, rest, shorter].append(name)
    pairs = {pair for near in index.values() if len(near) <= _CROWD for pair in combinations(near, 2)}
    return sorted(pairs, key=lambda p: (order[p[0]], order[p[1]]))


def _shortened(word: str) -> set[str]:
    """A word, and what is left of it without one letter, or two, after the first."""
    once = {word[:n] + word[n + 1 :] for n in range(1, len(word))}
    return {word} | once | {w[:n] + w[n + 1 :] for w in once for n in range(1, len(w))}


def _is_known(word: str) -> bool:
    """Whether a word is a country, its people or its capital, a day or a month, or no name at all."""
    from summitreader.text.vocabulary import place_names

    low = word.lower()
    return word.capitalize() in place_names() or low in WEEKDAYS or low in MONTHS or low in STOP_WORDS


def _one_letter(x: str, y: str) -> bool:
    """Whether two words are one but for a letter, or two in a long one, and not two forms of it."""
    if x == y or x[:1] != y[:1] or x.startswith(y) or y.startswith(x) or min(len(x), len(y)) < _ONE_WORD:
        return False
    if OSA.distance(x, y) > (1 if min(len(x), len(y)) < 9 else 2) or american_spelling(x) == american_spelling(y):
        return False
    return stem(x) != stem(y) and all(x.replace(*one) != y.replace(*one) for one in _TRANSCRIBED)


def _spelled(
    story: Story, ours: list[SourceSpan], theirs: list[SourceSpan], evidence: float, reason: str
) -> Divergence:
    first, second = ours[0], theirs[0]
    return made(
        story, "name", [ours, theirs], confidence=confidence("name", evidence),
        summary=f"{story.labels[first.source]} writes {quoted(story.words(first))}, "
        f"{story.labels[second.source]} {quoted(story.words(second))}.",
        reason=reason,
    )  # fmt: skip


def _one_each(spans: list[SourceSpan]) -> list[SourceSpan]:
    return list({s.source: s for s in reversed(spans)}.values())[::-1]


def _plain(word: str) -> str:
    """Letters only, in lower case, without accents, and as one transcription has them: what tells no names apart."""
    return re.sub(r"(.)\1", r"\1", _letters(word).replace("ks", "x").replace("y", "i"))


def _letters(word: str) -> str:
    """The same, with doubled letters and those that one letter more makes another name."""
    word = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(c for c in word if c.isalpha()).replace("ae", "ai").replace("oe", "o")
    return letters.removesuffix("h")


def _almost(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    joined_a, joined_b = "".join(a), "".join(b)
    if joined_a == joined_b or len(a) != len(b) or min(len(joined_a), len(joined_b)) < _LONG_ENOUGH:
        return False
    if any(x != y and (x[:1] != y[:1] or Levenshtein.distance(x, y) > _most(x, y)) for x, y in zip(a, b, strict=True)):
        return False
    if any(x != y and (x.startswith(y) or y.startswith(x)) for x, y in zip(a[:-1], b[:-1], strict=True)):
        return False
    changed = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    inflected = any(
        x.rstrip("s") == y.rstrip("s") or (x in y and y[len(x) :] in {"n", "an", "ese"}) for x, y in changed
    )
    return not inflected and Levenshtein.distance(joined_a, joined_b) <= 3


def _most(x: str, y: str) -> int:
    """How many letters may differ in a part of a name: in a short one, one letter makes another name."""
    return 2 if min(len(x), len(y)) > 4 else 1
