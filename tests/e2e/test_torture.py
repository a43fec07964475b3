"""A hand that presses anything on a real terminal, in short; benchmarks/terminal_session.py does the same for hours."""

from __future__ import annotations

import sys
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
