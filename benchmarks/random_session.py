"""A long session by a hand that presses anything: `python benchmarks/random_session.py [--keys 10000] [--seed 1]`.

The keys are drawn from the table of commands and from what one types, with clicks, drags, turns of the wheel and new
sizes between, on two stories with hostile text in them, while files on the disk change. Every so often the program is
left and opened again on what it kept, each time with other settings. It must never crash, never leave the screen broken
(each line exactly as wide as its widget, nothing in it that steers a terminal), and never lose a note: every write that
the store acknowledged is kept in a ledger of its own, undone and done again there too, and what a fresh store reads
from the disk must be what the ledger says. A seed makes a run the same each time, as far as threads do.

Prints what was done, and exits with 1 at the first thing that is not as it must be. A shorter run is a test
(tests/flows/test_random_keys.py).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot

from summitreader.config.places import places
from summitreader.config.settings import read
from summitreader.config.state import State
from summitreader.notes.model import Annotation
from summitreader.notes.store import Store
from summitreader.sources.model import LoadRequest
from summitreader.tui.app import SummitApp
from summitreader.tui.bindings import textual_key
from summitreader.tui.commands import COMMANDS
from summitreader.tui.widgets.lines import LineWidget
from summitreader.tui.widgets.row_list import RowList
from summitreader.tui.widgets.source_pane import SourcePane
from summitreader.tui.workers import Background, Loading

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
POST = """The bridge opens at last

The new bridge over the Aar opened on Monday after four years of work.

"It is a good day for the valley," said Anna Keller, the mayor.

About 300 people walked across before the first cars came.

The old ferry will stop in the spring, and its two boats will be sold.
"""
NEWS = """Keller opens valley bridge

Cars crossed the new bridge over the Aar for the first time on Monday, four years after work began.

Mayor Anna Keller called it "a good day for the valley" before she cut the ribbon.

Not everyone was pleased: shopkeepers on the left bank fear for their trade.

Some 350 people walked across before the first cars came.
"""
FIRE = """Fire in the mill

