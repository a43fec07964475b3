"""What `text.gate` promises: nothing that steers, hides or reorders gets through, and no offset moves."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.text import gate
from summitreader.text.gate import MOST_MARKS, shown, shown_line

ODD = "aé\n\t\r\x00\x1b\x7f\x9b\u00ad\u061c\u200b\u200c\u200d\u200e\u2028\u202e\u2066\ufeff\ufe0f"
ODD += "\ufffe\ud800\u0301م👩🏴क\u094d\U000e0067\U000e007f\U000e0101"
anything = st.text(st.one_of(st.characters(), st.sampled_from(ODD)), max_size=60)


@given(anything)
def test_one_code_point_comes_out_for_one_that_goes_in(text: str) -> None:
    assert len(shown(text)) == len(text)


@given(anything)
def test_nothing_that_steers_a_terminal_comes_out(text: str) -> None:
    out = shown(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in out)
    assert "\n" not in shown_line(text)
    assert not any(
        unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI") for c in out
    )


@given(anything)
def test_what_is_safe_stays_safe(text: str) -> None:
    assert shown(shown(text)) == shown(text)


@given(st.text(st.characters(categories=["L", "Nd", "P", "Zs"]), max_size=60))
def test_letters_digits_and_punctuation_stay_as_they_are(text: str) -> None:
    fillers = "\u115f\u1160\u3164\uffa0"
    assert shown(text) == "".join("‸" if c in fillers else c for c in text)


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("\x1b[2J\x07\x7f", "␛[2J␇␡"),
        ("\x9b2J\x90", "�2J�"),
        ("safe\rEVIL", "safe␍EVIL"),
        ("a\tb\nc", "a b\nc"),
        ("\ud800\ufffe\U0001ffff", "���"),
        ("user \u202etxt.exe\u202c", "user ⇠txt.exe⇆"),
        ("pass\u200bword so\u00adft", "pass‸word so‧ft"),
        ("hi\U000e0069\U000e0067", "hi□□"),
        ("x\U000e0100\U000e0101", "x‸‸"),
        ("a\u200db", "a‸b"),
    ],
)
def test_what_is_hidden_is_marked(text: str, out: str) -> None:
    assert shown(text) == out


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "क\u094d\u200dष",
        "👩\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 👍🏽\u200d",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "葛\U000e0100飾区",
        "e\u0301 Zürich 習近平 قال 1\ufe0f⃣",
    ],
)
def test_what_a_script_needs_is_kept(text: str) -> None:
    assert shown(text.rstrip("\u200d")) == text.rstrip("\u200d")


def test_a_flood_of_marks_is_capped() -> None:
    assert shown("Z" + "\u0301" * 5000) == "Z" + "\u0301" * MOST_MARKS + "◌" * (5000 - MOST_MARKS)


@given(anything)
def test_a_long_text_is_treated_like_a_short_one(text: str) -> None:
    around = "plain words " * 200
    assert shown(around + text + around) == around + shown(text + "p")[: len(text)] + around


def test_no_plain_character_is_one_that_the_full_search_would_stop_at() -> None:
    assert not re.findall(gate._ANY, "".join(gate._PLAIN))
