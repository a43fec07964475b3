"""Names that two sources spell almost alike: "Aksel Brandt" and "Axel Brand". One of them is wrong, or transcribed."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from summitreader.compare.diverging.names import key_of, names_in
from summitreader.compare.diverging.story import Story, made, quoted
from summitreader.compare.diverging.words import stem, words_of
from summitreader.compare.model import Divergence, PassageRef, SourceSpan

_LONG_ENOUGH = 9
"""Letters that a full name needs: in shorter ones one letter makes another person."""


def find_spellings(story: Story) -> list[Divergence]:
    """Full names that stand in different sources and differ by a letter or two, hyphens, case and accents apart."""
    told: dict[tuple[str, ...], list[SourceSpan]] = {}
    common: set[str] = set()
    for source in story.report.sources:
        for n in story.told_passages[source.id]:
            ref = PassageRef(source.id, n)
            text = story.text(ref)
            common.update(stem(w.low) for w in words_of(text) if w.sort == "word" and w.text.islower())
            for name in names_in(text):
                key = tuple(_plain(w) for w in key_of(text[name.start : name.end]))
                if len(key) >= 2:
                    told.setdefault(key, []).append(story.span(ref, name.start, name.end))
    found = []
    for a, b in combinations(sorted(told, key=lambda k: (story.order[told[k][0].source], told[k][0].start)), 2):
        ours, theirs = {s.source for s in told[a]}, {s.source for s in told[b]}
        if ours & theirs or not _almost(a, b) or any(stem(w) in common for w in (*a, *b)):
            continue
        spans = [*_one_each(told[a]), *_one_each(told[b])]
        sides = [0] * len(ours) + [1] * len(theirs)
        first, second = told[a][0], told[b][0]
        found.append(
            made(
                story, "name", spans, sides=sides, confidence=0.7,
                summary=f"{story.labels[first.source]} writes {quoted(story.words(first))}, "
                f"{story.labels[second.source]} {quoted(story.words(second))}.",
                reason="two spellings of what is almost one name, each in sources of its own",
            )
        )  # fmt: skip
    return found


def _one_each(spans: list[SourceSpan]) -> list[SourceSpan]:
    return list({s.source: s for s in reversed(spans)}.values())[::-1]


def _plain(word: str) -> str:
    """Letters only, in lower case, without accents, and as one transcription has them: what tells no names apart."""
    word = unicodedata.normalize("NFKD", word.casefold()).replace("ks", "x").replace("y", "i")
    return re.sub(r"(.)\1", r"\1", "".join(c for c in word if c.isalpha()))


def _almost(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    joined_a, joined_b = "".join(a), "".join(b)
    if joined_a == joined_b or len(a) != len(b) or min(len(joined_a), len(joined_b)) < _LONG_ENOUGH:
        return False
    if any(x != y and (x[:1] != y[:1] or Levenshtein.distance(x, y) > 2) for x, y in zip(a, b, strict=True)):
        return False
    if any(x != y and (x.startswith(y) or y.startswith(x)) for x, y in zip(a[:-1], b[:-1], strict=True)):
        return False
    changed = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    inflected = any(
        x.rstrip("s") == y.rstrip("s") or (x in y and y[len(x) :] in {"n", "an", "ese"}) for x, y in changed
    )
    return not inflected and Levenshtein.distance(joined_a, joined_b) <= 3


def _by_length(pair: tuple[str, str]) -> tuple[str, str]:
    return (pair[0], pair[1]) if len(pair[0]) <= len(pair[1]) else (pair[1], pair[0])