The old mill at Brugg burned down on Tuesday night. Nobody was hurt, the police said.
"""
SIZES = (
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
)
SETTINGS = (
    "",
    'theme = "summit-light"\ncolumn-width = 40\nparagraph-gap = 0\nlayout = "margin"\nanimation = false\n',
    'theme = "summit-16"\nglyphs = "ascii"\nlayout = "rows"\nlock = "proportional"\n',
    'theme = "summit-contrast"\ncolumn-width = 200\nparagraph-gap = 2\nlock = "off"\nwrong = 3\n',
)
"""Settings files, one after the other; the last has a mistake in it."""
KEYS = tuple(textual_key(key) for command in COMMANDS for key in command.keys)
TYPED = (*"abridge KELLER 0 .*(桥é", "enter", "enter", "escape", "backspace", "delete", "left", "ctrl+j")


def corpus(folder: Path) -> Path:
    """Two stories in `folder`, one with text that is meant to do harm and a source with nothing in it."""
    for story, name, text in (
        ("bridge", "alpine-post.txt", POST),
        ("bridge", "valley-news.txt", NEWS),
        ("bridge", "odd.txt", ODD),
        ("bridge", "unready.txt", "x\n"),
        ("mill", "fire.txt", FIRE),
        ("mill", "again.txt", FIRE.replace("Nobody was hurt", "Two were hurt")),
    ):
        (folder / story).mkdir(parents=True, exist_ok=True)
        (folder / story / name).write_text(text, encoding="utf-8")
    return folder


# What a hand does


def key(name: str) -> events.Key:
    """The key as a terminal tells of it."""
    return events.Key(name, name if len(name) == 1 else {"space": " "}.get(name))


def mouse(pilot: Pilot[int], event: type[events.MouseEvent], x: int, y: int) -> None:
    """Let the mouse do something at a cell of the screen, as a driver would tell of it."""
    button = 1 if event in (events.MouseDown, events.MouseUp) else 0
    made = event(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y)
    pilot.app.post_message(made)


async def one_of(pilot: Pilot[int], dice: random.Random, pressed: Counter[str]) -> str:
    """Something that a hand does: a key, a few at once, a click, a drag, a turn of the wheel, a new size."""
    app, kind = pilot.app, dice.random()
    width, height = app.size
    if kind < 0.03:
        size = dice.choice(SIZES)
        pressed["sizes"] += 1
        await pilot.resize_terminal(*size)
        return f"size {size}"
    if kind < 0.13:
        pressed["mouse"] += 1
        x, y = dice.randrange(width), dice.randrange(height)
        what = dice.choice(["click", "click", "drag", "wheel"])
        if what == "wheel":
            mouse(pilot, dice.choice([events.MouseScrollDown, events.MouseScrollUp]), x, y)
        else:
            mouse(pilot, events.MouseDown, x, y)
            if what == "drag":
                x, y = dice.randrange(width), dice.randrange(height)
                mouse(pilot, events.MouseMove, x, y)
            mouse(pilot, events.MouseUp, x, y)
        return f"{what} {x},{y}"
    names = [dice.choice(KEYS if dice.random() < 0.7 else TYPED) for _ in range(dice.choice([1, 1, 2, 4]))]
    pressed["keys"] += len(names)
    for name in names:
        app.post_message(key(name))
    return " ".join(names)


# What must hold of the screen


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


# What must hold of the notes

Kept = dict[str, tuple[str, tuple[str, ...], str | None, int]]
"""Of each annotation and correction, by its id: note, tags, colour and how many places it stands on."""


def kept_of(annotations: list[Annotation]) -> Kept:
    """What the ledger remembers of annotations."""
    return {a.id: (a.note, tuple(a.tags), a.colour, len(a.targets)) for a in annotations}


class Ledger:
    """What the store said that it kept, change by change, held apart from the store."""

    def __init__(self) -> None:
        self.states: list[Kept] = [{}]
        self.at = 0
        self.drafts: dict[str, str] = {}
        self.writes: Counter[str] = Counter()
        self._lock = threading.RLock()

    @property
    def now(self) -> Kept:
        return self.states[self.at]

    def wrong(self, data: Path) -> list[str]:
        """Where a store that is opened anew on the disk differs from what was acknowledged."""
        with Store.open(data) as store:
            there = kept_of([*store.all(), *store.all_corrections()])
            drafts = store.drafts()
        lost = [f"{id} was acknowledged and is gone: {self.now[id]}" for id in self.now.keys() - there.keys()]
        extra = [f"{id} is there and was never acknowledged: {there[id]}" for id in there.keys() - self.now.keys()]
        other = [
            f"{id} is {there[id]} and was acknowledged as {self.now[id]}"
            for id in there.keys() & self.now.keys()
            if there[id] != self.now[id]
        ]
        unsaid = [
            f"the draft {k!r} is {drafts.get(k)!r}, not {v!r}" for k, v in self.drafts.items() if drafts.get(k) != v
        ]
        return [*lost, *extra, *other, *unsaid]

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Write down every change that any store of this process acknowledges."""
        real = {name: getattr(Store, name) for name in self._WATCHED}
        for name, call in real.items():
            setattr(Store, name, self._watched(name, call))
        try:
            yield
        finally:
            for name, call in real.items():
                setattr(Store, name, call)

    _WATCHED = (
        *("add", "edit", "correct", "remove", "undo", "redo", "confirm", "reject", "reattach"),
        *("save_draft", "drop_draft"),
    )

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(store: Store, *given: Any, **named: Any) -> Any:
            with self._lock:
                before = store.generation
                answer = call(store, *given, **named)
                if name == "save_draft":
                    self.drafts[given[0]] = given[1]
                elif name == "drop_draft":
                    self.drafts.pop(given[0], None)
                elif store.generation != before:
                    self._write(name, answer, given, named)
                return answer

        return watched

    def _write(self, name: str, answer: Any, given: tuple[Any, ...], named: dict[str, Any]) -> None:
        self.writes[name] += 1
        if name == "undo":
            self.at -= answer is not None
        elif name == "redo":
            self.at += answer is not None
        else:
            after = dict(self.now)
            for id in (*(given if name == "remove" else ()), *named.get("instead_of", ())):
                after.pop(id, None)
            if answer is not None:
                after |= kept_of(answer if isinstance(answer, list) else [answer])
            del self.states[self.at + 1 :]
            self.states.append(after)
            self.at += 1


