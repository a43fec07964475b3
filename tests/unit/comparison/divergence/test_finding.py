from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest

from summitreader.comparison import (
    Divergence,
    PassageRef,
    Quotation,
    QuotationKind,
    Report,
    Side,
    SourceSpan,
)
from summitreader.comparison.divergence import ALL, CONFLICTS, Telling, coverage, find_divergences
from summitreader.comparison.divergence.omissions import find_silent, held_against, silences_in
from summitreader.comparison.divergence.spellings import near_spellings
from summitreader.comparison.divergence.story import Story, quoted
from tests.unit.comparison.divergence.stories import source, told


def kinds(report: Report, of: Collection[str] = ALL) -> list[str]:
    return [d.kind for d in find_divergences(report, kinds=of)]


def words(report: Report, divergence: Divergence) -> list[str]:
    texts = {s.id: s.text for s in report.sources}
    return [texts[s.source][s.start : s.end] for s in divergence.spans]


def test_one_quantity_is_one_divergence_with_a_side_for_each_amount() -> None:
    report = told(
        [
            source("a", "The quake killed 10 people in Iran."),
            source("b", "The quake in Iran killed three people."),
            source("c", "The quake in Iran killed ten people."),
        ],
        [("a", 0, "b", 0), ("a", 0, "c", 0), ("b", 0, "c", 0)],
    )
    (found,) = [d for d in find_divergences(report) if d.kind == "number"]
    assert words(report, found) == ["10", "ten", "three"]
    assert [len(side.spans) for side in found.sides] == [2, 1] and found.sides[1].words == "three"
    assert "“" in found.summary and found.reason


def test_a_toll_that_grows_with_the_date_of_publication_is_an_update() -> None:
    report = told(
        [
            source("a", "The ferry sinking killed four people.", published="2025-03-11T07:40"),
            source("b", "The ferry sinking killed nine people.", published="2025-03-11T18:15"),
        ],
        [("a", 0, "b", 0)],
    )
    assert kinds(report) == ["update"]


def test_a_source_that_tells_both_amounts_is_not_in_conflict() -> None:
    report = told(
        [
            source("a", "The quake killed 10 people in Iran.", "At first the quake had killed three people."),
            source("b", "The quake in Iran killed three people."),
        ],
        [("a", 0, "b", 0)],
    )
    assert kinds(report) == []


def test_names_spelled_almost_alike_are_shown_and_transcriptions_are_not() -> None:
    def report(a: str, b: str) -> Report:
        return told([source("a", f"Later {a} was there."), source("b", f"There was {b} later.")])

    assert kinds(report("Judge Imogen Achterberg", "Judge Imogen Achtenberg")) == ["name"]
    assert kinds(report("Pak Myong Ho", "Pak Myong-ho")) == []
    assert kinds(report("Gurbanguly Berdymukhamedov", "Gurbanguli Berdimukhamedov")) == []


def test_a_slip_in_a_name_that_all_sources_spell_alike_is_shown_and_a_given_name_is_not() -> None:
    usual = ["Judge Hutchinson spoke.", "Then Hutchinson left.", "Nobody saw Hutchinson go."]

    def report(last: str) -> list[str]:
        return kinds(told([source("a", *usual, last), source("b", *usual)]))

    assert report("The office of Hutchison was closed.") == ["name"]
    assert report("The office of Hutchison Vey was closed.") == []
    assert report("The office of Hutchison, and so Hutchison, was closed.") == []


def test_near_spellings_differ_in_one_word_and_overlong_words_are_no_names() -> None:
    assert near_spellings([("anna", "keller"), ("anna", "kelner"), ("hanna", "keller")]) == [
        (("anna", "keller"), ("anna", "kelner"))
    ]
    assert near_spellings([("x" * 100,), ("x" * 99 + "y",)]) == []


def test_firsts_of_something_narrower_and_since_another_time_are_shown() -> None:
    def of(a: str, b: str) -> list[str]:
        return kinds(told([source("a", a), source("b", b)]))

    assert of("The visit, Xi’s first in 11 years, began.", "Xi is on his first state visit in 11 years.") == ["number"]
    assert of("Xi's visit, his first in 11 years.", "The first visit of Xi in 12 years.") == ["number"]
    assert of("The visit, Xi’s first in 11 years.", "His first meeting with Xi in over six years.") == []


