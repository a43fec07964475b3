"""Spans are found by bisection exactly as a plain search finds them."""

from hypothesis import given
from hypothesis import strategies as st

from summitreader.tui.layout.marks import SpanSet, pieces

spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=20
)
stretches = st.tuples(st.integers(0, 70), st.integers(0, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(spans, stretches)
def test_overlapping_finds_what_shares_a_character(found: list[tuple[int, int]], stretch: tuple[int, int]) -> None:
    start, end = stretch
    expected = sorted({s for s in found if s[0] < end and s[1] > start})
    assert list(SpanSet(found).overlapping(start, end)) == expected


@given(spans, spans, stretches)
def test_pieces_join_up_and_know_what_covers_them(
    one: list[tuple[int, int]], other: list[tuple[int, int]], stretch: tuple[int, int]
) -> None:
    start, end = stretch
    cut = list(pieces(start, end, [one, other]))
    assert "".join("x" * (b - a) for a, b, _ in cut) == "x" * (end - start)
    for a, b, flags in cut:
        for i in range(a, b):
            assert flags & 1 == any(x <= i < y for x, y in one)
            assert flags >> 1 == any(x <= i < y for x, y in other)
