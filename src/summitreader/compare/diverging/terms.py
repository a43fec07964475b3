"""The names that sources give one person or place, and the verbs by which they report one utterance: side by side,
with counts and first use, and without a judgement."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from summitreader.compare.diverging.names import BODIES, key_of, names_in, place_at
from summitreader.compare.diverging.story import Story
from summitreader.compare.diverging.words import words_of
from summitreader.compare.model import PassageRef, Report, SourceSpan

_GENITIVE = re.compile(r"['’]s(?:\s+|\Z)|(?<=s)['’]\s+")


@dataclass(frozen=True, slots=True)
class Form:
    """One name as it is written in one source: how often, and where first."""

    source: str
    words: str
    count: int
    first: SourceSpan


@dataclass(frozen=True, slots=True)
class Term:
    """One person or place with all that it is called: forms in the order of the sources, the most frequent first.

    `name` is the fullest form of a person and the commonest of a place, `sort` is `person`, `place` or `other`.
    """

    name: str
    sort: str
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """How one source introduces one quotation: the words of the cue as they stand (None where there is no cue)."""

    source: str
    quotation: str
    cue: str | None
    span: SourceSpan | None
    speaker: str | None


def terms(report: Report) -> tuple[Term, ...]:
    """The persons and places that two sources name or more, with their forms; those with most forms first."""
    story = Story(report)
    found = [*_places(story), *_persons(story)]
    told = [t for t in found if len({f.source for f in t.forms}) > 1 and len({f.words for f in t.forms}) > 1]
    return tuple(sorted(told, key=lambda t: (-len({f.words for f in t.forms}), t.name)))


def sayings(report: Report) -> tuple[tuple[Saying, ...], ...]:
    """For each utterance of the report, in its order, how each source introduces it."""
    by_id = {q.id: q for q in report.quotations}
    rows = []
    for utterance in report.utterances:
        row = []
        for q in (by_id[id] for id in utterance.quotations if id in by_id):
            span = SourceSpan(q.source, q.cue.start, q.cue.end) if q.cue else None
            row.append(
                Saying(q.source, q.id, q.cue.text if q.cue else None, span, q.speaker.name if q.speaker else None)
            )
        rows.append(tuple(row))
    return tuple(rows)


class _Tally:
    """Counts of forms, and where each was first met."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.first: dict[tuple[str, str], SourceSpan] = {}

    def add(self, words: str, span: SourceSpan) -> None:
        key = span.source, " ".join(words.split())
        self.counts[key] += 1
        self.first.setdefault(key, span)

    def commonest(self) -> str:
        total: Counter[str] = Counter()
        for (_, words), n in self.counts.items():
            total[words] += n
        return max(total, key=lambda words: (total[words], words))

    def forms(self, order: dict[str, int]) -> tuple[Form, ...]:
        keys = sorted(self.counts, key=lambda k: (order[k[0]], -self.counts[k], self.first[k].start))
        return tuple(
            Form(source, words, self.counts[source, words], self.first[source, words]) for source, words in keys
        )


def _places(story: Story) -> list[Term]:
    tallies: dict[str, _Tally] = {}
    for source in story.report.sources:
        for n in story.told_passages[source.id]:
            ref = PassageRef(source.id, n)
            text = story.text(ref)
            words = words_of(text)
            i = 0
            while i < len(words):
                size, code = place_at(words, i)
                if size:
                    start, end = words[i].start, words[i + size - 1].end
                    end -= 2 if text[start:end].endswith(("'s", "’s")) else 0
                    tallies.setdefault(code, _Tally()).add(text[start:end], story.span(ref, start, end))
                i += size or 1
    return [Term(tally.commonest(), "place", tally.forms(story.order)) for tally in tallies.values()]


