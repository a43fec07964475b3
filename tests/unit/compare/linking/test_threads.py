"""Threads join what is alike on average, the same for every order, and name the passage that is most like the rest."""

from __future__ import annotations

from summitreader.compare.linking.threads import group_passages, representative


def both(pairs: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    return pairs | {(j, i): score for (i, j), score in pairs.items()}


def test_passages_that_are_all_linked_are_one_group() -> None:
    links = both({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.7})
    assert group_passages(links, [0, 1, 2], [0, 1, 2]) == [[0, 1, 2]]


def test_a_chain_is_cut_where_its_ends_have_nothing_in_common() -> None:
    links = both({(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.5})
    assert group_passages(links, [0, 1, 2, 3], [0, 1, 2, 3]) == [[0, 1], [2, 3]]


def test_passages_of_one_source_are_joined_through_one_that_tells_both() -> None:
    links = both({(0, 2): 0.8, (1, 2): 0.7})
    assert group_passages(links, [0, 0, 1], [0, 1, 2]) == [[0, 1, 2]]


def test_the_representative_is_the_member_most_like_the_others_and_ties_go_by_rank() -> None:
    links = both({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.4})
    assert representative([0, 1, 2], links, [0, 1, 2]) == 1
    even = both({(0, 1): 0.9})
    assert representative([0, 1], even, [5, 2]) == 1
