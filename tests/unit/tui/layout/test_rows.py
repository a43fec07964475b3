"""Rows in step: what belongs together stands on one row, nothing else is moved further than it must."""

from hypothesis import given
from hypothesis import strategies as st

from summitreader.tui.layout.plan import Change, RowPlan
from summitreader.tui.layout.rows import Track, in_step
from summitreader.tui.layout.wrap import WrapMap


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


def test_the_longer_counterpart_makes_room_in_the_other_text() -> None:
    changes = in_step([Track([(0, 1), (1, 2)], 4), Track([(0, 1), (1, 5)], 7)])
    assert changes == [[Change(2, 3)], []]
