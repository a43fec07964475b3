"""The queue: what is to be decided, what was, and what is nothing to decide."""

from collections.abc import Callable
from dataclasses import replace

from summitreader.comparison.model import Divergence, Side, SourceSpan
from summitreader.notes.model import Verdict
from summitreader.tui.lists.divergence_rows import (
    CheckRow,
    Order,
    Shown,
    arranged,
    check_rows,
    copy_rows,
    counted,
    inspect_divergence,
    verb_rows,
)
from summitreader.tui.story.index import StoryIndex, decision_key
from tests.unit.tui.lists.made import made_report

INDEX = StoryIndex(made_report())


def rows_with(verdict: Callable[[Divergence], Verdict | None] = lambda d: None) -> tuple[CheckRow, ...]:
    return check_rows(INDEX, verdict)


def ids(rows: tuple[CheckRow, ...], state: Shown, query: str = "") -> list[str]:
    return [row.key for row in arranged(rows, state, Order.SUREST, query)]


def test_the_sides_hold_the_words_with_a_few_around_them_and_who_has_them() -> None:
    first, second = rows_with()[0].sides
    assert (first.before, first.words, first.after) == ("About ", "300", " people walked across")
    assert first.sources == (0,)
    assert second.words == "500"


def test_a_decision_moves_a_row_and_only_that() -> None:
    rows = rows_with(lambda d: Verdict.DISMISSED if d.id == "number-1" else None)
    assert ids(rows, Shown.TO_CHECK) == ["update-1"]
    assert ids(rows, Shown.DISMISSED) == ["number-1"]
    assert ids(rows, Shown.TELLING) == ["s-1"]
    assert counted(rows) == {
        Shown.TO_CHECK: 1,
        Shown.RIGHT: 0,
        Shown.DISMISSED: 1,
        Shown.TELLING: 1,
    }


def test_filter_and_order_leave_the_rows_as_they_are() -> None:
    rows = rows_with()
    assert ids(rows, Shown.TO_CHECK, "300") == ["number-1"]
    assert ids(rows, Shown.TO_CHECK, "figures differ") == ["number-1"]
    by_kind = arranged(rows, Shown.TO_CHECK, Order.KIND, "")
    assert [row.is_heading for row in by_kind] == [True, False, True, False]


def test_the_preview_shows_each_passage_once_and_says_why() -> None:
    found = inspect_divergence(INDEX, rows_with()[0])
    assert [(entry.source, entry.relation) for entry in found.entries] == [(0, "side 1 of 2"), (1, "side 2 of 2")]
    assert "why: both count people who walked" in found.silent
    silent = inspect_divergence(INDEX, rows_with()[2])
    assert "D foreign: no match" in silent.silent


def test_who_copies_whom_has_the_most_first() -> None:
    assert [(row.a, row.b, row.one_account, row.credit) for row in copy_rows(INDEX)] == [
        (0, 2, True, "Aar Agency"),
        (2, 0, True, "Aar Agency"),
    ]


def test_the_key_of_a_decision_outlives_the_name_of_the_file_and_a_shifted_text() -> None:
    divergence = INDEX.report.divergences[0]
    report = made_report()
    renamed = {source.id: f"new {source.id}" for source in report.sources}
    moved = tuple(replace(source, id=renamed[source.id], text=f"More.\n\n{source.text}") for source in report.sources)
    spans = [SourceSpan(renamed[s.source], s.start + 7, s.end + 7) for s in divergence.spans]
    sides = tuple(Side((span,), "") for span in spans)
    there = decision_key(replace(report, sources=moved), replace(divergence, sides=sides))
    assert decision_key(INDEX.report, divergence) == there


def test_what_is_dismissed_is_marked_no_more() -> None:
    index = StoryIndex(INDEX.report, frozenset({"number-1"}))
    assert [d.id for d in index.to_check] == ["update-1"]
    assert not index.check_spans[0].touches(*INDEX.check_spans[0].spans[0])


def test_sayings_that_are_introduced_by_different_verbs_stand_with_each_sources_verb() -> None:
    [row] = verb_rows(INDEX)
    assert row.name == "“It is a good day for the valley,”"
    assert row.sort == "Anna Keller"
    assert row.forms == ((0, (("said", 0),)), (1, (("called", 0),)))
    assert row.place[0] == 0


def test_the_preview_shows_one_of_each_side_before_a_second_of_any() -> None:
    report = made_report()
    wire = SourceSpan("wire.txt", 24, 34)
    first = report.divergences[0]
    agreeing = replace(first.sides[0], spans=(*first.sides[0].spans, wire))
    both = replace(first, sides=(agreeing, first.sides[1]))
    index = StoryIndex(replace(report, divergences=(both, *report.divergences[1:])))
    found = inspect_divergence(index, check_rows(index, lambda _: None)[0])
    assert [entry.relation for entry in found.entries] == ["side 1 of 2", "side 2 of 2", "side 1 of 2"]
