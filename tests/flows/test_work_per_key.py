"""How much is done for one key: counted, not timed, so that more of it fails without a clock.

A story of three texts in three panes. What is counted: rows that a pane draws anew, segments that a row is sent in,
layouts of the view, pictures of it, times that the inspector is worked out, messages, and wrappings of a text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.events import Callback, Timer
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen

from summitreader.tui.layout.document import Document
from summitreader.tui.layout.marks import SpanSet
from summitreader.tui.reader.screen import ReaderScreen
from summitreader.tui.widgets.card import Card
from summitreader.tui.widgets.inspector import Inspector
from summitreader.tui.widgets.lines import LineWidget
from summitreader.tui.widgets.row_drawing import Marks
from summitreader.tui.widgets.source_pane import SourcePane
from summitreader.tui.widgets.text_pane import TextPane
from tests.flows.conftest import Opening

SIZE = (160, 45)
OTHERS = 3
"""Messages that are not of the key, such as the note editor's when it is furnished in the same moment."""


@pytest.fixture
def long_story(tmp_path: Path) -> Path:
    """Three texts of sixty paragraphs, of which every third tells the same thing."""
    folder = tmp_path / "assembly"
    folder.mkdir()
    for name in range(3):
        paragraphs = []
        for n in range(60):
            event = n if n % 3 == 0 else n * 10 + name
            paragraphs.append(
                f"Delegate number {event} spoke for {event % 50 + 2} minutes about district {event % 97}. "
                f"The hall listened to proposal {event} in silence. A vote on it was put off until session {event + 4}."
            )
        text = f"Assembly day, as outlet {name} saw it\n\n" + "\n\n".join(paragraphs)
        (folder / f"outlet-{name}.txt").write_text(text, encoding="utf-8")
    return folder


