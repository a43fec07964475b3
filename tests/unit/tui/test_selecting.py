"""Selecting by words: what grows shrinks back, what slides on slides back, and words are never cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summitreader.tui.reader.cursor import grown, left_behind, slid, words_near

TEXT = "The $1.5 million bridge, it's said, won't open (yet). 桥梁开通"


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def test_a_word_more_and_a_word_less() -> None:
    assert grown(TEXT, at("million"), 1) == at("million bridge")
    assert grown(TEXT, at("million bridge"), -1) == at("million")
    assert grown(TEXT, at("million"), -1) is None


def test_figures_and_contractions_are_one_word_and_marks_between_are_taken_in() -> None:
    assert grown(TEXT, at("The"), 1) == at("The $1.5")
    assert grown(TEXT, at("bridge"), 1) == at("bridge, it's")


def test_the_selection_slides_with_as_many_words() -> None:
    assert slid(TEXT, at("million bridge"), 1) == at("bridge, it's")
    assert slid(TEXT, at("The"), -1) == at("The")


def test_scripts_without_spaces_are_taken_letter_by_letter() -> None:
    assert grown(TEXT, at("桥"), 1) == at("桥梁")


def test_a_selection_is_left_behind_only_where_the_passage_has_no_part_in_it() -> None:
    assert left_behind((0, 5), (5, 9))
    assert not left_behind((4, 6), (5, 9))


@given(st.text(alphabet="ab 1.'桥—\n", min_size=1, max_size=60), st.data())
def test_what_grows_shrinks_back_and_what_slides_on_slides_back(text: str, data: st.DataObject) -> None:
    words = words_near(text, 0)
    if not words:
        return
    n = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(n, len(words) - 1))
    span = (words[n][0], words[last][1])
    if last + 1 < len(words):
        more = grown(text, span, 1)
        assert more == (words[n][0], words[last + 1][1])
        assert grown(text, more, -1) == span
        on = slid(text, span, 1)
        assert on == (words[n + 1][0], words[last + 1][1])
        assert slid(text, on, -1) == span
