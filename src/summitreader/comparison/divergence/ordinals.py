"""Firsts that are first of different things: "his first visit in 11 years" and "his first state visit in 11 years"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summitreader.comparison.divergence.confidence import confidence
from summitreader.comparison.divergence.figures import values_in
from summitreader.comparison.divergence.names import names_in
from summitreader.comparison.divergence.number import apart, comparable
from summitreader.comparison.divergence.story import Story, made, quoted
from summitreader.comparison.divergence.words import STOP_WORDS, content_stems, stem
from summitreader.comparison.model import Divergence, PassageRef
from summitreader.text.tokens import tokens_of

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

    def words(self, text: str) -> str:
        return text[self.start : self.end]


def firsts_in(text: str) -> tuple[First, ...]:
    """The firsts of `text` that bear a period."""
    found = []
    for match in _FIRST.finditer(text):
        of = []
        for word in tokens_of(match.group(2)):
            if word.low in STOP_WORDS or word.kind != "word" or word.is_capital:
                break
            of.append(stem(word.low))
        of = of or _noun_before(text[: match.start()])
        found.append(First(match.start(), match.end(), match.group(1), frozenset(of), match.group(3)))
    return tuple(found)


def _noun_before(text: str) -> list[str]:
    """The noun that a bare first stands in apposition to: "the visit, his first in 11 years"."""
    for word in reversed(tokens_of(text)[-5:]):
        if word.kind == "word" and word.low not in STOP_WORDS and not word.is_capital:
            return [stem(word.low)]
    return []


def find_firsts(story: Story) -> list[Divergence]:
    """Pairs of firsts with one rank and period that are told of one person or place, one of something narrower."""
    told: list[tuple[PassageRef, First]] = []
    for source in story.report.sources:
        if story.comparable[source.id]:
            for n in story.heard(story.told_passages[source.id]):
                ref = PassageRef(source.id, n)
                told.extend((ref, first) for first in firsts_in(story.text(ref)))
    groups: list[tuple[str, list[tuple[PassageRef, First]]]] = []
    for n, (ref_a, a) in enumerate(story.heard(told)):
        for ref_b, b in told[n + 1 :]:
            reason = _parting(a, b)
            if ref_a.source == ref_b.source or not reason or not _of_one(story.text(ref_a), story.text(ref_b)):
                continue
            home = next((g for r, g in groups if r == reason and g[0][1].rank == a.rank), None)
            if home is None:
                groups.append((reason, [(ref_a, a), (ref_b, b)]))
            else:
                home.extend(t for t in ((ref_a, a), (ref_b, b)) if all(t[0].source != k[0].source for k in home))
    return [_divergence(story, reason, group) for reason, group in groups]


_OTHER_TIME = "the same first, since another time"
_OTHER_SCOPE = "the same first, of something wider in one and narrower in the other"


def _parting(a: First, b: First) -> str:
    """Why two firsts part, or nothing: of one thing since another time, or of something narrower since the same."""
    if a.rank != b.rank or not (a.of <= b.of or b.of <= a.of) or not (a.of and b.of):
        return ""
    if _periods_apart(a.period, b.period):
        return _OTHER_TIME
    return _OTHER_SCOPE if a.of != b.of and a.period == b.period else ""


def _divergence(story: Story, reason: str, group: list[tuple[PassageRef, First]]) -> Divergence:
    sides: list[list[tuple[PassageRef, First]]] = []
    for told in group:
        side = next((s for s in sides if not _parting(s[0][1], told[1])), None)
        if side is None:
            sides.append([told])
        else:
            side.append(told)
    spans = [[story.span(ref, first.start, first.end) for ref, first in side] for side in sides]
    parts = [f"{story.labels[s[0][0].source]} has {quoted(s[0][1].words(story.text(s[0][0])))}" for s in sides]
    return made(
        story, "number", spans, confidence=confidence("number", 2.9 if reason == _OTHER_TIME else 0.0),
        summary="; ".join(parts) + ".", reason=reason,
    )  # fmt: skip


def _periods_apart(a: str, b: str) -> bool:
    """Whether two periods cannot be the same: "11 years" and "12 years", not "11 years" and "2014"."""
    ours, theirs = values_in(a), values_in(b)
    return bool(ours and theirs) and comparable(ours[0], theirs[0]) and apart(ours[0], theirs[0])


def _of_one(a: str, b: str) -> bool:
    names_a = {w for name in names_in(a) for w in name.key} | content_stems(a)
    names_b = {w for name in names_in(b) for w in name.key} | content_stems(b)
    return len(names_a & names_b) >= 2
