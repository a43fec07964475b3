"""The rows of the notes view: where each annotation stands, and what asks for a decision."""

from pathlib import Path

import pytest

from summitreader.notes.model import State
from summitreader.notes.store import Store
from summitreader.text import Source
from summitreader.tui.lists.note_rows import NoteRow, Order, Shown, arranged, note_rows, tags_of
from summitreader.tui.widgets.row_list import Heading

OLD = Source.from_text("First things first.\n\nThe bridge opened.\n\nMany came to see it.", id="a.txt")
OTHER = Source.from_text("Another account.\n\nNobody came.", id="b.txt")


@pytest.fixture
def rows(tmp_path: Path) -> tuple[NoteRow, ...]:
    """A note in the second source, made first; two in the first, one of them with tags; one in no source of these."""
    elsewhere = Source.from_text("Far away.", id="far.txt")
    with Store.open(tmp_path) as store:
        store.add([(OTHER, 0, 7)], "on another", tags=("who",))
        store.add([(OLD, 21, 31)], "on the bridge", tags=("who", "what"))
        store.add([(OLD, 0, 5), (OTHER, 18, 24)])
        store.add([(elsewhere, 0, 3)], "far")
        return note_rows(store.all(), (OLD, OTHER))


def listed(rows: tuple[NoteRow, ...], order: Order = Order.TEXT, show: Shown = Shown.ALL, query: str = "") -> list[str]:
    found = arranged(rows, order, show, None, query)
    return [row.words if isinstance(row, Heading) else row.note or "(highlight)" for row in found]


def test_they_stand_in_order_of_the_text_and_those_of_other_stories_last(rows: tuple[NoteRow, ...]) -> None:
    assert listed(rows) == ["(highlight)", "on the bridge", "on another", "far"]
    assert rows[-1].place is None
    assert rows[-1].source_name == "far.txt"


def test_a_row_goes_to_its_passage_and_counts_its_other_places(rows: tuple[NoteRow, ...]) -> None:
    assert rows[1].place == (0, 1)
    assert rows[1].place_name == "¶2"
    assert rows[0].more == 1


def test_the_newest_stand_first_where_that_is_asked(rows: tuple[NoteRow, ...]) -> None:
    assert listed(rows, Order.NEWEST) == ["far", "(highlight)", "on the bridge", "on another"]


def test_by_tag_each_stands_under_each_of_its_tags(rows: tuple[NoteRow, ...]) -> None:
    assert tags_of(rows) == [("who", 2), ("what", 1)]
    assert listed(rows, Order.TAG) == [
        *("#who", "on the bridge", "on another"),
        *("#what", "on the bridge"),
        *("no tag", "(highlight)", "far"),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("#who", ["on the bridge", "on another"]),
        ("#who bridge", ["on the bridge"]),
        ("b.txt", ["on another"]),
        ("highlight", ["(highlight)"]),
        ("nobody", ["(highlight)"]),
        ("orphan", []),
    ],
)
def test_a_filter_finds_words_tags_sources_and_kinds(rows: tuple[NoteRow, ...], query: str, found: list[str]) -> None:
    assert listed(rows, query=query) == found


def test_notes_and_highlights_are_told_apart(rows: tuple[NoteRow, ...]) -> None:
    assert listed(rows, show=Shown.HIGHLIGHTS) == ["(highlight)"]
    assert len(listed(rows, show=Shown.NOTES)) == 3
    assert listed(rows, show=Shown.DOUBTFUL) == []


def test_one_whose_words_are_gone_says_so_and_still_leads_to_where_they_stood(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        note = store.add([(OLD, 21, 31)], "on the bridge")
        store.reject(note.id, 0)
        [row] = note_rows(store.for_sources([OLD]), (OLD,))
    assert row.state is State.ORPHAN
    assert row.span is None
    assert row.place == (0, 1)
    assert "orphan" in row.folded
    assert arranged([row], Order.TEXT, Shown.DOUBTFUL, None, "") == [row]
