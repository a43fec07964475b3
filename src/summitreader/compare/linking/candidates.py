"""Which pairs of passages are worth scoring: those that share words that are rare in the story."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from summitreader.compare.linking.scoring import raw_score
from summitreader.compare.linking.story import Story

_ALL_PAIRS = 60_000
"""Up to so many pairs of passages every pair that shares evidence is scored."""

Scores = list[dict[int, float]]
"""For each passage of the story, the passages of other sources that are like it, with their score."""


def score_candidates(
    story: Story, progress: Callable[[float], None], check: Callable[[], None], most: int = 8
) -> Scores:
    scores: Scores = [{} for _ in story.source]
    sources = [r for r in story.passages_of if len(r)]
    pairs = sum(len(a) * len(b) for a, b in combinations(sources, 2))
    if pairs <= _ALL_PAIRS:
        done = 0
        for a, b in combinations(sources, 2):
            for i in a:
                check()
                for j in b:
                    if story.terms[i].isdisjoint(story.terms[j]) and story.frames[i].isdisjoint(story.frames[j]):
                        continue
                    score = raw_score(story, i, j)
                    if score > 0:
                        scores[i][j] = scores[j][i] = score
                done += len(b)
                progress(done / pairs)
        return scores
    return _by_postings(story, scores, most, progress, check)


def _by_postings(
    story: Story, scores: Scores, most: int, progress: Callable[[float], None], check: Callable[[], None]
) -> Scores:
    from heapq import nlargest

    source, weight, damp = story.source, story.weight, story.damp
    postings: dict[int, list[int]] = {}
    for i, terms in enumerate(story.terms):
        for t in terms:
            postings.setdefault(t, []).append(i)
    widest = max(64, len(story.source) // 50)
    for i, terms in enumerate(story.terms):
        if not i & 63:
            check()
            progress(i / len(story.terms))
        found: dict[int, float] = {}
        mine = source[i]
        for t in terms:
            entries = postings[t]
            if len(entries) > widest:
                continue
            w = weight[t]
            for j in entries:
                found[j] = found.get(j, 0) + w
        by_source: dict[int, list[tuple[float, int]]] = {}
        for j, w in found.items():
            if source[j] != mine:
                by_source.setdefault(source[j], []).append((w * damp[j], -j))
        for rows in by_source.values():
            for _, negative in nlargest(most, rows):
                j = -negative
                if j not in scores[i]:
                    score = raw_score(story, i, j)
                    scores[i][j] = scores[j][i] = score
    return scores
