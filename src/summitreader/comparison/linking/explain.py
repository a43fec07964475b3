"""Why two passages are linked, or why they are not: the words that both have, the kind of link, what weighs, rivals.

Nothing is decided here: the numbers are those of `link_sources`, asked for all candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import overload

from summitreader.comparison.linking import link_sources, prepare
from summitreader.comparison.linking.analysis import WordType
from summitreader.comparison.linking.candidates import score_candidates
from summitreader.comparison.linking.scoring import NAMES, Context, curve_of, curves, pair_features
from summitreader.comparison.linking.story import UNIT, Story
from summitreader.comparison.model import Link, LinkKind, PassageRef, Report, Shared
from summitreader.text import Source, Span
from summitreader.text.tokens import joins_unspaced, lemma, word_places

RIVALS = 3
"""So many better or next best counterparts are named on either side."""
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


def shared_words(story: Story, i: int, j: int, left: Source, right: Source) -> tuple[Shared, ...]:
    """The spans of words that passages `i` of `left` and `j` of `right` have in common, in order of the first, each
    with its share of the weight of all."""
    there: dict[str, list[tuple[int, int, WordType]]] = {}
    for word in _placed_words(story, j, right):
        if word[2].term:
            there.setdefault(word[2].term, []).append(word)
    found = []
    for start, end, t in _placed_words(story, i, left):
        if at := there.get(t.term):
            other_start, other_end, twin = at.pop(0)
            weight = max(story.weight[story.ids[t.term]], UNIT // 50)
            found.append((Span(start, end), Span(other_start, other_end), _reason(story, i, t, twin), weight))
    total = sum([weight for *_, weight in found]) or 1
    return tuple([Shared(a, b, reason, round(weight / total, 4)) for a, b, reason, weight in found])


def _reason(story: Story, i: int, t: WordType, twin: WordType) -> str:
    if t.term[0] == "#":
        return "number"
    if t.plain == twin.plain:
        return "name" if t.capital and twin.capital else "word"
    language = story.types_of[story.source[i]].language
    return "spelling" if lemma(t.plain, language) == lemma(twin.plain, language) else "word"


def _placed_words(story: Story, i: int, source: Source) -> Placed:
    """The words of passage `i` of the story with where they are in `source`; text without spaces in pairs."""
    p = source.passages[story.passage[i]]
    types = story.types_of[story.source[i]]
    spans = word_places(source.text, p.start, p.end)
    units = story.words[i]
    if len(units) == len(spans):
        return [(start, end, types[unit]) for (start, end), unit in zip(spans, units, strict=True)]
    found = []
    n = 0
    for unit in units:
        stop = n + (len(unit) if joins_unspaced(unit) else 1)
        found.append((spans[n][0], spans[stop - 1][1], types[unit]))
        apart = stop >= len(spans) or not joins_unspaced(source.text[spans[stop][0]])
        n = stop if apart or not joins_unspaced(unit) else n + 1
    return found


def link_kind(story: Story, i: int, j: int) -> LinkKind:
    """`same` but for trifles, `near` (an edit of the other), `partial` (part of the other) or `restated`."""
    small, large = story.mass[i], story.mass[j]
    if small > large:
        small, large = large, small
    shared = story.weigh(story.terms[i] & story.terms[j])
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


@dataclass(frozen=True, slots=True)
class Weighed:
    """One kind of evidence, by its name in `scoring.NAMES`, and what it adds to the log-odds of a link."""

    feature: str
    adds: float


@dataclass(frozen=True, slots=True)
class Why:
    """`score` is the chance, 0 to 1, that a link is right, None where the two share nothing to ask about. `least` is
    the score from which links are shown. `rivals_a` are the best counterparts of `a` in the source of `b`, with their
    scores, `b` left out, and `rivals_b` those of `b` in the source of `a`. `verdict` says in a sentence what decided.
    """

    a: PassageRef
    b: PassageRef
    linked: bool
    score: float | None
    least: float
    verdict: str
    shared: tuple[Shared, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    rivals_a: tuple[tuple[PassageRef, float], ...] = ()
    rivals_b: tuple[tuple[PassageRef, float], ...] = ()


def why(report: Report, a: PassageRef, b: PassageRef, check: Callable[[], None] = lambda: None) -> Why:
    """Why passages `a` and `b` of a comparison are linked or not; `check` raises where the caller wants it stopped.

    Costs as much as linking the story anew. Raises `ValueError` for two passages of one source.
    """
    order = {source.id: n for n, source in enumerate(report.sources)}
    if a.source == b.source:
        raise ValueError("two passages of one source are never linked")
    if order[a.source] > order[b.source]:
        a, b = b, a
    least = curves()["short"].possible
    link = next((link for link in (*report.links, *report.possible_links) if (link.a, link.b) == (a, b)), None)
    linked = link is not None
    if a.source in report.by_meaning or b.source in report.by_meaning:
        return Why(a, b, linked, link.score if link else None, least, _by_meaning(link))
    refusal = _refused(report, a, b, order)
    if refusal:
        return Why(a, b, linked, None, least, refusal)
    candidates = link_sources(report.sources, min_score=0.0, check=check).candidates
    scores: dict[tuple[PassageRef, PassageRef], float] = {(link.a, link.b): link.score for link in candidates}
    rivals_a = _best((right, s) for (left, right), s in scores.items() if left == a and right.source == b.source)
    rivals_b = _best((left, s) for (left, right), s in scores.items() if right == b and left.source == a.source)
    by_words = scores.get((a, b))
    score = by_words if link is None else link.score
    shared, weighed = _evidence(report, a, b, check)
    if link is not None and link.by == "engine" and by_words and link.score != by_words:
        weighed = (*weighed, Weighed("meaning", round(_log_odds(link.score) - _log_odds(by_words), 4)))
    return Why(
        a,
        b,
        linked,
        score,
        least,
        _verdict(link, score, least, a, b, rivals_a, rivals_b),
        shared,
        weighed,
        tuple(r for r in rivals_a if r[0] != b)[:RIVALS],
        tuple(r for r in rivals_b if r[0] != a)[:RIVALS],
    )


def _best(found: Iterable[tuple[PassageRef, float]]) -> list[tuple[PassageRef, float]]:
    return sorted(found, key=lambda pair: (-pair[1], pair[0].passage))


def _refused(report: Report, a: PassageRef, b: PassageRef, order: dict[str, int]) -> str:
    """Why the two were not even weighed; empty where they were."""
    for ref in (a, b):
        number = order[ref.source]
        source = report.sources[number]
        if not source.is_told(ref.passage):
            return (
                f"The passage of source {number + 1} is {source.place_name(ref.passage)}, and no part of its account."
            )
        if report.comparable and not report.comparable[number]:
            return f"Source {number + 1} cannot be compared with the others, by its language or its length."
    return ""


def _log_odds(score: float) -> float:
    return log(max(score, 1e-4) / max(1 - score, 1e-4))


def _verdict(
    link: Link | None,
    score: float | None,
    least: float,
    a: PassageRef,
    b: PassageRef,
    rivals_a: list[tuple[PassageRef, float]],
    rivals_b: list[tuple[PassageRef, float]],
) -> str:
    if score is None:
        return "They share no significant word, or each has fifty better counterparts: no link was considered."
    better = min(sum(s > score for _, s in rivals_a), sum(s > score for _, s in rivals_b))
    if link is not None:
        return f"{link.strength.capitalize()} link ({score:.0%})."
    if score < least:
        return f"Not linked: the score is {score:.0%}, and possible links start at {least:.0%}."
    if better:
        return f"Not linked ({score:.0%}): both passages have {better} better counterparts."
    return f"Not linked ({score:.0%})."


def _by_meaning(link: Link | None) -> str:
    if link is None:
        return "Not linked: by meaning each is nearer to another passage, or the two are not near enough."
    strength = "Linked by you" if link.by != "engine" else f"{link.strength.capitalize()} link ({link.score:.0%})"
    return f"{strength}, by meaning across languages. That says what the two are about, not that they agree."


def _evidence(
    report: Report, a: PassageRef, b: PassageRef, check: Callable[[], None]
) -> tuple[tuple[Shared, ...], tuple[Weighed, ...]]:
    """The words that both have, heaviest first, and what each kind of evidence adds to the log-odds."""
    story, _ = prepare(report.sources, check)
    number = {(report.sources[s].id, p): n for n, (s, p) in enumerate(zip(story.source, story.passage, strict=True))}
    i, j = number.get((a.source, a.passage)), number.get((b.source, b.passage))
    if i is None or j is None:
        return (), ()
    left, right = (report.sources[story.source[n]] for n in (i, j))
    shared = sorted(shared_words(story, i, j, left, right), key=lambda s: (-s.weight, s.a.start))
    context = Context(story, score_candidates(story, lambda share: None, check))
    table = curve_of(story).features
    values = pair_features(story, context, i, j)
    found = [Weighed(name, round(w * v, 4)) for name, w, v in zip(NAMES, table, values, strict=True) if round(w * v, 2)]
    return tuple(shared), tuple(sorted(found, key=lambda one: (-abs(one.adds), one.feature)))
