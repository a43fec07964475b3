"""When two wordings of one utterance differ in words that carry meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.comparison.divergence.rewording import differs


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("the economy could be embarking on extended growth", "the economy could be embarking on sustained growth"),
        ("this was not an error of measurement", "this was not a mistake of measurement"),
        ("that person is dangerous and needs to be found soon", "that person needs to be found soon"),
        ("I don't want to be the candidate for them", "I still want to be the candidate for them"),
        ("it does not come with serious risk", "it does come with serious risk"),
    ],
)
def test_words_put_for_others_words_put_in_and_denials_differ(a: str, b: str) -> None:
    assert differs(a, b) > 0
    assert differs(b, a) > 0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("it will be behind us by mid-year", "it will be behind us by midyear"),
        ("I don't say that she knew", "I do not say that she knew"),
        ("I'm gonna march with them", "I'm going to march with them"),
        ("the programme of the organisation failed", "the program of the organization failed"),
        ("material support to bin Laden and al-Qaeda", "material support to bin Laden and al-Qaida"),
        ("the ferry was not overloaded", "the ferry was not overloaded, and all knew it well"),
        ("the steps ... are insufficient for the region", "the steps that Iran took are insufficient for the region"),
        ("the cat sat on the mat", "a wholly other sentence stands here"),
    ],
)
def test_spelling_short_forms_and_cuts_are_no_difference(a: str, b: str) -> None:
    assert differs(a, b) == 0


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_difference_is_the_same_from_both_sides_and_of_a_text_with_itself_nothing(a: str, b: str) -> None:
    assert differs(a, a) == 0
    assert 0 <= differs(a, b) <= 1
