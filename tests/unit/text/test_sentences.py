"""What `text.sentences` promises: sentences as a reader cuts them, and nothing lost."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.text.sentences import LONG_QUOTE, LONGEST, STRETCH, sentence_spans


def cut(text: str, language: str | None = None) -> list[str]:
    return [text[s.start : s.end] for s in sentence_spans(text, language)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Ms. Park met Lt. Gov. Ruiz on Jan. 9.", "They agreed."],
        ["The anti-U.K. bloc lost.", "It had led."],
        ["A.J. Clemente wrote it.", "So did B. Moore."],
        ["Trading ends at 4 p.m. EST today.", "It opens again on Monday."],
        ["Some approx. 30 ships left.", "See p. 9 for more."],
        ["iPad sales fell.", "eBay shares rose."],
        ["(It had been planned.)", "Then it failed."],
        ["“Will it hold?” she asked.", "Nobody knew."],
        ["1. The first thing.", "2. The second thing."],
    ],
)
def test_english_is_cut_where_a_reader_would(sentences: list[str]) -> None:
    assert cut(" ".join(sentences), "en") == sentences


@pytest.mark.parametrize(
    ("language", "joined", "sentences"),
    [
        ("ja", "", ["「来ますか？」と聞いた。", "返事はなかった。"]),
        ("ko", " ", ["그는 “좋다.”라고 말했다.", "회담은 끝났다."]),
        ("fr", " ", ["Mme. Roux est partie le 3 nov. 2024.", "« Enfin. »", "Il pleut."]),
        ("de", " ", ["Im 19. Jahrhundert war das anders.", "Dr. Weiß widersprach."]),
        ("ru", " ", ["«Всё?» — спросил он.", "Да!"]),
        ("vi", " ", ["TS. Nguyễn đã đến.", "Ông nói gì?"]),
        ("hi", " ", ["डॉ. शर्मा ने कहा।", "क्या हुआ?"]),
        ("ar", " ", ["قال د. أحمد إن الاجتماع انتهى.", "هل اتفقا؟"]),
        ("zh", "", ["双方同意合作。", "会谈结束了。"]),
    ],
)
def test_other_languages_are_cut_by_their_own_rules(language: str, joined: str, sentences: list[str]) -> None:
    assert cut(joined.join(sentences), language) == sentences


def test_the_items_of_a_list_are_passages_of_their_own() -> None:
    assert cut("- ships\n- planes\n- men") == ["- ships", "- planes", "- men"]


def test_a_long_speech_is_cut_inside_its_quotation() -> None:
    speech = "We shall go on to the end of this road together. " * 10
    assert len(speech) > LONG_QUOTE
    assert len(cut(f"“{speech.strip()}” he said.")) == 10


def test_a_text_without_sentence_ends_is_cut_at_white_space() -> None:
    pieces = cut("word " * 5_000)
    assert max(map(len, pieces)) <= LONGEST
    assert {word for piece in pieces for word in piece.split()} == {"word"}


def test_a_combining_mark_is_never_parted_from_its_letter() -> None:
    text = "Z" + "\u0301" * (2 * LONGEST)
    assert cut(text) == [text]


@given(st.text(st.sampled_from("aZé. !?\n\u201c\u201d\"'()1,習。」\u0301\ud800\x00-"), max_size=80))
def test_nothing_but_white_space_is_outside_the_sentences(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    inside = set().union(*(range(s.start, s.end) for s in spans))
    assert all(c.isspace() for i, c in enumerate(text) if i not in inside)
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() != "" for s in spans)


def test_a_paragraph_longer_than_is_cut_at_once_is_cut_as_if_it_were_not() -> None:
    text = "Mr. Vane said that it was so. It was not, e.g. on Friday! Was it? " * 600
    assert len(text) > 3 * STRETCH
    spans = sentence_spans(text, "en")
    assert {text[s.start : s.end] for s in spans} == {
        "Mr. Vane said that it was so.",
        "It was not, e.g. on Friday!",
        "Was it?",
    }
    assert len(spans) == 1800


def test_nothing_is_lost_where_a_long_paragraph_has_no_sentence_end() -> None:
    text = "word " * 6000
    spans = sentence_spans(text, "en")
    assert "".join(text[s.start : s.end] for s in spans).replace(" ", "") == text.replace(" ", "")


def test_an_opening_mark_belongs_to_the_sentence_that_it_opens_even_where_it_is_never_closed() -> None:
    text = "“It cannot reach them,” says Oh, who teaches history. “So it telephones. The line is down."
    found = [text[s.start : s.end] for s in sentence_spans(text)]
    assert not any(sentence.endswith("“") for sentence in found)
    assert "“So it telephones." in found


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("de", ["Sie kam zur 3. Prüfung.", "Der 2. Zug fuhr später."]),
        ("de", ["Sie wurde im Rennen 3.", "Danach ging sie heim."]),
        ("da", ["Det var den 4. Bog.", "Den var god."]),
        ("en", ["Brandt et al. [2011] saw it first.", "Others did not."]),
        ("en", ["It is in Tab. 4 of the report.", "Few read it."]),
        ("it", ["Si veda l’art. 9 della legge.", "È chiaro."]),
        ("ru", ["Это в ст. 8 закона.", "Он прав."]),
        ("sv", ["Se s. 12 i boken.", "Den är bra."]),
    ],
)
def test_an_ordinal_or_an_abbreviation_before_a_number_does_not_end_a_sentence(
    language: str, sentences: list[str]
) -> None:
    text = " ".join(sentences)
    assert [text[s.start : s.end] for s in sentence_spans(text, language)] == sentences
