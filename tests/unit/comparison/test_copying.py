"""Who likely took its words from whom: said where something speaks for it and nothing against it."""

from __future__ import annotations

from itertools import permutations

import pytest

from summitreader import Source
from summitreader.comparison.agencies import credits_source
from summitreader.comparison.independence import find_independence, taken_from

COPY = (
    "Heavy rain cut the only road into the valley on Monday and left some four hundred people without power or water, "
    "officials said. Helicopters brought food to the two villages that are hardest to reach, and the army began to lay "
    "a bridge across the river before nightfall."
)
MORE = (
    "The governor said that he would ask for money from the capital. Schools stay shut. Two hospitals run on diesel, "
    "and the first fuel lorry is not expected before the weekend, when the weather is thought to clear for a day or "
    "two. Farmers have lost most of what stood in the fields, and the price of bread doubled within a day."
)


def source(name: str, text: str = COPY, **known: str | None) -> Source:
    return Source.from_text(text, id=name, language="en", **known)  # type: ignore[arg-type]


def credited(name: str, line: str, **known: str) -> Source:
    return Source.from_text(f"{COPY}\n\n{line}", id=name, language="en", **known)  # type: ignore[arg-type]


def test_a_source_that_credits_the_other_likely_took_its_words_from_it() -> None:
    post = credited("post", "With reporting by Valley Wire", outlet="Aldermere Post")
    wire = source("wire", outlet="Valley Wire")
    taken = taken_from(post, wire, 0.4, 0.4)
    assert taken is not None and taken.sure == "likely" and taken.reasons == ("its credits name Valley Wire",)
    assert taken_from(wire, post, 0.4, 0.4) is None


@pytest.mark.parametrize(
    ("line", "outlet", "words"),
    [
        ("Source: Valley Wire", "Valley Wire", "Valley Wire"),
        ("This story was first published by The Harbour Courier.", "Harbour Courier", "Harbour Courier"),
        ("— With reporting by Courtline", "Courtline Agency", "Courtline"),
        ("(c) Associated Press. Copyright AP", "The Associated Press", "Associated Press"),
        ("The mayor told the Valley Wire that he would stay.", "Valley Wire", None),
        ("Source: Valley Wires Ltd", "Valley Wire", None),
        ("Source: Post & Mail", "Mail", None),
        ("More from Valley Wire", "Valley Wire", None),
        ("The lorries come from Valley, reporting by radio.", "Valley Wire", None),
    ],
)
def test_only_a_credit_names_another_as_the_origin(line: str, outlet: str, words: str | None) -> None:
    assert credits_source(credited("a", line), source("b", outlet=outlet)) == words


def test_a_name_that_is_part_of_ones_own_credits_nobody() -> None:
    desk = credited("a", "Source: Harbour Post", outlet="Harbour Post Online")
    assert credits_source(desk, source("b", outlet="Harbour Post")) is None


def test_what_is_nearly_all_in_an_earlier_fuller_text_was_likely_taken_from_it() -> None:
    early = source("a", COPY + "\n\n" + MORE, published="2025-03-01")
    late = source("b", published="2025-03-04")
    pairs, _ = find_independence([early, late], ())
    said = {(p.a, p.b): p.taken for p in pairs}
    assert said["a", "b"] is None
    taken = said["b", "a"]
    assert taken is not None and taken.sure == "likely"
    assert taken.reasons == ("it is dated 3 days later", "100% of its own words stand in the other, which tells more")


def test_a_day_apart_may_be_one_moment_in_two_time_zones_and_says_nothing_alone() -> None:
    assert taken_from(source("a", published="2025-03-02"), source("b", published="2025-03-01"), 0.7, 0.7) is None


def test_half_the_words_of_a_surely_later_text_were_perhaps_taken() -> None:
    late, early = source("a", published="2025-03-03"), source("b", published="2025-03-01")
    taken = taken_from(late, early, 0.5, 0.5)
    assert taken is not None and taken.sure == "perhaps"
    assert taken_from(late, early, 0.49, 0.5) is None


@pytest.mark.parametrize(
    ("a", "b", "later"),
    [
        ("2025-03-01T10:00+00:00", "2025-03-01T10:30+09:00", "it is dated 8 hours later"),
        ("2025-03-01T10:10+00:00", "2025-03-01T10:00+00:00", None),
        ("2025-03-01T18:00", "2025-03-01T10:00", None),
        ("2025-03-01T18:00", "2025-03-01T10:00+00:00", None),
        ("2025-03-01T18:00", "2025-03-01", None),
        ("soon", "2025-02-01", None),
    ],
)
def test_times_count_where_they_are_of_one_clock(a: str, b: str, later: str | None) -> None:
    taken = taken_from(source("a", published=a), source("b", published=b), 0.6, 0.6)
    assert (taken.reasons[0] if taken else None) == later


def test_signs_that_contradict_each_other_say_nothing() -> None:
    credits_it = credited("a", "Source: Valley Wire", published="2025-03-01")
    later = source("b", outlet="Valley Wire", published="2025-03-09")
    assert taken_from(credits_it, later, 0.9, 0.9) is None
    assert taken_from(later, credits_it, 0.9, 0.9) is None


def test_two_that_credit_one_agency_took_from_it_and_not_from_each_other() -> None:
    early, late = (credited(n, "(AP)", published=day) for n, day in (("a", "2025-03-01"), ("b", "2025-03-05")))
    assert taken_from(late, early, 0.9, 0.9) is None


def test_one_that_credits_somebody_else_did_not_take_from_this_one() -> None:
    late = credited("b", "Source: AFP", published="2025-03-05")
    assert taken_from(late, source("a", published="2025-03-01"), 0.9, 0.9) is None


def test_a_short_text_without_a_date_may_be_the_release_that_the_long_one_was_made_from() -> None:
    assert taken_from(source("a"), source("b", COPY + "\n\n" + MORE), 1.0, 0.5) is None


def test_of_several_origins_the_likeliest_is_named_whatever_the_order_of_the_sources() -> None:
    wire = source("wire", outlet="Valley Wire", published="2025-03-01")
    other = source("other", outlet="Harbour Courier", published="2025-03-02")
    post = credited("post", "With reporting by Valley Wire", outlet="Aldermere Post", published="2025-03-05")
    for sources in permutations([wire, other, post]):
        pairs, _ = find_independence(sources, ())
        assert [(p.a, p.b) for p in pairs if p.taken and p.a == "post"] == [("post", "wire")]


def test_a_source_that_credits_another_and_has_two_fifths_of_its_words_is_one_account_with_it() -> None:
    own = " ".join(f"word{n}" for n in range(60))
    wire = source("wire", outlet="Valley Wire")
    desk = credited("desk", f"{own}\n\nWith reporting by Valley Wire", outlet="The Desk")
    plain = credited("desk", own, outlet="The Desk")
    assert [(a.sources, a.credit) for a in find_independence([wire, desk], ())[1]] == [
        (("wire", "desk"), "Valley Wire")
    ]
    assert len(find_independence([source("wire", COPY + MORE), plain], ())[1]) == 2
