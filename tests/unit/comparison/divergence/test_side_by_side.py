from __future__ import annotations

from dataclasses import replace

import pytest

from summitreader import Source
from summitreader.comparison import Account
from summitreader.comparison.divergence import (
    Telling,
    coverage,
    find_divergences,
    labels,
    openings,
    ordered,
    summary_line,
    terms,
)
from tests.unit.comparison.divergence.stories import source, told


def test_a_row_of_coverage_says_for_each_source_whether_it_tells_is_silent_or_cannot_be_compared() -> None:
    report = told(
        [
            source("a", "Rescuers carried the mayor from the flooded theatre."),
            source("b", "Rescuers carried the mayor out of the flooded theatre."),
            source("c", "Tickets for the autumn season go on sale."),
            source("d", "시장은 극장에서 구조되었다."),
        ],
        [("a", 0, "b", 0)],
        alone=[("c", 0)],
        comparable=[True, True, True, False],
    )
    row, alone = coverage(report)
    assert [c.telling for c in row.cells] == [Telling.TOLD, Telling.TOLD, Telling.SILENT, Telling.NOT_COMPARABLE]
    assert (row.told_by, alone.told_by, alone.thread) == (2, 1, None)
    assert row.cells[0].places == ("¶1",)


def test_a_cell_bears_the_conflicts_that_touch_it() -> None:
    report = told([source("a", "A quake killed 10."), source("b", "A quake killed 3.")], [("a", 0, "b", 0)])
    report = replace(report, divergences=find_divergences(report))
    (row,) = coverage(report)
    assert [c.conflicts for c in row.cells] == [(report.divergences[0].id,)] * 2


def test_rows_stand_in_the_order_that_is_asked_for() -> None:
    report = told(
        [source("a", "Alpha came.", "Beta came.", "Gamma came."), source("b", "Gamma came.", "Alpha came.")],
        [("a", 0, "b", 1), ("a", 2, "b", 0)],
        alone=[("a", 1)],
    )
    rows = coverage(report)
    assert [r.words for r in ordered(rows, "source", "b")] == ["Gamma came.", "Alpha came.", "Beta came."]
    assert ordered(rows, "only")[0].words == "Beta came."
    with pytest.raises(ValueError, match="ordered by"):
        ordered(rows, "length")


def test_the_summary_line_counts_sources_independence_and_what_is_to_check() -> None:
    report = told([source("a", "A quake killed 10."), source("b", "A quake killed 3.")], [("a", 0, "b", 0)])
    report = replace(report, divergences=find_divergences(report), accounts=(Account(("a", "b")),))
    assert summary_line(report) == "2 sources, 1 independent · 1 shared · 1 to check"


def test_the_names_of_one_person_and_one_place_are_put_together_with_counts_and_first_use() -> None:
    report = told(
        [
            source("a", "Chinese President Xi Jinping came to Seoul. Then Xi left."),
            source("b", "Xi Jinping spoke of China in Beijing."),
        ]
    )
    found = {t.name: t for t in terms(report)}
    assert [(f.source, f.words, f.count) for f in found["Xi Jinping"].forms] == [
        ("a", "Chinese President Xi Jinping", 1),
        ("a", "Xi", 1),
        ("b", "Xi Jinping", 1),
    ]
    china = next(t for t in terms(report) if t.sort == "place")
    assert {f.words for f in china.forms} == {"Chinese", "China", "Beijing"}


def test_a_country_that_owns_a_name_is_no_part_of_it_and_the_name_is_counted() -> None:
    report = told(
        [source("a", "China’s Xi hails Seoul. Xi Jinping came. Then Xi left."), source("b", "Xi Jinping spoke.")]
    )
    found = {t.name: [(f.source, f.words, f.count) for f in t.forms] for t in terms(report)}
    assert found["Xi Jinping"] == [("a", "Xi", 2), ("a", "Xi Jinping", 1), ("b", "Xi Jinping", 1)]
    assert not any("China Xi" in name for name in found)