def test_before_and_after_one_quotation_part() -> None:
    report = told(
        [
            source("a", "Lee has a plan, but the North immediately rejected it as a “pipe dream”."),
            source("b", "Ahead of the meeting Pak said that it is a “pipedream”."),
        ]
    )
    assert kinds(report, {"date"}) == ["date"]


def test_what_surely_one_tells_is_one_divergence_a_run_and_never_of_a_source_that_cannot_be_compared() -> None:
    sources = [source("a", "The council met.", "A dog barked."), source("b", "The council met.")]
    links = [("a", 0, "b", 0)]
    assert kinds(told(sources, links, alone=[("a", 1)])) == ["only"]
    assert kinds(told(sources, links, alone=[("a", 1)], comparable=[False, True])) == []


def _three(missing: str) -> list[tuple[str, str]]:
    lede = "Rescuers carried the mayor from the flooded theatre."
    return [("a", lede), ("b", lede), ("c", missing)]


def test_a_source_is_silent_only_where_it_has_none_of_the_words_and_can_be_compared() -> None:
    links = [("a", 0, "b", 0)]
    quiet = [source(i, t) for i, t in _three("Tickets for the autumn season go on sale.")]
    found = find_divergences(told(quiet, links))
    assert [(d.kind, d.silent) for d in found] == [("silent", ("c",))]
    assert kinds(told(quiet, links, comparable=[True, True, False])) == []
    near = [source(i, t) for i, t in _three("The mayor was carried from the theatre by rescuers.")]
    assert "silent" not in kinds(told(near, links))


def test_a_source_that_is_older_than_all_that_report_it_is_not_called_silent() -> None:
    def silent(published: str) -> list[tuple[str, ...]]:
        lede = "Rescuers carried the mayor from the flooded theatre."
        sources = [
            source("a", lede, published="2025-03-11"),
            source("b", lede, published="2025-03-12"),
            source("c", "Tickets for the autumn season go on sale.", published=published),
        ]
        return [d.silent for d in find_divergences(told(sources, [("a", 0, "b", 0)])) if d.kind == "silent"]

    assert silent("2025-03-10") == []
    assert silent("2025-03-11") == [("c",)]


@pytest.mark.parametrize(("marked", "silent"), [("carried the mayor from the flooded", 0), ("the mayor", 1)])
def test_what_is_mostly_a_quotation_may_be_left_out(marked: str, silent: int) -> None:
    lede = f"Rescuers said they {'carried the mayor from the flooded theatre'.replace(marked, f'“{marked}”')}."
    report = told([*(source(id, lede) for id in "ab"), source("c", "Tickets go on sale.")], [("a", 0, "b", 0)])
    at = lede.index("“"), lede.index("”") + 1
    words = tuple(Quotation(id, id, *at, marked, QuotationKind.FRAGMENT) for id in "ab")
    found = find_divergences(replace(report, quotations=words))
    assert sum(d.kind == "silent" for d in found) == silent


def test_a_source_that_tells_it_with_another_figure_is_not_called_silent() -> None:
    fined = "The court fined the water company 38 million crowns."
    far = told([source("a", fined), source("b", fined), source("c", "Firm pays 36 million.")], [("a", 0, "b", 0)])
    sides = Side((SourceSpan("a", 37, 50),), "38 million"), Side((SourceSpan("c", 10, 20),), "36 million")
    conflict = Divergence("number", sides, (), 0.9, "They differ.", id="n")
    assert held_against(Story(far).sources, [conflict])[PassageRef("a", 0)] == {"a", "c"}
    assert [d.silent for d in find_silent(Story(far))] == [("c",)]
    assert find_silent(Story(far), [conflict]) == []
    row = coverage(replace(far, divergences=(conflict,)))[0]
    assert row.cells[2].telling is Telling.UNSURE


def test_a_source_that_says_that_a_report_left_something_out_is_quoted() -> None:
    report = told([source("a", "However, the Xinhua report did not touch on North Korea."), source("b", "Rain fell.")])
    assert kinds(report) == ["says-silent"]
    plain = told([source("a", "The minister declined to comment."), source("b", "Rain fell.")])
    assert kinds(plain) == []


