"""Threads with pairs that a reader tied or cut: the tied stand together, the cut never do, the rest is as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summitreader.comparison.linking.threads import group_passages

SOURCE = [0, 0, 0, 1, 1, 1, 2, 2, 2]
PAIRS = [(i, j) for i in range(9) for j in range(9) if i < j and SOURCE[i] != SOURCE[j]]
links = st.dictionaries(st.sampled_from(PAIRS), st.integers(30, 100).map(lambda n: n / 100), max_size=14)
chosen = st.lists(st.sampled_from(PAIRS), max_size=3, unique=True)


def both_ways(found: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    return {pair: score for (i, j), score in found.items() for pair in ((i, j), (j, i))}


def together(groups: list[list[int]], pair: tuple[int, int]) -> bool:
    return any(set(pair) <= set(group) for group in groups)


@given(links, chosen)
def test_what_was_cut_never_stands_in_one_thread(
    found: dict[tuple[int, int], float], cut: list[tuple[int, int]]
) -> None:
    left = {pair: score for pair, score in found.items() if pair not in cut}
    groups = group_passages(both_ways(left), SOURCE, list(range(9)), apart=cut)
    assert not any(together(groups, pair) for pair in cut)


@given(links, chosen)
def test_what_was_tied_stands_in_one_thread(found: dict[tuple[int, int], float], tied: list[tuple[int, int]]) -> None:
    groups = group_passages(both_ways(found | dict.fromkeys(tied, 1.0)), SOURCE, list(range(9)), tied=tied)
    assert all(together(groups, pair) for pair in tied)


@given(links)
def test_with_nothing_by_hand_threads_are_what_they_were(found: dict[tuple[int, int], float]) -> None:
    pairs, rank = both_ways(found), list(range(9))
    assert group_passages(pairs, SOURCE, rank, tied=(), apart=()) == group_passages(pairs, SOURCE, rank)


@given(links, chosen)
def test_every_passage_stands_in_one_thread_at_most(
    found: dict[tuple[int, int], float], tied: list[tuple[int, int]]
) -> None:
    groups = group_passages(both_ways(found | dict.fromkeys(tied, 1.0)), SOURCE, list(range(9)), tied=tied)
    members = [member for group in groups for member in group]
    assert len(members) == len(set(members))
