"""The columns of the matrix fit, whatever the width and the number of sources."""

from hypothesis import given
from hypothesis import strategies as st

from summitreader.tui.lists.coverage import share_out


@given(st.integers(57, 200), st.integers(1, 30), st.integers(0, 40), st.one_of(st.none(), st.integers(0, 29)))
def test_they_fit_and_the_chosen_column_is_among_them(width: int, sources: int, first: int, at: int | None) -> None:
    at = None if at is None else min(at, sources - 1)
    columns = share_out(width, sources, first, at)
    assert columns.words + columns.told + columns.each * columns.count <= width
    assert 0 <= columns.first <= columns.first + columns.count <= sources
    assert at is None or columns.first <= at < columns.first + columns.count


def test_words_stand_above_their_cells_where_that_shows_all_sources() -> None:
    assert not share_out(120, 4, 0, None).stacked
    assert share_out(120, 10, 0, None).stacked
    assert share_out(120, 10, 0, None).count == 10
    assert share_out(60, 3, 0, None).stacked
