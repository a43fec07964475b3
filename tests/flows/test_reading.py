"""Reading side by side: moving, following, holding, searching, noting, and finding it all again."""

from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from summitreader.tui.app import SummitApp
from summitreader.tui.dialogs.help import HelpScreen
from summitreader.tui.layout.panes import Lock
from summitreader.tui.reader.screen import ReaderScreen
from tests.flows.conftest import Opening, until


def reader(pilot: Pilot[int]) -> ReaderScreen:
    assert isinstance(pilot.app.screen, ReaderScreen)
    return pilot.app.screen


def words(pilot: Pilot[int]) -> str:
    """The passage under the cursor of the pane that leads."""
    pane = reader(pilot).deck.active
    return pane.document.source.passage_text(pane.cursor)


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press `keys` and wait until all that they set off is done."""
    await pilot.press(*keys)
    await pilot.pause()
    await pilot.pause()


@pytest.mark.covers("passage-next", "passage-previous")
async def test_j_and_k_move_by_passage(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        assert words(pilot) == "The bridge opens at last"
        await press(pilot, "j")
        assert words(pilot).startswith("The new bridge")
        await press(pilot, "down", "k", "up")
        assert words(pilot) == "The bridge opens at last"


@pytest.mark.covers("first", "last")
async def test_home_and_end_go_to_the_ends(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "G")
        assert words(pilot).startswith("The old ferry")
        await press(pilot, "g")
        assert words(pilot) == "The bridge opens at last"


async def test_the_follower_comes_to_the_counterpart_and_outlines_it(opened: Opening, corpus: Path) -> None:
    async with opened(corpus, size=(120, 16)) as pilot:
        await press(pilot, "j", "j", "j")
        assert words(pilot).startswith("About 300 people")
        follower = reader(pilot).deck.shown[1].pane
        passage = follower.document.source.passages[follower.cursor]
        assert follower.document.source.text[passage.start : passage.end].startswith("Some 300 people")
        top, bottom = follower.top, follower.top + follower.size.height
        row = follower.document.wrapped(follower.text_width).row_at(passage.start)
        assert top <= row < bottom


async def test_a_follower_without_counterpart_stays(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "j")
        box = reader(pilot).deck.shown[2]
        assert box.pane.top == 0
        assert box.state == ""


@pytest.mark.covers("pane-next", "pane-previous")
async def test_tab_makes_the_next_pane_lead(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "tab")
        assert reader(pilot).deck.active.number == 1
        await press(pilot, "shift+tab", "shift+tab")
        assert reader(pilot).deck.active.number == 2


@pytest.mark.covers("hold")
async def test_a_pane_that_is_held_does_not_move(opened: Opening, corpus: Path) -> None:
    async with opened(corpus, size=(80, 14)) as pilot:
        await press(pilot, "tab", "f", "tab", "tab")
        deck = reader(pilot).deck
        assert deck.active.number == 0
        held = deck.box(1)
        assert held is not None
        before = held.pane.top
        await press(pilot, "G")
        assert held.pane.top == before
        assert held.state == "held"


@pytest.mark.covers("lock")
async def test_the_lock_has_three_states_in_words(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        seen = []
        for _ in range(3):
            seen.append(reader(pilot).follow.lock)
            words = "".join(piece for piece, _ in reader(pilot).header.right)
            assert (str(seen[-1]) in words) is (seen[-1] is not Lock.LINKED)
            await press(pilot, "s")
        assert seen == [Lock.LINKED, Lock.PROPORTIONAL, Lock.OFF]


@pytest.mark.covers("link-next", "jump-back")
async def test_m_goes_to_the_next_linked_passage_and_comma_comes_back(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "j", "m")
        assert words(pilot).startswith("About 300")
        await press(pilot, "comma")
        assert words(pilot).startswith('"It is a good day')


@pytest.mark.covers("search", "hit-next")
async def test_search_counts_moves_on_and_returns_on_escape(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "slash", *"bridge")
        screen = reader(pilot)
        assert screen.search.count_in_words() == "1 of 5 · 1 of 2 in this source"
        await press(pilot, "enter", "n", "n")
        assert screen.search.count_in_words() == "3 of 5 · 1 of 3 in this source"
        assert screen.deck.active.number == 1
        await press(pilot, "slash")
        await press(pilot, "escape")
        assert screen.search.hits == []
        assert not screen.search_bar.is_open


async def test_escape_goes_back_to_where_the_search_began(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "j", "slash", *"ferry")
        assert words(pilot).startswith("The old ferry")
        await press(pilot, "escape")
        assert words(pilot).startswith('"It is a good day')


@pytest.mark.covers("search-mode")
async def test_search_says_where_a_regular_expression_is_bad_and_finds_what_is_misspelt(
    opened: Opening, corpus: Path
) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "slash", "f2", *"bri(dge")
        screen = reader(pilot)
        for _ in range(100):
            if "Invalid regular expression" in str(screen.search_bar.found.right):
                break
            await pilot.pause(0.05)
        assert "at character" in str(screen.search_bar.found.right)
        await press(pilot, "escape", "slash", "f2", *"brigde")
        for _ in range(100):
            if screen.search.hits:
                break
            await pilot.pause(0.05)
        assert len(screen.search.hits) == 5


@pytest.mark.covers("note")
async def test_a_note_is_kept_shown_and_there_at_the_next_start(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "a", *"who counted?", "enter")
        notes = reader(pilot).session.notes
        assert [a.note for a in notes.annotations] == ["who counted?"]
        assert len(notes.spans(0)) == 1
    async with opened(corpus) as pilot:
        [found] = reader(pilot).note_commands.here()
        assert found.note == "who counted?"
        assert found.targets[0].quote.startswith("The new bridge")


async def test_what_was_typed_survives_escape_and_is_gone_on_with(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "a", *"half a th", "escape")
        assert reader(pilot).session.notes.annotations == []
        await press(pilot, "a", *"ought", "enter")
        assert [a.note for a in reader(pilot).session.notes.annotations] == ["half a thought"]


@pytest.mark.covers("highlight")
async def test_a_highlight_goes_on_and_off_and_can_be_undone(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        notes = reader(pilot).session.notes
        await press(pilot, "v")
        assert len(notes.annotations) == 1
        await press(pilot, "v")
        assert notes.annotations == []
        await press(pilot, "U")
        assert len(notes.annotations) == 1
        await press(pilot, "D")
        assert notes.annotations == []


async def test_one_pane_with_stacked_counterparts_where_two_do_not_fit(opened: Opening, corpus: Path) -> None:
    async with opened(corpus, size=(60, 20)) as pilot:
        screen = reader(pilot)
        assert len(screen.deck.shown) == 1
        assert screen.inspector.stacked
        await press(pilot, "tab")
        assert [box.pane.number for box in screen.deck.shown] == [1]


async def test_resizing_keeps_the_passage_in_place(opened: Opening, corpus: Path) -> None:
    async with opened(corpus, size=(120, 20)) as pilot:
        await press(pilot, "j", "j", "j")
        pane = reader(pilot).deck.active
        row, cursor = pane.screen_row, pane.cursor
        for size in ((72, 20), (60, 20), (200, 20), (120, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert pane.cursor == cursor
            assert 0 <= pane.screen_row < pane.size.height
        assert pane.screen_row == row


@pytest.mark.covers("help")
async def test_help_lists_every_command_and_closes(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ReaderScreen)


@pytest.mark.covers("maximise", "leave")
async def test_q_closes_what_is_open_first_and_the_program_last(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "z")
        assert len(reader(pilot).deck.shown) == 1
        await press(pilot, "q")
        assert len(reader(pilot).deck.shown) == 3
        await press(pilot, "q")
        await pilot.pause()
        assert cast(SummitApp, pilot.app).return_code == 0


async def test_place_panes_and_lock_come_back_at_the_next_start(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "tab", "j", "j", "s")
    async with opened(corpus) as pilot:
        screen = reader(pilot)
        assert screen.deck.active.number == 1
        assert words(pilot).startswith("Mayor Anna Keller")
        assert screen.follow.lock is Lock.PROPORTIONAL


async def test_a_damaged_state_file_is_passed_over(opened: Opening, corpus: Path, tmp_path: Path) -> None:
    state = tmp_path / "data" / "state" / "reading.json"
    state.parent.mkdir(parents=True)
    state.write_text('{"theme": 3, "corpora": {"x": [1]}, "cut off', encoding="utf-8")
    async with opened(corpus) as pilot:
        assert words(pilot) == "The bridge opens at last"


async def test_leaving_stops_a_long_comparison_first(
    opened: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summitreader.tui.controllers._A_WHILE", 0.0)
    folder = tmp_path / "long"
    folder.mkdir()
    for name in "ab":
        said = (f"Delegate {n} of {name} spoke about district {n % 97} for {n % 50} minutes." for n in range(6_000))
        (folder / f"{name}.txt").write_text("\n\n".join(said), encoding="utf-8")
    async with opened(folder, wait=False) as pilot:
        session = cast(SummitApp, pilot.app).session
        assert session is not None
        await until(lambda: bool(session.doing))
        await press(pilot, "q")
        await until(lambda: not session.doing)
        assert not session.compared
        assert pilot.app.is_running
        await press(pilot, "j")
        assert words(pilot).startswith("Delegate 1 ")


async def test_reading_begins_at_the_first_words_of_the_account(opened: Opening, corpus: Path) -> None:
    text = (corpus / "alpine-post.txt").read_text(encoding="utf-8")
    (corpus / "alpine-post.txt").unlink()
    front = '---\ntitle: "The bridge opens at last"\nauthor: Anna Kern\n---\n\n# '
    (corpus / "alpine-post.md").write_text(front + text, encoding="utf-8")
    async with opened(corpus) as pilot:
        pane = reader(pilot).deck.active
        start, end = pane.cursor_span()
        assert pane.document.source.text[start:end] == "# The bridge opens at last"
