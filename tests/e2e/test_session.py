"""A reader's first session, in a real terminal."""

import subprocess
import time
from pathlib import Path

import pytest

from tests.e2e.conftest import Running

pytestmark = pytest.mark.terminal

ONE = "The dam held\n\nEngineers said on Monday that the Marn dam had held.\n\nSome 40 families slept in a school.\n"
OTHER = "Dam holds in flood\n\nThe Marn dam has held, engineers said.\n\nThe river fell again on Tuesday.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "dam"
    folder.mkdir()
    (folder / "a.txt").write_text(ONE, encoding="utf-8")
    (folder / "b.txt").write_text(OTHER, encoding="utf-8")
    return folder


def test_start_move_search_note_quit_and_find_the_note_again(running: Running, corpus: Path) -> None:
    terminal = running(corpus)
    terminal.shows("Some 40 families")
    terminal.shows("Check 0")
    terminal.type("j", "j", "j")
    terminal.type("/", "text:river")
    terminal.shows("1 of 1")
    terminal.type("Enter", "a")
    terminal.shows("note on")
    terminal.type("text:which gauge?", "Enter")
    terminal.type("q", "q", "q")
    terminal.shows("status 0")

    again = running(corpus)
    again.shows("Some 40 families")
    again.shows("✎")
    again.shows("which gauge?")


def test_a_resize_keeps_what_was_read_on_the_screen(running: Running, corpus: Path) -> None:
    terminal = running(corpus, size=(120, 30))
    terminal.shows("Some 40 families")
    terminal.type("j", "j")
    for width, height in ((60, 20), (200, 50), (80, 24), (20, 6), (120, 30)):
        terminal.resize(width, height)
    terminal.shows("Some 40 families")
    terminal.shows("No match found")


@pytest.mark.parametrize(("signal", "status"), [("TERM", 143), ("HUP", 129)])
def test_a_signal_ends_it_with_the_terminal_as_it_was(running: Running, corpus: Path, signal: str, status: int) -> None:
    terminal = running(corpus)
    terminal.shows("Some 40 families")
    terminal.type("a")
    terminal.shows("note on")
    terminal.type("text:half a thought")
    terminal.shows("half a thought")

    subprocess.run(["pkill", f"-{signal}", "-f", f"summitreader --data-dir {corpus.parent}"], check=True)
    screen = terminal.shows(f"status {status}")
    assert "Some 40 families" not in screen
    terminal.type("text:typed after")
    terminal.shows("typed after")

    again = running(corpus)
    again.shows("Some 40 families")
    again.type("a")
    again.shows("half a thought")


def test_a_folder_that_is_not_there_is_said_in_a_sentence(running: Running, corpus: Path) -> None:
    terminal = running(corpus / "nowhere")
    screen = terminal.shows("status 1")
    assert "No such file or folder" in screen


def test_a_terminal_without_colour_is_told_everything_by_glyphs_and_weight(running: Running, corpus: Path) -> None:
    terminal = running(corpus, before="NO_COLOR=1")
    terminal.shows("Some 40 families")
    terminal.shows("In all 2 sources")


def test_when_the_terminal_vanishes_the_program_ends_too(running: Running, corpus: Path) -> None:
    terminal = running(corpus)
    terminal.shows("Some 40 families")
    terminal.close()
    end = time.monotonic() + 60
    while subprocess.run(["pgrep", "-f", f"summitreader --data-dir {corpus.parent}"], check=False).returncode == 0:
        assert time.monotonic() < end, "the program is still there"
        time.sleep(0.1)
