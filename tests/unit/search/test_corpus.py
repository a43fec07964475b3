"""What searching a corpus promises: it answers what searching each text answers, as it comes."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from summitreader.search import Mode, Query, QueryError, find
from summitreader.search.corpus import Texts, look_through

LETTERS = st.sampled_from("aAbBeÉéßı한국北京会 \n\t\u00a0’'“\"–-.\u0301\u200b\u00ad\u0000\ud800İΣςЁ_9")
TEXTS = st.lists(st.text(LETTERS, max_size=30), max_size=5)
QUERIES = st.text(LETTERS, min_size=1, max_size=5)


def prepared(texts: Sequence[str]) -> Texts:
    made = Texts(texts)
    made.prepare(lambda: False)
    return made


def hits(texts: Texts, query: Query, count: int) -> list[tuple[int, int, int]]:
    return [place for found in look_through(texts, query, range(count)) for place in found.hits]


@settings(max_examples=300)
@given(TEXTS, QUERIES, st.sampled_from(Mode), st.booleans(), st.sampled_from([None, True, False]))
def test_a_corpus_answers_what_each_text_answers_prepared_or_not(
    texts: list[str], query: str, mode: Mode, whole: bool, case: bool | None
) -> None:
    wanted = Query(query, mode, whole, case)
    try:
        plain = [(n, span.start, span.end) for n, text in enumerate(texts) for span in find(text, wanted)]
    except QueryError:
        return
    assert hits(Texts(texts), wanted, len(texts)) == plain
    assert hits(prepared(texts), wanted, len(texts)) == plain


@settings(max_examples=300)
@given(TEXTS, QUERIES, st.sampled_from([Mode.LITERAL, Mode.FUZZY]), st.booleans(), st.integers(0, 3))
def test_hits_that_are_only_counted_are_as_many(
    texts: list[str], query: str, mode: Mode, whole: bool, most: int
) -> None:
    wanted = Query(query, mode, whole, also=("ab a",) if mode == Mode.LITERAL and whole else ())
    told = list(look_through(prepared(texts), wanted, range(len(texts)), most=most))[-1]
    each = [len(find(text, wanted)) for text in texts]
    assert (told.total, told.texts) == (sum(each), sum(count > 0 for count in each))


def test_texts_that_did_not_change_are_not_folded_again() -> None:
    before = prepared(["The ferry stops.", "A bridge opens."])
    after = Texts(["The ferry stops.", "A tunnel opens."], before)
    assert after.folded(0) is before.folded(0)
    assert hits(after, Query("opens"), 2) == [(1, 9, 14)]


def test_texts_are_not_prepared_further_once_that_is_stopped() -> None:
    texts = Texts(["The ferry stops."])
    texts.prepare(lambda: True)
    assert texts.like(["ferry"]) is None


def test_what_is_wrong_with_an_expression_is_told_where_no_text_need_be_searched() -> None:
    told = list(look_through(Texts([]), Query("bridge(", Mode.REGEX), range(0)))
    assert "Invalid regular expression" in told[-1].problem


def test_a_search_tells_what_it_has_before_it_is_done_and_can_be_stopped() -> None:
    texts = Texts(["a b c " * 3000] * 200)
    told = list(look_through(texts, Query("b"), range(200), most=10))
    assert told[0].begins
    assert told[-1].done
    assert (told[-1].total, told[-1].texts) == (600_000, 200)
    assert sum(len(found.hits) for found in told) == 10
    assert list(look_through(texts, Query("b"), range(200), cancelled=lambda: True)) == []
