"""Threads: the passages of all sources that tell one thing.

A passage joins a thread by what it shares with the thread, not with one of its members: two groups become one only
where their passages are alike on average. So a chain of half-likenesses does not run from one thing to another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_JOINED = 0.33
"""The least mean score between two groups that become one; a pair that was not linked counts as nothing."""

Pairs = Mapping[tuple[int, int], float]


def group_passages(links: Pairs, source: Sequence[int], rank: Sequence[int]) -> list[list[int]]:
    """The passages that `links` (both ways round, with their scores) bring together, two sources or more in a group.

    `source` is each passage's source, `rank` a number for each passage that does not depend on the order of sources:
    equal scores are settled by it, so the same input in any order gives the same groups.
    """
    group: dict[int, list[int]] = {}
    for i, j in links:
        group.setdefault(i, [i])
        group.setdefault(j, [j])
    once = [(-score, *sorted((rank[i], rank[j])), i, j) for (i, j), score in links.items() if i < j]
    once.sort()
    for _, _, _, i, j in once:
        one, two = group[i], group[j]
        if one is two:
            continue
        if len(one) + len(two) > 2 and _likeness(one, two, links, source) < _JOINED:
            continue
        joined = one + two
        for member in joined:
            group[member] = joined
    unique = {id(g): g for g in group.values() if len({source[m] for m in g}) > 1}
    return [sorted(g) for g in unique.values()]


def _likeness(one: Sequence[int], two: Sequence[int], links: Pairs, source: Sequence[int]) -> float:
    """The mean score between two groups; passages of one source are not asked."""
    scores = [links.get((a, b), 0.0) for a in one for b in two if source[a] != source[b]]
    return sum(sorted(scores)) / len(scores) if scores else 0.0


def representative(members: Sequence[int], links: Pairs, rank: Sequence[int]) -> int:
    """The member that is most like the others; among equals the one of lowest rank."""

    def centre(member: int) -> float:
        return round(sum(sorted(links.get((member, other), 0.0) for other in members)), 9)

    return min(members, key=lambda m: (-centre(m), rank[m]))
