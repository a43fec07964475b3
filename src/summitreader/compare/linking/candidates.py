"""Which pairs of passages are worth scoring: those that share words that are rare in the story."""

from __future__ import annotations

from collections.abc import Callable
from heapq import nlargest
from itertools import combinations

from summitreader.compare.linking.letters import Letters, letters_of
from summitreader.compare.linking.scoring import likeness
from summitreader.compare.linking.story import Story

_ALL_PAIRS = 60_000
"""Up to so many pairs of passages every pair that shares evidence is scored."""
_LETTERS = 4_000
"""Up to so many passages letter sequences are compared; they cost more than they tell in long texts."""

Scores = list[dict[int, float]]
"""For each passage of the story the passages of other sources that are like it, with how much."""


def score_candidates(story: Story, progress: Callable[[float], None], check: Callable[[], None]) -> Scores:
    """How alike the pairs are that are worth asking about; every pair stands on both sides."""
    scores: Scores = [{} for _ in range(len(story))]
    sources = [r for r in story.passages_of if len(r)]
    pairs = sum(len(a) * len(b) for a, b in combinations(sources, 2))
    letters = letters_of(story) if len(story) <= _LETTERS else None
    check()
    if pairs > _ALL_PAIRS:
        _by_postings(story, letters, scores, progress, check)
        return scores
    done = 0
    for a, b in combinations(sources, 2):
        for i in a:
            check()
            terms, frames = story.terms[i], story.frames[i]
            for j in b:
                if not terms.isdisjoint(story.terms[j]) or not frames.isdisjoint(story.frames[j]):
                    scores[i][j] = scores[j][i] = likeness(story, letters, i, j)
        done += len(a) * len(b)
        progress(done / pairs)
    return scores


def _by_postings(
    story: Story, letters: Letters | None, scores: Scores, progress: Callable[[float], None], check: Callable[[], None]
) -> None:
    sources = sum(1 for r in story.passages_of if len(r))
    most = max(2, min(8, 400 // sources)) if letters is not None else 3
    source, weight, damp = story.source, story.weight, story.damp
    postings: dict[int, list[int]] = {}
    widest = max(40, len(story) // 40)
    for i, terms in enumerate(story.terms):
        for t in terms:
            postings.setdefault(t, []).append(i)
    for i, terms in enumerate(story.terms):
        if not i & 63:
            check()
            progress(i / len(story))
        found: dict[int, int] = {}
        for t in terms:
            entries = postings[t]
            if len(entries) <= widest:
                w = weight[t]
                for j in entries:
                    found[j] = found.get(j, 0) + w
        by_source: dict[int, list[tuple[float, int]]] = {}
        mine = source[i]
        for j, mass in found.items():
            if source[j] != mine:
                by_source.setdefault(source[j], []).append((mass * damp[j], -j))
        for rows in by_source.values():
            for _, negative in nlargest(most, rows):
                j = -negative
                if j not in scores[i]:
                    scores[i][j] = scores[j][i] = likeness(story, letters, i, j)
