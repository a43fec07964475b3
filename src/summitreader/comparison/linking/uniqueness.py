"""Which passages very likely have no counterpart in any other source.

A low score is little evidence by itself, for the same can be said in other words. So five numbers are weighed together
in a logistic regression of their own (`weights.json`): the best score that a passage reaches anywhere; how much of its
words another account has at all; how much no other account has; what its neighbours reach, since accounts report what
only they know in stretches; and how much the others say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log2

from summitreader.comparison.linking.scoring import Table, weights
from summitreader.comparison.linking.story import UNIT, Story

_split = str.split

NAMES = ("best", "covered", "new", "beside", "others")
_ENOUGH = 3
"""A passage of fewer telling words, without figures and times, is never called unique: "They managed to get out" can be
said in any words, and a line with a date says nothing."""
_FEW = 100
"""Words that another account must have for its silence to mean something; each halving below costs 2 in log-odds."""
_LOWEST, _HIGHEST = -5.0, 2.0
"""Log-odds are told apart between these."""
_TIMES = frozenset(
    _split("""
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    am pm gmt utc est edt pst pdt cet bst ist last updated published posted first originally
    """)
)
"""What a line that says when something was published is made of."""


def surely_alone(
    story: Story, odds: Table, comparable: Sequence[bool], check: Callable[[], None] = lambda: None
) -> list[bool]:
    """For each passage of the story whether it very likely has no counterpart.

    `odds` has the log-odds of all pairs that were looked at, `comparable` says whether a source's silence counts.
    """
    w = weights().alone
    longest = _longest(story, comparable)
    return [
        found is not None
        and w["constant"] + sum(w[name] * value for name, value in zip(NAMES, found, strict=True))
        >= w["limit"] + 2 * max(0.0, log2(_FEW / max(1, longest[story.source[i]])))
        for i, found in enumerate(alone_features(story, odds, comparable, check))
    ]


def alone_features(
    story: Story, odds: Table, comparable: Sequence[bool], check: Callable[[], None] = lambda: None
) -> list[tuple[float, ...] | None]:
    """For each passage the numbers named by `NAMES`, None where it says too little or cannot be compared."""
    best = [
        min(_HIGHEST, max([_LOWEST, *(value for j, value in row.items() if comparable[story.source[j]])]))
        for row in odds
    ]
    check()
    said = [sum(len(story.words[i]) for i in r) if f else 0 for r, f in zip(story.passages_of, comparable, strict=True)]
    having = _accounts_of(story, comparable)
    found: list[tuple[float, ...] | None] = [None] * len(odds)
    for s, passages in enumerate(story.passages_of):
        check()
        others = log2(max(1, sum(said) - said[s]) / 500)
        for i in passages if comparable[s] else ():
            if _says_enough(story, i):
                near = [best[j] for j in (i - 1, i + 1) if j in passages]
                covered, new = _elsewhere(story, i, having)
                beside = sum(near) / len(near) if near else 0.0
                found[i] = best[i], covered, log2(0.5 + new / UNIT), beside, others
    return found


def _longest(story: Story, comparable: Sequence[bool]) -> list[int]:
    """For each source how many words the longest other account has."""
    said = [sum(len(story.words[i]) for i in r) if f else 0 for r, f in zip(story.passages_of, comparable, strict=True)]
    return [max(said[:s] + said[s + 1 :], default=0) for s in range(len(said))]


def _accounts_of(story: Story, comparable: Sequence[bool]) -> dict[int, set[int]]:
    """For each term the sources that have it, of those whose silence counts."""
    having: dict[int, set[int]] = {}
    for s, passages in enumerate(story.passages_of):
        if comparable[s]:
            for t in frozenset[int]().union(*(story.terms[i] for i in passages)):
                having.setdefault(t, set()).add(s)
    return having


def _elsewhere(story: Story, i: int, having: dict[int, set[int]]) -> tuple[float, int]:
    """Of the words of passage `i` the share of their weight, 0 to 1, that the other account has that has most of it,
    and the weight of those that no other account has."""
    by_source: dict[int, int] = {}
    new = 0
    for t in story.terms[i]:
        accounts = having[t]
        if len(accounts) == 1:
            new += story.weight[t]
        else:
            for s in accounts:
                by_source[s] = by_source.get(s, 0) + story.weight[t]
    by_source.pop(story.source[i], None)
    return max(by_source.values(), default=0) / max(story.mass[i], UNIT // 100), new


def _says_enough(story: Story, i: int) -> bool:
    """Whether passage `i` says so much that its counterpart could be known by it; a headline is told by the rest."""
    if story.headline[i]:
        return False
    said = story.terms[i] - story.figures[i]
    if len(said) < _ENOUGH:
        return False
    types = story.types_of[story.source[i]]
    times = {story.ids.get(types[w].term) for w in story.words[i] if types[w].plain in _TIMES}
    return len(said - times) >= _ENOUGH
