from __future__ import annotations

import pytest

from summitreader.notes.anchoring import reanchor
from summitreader.notes.model import Selection, State
from summitreader.notes.placement import address_key

PAGE = "https://example.org/Quay?id=7"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/Quay?id=7", "https://www.example.org/Quay?id=7", "https://EXAMPLE.org:443/Quay?id=7",
        "https://example.org/Quay/?id=7", "https://example.org/Quay?id=7#part", "https://example.org/Qua%79?id=7",
        "https://example.org/Quay?utm_source=x&id=7&fbclid=1", "https://via.hypothes.is/https://example.org/Quay?id=7",
        "https://web.archive.org/web/20250211093000id_/https://example.org/Quay?id=7", f" {PAGE} ",
    ],
)  # fmt: skip
def test_one_page_under_many_addresses(address: str) -> None:
    assert address_key(address) == address_key(PAGE)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/quay?id=7", "https://example.org/Quay?id=8", "https://example.org:8080/Quay?id=7",
     "https://example.com/Quay?id=7", "http://[", "https://web.archive.org/"],
)  # fmt: skip
def test_other_pages_have_other_addresses(address: str) -> None:
    assert address_key(address) != address_key(PAGE)


TEXT = "The board met. Residents had asked for a ferry. It was late. It was late. No one voted."


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Residents had asked for a ferry", TEXT.index("Residents")),
        ("asked for  a\nferry", TEXT.index("asked")),
        ("No one voted", TEXT.index("No one")),  # three words
        ("No one", None),  # two, and short
        ("It was late", None),  # twice
        ("Nobody was there at all", None),
    ],
)
def test_words_without_surroundings_are_placed_where_they_occur_once(words: str, place: int | None) -> None:
    placed = reanchor(Selection(words, "", "", 0, len(words)), TEXT)
    assert placed.start == place
    assert placed.state is (State.ORPHAN if place is None else State.UNSURE)
