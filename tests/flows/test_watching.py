"""Files that change while they are read: read again in place, said in one line, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from summitreader.tui import watching
from summitreader.tui.app import SummitApp
from summitreader.tui.reader.screen import ReaderScreen
from tests.flows.conftest import ONE, THIRD, Opening


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 0.1)


def app(pilot: Pilot[int]) -> SummitApp:
    assert isinstance(pilot.app, SummitApp)
    return pilot.app


def reader(pilot: Pilot[int]) -> ReaderScreen:
    found = app(pilot).navigation.reader
    assert found is not None
    return found


def words(pilot: Pilot[int]) -> str:
    pane = reader(pilot).deck.active
    start, end = pane.cursor_span()
    return pane.document.source.text[start:end]


async def told(pilot: Pilot[int], sentence: str) -> str:
    for _ in range(2_000):
        now = app(pilot).message_queue.now
        if now is not None and sentence in now.words:
            await pilot.pause()
            return now.words
        await pilot.pause(0.05)
    raise AssertionError(f"{sentence!r} was not said")


async def looked(pilot: Pilot[int]) -> None:
    """Until the program knows how the files stand."""
    for _ in range(2_000):
        if app(pilot).watcher._watch is not None:
            return
        await pilot.pause(0.05)


async def compared(pilot: Pilot[int]) -> None:
    for _ in range(2_000):
        session = app(pilot).session
        if session is not None and session.compared and not session.doing:
            await pilot.pause()
            return
        await pilot.pause(0.05)
    raise AssertionError("the comparison was not done in time")


async def test_a_changed_file_is_read_again_at_the_passage_one_was_on_with_its_notes(
    opened: Opening, corpus: Path
) -> None:
    async with opened(corpus) as pilot:
        await looked(pilot)
        await pilot.press("j", "j", "j", "a", *"why", "enter", "j")
        await pilot.pause()
        assert words(pilot).startswith("The old ferry")
        (corpus / "alpine-post.txt").write_text(
            ONE.replace("The new bridge", "It rained.\n\nThe new bridge").replace("300", "310"), encoding="utf-8"
        )
        said = await told(pilot, "changed on disk and was reloaded")
        assert said.startswith("alpine-post.txt")
        assert words(pilot).startswith("The old ferry")
        await compared(pilot)
        assert "It rained." in reader(pilot).session.sources[0].text
        (note,) = reader(pilot).session.notes.placed(0)
        start, end = note[1].start, note[1].end
        assert reader(pilot).session.sources[0].text[start:end].startswith("About 310")


async def test_what_was_sought_and_which_pane_was_held_outlive_another_reading(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await looked(pilot)
        await pilot.press("tab", "f", "shift+tab", "slash", *"bridge", "enter", "j")
        before = words(pilot)
        held, hits = reader(pilot).deck.held, len(reader(pilot).search.hits)
        assert (held, hits > 2) == ({1}, True)
        text = ONE.replace("The old ferry", "The old bridge and the ferry")
        (corpus / "alpine-post.txt").write_text(text, encoding="utf-8")
        await told(pilot, "reloaded")
        await pilot.pause()
        assert words(pilot) == before
        assert reader(pilot).deck.held == {1}
        assert len(reader(pilot).search.hits) == hits + 1
        assert reader(pilot).deck.active._lying.hits
        await pilot.press("n")
        assert "bridge" in words(pilot)


async def test_in_a_list_one_stays_in_the_list(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await looked(pilot)
        await pilot.press("2", "j")
        (corpus / "alpine-post.txt").write_text(ONE.replace("spring", "autumn"), encoding="utf-8")
        await told(pilot, "reloaded")
        assert getattr(pilot.app.screen, "VIEW", "") == "view-coverage"


async def test_a_file_that_is_gone_keeps_its_text_and_is_named_in_the_library(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await looked(pilot)
        (corpus / "west-letters.txt").unlink()
        said = await told(pilot, "deleted from disk")
        assert said == "west-letters.txt is deleted from disk; the text is shown until you quit."
        assert len(reader(pilot).session.sources) == 3
        found = app(pilot).loading.corpus
        assert found is not None
        assert [refusal.path for refusal in found.skipped] == ["west-letters.txt"]


@pytest.mark.covers("take-in")
async def test_a_new_file_is_said_and_taken_in_with_one_key(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await looked(pilot)
        await pilot.press("j", "j")
        before = words(pilot)
        (corpus / "bread.txt").write_text(THIRD.replace("Wheat", "Rye"), encoding="utf-8")
        said = await told(pilot, "New: bread.txt")
        assert "F6 loads it" in said
        assert len(reader(pilot).session.sources) == 3
        await pilot.press("f6")
        await told(pilot, "Loaded bread.txt")
        assert [source.id for source in reader(pilot).session.sources][1] == "bread.txt"
        assert words(pilot) == before
        assert len(reader(pilot).deck.chosen) == 4
        await pilot.press("f6")
        await told(pilot, "No new files")


@pytest.mark.covers("take-in")
async def test_a_new_file_is_sorted_into_the_stories_that_were_found(opened: Opening, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    bridge = (
        "The new bridge over the Aar at Keller Ford opened on Monday. Mayor Anna Keller cut the ribbon{}.\n\nSome 300 "
    )
    bridge += "people walked over the Aar bridge with Keller before cars came.\n"
    loaf = "Baker Tom Wheatley of Loafham raised the price of rye bread{}.\n\nThe Loafham guild of Wheatley says that "
    loaf += "flour is dear in Loafham this year.\n"
    for n in range(7):
        (folder / f"bridge-{n}.txt").write_text(bridge.format(" again" * n), encoding="utf-8")
        (folder / f"bread-{n}.txt").write_text(loaf.format(" again" * n), encoding="utf-8")
    async with opened(folder) as pilot:
        await looked(pilot)
        corpus = app(pilot).loading.corpus
        assert corpus is not None
        assert len(corpus.found) == 2
        name = next(name for name, ids in corpus.stories if "bread-0.txt" in ids and len(ids) == 7)
        await app(pilot).open_story(name)
        await compared(pilot)
        await pilot.press("j")
        before = words(pilot)
        (folder / "bread-9.txt").write_text(loaf.format(" at last"), encoding="utf-8")
        (folder / "bridge-9.txt").write_text(bridge.format(" at last"), encoding="utf-8")
        await told(pilot, "New: ")
        await pilot.press("f6")
        assert "into" in await told(pilot, "Loaded")
        ids = [source.id for source in reader(pilot).session.sources]
        assert ids == [*(f"bread-{n}.txt" for n in range(7)), "bread-9.txt"]
        assert words(pilot) == before


async def test_a_file_that_cannot_be_read_any_more_keeps_its_text(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await looked(pilot)
        (corpus / "alpine-post.txt").write_bytes(b"")
        await told(pilot, "alpine-post.txt changed and cannot be read")
        assert reader(pilot).session.sources[0].text.startswith("The bridge opens")


async def test_nothing_is_read_again_while_one_types(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await looked(pilot)
        await pilot.press("a", *"half a thou")
        (corpus / "alpine-post.txt").write_text(ONE.replace("spring", "autumn"), encoding="utf-8")
        await pilot.pause(0.8)
        assert "spring" in reader(pilot).session.sources[0].text
        await pilot.press(*"ght", "enter")
        await told(pilot, "reloaded")
        assert [note.note for note in reader(pilot).session.notes.annotations] == ["half a thought"]


async def test_a_file_that_was_only_touched_is_no_news(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await looked(pilot)
        session = reader(pilot).session
        (corpus / "alpine-post.txt").write_text(ONE, encoding="utf-8")
        await pilot.pause(1.5)
        assert reader(pilot).session is session
