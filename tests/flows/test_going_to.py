"""Going to a passage by its letter and paragraph number."""

from __future__ import annotations

from pathlib import Path

import pytest

from summitreader.text import Source
from summitreader.tui.dialogs.go_to import GoToScreen, find_passage
from tests.flows.conftest import Opening
from tests.flows.test_reading import press, reader, words


@pytest.mark.covers("go-to")
async def test_a_letter_and_a_number_put_the_cursor_on_the_paragraph_from_any_view(
    opened: Opening, corpus: Path
) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "apostrophe", *"b2", "enter")
        assert reader(pilot).active_number == 1
        assert words(pilot).startswith("Mayor Anna Keller")
        await press(pilot, "2", "apostrophe", *"A 3", "enter")
        assert reader(pilot).active_number == 0
        assert words(pilot).startswith("About 300 people")
        await press(pilot, "comma", "comma", "comma")
        assert words(pilot) == "The bridge opens at last"


async def test_what_names_no_passage_is_said_and_goes_nowhere(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "apostrophe", *"b99", "enter")
        assert isinstance(pilot.app.screen, GoToScreen)
        await press(pilot, "escape")
        assert words(pilot) == "The bridge opens at last"


def test_forms_that_name_a_passage() -> None:
    a = Source.from_text("Title\n\nOne. And more.\n\nTwo.", id="a.txt", title="Title")
    b = Source.from_text("Uno.\n\nDue.\n\nTre.", id="b.txt")
    second = next(n for n, p in enumerate(a.passages) if a.paragraph_number(p.block) == 2)
    for form in ("A 2", "a2", "2", "A:2", "a ¶2", " A  2 "):
        assert find_passage(form, (a, b), 0) == (0, second)
    assert find_passage("b", (a, b), 0) == (1, 0)
    for form in ("", "C 1", "B 99", "B 0", "12 B", "??"):
        assert isinstance(find_passage(form, (a, b), 0), str)
