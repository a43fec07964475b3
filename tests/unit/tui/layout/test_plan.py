"""The plan's promises: every row of the text keeps its words and its order, and added rows are counted and found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.text import Source
from summitreader.tui.layout.document import Document, WrapMap
from summitreader.tui.layout.plan import Change, RowPlan

words = st.lists(st.sampled_from(["a", "word", "北京", "longer"]), min_size=1, max_size=40).map(" ".join)


@st.composite
def plans(draw: st.DrawFn) -> RowPlan:
    text = draw(words)
    wrap = WrapMap(text, [(0, len(text))], draw(st.integers(4, 20)))
    changes, row = [], 0
    while row < len(wrap) and draw(st.booleans()):
        row += draw(st.integers(0, 3))
        drop = draw(st.integers(0, 2))
        if row + drop > len(wrap):
            break
        changes.append(Change(row, draw(st.integers(1 if drop else 0, 4)), drop))
        row += drop + 1
    return RowPlan(wrap, changes)


@given(plans())
def test_heights_add_up(plan: RowPlan) -> None:
    assert len(plan) == len(plan.wrap) + sum(c.add - c.drop for c in plan.changes)
    assert sum(plan.added(row) is not None for row in range(len(plan))) == sum(c.add for c in plan.changes)


@given(plans())
def test_a_row_of_the_text_and_its_place_lead_to_each_other(plan: RowPlan) -> None:
    kept = []
    for row in range(len(plan)):
        wrap_row = plan.wrap_row(row)
        assert (wrap_row is None) == (plan.added(row) is not None)
        if wrap_row is not None:
            assert plan.plan_row(wrap_row) == row
            assert plan.bounds(row) == plan.wrap.bounds(wrap_row)
            kept.append(wrap_row)
    dropped = {row for c in plan.changes for row in range(c.row, c.row + c.drop)}
    assert kept == [row for row in range(len(plan.wrap)) if row not in dropped]


@given(plans())
def test_a_dropped_row_is_found_at_what_stands_in_its_place(plan: RowPlan) -> None:
    for n, change in enumerate(plan.changes):
        for row in range(change.row, change.row + change.drop):
            assert plan.added(plan.plan_row(row)) == (n, 0)


@given(plans())
def test_each_added_row_belongs_to_its_change(plan: RowPlan) -> None:
    for n in range(len(plan.changes)):
        assert [plan.added(row) for row in plan.rows_added(n)] == [(n, k) for k in range(plan.changes[n].add)]


@given(plans(), st.data())
def test_rows_never_lead_backwards_in_the_text(plan: RowPlan, data: st.DataObject) -> None:
    starts = [plan.bounds(row)[0] for row in range(len(plan))]
    assert starts == sorted(starts)
    end = plan.wrap.ends[-1]
    offset = data.draw(st.integers(0, end))
    assert plan.row_at(offset) in range(len(plan))
    assert plan.rows_of(offset, end).start == plan.row_at(offset)


def test_changes_that_overlap_are_refused() -> None:
    wrap = WrapMap("one two three", [(0, 13)], 5)
    with pytest.raises(ValueError, match="overlap"):
        RowPlan(wrap, [Change(1, 1, 2), Change(2, 1)])
    with pytest.raises(ValueError, match="dropped"):
        RowPlan(wrap, [Change(1, 0, 1)])


def test_each_passage_can_begin_on_a_row_of_its_own_and_paragraphs_stay_parted() -> None:
    source = Source.from_text("One is here. Two is there.\n\nThree follows.", id="a")
    wrap = Document(source).wrapped_by_passage(40)
    rows = [source.text[slice(*wrap.bounds(row))] for row in range(len(wrap))]
    assert rows == ["", "One is here.", "Two is there.", "", "Three follows.", ""]