def test_what_one_leads_with_and_another_buries_is_shown_with_both_places() -> None:
    body = [f"Passage number {w} of the long account." for w in ["two", "three", "four", "five", "six", "seven"]]
    report = told(
        [source("a", "Xi hails a partner."), source("b", "Lee asks for help.", *body, "Xi hailed a partner.")],
        [("a", 0, "b", 7)],
    )
    assert kinds(report) == ["placement"]


def test_what_somebody_may_leave_out_is_not_left_out() -> None:
    assert not silences_in("Critics say the rules allowed agencies to sidestep the evidence in their reports.")
    assert silences_in("The report sidestepped the evidence.")


def test_an_age_that_grew_with_the_years_between_two_publications_is_no_conflict() -> None:
    def report(later: str) -> Report:
        return told(
            [
                source("a", "Deputies named Jose Orozco, 27, as the suspect in the murder.", published="2005-06-25"),
                source("b", "Jose Orozco, 29, was the suspect in the murder, deputies said.", published=later),
            ],
            [("a", 0, "b", 0)],
        )

    assert kinds(report("2007-03-20")) == []
    assert kinds(report("2005-06-27")) == ["number"]


def test_conflicts_come_before_what_one_tells_and_ids_outlive_shifted_offsets() -> None:
    def report(lead: str) -> Report:
        return told(
            [
                source("a", lead, "The quake killed 10 people in Iran.", "A dog barked."),
                source("b", "The quake in Iran killed three people."),
            ],
            [("a", 1, "b", 0)],
            alone=[("a", 2)],
        )

    first, second = find_divergences(report("Morning came.")), find_divergences(report("Morning came late that day."))
    assert [d.kind for d in first] == ["number", "only"]
    assert [d.id for d in first] == [d.id for d in second]
    assert len({d.id for d in first}) == 2


def test_a_kind_that_is_not_wanted_is_not_looked_at() -> None:
    report = told([source("a", "A quake killed 10."), source("b", "A quake killed 3.")], [("a", 0, "b", 0)])
    assert find_divergences(report, kinds={"date"}) == ()


def test_lines_that_say_when_a_page_was_made_are_not_held_against_each_other() -> None:
    bridge = "The harbour bridge was opened on Monday by the mayor, the council said."
    a = source("a", f"{bridge}\n\nUpdated: November 11, 2011 20:09 IST")
    b = source("b", f"{bridge}\n\nUpdated: November 11, 2011 18:50 IST")
    report = told([a, b], [("a", 1, "b", 1)])
    assert not find_divergences(report, kinds=CONFLICTS)


def test_what_is_counted_anew_each_week_is_no_conflict_of_two_publications_that_lie_a_week_apart() -> None:
    def report(later: str) -> Report:
        return told(
            [
                source("a", "Cruz has 11 delegates from the primaries.", published="2016-02-20"),
                source("b", "Cruz has 17 delegates from the primaries.", published=later),
            ],
            [("a", 0, "b", 0)],
        )

    assert kinds(report("2016-03-15")) == []
    assert kinds(report("2016-02-21")) == ["number"]


def test_a_side_holds_one_amount_and_a_bound_that_allows_another_is_not_it() -> None:
    (divergence,) = find_divergences(
        told(
            [
                source("a", "The quake injured at least 50 people in Qeshm."),
                source("b", "The quake injured 80 people in Qeshm."),
                source("c", "The quake injured 70 people in Qeshm."),
            ],
            [("a", 0, "b", 0), ("a", 0, "c", 0), ("b", 0, "c", 0)],
        ),
        kinds={"number"},
    )
    assert {"a", "c"} not in [{s.source for s in side.spans} for side in divergence.sides]


def test_a_summary_quotes_in_marks_that_pair_and_ends_in_one_point() -> None:
    (divergence,) = find_divergences(
        told(
            [
                source("a", "“We voted,” Lind said, and the council approved the bond in 2009."),
                source("b", "The council approved the bond in 2010."),
            ],
            [("a", 0, "b", 0)],
        ),
        kinds={"date"},
    )
    assert divergence.summary.endswith("”.") or divergence.summary.endswith("’.")
    assert ".”" not in divergence.summary and ".’" not in divergence.summary
    assert divergence.summary.count("“") == divergence.summary.count("”")


def test_a_quotation_that_a_summary_cuts_keeps_its_marks() -> None:
    assert quoted("She called it “a very long walk home”", 32) == "‘She called it “a very long walk …”’"
    assert quoted("long walk home” was the word") == "‘“long walk home” was the word’"
