from __future__ import annotations

from dataclasses import replace

import pytest

from summitreader.comparison.summary import SEPARATOR, Counts, counts, summary_line, summary_parts
from tests.unit.tui.lists.made import made_report

STORY = Counts(sources=4, compared=4, independent=3, told_by_several=21, told_by_one=9, to_check=3)


def line(width: int | None) -> str:
    return SEPARATOR.join(part.words for part in summary_parts(STORY, width))


def test_the_whole_line_stands_where_there_is_room() -> None:
    whole = "4 sources, 3 independent · 21 shared · 9 unique · 3 to check"
    assert line(None) == line(60) == whole


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (59, "4 sources, 3 indep. · 21 shared · 9 unique · 3 to check"),
        (45, "21 shared · 9 unique · 3 to check"),
        (32, "21 shared · 3 to check"),
        (5, "3 to check"),
    ],
)
def test_what_is_to_be_checked_is_the_last_to_go(width: int, said: str) -> None:
    assert line(width) == said


def test_no_form_is_wider_than_the_room_as_long_as_there_is_room_for_any() -> None:
    assert all(len(line(width)) <= width for width in range(10, 120))


def test_what_the_reader_dismissed_is_not_to_be_checked() -> None:
    report = made_report()
    assert counts(report).to_check == 2
    assert counts(report, {"number-1"}).to_check == 1
    assert summary_line(report, 45).endswith("2 to check")


def test_a_source_that_cannot_be_compared_is_counted_apart_and_is_no_independent_account() -> None:
    report = replace(made_report(), accounts=())
    n = counts(report)
    assert (n.sources, n.compared, n.independent) == (4, 3, 3)
    assert summary_line(report).startswith("4 sources, 3 compared · ")


def test_what_the_reader_found_right_is_checked_and_said_apart() -> None:
    report = made_report()
    assert summary_line(report, right={"number-1"}).endswith(" · 1 to check, 1 confirmed")
    assert counts(report, right={"number-1"}).to_check == 1
