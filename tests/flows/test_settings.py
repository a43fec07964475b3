"""What the settings change in the reader: keys and what tells of them, colours, and what is said of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.containers import Vertical

from summitreader.config.settings import FILE
from summitreader.tui.commands import COMMANDS
from summitreader.tui.context import keymap_of
from summitreader.tui.dialogs.help import HelpScreen
from summitreader.tui.lists.list_screen import ListScreen
from summitreader.tui.messages import TerminalBackground
from summitreader.tui.reader.screen import ReaderScreen
from summitreader.tui.themes import CONTRAST, DARK, LIGHT
from summitreader.tui.view import ViewScreen
from tests.flows.conftest import Opening
from tests.flows.test_random_keys import broken
from tests.flows.test_reading import press, reader, words
from tests.flows.test_views import app_of


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """Where the reader of `opened` looks for its settings."""
    folder = tmp_path / "data" / "settings"
    folder.mkdir(parents=True)
    return folder / FILE


async def test_a_key_that_was_changed_works_and_the_old_one_does_not(
    opened: Opening, corpus: Path, settings: Path
) -> None:
    settings.write_text('[keys]\npassage-next = "F9"\nsearch = ["F11", "Ctrl-Y"]\nhelp = "F10"\nview-notes = "F8"\n')
    async with opened(corpus) as pilot:
        await press(pilot, "j")
        assert words(pilot) == "The bridge opens at last"
        await press(pilot, "f9")
        assert words(pilot).startswith("The new bridge")
        await press(pilot, "ctrl+y")
        assert reader(pilot).search_bar.is_open
        await press(pilot, "escape")
        footer = "".join(piece for piece, _ in (*reader(pilot).key_bar.left, *reader(pilot).key_bar.right))
        assert footer.startswith(" F9 k passage")
        assert "F11 search" in footer
        assert "F10 help" in footer
        assert "F8 Notes" in "".join(piece for piece, _ in reader(pilot).header.left)
        await press(pilot, "f10")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "F11  Ctrl-Y" in str(pilot.app.screen.help_text())
        await press(pilot, "f10", "f8")
        assert isinstance(pilot.app.screen, ListScreen)


async def test_a_letter_that_was_given_to_a_command_is_text_where_one_types(
    opened: Opening, corpus: Path, settings: Path
) -> None:
    settings.write_text('[keys]\nquit = "ä"\nleave = "ö"\n')
    async with opened(corpus) as pilot:
        await press(pilot, "/", "ä", "ö")
        assert reader(pilot).search_bar.input.value == "äö"
        await press(pilot, "escape")
        assert not reader(pilot).search_bar.is_open


async def test_mistakes_are_said_once_and_the_rest_works(opened: Opening, corpus: Path, settings: Path) -> None:
    settings.write_text('column-width = 30\nthemes = "x"\ntheme = "nrd"\n[keys]\ncopy = "c"\nnope = "x"\n')
    async with opened(corpus) as pilot:
        now = app_of(pilot).message_queue.now
        assert now is not None and now.grave
        assert now.words.startswith("settings.toml, line 2: themes: unknown setting; did you mean theme.")
        assert now.words.endswith("3 more mistakes: see `summitreader doctor`.")
        assert reader(pilot).deck.active.text_width == 30


async def test_a_theme_of_the_settings_holds_until_another_is_chosen(
    opened: Opening, corpus: Path, settings: Path
) -> None:
    settings.write_text('theme = "summit-light"\n')
    async with opened(corpus) as pilot:
        assert pilot.app.theme == "summit-light"
        pilot.app.theme = "summit-contrast"
    async with opened(corpus) as pilot:
        assert pilot.app.theme == "summit-contrast"
    settings.write_text('theme = "summit-dark"\n')
    async with opened(corpus) as pilot:
        assert pilot.app.theme == "summit-dark"


async def test_the_list_of_themes_is_drawn_in_the_one_that_is_looked_at(
    opened: Opening, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with opened(corpus) as pilot:
        pilot.app.action_change_theme()
        await pilot.pause(0.3)
        around = pilot.app.screen.query(Vertical).first()
        before = around.styles.background
        await press(pilot, "down")
        await pilot.pause(0.1)
        assert pilot.app.theme == "summit-light"
        assert around.styles.background.brightness > 0.8 > before.brightness
        await press(pilot, "escape")
        assert pilot.app.theme == "summit-dark"


def test_every_footer_names_commands_of_the_table() -> None:
    ids = {command.id for command in COMMANDS}
    from summitreader.tui.lists import (  # the views, all loaded
        coverage,
        divergences,
        library,
        notes,
        openings,
        quotations,
    )

    assert all((coverage, divergences, library, notes, openings, quotations))
    views: list[type[ViewScreen]] = [ReaderScreen, *_all_below(ViewScreen)]
    for view in views:
        for commands, _ in view.KEYS:
            assert {word.partition(":")[0] for word in commands.split()} <= ids, view


def _all_below(kind: type[ViewScreen]) -> list[type[ViewScreen]]:
    return [one for below in kind.__subclasses__() for one in (below, *_all_below(below))]


async def test_the_palette_tells_the_keys_in_force(opened: Opening, corpus: Path, settings: Path) -> None:
    settings.write_text('[keys]\ncopy = ["ä"]\ntags = []\n')
    async with opened(corpus) as pilot:
        app = pilot.app
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert "Copy the passage or the selection with its citation  (ä)" in titles
        assert "Edit the tags of the note here" in titles
        assert keymap_of(app).of("tags") == ()


# ── looks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_themes_are_shown_while_one_moves_and_put_back_with_escape(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        app = pilot.app
        app.search_themes()
        await press(pilot, "down", "down")
        await pilot.pause(0.5)
        assert app.theme != "summit-dark"
        await press(pilot, "escape")
        assert app.theme == "summit-dark"
        app.search_themes()
        await pilot.pause(0.3)
        await press(pilot, "down", "enter")
        await pilot.pause(0.3)
        assert app.theme == "summit-light"


async def test_with_signs_in_ascii_no_view_shows_any_other(opened: Opening, corpus: Path, settings: Path) -> None:
    settings.write_text('glyphs = "ascii"\n')
    async with opened(corpus, size=(100, 30)) as pilot:
        app = app_of(pilot)
        await press(pilot, "j", "v", "/", *"bridge", "enter")
        for keys in (("1",), ("2",), ("3",), ("4",), ("5",), ("6",), ("?",), ("escape", "t"), ("escape", ":")):
            await press(pilot, *keys)
            for strip in app.screen._compositor.render_strips():
                assert strip.text.isascii(), (keys, strip.text)


@pytest.mark.parametrize("theme", ["summit-16", "ansi-light", "summit-contrast"])
async def test_every_view_and_panel_can_be_drawn_in_every_kind_of_theme(
    opened: Opening, corpus: Path, theme: str
) -> None:
    async with opened(corpus, size=(80, 24)) as pilot:
        pilot.app.theme = theme
        for keys in (("v",), ("2",), ("3",), ("4",), ("5",), ("t",), ("escape", "e"), ("escape", "6"), ("?",)):
            await press(pilot, *keys)
            assert pilot.app._exception is None
            assert any(strip.text.strip() for strip in pilot.app.screen._compositor.render_strips())


async def test_the_cursor_of_the_terminal_follows_the_passage_and_the_row(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        pane = reader(pilot).deck.active
        for _ in range(3):
            await press(pilot, "j")
            at = pilot.app.cursor_position - pane.region.offset
            wrap = pane.document.wrapped(pane.text_width)
            assert pane.top + at.y == wrap.row_at(pane.cursor_span()[0])
        await press(pilot, "2", "j")
        screen = pilot.app.screen
        assert isinstance(screen, ListScreen)
        assert pilot.app.cursor_position.y == screen.list.region.y + 1 + screen.list.rows[0].is_heading


@pytest.mark.parametrize("gap", [0, 2])
@pytest.mark.parametrize("layout", ["panes", "margin", "rows"])
async def test_a_story_begins_in_the_layout_lock_and_spacing_of_the_settings(
    opened: Opening, corpus: Path, settings: Path, gap: int, layout: str
) -> None:
    settings.write_text(f'layout = "{layout}"\nlock = "off"\nparagraph-gap = {gap}\n')
    async with opened(corpus) as pilot:
        assert str(reader(pilot).deck.arrangement) == layout
        assert str(reader(pilot).follow.lock) == "off"
        pane = reader(pilot).deck.active
        wrap = pane.document.wrapped(pane.text_width)
        blocks = pane.document.source.blocks
        assert wrap.row_at(blocks[1].start) - wrap.row_at(blocks[0].end - 1) == 1 + gap
        for key in ("j", "G", "k", "s", "d", "u", "tab", "L", "j", "L", "k"):
            await press(pilot, key)
            assert not broken(pilot)


async def test_only_the_kinds_of_divergence_that_are_asked_for_are_looked_for(
    opened: Opening, corpus: Path, settings: Path
) -> None:
    settings.write_text('kinds = ["number"]\n')
    async with opened(corpus) as pilot:
        session = app_of(pilot).session
        assert session is not None
        assert {str(d.kind) for d in session.index.report.divergences} <= {"number"}
    settings.write_text("kinds = []\n")
    async with opened(corpus) as pilot:
        session = app_of(pilot).session
        assert session is not None
        assert session.index.report.divergences == ()


async def test_a_list_that_was_put_away_has_the_colours_of_a_theme_chosen_meanwhile(
    opened: Opening, corpus: Path
) -> None:
    async with opened(corpus) as pilot:
        await pilot.press("2", "1")
        pilot.app.theme = "summit-light"
        await pilot.pause()
        reader = pilot.app.screen.styles.background
        await pilot.press("2")
        await pilot.pause()
        assert pilot.app.screen.styles.background == reader
        pilot.app.theme = "summit-dark"
        await pilot.pause()
        assert pilot.app.screen.styles.background != reader


async def test_from_list_to_list_and_back_is_one_step_each(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        reader = pilot.app.screen
        for key in "2345632":
            await pilot.press(key)
            assert pilot.app.screen_stack[-2] is reader
        await pilot.press("q")
        assert pilot.app.screen is reader


async def test_the_theme_is_that_of_the_terminal_until_one_is_chosen(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        for is_dark, theme in ((False, LIGHT), (True, DARK), (False, LIGHT)):
            app_of(pilot).post_message(TerminalBackground(is_dark))
            await pilot.pause()
            assert pilot.app.theme == theme.name
    async with opened(corpus) as pilot:  # nothing was chosen yet
        app_of(pilot).post_message(TerminalBackground(is_dark=False))
        await pilot.pause()
        assert pilot.app.theme == LIGHT.name
        pilot.app.theme = CONTRAST.name
        app_of(pilot).post_message(TerminalBackground(is_dark=True))
        await pilot.pause()
        assert pilot.app.theme == CONTRAST.name
    async with opened(corpus) as pilot:
        app_of(pilot).post_message(TerminalBackground(is_dark=True))
        await pilot.pause()
        assert pilot.app.theme == CONTRAST.name