def is_of_the_clock(message: object) -> bool:
    """Whether a message is of the kind with which a Pilot waits for every widget, or of a timer that came due."""
    return isinstance(message, Callback | Timer)


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Count what is done until the block ends."""
    done: Counter[str] = Counter()

    def counting(owner: type, name: str, count: Callable[..., str]) -> None:
        act = getattr(owner, name)

        def noted(self: Any, *args: Any, **named: Any) -> Any:
            done[count(self, *args)] += 1
            return act(self, *args, **named)

        monkeypatch.setattr(owner, name, noted)

    with monkeypatch.context():
        counting(SourcePane, "_draw", lambda pane, *_: f"rows drawn in pane {pane.number}")
        counting(SourcePane, "render_line", lambda pane, _: f"lines of pane {pane.number}")
        counting(Inspector, "_build", lambda *_: "inspector")
        counting(Card, "show", lambda *_: "card")
        counting(Screen, "_refresh_layout", lambda *_: "layouts")
        counting(Compositor, "render_partial_update", lambda *_: "pictures")
        counting(Compositor, "render_full_update", lambda *_: "whole pictures")
        counting(
            MessagePump, "post_message", lambda _, message: "of the clock" if is_of_the_clock(message) else "messages"
        )
        yield done
        monkeypatch.undo()


async def pressed(pilot: Pilot[int], monkeypatch: pytest.MonkeyPatch, key: str) -> Counter[str]:
    await pilot.pause()
    with counted(monkeypatch) as done:
        await pilot.press(key)
        await pilot.pause()
    return done


def rows_of_cursor(pane: SourcePane) -> int:
    return len(pane.wrap.rows_of(*pane.cursor_span()))


def reader_of(pilot: Pilot[int]) -> ReaderScreen:
    assert isinstance(pilot.app.screen, ReaderScreen)
    return pilot.app.screen


async def test_a_step_draws_the_rows_that_changed_and_nothing_twice(
    opened: Opening, long_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(long_story, size=SIZE) as pilot:
        await pilot.press("j", "j")
        leader = reader_of(pilot).deck.active
        before = rows_of_cursor(leader)
        done = await pressed(pilot, monkeypatch, "j")
        changed = before + rows_of_cursor(leader)
        assert done[f"rows drawn in pane {leader.number}"] <= changed
        assert done["pictures"] == 1
        assert (done["card"], done["inspector"]) == (1, 0)
        assert done["layouts"] == done["whole pictures"] == 0
        assert done["messages"] <= 9 + OTHERS


async def test_a_page_draws_each_new_row_once_and_a_page_back_none_but_the_cursors(
    opened: Opening, long_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(long_story, size=SIZE) as pilot:
        await pilot.press("j", "pagedown")
        deck = reader_of(pilot).deck
        done = await pressed(pilot, monkeypatch, "pagedown")
        height = deck.active.size.height
        for box in deck.shown:
            assert done[f"rows drawn in pane {box.pane.number}"] <= height
        assert done["card"] == done["pictures"] == 1
        assert done["layouts"] == done["whole pictures"] == 0
        assert done["messages"] <= 14 + OTHERS
        back = await pressed(pilot, monkeypatch, "pageup")
        assert back[f"rows drawn in pane {deck.active.number}"] <= 8  # those that a cursor left or came to
        assert back["card"] == back["pictures"] == 1


async def test_another_note_draws_the_passage_that_it_is_on(
    opened: Opening, long_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(long_story, size=SIZE) as pilot:
        pane = reader_of(pilot).deck.active
        await pilot.pause()
        span = pane.cursor_span()
        with counted(monkeypatch) as done:
            pane.set_marks(replace(pane._lying.marks, notes=SpanSet([span])))
            await pilot.pause()
            pane.set_marks(replace(pane._lying.marks))
            await pilot.pause()
        assert done[f"rows drawn in pane {pane.number}"] <= rows_of_cursor(pane)


async def test_the_next_pane_draws_what_changed(
    opened: Opening, long_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(long_story, size=SIZE) as pilot:
        await pilot.press("j")
        done = await pressed(pilot, monkeypatch, "tab")
        for box in reader_of(pilot).deck.shown:  # what the cursor and outlines left or came to
            assert done[f"rows drawn in pane {box.pane.number}"] <= 4 * rows_of_cursor(box.pane)
        assert done["inspector"] <= 1


async def test_a_follower_that_stays_draws_no_row(
    opened: Opening, long_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(long_story, size=SIZE) as pilot:
        await pilot.press("s", "s", "j")  # the lock is off
        deck = reader_of(pilot).deck
        tops = [box.pane.top for box in deck.followers]
        done = await pressed(pilot, monkeypatch, "pagedown")
        assert tops == [box.pane.top for box in deck.followers]
        for box in deck.followers:  # but those that the outline of a counterpart left, and came to
            assert done[f"rows drawn in pane {box.pane.number}"] <= 14


async def test_a_row_without_marks_is_sent_in_two_segments(opened: Opening, long_story: Path) -> None:
    async with opened(long_story, size=SIZE) as pilot:
        pane = reader_of(pilot).deck.active
        pane.set_marks(Marks())
        pane.set_emphasis(SpanSet(), SpanSet())
        rows = [row for row in range(4, 20) if row not in pane.wrap.rows_of(*pane.cursor_span())]
        assert [len(list(pane.render_line(row - pane.top))) for row in rows] == [2] * len(
            rows
        )  # the text, and the ruler


async def test_the_same_inspection_twice_is_drawn_once(
    opened: Opening, long_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(long_story, size=SIZE) as pilot:
        await pilot.press("j")
        await pilot.pause()
        with counted(monkeypatch) as done:
            reader_of(pilot).inspect()
            await pilot.pause()
        assert done["pictures"] == 0


async def test_a_text_is_wrapped_at_the_width_that_it_is_shown_in_and_at_no_other(
    opened: Opening, long_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    widths = Counter[int]()
    wrap = Document._wrap

    def noted(document: Document, width: int) -> Any:
        widths[width] += 1
        return wrap(document, width)

    monkeypatch.setattr(Document, "_wrap", noted)
    async with opened(long_story, size=SIZE) as pilot:
        panes = [box.pane for box in reader_of(pilot).deck.shown]
        assert widths == Counter(pane.text_width for pane in panes)


KEYS = "j j pagedown m tab j v i i / d e l enter n escape L j L f s z j z u U x c = escape g G 2 j 1 , o ] r j r"


async def test_what_stands_on_the_screen_is_what_would_be_drawn_anew(opened: Opening, corpus: Path) -> None:
    async with opened(corpus, size=(120, 36)) as pilot:
        for key in KEYS.replace("/ d", "slash d").replace("=", "equals_sign").replace(",", "comma").split():
            await pilot.press(key.replace("]", "right_square_bracket"))
            await pilot.pause()
            shown = pilot.app.screen._compositor.visible_widgets
            for widget in (one for one in shown if isinstance(one, LineWidget)):
                standing = widget.render_lines(widget.size.region)
                if isinstance(widget, TextPane):
                    widget._forget_rows()
                fresh = widget.render_lines(widget.size.region)
                assert [line.text for line in fresh] == [line.text for line in standing], (key, widget)
                assert fresh == standing, (key, widget)
