"""Order, where two texts have it: versions and translations run side by side, accounts of one event do not.

Whether there is an order shows in the links themselves: the pairs that are each other's best, taken in the order of one
text, must run almost without exception in the order of the other. Only then is a pair's place counted: near where its
neighbours say that it belongs it gains, far from there it loses. On translations this lifts the right verse from nine
in ten to ninety-nine in a hundred; on news, where order is not kept, it would halve the true links.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from summitreader.comparison.linking.scoring import Context, Table, odds_by
from summitreader.comparison.linking.story import Story

FEWEST = 12
"""Fewer pairs that are each other's best say nothing about order."""
_IN_ORDER = 0.85
"""The share of those pairs that must run in one order; chance gives two divided by the root of their number."""
COVERED = 0.35
"""The share of the shorter text's passages that must be in such a pair."""
_CLEAR = 1.1
"""How much more like a passage its best must be than its second."""
_NEAR = 3.5
"""The log-odds that a pair gains just where it belongs, and twice what it loses at most far off."""

_ASIDE = 4
"""How far beside its place a passage may still stand: sentences are cut otherwise in the other text."""

Odds = Callable[[int, int], float]
Curve = list[tuple[int, int]]


def add_order(story: Story, like: Table, odds: Table, check: Callable[[], None] = lambda: None) -> Table:
    """`odds`, with the place of pairs counted between sources that run in one order; `like` has their likenesses.

    The pairs where a passage belongs are asked for, whatever they share.
    """
    raised: Table | None = None
    parts = [(s, r) for s, r in enumerate(story.passages_of) if len(r) >= FEWEST]
    parts.sort(key=lambda part: story.shorter_first(part[1]))
    best = _clear_best(story, like) if len(parts) > 1 else []
    for (one, a), (two, b) in combinations(parts, 2):
        check()
        curve = common_order(a, b, [row.get(two, -1) for row in best[a.start : a.stop]], best, one)
        if curve:
            if raised is None:
                raised = [dict(row) for row in odds]
                alone = odds_by(story, Context(story, [{} for _ in like]))
            _count_place(a, b, curve, odds, raised, alone, check)
    return raised if raised is not None else odds


def common_order(a: range, b: range, best_of_a: Sequence[int], best: Sequence[Mapping[int, int]], one: int) -> Curve:
    """The pairs by which the passages of `a` and `b` run in one order, in that order; none where there is no order.

    `best_of_a` says for each passage of `a` which of `b` is clearly most like it (-1 for none), `best` for each passage
    of the story the same in each other source; `one` is the source of `a`.
    """
    pairs = [(i, j) for i, j in zip(a, best_of_a, strict=True) if j >= 0 and best[j].get(one) == i]
    if len(pairs) < max(FEWEST, COVERED * min(len(a), len(b))):
        return []
    run = longest_rising(pairs)
    return run if len(run) >= _IN_ORDER * len(pairs) else []


def _clear_best(story: Story, scores: Table) -> list[dict[int, int]]:
    """For each passage and other source the passage there that is most like it, where one clearly is."""
    found = []
    source = story.source
    for row in scores:
        first: dict[int, float] = {}
        second: dict[int, float] = {}
        best: dict[int, int] = {}
        for j, value in row.items():
            s = source[j]
            if s not in best:
                first[s], best[s] = value, j
            elif value > (top := first[s]):
                second[s] = top
                first[s], best[s] = value, j
            elif value > second.get(s, 0.0):
                second[s] = value
        for s, runner_up in second.items():
            if first[s] <= _CLEAR * runner_up:
                del best[s]
        found.append({s: j for s, j in best.items() if first[s] > 0.0})
    return found


def longest_rising(pairs: Curve) -> Curve:
    """The longest run of `pairs`, which rise in the first number, that rises in the second too (patience sorting)."""
    ends: list[int] = []
    at_end: list[int] = []
    before: list[int] = [-1] * len(pairs)
    for n, (_, j) in enumerate(pairs):
        k = bisect_left(ends, j)
        if k == len(ends):
            ends.append(j)
            at_end.append(n)
        else:
            ends[k] = j
            at_end[k] = n
        before[n] = at_end[k - 1] if k else -1
    run = []
    n = at_end[-1] if at_end else -1
    while n >= 0:
        run.append(pairs[n])
        n = before[n]
    return run[::-1]


def _count_place(
    a: range, b: range, curve: Curve, odds: Table, raised: Table, alone: Odds, check: Callable[[], None]
) -> None:
    """Raise or lower every pair of `a` and `b` by where it stands."""
    start = b.start  # places are counted from there: nothing may depend on where the source stands among the others
    settled = {i: j - start for i, j in curve}
    for n, i in enumerate(a):
        if not n & 63:
            check()
        place = _expected(i, curve, b)
        row = {j - start: value for j, value in odds[i].items() if j in b}
        at = settled.get(i)
        if at is None or abs(at - place) >= 1.5:
            nearest = int(place + 0.5)
            for j in range(max(0, nearest - _ASIDE), min(len(b), nearest + _ASIDE + 1)):
                if j not in row:
                    row[j] = alone(i, j + start)
        for j, value in row.items():
            off = abs(j - place)
            gain = _NEAR / (1 + off * off / 4) - min(_NEAR / 2, off / 9)
            raised[i][j + start] = raised[j + start][i] = value + gain


def _expected(i: int, curve: Curve, b: range) -> float:
    """Where in `b`, counted from its first, passage `i` belongs by the pairs before and after it, itself not asked."""
    k = bisect_left(curve, (i, -1))
    low = curve[k - 1] if k else None
    high = curve[k] if k < len(curve) else None
    if high is not None and high[0] == i:
        high = curve[k + 1] if k + 1 < len(curve) else None
    if low is None and high is None:
        return 0.0
    if low is None or high is None:
        near = low or high
        assert near is not None
        return float(min(max(near[1] - b.start + i - near[0], 0), len(b) - 1))
    return low[1] - b.start + (i - low[0]) * (high[1] - low[1]) / (high[0] - low[0])
