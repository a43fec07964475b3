"""The views that are lists: to each, through it, to the passage, and back."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from textual import events
from textual.geometry import Size
from textual.pilot import Pilot

from summitreader.comparison.model import Report
from summitreader.config.places import places
from summitreader.config.state import State
from summitreader.export.verify import is_page
from summitreader.sources import Corpus, Skipped
from summitreader.text import Source
from summitreader.tui.app import SummitApp
from summitreader.tui.dialogs.export import ExportScreen
from summitreader.tui.lists.coverage import CoverageScreen
from summitreader.tui.lists.coverage_rows import Order
from summitreader.tui.lists.divergences import DivergencesScreen
from summitreader.tui.lists.library import LibraryScreen
from summitreader.tui.lists.list_screen import ListScreen
from summitreader.tui.lists.notes import NotesScreen
from summitreader.tui.lists.quotations import QuotationsScreen
from summitreader.tui.reader.screen import ReaderScreen
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.widgets.row_list import RowList
from summitreader.tui.workers import Background, Loading
from tests.unit.tui.lists.made import made_report, made_sources

Opening = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Staged:
    """In place of the process that compares: it knows the answer at once."""

    ocr = None

    def __init__(
        self, report: Report | None = None, cache: Path | None = None, kinds: object = None, ocr: object = None
    ) -> None:
        self.report = report

    def compare(self, sources: Sequence[Source], draft: str = "") -> Iterator[Report]:
        if self.report is not None and tuple(sources) == self.report.sources:
            yield self.report
        else:
            yield Report(tuple(sources))

    def stop(self) -> None:
        return


@pytest.fixture
def staged_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Opening]:
    """`staged_on(sources, report, skipped)()`: the reader on a story with a report made by hand, beside another."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("summitreader.tui.app.Background", Staged)

    def stage(sources: tuple[Source, ...], report: Report, skipped: tuple[Skipped, ...] = ()) -> Opening:
        other = Source.from_text("A fire.\n\nNobody was hurt.", id="fire.txt")
        stories = (("bridge", tuple(s.id for s in sources)), ("fire", (other.id,)))
        corpus = Corpus(tmp_path, (*sources, other), skipped, stories)

        @asynccontextmanager
        async def open_reader(size: tuple[int, int] = (120, 36)) -> AsyncIterator[Pilot[int]]:
            background = cast(Background, Staged(report))
            loading = Loading([tmp_path], background)
            loading.corpus = corpus
            loading.ready.set()
            loading.finished.set()
            where = places(tmp_path / "data")
            app = SummitApp(loading, background, where, State(where.state))
            async with app.run_test(size=size, notifications=True) as pilot:
                await until(pilot, lambda: app.session is not None and app.session.compared and app.store is not None)
                yield pilot

        return open_reader

    return stage


@pytest.fixture
def staged(staged_on: Callable[..., Opening]) -> Opening:
    """`async with staged() as pilot`: the reader on the story made by hand."""
    report = made_report()
    return staged_on(report.sources, report)


async def until(pilot: Pilot[int], holds: Callable[[], bool]) -> None:
    """Wait until something holds, some ten seconds at most: other work may share the machine."""
    for _ in range(5_000):
        await pilot.pause()
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to hold in time")


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


def app_of(pilot: Pilot[int]) -> SummitApp:
    return cast(SummitApp, pilot.app)


def listing(pilot: Pilot[int]) -> ListScreen:
    assert isinstance(pilot.app.screen, ListScreen)
    return pilot.app.screen


def rows(pilot: Pilot[int]) -> list[str]:
    """What the list shows, a string a line."""
    shown = listing(pilot).list
    return [shown.render_line(y).text.rstrip() for y in range(shown.size.height)]


def selected(pilot: Pilot[int]) -> str:
    """The first line of the row under the cursor."""
    return next(line for line in rows(pilot) if line.startswith("▌"))


def words(pilot: Pilot[int]) -> str:
    """The passage under the cursor of the reader."""
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    pane = screen.deck.active
    return pane.document.source.passage_text(pane.cursor)


def screen_text(pilot: Pilot[int]) -> str:
    """All that stands on the screen."""
    return "".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def said(pilot: Pilot[int]) -> str:
    """The last thing that the reader was told."""
    told = list(app_of(pilot).message_queue.recent)
    return told[-1] if told else ""


