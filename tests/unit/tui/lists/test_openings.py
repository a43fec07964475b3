"""Headlines and ledes as a page: what is marked, where the others tell it, and how the columns stand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from summitreader import Source
from summitreader.comparison.model import Link, LinkKind, PassageRef, Report, Shared, Thread
from summitreader.text import Span
from summitreader.tui.lists.openings_rows import (
    NARROWEST,
    ONLY_HERE,
    SHARED,
    InCommon,
    OpeningCard,
    Part,
    in_common,
    laid_out,
    opening_cards,
    plain,
    styled_lines,
)
from summitreader.tui.story.index import StoryIndex

A = "Ten die as quake shakes Iran\n\nA quake killed ten people in Iran.\n\nRescue goes on."
B = (
    "# Iran asks for help\n\nTents are short.\n\nDoctors came.\n\nRoads are shut.\n\n"
    "A quake killed 12 villagers in Iran.\n\nIt rains."
)


def index(kind: LinkKind = LinkKind.RESTATED) -> StoryIndex:
    a, b = (Source.from_text(text, id=name, article=True) for name, text in (("a", A), ("b", B)))
    lede = PassageRef("a", 1)
    late = PassageRef("b", b.passage_at(b.text.index("A quake")))
    shared = Shared(Span(0, 1), Span(0, 1), "word", 1.0)
    link = Link(lede, late, 0.8, kind, (shared,))
    return StoryIndex(Report((a, b), (True, True), (), (link,), (Thread("t", (lede, late), lede),)))


def test_shared_words_are_marked_and_so_is_a_figure_that_stands_in_one_only() -> None:
    first, second = opening_cards(index(), compared=True)
    headline = dict(first.parts[0].words)
    assert headline["Iran"] == SHARED
    assert headline["Ten"] == ONLY_HERE
    assert second.parts[0].kind == "headline"
    assert plain(second.parts[0].words) == "Iran asks for help"


def test_what_one_leads_with_and_another_tells_late_is_said() -> None:
    lede = opening_cards(index(), compared=True)[0].parts[1]
    assert plain(lede.elsewhere) == "also in B only in ¶4 of 5"
    assert lede.elsewhere[-1][1] == "check"
    partly = opening_cards(index(LinkKind.PARTIAL), compared=True)[0].parts[1]
    assert plain(partly.elsewhere) == "also in B only in ¶4 of 5 in part"
    assert plain(opening_cards(index(), compared=True)[0].parts[0].elsewhere) == "no match in B"


def test_nothing_is_said_of_the_others_before_the_comparison_is_done() -> None:
    assert all(not part.elsewhere for card in opening_cards(index(), compared=False) for part in card.parts)


def test_a_source_that_cannot_be_compared_is_marked_nowhere_and_says_so() -> None:
    report = replace(index().report, comparable=(True, False))
    first, second = opening_cards(StoryIndex(report), compared=True)
    assert second.remark == "Not compared with the others."
    assert all(style == "" for part in second.parts for _, style in part.words)
    assert plain(first.parts[1].elsewhere) == ""


def test_names_and_figures_in_common_are_listed_by_who_has_them() -> None:
    assert in_common(index()) == (InCommon((0, 1), ("Iran",)),)


def card(number: int, words: str) -> OpeningCard:
    parts = tuple(
        Part(kind, (number, n), ((words, ""), (" shared", SHARED)), (("also in 2", "dim"),))
        for n, kind in enumerate(("headline", "lede"))
    )
    return OpeningCard(number, f"Source {number}", "2025-01-01", parts)


@given(st.lists(st.text("ab 漢é", min_size=1, max_size=60), min_size=1, max_size=7), st.integers(24, 220))
def test_every_part_stands_somewhere_and_no_row_is_wider_than_its_column(texts: list[str], width: int) -> None:
    cards = [card(n, words) for n, words in enumerate(texts)]
    sheet = laid_out(cards, (), width)
    assert sum(sheet.widths) == width
    assert [n for band in sheet.grid for n in band] == list(range(len(cards)))
    assert set(sheet.extents) == {(n, m) for n in range(len(cards)) for m in range(2)}
    for row in sheet.rows:
        for cell, own in zip(row, sheet.widths, strict=False):
            assert sum(cell_len(words) for words, _ in cell.pieces) <= own - 3


def test_columns_are_as_many_as_fit_and_even_out_over_the_bands() -> None:
    cards = [card(n, "words") for n in range(4)]
    assert laid_out(cards, (), 2 * NARROWEST).grid == ((0, 1), (2, 3))
    assert laid_out(cards, (), 3 * NARROWEST).grid == ((0, 1), (2, 3))
    assert laid_out(cards, (), 4 * NARROWEST).grid == ((0, 1, 2, 3),)
    assert laid_out(cards, (), 40).grid == ((0,), (1,), (2,), (3,))


@given(st.text("abc ", min_size=1, max_size=80), st.text("xyz ", min_size=1, max_size=80), st.integers(2, 30))
def test_wrapping_keeps_words_and_their_styles(first: str, second: str, width: int) -> None:
    lines = styled_lines(((first, ""), (second, "strong")), width)
    letters = [(c, style) for line in lines for words, style in line for c in words if c != " "]
    assert letters == [(c, "") for c in first if c != " "] + [(c, "strong") for c in second if c != " "]
    assert all(sum(len(words) for words, _ in line) <= width for line in lines)
