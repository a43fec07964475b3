"""What search promises: what a reader means is found where it stands, in any mode, and quickly."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader import Source
from summitreader.search import Query, QueryError, find, search


def words(
    text: str, query: str, mode: str = "literal", *, whole_word: bool = False, case: bool | None = None
) -> list[str]:
    return [text[s.start : s.end] for s in find(text, Query(query, mode, whole_word, case))]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Xi Jinping and xi", "xi", ["Xi", "xi"]),
        ("Xi Jinping and xi", "Xi", ["Xi"]),
        ("Élysée, elysee", "elysee", ["Élysée", "elysee"]),
        ("E\u0301lyse\u0301e", "élysée", ["E\u0301lyse\u0301e"]),
        ("한국", "한국", ["한국"]),
        ("Xi’s “pipe dream”", "xi's \"pipe", ["Xi’s “pipe"]),
        ("pass\u200bword so\u00adft", "password", ["pass\u200bword"]),
        ("Xi\nJinping\u00a0met", "Xi Jinping met", ["Xi\nJinping\u00a0met"]),
        ("a well–known man", "well-known", ["well–known"]),
        ("习近平同李在明", "李在明", ["李在明"]),
        ("e\u0301t\u0301 x", "et", ["e\u0301t\u0301"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("(c) [/x]", "[/x]", ["[/x]"]),
        ("anything", "  ", []),
    ],
)
def test_words_are_found_as_a_reader_means_them(text: str, query: str, found: list[str]) -> None:
    assert words(text, query) == found


def test_whole_words_are_not_parts_of_longer_ones() -> None:
    assert words("art artist Art", "art", whole_word=True) == ["art", "Art"]
    assert words("art Art", "art", case=True) == ["art"]
    assert words("ART art", "ART", case=False) == ["ART", "art"]


def test_regular_expressions_match_in_the_text_as_it_is() -> None:
    assert words("in 11 years, over six years", r"\d+ years") == []
    assert words("in 11 years, over six years", r"\w+ years", "regex") == ["11 years", "six years"]
    assert words("Ab\nab", r"^a", "regex") == ["A", "a"]


def test_a_bad_regular_expression_says_where() -> None:
    with pytest.raises(QueryError) as raised:
        find("text", Query("ab(c", "regex"))
    assert raised.value.position is not None
    assert "Invalid regular expression" in str(raised.value)


@pytest.mark.parametrize("expression", ["((a{999}){999}){99}", "a{99999999}", "(?:" * 3000 + ")" * 3000])
def test_a_regular_expression_that_would_fill_the_memory_is_refused(expression: str) -> None:
    with pytest.raises(QueryError, match="regular expression"):
        find("aaa", Query(expression, "regex"))


def test_a_regular_expression_without_end_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(QueryError):
        find("a" * 40 + "!", Query(r"^(a|aa)+$", "regex"))
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("inseparable cooperation partners", "inseperable partners", ["inseparable cooperation partners"]),
        ("the negotiations resumed", "negotiat", ["negotiations"]),
        ("resume the dialogue", "dialogue resume", ["resume the dialogue"]),
        ("dog and cat", "fog", []),
    ],
)
def test_fuzzy_words_may_be_misspelt_and_apart(text: str, query: str, found: list[str]) -> None:
    assert words(text, query, "fuzzy") == found


@given(
    st.text(st.sampled_from("aAéÉ ’'\u0301\u200b\nß-–"), max_size=40),
    st.text(st.sampled_from("aéß'-"), min_size=1, max_size=3),
)
def test_hits_stand_in_order_apart_and_inside(text: str, query: str) -> None:
    spans = find(text, Query(query))
    assert all(a.end <= b.start for a, b in zip([*spans], spans[1:], strict=False))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)


@given(st.text(st.sampled_from("ab .(+"), max_size=40), st.text(st.sampled_from("ab.(+"), min_size=1, max_size=4))
def test_in_plain_ascii_it_is_a_plain_search(text: str, query: str) -> None:
    assert [(s.start, s.end) for s in find(text, Query(query))] == [
        m.span() for m in re.finditer(re.escape(query), text)
    ]


def test_hits_name_source_and_passage() -> None:
    sources = [Source.from_text("One thing. Another thing.", id="a"), Source.from_text("", id="b")]
    hits = search(sources, "thing")
    assert [(h.source, h.passage) for h in hits] == [(0, 0), (0, 1)]
    assert sources[0].text[hits[1].start : hits[1].end] == "thing"


def test_two_megabytes_are_searched_while_one_types() -> None:
    text = "Officials said “so” on Mönday. " * 70_000
    find(text, Query("officials"))
    started = time.process_time()
    assert len(find(text, Query("no such words"))) == 0
    assert time.process_time() - started < 0.25
