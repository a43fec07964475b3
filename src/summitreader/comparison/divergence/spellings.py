"""Names that two sources spell almost alike: "Aksel Brandt" and "Axel Brand". One of them is wrong, or transcribed."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations

from rapidfuzz.distance import OSA, Levenshtein

from summitreader.comparison.divergence.confidence import SPELLED_NAME, SPELLED_WORD, confidence
from summitreader.comparison.divergence.names import key_of, names_in
from summitreader.comparison.divergence.story import Story, made, quoted
from summitreader.comparison.divergence.times import MONTHS, WEEKDAYS
from summitreader.comparison.divergence.words import STOP_WORDS, stem, words_of
from summitreader.comparison.model import Divergence, PassageRef, SourceSpan
from summitreader.text.tokens import american_spelling, letters_spelled_out

_LONG_ENOUGH = 9
"""Letters that a full name needs: in shorter ones one letter makes another person."""


def find_spellings(story: Story) -> list[Divergence]:
    """Full names that stand in different sources and differ by a letter or two, hyphens, case and accents apart."""
    told: dict[tuple[str, ...], list[SourceSpan]] = {}
    common: set[str] = set()
    for source in story.report.sources:
        for n in story.heard(story.told_passages[source.id]):
            ref = PassageRef(source.id, n)
            text = story.text(ref)
            common.update(stem(w.low) for w in words_of(text) if w.sort == "word" and w.text.islower())
            for name in names_in(text):
                key = tuple(_plain(w) for w in key_of(text[name.start : name.end]))
                if len(key) >= 2:
                    told.setdefault(key, []).append(story.span(ref, name.start, name.end))
    found = []
    for a, b in _likely(story, told):
        ours, theirs = {s.source for s in told[a]}, {s.source for s in told[b]}
        if ours & theirs or not _almost(a, b) or any(stem(w) in common for w in (*a, *b)):
            continue
        sides = _one_each(told[a]), _one_each(told[b])
        first, second = told[a][0], told[b][0]
        found.append(
            made(
                story, "name", sides, confidence=confidence("name", SPELLED_NAME),
                summary=f"{story.labels[first.source]} writes {quoted(story.words(first))}, "
                f"{story.labels[second.source]} {quoted(story.words(second))}.",
                reason="two spellings of what is almost one name, each in sources of its own",
            )
        )  # fmt: skip
    found += _single_words(story, common, {w for d in found for s in d.spans for w in story.words(s).split()})
    return [d for d in found if len({letters_spelled_out(story.words(side.spans[0])) for side in d.sides}) > 1]


def _likely(story: Story, told: dict[tuple[str, ...], list[SourceSpan]]) -> list[tuple[tuple[str, ...], ...]]:
    """Names that begin alike, word by word, two and two, in the order in which they are first told."""
    initials: dict[tuple[str, ...], list[tuple[int, tuple[str, ...]]]] = {}
    first_told = sorted(told, key=lambda k: (story.order[told[k][0].source], told[k][0].start))
    for n, name in enumerate(story.heard(first_told)):
        initials.setdefault(tuple([w[:1] for w in name]), []).append((n, name))
    pairs = [pair for alike in initials.values() for pair in combinations(alike, 2)]
    return [(a, b) for (_, a), (_, b) in sorted(pairs)]


_ONE_WORD = 5
"""Letters that a name of one word needs."""
_ALIKE = 0.4
"""Share of the words of the shorter passage that two passages must have in common before one word in them is held
against another."""


def _single_words(story: Story, common: set[str], told: set[str]) -> list[Divergence]:
    """Capitalised words of two passages that tell the same, spelled almost alike and each in sources of its own."""
    having: dict[str, dict[str, SourceSpan]] = {}
    words: dict[PassageRef, dict[str, str]] = {}
    for source, numbers in story.told_passages.items():
        for n in story.heard(numbers):
            ref = PassageRef(source, n)
            here = words.setdefault(ref, {})
            for word in words_of(story.text(ref)):
                written = word.text[:-2] if word.text.endswith(("'s", "’s")) else word.text
                if (
                    not word.is_capital
                    or written.isupper()
                    or len(written) < _ONE_WORD
                    or stem(word.low) in common
                    or _is_known(written)
                ):
                    continue
                here.setdefault(_letters(written), written)
                span = story.span(ref, word.start, word.start + len(written))
                having.setdefault(written.casefold(), {}).setdefault(source, span)
    found: dict[frozenset[str], Divergence] = {}
    alike = _alike({letters for here in words.values() for letters in here})
    words = {ref: {x: w for x, w in here.items() if x in alike} for ref, here in words.items()}
    for pair in story.heard(story.pairs) if alike else ():
        if pair.overlap < _ALIKE or not words[pair.a] or not words[pair.b]:
            continue
        ours, theirs = words[pair.a], words[pair.b]
        for x in sorted(ours.keys() - theirs.keys()):
            for y in sorted(theirs.keys() - ours.keys()):
                a, b = ours[x], theirs[y]
                key = frozenset({a.casefold(), b.casefold()})
                if key not in found and _one_letter(x, y) and not {a, b} & told:
                    sides = having[a.casefold()], having[b.casefold()]
                    if not sides[0].keys() & sides[1].keys():
                        found[key] = _spelled(story, *(list(side.values()) for side in sides))
    return list(found.values())


def _alike(letters: set[str]) -> set[str]:
    """Those words that are one with another of them but for a letter or two."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(letters):
        by_first.setdefault(word[:1], []).append(word)
    close = (p for same in by_first.values() for p in combinations(same, 2) if abs(len(p[0]) - len(p[1])) <= 2)
    return {word for p in close if _one_letter(*p) for word in p}


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
    return stem(x) != stem(y) and all(
        x.replace(one, other) != y.replace(one, other) for one, other in (("our", "or"), ("y", "i"), ("ks", "x"))
    )


def _spelled(story: Story, ours: list[SourceSpan], theirs: list[SourceSpan]) -> Divergence:
    first, second = ours[0], theirs[0]
    return made(
        story, "name", [ours, theirs], confidence=confidence("name", SPELLED_WORD),
        summary=f"{story.labels[first.source]} writes {quoted(story.words(first))}, "
        f"{story.labels[second.source]} {quoted(story.words(second))}.",
        reason="two spellings of what is almost one word, in passages that tell the same",
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
