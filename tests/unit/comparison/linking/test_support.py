"""What other passages add to a pair: through a third source, and beside one of the two in its own account."""

from __future__ import annotations

import pytest

from summitreader.comparison.linking.candidates import Scores
from summitreader.comparison.linking.scoring import weights
from summitreader.comparison.linking.story import Story
from summitreader.comparison.linking.support import add_support


def story(*counts: int) -> Story:
    found = Story()
    for s, count in enumerate(counts):
        first = len(found.source)
        found.source += [s] * count
        found.figures += [frozenset()] * count
        found.passages_of.append(range(first, first + count))
    return found


def table(size: int, pairs: dict[tuple[int, int], float]) -> Scores:
    scores: Scores = [{} for _ in range(size)]
    for (i, j), value in pairs.items():
        scores[i][j] = scores[j][i] = value
    return scores


def test_a_third_source_that_is_like_both_raises_a_pair_to_no_more_than_the_weaker_of_its_links() -> None:
    scores = table(3, {(0, 1): 1.0, (0, 2): 4.0, (1, 2): 3.0})
    raised = add_support(story(1, 1, 1), scores, table(3, {}), lambda: None)
    assert 1.0 < raised[0][1] == raised[1][0] < 3.0
    assert raised[0][2] == 4.0


def test_a_passage_that_its_own_account_tells_again_is_a_little_more_like_what_the_other_tells() -> None:
    scores = table(3, {(0, 1): 1.0, (0, 2): 4.0})
    raised = add_support(story(1, 2), scores, table(3, {(1, 2): 3.0}), lambda: None)
    assert raised[0][1] == raised[1][0] == pytest.approx(1.0 + weights().within * 2.0)
    assert raised[0][2] == 4.0


def test_what_is_no_more_alike_than_the_pair_itself_adds_nothing() -> None:
    scores = table(3, {(0, 1): 3.0, (0, 2): 4.0})
    assert add_support(story(1, 2), scores, table(3, {(1, 2): 3.0}), lambda: None) == scores


def test_a_passage_with_other_figures_is_not_helped_by_what_stands_beside_it() -> None:
    scores = table(3, {(0, 1): 1.0, (0, 2): 4.0})
    told = story(1, 2)
    told.figures[0], told.figures[1] = frozenset({7}), frozenset({8})
    assert add_support(told, scores, table(3, {(1, 2): 3.0}), lambda: None) == scores
