"""A shortened passage is words of the passage that stand together, never wider than there is room."""

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from summitreader.text.gate import shown
from summitreader.tui.story.excerpt import ELLIPSIS, shorten

texts = st.text(st.sampled_from("ab é字。  -“’"), max_size=60).map(shown)


@given(texts, st.integers(0, 30), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60), st.floats(0, 1))))
@example("x字", 2, [])
def test_it_is_cut_from_the_passage_and_fits(text: str, width: int, weights: list[tuple[int, int, float]]) -> None:
    found = shorten(text, width, weights)
    assert cell_len(found) <= max(width, 0)
    words = " ".join(text.split())
    assert found.replace(ELLIPSIS, "").strip() in words
    if cell_len(words) <= width:
        assert found == words


def test_what_fits_is_whole() -> None:
    assert shorten("Two  words\nhere", 14) == "Two words here"


def test_without_weights_it_begins_with_the_passage() -> None:
    assert shorten("The bridge over the river was opened", 20) == "The bridge over …"


def test_it_shows_the_words_that_it_is_about() -> None:
    text = "It was, his office noted on Monday, his first journey to the South in eleven years"
    at = text.index("eleven")
    assert shorten(text, 24, [(at, at + 12, 1.0)]).endswith("eleven years")
    assert shorten(text, 24, [(at, at + 12, 1.0)]).startswith(ELLIPSIS)


def test_it_begins_with_the_passage_where_that_shows_nearly_as_much() -> None:
    text = "Keller opens the bridge in the valley near the old ferry"
    weights = [(0, 6, 1.0), (17, 23, 1.0), (50, 55, 1.1)]
    assert shorten(text, 26, weights).startswith("Keller opens")


def test_a_word_that_is_too_long_is_cut() -> None:
    assert shorten("Donaudampfschifffahrtsgesellschaft", 10) == "Donaudamp…"
