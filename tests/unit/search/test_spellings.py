"""Other spellings are offered where the texts hold them, and only there."""

from __future__ import annotations

import pytest

from summitreader.search import Query, find
from summitreader.search.spellings import other_spellings

TEXTS = (
    "The denuclearization of the peninsula is a pipe dream. Denuclearization, they said, is on the programme.",
    "Talks on denuclearisation: a pipedream. The program was four pages long; well-known words, for once.",
)


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("denuclearisation", [("denuclearization", 2)]),
        ("denuclearization", [("denuclearisation", 1)]),
        ("pipe dream", [("pipedream", 1)]),
        ("pipedream", [("pipe dream", 1)]),
        ("programme", [("program", 1)]),
        ("four", []),
        ("denucle", []),
        ("Denuclearisation", []),
    ],
)
def test_the_other_spelling_is_offered_with_the_hits_it_adds(query: str, offered: list[tuple[str, int]]) -> None:
    assert list(other_spellings(TEXTS, Query(query))) == offered


def test_both_spellings_are_found_in_one_search() -> None:
    query = Query("pipedream", also=("pipe dream",))
    assert [len(find(text, query)) for text in TEXTS] == [1, 1]


def test_none_is_offered_for_an_expression() -> None:
    assert other_spellings(TEXTS, Query("pipedream", "regex")) == ()
