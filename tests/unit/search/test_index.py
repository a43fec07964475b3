"""What the index promises: it answers what the plain search answers, whatever happens to its file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitreader import Source
from summitreader.search import Mode, Query, QueryError, find, search
from summitreader.search.corpus import Indexed, InMemory, look_through
from summitreader.search.index import Index, IndexDamaged, index_file, tidy

LETTERS = st.sampled_from("aAbBeÉéßı한국北京会 \n\t\u00a0’'“\"–-.\u0301\u200b\u00ad\u0000\ud800İΣςЁ_9")
TEXTS = st.lists(st.text(LETTERS, max_size=30), max_size=5)
QUERIES = st.text(LETTERS, min_size=1, max_size=5)


Opened = Callable[[Path], Index]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Opens indexes, and closes them after the test."""
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(closing(Index(path)))


def indexed(index: Index, texts: Sequence[str]) -> Indexed:
    hashes = [Source.from_text(text, id="a").sha256 for text in texts]
    index.add(zip(hashes, texts, strict=True))
    return Indexed(index, hashes)


def hits(texts: Indexed | InMemory, query: Query, count: int) -> list[tuple[int, int, int]]:
    return [place for found in look_through(texts, query, range(count)) for place in found.hits]


@settings(max_examples=300, deadline=None)
@given(TEXTS, QUERIES, st.sampled_from(Mode), st.booleans(), st.sampled_from([None, True, False]))
def test_an_index_answers_what_the_plain_search_answers(
    texts: list[str], query: str, mode: Mode, whole: bool, case: bool | None
) -> None:
    wanted = Query(query, mode, whole, case)
    sources = [Source.from_text(text, id=str(n)) for n, text in enumerate(texts)]
    try:
        plain = [(h.source, h.start, h.end) for h in search(sources, query, mode, whole_word=whole, case=case)]
    except QueryError:
        return
    index = Index(Path(":memory:"))
    kept = indexed(index, texts)
    with_passages = [n for n, source in enumerate(sources) if source.passages]
    assert [hit for hit in hits(kept, wanted, len(texts)) if hit[0] in with_passages] == plain
    assert hits(kept, wanted, len(texts)) == hits(InMemory(texts), wanted, len(texts))
    index.close()


@settings(max_examples=200, deadline=None)
@given(TEXTS, QUERIES, st.sampled_from([Mode.LITERAL, Mode.FUZZY]))
def test_every_text_with_a_hit_is_a_candidate(texts: list[str], query: str, mode: Mode) -> None:
    index = Index(Path(":memory:"))
    kept = indexed(index, texts)
    candidates = kept.candidates(Query(query, mode))
    index.close()
    if candidates is not None:
        assert {n for n, _, _ in hits(InMemory(texts), Query(query, mode), len(texts))} <= candidates


def test_an_index_narrows_down_to_the_texts_that_hold_the_words(tmp_path: Path, opened: Opened) -> None:
    texts = ["The ferry stops.", "A bridge opens.", "李在明在北京", "Ferries and bridges, “so” to speak"]
    kept = indexed(opened(tmp_path / "a.index"), texts)
    assert kept.candidates(Query("ferry")) == {0}
    assert kept.candidates(Query("BRIDGE")) == {1, 3}
    assert kept.candidates(Query("北京")) == {2}
    assert kept.candidates(Query('"so"')) == {3}
    assert kept.candidates(Query("so much")) == set()
    assert kept.candidates(Query("brigde", Mode.FUZZY)) == {1}
    assert kept.candidates(Query("bri.ge", Mode.REGEX)) == {1, 3}
    assert kept.candidates(Query("f(er|x)ry|b[a-z]+dge", Mode.REGEX)) == {0, 1, 3}
    assert kept.candidates(Query("[a-z]+", Mode.REGEX)) is None


def test_what_was_indexed_is_there_again_and_what_went_is_forgotten(tmp_path: Path, opened: Opened) -> None:
    first = Index(tmp_path / "a.index")
    first.add([("1", "The ferry stops."), ("2", "The “ferry” goes.")])
    first.close()
    again = opened(tmp_path / "a.index")
    assert set(again.hashes()) == {"1", "2"}
    again.forget(["1"])
    assert hits(Indexed(again, ["1", "2"]), Query("ferry"), 2) == [(1, 5, 10)]
    assert len(again.candidates(Query("ferry")) or ()) == 1


