"""The three layouts: panes, one text with the others in its margin, and counterparts on the same row."""

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from summitreader.tui.layout.panes import Layout
from summitreader.tui.layout.plan import RowPlan
from summitreader.tui.story.margin import MarginEntry
from summitreader.tui.widgets.margin_pane import MarginPane
from tests.flows.conftest import Opening, until
from tests.flows.test_reading import press, reader, words
from tests.flows.test_views import app_of, said, screen_text

WIDE, NARROW = (120, 36), (72, 24)

OLD = "\n\n".join(f"Clause {n}. The keeper of lock {n} opens the gate at {n} in the morning." for n in range(1, 21))
NEW = "\n\n".join(
    f"Clause {n}. The keeper of lock {n} shall open the gate at {n} in the morning."
    + (" A barge that comes later than that waits outside the gate until the next day." * 3 if n % 4 == 0 else "")
    for n in range(1, 21)
)


def margin(pilot: Pilot[int]) -> MarginPane:
    return reader(pilot).deck.margin_box.margin


def entry(pilot: Pilot[int]) -> MarginEntry:
    """The entry of the margin that is chosen."""
    return margin(pilot).here()[margin(pilot).selected()]


def beside(pilot: Pilot[int]) -> list[str]:
    """What the margin shows, a string a line."""
    pane = margin(pilot)
    pane.before_lines()
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """Two versions of one text, which run in one order; the newer one has sentences more."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "a-old.txt").write_text(OLD, encoding="utf-8")
    (folder / "b-new.txt").write_text(NEW, encoding="utf-8")
    return folder


@pytest.mark.covers("layout")
async def test_capital_l_goes_through_the_layouts_and_says_which_is_on(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        for layout in (Layout.MARGIN, Layout.ROWS, Layout.PANES):
            await press(pilot, "L")
            assert reader(pilot).deck.arrangement is layout
            assert said(pilot).startswith(str(layout).capitalize())


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_margin_tells_what_the_others_restate_and_what_they_add(
    opened: Opening, corpus: Path, size: tuple[int, int]
) -> None:
    async with opened(corpus, size=size) as pilot:
        await press(pilot, "L", "j", "j")
        assert words(pilot).startswith('"It is a good day')
        shown = screen_text(pilot)
        assert "a good day for the valley" in shown
        assert "B valley-news" in shown
        assert "no match in A" in shown or "only in B" in shown
        assert "Not everyone was pleased" in shown


async def test_moving_moves_the_margin_too(opened: Opening, corpus: Path) -> None:
    async with opened(corpus, size=(120, 17)) as pilot:
        await press(pilot, "L", "j")
        first = beside(pilot)
        assert any("Cars crossed" in line for line in first)
        await press(pilot, "j", "j")
        assert entry(pilot).source == 1
        assert any("Some 300 people" in line for line in beside(pilot))
        await press(pilot, "k", "k")
        assert beside(pilot) == first


async def test_tab_and_its_like_change_the_base(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "L")
        for key, base in (("tab", 1), ("l", 2), ("h", 1), ("shift+tab", 0)):
            await press(pilot, key)
            deck = reader(pilot).deck
            assert deck.active_number == base
            assert [box.pane.number for box in deck.shown] == [base]


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.covers("entry-next", "entry-previous", "open")
async def test_enter_makes_the_chosen_entry_the_base_and_comma_leads_back(
    opened: Opening, corpus: Path, size: tuple[int, int]
) -> None:
    async with opened(corpus, size=size) as pilot:
        await press(pilot, "L", "j", "j")
        entries = margin(pilot).here()
        assert len(entries) > 1
        assert margin(pilot).selected() == 0
        await press(pilot, "right_parenthesis")
        assert margin(pilot).selected() == 1
        await press(pilot, "left_parenthesis")
        assert margin(pilot).selected() == 0
        await press(pilot, "left_parenthesis")
        chosen = entry(pilot)
        assert chosen is entries[-1]
        await press(pilot, "enter")
        deck = reader(pilot).deck
        assert (deck.active_number, deck.active.cursor) == (chosen.source, chosen.first)
        await press(pilot, "comma")
        assert words(pilot).startswith('"It is a good day')


async def test_a_click_chooses_an_entry_and_a_second_one_goes_there(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "L", "j", "j")
        last = len(margin(pilot).here()) - 1
        heading = next(y for y, line in reversed(list(enumerate(beside(pilot)))) if "B valley-news" in line)
        await pilot.click(margin(pilot), offset=(8, heading))
        await pilot.pause()
        assert margin(pilot).selected() == last
        place = (entry(pilot).source, entry(pilot).first)
        await pilot.click(margin(pilot), offset=(8, heading), times=2)
        await pilot.pause()
        assert (reader(pilot).deck.active_number, reader(pilot).deck.active.cursor) == place


async def test_a_click_on_what_stands_beside_another_passage_goes_to_that_passage(
    opened: Opening, corpus: Path
) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "L")
        row = next(y for y, line in enumerate(beside(pilot)) if "Some 300" in line)
        await pilot.click(margin(pilot), offset=(8, row))
        await pilot.pause()
        assert words(pilot).startswith("About 300 people")


async def test_below_the_passage_a_click_chooses_too(opened: Opening, corpus: Path) -> None:
    async with opened(corpus, size=NARROW) as pilot:
        await press(pilot, "L", "j", "j")
        pane = reader(pilot).deck.active
        plan = pane.wrap
        assert isinstance(plan, RowPlan)
        await pilot.click(pane, offset=(8, plan.rows_added(0)[-2] - pane.top))
        await pilot.pause()
        assert margin(pilot).selected() == len(margin(pilot).here()) - 1


async def test_the_keys_of_the_margin_say_so_elsewhere(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "right_parenthesis")
        assert said(pilot) == "This key works in the margin layout. L changes the layout."


async def test_what_is_read_stays_in_place_from_layout_to_layout(opened: Opening, corpus: Path) -> None:
    for size in (WIDE, NARROW, (60, 20), (200, 50)):
        async with opened(corpus, size=size) as pilot:
            await press(pilot, "j", "j", "j")
            for _ in range(3):
                await press(pilot, "L")
                assert words(pilot).startswith("About 300")
                pane = reader(pilot).deck.active
                assert 0 <= pane.screen_row < pane.size.height
            await press(pilot, "g", "L", "L", "L")


async def test_search_hits_notes_and_selections_are_of_the_base(opened: Opening, corpus: Path) -> None:
    for size in (WIDE, NARROW):
        async with opened(corpus, size=size) as pilot:
            await press(pilot, "L", "slash", *"ferry", "enter")
            assert words(pilot).startswith("The old ferry")
            await press(pilot, "n", "shift+right", "shift+right", "v")
            notes = reader(pilot).session.notes.annotations
            assert [target.quote for target in notes[0].targets] == ["The old"]
            await press(pilot, "bracketright", "D")
            assert reader(pilot).session.notes.annotations == []


async def test_a_search_that_leads_to_another_source_makes_it_the_base(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "L", "slash", *"ribbon", "enter")
        assert reader(pilot).deck.active_number == 1
        assert words(pilot).startswith("Mayor Anna Keller")


@pytest.mark.covers("inspector")
async def test_the_inspector_opens_with_i_and_each_layout_keeps_its_own(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        assert not reader(pilot).inspector.display
        await press(pilot, "i")
        assert reader(pilot).inspector.display
        await press(pilot, "L")
        assert not reader(pilot).inspector.display
        await press(pilot, "i")
        assert reader(pilot).inspector.display
        await press(pilot, "i", "L")
        assert reader(pilot).inspector.display


async def test_the_layout_and_the_base_come_back(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "L", "tab", "j", "q")
    async with opened(corpus) as pilot:
        deck = reader(pilot).deck
        assert (deck.arrangement, deck.active_number) == (Layout.MARGIN, 1)
        assert words(pilot).startswith("Cars crossed")
        assert any("The new bridge" in line for line in beside(pilot))


async def test_the_margin_moves_below_the_passage_where_the_terminal_becomes_narrow(
    opened: Opening, corpus: Path
) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "L", "j")
        await pilot.resize_terminal(70, 24)
        await pilot.pause()
        assert not reader(pilot).deck.margin_box.display
        assert "Cars crossed" in screen_text(pilot)
        await pilot.resize_terminal(140, 40)
        await pilot.pause()
        await pilot.pause()
        assert any("Cars crossed" in line for line in beside(pilot))


async def test_maximise_leaves_the_base_alone(opened: Opening, corpus: Path) -> None:
    for size in (WIDE, NARROW):
        async with opened(corpus, size=size) as pilot:
            await press(pilot, "L", "j", "z")
            assert "Cars crossed" not in screen_text(pilot)
            await press(pilot, "z")
            assert "Cars crossed" in screen_text(pilot)


async def test_rows_are_offered_in_words_where_the_links_show_one_order(opened: Opening, versions: Path) -> None:
    async with opened(versions) as pilot:
        await until(lambda: "A and B follow the same order: press L twice" in said(pilot))
        assert reader(pilot).deck.arrangement is Layout.PANES


async def test_rows_are_not_offered_for_accounts_of_one_event(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await asyncio.sleep(0.2)
        await pilot.pause()
        assert "one order" not in screen_text(pilot)
        await press(pilot, "L", "L")
        assert "differ in order" in said(pilot)


async def test_in_rows_counterparts_stand_on_the_same_row_and_the_panes_scroll_as_one(
    opened: Opening, versions: Path
) -> None:
    async with opened(versions, size=(120, 20)) as pilot:
        await press(pilot, "L", "L")
        first, second = (box.pane for box in reader(pilot).deck.shown)
        assert len(first.wrap) == len(second.wrap)
        for key in ("j", "j", "space", "d", "tab", "j", "G", "k"):
            await press(pilot, key)
            assert first.top == second.top
            leader = reader(pilot).deck.active
            if words(pilot).startswith("The keeper"):
                c = reader(pilot).session.index.counterparts(leader.number, leader.cursor)[0]
                other = second if leader is first else first
                passage = other.document.source.passages[c.passage]
                assert other.wrap.row_at(passage.start) == leader.wrap.row_at(leader.cursor_span()[0])
        await pilot.resize_terminal(90, 30)
        await pilot.pause()
        await pilot.pause()
        assert first.top == second.top
        await press(pilot, "g", "s", "s")
        assert "off" in reader(pilot).header.right[-1][0]
        await press(pilot, "G")
        assert first.top != second.top


async def test_a_key_for_panes_that_are_gone_or_not_yet_there_is_no_crash(opened: Opening, corpus: Path) -> None:
    async with opened(corpus, size=(80, 24)) as pilot:
        deck = reader(pilot).deck
        await app_of(pilot).open_story("bridge")
        await pilot.pause()
        assert deck is not reader(pilot).deck
        await deck.activate(2)
        assert deck.active.number == 2
        await press(pilot, "tab")
        assert reader(pilot).deck.active.number == 1
