"""Annotations in the reader: on several passages and links, in colours, one by one, put back, and taken elsewhere."""

from __future__ import annotations

import stat
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import cast

import pytest
from textual import events
from textual.pilot import Pilot

from summitreader.comparison.model import Alone, Link, LinkKind, PassageRef, Report
from summitreader.config.places import places
from summitreader.config.state import State as ReadingState
from summitreader.config.terminal import Tool
from summitreader.notes.errors import StoreFull
from summitreader.notes.files import locked
from summitreader.notes.model import State
from summitreader.notes.store import Store
from summitreader.sources import Corpus
from summitreader.text import Source
from summitreader.tui.app import SummitApp
from summitreader.tui.layout.marks import UNICODE
from summitreader.tui.lists.notes import NotesScreen
from summitreader.tui.reader.screen import ReaderScreen
from summitreader.tui.widgets import note_editor
from summitreader.tui.workers import Background, Loading
from tests.flows.conftest import Opening


class Staged:
    """In place of the process that compares: it knows one link, and at once."""

    def compare(self, sources: Sequence[Source], draft: str = "") -> Iterator[Report]:
        a, b = (
            next(PassageRef(s.id, n) for n in range(len(s.passages)) if s.passage_text(n).startswith(words))
            for s, words in zip(sources, ("About 300", "Some 300"), strict=False)
        )
        alone = tuple((Alone.UNSURE,) * len(source.passages) for source in sources)
        yield Report(tuple(sources), alone=alone, links=(Link(a, b, 0.8, LinkKind.RESTATED),))

    def stop(self) -> None:
        return


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opening:
    """`async with opened(folder) as pilot`: the reader with its store, on a comparison that is made at once."""
    monkeypatch.delenv("NO_COLOR", raising=False)

    @asynccontextmanager
    async def open_reader(folder: Path) -> AsyncIterator[Pilot[int]]:
        background = cast(Background, Staged())
        loading = Loading([folder], background, corpus=Corpus.load(folder))
        loading.ready.set()
        loading.finished.set()
        where = places(tmp_path / "data")
        app = SummitApp(loading, background, where, ReadingState(where.state))
        async with app.run_test(size=(120, 36), notifications=True) as pilot:
            await until(pilot, lambda: app.session is not None and app.session.compared and app.store is not None)
            yield pilot

    return open_reader


def reader(pilot: Pilot[int]) -> ReaderScreen:
    assert isinstance(pilot.app.screen, ReaderScreen)
    return pilot.app.screen


def app_of(pilot: Pilot[int]) -> SummitApp:
    assert isinstance(pilot.app, SummitApp)
    return pilot.app


def words(pilot: Pilot[int]) -> str:
    """The passage under the cursor of the pane that leads."""
    pane = reader(pilot).deck.active
    return pane.document.source.passage_text(pane.cursor)


def told(pilot: Pilot[int]) -> str:
    """What the card says, the notes here among it."""
    return "\n".join("".join(words for words, _ in line) for line in reader(pilot).card.lines)


