"""The rows of the coverage view: their order, their parts, their figures."""

from dataclasses import replace

from summitreader.comparison.divergence import Telling
from summitreader.comparison.model import Alone, Report
from summitreader.tui.lists.coverage_rows import (
    Order,
    Shown,
    arranged,
    copied_in_words,
    counted,
    coverage_rows,
)
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.inspection import inspect_passage
from summitreader.tui.story.inspection import told_in_words as told_by
from tests.unit.tui.lists.made import made_report, made_sources

INDEX = StoryIndex(made_report())
ROWS = coverage_rows(INDEX)


def test_what_most_tell_stands_first_and_the_words_are_the_sources_own() -> None:
    assert [row.told_by for row in ROWS if row.surely] == [3, 3, 2, 1, 1]
    assert all(row.words in " ".join(INDEX.sources[row.source].text.split()) for row in ROWS)


def test_a_source_that_cannot_be_compared_is_never_silent() -> None:
    assert all(row.cells[3].telling is Telling.NOT_COMPARABLE for row in ROWS)


def test_the_order_of_one_source_is_that_of_its_text_and_the_rest_follows() -> None:
    rows = arranged(ROWS, Order.SOURCE, Shown.ALL, 1, "")
    places = [row.place_in(1) for row in rows]
    told = [place for place in places if place is not None]
    assert told == sorted(told)
    assert places[len(told) :] == [None] * (len(rows) - len(told))


def test_one_and_several_part_the_rows() -> None:
    several = arranged(ROWS, Order.MOST, Shown.SEVERAL, 0, "")
    one = arranged(ROWS, Order.MOST, Shown.ONE, 0, "")
    assert len(several) == 3
    everything = arranged(ROWS, Order.MOST, Shown.ALL, 0, "")
    assert sorted(row.key for row in [*several, *one]) == sorted(row.key for row in everything)


def test_what_has_no_counterpart_that_was_found_is_listed_by_itself_and_of_nobody_said_to_be_silent() -> None:
    unmatched = arranged(ROWS, Order.MOST, Shown.UNMATCHED, 0, "")
    assert unmatched
    for row in unmatched:
        assert INDEX.report.alone[row.source][row.passage] is Alone.UNSURE
        assert not INDEX.counterparts(row.source, row.passage)
        assert all(
            c.telling in (Telling.UNSURE, Telling.NOT_COMPARABLE) for n, c in enumerate(row.cells) if n != row.source
        )
    assert not {row.key for row in unmatched} & {row.key for row in arranged(ROWS, Order.MOST, Shown.ALL, 0, "")}


def test_of_a_source_that_cannot_be_compared_nothing_is_said_to_be_without_counterpart() -> None:
    assert not any(row.source == 3 for row in arranged(ROWS, Order.MOST, Shown.UNMATCHED, 0, ""))


def test_the_tabs_count_what_they_show() -> None:
    assert counted(ROWS) == {show: len(arranged(ROWS, Order.MOST, show, 0, "")) for show in Shown}


def test_who_copies_whom_is_said_in_a_sentence_and_only_where_someone_does() -> None:
    names = ["Post", "News", "Wire", "Foreign"]
    [line] = copied_in_words(INDEX.report, names)
    assert line == "Post and Wire share up to 61 % of their words in long passages: one account, crediting Aar Agency"
    assert copied_in_words(Report(made_sources()), names) == []


def test_there_is_nothing_before_the_comparison() -> None:
    assert coverage_rows(StoryIndex(Report(made_sources()))) == ()


def test_a_conflict_that_was_dismissed_is_shown_no_more() -> None:
    index = StoryIndex(INDEX.report, frozenset({"number-1"}))
    assert any(cell.conflicts for row in ROWS for cell in row.cells)
    assert not any(cell.conflicts for row in coverage_rows(index) for cell in row.cells)


def test_a_row_counts_the_sources_that_could_tell_it() -> None:
    assert {row.of for row in ROWS} == {3}


def test_the_inspector_counts_those_that_can_be_compared_and_says_how_many_cannot() -> None:
    assert told_by(INDEX, {0, 1}) == "In 2 of 3 sources · 1 not compared"
    assert told_by(INDEX, {0, 3}) == "In 2 of 4 sources", "what the reader tied by hand tells it"


def test_the_inspector_says_by_how_many_a_passage_is_told_also_where_it_is_quoted_and_each_speaker_once() -> None:
    found = ["".join(words for words, _ in inspect_passage(INDEX, 0, n, True).summary) for n in range(5)]
    quoted = next(words for words in found if words.startswith("speech: Anna Keller"))
    assert quoted.endswith("In 3 of 3 sources · 1 not compared")
    twice = replace(INDEX.report, quotations=(*INDEX.report.quotations, replace(INDEX.report.quotations[0], id="q9")))
    where = next(n for n, words in enumerate(found) if words == quoted)
    assert inspect_passage(StoryIndex(twice), 0, where, True).summary[0][0].startswith("speech ×2: Anna Keller")
