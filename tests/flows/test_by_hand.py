"""What the reader puts right, key by key: it shows at once, outlives a restart and an edit, and can be taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen

from summitreader.notes.store import Store
from summitreader.text import BlockKind
from summitreader.tui.app import SummitApp
from summitreader.tui.dialogs.choice import ChoiceScreen, NamingScreen
from summitreader.tui.dialogs.source_form import SourceForm
from summitreader.tui.dialogs.why import WhyScreen
from summitreader.tui.layout.marks import Mark
from summitreader.tui.lists.note_rows import NoteRow
from summitreader.tui.lists.notes import NotesScreen
from summitreader.tui.reader.screen import ReaderScreen
from tests.flows.conftest import Opening

FERRY, SHOPS = "The old ferry", "Not everyone was pleased"


def app_of(pilot: Pilot[int]) -> SummitApp:
    return cast(SummitApp, pilot.app)


def reader_of(pilot: Pilot[int]) -> ReaderScreen:
    found = app_of(pilot).navigation.reader
    assert found is not None
    return found


async def until(pilot: Pilot[int], true: Callable[[], bool], what: str) -> None:
    for _ in range(2_000):
        if true():
            await pilot.pause()
            return
        await asyncio.sleep(0.03)
    raise AssertionError(f"waited in vain until {what}")


async def go(pilot: Pilot[int], number: int, words: str) -> tuple[int, int]:
    """Put the cursor of source `number` on the passage that begins so; that source then leads."""
    session = app_of(pilot).session
    assert session is not None
    source = session.sources[number]
    passage = source.passage_at(source.text.index(words))
    await reader_of(pilot).cursor.go((number, passage))
    await pilot.pause()
    return (number, passage)


def counterparts(pilot: Pilot[int], place: tuple[int, int]) -> list[tuple[int, int]]:
    session = app_of(pilot).session
    assert session is not None
    return [(c.source, c.passage) for c in session.index.counterparts(*place)]


async def tie(pilot: Pilot[int]) -> tuple[tuple[int, int], tuple[int, int]]:
    a = await go(pilot, 0, FERRY)
    await pilot.press("K")
    b = await go(pilot, 1, SHOPS)
    await pilot.press("K")
    await until(pilot, lambda: b in counterparts(pilot, a), "the two were tied")
    return a, b


@pytest.mark.covers("tie", "undo", "redo")
async def test_one_key_here_and_there_ties_two_passages(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        session = app_of(pilot).session
        assert session is not None
        a, b = await tie(pilot)
        assert counterparts(pilot, b) == [a]
        assert Mark.OWN in session.index.passage_marks[0][a[1]]
        assert any({m.passage for m in t.members} == {a[1], b[1]} for t in session.index.report.threads)
        await pilot.press("U")
        await until(pilot, lambda: not counterparts(pilot, a), "the tie was undone")
        await pilot.press("R")
        await until(pilot, lambda: counterparts(pilot, a) == [b], "it was done again")


async def test_what_is_in_hand_stands_in_the_first_row_until_it_is_let_go(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await go(pilot, 0, FERRY)
        await pilot.press("K")
        reader = reader_of(pilot)
        assert any("linking: A “The old ferry" in words for words, _ in reader.status_right())
        await pilot.press("escape")
        assert not any("in hand" in words for words, _ in reader.status_right())
        assert reader.edit_link.in_hand is None and app_of(pilot).is_running


async def test_the_key_on_a_linked_passage_cuts_the_link_for_good(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        a = await go(pilot, 0, "About 300 people")
        ((number, passage),) = counterparts(pilot, a)
        await pilot.press("K")
        await until(pilot, lambda: not counterparts(pilot, a), "the link was cut")
        assert not counterparts(pilot, (number, passage))
    async with opened(corpus) as pilot:
        a = await go(pilot, 0, "About 300 people")
        assert not counterparts(pilot, a)
        await pilot.press("K")  # in hand
        await go(pilot, 1, "Some 300 people")
        await pilot.press("K")
        await until(pilot, lambda: counterparts(pilot, a) == [(number, passage)], "what was cut was tied again")
        session = app_of(pilot).session
        assert session is not None and session.own.cuts == () and session.own.links == ()


@pytest.mark.covers("tie-take")
async def test_which_link_is_cut_is_asked_where_there_are_several(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        a = await go(pilot, 0, "About 300 people")
        await pilot.press("J")
        b = await go(pilot, 1, SHOPS)
        await pilot.press("K")
        await until(pilot, lambda: b in counterparts(pilot, a), "a second was tied")
        before = counterparts(pilot, a)
        assert len(before) == 2
        await go(pilot, 0, "About 300 people")
        await pilot.press("K")
        assert isinstance(pilot.app.screen, ChoiceScreen)
        await pilot.press("escape")
        assert counterparts(pilot, a) == before
        await pilot.press("K", str(before.index(b) + 1))
        await until(pilot, lambda: b not in counterparts(pilot, a), "the one that was chosen was cut")
        assert len(counterparts(pilot, a)) == 1


async def test_a_tie_outlives_a_restart_and_an_edit_of_the_text(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await tie(pilot)
    file = corpus / "alpine-post.txt"
    file.write_text("An opening that was not there before.\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    async with opened(corpus) as pilot:
        a = await go(pilot, 0, FERRY)
        b = await go(pilot, 1, SHOPS)
        assert counterparts(pilot, a) == [b]


async def test_two_passages_of_one_source_are_not_tied(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        a = await go(pilot, 0, FERRY)
        await pilot.press("K", "k", "K")
        assert reader_of(pilot).edit_link.in_hand == a
        await pilot.press("j", "K")  # on itself: let go
        assert reader_of(pilot).edit_link.in_hand is None
        assert not counterparts(pilot, a)


async def test_next_linked_and_open_go_along_a_link_by_hand(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        _, b = await tie(pilot)
        await go(pilot, 0, FERRY)
        await pilot.press("enter")
        await pilot.pause()
        assert reader_of(pilot).cursor.here() == b
        await go(pilot, 0, "About 300 people")
        await pilot.press("m")
        await pilot.pause()
        session = app_of(pilot).session
        assert session is not None
        assert session.sources[0].passage_text(reader_of(pilot).cursor.here()[1]).startswith(FERRY)


@pytest.mark.covers("why")
async def test_a_key_says_why_two_passages_are_linked_and_why_two_are_not(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await go(pilot, 1, "Some 300 people")
        await go(pilot, 0, "About 300 people")
        for words, said in (("About 300 people", "Likely link"), (FERRY, "Not linked")):
            await go(pilot, 0, words)
            reader = reader_of(pilot)
            box = reader.deck.box(1)
            assert box is not None
            box.pane.go_to(box.pane.document.source.passage_at(box.pane.document.source.text.index("Some 300")))
            await pilot.press("I")
            screen = pilot.app.screen
            assert isinstance(screen, WhyScreen)
            await until(pilot, lambda screen=screen: screen.found is not None, "it was weighed")  # type: ignore[misc]
            assert screen.found is not None
            assert screen.found.verdict.startswith(said) or "share no word" in screen.found.verdict
            await pilot.press("escape")
            await pilot.pause()


@pytest.mark.covers("correct-source")
async def test_the_form_puts_right_what_a_source_says_of_itself(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await go(pilot, 0, FERRY)
        await pilot.press("E")
        form = pilot.app.screen
        assert isinstance(form, SourceForm)
        form.inputs["outlet"].value = "The Alpine Post"
        form.inputs["published"].value = "3 March 2025"
        await pilot.press("enter")

        def outlet() -> str | None:
            session = app_of(pilot).session
            return None if session is None else session.sources[0].outlet

        await until(pilot, lambda: outlet() == "The Alpine Post", "the outlet was put right")
        session = app_of(pilot).session
        assert session is not None and session.sources[0].published == "2025-03-03"
        await until(pilot, lambda: bool(app_of(pilot).session and app_of(pilot).session.compared), "compared")  # type: ignore[union-attr]
        assert session.sources[0].text[reader_of(pilot).deck.active.cursor_span()[0] :].startswith(FERRY)
    async with opened(corpus) as pilot:
        session = app_of(pilot).session
        assert session is not None
        assert (session.sources[0].outlet, session.sources[0].published) == ("The Alpine Post", "2025-03-03")
        await pilot.press("U")
        await until(pilot, lambda: outlet() != "The Alpine Post", "it was undone after a restart")


async def test_a_date_without_a_year_and_an_address_that_is_none_are_not_kept(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await pilot.press("E")
        form = pilot.app.screen
        assert isinstance(form, SourceForm)
        fields = form.inputs
        for name, words in (("published", "last Monday"), ("url", "example"), ("language", "english")):
            fields[name].value = words
            await pilot.press("enter")
            assert pilot.app.screen is form and pilot.app.focused is fields[name]
            fields[name].value = ""
        await pilot.press("escape")
        assert app_of(pilot).corrections.corrections == []


@pytest.mark.covers("boilerplate")
async def test_a_key_makes_a_paragraph_boilerplate_and_part_of_the_account_again(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:

        def kind() -> BlockKind | None:
            session = app_of(pilot).session
            if session is None:
                return None
            source = session.sources[0]
            return source.blocks[source.passages[source.passage_at(source.text.index("About 300"))].block].kind

        def compared() -> bool:
            session = app_of(pilot).session
            return session is not None and session.compared and not session.doing

        a = await go(pilot, 0, "About 300 people")
        assert counterparts(pilot, a)
        await pilot.press("B")
        await until(pilot, lambda: kind() is BlockKind.BOILERPLATE and compared(), "it was boilerplate")
        assert not counterparts(pilot, a)
        assert reader_of(pilot).cursor.here() == a
        await pilot.press("B")
        await until(pilot, lambda: kind() is BlockKind.PARAGRAPH and compared(), "it was part of the account again")
        assert counterparts(pilot, a)


@pytest.mark.covers("correct-speaker")
async def test_a_key_puts_right_who_says_it(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        place = await go(pilot, 1, "Mayor Anna Keller called")

        def speaker() -> str | None:
            session = app_of(pilot).session
            assert session is not None
            said = session.index.quotations_in(*place)[0].speaker
            return None if said is None else said.name

        was = speaker()
        await pilot.press("S")
        if isinstance(pilot.app.screen, ChoiceScreen):  # there are two quotations in it
            await pilot.press("1")
            await pilot.pause()
        assert isinstance(pilot.app.screen, NamingScreen)
        pilot.app.screen.input.value = "The council"
        await pilot.press("enter")
        await until(pilot, lambda: speaker() == "The council", "the speaker was put right")
        await pilot.press("U")
        await until(pilot, lambda: speaker() == was, "it was undone")


@pytest.mark.parametrize("key", ["K", "J", "E", "B", "S"])
async def test_where_nothing_can_be_kept_it_is_said_and_nothing_happens(
    key: str, opened: Opening, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "read_only", property(lambda self: True))
    async with opened(corpus) as pilot:
        await go(pilot, 0, '"It is a good day')
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert app_of(pilot).corrections.corrections == []


async def test_what_was_put_right_is_listed_with_the_notes_and_taken_back_there(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        a, b = await tie(pilot)
        await pilot.press("5")
        await pilot.pause()
        notes = pilot.app.screen
        assert isinstance(notes, NotesScreen)

        def listed() -> list[str]:
            return [row.note for row in notes.list.rows if isinstance(row, NoteRow)]

        assert [words.split("¶")[0] for words in listed()] == ["linked to B valley-news "]
        await pilot.press("j", "a")  # a correction is no note to be edited
        assert not notes.writing.editor.is_open
        await pilot.press("D")
        await until(pilot, lambda: not listed(), "it was taken back")
        assert not counterparts(pilot, a)
        await pilot.press("U")
        await until(pilot, lambda: len(listed()) == 1, "it was brought back")
        await pilot.press("enter")
        await pilot.pause()
        assert reader_of(pilot).cursor.here() == a and counterparts(pilot, a) == [b]


async def test_a_tie_whose_words_were_rewritten_waits_until_its_place_is_confirmed(
    opened: Opening, corpus: Path
) -> None:
    async with opened(corpus) as pilot:
        await tie(pilot)
    file = corpus / "alpine-post.txt"
    text = file.read_text(encoding="utf-8")
    changed = text.replace("its two boats will be sold", "both go to a museum")
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    async with opened(corpus) as pilot:
        a = await go(pilot, 0, FERRY)
        states = [str(t.state) for t in app_of(pilot).corrections.corrections[0].targets]
        assert "unsure" in states and not counterparts(pilot, a)
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("j", "+")
        await until(pilot, lambda: bool(counterparts(pilot, a)), "it was confirmed")


async def test_a_story_is_opened_to_the_end_by_whoever_is_cancelled_while_it_opens(
    opened: Opening, corpus: Path
) -> None:
    async with opened(corpus) as pilot:
        app = app_of(pilot)
        session, before = app.session, reader_of(pilot)
        assert session is not None
        await pilot.press("2")
        opening = asyncio.create_task(app.open_story(session.name))
        while before in app.screen_stack and not opening.done():
            await asyncio.sleep(0)
        opening.cancel()
        await app.open_story(session.name)
        await pilot.pause()
        assert [type(screen).__name__ for screen in app.screen_stack[1:]] == ["ReaderScreen"]
        assert app.screen is reader_of(pilot) and app.session is reader_of(pilot).session


@pytest.mark.parametrize("panel", ["E", "question_mark", "colon", "I", "p", "e"])
async def test_a_panel_that_is_closed_twice_in_one_burst_leaves_the_reader_there(
    opened: Opening, corpus: Path, panel: str
) -> None:
    async with opened(corpus) as pilot:
        app = app_of(pilot)
        await pilot.press(panel)
        await until(pilot, lambda: isinstance(app.screen, ModalScreen), "the panel was there")
        panel_screen = cast("ModalScreen[None]", app.screen)
        panel_screen.dismiss(None)
        panel_screen.dismiss(None)
        await until(pilot, lambda: app.screen is reader_of(pilot), "the reader stood there")
