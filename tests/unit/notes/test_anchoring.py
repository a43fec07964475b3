"""The laws of re-anchoring, with the old text and without it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitreader import Placement, Selection, reanchor
from summitreader.notes.model import CONTEXT, State

OLD = (
    "Lee called for stronger communication with China as he met Xi in Gyeongju on Saturday.\n\n"
    "The visit was the first in eleven years. Denuclearisation is a pipe dream, the statement said.\n\n"
    "China will host the forum next year in the southern city of Shenzhen, he said earlier in the day."
)

PLAIN = ("the", "of", "North", "talks", "called", "Xi", "Lee", "said", "11", "years", "—", "“dream”", "a")
WORDS = st.sampled_from([*PLAIN, "e\u0301te\u0301", "中国", "ไทย", "👩\u200d👩\u200d👧", "🇫🇷"])
TEXTS = st.lists(WORDS, min_size=6, max_size=60).map(" ".join)


def at(words: str, text: str = OLD) -> Selection:
    start = text.index(words)
    return Selection.of(text, start, start + len(words))


def placed(selection: Selection, new: str, old: str | None = OLD) -> str | None:
    found = reanchor(selection, new, old_text=old)
    return None if found.start is None else new[found.start : found.end]


def test_a_selection_keeps_its_words_its_offsets_and_at_least_32_characters_around_them() -> None:
    selection = at("the first in eleven years")
    assert selection.exact == "the first in eleven years"
    assert OLD[selection.start : selection.end] == selection.exact
    assert OLD.endswith(selection.prefix + selection.exact + selection.suffix, 0, selection.end + CONTEXT)
    assert len(selection.prefix) >= 32 and len(selection.suffix) >= 32


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (-1, 4), (0, len(OLD) + 1)])
def test_what_selects_nothing_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="selects nothing"):
        Selection.of(OLD, start, end)


def test_the_same_text_gives_the_same_span_surely() -> None:
    selection = at("pipe dream")
    assert reanchor(selection, OLD, old_text=OLD) == Placement(selection.start, selection.end, State.SURE, 1.0)


@pytest.mark.parametrize("old", [OLD, None])
def test_an_edit_elsewhere_moves_the_words(old: str | None) -> None:
    new = OLD.replace("Lee called for stronger", "On Saturday Lee called for much stronger")
    assert placed(at("a pipe dream"), new, old) == "a pipe dream"


def test_an_edit_inside_is_followed_and_both_ends_hold() -> None:
    new = OLD.replace("the first in eleven years", "the very first one in eleven long years")
    assert placed(at("The visit was the first in eleven years."), new) == (
        "The visit was the very first one in eleven long years."
    )


def test_another_spelling_of_the_words_is_found_where_they_stood() -> None:
    new = OLD.replace("Denuclearisation is a pipe dream", "Denuclearization is a pipedream")
    assert placed(at("Denuclearisation"), new) == "Denuclearization"
    assert placed(at("pipe dream"), new) == "pipedream"


def test_a_sentence_that_was_moved_is_found_where_it_went() -> None:
    moved = "The visit was the first in eleven years."
    new = OLD.replace(moved + " ", "") + " " + moved
    assert placed(at(moved), new) == moved
    assert reanchor(at(moved), new, old_text=OLD).start == new.index(moved)


@pytest.mark.parametrize("old", [OLD, None])
def test_words_that_are_gone_are_an_orphan_also_where_the_same_words_stand_elsewhere(old: str | None) -> None:
    new = OLD.replace(" on Saturday.", ".") + " The statement came out on Saturday, the agency added."
    assert reanchor(at("on Saturday"), new, old_text=old).state is State.ORPHAN


def test_of_several_equal_words_the_one_that_was_selected_is_followed() -> None:
    old = "He said so. She said so. They said so."
    second = Selection.of(old, 16, 20)
    new = "Yes. " + old
    assert reanchor(second, new, old_text=old) == Placement(21, 25, State.SURE, 1.0)
    assert reanchor(second, new).start == 21


def test_a_word_in_part_stays_a_word_in_part() -> None:
    selection = Selection.of(
        OLD, OLD.index("inary") if "inary" in OLD else OLD.index("unicat"), OLD.index("unicat") + 6
    )
    assert placed(selection, "Yesterday " + OLD) == "unicat"


@given(TEXTS, st.data())
def test_text_put_before_or_after_shifts_and_changes_nothing_else(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    before = "Zuvor stand hier nichts davon.\n\n"
    found = reanchor(Selection.of(text, start, end), before + text + "\n\nUnd danach auch nicht.", old_text=text)
    if text[start:end].strip():
        assert (found.start, found.end) == (start + len(before), end + len(before))


@given(TEXTS, st.data())
def test_a_change_of_white_space_only_loses_nothing(text: str, data: st.DataObject) -> None:
    words = text.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    start = len(" ".join(words[:first])) + (first > 0)
    selection = Selection.of(text, start, start + len(" ".join(words[first:last])))
    wrapped = "\n".join(text.split(" "))
    found = reanchor(selection, wrapped, old_text=text)
    assert found.state is State.SURE
    assert wrapped[found.start : found.end] == "\n".join(words[first:last])


@given(TEXTS, TEXTS, TEXTS, st.data())
@settings(max_examples=60)
def test_there_and_back_again_comes_to_the_same_place(head: str, middle: str, tail: str, data: st.DataObject) -> None:
    one = f"{head}\n\nThe summit opened in the harbour town.\n\n{tail}"
    two = f"{head}\n\n{middle}\n\nThe summit opened in the harbour town.\n\n{tail}"
    first = at("summit opened in the harbour", one)
    there = reanchor(first, two, old_text=one)
    assert there.start is not None and there.end is not None
    back = reanchor(Selection.of(two, there.start, there.end), one, old_text=two)
    assert (back.start, back.end) == (first.start, first.end)


@given(TEXTS, st.data())
@settings(max_examples=60)
def test_two_selections_never_change_places_where_nothing_was_moved(text: str, data: st.DataObject) -> None:
    words = text.split(" ")
    drop = data.draw(st.sets(st.integers(0, len(words) - 1), max_size=len(words) // 3))
    new = " ".join(f"[{n}]" if n in drop else w for n, w in enumerate(words))
    starts = [len(" ".join(words[:n])) + (n > 0) for n in range(len(words))]
    found = [
        reanchor(Selection.of(text, s, s + len(w)), new, old_text=text) for s, w in zip(starts, words, strict=True)
    ]
    sure = [f.start for f in found if f.state is State.SURE and f.start is not None]
    assert sure == sorted(sure)


@given(TEXTS, TEXTS, st.data())
@settings(max_examples=80)
def test_a_result_lies_in_the_text_and_cuts_no_cluster(old: str, new: str, data: st.DataObject) -> None:
    words = old.split(" ")
    n = data.draw(st.integers(0, len(words) - 1))
    start = len(" ".join(words[:n])) + (n > 0)
    for old_text in (old, None):
        found = reanchor(Selection.of(old, start, start + len(words[n])), new, old_text=old_text)
        if found.start is None or found.end is None:
            assert found.state is State.ORPHAN
            continue
        assert 0 <= found.start < found.end <= len(new)
        for edge in (found.start, found.end):
            assert new[edge : edge + 1] not in ("\u0301", "\u200d") and new[edge - 1 : edge] != "\u200d"
            assert not (new[edge : edge + 1] == "🇷" and new[edge - 1 : edge] == "🇫")


@pytest.mark.parametrize("new", ["", " ", "\n\n", "😀", "x" * 100_000, "a\n" * 20_000])
def test_odd_texts_are_no_trouble(new: str) -> None:
    for old_text in (OLD, None):
        assert reanchor(at("pipe dream"), new, old_text=old_text).state is State.ORPHAN


# Sure only at home

FERRY = (
    "Twelve people were killed when the ferry sank. The harbour master confirmed the figure on Tuesday night.\n\n"
    "Divers searched the wreck for a second day and found nothing that explained the accident to them.\n\n"
    "The ferry company said that it would pay for the funerals and for everything else that it could think of.\n\n"
    "An inquiry opens in the capital next week, led by a retired judge of the maritime court."
)


def state(selection: Selection, new: str, old: str = OLD) -> State:
    return reanchor(selection, new, old_text=old).state


def test_words_that_went_and_are_quoted_elsewhere_are_not_sure() -> None:
    selection = at("Twelve people were killed when the ferry sank.", FERRY)
    corrected = FERRY.replace(selection.exact, "Nobody died when the ferry sank near the coast.")
    corrected += (
        "\n\nCorrection: This page said wrongly: “Twelve people were killed when the ferry sank.” It was a rumour."
    )
    assert placed(selection, corrected, FERRY) == selection.exact
    assert state(selection, corrected, FERRY) is State.UNSURE


def test_words_that_moved_with_what_is_around_them_are_sure() -> None:
    parts = FERRY.split("\n\n")
    selection = at("found nothing that explained", FERRY)
    assert state(selection, "\n\n".join([parts[0], parts[2], parts[3], parts[1]]), FERRY) is State.SURE


def test_nothing_is_sure_in_another_text_that_has_the_words() -> None:
    selection = at("The harbour master confirmed the figure", FERRY)
    other = "Rain fell on the valley all week.\n\nThe harbour master confirmed the figure of five metres to reporters."
    assert state(selection, other, FERRY) is not State.SURE


@pytest.mark.parametrize(("kept", "sure"), [(2, True), (1, False)])
def test_where_less_than_a_third_of_the_old_text_is_left_nothing_is_sure(kept: int, sure: bool) -> None:
    paragraphs = [
        f"{word} one two three four five six seven eight nine ten eleven." for word in ("A", "B", "C", "D", "E")
    ]
    old = "\n\n".join(paragraphs)
    new = "\n\n".join([*paragraphs[:kept], *("Zq wx ev rt yu io pa sd fg hj kl." for _ in paragraphs[kept:])])
    selection = Selection.of(old, 2, 18)
    assert (state(selection, new, old) is State.SURE) is sure


@pytest.mark.parametrize(("between", "sure"), [("Yes.", True), ("A whole new sentence stands here now.", False)])
def test_among_new_words_on_both_sides_only_a_place_that_is_hardly_further_off_is_sure(
    between: str, sure: bool
) -> None:
    sentence = "Divers searched the wreck for a second day and found nothing that explained the accident to them."
    selection = at(sentence, FERRY)
    new = FERRY.replace(sentence, f"{between} {sentence} {between}")
    assert (state(selection, new, FERRY) is State.SURE) is sure
