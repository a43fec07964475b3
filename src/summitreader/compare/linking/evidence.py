"""Why two passages are linked: the words that made the link, and what kind of link they make."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summitreader.compare.linking.analysis import WordType
from summitreader.compare.linking.story import UNIT, Story, frame_key
from summitreader.compare.model import LinkKind, Shared
from summitreader.text import Source, Span
from summitreader.text.words import joins_unspaced, lemma, word_spans

_NEAR = 0.7
"""From this share of equal words on, in order, one passage is an edit of the other."""


def shared_words(story: Story, i: int, j: int, a: Source, b: Source) -> tuple[Shared, ...]:
    """The spans of words that passages `i` of `a` and `j` of `b` have in common, in order of `a`, each with the share
    of the evidence that it gives."""
    left, right = _spans(story, i, a), _spans(story, j, b)
    there: dict[str, list[int]] = {}
    for n, (_, t) in enumerate(right):
        if t.term:
            there.setdefault(t.term, []).append(n)
    used: set[int] = set()
    found: list[tuple[Span, Span, str, int]] = []
    rest: list[tuple[Span, WordType]] = []
    language = story.types_of[story.source[i]].language
    for span, t in left:
        at = next((n for n in there.get(t.term, ()) if n not in used), None) if t.term else None
        if at is None:
            if t.frames:
                rest.append((span, t))
            continue
        used.add(at)
        other, twin = right[at]
        number = story.ids[t.term]
        found.append((span, other, _reason(story, i, number, t, twin, language), story.weight[number]))
    free = [(span, t) for n, (span, t) in enumerate(right) if n not in used and t.frames]
    for span, t in rest:
        for n, (other, twin) in enumerate(free):
            both = sorted(set(t.frames) & set(twin.frames))
            if both:
                weight = story.weight[story.ids[frame_key(both[0])]] // 2
                found.append((span, other, "place" if both[0][0] == "@" else "frame", weight))
                del free[n]
                break
    found.extend(_compounds(story, left, right))
    total = sum(max(w, UNIT // 50) for *_, w in found) or 1
    return tuple(Shared(s, o, reason, round(max(w, UNIT // 50) / total, 4)) for s, o, reason, w in sorted(found))


def _reason(story: Story, i: int, number: int, t: WordType, twin: WordType, language: str) -> str:
    if t.term[0] == "#":
        return "number"
    if number in story.quoted[i]:
        return "quoted"
    if t.term[0] == "@" and t.plain != twin.plain:
        return "place"
    if t.plain != twin.plain:
        return "spelling" if lemma(t.plain, language) == lemma(twin.plain, language) else "word"
    return "name" if number in story.names[i] else "word"


def _compounds(
    story: Story, left: Sequence[tuple[Span, WordType]], right: Sequence[tuple[Span, WordType]]
) -> list[tuple[Span, Span, str, int]]:
    found = []
    for here, there, turned in ((left, right, False), (right, left, True)):
        joined = {t.plain: span for span, t in there if len(t.plain) >= 7}
        for (one, t), (two, u) in pairwise(here):
            span = joined.get(t.plain + u.plain)
            if span is not None:
                whole = Span(one.start, two.end)
                found.append((span, whole, "compound", UNIT) if turned else (whole, span, "compound", UNIT))
    return found


def _spans(story: Story, i: int, source: Source) -> list[tuple[Span, WordType]]:
    """The words of a passage where they stand: places of several words as one, characters without spaces in pairs."""
    p = source.passages[story.passage[i]]
    types = story.types_of[story.source[i]]
    spans = word_spans(source.text, p.start, p.end)
    found = []
    n = 0
    for unit in story.words[i]:
        if joins_unspaced(unit):
            stop = n + len(unit)
            found.append((Span(spans[n].start, spans[stop - 1].end), types[unit]))
            n = stop if stop >= len(spans) or not joins_unspaced(source.text[spans[stop].start]) else n + 1
            continue
        stop = n + unit.partition(" @")[0].count(" ") + 1
        found.append((Span(spans[n].start, spans[stop - 1].end), types[unit]))
        n = stop
    return found


def link_kind(story: Story, i: int, j: int) -> LinkKind:
    """`same` but for trifles, `near` (an edit of the other), `partial` (part of the other) or `restated`."""
    from rapidfuzz.distance import Levenshtein

    a = [t.plain for t in story.types(i) if t.plain]
    b = [t.plain for t in story.types(j) if t.plain]
    if a == b or "".join(a) == "".join(b):
        return LinkKind.SAME
    if Levenshtein.normalized_similarity(a, b) >= _NEAR:
        return LinkKind.NEAR
    small, large = sorted((story.mass[i], story.mass[j]))
    shared = sum(story.weight[t] for t in story.terms[i] & story.terms[j])
    if small < 0.55 * large and shared >= 0.35 * small:
        return LinkKind.PARTIAL
    return LinkKind.RESTATED
