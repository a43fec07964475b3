"""The wrap map's promises: every character has a row, no row is too wide, and rows and offsets map back."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from summitreader.text.gate import shown
from summitreader.tui.layout.document import WrapMap, display_form, equal_columns

_LETTERS = st.sampled_from(
    [*"abc éß–“”一二한글。、؟سلام👩\u200d🇫🇷e\u0301", " ", "  ", "\n", "word ", "internationalisation "]
)
texts = st.lists(_LETTERS, max_size=120).map("".join)
widths = st.integers(min_value=1, max_value=60)


def wrap(text: str, width: int) -> tuple[str, WrapMap]:
    form = display_form(shown(text))
    return form, WrapMap(form, [(0, len(form))], width)


@given(texts, widths)
def test_every_character_but_white_space_stands_on_exactly_one_row(text: str, width: int) -> None:
    form, rows = wrap(text, width)
    covered = [i for start, end in zip(rows.starts, rows.ends, strict=True) for i in range(start, end)]
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(form) if c != " "} <= set(covered)


@given(texts, widths)
def test_no_row_is_wider_than_the_pane_but_for_a_single_grapheme(text: str, width: int) -> None:
    form, rows = wrap(text, width)
    for start, end in zip(rows.starts, rows.ends, strict=True):
        piece = form[start:end]
        assert cell_len(piece) <= width or len(split_graphemes(piece)[0]) == 1


@given(texts, widths)
def test_rows_are_in_order_of_the_text(text: str, width: int) -> None:
    _, rows = wrap(text, width)
    assert list(rows.starts) == sorted(rows.starts)
    assert all(a <= b for a, b in zip(rows.starts, rows.ends, strict=True))


@given(texts, widths)
def test_an_offset_shown_on_a_row_is_found_on_that_row_again(text: str, width: int) -> None:
    form, rows = wrap(text, width)
    for row in range(len(rows)):
        for offset in range(rows.starts[row], rows.ends[row]):
            assert rows.row_at(offset) == row
            column = rows.column_of(form, row, offset)
            if split_graphemes(form[rows.starts[row] : offset + 1])[0][-1][0] == offset - rows.starts[row]:
                found = rows.offset_at(form, row, column)
                assert cell_len(form[rows.starts[row] : found]) <= column


@given(texts, widths)
def test_a_row_never_begins_inside_a_grapheme(text: str, width: int) -> None:
    form, rows = wrap(text, width)
    edges = {start for start, _, _ in split_graphemes(form)[0]}
    assert all(start in edges for start, end in zip(rows.starts, rows.ends, strict=True) if end > start)


def test_words_are_broken_only_where_a_word_is_wider_than_the_pane() -> None:
    form, rows = wrap("one two three fourteen", 9)
    shown_rows = [form[a:b] for a, b in zip(rows.starts, rows.ends, strict=True) if b > a]
    assert shown_rows == ["one two", "three", "fourteen"]
    form, rows = wrap("abcdefgh", 3)
    assert [form[a:b] for a, b in zip(rows.starts, rows.ends, strict=True) if b > a] == ["abc", "def", "gh"]


def test_chinese_is_broken_between_characters_and_never_before_a_full_stop() -> None:
    form, rows = wrap("北京欢迎你。", 10)
    assert [form[a:b] for a, b in zip(rows.starts, rows.ends, strict=True) if b > a] == ["北京欢迎", "你。"]


def test_blocks_are_parted_by_an_empty_row() -> None:
    form = "first second"
    rows = WrapMap(form, [(0, 5), (6, 12)], 20)
    assert [form[a:b] for a, b in zip(rows.starts, rows.ends, strict=True)] == ["", "first", "", "second", ""]


def test_a_long_line_costs_about_a_step_a_row() -> None:
    form = "word " * 100_000
    rows = WrapMap(form, [(0, len(form))], 35)
    assert len(rows) == 100_000 // 7 + 1 + 2


@given(st.integers(1, 400), st.integers(1, 12))
def test_columns_share_the_width_and_differ_by_one_cell_at_most(total: int, count: int) -> None:
    shares = equal_columns(total, count)
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1
