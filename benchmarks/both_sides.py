"""Whether every divergence opens with both sides on the screen, and how often `j` scrolls a pane that is not read.

    python benchmarks/both_sides.py STORY... [--size 120x36 --size 80x24]

Each folder is opened in the reader without a terminal. Each divergence to check is opened by `x`, from Story and from
the list of checks; of each, the sides are counted whose words are in a row on the screen (in a pane or in the margin).
Then `j` is pressed a hundred times: how often did a pane that is not read scroll, and was what it scrolled to visible
before, or not a likely match? Both must be 0.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from textual.pilot import Pilot

from summitreader.comparison.model import Divergence
from summitreader.config.places import places
from summitreader.config.settings import read
from summitreader.config.state import State
from summitreader.sources.model import LoadRequest
from summitreader.tui.app import SummitApp
from summitreader.tui.reader.screen import ReaderScreen
from summitreader.tui.workers import Background, Loading

Size = tuple[int, int]


def sides_on_screen(reader: ReaderScreen, divergence: Divergence) -> int:
    """How many sides have their words in a row of a pane, or of the margin, that is on the screen."""
    index, deck = reader.session.index, reader.deck
    drawn = " ".join(deck.active.render_line(y).text for y in range(deck.active.size.height) if deck.has_margin)
    if deck.margin_beside:
        margin = deck.margin_box.margin
        margin.before_lines()
        drawn += " ".join(margin.render_line(y).text for y in range(margin.size.height))
    drawn = " ".join(drawn.replace("▌", " ").split())
    found = 0
    for side in divergence.sides:
        for span in side.spans:
            box = deck.box(index.number[span.source])
            row = -1 if box is None or not box.display else box.pane.wrap.row_at(span.start) - box.pane.top
            words = index.sources[index.number[span.source]].text[span.start : span.end].split()
            if (box is not None and 0 <= row < box.pane.size.height) or (deck.has_margin and words[0] in drawn):
                found += 1
                break
    return found


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()
    await pilot.pause()


async def routes(pilot: Pilot[int], app: SummitApp) -> Counter[str]:
    """Of each way to open a divergence, how many were opened with at least two sides visible, and how many in all."""
    done: Counter[str] = Counter()
    reader = app.navigation.reader
    assert reader is not None
    checks = reader.session.index.pending
    for divergence in checks:
        await press(pilot, "x")
        done["x"] += reader.check is not None and reader.check.id == divergence.id
        done["x, both sides"] += sides_on_screen(reader, divergence) >= 2
    for key, prefix, name in (("0", "check ", "Story"), ("4", "", "Check")):
        for divergence in checks:
            await press(pilot, key)
            listing = app.screen
            async with asyncio.timeout(60):
                while not listing.list.rows:  # type: ignore[attr-defined]
                    await asyncio.sleep(0.02)
            listing.show_list(at=prefix + divergence.id)  # type: ignore[attr-defined]
            await press(pilot, "enter")
            done[name] += reader.check is not None and reader.check.id == divergence.id
            done[f"{name}, both sides"] += sides_on_screen(reader, divergence) >= 2
    done["checks"] = len(checks)
    return done


async def follower_scrolls(pilot: Pilot[int], app: SummitApp, presses: int = 100) -> Counter[str]:
    """Over `j`: how often a pane that is not read scrolled, to what was visible, and to what is not a likely match."""
    done: Counter[str] = Counter()
    reader = app.navigation.reader
    assert reader is not None
    await press(pilot, "1", "g")
    for _ in range(presses):
        panes = [box.pane for box in reader.deck.followers]
        before = {pane.number: (pane.top, pane.size.height) for pane in panes}
        place = reader.here()
        await press(pilot, "j")
        if reader.here() == place and reader.deck.active.cursor == len(reader.deck.active.document.source.passages) - 1:
            await press(pilot, "tab", "g")
            continue
        matches = {(c.source, c.passage) for c in reader.session.index.counterparts(*reader.here())}
        for pane in panes:
            top, height = before[pane.number]
            if pane.top == top:
                continue
            done["scrolled"] += 1
            rows = pane.wrap.rows_of(*pane.cursor_span())
            done["to what was visible"] += top <= rows.start and rows.stop <= top + height
            done["to what is not a likely match"] += (pane.number, pane.cursor) not in matches
    return done


async def measure(folder: Path, size: Size) -> None:
    with tempfile.TemporaryDirectory() as kept:
        where = places(Path(kept))
        background = Background(cache=where.cache / "compare", kinds=None)
        loading = Loading([folder], background, LoadRequest("", ()))
        loading.start()
        app = SummitApp(loading, background, where, State(where.state), read(where.settings))
        async with app.run_test(size=size) as pilot:
            async with asyncio.timeout(300):
                while app.session is None or not app.session.compared or app.session.doing:
                    await asyncio.sleep(0.05)
            await pilot.pause()
            opened = await routes(pilot, app)
            await press(pilot, "1", "g")
            scrolled = await follower_scrolls(pilot, app)
        background.stop()
    print(f"{folder.name} {size[0]}x{size[1]}: {dict(opened)}; 100 j: {dict(scrolled)}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", nargs="+", type=Path)
    parser.add_argument("--size", action="append", default=[])
    a = parser.parse_args(arguments)
    for size in a.size or ["120x36", "80x24"]:
        for folder in a.stories:
            width, height = map(int, size.split("x"))
            asyncio.run(measure(folder, (width, height)))


if __name__ == "__main__":
    main()
