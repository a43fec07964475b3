"""Which passages very likely have no counterpart in any other source.

A low score is little evidence by itself, for the same can be said in other words. So five numbers are weighed together
in a logistic regression of their own (`weights.json`): the best score that a passage reaches anywhere; how much of its
words another account has at all; how much no other account has; what its neighbours reach, since accounts report what
only they know in stretches; and how much the others say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from math import log2

from summitreader.comparison.linking.scoring import Table, curve_of
from summitreader.comparison.linking.story import UNIT, Story, Terms

_split = str.split

NAMES = ("best", "covered", "new", "beside", "others")
_ENOUGH = 3
"""A passage of fewer telling words, without figures and times, is never called unique: "They managed to get out" can be
said in any words, and a line with a date says nothing."""
_MOST_TIMES = 9
"""A line that only says when something was published has no more such words than these."""
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
    w = curve_of(story).alone
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
    vocabularies, unique = _vocabularies(story, comparable)
    found: list[tuple[float, ...] | None] = [None] * len(odds)
    for s, passages in enumerate(story.passages_of):
        check()
        others = log2(max(1, sum(said) - said[s]) / 500)
        for i in passages if comparable[s] else ():
            if _says_enough(story, i):
                near = [best[j] for j in (i - 1, i + 1) if j in passages]
                terms = story.terms[i]
                elsewhere = max([story.weigh(terms & v) for n, v in vocabularies.items() if n != s], default=0)
                covered, new = elsewhere / max(story.mass[i], UNIT // 100), story.weigh(terms & unique)
                beside = sum(near) / len(near) if near else 0.0
                found[i] = best[i], covered, log2(0.5 + new / UNIT), beside, others
    return found


def _longest(story: Story, comparable: Sequence[bool]) -> list[int]:
    """For each source how many words the longest other account has."""
    said = [sum(len(story.words[i]) for i in r) if f else 0 for r, f in zip(story.passages_of, comparable, strict=True)]
    return [max(said[:s] + said[s + 1 :], default=0) for s in range(len(said))]


def _vocabularies(story: Story, comparable: Sequence[bool]) -> tuple[dict[int, Terms], Terms]:
    """The terms of each source whose silence counts, and those that only one of these has."""
    vocabularies = {
        s: frozenset[int]().union(*(story.terms[i] for i in passages))
        for s, passages in enumerate(story.passages_of)
        if comparable[s]
    }
    counts = Counter(chain.from_iterable(vocabularies.values()))
    return vocabularies, frozenset([t for t, n in counts.items() if n == 1])


def _says_enough(story: Story, i: int) -> bool:
    """Whether passage `i` says so much that its counterpart could be known by it; a headline is told by the rest."""
    if story.headline[i]:
        return False
    said = story.terms[i] - story.figures[i]
    if len(said) < _ENOUGH:
        return False
    if len(said) > _ENOUGH + _MOST_TIMES:
        return True
    types = story.types_of[story.source[i]]
    times = {story.ids.get(types[w].term) for w in story.words[i] if types[w].plain in _TIMES}
    return len(said - times) >= _ENOUGH
