"""The names that sources give one person or place, and the verbs by which they report one utterance: side by side,
with counts and first use, and without a judgement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from summitreader.comparison.divergence.names import BODIES, OFFICES, TITLES, key_of, names_in, place_at
from summitreader.comparison.divergence.story import Story
from summitreader.comparison.model import PassageRef, Report, SourceSpan
from summitreader.text.datelines import inline_dateline
from summitreader.text.tokens import tokens_of

SORTS = ("person", "place", "other")
"""What a term can be, in the order in which terms stand."""

_PLACE_WORDS = frozenset({"port", "mount", "lake", "cape", "fort"})
"""First words that make a name a place's."""
_WHERE = re.compile(r"\b(?:in|near|off|outside|around|across)\s+\Z")

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

    `name` is the fullest form of a person and the commonest of a place, `sort` is `person`, `place` or `other`: what
    bears no sign of being a person or a place is neither.
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
    """The persons and places that two sources name or more, with their forms: persons first, then places, then the
    rest, and of each those with most forms first. Forms that differ in capitals only are one."""
    story = Story(report)
    found = [*_places(story), *_persons(story)]
    told = [t for t in found if len({f.source for f in t.forms}) > 1 and _called(t) > 1]
    return tuple(sorted(told, key=lambda t: (SORTS.index(t.sort), -_called(t), t.name.casefold())))


def _called(term: Term) -> int:
    """How many names it has."""
    return len({form.words.casefold() for form in term.forms})


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
        alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for source, words in self.counts:
            alike.setdefault((source, words.casefold()), []).append((source, words))
        forms = []
        for same in alike.values():
            source, words = max(same, key=lambda k: (not k[1].isupper(), self.counts[k], k[1]))
            first = min((self.first[key] for key in same), key=lambda span: span.start)
            forms.append(Form(source, words, sum(self.counts[key] for key in same), first))
        return tuple(sorted(forms, key=lambda f: (order[f.source], -f.count, f.first.start)))


def _places(story: Story) -> list[Term]:
    tallies: dict[str, _Tally] = {}
    for source in story.report.sources:
        for n in story.told_passages[source.id]:
            ref = PassageRef(source.id, n)
            text = story.text(ref)
            words = tokens_of(text)
            i = 0
            while i < len(words):
                size, code = place_at(words, i)
                if size:
                    start, end = words[i].start, words[i + size - 1].end
                    end -= 2 if text[start:end].endswith(("'s", "’s")) else 0
                    tallies.setdefault(code, _Tally()).add(text[start:end], story.span(ref, start, end))
                i += size or 1
    return [Term(tally.commonest(), "place", tally.forms(story.order)) for tally in tallies.values()]


def _mentions(story: Story) -> list[tuple[tuple[str, ...], str, SourceSpan]]:
    """Every capitalised name of the account: its words without titles, the words as they stand, and where."""
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
            for word in tokens_of(text):
                free = not any(start < word.end and word.start < end for start, end in taken)
                free = free and not _beside_ampersand(text, word.start, word.end)
                if free and word.is_capital and len(word.low) > 1:
                    words = word.text.removesuffix("'s").removesuffix("’s")
                    mentions.append(((word.low,), words, story.span(ref, word.start, word.start + len(words))))
    return mentions


def _persons(story: Story) -> list[Term]:
    """Names of two words or more, each with the shorter forms and descriptions that lead to it and to no other."""
    mentions = _mentions(story)
    full = {key for key, _, _ in mentions if len(key) >= 2}
    full -= {key for key in full if _joins_two(key, full)}
    known = {key: max(full, key=lambda f: (set(key) <= set(f), len(f), f)) for key in full}
    where: Counter[tuple[str, ...]] = Counter()
    tallies: dict[tuple[str, ...], _Tally] = {}
    at_home: list[tuple[tuple[str, ...], SourceSpan]] = []
    for key, words, span in mentions:
        homes = {known[f] for f in full if key and set(key) <= set(f)}
        if len(homes) == 1 and not (len(key) == 1 and key[0] in BODIES):
            at_home.append((homes.pop(), SourceSpan(span.source, span.start, span.start + len(words))))
    for home, span in _joined(at_home, story):
        tallies.setdefault(home, _Tally()).add(story.words(span), span)
        where[home] += _WHERE.search(story.sources[span.source].text[max(0, span.start - 9) : span.start]) is not None
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
    sort_of = _sorter(story, tallies, where)
    return [
        Term(" ".join(w.capitalize() for w in key), sort_of(key), tally.forms(story.order))
        for key, tally in tallies.items()
    ]


def _sorter(
    story: Story, tallies: Mapping[tuple[str, ...], _Tally], where: Counter[tuple[str, ...]]
) -> Callable[[tuple[str, ...]], str]:
    """Says of the key of a name what it is; `where` counts how often one is in it, near it or off it."""
    datelined = _datelined(story)
    spoken = (q.speaker.name for q in story.report.quotations if q.speaker is not None)
    speaking = {key_of(name) for name in spoken if name}
    outlets = {tuple(s.outlet.casefold().split()) for s in story.report.sources if s.outlet}

    def sort_of(key: tuple[str, ...]) -> str:
        if BODIES & set(key) or key in outlets:
            return "other"
        said_where = key not in speaking and where[key] > 1 and 2 * where[key] >= tallies[key].counts.total()
        if key in datelined or key[0] in _PLACE_WORDS or said_where:
            return "place"
        return "person" if any(_of_a_person(words, key) for _, words in tallies[key].counts) else "other"

    return sort_of


def _of_a_person(words: str, key: tuple[str, ...]) -> bool:
    """Whether a form is one that persons have: a title or an office before the name, a description that is no body's,
    or the surname alone."""
    plain = [word.rstrip(".") for word in words.casefold().split()]
    described = not set(plain) & ({*key} | BODIES)
    return described or plain == [key[-1]] or any(word in TITLES | OFFICES for word in plain[:-1])


def _datelined(story: Story) -> frozenset[tuple[str, ...]]:
    """The names of the places that datelines begin with."""
    found = set()
    for source, numbers in story.told_passages.items():
        for n in numbers:
            dateline = inline_dateline(story.text(PassageRef(source, n)))
            if dateline is not None and dateline.place:
                found.add(tuple(word.casefold() for word in dateline.place.split(",")[0].split()))
    return frozenset(found)


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
