"""Which passages surely have no counterpart in any other source.

A score near zero is little evidence by itself, for the same can be said in other words. So three things are weighed
together, as log-odds: the best score that a passage reaches anywhere; how much of its words another account has at all,
wherever they stand; and what its neighbours reach, since an account tells what only it knows in stretches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log, log2

from summitreader.compare.linking.candidates import Scores
from summitreader.compare.linking.scoring import weights
from summitreader.compare.linking.story import UNIT, Story

_ENOUGH = 3
"""A passage of fewer telling words, figures left out, is never called surely alone: "They managed to get out" can be
said in any words, and a line with a date tells nothing."""

_LEAST_SCORE = 0.01
"""Scores are told apart down to here."""


def surely_alone(
    story: Story, sure: Scores, comparable: Sequence[bool], check: Callable[[], None] = lambda: None
) -> list[bool]:
    """For each passage of the story whether it surely has no counterpart.

    `sure` has the scores of all pairs that were looked at, `comparable` says of each source whether its silence counts.
    """
    c = weights().alone
    told = sum(len(r) for r, fits in zip(story.passages_of, comparable, strict=True) if fits)
    reached = [_log_odds(story, row, comparable) for row in sure]
    words = [frozenset[int]().union(*(story.terms[i] for i in r)) for r in story.passages_of]
    found = [False] * len(sure)
    for s, passages in enumerate(story.passages_of):
        if not comparable[s]:
            continue
        check()
        limit = alone_below(told - len(passages))
        others = [words[n] for n, fits in enumerate(comparable) if fits and n != s]
        for i in passages:
            beside = [reached[j] for j in (i - 1, i + 1) if j in passages]
            silent = reached[i] + c["beside"] * (sum(beside) / len(beside) if beside else 0.0)
            if silent < limit and others and _tells_enough(story, i):
                found[i] = silent + c["covered"] * _covered(story, i, others) < limit
    return found


def alone_below(passages: int) -> float:
    """The log-odds below which nothing among `passages` of other sources tells what a passage tells.

    The best of many is higher by chance than the best of few, and a long silence says more than a short one: the limit
    rises with each doubling.
    """
    c = weights().alone
    return min(c["most"], c["least"] + c["doubling"] * max(0.0, log2(max(1, passages) / c["passages"])))


def _log_odds(story: Story, row: dict[int, float], comparable: Sequence[bool]) -> float:
    """Those of the best score of a passage, held back where it is next to nothing or next to one."""
    best = max((value for j, value in row.items() if comparable[story.source[j]]), default=0.0)
    best = min(max(best, _LEAST_SCORE), 1 - _LEAST_SCORE)
    return log(best / (1 - best))


def _covered(story: Story, i: int, others: Sequence[frozenset[int]]) -> float:
    """The share, 0 to 1, of the weight of the words of passage `i` that the other account has that has most of it."""
    terms = story.terms[i]
    most = max(sum(map(story.weight.__getitem__, terms & words)) for words in others)
    return most / max(story.mass[i], UNIT // 100)


def _tells_enough(story: Story, i: int) -> bool:
    """Whether passage `i` says so much that its counterpart could be known by it; a headline is told by the rest."""
    return not story.headline[i] and len(story.terms[i] - story.figures[i]) >= _ENOUGH
