"""What counts as a word, and which words are forms of one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.text.tokens import (
    american_spelling,
    joins_unspaced,
    lemma,
    letters_spelled_out,
    plain_form,
    stem,
    tokens_of,
    word_list,
    word_spans,
)
from summitreader.text.vocabulary import commonness, country_of, directions, news_frames, stop_words


def test_abbreviations_figures_and_apostrophes_are_single_words() -> None:
    assert word_list("S. Korea’s U.S. envoy paid $1,200.5 in May; it's over") == [
        "S", "Korea’s", "U.S.", "envoy", "paid", "1,200.5", "in", "May", "it's", "over",
    ]  # fmt: skip


def test_scripts_without_spaces_are_read_a_character_at_a_time() -> None:
    assert word_list("中国 and 日本語") == ["中", "国", "and", "日", "本", "語"]
    assert joins_unspaced("中") and not joins_unspaced("and")


@given(st.text(max_size=200))
def test_the_spans_of_words_are_the_words_in_order(text: str) -> None:
    spans = word_spans(text)
    assert [text[s.start : s.end] for s in spans] == word_list(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.text(min_size=1, max_size=40))
def test_the_plain_form_of_a_plain_form_is_itself(word: str) -> None:
    for found in word_list(word):
        plain = plain_form(found)
        assert plain_form(plain) == plain


@pytest.mark.parametrize(
    ("a", "b", "evidence"),
    [
        ("denuclearisation", "denuclearization", "strong"),
        ("sought", "seeks", "strong"),
        ("neighbours", "neighbor", "strong"),
        ("China’s", "China", "strong"),
        ("cooperation", "cooperative", "weak"),
        ("agreement", "agreed", "weak"),
        ("deteriorated", "deterioration", "weak"),
        ("universe", "university", None),
        ("policy", "police", None),
        ("execute", "executive", None),
        ("leader", "lead", None),
        ("emerge", "emergency", None),
        ("four", "for", None),
    ],
)
def test_words_are_one_by_lemma_and_spelling_or_more_weakly_by_stem(a: str, b: str, evidence: str | None) -> None:
    a, b = plain_form(a), plain_form(b)
    same = "strong" if lemma(a) == lemma(b) else "weak" if stem(a) == stem(b) else None
    assert same == evidence


def test_british_spelling_becomes_american_only_where_no_other_word_is_made() -> None:
    assert [american_spelling(w) for w in ("labour", "centre", "realised", "cheque")] == [
        "labor", "center", "realized", "check",
    ]  # fmt: skip
    assert [american_spelling(w) for w in ("four", "hour", "tour", "crises", "china")] == [
        "four", "hour", "tour", "crises", "china",
    ]  # fmt: skip


def test_accents_of_latin_letters_do_not_tell_words_apart_and_letters_of_other_scripts_do() -> None:
    assert plain_form("Erdoğan") == plain_form("Erdogan")
    assert plain_form("который") == "который"


def test_a_language_without_tables_still_has_words() -> None:
    assert lemma("xyzzy", "zz") == "xyzzy"
    assert stop_words("zz") == frozenset()
    assert "le" in stop_words("fr") and "the" in stop_words("en")


def test_a_name_is_of_a_country_or_of_its_capital() -> None:
    assert country_of("North Korea’s") == ("KP", False)
    assert country_of("New Delhi") == ("IN", True)
    assert country_of("Gyeongju") is None


def test_a_direction_is_a_country_only_where_the_text_names_one_country_of_it() -> None:
    assert directions(["North Korea", "South Korean"]) == {"North": "KP", "South": "KR"}
    assert directions(["South Korea", "South Africa"]) == {}


def test_every_line_of_the_tables_is_read() -> None:
    assert commonness()["the"] == "stop" and commonness()[stem("police")] == "common"
    assert set(news_frames()["kill"]) & set(news_frames()["die"])


@given(st.text(alphabet=st.sampled_from("aB1.,'’-_ \n\u00a0\u2028東京é\u0301"), max_size=60))
def test_the_words_of_a_text_are_those_that_its_places_point_at(text: str) -> None:
    assert word_list(text) == [text[span.start : span.end] for span in word_spans(text)]


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200b", "\u2060", "\ufeff", "\u200d"])
def test_what_cannot_be_seen_is_no_letter(hidden: str) -> None:
    written = f"denuclear{hidden}ization agreed"
    assert [written[s.start : s.end] for s in word_spans(written)] == [f"denuclear{hidden}ization", "agreed"]
    assert plain_form(f"denuclear{hidden}ization") == "denuclearization"


def test_tokens_part_compounds_and_keep_abbreviations_and_figures() -> None:
    text = "The U.S. 36-year-old’s $5.6 billion"
    assert [(t.text, t.kind) for t in tokens_of(text)] == [
        ("The", "word"), ("U.S.", "word"), ("36", "number"), ("-", "sign"), ("year", "word"), ("-", "sign"),
        ("old’s", "word"), ("$", "sign"), ("5.6", "number"), ("billion", "word"),
    ]  # fmt: skip
    assert [t.low for t in tokens_of(text)][6] == "old"
    assert all(text[t.start : t.end] == t.text for t in tokens_of(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jürgen", "Juergen"), ("Größe", "Groesse"), ("Århus", "Aarhus"), ("Ærø", "Aeroe"), ("MÜLLER", "mueller")],
)
def test_two_spellings_of_one_letter_have_one_key(one: str, other: str) -> None:
    assert letters_spelled_out(one) == letters_spelled_out(other)


def test_words_that_differ_keep_keys_that_differ() -> None:
    assert letters_spelled_out("Möller") != letters_spelled_out("Müller")
