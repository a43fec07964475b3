"""Rows in step: what belongs together stands on one row, nothing else is moved further than it must."""

from hypothesis import given
from hypothesis import strategies as st

from summitreader.tui.layout.document import WrapMap
from summitreader.tui.layout.plan import Change, RowPlan, Track, in_step, steps_of


@st.composite
def tracks(draw: st.DrawFn) -> list[Track]:
    found = []
    for _ in range(draw(st.integers(1, 4))):
        total = draw(st.integers(1, 30))
        rows = sorted(draw(st.sets(st.integers(0, total - 1), max_size=8)))
        steps = sorted(draw(st.sets(st.integers(0, 12), min_size=len(rows), max_size=len(rows))))
        found.append(Track(list(zip(steps, rows, strict=True)), total))
    return found


def plan_of(track: Track, changes: list[Change]) -> RowPlan:
    text = "\n".join("x" * (track.rows - 1)) if track.rows > 1 else ""
    wrap = WrapMap(text, [(2 * n, 2 * n + 1) for n in range(track.rows - 1)], 5, {2 * n + 1 for n in range(track.rows)})
    assert len(wrap) == track.rows
    return RowPlan(wrap, changes)


@given(tracks())
def test_each_step_stands_on_one_row_in_every_text_that_has_it(found: list[Track]) -> None:
    plans = [plan_of(track, changes) for track, changes in zip(found, in_step(found), strict=True)]
    for step in range(13):
        here = {
            plan.plan_row(dict(t.steps)[step]) for plan, t in zip(plans, found, strict=True) if step in dict(t.steps)
        }
        assert len(here) <= 1


@given(tracks())
def test_all_texts_come_out_equally_high_and_none_is_padded_without_need(found: list[Track]) -> None:
    changes = in_step(found)
    assert len({track.rows + sum(c.add for c in own) for track, own in zip(found, changes, strict=True)}) == 1
    for n, track in enumerate(found):
        if not any(step in dict(other.steps) for m, other in enumerate(found) if m != n for step, _ in track.steps):
            assert all(change.row == track.rows for change in changes[n])


def rising(pairs: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of some pairs those that rise in both, taken greedily."""
    found: list[tuple[int, int]] = []
    for pair in sorted(pairs):
        if not found or (pair[0] > found[-1][0] and pair[1] > found[-1][1]):
            found.append(pair)
    return found


PAIRS = st.dictionaries(
    st.sampled_from([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]),
    st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=8).map(rising),
)


@given(PAIRS)
def test_in_every_text_passages_rise_with_the_steps_and_each_step_is_of_linked_ones(
    pairs: dict[tuple[int, int], list[tuple[int, int]]],
) -> None:
    steps = steps_of(4, pairs)
    for text in range(4):
        passages = [step[text] for step in steps if text in step]
        assert passages == sorted(set(passages))
    linked = {((a, p), (b, q)) for (a, b), own in pairs.items() for p, q in own}
    for step in steps:
        members = sorted(step.items())
        reached = {members[0]}
        while (
            more := {y for x, y in (*linked, *((y, x) for x, y in linked)) if x in reached and y in members} - reached
        ):
            reached |= more
        assert reached == set(members)
        assert len(members) > 1


@given(PAIRS)
def test_all_that_is_linked_with_the_first_text_stands_on_its_row(
    pairs: dict[tuple[int, int], list[tuple[int, int]]],
) -> None:
    steps = steps_of(4, pairs)
    for (a, b), own in pairs.items():
        if a == 0:
            assert all(any(step.get(0) == p and step.get(b) == q for step in steps) for p, q in own)


def test_what_the_second_and_the_third_alone_share_stands_on_one_row_too() -> None:
    steps = steps_of(3, {(0, 1): [(0, 0), (4, 5)], (0, 2): [(0, 1)], (1, 2): [(3, 4), (5, 6)]})
    assert steps == [{0: 0, 1: 0, 2: 1}, {1: 3, 2: 4}, {0: 4, 1: 5, 2: 6}]


def test_what_would_turn_the_order_of_what_stands_already_is_left_out() -> None:
    steps = steps_of(3, {(0, 1): [(4, 5)], (0, 2): [(4, 3)], (1, 2): [(2, 4), (6, 7)]})
    assert steps == [{0: 4, 1: 5, 2: 3}, {1: 6, 2: 7}]


def test_the_longer_counterpart_makes_room_in_the_other_text() -> None:
    changes = in_step([Track([(0, 1), (1, 2)], 4), Track([(0, 1), (1, 5)], 7)])
    assert changes == [[Change(2, 3)], []]
