"""The briefing as an editor reads it: headlines plain, one speaker once, verbs side by side."""

from __future__ import annotations

from summitreader import Source, compare
from summitreader.export.comparison import comparison_markdown, comparison_text

A = Source.from_text(
    "# The bridge opens\n\nMayor Anna Keller opened the bridge on Monday. “It is a good day for the whole valley,” "
    "Anna Keller said.\n",
    id="a.md", article=True,
)  # fmt: skip
B = Source.from_text(
    "Subject: Bridge opened by the mayor\n\nThe bridge was opened on Monday. “It is a good day for the whole valley,” "
    "Keller claimed.\n",
    id="b.txt", article=True,
)  # fmt: skip


def test_headlines_bear_neither_marks_nor_the_name_of_their_field() -> None:
    text = comparison_markdown(compare([A, B]))
    assert "title: The bridge opens" in text
    assert "title: Bridge opened by the mayor" in text


def test_one_speaker_stands_once_under_the_fullest_name() -> None:
    text = comparison_markdown(compare([A, B]))
    assert text.count("### Anna Keller") == 1
    assert "### Keller" not in text


def test_the_verbs_of_one_saying_stand_side_by_side_each_saying_once() -> None:
    lines = comparison_markdown(compare([A, B])).split("## By which verbs they report one saying")[1].splitlines()
    told = [line for line in lines if line.startswith("- ")]
    assert len(told) == len(set(told)) == 1
    assert "“said”" in told[0] and "“claimed”" in told[0]


def test_kinds_that_were_not_looked_for_are_named_in_one_line_with_how_to_see_them() -> None:
    report = compare([A, B])
    for rendered in (comparison_text(report), comparison_markdown(report)):
        [line] = [line for line in rendered.splitlines() if line.startswith("Not shown")]
        assert "said by different mouths (" in line and "kinds=all" in line
    assert "Not shown" not in comparison_text(report, {"date", "attribution", "certainty", "polarity", "number", "name",
                                                       "quotation"})  # fmt: skip


def test_what_all_tell_is_told_by_all_that_can_be_compared_and_the_rest_is_counted() -> None:
    foreign = Source.from_text("다리 개통\n\n월요일에 다리가 열렸다.\n", id="c.txt", article=True)
    report = compare([A, B, foreign])
    assert "## What all 2 that can be compared (1 cannot) tell" in comparison_markdown(report)
    assert "3 sources, 2 compared · " in comparison_markdown(report)
    assert "told by 2 of 2: source 1" in comparison_text(report)
    assert "## What all 2 tell" in comparison_markdown(compare([A, B]))
