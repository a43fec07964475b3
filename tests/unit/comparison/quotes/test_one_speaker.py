"""Names are joined where they surely mean one speaker, and never otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.comparison.quotes.names import one_speaker


def test_a_short_name_is_listed_under_the_full_one() -> None:
    names = ["Xi", "Xi Jinping", "Chinese President Xi Jinping"]
    assert set(one_speaker(names).values()) == {"Chinese President Xi Jinping"}


def test_hyphens_case_and_line_breaks_part_nobody() -> None:
    assert len(set(one_speaker(["Lee Jae-myung", "Lee Jae Myung", "LEE JAE\nMYUNG"]).values())) == 1


@pytest.mark.parametrize(
    "names",
    [
        ["Kim", "Kim Jong Un", "Kim Yo Jong"],
        ["Ministry", "Foreign Ministry"],
        ["Lee", "Lee's office"],
        ["a spokesman", "a spokesman for Lee"],
        ["the mayor", "Mayor Keller"],
        ["South Korea", "North Korea"],
        ["Xi", "Xinhua"],
        ["Lee", "Lee's office in Seoul", "Park Lee Council"],
    ],
)
def test_names_that_may_mean_others_stay_apart(names: list[str]) -> None:
    assert one_speaker(names) == {name: name for name in names}


@given(st.lists(st.text(st.sampled_from("ABab '-"), max_size=8)))
def test_every_name_is_listed_under_a_name_that_has_its_words(names: list[str]) -> None:
    listed = one_speaker(names)
    assert set(listed) == set(names)
    for name, under in listed.items():
        assert listed.get(under, under) == under or not name.strip()
