"""One act of speech in several wordings: what is the same, what was cut, what was changed."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from summitreader.comparison.model import Link, LinkKind, PassageRef, Report, Utterance
from summitreader.comparison.quotes import cuts, find_quotations, match_utterances
from summitreader.text import Source

LONG = "We shall mend the wooden bridge before winter comes, whatever the council decides about money."
FILLING = (
    "\n\nPaul Brown said: “Sheep cannot swim across a flooded river in the dark.”"
    "\n\nMary Stone said: “Nobody told the school about electricity.”"
)


def compared(*texts: str) -> tuple[Report, tuple[Utterance, ...]]:
    sources = tuple(Source.from_text(t, id=str(n), language="en") for n, t in enumerate(texts))
    report = Report(sources=sources, quotations=tuple(q for s in sources for q in find_quotations(s)))
    return report, match_utterances(report)


def relations(*texts: str) -> list[str]:
    return [u.relation for u in compared(*texts)[1]]


def test_the_same_words_are_identical_trifles_aside() -> None:
    british = f"“{LONG}” said Ann Lee."
    other = f"Ann Lee: '{LONG.upper()}'"
    assert relations(british, other) == ["identical"]


def test_a_compound_is_the_same_in_one_word_and_in_two() -> None:
    one = "North Korea rejected the plan as a “pipe dream” on Friday." + FILLING
    two = "North Korea called the plan a “pipedream.”"
    assert relations(one, two) == ["identical"]
    assert compared(one, two)[1][0].changes == ()


def test_british_and_american_spelling_are_the_same() -> None:
    assert relations(
        "“The colour of labour is grey,” said Ann Lee.", "“The color of labor is gray,” said Ann Lee."
    ) == ["identical"]


def test_a_part_is_an_excerpt_and_what_was_cut_is_a_change_of_the_fuller() -> None:
    report, (utterance,) = compared(
        f"“{LONG}” said Ann Lee.", "Ann Lee promised to “mend the wooden bridge before winter.”"
    )
    assert utterance.relation == "excerpt"
    fuller = report.quotations[0]
    cut = [report.sources[0].text[c.start : c.end] for c in utterance.changes if c.quotation == fuller.id]
    assert cut == ["We shall", "comes, whatever the council decides about money"]


def test_it_is_told_where_a_source_cut() -> None:
    start = (
        "Ann Lee promised to “mend the wooden bridge before winter comes, whatever the council decides about money.”"
    )
    middle = "Ann Lee: “We shall mend the wooden bridge, whatever the council decides about money.”"
    end = "Ann Lee: “We shall mend the wooden bridge before winter comes.”"
    for other, place in ((start, "start"), (middle, "middle"), (end, "end")):
        report, (utterance,) = compared(f"“{LONG}” said Ann Lee.", other)
        fuller, part = report.quotations
        assert cuts(report, utterance) == {fuller.id: (), part.id: (place,)}


def test_another_wording_is_reworded_and_its_words_are_the_changes() -> None:
    other = LONG.replace("mend", "repair").replace("whatever", "no matter what")
    report, (utterance,) = compared(f"“{LONG}” said Ann Lee.", f"“{other}” said Ann Lee.")
    assert utterance.relation == "reworded"
    changed = {report.sources[int(c.quotation.split("#")[0])].text[c.start : c.end] for c in utterance.changes}
    assert {"mend", "repair"} <= changed


def test_what_one_quotes_and_another_reports_is_one_utterance() -> None:
    reported = "Ann Lee said that the wooden bridge would be mended before winter came, whatever the council decided."
    assert relations(f"“{LONG}” said Ann Lee.", reported) == ["reported"]


def test_a_splice_is_in_two_utterances_and_joins_nothing_else() -> None:
    first, second = "The wooden bridge is unsafe for lorries.", "Children must walk round by the mill."
    a = f"“{first} {second}” said Ann Lee."
    report, found = compared(a, f"“{first}” said Ann Lee.", f"“{second}” said Ann Lee.")
    assert sorted(len(u.quotations) for u in found) == [2, 2]
    assert [report.quotations[0].id in u.quotations for u in found] == [True, True]


def test_the_same_words_in_two_mouths_are_still_one_utterance() -> None:
    assert relations(f"“{LONG}” said Ann Lee.", f"“{LONG}” said Paul Brown.") == ["identical"]


def test_other_words_of_the_same_speaker_are_another_utterance() -> None:
    assert relations("“Sheep cannot swim across rivers,” said Ann Lee.", f"“{LONG}” said Ann Lee.") == []


def test_one_source_alone_has_no_utterances() -> None:
    assert relations(f"“{LONG}” said Ann Lee.\n\n“{LONG}” she said again.") == []


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_the_sources_changes_nothing(seed: int) -> None:
    texts = [
        f"“{LONG}” said Ann Lee.",
        "Ann Lee: “We shall mend the wooden bridge.”",
        f"“{LONG[3:]}” said Lee." + FILLING,
    ]
    sources = [Source.from_text(t, id=str(n), language="en") for n, t in enumerate(texts)]
    random.Random(seed).shuffle(sources)
    report = Report(sources=tuple(sources), quotations=tuple(q for s in sources for q in find_quotations(s)))
    assert {(frozenset(u.quotations), u.relation) for u in match_utterances(report)} == {
        (frozenset(u.quotations), u.relation) for u in compared(*texts)[1]
    }


def test_two_translations_are_one_utterance_where_their_passages_are_linked() -> None:
    one = "Ann Lee said: “We see the frequent visits between the two towns as a hopeful sign of trust.”" + FILLING
    two = "Ann Lee said: “The frequent visits of both towns are for us signs of what is to come.”"
    report, apart = compared(one, two)
    assert apart == ()
    link = Link(PassageRef("0", 0), PassageRef("1", 0), 0.6, LinkKind.RESTATED)
    assert [u.relation for u in match_utterances(replace(report, links=(link,)))] == ["reworded"]


def test_a_near_copy_that_a_word_turns_round_is_one_utterance() -> None:
    one = "Ann Lee said, “Ferries should sail at night.”" + FILLING
    two = "“Ferries shouldn't sail at night,” Ann Lee said."
    assert relations(one, two) == ["reworded"]


def test_two_words_in_five_are_too_many_for_a_near_copy_of_another_speaker() -> None:
    one = "Ann Lee said, “Ferries never sail at night.”" + FILLING
    two = "“Ferries crash near harbours at night,” Max Orr said."
    assert relations(one, two) == []
