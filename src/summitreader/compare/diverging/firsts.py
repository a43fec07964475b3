"""Firsts that are first of different things: "his first visit in 11 years" and "his first state visit in 11 years"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summitreader.compare.diverging.names import names_in
from summitreader.compare.diverging.story import Story, made, quoted
from summitreader.compare.diverging.words import STOP_WORDS, content_stems, stem, words_of
from summitreader.compare.model import Divergence, PassageRef

_FIRST = re.compile(
    r"\b(first|biggest|largest|worst|highest|lowest|deadliest|longest)((?:\s+[\w-]+){0,8}?)\s+"
    r"(?:in|since|for)\s+"
    r"((?:about |nearly |almost |more than |over )?(?:\d+|[a-z]+) (?:years|months|decades|weeks)|\d{4})"
)


@dataclass(frozen=True, slots=True)
class First:
    """`[start, end)` of the passage; `of` are the stems of what it is first of, `period` how long since another."""

    start: int
    end: int
    rank: str
    of: frozenset[str]
    period: str


def firsts_in(text: str) -> tuple[First, ...]:
    """The firsts of `text` that bear a period."""
    found = []
    for match in _FIRST.finditer(text):
        of = []
        for word in words_of(match.group(2)):
            if word.low in STOP_WORDS or word.sort != "word" or word.is_capital:
                break
            of.append(stem(word.low))
        found.append(First(match.start(), match.end(), match.group(1), frozenset(of), match.group(3)))
    return tuple(found)


def find_firsts(story: Story) -> list[Divergence]:
    """Pairs of firsts with one rank and period that are told of one person or place, one of something narrower."""
    told: list[tuple[PassageRef, First]] = []
    for source in story.report.sources:
        if story.comparable[source.id]:
            for n in story.told_passages[source.id]:
                ref = PassageRef(source.id, n)
                told.extend((ref, first) for first in firsts_in(story.text(ref)))
    found = []
    for n, (ref_a, a) in enumerate(told):
        for ref_b, b in told[n + 1 :]:
            if ref_a.source == ref_b.source or (a.rank, a.period) != (b.rank, b.period) or a.of == b.of:
                continue
            if not (a.of <= b.of or b.of <= a.of) or not _of_one(story.text(ref_a), story.text(ref_b)):
                continue
            spans = [story.span(ref_a, a.start, a.end), story.span(ref_b, b.start, b.end)]
            words = [quoted(story.words(s)) for s in spans]
            found.append(
                made(
                    story, "number", spans, confidence=0.6,
                    summary=f"{story.labels[ref_a.source]} has {words[0]}; {story.labels[ref_b.source]} {words[1]}.",
                    reason="the same first, of something wider in one and narrower in the other",
                )
            )  # fmt: skip
    return found


def _of_one(a: str, b: str) -> bool:
    names_a = {w for name in names_in(a) for w in name.key} | content_stems(a)
    names_b = {w for name in names_in(b) for w in name.key} | content_stems(b)
    return len(names_a & names_b) >= 2