def test_the_name_of_a_firm_is_no_form_of_the_town_that_it_begins_with() -> None:
    a = source("a", "The ferry left Port Ardle. The owner, Ardle & Isles, said nothing. People in Ardle wept.")
    report = told([a, source("b", "It left Port Ardle early.")])
    assert [(f.words, f.count) for t in terms(report) for f in t.forms if f.source == "a"] == [
        ("Port Ardle", 1),
        ("Ardle", 1),
    ]


def test_persons_stand_first_then_places_and_what_bears_no_sign_of_either_is_neither() -> None:
    a = "PORT ARDLE, March 11 (Tidewater) -- Anna Keller spoke for Brightwater Trust. Keller left Port Ardle."
    b = "Ms Keller met Brightwater Trust in Ardle. Later Anna Keller saw Port Ardle. Brightwater paid."
    found = [(t.name, t.sort) for t in terms(told([source("a", a), source("b", b)]))]
    assert found == [("Anna Keller", "person"), ("Port Ardle", "place"), ("Brightwater Trust", "other")]


def test_forms_that_differ_in_capitals_only_are_one_name() -> None:
    a = source("a", "PORT ARDLE, March 11 (Tidewater) -- The ferry left Port Ardle.")
    assert terms(told([a, source("b", "It left Port Ardle early.")])) == ()


def test_sources_of_one_outlet_are_told_apart_by_their_time() -> None:
    a, b, c = (replace(source(id, "A quake came."), outlet="Wire") for id in "abc")
    a, b = replace(a, published="2025-03-11T07:40:00Z"), replace(b, published="2025-03-11T18:15:00Z")
    found = labels(told([a, b, replace(c, published="2025-03-12")]))
    assert found == {"a": "Wire (2025-03-11 07:40)", "b": "Wire (2025-03-11 18:15)", "c": "Wire (2025-03-12)"}
    assert labels(told([a, replace(a, id="d")])) == {"a": "Wire (a)", "d": "Wire (d)"}


def test_a_name_in_a_headline_that_capitalises_all_is_one_form() -> None:
    a = Source.from_text("Xi Holds Talks with ROK President Lee Jae Myung\n\nLee Jae Myung came. Lee left.", id="a")
    report = told([a, source("b", "Mr Lee Jae Myung stayed. Lee slept.")])
    forms = [f.words for t in terms(report) for f in t.forms if t.name == "Lee Jae Myung"]
    assert "Jae" not in forms
    assert "Myung" not in forms
    assert "Lee" in forms


def test_openings_mark_the_words_names_and_figures_that_others_have_too() -> None:
    a = Source.from_text("Ten die in quake\n\nA quake killed ten people in Iran.", id="a", article=True)
    b = Source.from_text("Quake hits Iran\n\nA quake killed 12 villagers in Iran.", id="b", article=True)
    first, second = openings(told([a, b]))
    marks = {a.text[m.span.start : m.span.end]: (m.sort, m.others) for m in first.marks}
    assert marks["quake"] == ("word", ("b",))
    assert marks["ten"] == ("figure", ())
    assert marks["Iran"] == ("name", ("b",))
    assert second.lede is not None


def test_openings_know_a_place_as_headlines_shorten_it_and_a_name_by_its_capital() -> None:
    a = Source.from_text("S. Korea asks North to talk\n\nThe North and Lee met in North Korea.", id="a", article=True)
    b = Source.from_text("Seoul courts Pyongyang\n\nSouth Korea and the North met on Monday.", id="b", article=True)
    first, second = openings(told([a, b]))
    marks = [(a.text[m.span.start : m.span.end], m.sort, m.others) for m in first.marks]
    assert marks[0] == ("S. Korea", "name", ("b",))
    assert ("North", "name", ("b",)) in marks
    assert ("Lee", "name", ()) in marks
    assert [m.sort for m in second.marks if b.text[m.span.start : m.span.end] == "Monday"] == ["word"]