def _persons(story: Story) -> list[Term]:
    """Names of two words or more, each with the shorter forms and descriptions that lead to it and to no other."""
    mentions: list[tuple[tuple[str, ...], str, SourceSpan]] = []
    for source in story.report.sources:
        for n in story.told_passages[source.id]:
            ref = PassageRef(source.id, n)
            text = story.text(ref)
            taken = []
            for name in names_in(text):
                taken.append((name.start, name.end))
                for start, end in _owner_and_owned(text, name.start, name.end):
                    if " " not in text[start:end] and _beside_ampersand(text, start, end):
                        continue
                    mentions.append((key_of(text[start:end]), text[start:end], story.span(ref, start, end)))
            for word in words_of(text):
                free = not any(start < word.end and word.start < end for start, end in taken)
                free = free and not _beside_ampersand(text, word.start, word.end)
                if free and word.is_capital and len(word.low) > 1:
                    words = word.text.removesuffix("'s").removesuffix("’s")
                    mentions.append(((word.low,), words, story.span(ref, word.start, word.start + len(words))))
    full = {key for key, _, _ in mentions if len(key) >= 2}
    full -= {key for key in full if _joins_two(key, full)}
    known = {key: max(full, key=lambda f: (set(key) <= set(f), len(f), f)) for key in full}
    tallies: dict[tuple[str, ...], _Tally] = {}
    at_home: list[tuple[tuple[str, ...], SourceSpan]] = []
    for key, words, span in mentions:
        homes = {known[f] for f in full if key and set(key) <= set(f)}
        if len(homes) == 1 and not (len(key) == 1 and key[0] in BODIES):
            at_home.append((homes.pop(), SourceSpan(span.source, span.start, span.start + len(words))))
    for home, span in _joined(at_home, story):
        tallies.setdefault(home, _Tally()).add(story.words(span), span)
    for quotation in story.report.quotations:
        speaker = quotation.speaker
        if speaker is None or not speaker.name or not story.told_at(quotation.source, speaker.start):
            continue
        words = story.sources[quotation.source].text[speaker.start : speaker.end]
        key = key_of(speaker.name)
        if key in known and not key_of(words) and len(words) > 4 and words.lower() != speaker.name.lower():
            tallies.setdefault(known[key], _Tally()).add(
                words, SourceSpan(quotation.source, speaker.start, speaker.end)
            )
    return [
        Term(
            " ".join(w.capitalize() for w in key), "other" if BODIES & set(key) else "person", tally.forms(story.order)
        )
        for key, tally in tallies.items()
    ]


def _owner_and_owned(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A run of capitalised words as the names that it is made of: "China's Xi" is China, and Xi; a genitive at the end
    is no part of the name."""
    found = []
    for genitive in _GENITIVE.finditer(text, start, end):
        found.append((start, genitive.start()))
        start = genitive.end()
    return [part for part in (*found, (start, end)) if part[0] < part[1]]


def _beside_ampersand(text: str, start: int, end: int) -> bool:
    """Whether a word is part of the name of a firm ("Ardle & Outer Isles"), and so not a name by itself."""
    return text[end : end + 3].startswith((" & ", "&")) or text[max(0, start - 2) : start].endswith(("& ", "&"))


def _joined(
    mentions: list[tuple[tuple[str, ...], SourceSpan]], story: Story
) -> list[tuple[tuple[str, ...], SourceSpan]]:
    """The mentions in order of the texts; words of one name that stand side by side ("Lee Jae Myung" in a headline that
    capitalises all) are one mention."""
    found: list[tuple[tuple[str, ...], SourceSpan]] = []
    for home, span in sorted(mentions, key=lambda m: (story.order[m[1].source], m[1].start, -m[1].end)):
        if found:
            last_home, last = found[-1]
            between = story.sources[span.source].text[last.end : span.start]
            if last_home == home and last.source == span.source and between == " ":
                found[-1] = (home, SourceSpan(span.source, last.start, span.end))
                continue
        found.append((home, span))
    return found


def _joins_two(key: tuple[str, ...], full: set[tuple[str, ...]]) -> bool:
    """Whether a name is two names with a dash ("the Xi-Lee meeting"): each word belongs to another full name."""
    return len(key) == 2 and all(
        any(w in f and f != key and key[1 - n] not in f for f in full) for n, w in enumerate(key)
    )
