"""The margin's promises: nothing overlaps, nothing stands beside another passage, and what is read is opened."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from summitreader.tui.layout.panes import Layout, base_width, following
from summitreader.tui.layout.plan import Placed, place, share_out


@st.composite
def margins(draw: st.DrawFn) -> tuple[list[tuple[int, int]], int | None, int]:
    height = draw(st.integers(1, 40))
    anchors = sorted(draw(st.lists(st.integers(0, height - 1), max_size=12)))
    groups = [(anchor, draw(st.integers(1, 50))) for anchor in anchors]
    opened = draw(st.one_of(st.none(), st.integers(0, len(groups) - 1))) if groups else None
    return groups, opened, height


@given(margins())
def test_groups_stand_in_order_within_the_height_and_never_on_one_another(
    margin: tuple[list[tuple[int, int]], int | None, int],
) -> None:
    groups, opened, height = margin
    reached, before = 0, -1
    for placed in place(groups, opened, height):
        assert placed.group > before
        assert placed.top >= reached
        assert 1 <= placed.rows <= groups[placed.group][1]
        reached, before = placed.top + placed.rows, placed.group
    assert reached <= height


@given(margins())
def test_what_is_not_opened_stands_beside_its_passage(margin: tuple[list[tuple[int, int]], int | None, int]) -> None:
    groups, opened, height = margin
    for placed in place(groups, opened, height):
        if placed.group != opened:
            assert placed.top == groups[placed.group][0]


@given(margins())
def test_what_is_opened_has_all_the_rows_that_it_wants_as_far_as_there_are_any(
    margin: tuple[list[tuple[int, int]], int | None, int],
) -> None:
    groups, opened, height = margin
    found = [placed for placed in place(groups, opened, height) if placed.group == opened]
    if opened is not None:
        anchor, wanted = groups[opened]
        assert [placed.rows for placed in found] == [min(wanted, height)]
        assert found[0].top <= anchor


def test_a_group_leaves_a_row_free_before_the_next_where_there_is_room() -> None:
    assert place([(0, 9), (5, 9)], None, 10) == [Placed(0, 0, 4), Placed(1, 5, 4)]
    assert place([(0, 9), (2, 9), (3, 9)], None, 4) == [Placed(0, 0, 2), Placed(1, 2, 1), Placed(2, 3, 1)]


@given(st.lists(st.integers(1, 9), max_size=12), st.integers(0, 40))
def test_rows_are_shared_out_in_order_and_none_is_given_twice(needs: list[int], rows: int) -> None:
    shares = share_out(needs, rows)
    assert sum(shares) == min(rows, sum(needs))
    assert all(share <= need for share, need in zip(shares, needs, strict=True))
    assert shares.count(0) == max(0, len(needs) - rows)
    assert not any(a == 0 and b > 0 for a, b in pairwise(shares))


def test_the_layouts_go_round_and_a_base_is_never_wider_than_it_can_use() -> None:
    assert [following(layout) for layout in Layout] == [Layout.MARGIN, Layout.ROWS, Layout.PANES]
    assert (base_width(100, 84), base_width(300, 84)) == (55, 92)
