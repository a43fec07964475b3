"""What a reader may rely on at a glance: both sides of what differs, one count everywhere, and nothing that moves or
claims without a likely link. Each flow holds one kind of fault that was once on the screen."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from textual.pilot import Pilot

from summitreader.tui.layout.panes import Layout
from summitreader.tui.lists.list_screen import ListScreen
from summitreader.tui.story.inspection import POSSIBLE, possible_at
from summitreader.tui.widgets.bars import ChoiceBar
from tests.flows.conftest import Opening, until
from tests.flows.test_by_hand import app_of
from tests.flows.test_reading import press, reader
from tests.flows.test_views import screen_text

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_corpus"
SAMPLE = SAMPLES / "brightwater-verdict"


@pytest.fixture(scope="module")
def measuring() -> ModuleType:
    """What counts the sides on the screen and the scrolls, which does the same on any folder."""
    spec = importlib.util.spec_from_file_location("both_sides", ROOT / "benchmarks" / "both_sides.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def listing(pilot: Pilot[int]) -> ListScreen:
    assert isinstance(pilot.app.screen, ListScreen)
    return pilot.app.screen


def choices(bar: ChoiceBar) -> list[str]:
    return [choice for choice in (*bar._left_choices, *bar._right_choices) if choice]


@pytest.mark.parametrize("story", sorted(path.name for path in SAMPLES.iterdir()))
@pytest.mark.parametrize("size", [(120, 36), (60, 20)], ids=["wide", "narrow"])
async def test_each_check_opens_from_each_list_and_by_x_with_both_sides(
    opened: Opening, measuring: ModuleType, story: str, size: tuple[int, int]
) -> None:
    async with opened(SAMPLES / story, size=size) as pilot:
        if size[0] < 110:
            await reader(pilot).deck.lay_out(Layout.MARGIN)
        done: Counter[str] = await measuring.routes(pilot, app_of(pilot))
        n = done.pop("checks")
        assert dict(done) == {f"{route}{both}": n for route in ("x", "Story", "Check") for both in ("", ", both sides")}


async def test_a_pane_that_is_not_read_scrolls_only_to_a_likely_match_that_was_not_visible(
    opened: Opening, measuring: ModuleType
) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        done: Counter[str] = await measuring.follower_scrolls(pilot, app_of(pilot), 40)
        assert done["scrolled"] > 0
        assert done["to what was visible"] == done["to what is not a likely match"] == 0


async def test_the_sides_stand_side_by_side_and_the_order_of_the_panes_stays(opened: Opening) -> None:
    async with opened(SAMPLE, size=(200, 40)) as pilot:
        deck = reader(pilot).deck
        before = list(deck.chosen)
        await press(pilot, "x")
        check = reader(pilot).check
        assert check is not None
        number = reader(pilot).session.index.number
        shown = [box.pane.number for box in deck.shown]
        first, second = (next(n for n in shown if n in {number[s.source] for s in side.spans}) for side in check.sides)
        assert abs(shown.index(first) - shown.index(second)) == 1
        assert deck.chosen == before


async def test_every_count_of_what_is_to_check_is_the_same_and_x_steps_through_as_many(opened: Opening) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        index = reader(pilot).session.index
        n = len(index.pending)
        assert n > 1

        def header() -> dict[str, str]:
            return reader(pilot).session.counts()

        assert header()["view-divergences"] == str(n)
        await press(pilot, "x", "plus")
        await until(lambda: len(reader(pilot).session.index.pending) == n - 1)
        assert header()["view-divergences"] == str(n - 1)
        seen = set()
        for _ in range(n):
            await press(pilot, "x")
            check = reader(pilot).check
            assert check is not None
            seen.add(check.id)
        assert len(seen) == n - 1
        await press(pilot, "4")
        assert listing(pilot).tabs()["to check"] == n - 1
        assert len([row for row in listing(pilot).list.rows if not row.is_heading]) == n - 1


async def test_possible_matches_are_on_the_screen_with_i_alone_and_k_confirms_one(opened: Opening) -> None:
    async with opened(SAMPLES / "kestrel-sound-ferry", size=(120, 40)) as pilot:
        view = reader(pilot)
        index = view.session.index
        places = [
            (n, p)
            for n, source in enumerate(index.sources)
            for p in range(len(source.passages))
            if possible_at(index, n, p) and not index.counterparts(n, p)
        ]
        assert places, "the sample has possible matches"
        await view.cursor.go(places[0])
        await pilot.pause()
        assert not view.shows_possible
        await press(pilot, "i")
        assert view.shows_possible
        found = view.inspector._inspection
        assert found is not None and POSSIBLE in {entry.relation for entry in found.entries}
        wanted = possible_at(index, *places[0])[0]
        await press(pilot, "K", "enter")
        await until(lambda: (wanted.source, wanted.passage) in matches(pilot, places[0]))


def matches(pilot: Pilot[int], place: tuple[int, int]) -> set[tuple[int, int]]:
    return {(c.source, c.passage) for c in reader(pilot).session.index.counterparts(*place)}


async def test_nothing_in_the_header_changes_with_a_key_but_the_place(opened: Opening) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        view = reader(pilot)
        before = (view.header.left, view.header.right)
        for key in ("j", "j", "x", "enter", "tab", "d", "m", "i", "i"):
            await press(pilot, key)
            assert (view.header.left, view.header.right) == before


async def test_sources_off_the_screen_are_chips_and_a_click_brings_them(opened: Opening) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        deck = reader(pilot).deck
        off = [n for n in deck.chosen if n not in {box.pane.number for box in deck.shown}]
        header = deck.shown[-1].header
        assert [choice for choice in choices(header) if choice in {f"source {n}" for n in off}]
        x = header.size.width - 2
        assert await pilot.click(header, offset=(x, 0))
        await until(lambda: deck.active_number == off[-1])
        assert off[-1] in {box.pane.number for box in deck.shown}


async def test_the_mouse_does_what_keys_do_in_the_header_the_footer_and_the_card(opened: Opening) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        view = reader(pilot)
        await until(lambda: "next check" in "".join(words for words, _ in view.key_bar.left))
        at = "".join(words for words, _ in view.key_bar.left).index("next check")
        assert await pilot.click(view.key_bar, offset=(at, 0))
        await until(lambda: view.check is not None)
        here = view.here()
        await pilot.pause()
        assert await pilot.click(view.card, offset=(4, 2))  # the second side
        await until(lambda: view.here() != here)
        at = "".join(words for words, _ in view.header.left).index("4 Check")
        assert await pilot.click(view.header, offset=(at, 0))
        await until(lambda: isinstance(pilot.app.screen, ListScreen))
        at = "".join(words for words, _ in listing(pilot).heading.left).index("omissions")
        assert await pilot.click(listing(pilot).heading, offset=(at, 0))
        await until(lambda: listing(pilot).tab == "omissions")


@pytest.mark.covers("show", "pane-next", "pane-previous")
async def test_lists_have_tabs_with_counts_and_begin_unfiltered_at_the_next_start(opened: Opening) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        for key in ("2", "3", "4", "5"):
            await press(pilot, key)
            tabs = listing(pilot).tabs()
            first = listing(pilot).tab
            assert first == next(iter(tabs))
            rows = [row for row in listing(pilot).list.rows if not row.is_heading]
            assert tabs[first] == len(rows)
            await press(pilot, "f")
            assert listing(pilot).tab == list(tabs)[1]
        await press(pilot, "shift+tab", "tab", "4", "slash", *"years", "enter")
        assert listing(pilot).query_words == "years"
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        await press(pilot, "4")
        assert (listing(pilot).tab, listing(pilot).query_words) == ("to check", "")


@pytest.mark.covers("pane-wider", "pane-narrower", "panes-more", "panes-fewer")
async def test_panes_are_resized_and_counted_and_their_number_comes_back(opened: Opening) -> None:
    async with opened(SAMPLE, size=(160, 40)) as pilot:
        deck = reader(pilot).deck
        n, width = len(deck.shown), deck.active.size.width
        await press(pilot, "ctrl+right")
        assert deck.active.size.width > width
        await press(pilot, "ctrl+left")
        assert deck.active.size.width == width
        pane = deck.shown[0].pane
        await pilot.mouse_down(pane, offset=(width - 1, 4))
        await pilot.mouse_up(pane, offset=(width - 1 + 10, 4))
        await until(lambda: pane.size.width > width + 4)
        await press(pilot, "backslash")
        assert len(deck.shown) == n - 1
        await press(pilot, "vertical_line", "vertical_line")
        assert len(deck.shown) == n + 1
    async with opened(SAMPLE, size=(160, 40)) as pilot:
        assert len(reader(pilot).deck.shown) == n + 1


async def test_signs_of_markdown_are_not_drawn_and_offsets_stay(opened: Opening) -> None:
    async with opened(SAMPLE, size=(160, 40)) as pilot:
        deck = reader(pilot).deck
        number = next(n for n, source in enumerate(reader(pilot).session.sources) if "\n## " in source.text)
        await deck.activate(number)
        await press(pilot, "g")
        pane = deck.active
        drawn = ""
        while True:
            drawn += "".join(pane.render_line(y).text for y in range(pane.size.height))
            top = pane.top
            await press(pilot, "space")
            if pane.top == top:
                break
        assert "##" not in drawn
        assert len(pane.document.text) == len(pane.document.source.text)


async def test_escape_closes_and_never_ends_the_program(opened: Opening) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        await press(pilot, "slash", *"fine", "enter", "escape", "escape", "escape", "4", "escape", "escape")
        assert app_of(pilot).is_running
        assert reader(pilot).is_current


async def test_no_view_draws_the_signs_of_markdown(opened: Opening, corpus: Path) -> None:
    text = (corpus / "alpine-post.txt").read_text(encoding="utf-8")
    (corpus / "alpine-post.txt").unlink()
    for plain, marked in (
        ("The bridge opens", "# The **bridge** opens"),
        ("a good day", "a **good day**"),
        ("About 300 people", "About **300** [people](https://example.org/people)"),
        ("The old ferry", "The *old* ferry"),
    ):
        text = text.replace(plain, marked)
    (corpus / "alpine-post.md").write_text(text, encoding="utf-8")
    async with opened(corpus, size=(160, 44)) as pilot:
        session = reader(pilot).session
        source = session.sources[0]
        session.notes.add(0, source.text.index("**300"), source.text.index("walked"))
        views = {
            "0": "good day",
            "2": "good day",
            "3": "good day",
            "5": "300",
            "6": "alpine",
            "equals_sign": "bridge opens",
        }
        for key, words in views.items():
            await press(pilot, key)
            await until(lambda words=words: words in screen_text(pilot))  # type: ignore[misc]
            assert not set(screen_text(pilot)) & set("*#[]\u200b"), key
        await press(pilot, "1", "slash", *"people", "enter", "f5")
        await until(lambda: "walked across" in screen_text(pilot))
        assert not set(screen_text(pilot)) & set("*[]\u200b")
