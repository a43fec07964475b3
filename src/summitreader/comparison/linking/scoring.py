"""How alike two passages are, what else speaks for or against a link, and the probability that makes.

A few numbers, one logistic regression. The weights are in `weights.json`, learnt by `benchmarks/links_learn.py`;
docs/linking.md says on what, and how often they are right.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp, log1p
from operator import mul

from summitreader.comparison.linking.story import UNIT, Story, counts_for

NAMES = (
    "words",  # cosine of the words, stemmed, stop words left out, each by its rarity in the story
    "letters",  # the same of letter sequences
    "margin",  # how far the pair is ahead of the next best of either passage, together; below 0 where it is behind
    "beside",  # how alike the passages beside the two are
    "accounts",  # how alike the two accounts are as a whole
    "length",  # how much the longer of the two says
    "figures",  # figures that both have
    "other_figures",  # figures on both sides that the other has not
    "early",  # both are at the head of their accounts
    "headline",  # one of the two is a title or heading
    "meaning",  # cosine of the vectors of an encoder
)
"""The features of a pair, in the order of `pair_features`. The last two count only where there is an encoder."""

_ONE_EVENT = 0.2
"""So alike are six in ten pairs of accounts in forty stories; above it the number says nothing."""

Table = list[dict[int, float]]
"""For each passage of the story a number for passages of other sources; every pair is in it both ways round."""


@dataclass(frozen=True, slots=True)
class Curve:
    """`features` run parallel to `NAMES`. Log-odds above `knee` count `above` times as much: however alike two passages
    are, about one link in ten is wrong.

    A link is likely from the score `likely` on, possible from `possible` on. `alone` has the weights of `uniqueness`.
    """

    constant: float
    features: tuple[float, ...]
    knee: float
    above: float
    likely: float
    possible: float
    alone: Mapping[str, float]

    def probability(self, odds: float) -> float:
        """The probability, 0 to 1, that a link with these log-odds is right."""
        bent = self.knee + self.above * (odds - self.knee) if odds > self.knee else odds
        return 1 / (1 + exp(-min(max(bent, -30.0), 30.0)))


@lru_cache(maxsize=1)
def curves() -> dict[str, Curve]:
    """The packaged weights: `short`, `long` for stories without letter sequences, `meaning` for those with vectors."""
    table = json.loads(files("summitreader.comparison.linking").joinpath("weights.json").read_text(encoding="utf-8"))
    return {
        name: Curve(features=tuple(row.get(feature, 0.0) for feature in NAMES), **{k: row[k] for k in _OTHERS})
        for name, row in table.items()
    }


_OTHERS = ("constant", "knee", "above", "likely", "possible", "alone")


def curve_of(story: Story) -> Curve:
    """The weights for a story."""
    return curves()["meaning" if story.meaning else "short" if story.letters else "long"]


def word_cosines(story: Story, i: int, others: Iterable[int]) -> list[float]:
    """The cosine of the words of passage `i` with those of each of `others` in turn, 0 to 1."""
    weigh = story.weight.__getitem__
    all_terms, norm = story.terms, story.norm
    ti, own = all_terms[i], norm[i]
    return [sum(map(weigh, shared)) / (own * norm[j]) if (shared := ti & all_terms[j]) else 0.0 for j in others]


def letter_cosines(story: Story, i: int, others: Iterable[int]) -> list[float]:
    """The same of letter sequences."""
    sets, norm = story.letters, story.letter_norm
    a, b, c, d = sets[i]
    own = norm[i]
    found = []
    for j in others:
        e, f, g, h = sets[j]
        shared = (a & e).bit_count() + 2 * (b & f).bit_count() + 3 * (c & g).bit_count() + 4 * (d & h).bit_count()
        found.append(shared / (own * norm[j]))
    return found


def likenesses(story: Story, i: int, others: list[int]) -> list[float]:
    """How alike passage `i` and each of `others` are, 0 to 1: the mean of the two cosines."""
    words = word_cosines(story, i, others)
    if not story.letters:
        return words
    return [(w + c) / 2 for w, c in zip(words, letter_cosines(story, i, others), strict=True)]


class Context:
    """What the other pairs of a table of likenesses say about a pair: its margin, and what is beside it."""

    def __init__(self, story: Story, like: Table) -> None:
        self.like = like
        self._source = source = story.source
        size = len(story)
        self._counts_for = [counts_for(len(passages)) for passages in story.passages_of]
        self._before = [i - 1 if i and source[i - 1] == source[i] else -1 for i in range(size)]
        self._after = [i + 1 if i + 1 < size and source[i + 1] == source[i] else -1 for i in range(size)]
        self._best: list[dict[int, tuple[float, float]]] = []
        """For each passage and other source the two highest likenesses."""
        for row in like:
            best: dict[int, tuple[float, float]] = {}
            for j, value in row.items():
                first, second = best.get(source[j], (0.0, 0.0))
                if value > first:
                    best[source[j]] = value, first
                elif value > second:
                    best[source[j]] = first, value
            self._best.append(best)
        self._alike = [[0.0] * len(story.passages_of) for _ in story.passages_of]
        """For each source and other source the mean of the highest likenesses of its passages."""
        for i, best in enumerate(self._best):
            for other, (first, _) in best.items():
                self._alike[source[i]][other] += first / len(story.passages_of[source[i]])

    def margin(self, i: int, j: int, value: float) -> float:
        """How far `value` is ahead of the next best of `i` in the source of `j`, plus the same the other way round; the
        fewer passages there are to choose from, the less it counts."""
        ahead = 0.0
        for one, other in ((i, j), (j, i)):
            source = self._source[other]
            if counts := self._counts_for[source]:
                first, second = self._best[one].get(source, (0.0, 0.0))
                ahead += counts * (value - (second if value >= first else first))
        return ahead

    def accounts(self, i: int, j: int) -> float:
        """How alike the sources of `i` and `j` are, the mean of the best likenesses of their passages, up to what two
        accounts of one event come to: below that they are likely of two."""
        a, b = self._source[i], self._source[j]
        return min(_ONE_EVENT, (self._alike[a][b] + self._alike[b][a]) / 2)

    def beside(self, i: int, j: int) -> float:
        """The likeness of the neighbours: of the two pairs beside this one the better, of the passages beside `i` with
        `j` the better, and of those beside `j` with `i`."""
        like = self.like
        row = like[i]
        before_i, after_i, before_j, after_j = self._before[i], self._after[i], self._before[j], self._after[j]
        up: Mapping[int, float] = like[before_i] if before_i >= 0 else {}
        down: Mapping[int, float] = like[after_i] if after_i >= 0 else {}
        return (
            max(up.get(before_j, 0.0), down.get(after_j, 0.0))
            + max(up.get(j, 0.0), down.get(j, 0.0))
            + max(row.get(before_j, 0.0), row.get(after_j, 0.0))
        )


def pair_features(story: Story, context: Context, i: int, j: int) -> tuple[float, ...]:
    """The features of passages `i` and `j`, in the order of `NAMES`."""
    weigh = story.weight.__getitem__
    words = sum(map(weigh, story.terms[i] & story.terms[j])) / (story.norm[i] * story.norm[j])
    value = context.like[i].get(j)
    if value is None:
        (value,) = likenesses(story, i, [j])
    figures = other_figures = 0.0
    if (fi := story.figures[i]) and (fj := story.figures[j]):
        figures = log1p(story.weigh(fi & fj) / UNIT)
        other_figures = log1p(min(story.weigh(fi - fj), story.weigh(fj - fi)) / UNIT)
    return (
        words,
        2 * value - words if story.letters else 0.0,
        context.margin(i, j, value),
        context.beside(i, j),
        context.accounts(i, j),
        max(story.length[i], story.length[j]),
        figures,
        other_figures,
        story.early[i] * story.early[j],
        float(story.headline[i] or story.headline[j]),
        story.meaning(i, j) if story.meaning else 0.0,
    )


def odds_by(story: Story, context: Context) -> Callable[[int, int], float]:
    """What gives the log-odds that a link of two passages is right."""
    curve = curve_of(story)
    constant, row = curve.constant, curve.features
    return lambda i, j: constant + sum(map(mul, row, pair_features(story, context, i, j)))


def log_odds(story: Story, like: Table, check: Callable[[], None] = lambda: None) -> Table:
    """The log-odds of a link for every pair in `like`."""
    odds = odds_by(story, Context(story, like))
    found: Table = [{} for _ in like]
    for i, row in enumerate(like):
        if not i & 63:
            check()
        here = found[i]
        for j in row:
            if j > i:
                here[j] = found[j][i] = odds(i, j)
    return found
