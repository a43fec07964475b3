"""Why two passages are linked: the words that made the link, and what kind of link they make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import overload

from summitreader.comparison.linking.analysis import WordType
from summitreader.comparison.linking.initials import heads_of, spelled_out
from summitreader.comparison.linking.story import UNIT, Story, frame_key
from summitreader.comparison.model import LinkKind, Shared
from summitreader.text import Source, Span
from summitreader.text.tokens import joins_unspaced, lemma, word_places

_NEAR = 0.7
"""From this share of equal words on, in order, one passage is an edit of the other."""


class Evidence(Sequence[Shared]):
    """What made a link, worked out when it is first asked for: few of a long text's links are ever looked at.

    `find` gives it for passages `i` and `j`. It is as good as the tuple that it becomes, and is pickled as that.
    """

    __slots__ = ("_find", "_found", "_i", "_j")

    def __init__(self, find: Callable[[int, int], tuple[Shared, ...]], i: int, j: int) -> None:
        self._find: Callable[[int, int], tuple[Shared, ...]] | None = find
        self._found: tuple[Shared, ...] = ()
        self._i = i
        self._j = j

    def _all(self) -> tuple[Shared, ...]:
        if self._find is not None:
            self._found, self._find = self._find(self._i, self._j), None
        return self._found

    @overload
    def __getitem__(self, index: int) -> Shared: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Shared, ...]: ...
    def __getitem__(self, index: int | slice) -> Shared | tuple[Shared, ...]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Evidence) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[type[tuple[Shared, ...]], tuple[tuple[Shared, ...]]]:
        return tuple, (self._all(),)


Placed = list[tuple[int, int, WordType]]
"""The words of a passage with where they start and end in the text."""


def shared_words(story: Story, i: int, j: int, left: Placed, right: Placed) -> tuple[Shared, ...]:
    """The spans of words that passages `i` and `j` have in common, in order of the first, each with the share of the
    evidence that it gives; `left` and `right` are their words from `placed_words`."""
    there: dict[str, list[int]] = {}
    for n, (_, _, t) in enumerate(right):
        if t.term:
            there.setdefault(t.term, []).append(n)
    used: set[int] = set()
    found: list[tuple[int, int, int, int, str, int]] = []
    rest: Placed = []
    for start, end, t in left:
        at = there.get(t.term)
        if not at:
            if t.frames:
                rest.append((start, end, t))
            continue
        n = at.pop(0)
        used.add(n)
        other_start, other_end, twin = right[n]
        number = story.ids[t.term]
        found.append((start, end, other_start, other_end, _reason(story, i, number, t, twin), story.weight[number]))
    if rest:
        found.extend(_same_frames(story, rest, [p for n, p in enumerate(right) if n not in used and p[2].frames]))
    if not story.compound_terms.isdisjoint(there):
        found.extend(_compounds(left, right))
    if story.initials:
        found.extend(_initials(story, i, j, left, right))
    least = UNIT // 50
    total = sum([w if w > least else least for *_, w in found]) or 1
    found.sort()
    return tuple(
        [Shared(Span(a, b), Span(c, d), reason, round(max(w, least) / total, 4)) for a, b, c, d, reason, w in found]
    )


def _same_frames(story: Story, left: Placed, right: Placed) -> Iterator[tuple[int, int, int, int, str, int]]:
    """Words that stand for one news frame or country, each used once."""
    for start, end, t in left:
        for n, (other_start, other_end, twin) in enumerate(right):
            both = sorted(set(t.frames) & set(twin.frames))
            if both:
                weight = story.weight[story.ids[frame_key(both[0])]] // 2
                yield start, end, other_start, other_end, "place" if both[0][0] == "@" else "frame", weight
                del right[n]
                break


def _reason(story: Story, i: int, number: int, t: WordType, twin: WordType) -> str:
    if t.term[0] == "#":
        return "number"
    if number in story.quoted[i]:
        return "quoted"
    if t.plain == twin.plain:
        return "name" if number in story.names[i] else "word"
    if t.term[0] == "@":
        return "place"
    language = story.types_of[story.source[i]].language
    return "spelling" if lemma(t.plain, language) == lemma(twin.plain, language) else "word"


def _compounds(left: Placed, right: Placed) -> Iterator[tuple[int, int, int, int, str, int]]:
    """One word here that is two there."""
    for here, there, turned in ((left, right, False), (right, left, True)):
        joined = {t.plain: (start, end) for start, end, t in there if len(t.plain) >= 7}
        for (start, _, t), (_, end, u) in pairwise(here):
            at = joined.get(t.plain + u.plain)
            if at is not None:
                yield (*at, start, end, "compound", UNIT) if turned else (start, end, *at, "compound", UNIT)


def _initials(
    story: Story, i: int, j: int, left: Placed, right: Placed
) -> Iterator[tuple[int, int, int, int, str, int]]:
    """A name that one spells out and the other gives by its initials."""
    for here, there, a, b, turned in ((i, j, left, right, False), (j, i, right, left, True)):
        written = {w: n for n, w in enumerate(story.words[there]) if w in story.initials}
        if not written:
            continue
        for short, first, stop in spelled_out(story.words[here], written, heads_of(written)):
            name, brief = (a[first][0], a[stop - 1][1]), b[written[short]][:2]
            weight = story.weight[story.initials[short]]
            yield (*brief, *name, "name", weight) if turned else (*name, *brief, "name", weight)


def placed_words(story: Story, i: int, source: Source) -> Placed:
    """The words of passage `i` of the story where they stand in `source`: places of several words as one, characters
    of text without spaces in pairs."""
    p = source.passages[story.passage[i]]
    types = story.types_of[story.source[i]]
    spans = word_places(source.text, p.start, p.end)
    units = story.words[i]
    if len(units) == len(spans):
        return [(start, end, types[unit]) for (start, end), unit in zip(spans, units, strict=True)]
    found = []
    n = 0
    for unit in units:
        if joins_unspaced(unit):
            stop = n + len(unit)
            apart = stop >= len(spans) or not joins_unspaced(source.text[spans[stop][0]])
            found.append((spans[n][0], spans[stop - 1][1], types[unit]))
            n = stop if apart else n + 1
            continue
        stop = n + unit.partition(" @")[0].count(" ") + 1
        found.append((spans[n][0], spans[stop - 1][1], types[unit]))
        n = stop
    return found


def link_kind(story: Story, i: int, j: int) -> LinkKind:
    """`same` but for trifles, `near` (an edit of the other), `partial` (part of the other) or `restated`."""
    small, large = story.mass[i], story.mass[j]
    if small > large:
        small, large = large, small
    shared = sum(map(story.weight.__getitem__, story.terms[i] & story.terms[j]))
    if 2 * shared >= large:
        if story.words[i] == story.words[j]:
            return LinkKind.SAME
        from rapidfuzz.distance import Levenshtein

        a, b = ([t.plain for t in story.types(n) if t.plain] for n in (i, j))
        if a == b or "".join(a) == "".join(b):
            return LinkKind.SAME
        if Levenshtein.normalized_similarity(a, b) >= _NEAR:
            return LinkKind.NEAR
    if small < 0.55 * large and shared >= 0.35 * small:
        return LinkKind.PARTIAL
    return LinkKind.RESTATED
