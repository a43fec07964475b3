from __future__ import annotations

from datetime import date

import pytest

from summitreader.comparison.divergence import date as days
from summitreader.comparison.divergence import names
from summitreader.comparison.divergence.times import times_of

SATURDAY = date(2025, 11, 1)


def days_apart(a: str, b: str, written_a: date | None = None, written_b: date | None = None) -> list[tuple[str, str]]:
    return [
        (a[c.a.start : c.a.end], b[c.b.start : c.b.end])
        for c in days.date_conflicts(a, b, 1.0, written_a, written_b)
        if c.evidence >= days.SHOWN
    ]


def test_a_weekday_is_the_last_one_up_to_the_day_of_writing() -> None:
    (time,) = times_of("Lee met Xi on Saturday.", SATURDAY)
    assert time.first == SATURDAY
    (time,) = times_of("Pak issued it on Friday.", SATURDAY)
    assert time.first == date(2025, 10, 31)


def test_a_passage_parts_with_itself_in_no_day_also_where_it_stands_with_a_space_more() -> None:
    for text in ("The ferry sank on Friday and was raised on Monday.", "The raid began at 7 a.m. and ended at 9 p.m."):
        assert days_apart(text, text, SATURDAY, SATURDAY) == days_apart(text, f"{text} ", SATURDAY, SATURDAY) == []


def test_a_weekday_ahead_is_the_next_one() -> None:
    (time,) = times_of("They will meet on Monday.", SATURDAY)
    assert time.first == date(2025, 11, 3)


def test_may_and_march_are_months_only_where_a_date_stands() -> None:
    assert times_of("They may march to the embassy.") == ()
    assert times_of("They marched on 1 May.")[0].month == 5


@pytest.mark.parametrize(
    ("a", "b", "pair"),
    [
        ("The ferry struck the reef at 6:04 a.m.", "The ferry struck at 6.40am, in fog.", ("6:04 a.m.", "6.40am")),
        ("Voters approved the bond in 2009.", "Voters in 2010 approved the bond.", ("2009", "2010")),
        ("He was arrested on Friday in Atlanta.", "He was arrested in Atlanta on Monday.", ("Friday", "Monday")),
    ],
)
def test_two_times_of_one_happening_are_shown(a: str, b: str, pair: tuple[str, str]) -> None:
    assert days_apart(a, b) == [pair]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("He was arrested on Saturday in Atlanta.", "He was arrested in Atlanta on 1 November."),
        ("He was shot on Friday.", "He was charged on Saturday with shooting."),
        ("The statement was issued on Friday.", "KCNA carried the statement on Saturday."),
        ("He was arrested by Friday.", "He was arrested on Thursday."),
        ("“I was arrested today,” he said.", "“I was arrested today,” he said."),
    ],
)
def test_other_happenings_and_other_ways_of_saying_a_day_are_not(a: str, b: str) -> None:
    assert days_apart(a, b, SATURDAY, date(2025, 11, 2)) == []


def test_words_said_on_two_days_are_shown_where_the_words_are_the_same() -> None:
    a = "On Friday Pak called it a “pipe dream”."
    b = "It was “a pipe dream”, the minister said in a statement on Thursday."
    assert days_apart(a, b) == [("Friday", "Thursday")]


def test_a_name_in_the_same_place_is_shown_and_a_spelling_is_not() -> None:
    a = "China will host the next forum in Shenzhen next year."
    b = "China will host the next forum in Shanghai next year."
    (conflict,) = names.name_conflicts(a, b)
    assert (conflict.a.key, conflict.b.key) == (("shenzhen",), ("shanghai",))
    a, b = "Lee met Pak Myong Ho in Seoul on Friday.", "Lee met Pak Myong-ho in Seoul on Friday."
    assert names.name_conflicts(a, b) == []


def test_a_country_its_people_and_its_capital_are_no_conflict() -> None:
    a = "Leaders will meet for the next summit in China next year."
    b = "Leaders will meet for the next summit in Beijing next year."
    assert names.name_conflicts(a, b) == []


@pytest.mark.parametrize(
    ("a", "b", "pair"),
    [
        (
            "Ana Lind checked into the clinic in Port Ardle, Calif., on Thursday night.",
            "Early Friday morning, around 1:30 a.m., the actress checked into the clinic in Port Ardle.",
            ("Thursday", "Friday"),
        ),
        (
            "A warship on Thursday thwarted an attack on merchant vessels.",
            "The navy’s warship foiled a five-boat pirate attack on vessels that cross the gulf on Friday.",
            ("Thursday", "Friday"),
        ),
        ("In 1957, Page disappeared from public life.", "Page suddenly disappeared in 1958.", ("1957", "1958")),
    ],
)
def test_the_time_is_tied_to_its_verb_across_other_times_points_and_other_words_for_it(
    a: str, b: str, pair: tuple[str, str]
) -> None:
    assert days_apart(a, b) == [pair]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("On Jan. 10, Ana Lind was found dead at home.", "On Jan. 1, Eva Holt, who was ill, was found dead at home."),
        ("He won a Tony in 2004 for the musical.", "He won an Emmy in 2005 for the musical."),
        ("He was charged Saturday with murder.", "He was charged with murder after a shooting at a party Friday."),
        ("The parade begins at 10:30 a.m. on Redwood Road.", "The parade begins at 11 a.m. in Everett."),
        ("The fire broke out in the roof at around 9pm.", "The fire broke out in the roof at 8.49pm."),
        ("Chinese shares close lower Wednesday.", "China stocks close lower on Friday."),
        ("Lind fell the day before Holt died.", "Holt died a day after Lind was killed."),
    ],
)
def test_another_party_another_thing_and_what_moves_every_day_are_not_two_times_of_one_happening(
    a: str, b: str
) -> None:
    assert days_apart(a, b) == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The navy on Saturday foiled an attack in the gulf and held 23 pirates.",
            "The navy on Thursday foiled an attack in the gulf and held 26 pirates.",
        ),
        ("The quake hit southern Iran in September.", "The last quake to hit southern Iran was in February."),
        ("Ohio holds its primary on Tuesday.", "In Ohio and Utah, which holds a primary on April 19, it is open."),
    ],
)
def test_passages_that_part_in_more_than_the_day_or_say_another_tell_of_two_happenings(a: str, b: str) -> None:
    assert days_apart(a, b) == []