@pytest.mark.covers("view-reader", "view-coverage", "view-quotations", "view-divergences", "view-notes", "view-library")
async def test_digits_open_the_views_and_one_key_leads_back(staged: Opening) -> None:
    async with staged() as pilot:
        seen = [CoverageScreen, QuotationsScreen, DivergencesScreen, NotesScreen, LibraryScreen]
        for digit, screen in zip("23456", seen, strict=True):
            await press(pilot, digit)
            assert isinstance(pilot.app.screen, screen)
            assert len(pilot.app.screen_stack) == 3
        await press(pilot, "1")
        assert isinstance(pilot.app.screen, ReaderScreen)
        for back in ("q", "escape"):
            await press(pilot, "2", back)
            assert isinstance(pilot.app.screen, ReaderScreen)


async def test_coverage_shows_who_tells_what_and_who_is_silent(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "2")
        screen = listing(pilot)
        assert isinstance(screen, CoverageScreen)
        told = [line for line in rows(pilot) if " of 3" in line]
        assert [line.split(" of 3")[0][-1] for line in told] == ["3", "3", "2", "1", "1"]
        walked = next(line for line in told if "300" in line)
        assert walked.count("≠ ¶4") == 2
        assert "❝ ¶3" in next(line for line in told if "good day" in line)
        ferry = next(line for line in told if "ferry" in line)
        assert ferry.count("·") == 2
        assert ferry.rstrip().endswith("·")
        assert screen.tabs()["unique"] == 2
        assert "one account" in "".join(words for words, _ in screen.summary.left)


async def test_coverage_goes_to_the_source_that_h_and_l_stand_on_and_comma_comes_back(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "j")
        began = words(pilot)
        await press(pilot, "2", "j", "l", "l", "enter")
        assert words(pilot).startswith("Mayor Keller called it")
        await press(pilot, "comma")
        assert "good day" in selected(pilot)
        await press(pilot, "comma")
        assert words(pilot) == began
        await press(pilot, "full_stop", "full_stop")
        assert words(pilot).startswith("Mayor Keller called it")


@pytest.mark.covers("sort", "show")
async def test_coverage_is_sorted_shown_in_part_and_filtered(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "2", "s")
        screen = listing(pilot)
        assert isinstance(screen, CoverageScreen)
        assert screen.order is Order.SOURCE
        await press(pilot, "s")
        assert "1 of 3" in rows(pilot)[0]
        await press(pilot, "f")
        assert not any("1 of 3" in line for line in rows(pilot))
        await press(pilot, "o")
        assert sum(" of 3" in line for line in rows(pilot)) == 2
        await press(pilot, "o", "slash", *"ferry")
        assert sum(" of 3" in line for line in rows(pilot)) == 1
        await press(pilot, "enter")
        assert screen.list.has_focus
        await press(pilot, "escape")
        assert sum(" of 3" in line for line in rows(pilot)) == 5
        screen.app.post_message(events.Key("slash", "/"))
        for letter in "ferry":
            screen.app.post_message(events.Key(letter, letter))
        for key in ("enter", "j"):
            screen.app.post_message(events.Key(key, None))
        await until(pilot, lambda: screen.list.has_focus and screen.query_words == "ferry")
        assert sum(" of 3" in line for line in rows(pilot)) == 1
        await press(pilot, "escape", "slash", *"no such words")
        assert any("Escape clears the filter" in line for line in rows(pilot))


async def test_quotations_stack_the_wordings_with_their_chains(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "3")
        text = "\n".join(rows(pilot))
        assert "Anna Keller  2 quoted · 1 reported · in A B C · through the agency" in text
        assert "Keller “called” → B news ¶3   fragment, reworded" in text
        await press(pilot, "s")
        assert "reworded · 3 wordings in 3 sources" in "\n".join(rows(pilot))
        await press(pilot, "s")
        assert "A post  1 quotation of 1 speaker" in "\n".join(rows(pilot))
        await press(pilot, "f", "f")
        assert listing(pilot).list.selected is not None
        assert "the day was good" in selected(pilot)
        await press(pilot, "F")
        assert any("No quotation" in line for line in rows(pilot))
        await press(pilot, "F", "F", "enter")
        assert words(pilot).startswith("Keller said the day")


async def test_words_that_differ_are_marked_in_the_wording(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "3")
        shown = listing(pilot).list
        strips = [shown.render_line(y) for y in range(shown.size.height)]
        marked = [s.text for strip in strips for s in strip if s.style and s.style.underline and s.style.bold]
        assert marked == ["our"]


