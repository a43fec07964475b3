from __future__ import annotations

import pytest

from summitreader import Source, compare
from summitreader.comparison import Divergence


def found(a: str, b: str) -> list[Divergence]:
    sources = [Source.from_text(text, id=id) for text, id in ((a, "a"), (b, "b"))]
    return [d for d in compare(sources).divergences if d.kind == "quotation"]


def words(a: str, b: str) -> list[tuple[str, ...]]:
    texts = {"a": a, "b": b}
    return [
        tuple(texts[side.spans[0].source][side.spans[0].start : side.spans[0].end] for side in d.sides)
        for d in found(a, b)
    ]


SAID = "“The committee {} read the whole report before the vote next week,” Anna Keller said."


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("should", "should not", "denial"),
        ("has to", "is able to", "another word"),
        ("should", "should just", "small word"),
        ("reads and", "read and", "small word"),
        ("will", "will then gladly", "leaves out"),
        ("quickly", "slowly", "another word"),
    ],
)
def test_a_change_that_matters_is_shown_with_a_word_on_either_side(one: str, other: str, why: str) -> None:
    (divergence,) = found(SAID.format(one), SAID.format(other))
    assert why in divergence.reason
    first, second = (side.words for side in divergence.sides)
    assert first != second and first.split()[-1] == second.split()[-1]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (SAID.format("should"), SAID.format("and should")),
        (SAID.format("shouldn't"), SAID.format("should not")),
        (SAID.format("organises and"), SAID.format("organizes and")),
        (SAID.format("has two in three who"), SAID.format("has 2 in 3 who")),
        ("“The report says what we did in the spring,” Keller said.",
         "“The report shows what we did not finish,” Keller said."),
        ("“The bridge opened on time and within the budget,” Keller said.",
         "“The bridge opened on time … within the budget,” Keller said."),
        ("“We met Ms. Strand at the harbour office on Friday,” Keller said.",
         "“We met her at the harbour office on Friday,” Keller said."),
        ("“It was a long night. We found the boat near the pier at dawn,” Keller said.",
         "“We found the boat near the pier at dawn,” Keller said."),
    ],
)  # fmt: skip
def test_trifles_and_marked_cuts_are_not(a: str, b: str) -> None:
    assert found(a, b) == []


def test_two_speeches_of_two_speakers_are_not_held_against_each_other() -> None:
    a = "“We will open the old bridge in the harbour in the spring,” Anna Keller said."
    b = "“We will close the old bridge in the harbour in the spring,” Marcus Vey said."
    assert found(a, b) == []
    assert found(a, b.replace("Marcus Vey", "Anna Keller")) != []


def test_another_last_word_counts_only_where_both_quotations_end() -> None:
    a = "“He is not welcome in Oslo and the council rejects his visit,” Keller said."
    assert words(a, a.replace("visit", "message")) == [("his visit", "his message")]
    assert found(a, a.replace("visit", "message to the council")) == []


def test_two_words_that_open_both_quotations_may_differ() -> None:
    a = "“As the harbour master knows, the boats come home before the storm,” Keller said."
    b = "“I think the harbour master knows, the boats come home before the storm,” Keller said."
    assert words(a, b)


@pytest.mark.parametrize(
    ("a", "b", "changed"),
    [
        ("a seat at the harbour", "a seat at a harbour", ("at the harbour", "at a harbour")),
        ("a bold political campaign", "a bold campaign", ("bold political campaign", "bold campaign")),
        ("a sad day for the valley", "a sad time for the valley", ("sad day for", "sad time for")),
    ],
)  # fmt: skip
def test_a_short_quotation_with_one_word_changed_counts(a: str, b: str, changed: tuple[str, str]) -> None:
    told = "Anna Keller called the opening of the old bridge “{}” on Friday."
    assert words(told.format(a), told.format(b)) == [changed]


def test_a_speaker_who_repeats_himself_in_other_words_is_quoted_right() -> None:
    both = "“I went too far,” Keller said on Friday. “I went way too far.”"
    assert found(both, "“I went too far,” Keller said on Friday.") == []


def test_a_name_in_common_is_no_wording_in_common() -> None:
    a = "Keller spoke of “the purposes of the Harbour Act” on Friday."
    assert found(a, "Keller spoke on Friday of “the letter of the Harbour Act”.") == []
