"""Threads join what is alike on average, the same for every order, and name the passage that is most like the rest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summitreader.comparison.linking.threads import group_passages, representative


def both(pairs: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    return pairs | {(j, i): score for (i, j), score in pairs.items()}


def test_passages_that_are_all_linked_are_one_group() -> None:
    links = both({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.7})
    assert group_passages(links, [0, 1, 2], [0, 1, 2]) == [[0, 1, 2]]


def test_a_chain_is_cut_where_its_ends_have_nothing_in_common() -> None:
    links = both({(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.5})
    assert group_passages(links, [0, 1, 2, 3], [0, 1, 2, 3]) == [[0, 1], [2, 3]]


def test_one_strong_link_brings_no_member_that_shares_nothing_with_the_rest_of_the_thread() -> None:
    links = both({(0, 1): 0.97, (1, 2): 0.96})
    assert group_passages(links, [0, 1, 2], [0, 1, 2]) == [[0, 1]]
    agreed = links | both({(0, 2): 0.35})
    assert group_passages(agreed, [0, 1, 2], [0, 1, 2]) == [[0, 1, 2]]


def test_passages_of_one_source_are_joined_through_one_that_tells_both() -> None:
    links = both({(0, 2): 0.8, (1, 2): 0.7})
    assert group_passages(links, [0, 0, 1], [0, 1, 2]) == [[0, 1, 2]]


def test_the_representative_is_the_member_most_like_the_others_and_ties_go_by_rank() -> None:
    links = both({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.4})
    assert representative([0, 1, 2], links, [0, 1, 2]) == 1
    even = both({(0, 1): 0.9})
    assert representative([0, 1], even, [5, 2]) == 1


def test_a_chain_over_fifty_sources_does_not_become_one_thread() -> None:
    """a is like b, b like c, c like d …, each by half: what is at one end has nothing of what is at the other."""
    source = list(range(50))
    links = both({(n, n + 1): 0.6 if n % 2 else 0.62 for n in range(49)})
    groups = group_passages(links, source, source)
    assert max(map(len, groups)) == 2
    assert not any({0, 3} <= set(group) for group in groups)


def test_what_fifty_sources_tell_alike_is_one_thread_beside_another() -> None:
    source = [n // 2 for n in range(100)]
    rank = list(range(100))
    alike = {(i, j): 0.7 for i in range(100) for j in range(i + 2 - i % 2, 100) if (j - i) % 2 == 0}
    stray = {(0, 51): 0.65, (3, 80): 0.65, (48, 99): 0.69}
    assert group_passages(both(alike | stray), source, rank) == [list(range(0, 100, 2)), list(range(1, 100, 2))]


@given(st.permutations(range(12)), st.lists(st.integers(30, 99), min_size=30, max_size=30))
def test_the_same_links_in_any_order_give_the_same_threads(order: list[int], scores: list[int]) -> None:
    source = [n % 4 for n in range(12)]
    pairs = [(i, j) for i in range(12) for j in range(i + 1, 12) if source[i] != source[j]][:30]
    links = both({pair: score / 100 for pair, score in zip(pairs, scores, strict=False)})
    turned = {(order[i], order[j]): score for (i, j), score in reversed(links.items())}
    back = {new: old for old, new in enumerate(order)}
    again = group_passages(turned, [source[back[n]] for n in range(12)], [back[n] for n in range(12)])
    found = group_passages(links, source, list(range(12)))
    assert sorted(sorted(back[m] for m in group) for group in again) == sorted(found)