async def test_divergences_are_decided_and_the_decision_holds_at_the_next_start(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "4")
        assert "300" in selected(pilot)
        assert "against" in selected(pilot)
        assert "9 in 10" in selected(pilot)
        await press(pilot, "minus")
        assert "300" not in "\n".join(rows(pilot))
        assert len(app_of(pilot).session.index.to_check) == 1  # type: ignore[union-attr]
        await press(pilot, "U")
        assert "300" in "\n".join(rows(pilot))
        await press(pilot, "X", "x")
        assert "300" not in selected(pilot), "x is the next to check here too"
        await press(pilot, "2", "R")
        assert "Redone: dismissal" in screen_text(pilot), "the history is the same in every view"
        await press(pilot, "U", "4", "g", "minus", "plus")
        assert "Nothing left to check" in "\n".join(rows(pilot))
        assert (listing(pilot).tabs()["confirmed"] or 0) > 0
        await press(pilot, "a")
        assert "Nothing to annotate" in screen_text(pilot)
    async with staged() as pilot:
        await press(pilot, "4", "U")
        assert "Undone: confirmation" in screen_text(pilot)
        assert "update" in selected(pilot)
        await press(pilot, "R")
        assert "Nothing left to check" in "\n".join(rows(pilot))
        await press(pilot, "f")
        assert "update" in selected(pilot)
        await press(pilot, "f")
        assert "300" in selected(pilot)
        await press(pilot, "minus")
        await press(pilot, "f", "f", "f", "f", "f")
        assert "300" in selected(pilot)


async def test_a_view_one_comes_back_to_is_not_made_anew_and_stands_as_it_did(staged: Opening) -> None:
    async with staged() as pilot:
        for key in ("2", "3", "4"):
            await press(pilot, key, "j", "j")
            screen, before, row = listing(pilot), listing(pilot).list.rows, selected(pilot)
            assert before
            await press(pilot, "1", "j", key)
            assert listing(pilot) is screen
            assert screen.list.rows is before
            assert selected(pilot) == row


async def test_what_was_decided_goes_out_as_csv_and_in_the_briefing_and_the_file_is_named(
    staged: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with staged() as pilot:
        await press(pilot, "4", "plus", "minus", "f", "e")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExportScreen))
        screen = cast(ExportScreen, pilot.app.screen)
        await press(pilot, "down")
        await until(pilot, lambda: screen.input.value.endswith("bridge - divergences.csv"))
        await press(pilot, "enter")
        assert said(pilot) == f"Written to {tmp_path / 'bridge - divergences.csv'}."
        written = (tmp_path / "bridge - divergences.csv").read_text("utf-8")
        assert written.startswith("\ufeffid,"), "a spreadsheet knows by the mark that this is UTF-8"
        table = list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"), newline="")))
        assert {row["decision"] for row in table} == {"right"}
        assert [row["words"] for row in table][:1] == ["300"]
        await press(pilot, "e", "up")
        screen = cast(ExportScreen, pilot.app.screen)
        await until(pilot, lambda: screen.input.value.endswith("bridge - briefing.md"))
        await press(pilot, "enter")
        briefing = (tmp_path / "bridge - briefing.md").read_text(encoding="utf-8")
        assert "## To check" in briefing
        assert ", confirmed" in briefing
        assert "Dismissed:" in briefing
        await press(pilot, "e", "up", "up")
        screen = cast(ExportScreen, pilot.app.screen)
        await until(pilot, lambda: screen.input.value.endswith("bridge - report.html"))
        await press(pilot, "enter")
        assert is_page((tmp_path / "bridge - report.html").read_text(encoding="utf-8"))


async def test_what_is_not_found_yet_is_not_said_to_be_missing(staged: Opening) -> None:
    async with staged() as pilot:
        session = app_of(pilot).session
        assert session is not None
        report = replace(session.index.report, divergences=())
        session.update(StoryIndex(report), compared=True, doing="counting accounts 85 %")
        await press(pilot, "x")
        assert said(pilot).endswith("still comparing.")
        assert "view-divergences" not in session.counts()
        session.update(StoryIndex(report), compared=True, doing="")
        await press(pilot, "x")
        assert said(pilot).endswith("contradictions found.")
        assert session.counts()["view-divergences"] == "0"


async def test_divergences_show_what_is_left_out_who_copies_whom_and_go_to_the_passage(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "4", "f", "f", "f")
        assert "not in D" in selected(pilot)
        await press(pilot, "f")
        assert "61 %" in selected(pilot)
        assert "one account, crediting Aar Agency" in selected(pilot)
        await press(pilot, "f", "f")
        assert "Anna Keller" in selected(pilot)
        assert "B news" in "\n".join(rows(pilot))
        assert "called" in "\n".join(rows(pilot))
        await press(pilot, "f", "s")
        assert "figures that differ" in "\n".join(rows(pilot))
        await press(pilot, "enter")
        assert words(pilot).startswith("About 300 people")


