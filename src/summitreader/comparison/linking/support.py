"""What other passages add: where a third passage is like both of two, they are more alike.

The third may stand in a third source, which is a witness of its own, or beside one of the two in its own account, which
says less: an account comes back to one thing in other words ("a lawsuit", "seeking damages").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf

from summitreader.comparison.linking.candidates import Scores
from summitreader.comparison.linking.scoring import weights
from summitreader.comparison.linking.story import Story, Terms

_NEIGHBOURS = 24
"""How many of a passage's nearest are asked."""

_Chains = dict[tuple[int, int], dict[int, float]]
"""For each pair, by the source that they go through, the best chain of two; a chain is as good as its weaker link."""


def add_support(story: Story, scores: Scores, within: Scores, check: Callable[[], None]) -> Scores:
    """`scores`, raised where other passages support a pair; `within` says how alike passages of one source are.

    The gain is a share of how much better than the pair itself its best two chains are, each through another source,
    and a small share of the same for the best chain through a passage beside one of the two.
    """
    chains: _Chains = {}
    several = sum(1 for r in story.passages_of if len(r)) > 2
    if not several and not any(within):
        return scores
    own_chains: dict[tuple[int, int], float] = {}
    for c, row in enumerate(scores):
        if not c & 127:
            check()
        near = _nearest(row)
        if several:
            _through_third(story.source, c, near, scores, chains)
        _through_own(story.figures, near, _nearest(within[c]), scores, own_chains)
    raised = [dict(row) for row in scores]
    share = weights().support
    for (i, j), best in chains.items():
        own = scores[i][j]
        if len(best) > 1:
            first, second, *_ = sorted(best.values(), reverse=True)
            gain = first + second - own * 2
        else:
            gain = next(iter(best.values())) - own
        raised[i][j] = raised[j][i] = own + share * gain / 2
    share = weights().within
    for (i, j), chain in own_chains.items():
        raised[i][j] = raised[j][i] = raised[i][j] + share * (chain - scores[i][j])
    return raised


def _nearest(row: Mapping[int, float]) -> list[tuple[float, int]]:
    """The nearest of a row, best first, and those that are as near as the last: likeness and passage."""
    near = sorted([(value, -i) for i, value in row.items() if value > 0.0], reverse=True)
    if len(near) > _NEIGHBOURS:
        least = near[_NEIGHBOURS - 1][0]
        near = [pair for pair in near if pair[0] >= least]
    return [(value, -negative) for value, negative in near]


def _through_third(source: list[int], c: int, near: list[tuple[float, int]], scores: Scores, chains: _Chains) -> None:
    """Add to `chains` those through passage `c` of pairs of two other sources."""
    through = source[c]
    for n, (_, i) in enumerate(near):
        row = scores[i]  # has no passage of the same source
        for weak, j in near[n + 1 :]:
            if weak > row.get(j, inf):
                pair = (i, j) if i < j else (j, i)
                best = chains.get(pair)
                if best is None:
                    chains[pair] = {through: weak}
                elif weak > best.get(through, 0.0):
                    best[through] = weak


def _through_own(
    figures: list[Terms],
    near: list[tuple[float, int]],
    beside: list[tuple[float, int]],
    scores: Scores,
    chains: dict[tuple[int, int], float],
) -> None:
    """Add to `chains` the best from a passage in `near`, of another source, to one of `beside`, in the same account;
    passages with figures of which none is the same tell of two things, whatever they are near."""
    for one, i in near:
        for two, j in beside:
            own = scores[i].get(j)
            weak = one if one < two else two
            if own is None or weak <= own:
                continue
            if figures[i] and figures[j] and figures[i].isdisjoint(figures[j]):
                continue
            pair = (i, j) if i < j else (j, i)
            if weak > chains.get(pair, 0.0):
                chains[pair] = weak