@pytest.mark.parametrize("damage", [b"no database at all", b""])
def test_a_file_that_is_no_index_is_made_anew(tmp_path: Path, damage: bytes, opened: Opened) -> None:
    path = tmp_path / "a.index"
    path.write_bytes(damage)
    index = opened(path)
    index.add([("1", "The ferry stops.")])
    assert hits(Indexed(index, ["1"]), Query("ferry"), 1) == [(0, 4, 9)]


def test_an_index_of_another_version_is_made_anew(tmp_path: Path, opened: Opened) -> None:
    with sqlite3.connect(tmp_path / "a.index") as other:
        other.execute("PRAGMA user_version = 77")
        other.execute("CREATE TABLE texts (anything)")
    other.close()
    assert opened(tmp_path / "a.index").hashes() == {}


@pytest.mark.parametrize(("table", "query"), [("folded", Query("ferry")), ("texts", Query("f.rry", Mode.REGEX))])
def test_a_text_that_is_not_what_was_put_there_is_noticed(
    tmp_path: Path, table: str, query: Query, opened: Opened
) -> None:
    index = opened(tmp_path / "a.index")
    index.add([("1", "The ferry stops.")])
    with sqlite3.connect(tmp_path / "a.index") as other:
        other.execute(f"UPDATE {table} SET text = 'The ferry sinks.'")
    other.close()
    with pytest.raises(IndexDamaged):
        hits(Indexed(index, ["1"]), query, 1)


@settings(max_examples=300, deadline=None)
@given(TEXTS, QUERIES, st.sampled_from([Mode.LITERAL, Mode.FUZZY]), st.booleans(), st.integers(0, 3))
def test_hits_that_are_only_counted_are_as_many(
    texts: list[str], query: str, mode: Mode, whole: bool, most: int
) -> None:
    wanted = Query(query, mode, whole, also=("ab a",) if mode == Mode.LITERAL and whole else ())
    index = Index(Path(":memory:"))
    told = list(look_through(indexed(index, texts), wanted, range(len(texts)), most=most))[-1]
    index.close()
    each = [len(find(text, wanted)) for text in texts]
    assert (told.total, told.texts) == (sum(each), sum(count > 0 for count in each))


def test_two_that_write_into_one_index_find_all_of_what_both_wrote(tmp_path: Path, opened: Opened) -> None:
    one, other = opened(tmp_path / "a.index"), opened(tmp_path / "a.index")
    one.add([("1", "The ferry stops.")])
    other.add([("2", "A ferry, a bridge.")])
    one.add([("3", "Bridge and ferry.")])
    other.forget(["1"])
    for index in (one, other):
        assert [hit[0] for hit in hits(Indexed(index, ["1", "2", "3"]), Query("ferry"), 3)] == [1, 2]
        assert Indexed(index, ["1", "2", "3"]).candidates(Query("bridge")) == {1, 2}


def test_what_is_wrong_with_an_expression_is_told_where_no_text_need_be_searched(opened: Opened) -> None:
    index = opened(Path(":memory:"))
    told = list(look_through(indexed(index, ["The ferry stops."]), Query("bridge(", Mode.REGEX), range(1)))
    assert "Invalid regular expression" in told[-1].problem


def test_pages_that_are_overwritten_are_noticed_or_harmless(tmp_path: Path, opened: Opened) -> None:
    path = tmp_path / "a.index"
    index = Index(path)
    texts = [f"The ferry number {n} stops at quay {n * 7}." for n in range(400)]
    index.add((str(n), text) for n, text in enumerate(texts))
    index._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    index.close()
    data = bytearray(path.read_bytes())
    for at in range(8192, len(data), 8192):
        data[at : at + 300] = b"\xff" * 300
    path.write_bytes(bytes(data))
    with pytest.raises(IndexDamaged):
        damaged = opened(path)
        kept = Indexed(damaged, [str(n) for n in range(400)])
        if hits(kept, Query("ferry"), 400) != hits(InMemory(texts), Query("ferry"), 400):
            raise IndexDamaged("it was made anew")


def test_only_the_indexes_used_last_are_kept(tmp_path: Path) -> None:
    for n in range(12):
        Index(index_file(tmp_path, f"corpus {n}")).close()
    tidy(tmp_path, 3)
    assert len(list(tmp_path.glob("*.index"))) == 3


def test_a_search_tells_what_it_has_before_it_is_done_and_can_be_stopped() -> None:
    texts = InMemory(["a b c " * 3000] * 200)
    told = list(look_through(texts, Query("b"), range(200), most=10))
    assert told[0].begins
    assert told[-1].done
    assert (told[-1].total, told[-1].texts) == (600_000, 200)
    assert sum(len(found.hits) for found in told) == 10
    assert list(look_through(texts, Query("b"), range(200), cancelled=lambda: True)) == []