async def test_a_note_on_a_divergence_stands_on_all_its_passages(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "4", "a", *"ask the police", "enter")
        session = app_of(pilot).session
        assert session is not None
        [note] = session.notes.annotations
        assert note.note == "ask the police"
        assert [t.quote for t in note.targets] == ["300", "500"]
        await press(pilot, "a", *", twice", "enter")
        assert [a.note for a in session.notes.annotations] == ["ask the police, twice"]
        await press(pilot, "a", *" and", "escape")
        assert isinstance(pilot.app.screen, DivergencesScreen)
        assert "draft" in said(pilot).lower()


async def test_notes_are_edited_tagged_deleted_brought_back_and_filtered(staged: Opening) -> None:
    async with staged() as pilot:
        session = app_of(pilot).session
        assert session is not None
        session.notes.add(0, 14, 24, "who counted?")
        session.notes.add(1, 21, 30)
        await press(pilot, "5", "t", *"crowd, ", "enter")
        assert session.notes.annotations[0].tags == ("crowd",)
        await press(pilot, "j", "t", "1", "enter")
        assert session.notes.annotations[1].tags == ("crowd",)
        await press(pilot, "a", *"new", "enter")
        assert session.notes.annotations[1].note == "new"
        await press(pilot, "D")
        assert len(session.notes.annotations) == 1
        await press(pilot, "U")
        assert len(session.notes.annotations) == 2
        await press(pilot, "R", "U", "slash", *"counted")
        assert "who counted?" in "\n".join(rows(pilot))
        assert "new" not in "\n".join(rows(pilot))
        await press(pilot, "escape", "s", "s")
        assert "#crowd  2" in "\n".join(rows(pilot))
        await press(pilot, "G", "enter")
        assert words(pilot).startswith("Cars crossed")


@pytest.mark.covers("scope")
async def test_notes_of_one_source_and_of_the_whole_store(staged: Opening) -> None:
    async with staged() as pilot:
        session = app_of(pilot).session
        assert session is not None
        session.notes.add(0, 14, 24, "close by")
        elsewhere = Source.from_text("Another text altogether.", id="else.txt")
        assert session.notes.store is not None
        session.notes.store.add([(elsewhere, 0, 7)], "far away")
        session.notes.refresh()
        await press(pilot, "5")
        assert "far away" not in "\n".join(rows(pilot))
        await press(pilot, "F")
        await until(pilot, lambda: "far away" in "\n".join(rows(pilot)))
        await press(pilot, "G", "enter")
        assert "not part of this story" in said(pilot)
        await press(pilot, "F", "F")
        assert "close by" not in "\n".join(rows(pilot))


@pytest.mark.covers("export")
async def test_an_export_is_previewed_written_and_never_overwrites(
    staged: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with staged() as pilot:
        session = app_of(pilot).session
        assert session is not None
        session.notes.add(0, 14, 24, "who counted?")
        await press(pilot, "5", "e")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExportScreen))
        screen = cast(ExportScreen, pilot.app.screen)
        await until(pilot, lambda: screen.input.value.endswith("bridge - notes.md"))
        await press(pilot, "down")
        await until(pilot, lambda: screen.input.value.endswith("bridge - notes to verify.md"))
        await press(pilot, "enter")
        written = tmp_path / "bridge - notes to verify.md"
        assert "who counted?" in written.read_text(encoding="utf-8")
        await press(pilot, "e", "down")
        screen = cast(ExportScreen, pilot.app.screen)
        await until(pilot, lambda: screen.input.value.endswith("bridge - notes to verify.md"))
        written.write_text("Mine.\n" + written.read_text(encoding="utf-8"), encoding="utf-8")
        await press(pilot, "enter")
        assert written.read_text(encoding="utf-8").startswith("Mine.")
        written.write_text("mine", encoding="utf-8")
        await press(pilot, "e", "down")
        screen = cast(ExportScreen, pilot.app.screen)
        await until(pilot, lambda: screen.input.value.endswith("bridge - notes to verify 2.md"))
        screen.input.value = str(written)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ExportScreen)
        assert written.read_text(encoding="utf-8") == "mine"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, NotesScreen)


