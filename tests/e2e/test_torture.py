"""A hand that presses anything on a real terminal, in short; benchmarks/terminal_session.py does the same for hours."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.unit.notes.test_hardship import benchmark
from tests.unit.test_processes import NAMES, WORDS

pytestmark = pytest.mark.terminal


@pytest.fixture(scope="module")
def trials() -> Any:
    return benchmark("terminal_session")


def test_no_keys_end_or_hold_the_reader(trials: Any) -> None:
    assert trials.keys(1, 7, 150) == []


def test_a_kill_loses_no_note_and_leaves_no_draft_over_one(trials: Any) -> None:
    assert trials.kills(4, 1) == []


def test_a_sabotage_under_a_reader_loses_no_note(trials: Any) -> None:
    assert trials.sabotage(2, 1) == []


def test_no_bytes_of_a_keyboard_end_the_reader(tmp_path: Path, trials: Any) -> None:
    reader = trials.Reader(tmp_path).shows_text()
    for sent in trials.ODD_BYTES:
        assert reader.send(sent) == []
        time.sleep(0.1)
    reader.send(b"\x1b[200~a paste without an end")
    assert reader.leave() == []


def _descendants(pid: int) -> list[str]:
    """The commands of the processes below `pid`."""
    below = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    own = [Path(f"/proc/{one}/cmdline").read_text() for one in below]
    return own + [command for one in below for command in _descendants(one)]


def test_it_is_left_at_once_while_a_changed_file_is_read(tmp_path: Path, trials: Any) -> None:
    page = tmp_path / "stories" / "bridge" / "page.html"
    trials.write_corpus(tmp_path / "stories")
    page.write_text("<title>Page</title><p>The ferry will stop in the spring.</p>")
    reader = trials.Reader(tmp_path).shows_text()
    time.sleep(3)  # until it knows how the files are
    page.write_text(
        "<title>Page</title><p>The ferry will stop in the spring.</p>"
        + "<p>Many <b>more</b> words of it.</p>" * 100_000
    )
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if any("isolation" in command for command in _descendants(reader.terminal.pid)):
            break
        time.sleep(0.05)
    assert reader.leave() == []


def test_the_reader_imports_nothing_from_where_it_is(
    tmp_path: Path, trials: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module of every name that is imported is in the folder that is read and started in, and in home and data."""
    ran, folder = tmp_path / "ran", tmp_path / "corpus"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write({name!r} + ' ')\n")
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(WORDS)
    monkeypatch.chdir(folder)
    program = str(Path(sys.executable).with_name("summitreader"))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    terminal = trials.Terminal([program, "--data-dir", str(folder), "a.txt", "b.txt"], (100, 30), HOME=str(folder))
    assert terminal.until("ferry") is not None
    for keys in ("x", "anote\r", "/ferry\r", "\x1b", "6"):
        terminal.type(keys)
    (folder / "b.txt").write_text(WORDS + " It is the third this year.")
    terminal.settle(1.5)
    terminal.type("\x11")
    assert terminal.close() == 0
    assert not ran.exists(), ran.read_text()
