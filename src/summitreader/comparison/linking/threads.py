"""Threads: the passages of all sources that tell one thing.

A passage joins a thread by what it shares with the thread, not with one of its members: two groups become one only
where their passages are alike on average. So a chain of half-likenesses does not run from one thing to another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain
from math import inf
from typing import TYPE_CHECKING

from summitreader.comparison.model import PassageRef, Thread

if TYPE_CHECKING:
    from summitreader.comparison.linking.story import Story

_JOINED = 0.33
"""The least mean score between two groups that become one; a pair that was not linked counts as nothing."""

_STRONG = 0.6
"""More than this no link brings to the mean: one strong link, which may be wrong, does not make up for a member of the
group with which nothing is shared. (With it 0.907 of the pairs in threads of `links/ecbplus` are right, without 0.899;
0.44 and 0.41 of those of `links/superpal`; of what there is 0.01 and 0.03 less are found.)"""

TIED = 0.7
"""The least score between the passage that represents a thread and one of each other source in it."""

Pairs = Mapping[tuple[int, int], float]
"""Linked passages, each pair both ways round, with its score."""

_Neighbours = dict[int, dict[int, int]]
"""For each group, called by its first passage, those that it is linked with, and the sum of the scores between them in
ten-thousandths, each at most `_STRONG`: sums are exact in any order."""


def make_threads(
    story: Story, links: Pairs, refs: Sequence[PassageRef], check: Callable[[], None] = lambda: None
) -> tuple[Thread, ...]:
    """The threads in order of their first passage.

    Passages with opposite predicates are never in one thread. A source stays in a thread only where one of its passages
    is linked to the representative with at least the score `TIED`.
    """
    rank = [0] * len(refs)
    by_id = sorted([(refs[r.start].source, r.start, r.stop) for r in story.passages_of if r])
    for n, i in enumerate(chain.from_iterable([range(start, stop) for _, start, stop in by_id])):
        rank[i] = n
    apart = [(i, j) for i, j in links if i < j and opposed(story, i, j)]
    threads: list[Thread] = []
    for members in sorted(group_passages(links, story.source, rank, check, apart=apart)):
        top = representative(members, links, rank)
        tied = {story.source[m] for m in members if links.get((top, m), 0.0) >= TIED}
        left = [m for m in members if story.source[m] in tied or story.source[m] == story.source[top]]
        if tied:
            threads.append(Thread(f"t{len(threads) + 1}", tuple(refs[m] for m in left), refs[top]))
    return tuple(threads)


def opposed(story: Story, i: int, j: int) -> bool:
    """Whether one of two passages denies what the other says: a word negated in one appears in the other, and nothing
    there is negated."""
    no_i, no_j = story.negated[i] & story.terms[i], story.negated[j] & story.terms[j]
    return bool((no_i and not no_j and no_i & story.terms[j]) or (no_j and not no_i and no_j & story.terms[i]))


def group_passages(
    links: Pairs,
    source: Sequence[int],
    rank: Sequence[int],
    check: Callable[[], None] = lambda: None,
    *,
    tied: Collection[tuple[int, int]] = (),
    apart: Collection[tuple[int, int]] = (),
) -> list[list[int]]:
    """The passages that `links` bring together, two sources or more in a group.

    Pairs that are `tied` come into one group whatever the rest is like, pairs that are `apart` never do; of these the
    latter win.

    `source` is each passage's source, `rank` a number for each passage that does not depend on the order of sources:
    equal scores are settled by it, so the same input in any order gives the same groups.
    """
    between = _neighbours(links)
    group = {i: [i] for i in between}
    kinds = {i: {source[i]: 1} for i in between}
    kept_apart: dict[int, set[int]] = {}
    for i, j in apart:
        kept_apart.setdefault(i, set()).add(j)
        kept_apart.setdefault(j, set()).add(i)
    forced = {(min(pair), max(pair)) for pair in tied}
    once = [
        (-inf if (i, j) in forced else -score, min(rank[i], rank[j]), max(rank[i], rank[j]), i, j)
        for (i, j), score in links.items()
        if i < j
    ]
    check()
    once.sort()
    for n, (*_, i, j) in enumerate(once):
        if not n & 511:
            check()
        one, two = group[i], group[j]
        if one is two:
            continue
        if kept_apart and any(group.get(other) is two for m in one for other in kept_apart.get(m, ())):
            continue
        small, large = (one, two) if len(one) < len(two) else (two, one)
        if len(one) + len(two) > 2 and (i, j) not in forced:
            there = kinds[large[0]]
            within = sum([n * there[s] for s, n in kinds[small[0]].items() if s in there])
            pairs = len(one) * len(two) - within  # those of one source are not asked
            if between[small[0]].get(large[0], 0) < _JOINED * 10_000 * pairs:
                continue
        there = kinds[large[0]]
        for s, n in kinds.pop(small[0]).items():
            there[s] = there.get(s, 0) + n
        _add_up(between, small[0], large[0])
        for member in small:
            group[member] = large
        large.extend(small)
    unique = {id(g): g for g in group.values() if len({source[m] for m in g}) > 1}
    return [sorted(g) for g in unique.values()]


def _neighbours(links: Pairs) -> _Neighbours:
    near: _Neighbours = {}
    for (i, j), score in links.items():
        near.setdefault(i, {})[j] = round(10_000 * min(score, _STRONG))
    return near


def _add_up(between: _Neighbours, small: int, large: int) -> None:
    """Make what group `small` has in common with others part of what `large` has; each is called by its first."""
    mine = between.pop(small)
    ours = between[large]
    del mine[large], ours[small]
    for other, score in mine.items():
        theirs = between[other]
        del theirs[small]
        ours[other] = theirs[large] = ours.get(other, 0) + score


def representative(members: Sequence[int], links: Pairs, rank: Sequence[int]) -> int:
    """The member that is most like the others; among equals the one of lowest rank."""

    def centre(member: int) -> int:
        return sum(round(10_000 * links.get((member, other), 0.0)) for other in members)

    return min(members, key=lambda m: (-centre(m), rank[m]))