async def test_the_library_opens_another_story_and_sets_what_stands_in_the_panes(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "6")
        assert "bridge" in selected(pilot)
        assert "open" in selected(pilot)
        assert "not compared" in "\n".join(rows(pilot))
        await press(pilot, "j", "p")
        reader = app_of(pilot).navigation.reader
        assert reader is not None
        assert reader.deck.chosen == [1, 2, 3]
        await press(pilot, "slash", *"fire", "enter", "g", "enter")
        await until(pilot, lambda: app_of(pilot).session is not None and app_of(pilot).session.name == "fire")  # type: ignore[union-attr]
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        assert words(pilot) == "A fire."
        await press(pilot, "2")
        assert "Only one source" in "\n".join(rows(pilot))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_every_view_fits_any_screen(staged: Opening, size: tuple[int, int]) -> None:
    async with staged(size) as pilot:
        session = app_of(pilot).session
        assert session is not None
        session.notes.add(0, 14, 24, "who counted?")
        for digit in "23456":
            await press(pilot, digit, "j", "G")
            for line in rows(pilot):
                assert len(line) <= size[0]
            assert listing(pilot).list.size.height >= 6
        await pilot.resize_terminal(70, 22)
        await pilot.pause()
        assert listing(pilot).list.selected is not None


async def test_the_reader_decides_and_tags_what_is_under_the_cursor(staged: Opening) -> None:
    async with staged() as pilot:
        session = app_of(pilot).session
        assert session is not None
        await press(pilot, "t")
        assert "No note or highlight here" in said(pilot)
        await press(pilot, "minus")
        assert "Nothing to check" in said(pilot)
        await press(pilot, "x", "minus")
        assert [d.kind for d in session.index.to_check] == ["update"]
        await press(pilot, "v", "t", *"crowd", "enter")
        assert [a.tags for a in session.notes.annotations] == [("crowd",)]
        await press(pilot, "5", "enter", "x", "plus", "plus")
        assert "still to check" in said(pilot)


async def test_nothing_that_steers_a_terminal_reaches_the_screen(
    tmp_path: Path, staged_on: Callable[..., Opening]
) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
    sources = tuple(
        replace(source, outlet=f"{evil}{source.id}", title=evil, published=f"{evil}2025", language=f"e{evil}")
        for source in made_sources()
    )
    skipped = (Skipped(f"\u241b{evil[2:4]}", "no text."),)
    report = made_report(sources)
    quotation = replace(report.quotations[0], speaker=replace(report.quotations[0].speaker, name=evil))  # type: ignore[type-var]
    divergence = replace(report.divergences[0], summary=evil, reason=evil)
    report = replace(
        report,
        quotations=(quotation, *report.quotations[1:]),
        divergences=(divergence, *report.divergences[1:]),
        accounts=(replace(report.accounts[0], credit=evil),),
    )
    async with staged_on(sources, report, skipped)() as pilot:
        session = app_of(pilot).session
        assert session is not None
        note = session.notes.add(0, 14, 24, f"a {evil} b")
        session.notes.set_tags(note.id, (f"tag {evil}",))
        for keys in (
            ("2", "l"),
            ("3", "s"),
            ("4", "f", "f", "f"),
            ("4", "f"),
            ("4", "f"),
            ("5",),
            ("t",),
            ("escape",),
        ):
            await press(pilot, *keys)
            assert not STEERING.search(screen_text(pilot)), keys
        for keys in (("6",), ("slash", "x"), ("escape",), ("1", "e")):
            await press(pilot, *keys)
            await pilot.pause(0.1)
            assert not STEERING.search(screen_text(pilot)), keys


async def test_the_mouse_goes_to_a_row_a_cell_and_the_passage(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "2")
        screen = listing(pilot)
        assert isinstance(screen, CoverageScreen)
        at, line = next((n, row) for n, row in enumerate(rows(pilot)) if row.count("≠") == 2)
        await pilot.click(screen.list, offset=(line.index("≠", line.index("≠") + 1), at))
        assert "300" in selected(pilot)
        assert screen.column == 1
        await pilot.click(screen.list, offset=(4, 1), times=2)
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert words(pilot).startswith("Mayor Keller")


async def test_a_fuller_comparison_leaves_the_cursor_on_its_row(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "2", "j", "j")
        assert "300" in selected(pilot)
        session = app_of(pilot).session
        assert session is not None
        report = session.index.report
        session.update(StoryIndex(replace(report, threads=report.threads[1:])), compared=True, doing="")
        await pilot.pause()
        assert "300" in selected(pilot)
        assert listing(pilot).list.cursor == 1


async def test_a_frame_that_comes_before_a_new_size_is_told_is_drawn_in_that_size(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "6")
        rows = pilot.app.screen.query_one(RowList)
        assert rows.rows
        for width in (40, 18, 60):
            rows.drawn_size = Size(width, 5)
            assert [sum(segment.cell_length for segment in rows.render_line(y)) for y in range(5)] == [width] * 5
