"""Which passages surely have no counterpart in any other source.

A score near zero is little evidence by itself, for the same can be said in other words. So four things are weighed
together, as log-odds: the best score that a passage reaches anywhere; how much of its words another account has at all,
wherever they stand; how much no other account has, since what tells much that is new is not found by chance; and what
its neighbours reach, since an account tells what only it knows in stretches. What all this must fall under depends on
how much the others say: the silence of a whole article tells more than that of a few lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log, log2

from summitreader.comparison.linking.candidates import Scores
from summitreader.comparison.linking.scoring import weights
from summitreader.comparison.linking.story import UNIT, Story

_ENOUGH = 3
"""A passage of fewer telling words, without figures, times and who says it, is never called surely alone: "They managed
to get out" can be said in any words, a line with a date tells nothing, nor does "Eyewitness News asked"."""

_DATELINE = (
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
    " am pm gmt utc est edt pst pdt cet bst ist last updated published posted first originally"
)
_TIMES = frozenset(_DATELINE.split())
"""What a line that says when something was published is made of."""

_LEAST_SCORE = 0.01
"""Scores are told apart down to here."""


def surely_alone(
    story: Story, sure: Scores, comparable: Sequence[bool], check: Callable[[], None] = lambda: None
) -> list[bool]:
    """For each passage of the story whether it surely has no counterpart.

    `sure` has the scores of all pairs that were looked at, `comparable` says of each source whether its silence counts.
    """
    c = weights().alone
    reached = [_log_odds(story, row, comparable) for row in sure]
    check()
    told = [sum(len(story.words[i]) for i in r) if f else 0 for r, f in zip(story.passages_of, comparable, strict=True)]
    having = _accounts_of(story, comparable)
    found = [False] * len(sure)
    for s, passages in enumerate(story.passages_of):
        if not comparable[s]:
            continue
        check()
        others = told[:s] + told[s + 1 :]
        limit = alone_below(sum(others), max(others, default=0))
        for i in passages:
            beside = [reached[j] for j in (i - 1, i + 1) if j in passages]
            silent = reached[i] + c["beside"] * (sum(beside) / len(beside) if beside else 0.0)
            if silent - c["new"] * _doublings(story.mass[i]) < limit and _tells_enough(story, i):
                covered, new = _elsewhere(story, i, having)
                found[i] = silent + c["covered"] * covered - c["new"] * _doublings(new) < limit
    return found


def alone_below(words: int, longest: int) -> float:
    """The log-odds below which no other source tells what a passage tells, where they tell `words` words together, and
    the one that tells most tells `longest`.

    The best of many is higher by chance than the best of few, and a long silence says more than a short one: the limit
    rises with each doubling. A few lines tell a thing or two: where no account has `few` words it falls fast.
    """
    c = weights().alone
    limit = c["limit"] + c["doubling"] * max(0.0, log2(max(1, words) / c["words"]))
    return min(c["most"], limit) + c["halving"] * min(0.0, log2(max(1, longest) / c["few"]))


def _log_odds(story: Story, row: dict[int, float], comparable: Sequence[bool]) -> float:
    """Those of the best score of a passage, held back where it is next to nothing or next to one."""
    best = max((value for j, value in row.items() if comparable[story.source[j]]), default=0.0)
    best = min(max(best, _LEAST_SCORE), 1 - _LEAST_SCORE)
    return log(best / (1 - best))


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


def _doublings(mass: int) -> float:
    """How often half a telling word is doubled in words of the weight `mass`."""
    return log2(0.5 + mass / UNIT)


def _tells_enough(story: Story, i: int) -> bool:
    """Whether passage `i` says so much that its counterpart could be known by it; a headline is told by the rest."""
    if story.headline[i]:
        return False
    told = story.terms[i] - story.figures[i] - story.attributing[i]
    if len(told) < _ENOUGH:
        return False
    types = story.types_of[story.source[i]]
    times = {story.ids.get(types[w].term) for w in story.words[i] if types[w].plain in _TIMES}
    return len(told - times) >= _ENOUGH
