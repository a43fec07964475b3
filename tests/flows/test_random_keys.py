"""A thousand keys, clicks and sizes at random: nothing crashes, and no screen is ever broken.

The keys are drawn from the table of commands and from what one types; a seed makes a run the same each time.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot

from summitreader.tui.bindings import textual_key
from summitreader.tui.commands import COMMANDS
from summitreader.tui.widgets.lines import LineWidget
from summitreader.tui.widgets.row_list import RowList
from summitreader.tui.widgets.source_pane import SourcePane
from tests.flows.conftest import Opening

ODD = (
    "Мост открыт 桥梁终于开通 [bold]see[/] [@click=app.quit]x[/]\n\n"
    '桥梁周一开通，市长说："这是山谷的好日子。" 约300人走过了桥。渡船将在春天停运，两艘船将被出售。\n\n'
    "قال رئيس البلدية يوم الاثنين إن الجسر فتح بعد أربع سنوات من العمل.\n\n"
    "👩‍👩‍👧‍👦 walked 🏳️‍🌈 over 🇫🇷 the bridge; Z"
    + "\u0301"
    * 40
    + "algo said\x1b]0;PWNED\x07 so, \x9b2J and \u202eleft\u202c.\n\n"
    "Anna Keller, the mayor, said on Monday that " + "m" * 300 + " cars crossed the new bridge over the Aar.\n\n"
)
SIZES = [
    (20, 5),
    (20, 6),
    (30, 8),
    (40, 12),
    (60, 20),
    (71, 24),
    (72, 24),
    (80, 24),
    (119, 30),
    (120, 36),
    (200, 50),
    (300, 80),
]
STEPS = 170
"""With each of three seeds; a step presses about two keys."""
KEYS = [textual_key(key) for command in COMMANDS for key in command.keys]
TYPED = [*"abridge KELLER 0 .*(桥é", "enter", "enter", "escape", "backspace", "delete", "left", "ctrl+j"]


@pytest.fixture
def odd_corpus(corpus: Path) -> Path:
    (corpus / "odd.txt").write_text(ODD, encoding="utf-8")
    (corpus / "unready.txt").write_text("x\n", encoding="utf-8")
    return corpus


def key(name: str) -> events.Key:
    """The key as a terminal tells of it."""
    return events.Key(name, name if len(name) == 1 else {"space": " "}.get(name))


async def one_of(pilot: Pilot[int], dice: random.Random) -> str:
    """Something that a hand does: a key, a few at once, a click, a drag, a turn of the wheel, a new size."""
    app, kind = pilot.app, dice.random()
    width, height = app.size
    if kind < 0.03:
        size = dice.choice(SIZES)
        await pilot.resize_terminal(*size)
        return f"size {size}"
    if kind < 0.13:
        x, y = dice.randrange(width), dice.randrange(height)
        what = dice.choice(["click", "click", "drag", "wheel"])
        if what == "wheel":
            turn = dice.choice([events.MouseScrollDown, events.MouseScrollUp])
            mouse(pilot, turn, x, y)
        else:
            mouse(pilot, events.MouseDown, x, y)
            if what == "drag":
                x, y = dice.randrange(width), dice.randrange(height)
                mouse(pilot, events.MouseMove, x, y)
            mouse(pilot, events.MouseUp, x, y)
        return f"{what} {x},{y}"
    names = [dice.choice(KEYS if dice.random() < 0.7 else TYPED) for _ in range(dice.choice([1, 1, 2, 4]))]
    for name in names:
        app.post_message(key(name))
    return " ".join(names)


def mouse(pilot: Pilot[int], event: type[events.MouseEvent], x: int, y: int) -> None:
    """Let the mouse do something at a cell of the screen, as a driver would tell of it."""
    button = 1 if event in (events.MouseDown, events.MouseUp) else 0
    made = event(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y)
    pilot.app.post_message(made)


def broken(pilot: Pilot[int]) -> list[str]:
    """What on the screen is not as it must be."""
    app, found = pilot.app, []
    for widget in app.screen.query(LineWidget):
        width, height = widget.size
        if not width or not height or not all(w.display for w in widget.ancestors_with_self):
            continue
        for y, strip in enumerate(widget.render_lines(widget.size.region)):
            cells = sum(cell_len(segment.text) for segment in strip)
            if cells != width or strip.cell_length != width:
                found.append(f"{widget}: line {y} has {cells} cells of {width}: {strip.text!r}")
    for pane in app.screen.query(SourcePane):
        if not all(widget.display for widget in pane.ancestors_with_self):
            continue
        source = pane.document.source
        if not 0 <= pane.cursor < max(1, len(source.passages)):
            found.append(f"{pane}: on passage {pane.cursor} of {len(source.passages)}")
        if pane.size.width and not 0 <= pane.top <= max(0, pane.rows - pane.size.height):
            found.append(f"{pane}: top {pane.top} of {pane.rows} rows, {pane.size.height} on the screen")
        if pane.selection and not 0 <= pane.selection[0] <= pane.selection[1] <= len(source.text):
            found.append(f"{pane}: {pane.selection} is selected")
    for rows in app.screen.query(RowList):
        if not -1 <= rows.cursor < max(1, len(rows.rows)) or rows.top < 0:
            found.append(f"{rows}: on {rows.cursor} of {len(rows.rows)}, top {rows.top}")
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        if bad := {c for c in strip.text if unicodedata.category(c) == "Cc" or c in "\u202a\u202e\u2066\u2069"}:
            found.append(f"row {y} holds {bad}")
    return found


@pytest.mark.parametrize("seed", range(3))
async def test_no_keys_break_the_screen(
    opened: Opening, odd_corpus: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seed: int
) -> None:
    monkeypatch.chdir(tmp_path)
    dice = random.Random(seed)
    done: list[str] = []
    async with opened(odd_corpus) as pilot:
        left: list[int] = []
        leave: Callable[..., None] = lambda *_, **__: left.append(1)  # noqa: E731
        monkeypatch.setattr(pilot.app, "exit", leave)
        for n in range(STEPS):
            done.append(await one_of(pilot, dice))
            if dice.random() < 0.5 and n % 5:
                continue
            await pilot.pause()
            assert pilot.app._exception is None, f"crash after {done[-12:]}"
            assert n % 5 or not broken(pilot), f"{broken(pilot)[:4]} at {pilot.app.size} after {done[-12:]}"
