"""What third sources add: where a passage of a third source is like both of two passages, they are more alike."""

from __future__ import annotations

from collections.abc import Callable
from heapq import nlargest

from summitreader.compare.linking.candidates import Scores
from summitreader.compare.linking.scoring import weights
from summitreader.compare.linking.story import Story

_NEIGHBOURS = 24
"""How many of a passage's nearest are asked."""


def add_support(story: Story, scores: Scores, check: Callable[[], None]) -> Scores:
    """`scores`, raised where other sources support a pair.

    The gain is a share of how much better than the pair itself its best two chains of two are, each through another
    source; a chain is as good as the weaker of its links. With two sources nothing changes.
    """
    if sum(1 for r in story.passages_of if len(r)) < 3:
        return scores
    chains: dict[tuple[int, int], dict[int, float]] = {}
    source = story.source
    for c, row in enumerate(scores):
        if not c & 127:
            check()
        through = source[c]
        near = sorted(((value, -i) for i, value in row.items() if value > 0.0), reverse=True)
        if len(near) > _NEIGHBOURS:  # and those that are as near as the last
            least = near[_NEIGHBOURS - 1][0]
            near = [pair for pair in near if pair[0] >= least]
        for n, (_, one) in enumerate(near):
            i = -one
            for weak, two in near[n + 1 :]:
                j = -two
                if source[i] == source[j]:
                    continue
                own = scores[i].get(j)
                if own is None or weak <= own:
                    continue
                best = chains.setdefault((i, j) if i < j else (j, i), {})
                if weak > best.get(through, 0.0):
                    best[through] = weak
    share = weights().support
    raised = [dict(row) for row in scores]
    for (i, j), best in chains.items():
        own = scores[i][j]
        gain = sum(nlargest(2, best.values())) - own * min(2, len(best))
        raised[i][j] = raised[j][i] = own + share * gain / 2
    return raised
