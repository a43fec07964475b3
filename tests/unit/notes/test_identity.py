"""Which source of the store a loaded source is."""

from __future__ import annotations

from collections.abc import Sequence

from summitreader.notes.placement import Known, Match, match_sources
from summitreader.text import Source


def loaded(text: str, url: str | None = None) -> Source:
    return Source.from_text(text, id=text, url=url)


def known(key: str, location: str | None, *texts: str, url: str | None = None) -> Known:
    return Known(key, location, frozenset(loaded(t).sha256 for t in texts), url)


def match(sources: Sequence[tuple[Source, str | None]], store: list[Known], *there: str) -> list[Match]:
    return match_sources(sources, store, lambda location: location in there)


def test_the_same_file_is_known_again_also_when_its_words_changed() -> None:
    assert match([(loaded("new"), "/a")], [known("k", "/a", "old")], "/a") == [Match(0, "k", moved=False)]


def test_a_file_that_was_moved_is_known_by_its_words() -> None:
    assert match([(loaded("same"), "/b")], [known("k", "/a", "same")], "/b") == [Match(0, "k", moved=True)]


def test_a_copy_shows_the_notes_of_the_original_which_stays_where_it_is() -> None:
    assert match([(loaded("same"), "/b")], [known("k", "/a", "same")], "/a", "/b") == [Match(0, "k", moved=False)]


def test_beside_its_original_a_copy_has_no_notes_of_it() -> None:
    sources = [(loaded("same"), "/a"), (loaded("same"), "/b")]
    assert match(sources, [known("k", "/a", "same")], "/a", "/b") == [Match(0, "k", moved=False)]


def test_two_files_that_changed_names_keep_their_notes() -> None:
    sources = [(loaded("one"), "/two"), (loaded("two"), "/one")]
    store = [known("k1", "/one", "one"), known("k2", "/two", "two")]
    assert match(sources, store, "/one", "/two") == [Match(0, "k1", moved=True), Match(1, "k2", moved=True)]


def test_a_file_that_is_gone_is_known_by_its_address_on_the_web() -> None:
    sources = [(loaded("fetched again", url="https://paper.example/1"), "/b")]
    store = [known("k", "/a", "old", url="https://paper.example/1")]
    assert match(sources, store, "/b") == [Match(0, "k", moved=True)]
    assert match(sources, store, "/a", "/b") == []


def test_a_text_without_a_file_is_known_by_its_words_alone() -> None:
    assert match([(loaded("pasted"), None)], [known("k", None, "pasted")]) == [Match(0, "k", moved=True)]
    assert match([(loaded("other"), None)], [known("k", None, "pasted")]) == []


def test_a_file_that_once_held_the_words_of_another_is_not_taken_for_it() -> None:
    """a.txt held the text of b.txt for a while, and was restored: its notes are not those of b.txt."""
    restored = Known("k", "/a", frozenset(loaded(t).sha256 for t in ("mine", "b's")), None, loaded("mine").sha256)
    assert match([(loaded("b's"), "/b")], [restored], "/a", "/b") == []
    assert match([(loaded("b's"), "/b")], [restored], "/b") == []
    assert match([(loaded("mine"), "/c")], [restored], "/a", "/c") == [Match(0, "k", moved=False)]
    assert match([(loaded("b's"), "/a")], [restored], "/a") == [Match(0, "k", moved=False)]
    assert match([(loaded("b's"), None)], [restored]) == [Match(0, "k", moved=True)]


def test_a_place_that_cannot_be_looked_at_is_one_where_nothing_is() -> None:
    for name in ("/" + "x" * 300, "/a\0b", "/proc/1/root/nix"):
        assert match_sources([(loaded("same"), "/b")], [known("k", name, "same")]) == [Match(0, "k", moved=True)]