def said(pilot: Pilot[int]) -> str:
    """The sentence that the program said last."""
    return app_of(pilot).message_queue.recent[-1]


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press `keys` and wait until all that they set off is done."""
    await pilot.press(*keys)
    await pilot.pause()
    await pilot.pause()


async def until(pilot: Pilot[int], holds: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to hold in time"
        await pilot.pause(0.02)


def state(pilot: Pilot[int]) -> State:
    """Of the first note."""
    return reader(pilot).session.notes.annotations[0].state


def gutter(pilot: Pilot[int], number: int) -> str:
    """The cells in which notes are marked, from top to bottom."""
    box = reader(pilot).deck.box(number)
    assert box is not None
    return "".join(box.pane.render_line(y).text[1] for y in range(box.pane.size.height)).replace(" ", "")


# On several passages


@pytest.mark.covers("gather")
async def test_w_adds_the_passage_of_another_pane_to_the_note_made_last(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "j", "j", "a", *"who counted?", "enter")
        await press(pilot, "tab", "w")
        [note] = reader(pilot).session.notes.annotations
        assert note.note == "who counted?"
        assert [t.quote[:16] for t in note.targets] == ["About 300 people", "Some 300 people "]
        assert said(pilot).startswith("Added to the note “who counted?”, now on 2 passages of 2 sources.")
        assert gutter(pilot, 0) == gutter(pilot, 1) == UNICODE.note
        assert "on 2 passages of 2 sources: A ¶3, B ¶4" in told(pilot)
        await press(pilot, "w")
        assert "already" in said(pilot).lower()
        await press(pilot, "U")
        assert [len(a.targets) for a in reader(pilot).session.notes.annotations] == [1]


async def test_w_without_a_note_begins_one_and_a_draft_goes_along(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        notes = reader(pilot).session.notes
        await press(pilot, "j", "w", "tab", "j", "w")
        assert [len(a.targets) for a in notes.annotations] == [2]
        await press(pilot, "U", "U")
        assert notes.annotations == []
        await press(pilot, "a", *"compare", "escape", "j", "w")
        [note] = notes.annotations
        assert (note.note, len(note.targets)) == ("compare", 2)
        assert notes.store is not None
        assert notes.store.drafts() == {}


@pytest.mark.covers("note-links")
async def test_a_note_is_on_the_passage_and_its_counterparts_with_one_key(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "j", "j", "a", *"both")
        assert " on its counterpart too" in str(reader(pilot).editor.heading.right)
        await press(pilot, "ctrl+t", *" say so")
        assert " not on its counterpart" in str(reader(pilot).editor.heading.right)
        await press(pilot, "enter")
        [note] = reader(pilot).session.notes.annotations
        assert note.note == "both say so"
        assert {t.source for t in note.targets} == {"alpine-post.txt", "valley-news.txt"}
        await press(pilot, "a")
        assert reader(pilot).editor.heading.right
        assert "counterpart" not in str(reader(pilot).editor.heading.right)


async def test_the_key_for_counterparts_says_where_there_are_none(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "ctrl+t")
        assert "while writing a note" in said(pilot)
        await press(pilot, "G", "a", *"alone", "ctrl+t")
        assert "no matching passages" in said(pilot).lower()
        await press(pilot, "enter")
        assert [len(a.targets) for a in reader(pilot).session.notes.annotations] == [1]


# Colours, tags, one by one


@pytest.mark.covers("colour")
async def test_a_colour_is_said_in_words_drawn_and_kept_for_the_next(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        notes = reader(pilot).session.notes
        await press(pilot, "j", "v")
        seen = []
        for _ in range(4):
            await press(pilot, "V")
            seen.append(notes.annotations[0].colour)
            assert f"highlight   {seen[-1] or 'violet'}" in told(pilot)
        assert seen == ["yellow", "green", "blue", None]
        await press(pilot, "V", "k", "j")
        row = next(y for y in range(9) if "new bridge" in reader(pilot).deck.active.render_line(y).text)
        backgrounds = {
            s.style.bgcolor for s in reader(pilot).deck.active.render_line(row) if s.style and "new" in s.text
        }
        await press(pilot, "V")
        other = {s.style.bgcolor for s in reader(pilot).deck.active.render_line(row) if s.style and "new" in s.text}
        assert backgrounds
        assert backgrounds != other
        await press(pilot, "j", "v")
        assert [a.colour for a in notes.annotations] == ["green", "green"]


@pytest.mark.covers("tags")
async def test_tags_are_set_in_the_reader_and_recent_ones_are_a_digit_away(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "v", "t", *"figures", "enter")
        await press(pilot, "j", "v", "t", "1", "enter")
        assert [a.tags for a in reader(pilot).session.notes.annotations] == [("figures",), ("figures",)]
        assert "#figures" in told(pilot)


@pytest.mark.covers("note-next", "note-previous", "delete")
async def test_each_of_several_notes_on_one_passage_is_reached_and_meant(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        notes = reader(pilot).session.notes
        await press(pilot, "j", "a", *"first", "enter")
        pane = reader(pilot).deck.active
        start, end = pane.cursor_span()
        for number, note in ((4, "second"), (8, "third")):
            pane.select((start + number, end - 5))
            await press(pilot, "a", *note, "enter")
        await press(pilot, "j", "j", "v", "g", "right_square_bracket")
        assert "1 of 3 third" in told(pilot)
        await press(pilot, "right_square_bracket")
        assert "2 of 3 second" in told(pilot)
        await press(pilot, "D")
        assert sorted(a.note for a in notes.annotations) == ["", "first", "third"]
        await press(pilot, "U", "right_square_bracket")
        assert "3 of 3 first" in told(pilot)
        await press(pilot, "G", "left_square_bracket", "left_square_bracket")
        assert "3 of 3 first" in told(pilot)
        await press(pilot, "left_square_bracket", "a", *" 2", "enter")
        assert sorted(a.note for a in notes.annotations) == ["", "first", "second 2", "third"]


# Kept


async def test_undo_and_redo_go_on_after_a_restart(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "a", *"one", "enter", "j", "a", *"two", "enter", "v", "V")
    async with opened(corpus) as pilot:
        notes = reader(pilot).session.notes
        assert len(notes.annotations) == 3
        await press(pilot, *"UUUU")
        assert notes.annotations == []
        await press(pilot, "U")
        assert said(pilot) == "Nothing to undo."
        await press(pilot, *"RR")
    async with opened(corpus) as pilot:
        notes = reader(pilot).session.notes
        assert [a.note for a in notes.annotations] == ["one", "two"]
        await press(pilot, "R", "R", "R")
        assert len(notes.annotations) == 3
        assert said(pilot) == "Nothing to redo."


async def test_two_readers_see_each_others_notes(opened: Opening, corpus: Path, tmp_path: Path) -> None:
    loaded = Corpus.load(corpus)
    async with opened(corpus) as pilot:
        notes = reader(pilot).session.notes
        with Store.open(tmp_path / "data") as other:
            source = loaded.sources[1]
            passage = source.passages[2]
            other.add([(source, passage.start, passage.end)], "from elsewhere", root=loaded.root)
            await until(pilot, lambda: bool(notes.annotations) and gutter(pilot, 1) == UNICODE.note)
            await press(pilot, "v")
            assert len(other.for_sources(loaded.sources, root=loaded.root)) == 2


# Placed, and put back


@pytest.fixture
def noted(opened: Opening, corpus: Path) -> Callable[[], Awaitable[None]]:
    """Writes a note on the passage about the ferry."""

    async def write() -> None:
        async with opened(corpus) as pilot:
            await press(pilot, "G", "a", *"why stop?", "enter")

    return write


FERRY = "The old ferry will stop in the spring, and its two boats will be sold.\n"


def rewrite(corpus: Path, old: str, new: str) -> None:
    path = corpus / "alpine-post.txt"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.covers("accept", "dismiss")
async def test_an_unsure_place_asks_and_is_settled_with_one_key(
    opened: Opening, corpus: Path, noted: Callable[[], Awaitable[None]]
) -> None:
    await noted()
    rewrite(corpus, FERRY, "The ferry is to end in summer, and its three boats will be scrapped or sold.\n")
    async with opened(corpus) as pilot:
        assert state(pilot) is State.UNSURE
        await press(pilot, "g", "right_square_bracket")
        assert "correct place? uncertain, 0." in told(pilot)
        await press(pilot, "plus")
        assert state(pilot) is State.SURE
        assert "sure" in told(pilot)
        await press(pilot, "U")
        assert state(pilot) is State.UNSURE
        await press(pilot, "minus")
        assert state(pilot) is State.ORPHAN


@pytest.mark.covers("put-back")
async def test_a_note_whose_words_are_gone_is_listed_with_them_and_put_back_by_hand(
    opened: Opening, corpus: Path, noted: Callable[[], Awaitable[None]]
) -> None:
    await noted()
    rewrite(corpus, FERRY, "Boats: two, for sale.\n")
    async with opened(corpus) as pilot:
        notes = reader(pilot).session.notes
        assert state(pilot) is State.ORPHAN
        await press(pilot, "5")
        screen = pilot.app.screen
        assert isinstance(screen, NotesScreen)
        listed = "\n".join(screen.list.render_line(y).text for y in range(6))
        assert "orphaned" in listed
        preview = "\n".join(screen.inspector.render_line(y).text for y in range(screen.inspector.size.height))
        assert "P reattaches it: “…" in preview
        assert "before the first cars came. [The old ferry will stop" in preview
        await press(pilot, "P")
        assert "was in" in said(pilot)
        assert "¶4" in said(pilot)
        assert "P attaches “The old ferry" in str(reader(pilot).header.right)
        await press(pilot, "G", "P")
        assert words(pilot) == "Boats: two, for sale."
        assert state(pilot) is State.SURE
        assert "why stop?" in told(pilot)
        assert notes.annotations[0].targets[0].quote.startswith("The old ferry will stop")
        await press(pilot, "U")
        assert state(pilot) is State.ORPHAN


async def test_p_in_the_reader_offers_what_lost_its_words_and_escape_leaves_it(
    opened: Opening, corpus: Path, noted: Callable[[], Awaitable[None]]
) -> None:
    await noted()
    rewrite(corpus, FERRY, "Boats: two, for sale.\n")
    async with opened(corpus) as pilot:
        await press(pilot, "P")
        assert "P attaches it to this passage" in said(pilot)
        await press(pilot, "escape")
        assert "P attaches" not in str(reader(pilot).header.right)
        assert state(pilot) is State.ORPHAN


# A long note in an editor


@contextmanager
def nothing_suspended() -> Iterator[None]:
    yield


def editor(folder: Path, does: str) -> str:
    """A command that does something to the file it is given as `path`."""
    script = folder / "editor.py"
    script.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[1])\n{does}\n", encoding="utf-8")
    return f"{sys.executable} {script}"


@pytest.fixture
def terminal_given(monkeypatch: pytest.MonkeyPatch) -> None:
    def suspend(app: SummitApp) -> AbstractContextManager[None]:
        return nothing_suspended()

    monkeypatch.setattr(SummitApp, "suspend", suspend)
    monkeypatch.delenv("VISUAL", raising=False)


@pytest.mark.covers("note-outside")
async def test_a_long_note_is_written_in_the_editor_that_one_is_used_to(
    opened: Opening, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal_given: None
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "path.write_text(path.read_text() + ' then\\n\\nmuch more\\n')"))
    async with opened(corpus) as pilot:
        await press(pilot, "a", *"begun", "ctrl+g")
        notes = reader(pilot).session.notes
        assert reader(pilot).editor.area.text == "begun then\n\nmuch more"
        assert notes.store is not None
        assert list(notes.store.drafts().values()) == ["begun then\n\nmuch more"]
        assert list((tmp_path / "data" / "state").glob("notes*/*")) == []
        await press(pilot, "!", "enter")
        assert [a.note for a in notes.annotations] == ["begun then\n\nmuch more!"]


async def test_an_editor_that_fails_leaves_the_note_as_it_was(
    opened: Opening, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal_given: None
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "path.write_text('rubbish'); sys.exit(3)"))
    async with opened(corpus) as pilot:
        await press(pilot, "a", *"begun", "ctrl+g")
        assert "exited with status 3" in said(pilot)
        assert reader(pilot).editor.area.text == "begun"
        monkeypatch.setenv("EDITOR", str(tmp_path / "no such editor"))
        await press(pilot, "ctrl+g")
        assert "could not be started" in said(pilot)
        assert reader(pilot).editor.area.text == "begun"


async def test_what_an_editor_wrote_before_the_program_died_is_there_at_the_next_start(
    opened: Opening, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal_given: None
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "path.write_text('typed outside')"))
    async with opened(corpus) as pilot:
        with monkeypatch.context() as patch:
            patch.setattr("summitreader.tui.widgets.external_editor._read", lambda path: "")
            patch.setattr("summitreader.tui.widgets.external_editor.taken_over", lambda folder, key: None)
            await press(pilot, "a", "ctrl+g")
        assert [p.read_text() for p in (tmp_path / "data" / "state").glob("notes*/*")] == ["typed outside"]
        await press(pilot, "escape", "a", "enter")
        assert [a.note for a in reader(pilot).session.notes.annotations] == ["typed outside"]
        assert list((tmp_path / "data" / "state").glob("notes*/*")) == []


# Copying


@pytest.fixture
def no_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summitreader.tui.reader.copy.tools", lambda environment: ())
    monkeypatch.delenv("STY", raising=False)
    monkeypatch.delenv("TERM_PROGRAM", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.mark.covers("copy")
async def test_y_copies_the_passage_with_where_it_stands_and_tells_the_truth(
    opened: Opening, corpus: Path, no_tools: None
) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "y")
        assert pilot.app.clipboard == (
            "The new bridge over the Aar opened on Monday after four years of work.\n"
            "— “The bridge opens at last”, ¶1, alpine-post.txt\n"
        )
        assert said(pilot).endswith("(if your terminal allows it).")


@pytest.mark.covers("copy-words")
async def test_ctrl_c_copies_the_words_that_are_selected(opened: Opening, corpus: Path, no_tools: None) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "ctrl+c")
        assert "Nothing selected" in said(pilot)
        pane = reader(pilot).deck.active
        start, _ = pane.cursor_span()
        pane.select((start + 4, start + 14))
        await press(pilot, "ctrl+c")
        assert pilot.app.clipboard == "new bridge"
        await press(pilot, "y")
        assert pilot.app.clipboard.startswith("new bridge\n— ")


async def test_a_program_that_takes_the_text_is_named_and_one_that_fails_is_passed_over(
    opened: Opening, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_tools: None
) -> None:
    taken = tmp_path / "taken"
    good = tmp_path / "good"
    good.write_text(f"#!/bin/sh\ncat > '{taken}'\n", encoding="utf-8")
    bad = tmp_path / "bad"
    bad.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    for path in (good, bad):
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    found = (Tool("bad", (str(bad),)), Tool("good", (str(good),)))
    monkeypatch.setattr("summitreader.tui.reader.copy.tools", lambda environment: found)
    async with opened(corpus) as pilot:
        await press(pilot, "y")
        await until(pilot, taken.exists)
        assert said(pilot).endswith("with citation.")
        assert taken.read_text(encoding="utf-8").startswith("The bridge opens at last\n— ")
        assert pilot.app.clipboard == ""


async def test_where_there_is_no_clipboard_the_text_is_in_a_file_that_is_named(
    opened: Opening, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_tools: None
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    async with opened(corpus) as pilot:
        await press(pilot, "j", "y")
        file = tmp_path / "data" / "state" / "copied.txt"
        assert file.read_text(encoding="utf-8").startswith("The new bridge")
        assert str(file) in said(pilot)
        assert pilot.app.clipboard == ""


async def test_y_copies_from_a_list_too(opened: Opening, corpus: Path, no_tools: None) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "v", "5", "y")
        assert pilot.app.clipboard.startswith("The new bridge over the Aar opened on Monday")


# Selected with the keyboard, and not lost


@pytest.mark.covers("select-more", "select-less", "select-on", "select-back")
async def test_words_are_selected_with_the_keyboard_highlighted_and_left_behind(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "shift+right", "shift+right", "greater_than_sign", "shift+right", "v")
        [highlight] = reader(pilot).session.notes.annotations
        assert highlight.targets[0].quote == "new bridge over"
        assert reader(pilot).deck.active.selection is None
        await press(pilot, "shift+right", "j")
        assert reader(pilot).deck.active.selection is None
        await press(pilot, "shift+right", "less_than_sign", "shift+left")
        assert reader(pilot).deck.active.selection is None


async def test_a_note_that_cannot_be_kept_stays_in_the_editor(
    opened: Opening, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreFull("The disk is full.")

    async with opened(corpus) as pilot:
        await press(pilot, "a", *"dear")
        with monkeypatch.context() as patch:
            patch.setattr(Store, "add", full)
            await press(pilot, "enter")
        assert said(pilot) == "The disk is full."
        assert reader(pilot).editor.unfinished == "dear"
        await press(pilot, "!", "enter")
        assert [a.note for a in reader(pilot).session.notes.annotations] == ["dear!"]


async def test_what_is_typed_is_on_the_disk_while_it_is_typed_and_outlives_a_changed_file(
    opened: Opening, corpus: Path, tmp_path: Path
) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "G", "a", *"half")
        with Store.open(tmp_path / "data") as other:
            await until(pilot, lambda: list(other.drafts().values()) == ["half"])
    rewrite(corpus, FERRY, "Boats: two, for sale.\n")
    async with opened(corpus) as pilot:
        await press(pilot, "G", "a")
        assert "from before the file changed" in said(pilot)
        await press(pilot, *" done", "enter")
        notes = reader(pilot).session.notes
        assert [a.note for a in notes.annotations] == ["half done"]
        assert notes.store is not None
        assert notes.store.drafts() == {}


async def test_what_is_typed_in_one_burst_with_the_key_for_a_note_is_the_note_and_no_command(
    opened: Opening, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text area comes late after the start; keys that come before it must wait for it."""
    monkeypatch.setattr(note_editor, "_FURNISHED_AFTER", 3600)
    async with opened(corpus) as pilot:
        for key in ["a", *"vDq", "enter"]:
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        notes = reader(pilot).session.notes
        await until(pilot, lambda: bool(notes.annotations))
        assert [annotation.note for annotation in notes.annotations] == ["vDq"]


