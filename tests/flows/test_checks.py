"""What is to check: opened from each list and by `x`, every side is on the screen, and each key acts on the whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from summitreader.comparison.model import Divergence
from summitreader.tui.layout.panes import Layout
from tests.flows.conftest import Opening, until
from tests.flows.test_by_hand import app_of
from tests.flows.test_reading import press, reader

SAMPLE = Path(__file__).resolve().parents[2] / "sample_corpus" / "brightwater-verdict"


def visible_sides(pilot: Pilot[int], divergence: Divergence) -> int:
    """How many sides have their words in a row that is on the screen."""
    index = reader(pilot).session.index
    found = 0
    for side in divergence.sides:
        for span in side.spans:
            box = reader(pilot).deck.box(index.number[span.source])
            if box is None or not box.display:
                continue
            row = box.pane.wrap.row_at(span.start) - box.pane.top
            if 0 <= row < box.pane.size.height:
                found += 1
                break
    return found


@pytest.mark.covers("check-next", "check-previous")
async def test_x_steps_through_every_check_with_all_sides_visible(opened: Opening) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        checks = reader(pilot).session.index.to_check
        assert checks
        for divergence in checks:
            await press(pilot, "x")
            assert reader(pilot).check == divergence
            assert visible_sides(pilot, divergence) >= min(2, len(divergence.sides))
        await press(pilot, "x")
        assert reader(pilot).check == checks[0]
        await press(pilot, "X")
        assert reader(pilot).check == checks[-1]


async def test_enter_goes_to_the_other_side_and_moving_away_leaves_the_check(opened: Opening) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        await press(pilot, "x")
        divergence = reader(pilot).check
        assert divergence is not None
        first = reader(pilot).here()
        await press(pilot, "enter")
        assert reader(pilot).here() != first
        assert reader(pilot).check == divergence
        await press(pilot, "g")
        assert reader(pilot).check is None


async def test_a_check_opens_from_the_list_with_all_sides_visible(opened: Opening) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        checks = {d.id: d for d in reader(pilot).session.index.to_check}
        await press(pilot, "4", "enter")
        check = reader(pilot).check
        assert check is not None and check.id in checks
        assert visible_sides(pilot, check) >= 2


async def test_in_the_margin_layout_the_base_is_a_side(opened: Opening) -> None:
    async with opened(SAMPLE, size=(80, 24)) as pilot:
        await reader(pilot).deck.lay_out(Layout.MARGIN)
        await press(pilot, "x")
        check = reader(pilot).check
        assert check is not None
        assert visible_sides(pilot, check) >= 1


async def test_dismissing_and_noting_act_on_the_whole(opened: Opening) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        await press(pilot, "x")
        check = reader(pilot).check
        assert check is not None
        await press(pilot, "a", *"both", "enter")
        notes = reader(pilot).session.notes.annotations
        places = {
            (s.source, reader(pilot).session.sources[reader(pilot).session.index.number[s.source]].passage_at(s.start))
            for s in check.spans
        }
        assert len(notes[0].targets) == len(places)
        before = len(reader(pilot).session.index.to_check)
        await press(pilot, "minus")
        await until(lambda: len(reader(pilot).session.index.to_check) == before - 1)
        assert check.id not in {d.id for d in reader(pilot).session.index.to_check}


async def test_copying_a_check_copies_every_side_with_its_citation(
    opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        monkeypatch.setenv("TERM", "xterm-256color")
        await press(pilot, "x")
        check = reader(pilot).check
        assert check is not None
        await press(pilot, "y")
        text = app_of(pilot).clipboard
        assert all(side.words in text for side in check.sides)
        assert str(SAMPLE) not in text
        assert text.count("— ") >= len(check.sides)