# A session


def disturb(folder: Path, dice: random.Random) -> None:
    """Change something on the disk, as an editor or a feed would."""
    post = folder / "bridge" / "alpine-post.txt"
    if dice.random() < 0.5:
        post.write_text(dice.choice([POST, POST + "\nA band played.\n", POST.replace("300", "310")]), encoding="utf-8")
    else:
        (folder / "bridge" / f"late-{dice.randrange(3)}.txt").write_text(NEWS, encoding="utf-8")


async def sitting(
    folder: Path, data: Path, dice: random.Random, keys: int, check_each: int, pressed: Counter[str]
) -> list[str]:
    """Open the reader, press `keys` keys at random, and leave; what went wrong, with what was done before it."""
    where = places(data)
    settings = read(where.settings)
    state = State(where.state)
    background = Background(cache=where.cache / "compare", kinds=settings.settings.kinds)
    last = state.reading([folder])
    loading = Loading([folder], background, LoadRequest(last.story, tuple(last.sources)))
    loading.start()
    app = SummitApp(loading, background, where, state, settings)
    leave = app.exit
    app.exit = lambda *_, **__: None  # type: ignore[method-assign]
    done: list[str] = []
    try:
        async with app.run_test(size=dice.choice(SIZES), notifications=True) as pilot:
            for _ in range(400):
                if app.session is not None and app.store is not None:
                    break
                await asyncio.sleep(0.05)
            until = pressed["keys"] + keys
            n = 0
            while pressed["keys"] < until:
                n += 1
                if dice.random() < 0.005:
                    disturb(folder, dice)
                done = [*done[-15:], await one_of(pilot, dice, pressed)]
                if dice.random() < 0.5 and n % check_each:
                    continue
                await pilot.pause()
                if app._exception is not None:
                    return [f"crash: {app._exception!r} at {app.size} after {done}"]
                if n % check_each == 0 and (found := broken(pilot)):
                    return [f"{found[:4]} at {app.size} on {app.screen} after {done}"]
            await app.workers.wait_for_complete()
            app.exit = leave  # type: ignore[method-assign]
    finally:
        app.background.stop()
        loading.background.stop()
    return []


async def session(keys: int, seed: int, each: int) -> int:
    """Several sittings on one data folder; the exit status."""
    dice, ledger, pressed = random.Random(seed), Ledger(), Counter[str]()
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as made:
        os.chdir(made)  # exports go where one stands
        os.environ["PATH"] = ""  # nobody's clipboard is touched
        os.environ["TEXTUAL_ANIMATIONS"] = "none"
        folder, data = corpus(Path(made) / "stories"), Path(made) / "data"
        with ledger.keeping():
            n = 0
            while pressed["keys"] < keys:
                config = places(data).settings
                config.mkdir(parents=True, exist_ok=True)
                (config / "settings.toml").write_text(SETTINGS[n % len(SETTINGS)], encoding="utf-8")
                os.environ.pop("NO_COLOR", None)
                if n % 3 == 2:
                    os.environ["NO_COLOR"] = "1"
                wrong = await sitting(folder, data, dice, min(each, keys - pressed["keys"]), 5, pressed)
                wrong = wrong or ledger.wrong(places(data).data)
                n += 1
                print(
                    f"sitting {n}: {pressed['keys']} keys, {pressed['mouse']} of the mouse, {pressed['sizes']} sizes; "
                    f"{len(ledger.now)} annotations and corrections, {len(ledger.drafts)} drafts kept; "
                    f"{time.perf_counter() - begin:.0f} s",
                    flush=True,
                )
                if wrong:
                    print(*wrong, sep="\n")
                    return 1
        writes = ", ".join(f"{n} {name}" for name, n in sorted(ledger.writes.items()))
        print(f"Nothing broke and nothing was lost. Writes that the store acknowledged: {writes}.")
        os.chdir("/")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=1000, help="keys until the program is left and opened again")
    a = parser.parse_args()
    return asyncio.run(session(a.keys, a.seed, a.each))


if __name__ == "__main__":
    sys.exit(main())