async def test_a_draft_that_cannot_be_saved_is_reported_and_the_reader_goes_on(
    opened: Opening, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreFull("The disk is full.")

    monkeypatch.setattr("summitreader.notes.drafts._RETRY_SECONDS", 0.05)
    async with opened(corpus) as pilot:
        with monkeypatch.context() as patch:
            patch.setattr(Store, "_save_draft", full)
            await press(pilot, "a", *"dear")
            await until(pilot, lambda: any("The disk is full." in said for said in app_of(pilot).message_queue.recent))
            await press(pilot, "!")
            assert reader(pilot).editor.unfinished == "dear!"
        store = reader(pilot).session.notes.store
        assert store is not None
        await until(pilot, lambda: list(store.drafts().values()) == ["dear!"])


async def test_two_readers_on_one_note_keep_both_wordings(opened: Opening, corpus: Path, tmp_path: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "a", *"one", "enter")
        (note,) = reader(pilot).session.notes.annotations
        await press(pilot, "a", *" more")
        with Store.open(tmp_path / "data") as other:
            other.edit(note.id, note="theirs")
        await press(pilot, "enter")
        with Store.open(tmp_path / "data") as other:
            assert other.get(note.id).note == "one more\n\ntheirs"
        assert said(pilot).startswith("This note was also changed in another window")


async def test_a_store_that_another_program_held_at_the_start_is_opened_when_it_is_free(
    opened: Opening, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summitreader.tui.app._STORE_WAIT", 0.05)
    monkeypatch.setattr("summitreader.tui.app._STORE_AGAIN", 0.1)
    async with opened(corpus) as pilot:
        app, notes = app_of(pilot), reader(pilot).session.notes
        assert app.store is not None
        app.store.close()
        app.store = notes._store = None
        notes.opens = app.open_store
        with locked(tmp_path / "data" / "annotations.lock"):
            await press(pilot, "v")
            assert notes.store is None
        await until(pilot, lambda: notes.store is not None)
        await press(pilot, "v")
        assert len(notes.annotations) == 1
