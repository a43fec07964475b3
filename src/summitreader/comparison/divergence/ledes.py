"""Headlines and ledes side by side, with the words, names and figures that they share and do not share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summitreader.comparison.divergence.figure_context import figures_of
from summitreader.comparison.divergence.names import names_in, place_at
from summitreader.comparison.divergence.story import Story
from summitreader.comparison.divergence.words import STOP_WORDS, stem
from summitreader.comparison.model import PassageRef, Report, SourceSpan
from summitreader.text import BlockKind
from summitreader.text.tokens import Token, tokens_of
from summitreader.text.vocabulary import MONTHS, WEEKDAYS, country_of, directions

_DAYS = frozenset(MONTHS) | frozenset(WEEKDAYS)
_OPENS_A_SENTENCE = frozenset('.!?:“"‘')


_DIRECTIONS = {"N": "North", "S": "South", "E": "East", "W": "West"}
_NAMED_BY_DIRECTION = re.compile(r"\b(?:North|South|East|West) [A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A word, name or figure of an opening; `sort` says which, `others` are the ids of the sources whose opening has
    it too (none: it stands here only)."""

    span: SourceSpan
    sort: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """The headline and the lede (first sentence of the first paragraph) of a source, where it has them."""

    source: str
    title: PassageRef | None
    lede: PassageRef | None
    marks: tuple[Mark, ...]


def openings(report: Report) -> tuple[Opening, ...]:
    """One opening a source, in order of the sources; those that cannot be compared share nothing."""
    story = Story(report)
    places = {s.id: _places(story, s.id) for s in report.sources}
    told = {s: [item for ref in refs if ref is not None for item in _items(story, ref)] for s, refs in places.items()}
    having: dict[str, list[str]] = {}
    for source, items in told.items():
        if story.comparable[source]:
            for _, keys, _ in items:
                for key in keys:
                    if source not in having.setdefault(key, []):
                        having[key].append(source)
    return tuple(
        Opening(source, *places[source], tuple(_mark(source, item, having) for item in items))
        for source, items in told.items()
    )


_Item = tuple[str, frozenset[str], SourceSpan]
"""Sort, what makes two of them one (any shared), and where it stands."""


def _mark(source: str, item: _Item, having: dict[str, list[str]]) -> Mark:
    sort, keys, span = item
    others = {s for key in keys for s in having.get(key, ()) if s != source}
    return Mark(span, sort, tuple(s for s in dict.fromkeys(s for key in having for s in having[key]) if s in others))


def _places(story: Story, source: str) -> tuple[PassageRef | None, PassageRef | None]:
    told = story.told_passages[source]
    title = next((n for n in told if story.kind(PassageRef(source, n)) is BlockKind.TITLE), None)
    body = story.body(source)
    return (
        None if title is None else PassageRef(source, title),
        PassageRef(source, body[0]) if body else None,
    )


def _directions(story: Story, source: str) -> dict[str, str]:
    """What "North", "South" … stand for in a source: direction to the country's code."""
    texts = (story.text(PassageRef(source, n)) for n in story.told_passages[source])
    return directions(sorted({name for text in texts for name in _NAMED_BY_DIRECTION.findall(text)}))


def _shortened_place(words: tuple[Token, ...], n: int, stands_for: dict[str, str]) -> tuple[int, str]:
    """How many words from `n` on are a place as headlines shorten it ("S. Korea", "North"), and its code."""
    whole = _DIRECTIONS.get(words[n].text)
    if whole and n + 2 < len(words) and words[n + 1].text == ".":
        place = country_of(f"{whole} {words[n + 2].text}")
        return (3, place[0]) if place is not None else (0, "")
    code = stands_for.get(words[n].text.removesuffix("'s").removesuffix("’s"), "")
    follows = words[n + 1] if n + 1 < len(words) else None
    return (1, code) if code and not (follows is not None and follows.is_capital) else (0, "")


def _items(story: Story, ref: PassageRef) -> list[_Item]:
    """What a passage tells; a figure or a name hides the words in it. A place is known by its country.

    A word is part of a name where it is capitalised inside a sentence, or, in a headline that may capitalise all of
    them, where the source has it in a name elsewhere.
    """
    text = story.text(ref)
    words = tokens_of(text)
    found: list[tuple[str, frozenset[str], int, int]] = []
    for figure in figures_of(text):
        value = figure.value
        key = f"{value.sort}{value.unit}{value.low:g}-{value.high:g}"
        found.append(("figure", frozenset({key}), value.start, value.end))
    stands_for = _directions(story, ref.source)
    n = 0
    while n < len(words):
        size, code = place_at(words, n)
        if not size:
            size, code = _shortened_place(words, n, stands_for)
        if size:
            found.append(("name", frozenset({code}), words[n].start, words[n + size - 1].end))
        n += size or 1
    for name in names_in(text):
        if not any(start < name.end and name.start < end for _, _, start, end in found):
            found.append(("name", frozenset(map(stem, name.key)), name.start, name.end))
    covered = [(start, end) for _, _, start, end in found]
    known = story.name_words[ref.source]
    in_capitals = story.kind(ref) is BlockKind.TITLE
    for n, word in enumerate(words):
        hidden = any(start < word.end and word.start < end for start, end in covered)
        if word.kind == "word" and word.low not in STOP_WORDS and len(word.low) > 1 and not hidden:
            inside = word.is_capital and not in_capitals and n > 0 and words[n - 1].text not in _OPENS_A_SENTENCE
            is_name = word.is_capital and word.low not in _DAYS and (inside or word.low in known)
            found.append(("name" if is_name else "word", frozenset({stem(word.low)}), word.start, word.end))
    found.sort(key=lambda f: f[2])
    return [(sort, keys, story.span(ref, start, end)) for sort, keys, start, end in found]
