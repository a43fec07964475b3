from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.comparison.divergence.figure_context import figures_of
from summitreader.comparison.divergence.number import SHOWN, number_conflicts


def shown(a: str, b: str) -> list[tuple[str, str]]:
    return [
        (a[c.a.value.start : c.a.value.end], b[c.b.value.start : c.b.value.end])
        for c in number_conflicts(a, b)
        if c.evidence >= SHOWN
    ]


def test_each_figure_goes_to_what_happened_to_those_it_counts() -> None:
    dead, hurt = figures_of("The quake killed at least 10 people and injured 80 in seven hours.")[:2]
    assert (dead.event, hurt.event) == ("kill", "hurt")


def test_a_label_before_a_colon_says_what_is_counted() -> None:
    assert [f.event for f in figures_of("Rescued: 164. Deceased: 12. Missing: 8.")] == ["save", "kill", "lost"]


def test_a_record_and_an_age_belong_to_the_name_before_them() -> None:
    age, record = figures_of("Comeaux, 49, met Rahman (45-7-2) there.")
    assert age.owner == {"comeaux"} and record.owner == {"rahman"}


@pytest.mark.parametrize(
    ("a", "b", "pair"),
    [
        ("A quake hit southern Iran, killing at least 10 people.", "A quake in southern Iran killed three people.",
         ("10", "three")),
        ("Robbers stole $108 million of gems in Paris.", "A Paris store was robbed of $160 million in gems.",
         ("$108 million", "$160 million")),
        ("The 6.1-magnitude quake struck Qeshm.", "A quake of magnitude 5.9 struck Qeshm.", ("6.1-magnitude", "5.9")),
        ("Rait slipped and fell about 60 metres from a ridge.", "Rait fell 150 meters from a ridge.",
         ("60 metres", "150 meters")),
        ("Jose Orozco, 29, is sought.", "Deputies named Jose Orozco, 27, as the suspect.", ("29", "27")),
        ("Vey was sentenced to two years in prison.", "Vey was sentenced to two and a half years in prison.",
         ("two years", "two and a half years")),
    ],
)  # fmt: skip
def test_amounts_of_one_thing_that_cannot_both_be_right_are_shown(a: str, b: str, pair: tuple[str, str]) -> None:
    assert shown(a, b) == [pair]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The ship flew out some 420 passengers and crew.", "The ship flew out its 246 passengers over the Gulf."),
        ("They get a euro110 billion ($141 billion) bailout.", "They get a 110 billion ($158 billion) bailout."),
        ("The fire was fought with three ladder trucks.", "The fire was fought with at least two ladder trucks."),
        ("A poll for the Herald found 68 percent of Greeks think the crisis was mishandled.",
         "A poll by the Tribune said 83 percent of Greeks were unhappy with the response."),
        ("A 6.4-magnitude quake hit Zarand in Iran in February.", "A quake of magnitude 5.9 hit Iran on Sunday."),
        ("The riots left 100 people injured.", "The attack on a truck in the riots left two people injured."),
        ("Late in the sixth, Brandt landed 28 of his 68 punches thrown on the ropes.",
         "The final numbers gave Brandt 178 landed of 369 punches thrown."),
    ],
)  # fmt: skip
def test_figures_of_another_lot_another_day_or_another_rate_are_no_conflict(a: str, b: str) -> None:
    assert shown(a, b) == []


def test_a_passage_that_tells_of_two_events_weeks_apart_says_less_against_another() -> None:
    ours = "The shooting came {} after a driver shot eight people."
    theirs = "He cried that three people were shot."
    (apart,) = number_conflicts(ours.format("weeks"), theirs)
    (near,) = number_conflicts(ours.format("right"), theirs)
    assert apart.evidence < near.evidence


@pytest.mark.parametrize(
    ("a", "b", "pair"),
    [
        ("The bus carried 52 passengers and crew.", "The bus carried 46 passengers and crew.", ("52", "46")),
        ("A poll found 68 percent of voters in Athens unhappy.", "A poll found 83 percent of voters in Athens unhappy.",
         ("68 percent", "83 percent")),
        ("The company has to pay 36 million crowns.", "The company's fine is 38 million crowns.",
         ("36 million crowns", "38 million crowns")),
        ("A quake of magnitude 6.1 hit Qeshm on Sunday.", "A quake of magnitude 5.9 hit Qeshm on Sunday.",
         ("6.1", "5.9")),
    ],
)  # fmt: skip
def test_figures_of_one_lot_on_one_day_still_are(a: str, b: str, pair: tuple[str, str]) -> None:
    assert shown(a, b) == [pair]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The fire did $1 million of damage to the church.",
            "The fire did over $1 million of damage to the church.",
        ),
        ("He fell about 60 metres from the ridge.", "He fell 200 feet from the ridge."),
        ("An hour and a half of talks ended on Friday.", "The talks ended on Friday after about 90 minutes."),
        ("Some 5,000 people marched in the city.", "A crowd of 4,980 people marched in the city."),
        ("The quake killed 10 people in Iran.", "The quake injured 80 people in Iran."),
        ("Two guards were taken hostage by the prisoner.", "The prisoner took three cars from two guards."),
        ("Robbers took $108 million from the store.", "Robbers took 80 million euros from the store."),
        ("Three people were killed in the bank.", "Three people, one of them pregnant, were killed in the bank."),
        ("Xi's first visit in 11 years was on Saturday.", "Kim held his first meeting with Xi in over six years."),
        ("Shares rose 42 percent to $20.90 on Nasdaq.", "Shares rose 43 percent to $21 on Nasdaq."),
    ],
)
def test_roundings_bounds_units_and_other_things_are_no_conflict(a: str, b: str) -> None:
    assert shown(a, b) == []


def test_passages_that_differ_in_every_count_are_of_two_lots() -> None:
    a = "Six rifles, 12 magazines and 300 rounds were seized from the boats."
    b = "They seized 14 rifles, 31 magazines and 923 rounds from the boat."
    assert shown(a, b) == []


_WORDS = "killed injured 10 three people dead at least $5 million stole , and the quake Paris 60 metres"
_SENTENCE = st.lists(st.sampled_from(_WORDS.split()), min_size=1, max_size=12).map(" ".join)


@given(_SENTENCE, _SENTENCE)
def test_a_conflict_is_the_same_from_both_sides(a: str, b: str) -> None:
    there = {(c.a.value.start, c.b.value.start) for c in number_conflicts(a, b)}
    back = {(c.b.value.start, c.a.value.start) for c in number_conflicts(b, a)}
    assert len(there) == len(back)


@given(_SENTENCE)
def test_a_passage_never_contradicts_itself_nor_its_own_words_with_a_space_more(a: str) -> None:
    assert number_conflicts(a, a) == []
    assert number_conflicts(a, f"{a} ") == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Jose Orozco, 29, was found guilty.", "Deputies named Jose Orozco, 27, as the suspect."),
        ("The poll of 848 voters has an error of 3.4 percentage points.", "The poll asked 1,737 voters in March."),
        ("Over 50 arrests have been made over four nights.", "There were 46 arrests on Wednesday night."),
        ("The party picks 23 of its 29 delegates in Wyoming.", "Cruz won 14 delegates in Wyoming."),
    ],
)
def test_what_time_explains_and_a_part_of_a_whole_are_no_conflict(a: str, b: str) -> None:
    assert shown(a, b) == []
