"""Any text comes back to the letter from two CommonMark parsers, and nothing of it is rendered."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.export.escaping import block, inline, visible
from tests.unit.export.rendering import HOSTILE, PARSERS, paragraphs, quotation


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" if line else ">\n" for line in block(text))


def plain(text: str) -> str:
    return "".join(f"{line}\n" for line in block(text))


@pytest.mark.parametrize("parser", PARSERS)
def test_ten_thousand_hostile_quotations_and_notes_come_back(parser: str) -> None:
    render = PARSERS[parser]
    chance = random.Random(3)
    for _ in range(5_000):
        text = "".join(chance.choice(HOSTILE) for _ in range(chance.randrange(1, 24)))
        assert quotation(render(quoted(text))) == visible(text), repr(text)
        text = "".join(chance.choice(HOSTILE) for _ in range(chance.randrange(1, 24)))
        assert paragraphs(render(plain(text))) == visible(text), repr(text)


@given(st.text(min_size=1))
def test_any_text_comes_back(text: str) -> None:
    for render in PARSERS.values():
        assert quotation(render(quoted(text))) == visible(text)


@given(st.text())
def test_a_line_is_one_paragraph_of_the_words(text: str) -> None:
    words = " ".join(visible(text).split())
    for render in PARSERS.values():
        assert (paragraphs(render(inline(text) + "\n")) or "") == words


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"], include_characters=" ,;“”’—–…"), min_size=1))
def test_what_means_nothing_in_markdown_is_left_as_it_is(text: str) -> None:
    words = " ".join(text.split())
    assert inline(text) == words


def test_news_prose_stays_readable() -> None:
    text = "It cost $1.5 million (about 3%), the U.S. said at 12:30; “no more” – a_b & c."
    assert inline(text) == "It cost \\$1.5 million (about 3%), the U.S. said at 12:30; “no more” – a\\_b & c."


@given(st.text())
def test_what_is_made_visible_keeps_its_length_and_steers_no_terminal(text: str) -> None:
    seen = visible(text)
    assert len(seen) == len(text)
    assert not any((c < " " and c not in "\n\t") or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" for c in seen)


def test_joiners_and_characters_without_width_are_kept() -> None:
    text = "می\u200cخواهم 👩\u200d👩 pass\u200bword so\u00adft \ufeff"
    assert visible(text) == text
