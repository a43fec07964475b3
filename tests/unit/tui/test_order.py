"""Whether sources run in one order: versions and translations do, accounts of one event do not."""

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from summitreader.comparison.model import Link, LinkKind, PassageRef, Report
from summitreader.text import Source
from summitreader.tui.reader.layouts import pairs_of, rising, shared_order
from summitreader.tui.story.index import StoryIndex


def linked(pairs: list[tuple[int, int, float]], passages: int = 20) -> StoryIndex:
    """Two sources of so many passages, with links `(passage, passage, score)`."""
    text = "\n\n".join(f"Sentence {n}." for n in range(passages))
    sources = tuple(Source.from_text(text, id=id) for id in "ab")
    links = tuple(Link(PassageRef("a", p), PassageRef("b", q), score, LinkKind.NEAR) for p, q, score in pairs)
    return StoryIndex(Report(sources, comparable=(True, True), links=links))


def test_two_versions_run_in_one_order() -> None:
    assert shared_order(linked([(n, n, 0.9) for n in range(20)]), [0, 1]) == ((0, 1),)
    moved = [(n, 19 if n == 3 else n - (n > 3), 0.9) for n in range(20)]
    assert shared_order(linked(moved), [0, 1]) == ((0, 1),)


def test_accounts_that_tell_the_same_in_another_order_do_not() -> None:
    order = list(range(20))
    random.Random(5).shuffle(order)
    assert shared_order(linked([(n, q, 0.9) for n, q in enumerate(order)]), [0, 1]) == ()


def test_a_few_links_in_order_are_no_order() -> None:
    assert shared_order(linked([(n, n, 0.9) for n in range(7)]), [0, 1]) == ()
    assert shared_order(linked([(n, n, 0.9) for n in range(8)], passages=60), [0, 1]) == ()


def test_only_the_sources_that_are_asked_for_are_looked_at() -> None:
    assert shared_order(linked([(n, n, 0.9) for n in range(20)]), [0]) == ()


def test_of_several_links_the_pair_that_is_each_others_best_counts() -> None:
    index = linked([(0, 0, 0.9), (0, 1, 0.5), (1, 1, 0.4), (2, 1, 0.8)])
    assert pairs_of(index) == {(0, 1): [(0, 0), (2, 1)]}


@given(st.permutations(range(8)))
def test_the_rising_run_rises_in_both_and_none_is_longer(order: list[int]) -> None:
    pairs = list(enumerate(order))
    run = rising(pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(run))
    best = [1] * len(order)
    for n, q in enumerate(order):
        best[n] = 1 + max((best[m] for m in range(n) if order[m] < q), default=0)
    assert len(run) == max(best)
