"""Why two passages are linked, or why they are not: the score, what both have, what speaks against it, better rivals.

Nothing is decided here: the figures are those of `link_sources`, asked for all candidates; the words are the evidence
that a link of the two has, or would have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from summitreader.comparison.linking import link_sources
from summitreader.comparison.linking.analysis import SourceWords, analyse
from summitreader.comparison.linking.candidates import letters_where_short
from summitreader.comparison.linking.evidence import placed_words, shared_words
from summitreader.comparison.linking.features import NAMES, pair_features
from summitreader.comparison.linking.languages import one_language, story_language
from summitreader.comparison.linking.scoring import weights
from summitreader.comparison.linking.story import Story, gather
from summitreader.comparison.model import PassageRef, Quotation, Report, Shared

RIVALS = 3
"""So many better or next best counterparts are named on either side."""

_LIKELY = 0.5
_BEST = 2
"""The rule of `deciding`: above the first all is shown, below it what is among the best so many of either passage."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One kind of evidence, by its name in `features`, and what it adds to the likeness of the two."""

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
    least = weights().shown
    linked = any((link.a, link.b) == (a, b) for link in report.links)
    refusal = _refused(report, a, b, order)
    if refusal:
        return Why(a, b, linked, None, least, refusal)
    candidates = link_sources(
        report.sources, report.quotations, min_score=0.0, progress=lambda share: None, check=check
    ).candidates
    scores: dict[tuple[PassageRef, PassageRef], float] = {(link.a, link.b): link.score for link in candidates}
    rivals_a = _best((right, s) for (left, right), s in scores.items() if left == a and right.source == b.source)
    rivals_b = _best((left, s) for (left, right), s in scores.items() if right == b and left.source == a.source)
    score = scores.get((a, b))
    shared, weighed = _evidence(report, a, b, check)
    return Why(
        a,
        b,
        linked,
        score,
        least,
        _verdict(linked, score, least, a, b, rivals_a, rivals_b),
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


def _verdict(
    linked: bool,
    score: float | None,
    least: float,
    a: PassageRef,
    b: PassageRef,
    rivals_a: list[tuple[PassageRef, float]],
    rivals_b: list[tuple[PassageRef, float]],
) -> str:
    if score is None:
        return "They share no word that tells anything, or each has fifty likelier counterparts: no link was weighed."
    better = min(sum(s > score for _, s in rivals_a), sum(s > score for _, s in rivals_b))
    if linked:
        why = "it is more likely right than not" if score >= _LIKELY else "it is among the best two of either passage"
        return f"Linked: the score is {score:.2f}, and {why}."
    if score < least:
        return f"Not linked: the score is {score:.2f}, and links are shown from {least:.2f}."
    if better >= _BEST:
        return (
            f"Not linked: the score is {score:.2f}, below {_LIKELY:.2f}, and both passages have {better} better "
            "counterparts."
        )
    return f"Not linked, with a score of {score:.2f}."


def _evidence(
    report: Report, a: PassageRef, b: PassageRef, check: Callable[[], None]
) -> tuple[tuple[Shared, ...], tuple[Weighed, ...]]:
    """The words that both have, heaviest first, and what each kind of evidence adds to their likeness."""
    language = story_language(report.sources)
    quoted: dict[str, list[Quotation]] = {}
    for q in report.quotations:
        quoted.setdefault(q.source, []).append(q)
    words = [
        analyse(source, quoted.get(source.id, ()), language, check) if fits else SourceWords((), language)
        for source, fits in zip(report.sources, one_language(report.sources, language), strict=True)
    ]
    story = gather(words, check)
    number = {(report.sources[s].id, p): n for n, (s, p) in enumerate(zip(story.source, story.passage, strict=True))}
    i, j = number.get((a.source, a.passage)), number.get((b.source, b.passage))
    if i is None or j is None:
        return (), ()
    left, right = (placed_words(story, n, report.sources[story.source[n]]) for n in (i, j))
    shared = sorted(shared_words(story, i, j, left, right), key=lambda s: (-s.weight, s.a.start))
    return tuple(shared), _weighed(story, i, j, check)


def _weighed(story: Story, i: int, j: int, check: Callable[[], None]) -> tuple[Weighed, ...]:
    letters = letters_where_short(story, check)
    table = weights().features if letters is not None else weights().features_long
    values = pair_features(story, letters, min(i, j), max(i, j))
    found = [Weighed(name, round(w * v, 4)) for name, w, v in zip(NAMES, table, values, strict=True) if round(w * v, 2)]
    return tuple(sorted(found, key=lambda one: (-abs(one.adds), one.feature)))
