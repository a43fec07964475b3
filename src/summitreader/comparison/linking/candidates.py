"""Which pairs of passages are worth scoring: in a short story all, in a long one those that share its rarest words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nlargest
from itertools import combinations

from summitreader.comparison.linking.scoring import Table, likenesses
from summitreader.comparison.linking.story import Story

_ALL_PAIRS = 60_000
"""Up to so many pairs of passages every pair is scored."""
_COMMON = 500
"""A word that appears in more passages no longer changes which are the best."""
_VISITS = 32
"""How many passages of each source are looked at for a passage, those with its rarest words first."""
_LEAST = 0.1
"""Among many sources a pair must have this cosine of words to be scored."""


def score_candidates(story: Story, progress: Callable[[float], None], check: Callable[[], None]) -> Table:
    """How alike the pairs are that are worth asking about."""
    like: Table = [{} for _ in range(len(story))]
    sources = [r for r in story.passages_of if len(r)]
    pairs = sum(len(a) * len(b) for a, b in combinations(sources, 2))
    if pairs > _ALL_PAIRS:
        _by_postings(story, like, progress, check)
        return like
    done = 0
    for a, b in combinations(sources, 2):
        others = list(b)
        for i in a:
            check()
            row = like[i]
            for j, value in zip(others, likenesses(story, i, others), strict=True):
                if value > 0.0:
                    row[j] = like[j][i] = value
        done += len(a) * len(b)
        progress(done / pairs)
    return like


def wider_candidates(story: Story, like: Table, check: Callable[[], None], most: int) -> Table:
    """`like`, and for each passage and other source the `most` best of all that share any word."""
    wider = [dict(row) for row in like]
    postings: dict[int, list[int]] = {}
    for i, terms in enumerate(story.terms):
        for t in terms:
            postings.setdefault(t, []).append(i)
    source, norm = story.source, story.norm
    enough = 8 * most * max(1, len(story.passages_of) - 1)
    for i, terms in enumerate(story.terms):
        check()
        found: dict[int, float] = {}
        for count, t in sorted([(len(postings[t]), t) for t in terms]):
            if count > _COMMON and len(found) >= enough:
                break
            w = story.weight[t]
            for j in postings[t]:
                found[j] = found.get(j, 0) + w
        by_source: dict[int, list[tuple[float, int]]] = {}
        for j, mass in found.items():
            if source[j] != source[i]:
                by_source.setdefault(source[j], []).append((mass / norm[j], -j))
        for rows in by_source.values():
            asked = [-negative for _, negative in nlargest(most, rows) if -negative not in wider[i]]
            for j, value in zip(asked, likenesses(story, i, asked), strict=True):
                wider[i][j] = wider[j][i] = value
    return wider


def _by_postings(story: Story, like: Table, progress: Callable[[float], None], check: Callable[[], None]) -> None:
    """Score, for each passage and other source, the few that share the most of its rarest words."""
    sources = [r for r in story.passages_of if len(r)]
    two = len(sources) == 2
    asking = min(sources, key=story.shorter_first) if two else range(len(story))
    postings: dict[int, list[int]] = {}
    for i, terms in enumerate(story.terms):
        if not i & 1023:
            check()
        if not two or i not in asking:
            for t in terms:
                postings.setdefault(t, []).append(i)
    most = max(2, min(8, 120 // len(sources))) if story.letters else 3
    visits = _VISITS * min(16, len(sources))
    source, norm = story.source, story.norm
    shortest = min(norm, default=1.0)
    rarest_first = sorted(postings, key=lambda t: (len(postings[t]), t))
    rank = {t: n for n, t in enumerate(rarest_first)}
    entries = [(postings[t], story.weight[t]) for t in rarest_first]
    for n, i in enumerate(asking):
        if not n & 63:
            check()
            progress(n / len(asking))
        asking_for = [entries[r] for r in sorted([rank[t] for t in story.terms[i] if t in rank])]
        row = like[i]
        least = 0.0 if two else _LEAST * norm[i]
        found = _sharing(asking_for, visits, most, least * shortest)
        if two:
            asked = _best_few(found, norm, most)
        else:
            asked = [j for j in _best_of_each_source(found, source, norm, least, i, most) if j not in row]
        for j, value in zip(asked, likenesses(story, i, asked), strict=True):
            row[j] = like[j][i] = value


def _sharing(words: Sequence[tuple[list[int], int]], visits: int, most: int, least: float) -> dict[int, int]:
    """The weight that passages have of `words`, each given by who has it and its weight, the rarest first.

    So many passages are visited, but `most` at least are found. Who has less than `least` may be left out: once the
    words to come weigh less than that together, nobody new is taken in ("MaxScore", Turtle and Flood 1995).
    """
    found: dict[int, int] = {}
    rest = sum([w for _, w in words])
    closed = False
    for having, w in words:
        visits -= len(having)
        if visits < 0 and (closed or len(found) >= most):
            break
        if not found and not closed:
            found = dict.fromkeys(having, w)
        elif closed:
            for j in found.keys() & having:
                found[j] += w
        elif rest < least and len(found) >= most:
            closed = True
            open_to = least - rest
            found = {j: mass for j, mass in found.items() if mass >= open_to}
            for j in found.keys() & having:
                found[j] += w
        else:
            for j in having:
                found[j] = found.get(j, 0) + w
        rest -= w
    return found


def _best_few(found: dict[int, int], norm: list[float], most: int) -> list[int]:
    """The `most` passages with the highest cosine, best first, and none with less than a quarter of the best."""
    worth = [(mass / norm[j], -j) for j, mass in found.items()]
    least = max(worth, default=(0.0, 0))[0]
    worth = [pair for pair in worth if 4 * pair[0] >= least]
    worth.sort(reverse=True)
    return [-negative for _, negative in worth[:most]]


def _best_of_each_source(
    found: dict[int, int], source: list[int], norm: list[float], least: float, i: int, most: int
) -> list[int]:
    by_source: dict[int, list[tuple[float, int]]] = {}
    mine = source[i]
    for j, mass in found.items():
        value = mass / norm[j]
        if value >= least and source[j] != mine:
            by_source.setdefault(source[j], []).append((value, -j))
    best = []
    for rows in by_source.values():
        if len(rows) > most:
            rows.sort(reverse=True)
            del rows[most:]
        best += [-negative for _, negative in rows]
    return best
