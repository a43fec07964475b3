"""What every view looks like, whole, wide and narrow, with Chinese, Korean and Arabic; two also light and uncoloured.

A snapshot holds the text of the screen and, below it, the looks of each line: runs of cells, each with a letter for its
style, and what the letters stand for. `pytest --snapshot-update` keeps a new look, once it was looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

import pytest
from rich.cells import cell_len
from rich.style import Style
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from summitreader.text import Source
from tests.flows.test_views import Opening, app_of, press, staged_on
from tests.unit.tui.lists.made import NAMES, NEWS, POST, WIRE, made_report

__all__ = ["staged_on"]

SIGN = "\nA sign read “桥梁终于开通，欢迎大家” and, below it, «تم افتتاح الجسر».\n"
FOREIGN = """다리가 드디어 개통되었다

월요일에 아레강의 다리가 열렸다. "계곡에 좋은 날"이라고 시장이 말했다.

قال رئيس البلدية يوم الاثنين إن الجسر فتح بعد أربع سنوات من العمل، وعبره 300 شخص.

市长说：“这是山谷的好日子。”约300人走过了桥。
"""
KEYS = {
    "story": ("0",),
    "reader": ("1", "x"),
    "coverage": ("2", "j", "l"),
    "quotations": ("3", "j"),
    "divergences": ("4",),
    "notes": ("5", "j"),
    "library": ("6",),
    "margin": ("1", "L"),
    "rows": ("L",),
}


def story() -> tuple[Source, ...]:
    """The story made by hand, with wide letters and ones from right to left in texts, titles and outlets."""
    texts = (POST + SIGN, NEWS, WIRE, FOREIGN)
    about = (("桥梁日报 Bridge Daily", None), ("صحيفة الوادي", "جسر جديد"), (None, None), ("한빛일보", "다리 개통"))
    sources = [Source.from_text(text, id=name, article=False) for name, text in zip(NAMES, texts, strict=True)]
    return tuple(replace(s, outlet=outlet, title=title) for s, (outlet, title) in zip(sources, about, strict=True))


def look(pilot: Pilot[int]) -> str:
    """The screen cell by cell, then the styles of its lines."""
    letters: dict[str, str] = {}
    words, looks = [], []
    for strip in pilot.app.screen._compositor.render_strips():
        assert sum(cell_len(segment.text) for segment in strip) == pilot.app.size.width
        words.append("".join(segment.text for segment in strip).rstrip())
        runs = [(in_words(s.style), cell_len(s.text)) for s in strip]
        merged = [(style, sum(n for _, n in run)) for style, run in groupby(runs, key=lambda run: run[0])]
        looks.append(" ".join(f"{letters.setdefault(style, letter(len(letters)))}{n}" for style, n in merged))
    legend = [f"{letter}: {style}" for style, letter in letters.items()]
    return "\n".join([*words, "", *looks, "", *legend])


def letter(n: int) -> str:
    return chr(ord("a") + n) if n < 26 else f"{letter(n // 26 - 1)}{letter(n % 26)}"


def in_words(style: Style | None) -> str:
    """Colours and weights; what a click does is no look."""
    return (
        str((style or Style()).without_color)
        + f" {style.color.name if style and style.color else '-'} on "
        + (style.bgcolor.name if style and style.bgcolor else "-")
    )


@pytest.mark.parametrize(
    ("looks", "size", "views"),
    [
        ("dark", (120, 36), tuple(KEYS)),
        ("dark", (60, 20), tuple(KEYS)),
        ("light", (80, 24), ("reader", "divergences")),
        ("no colour", (80, 24), ("reader", "divergences")),
    ],
    ids=["wide", "narrow", "light", "no colour"],
)
async def test_every_view_looks_as_it_did(
    staged_on: Callable[..., Opening],
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    looks: str,
    views: tuple[str, ...],
    snapshot: SnapshotAssertion,
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    if looks == "no colour":
        monkeypatch.setenv("NO_COLOR", "1")
    sources = story()
    async with staged_on(sources, made_report(sources))(size) as pilot:
        if looks == "light":
            pilot.app.theme = "summit-light"
        session = app_of(pilot).session
        assert session is not None
        session.notes.add(0, 14, 24, "who counted? 谁数的？")
        session.notes.add(1, 21, 30)
        for name in views:
            await press(pilot, *KEYS[name])
            while app_of(pilot).message_queue.now is not None:  # what is said goes by the clock
                app_of(pilot).message_queue._take_away()
            await pilot.pause()
            assert look(pilot) == snapshot(name=name)
