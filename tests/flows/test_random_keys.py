"""Hundreds of keys, clicks and sizes at random: nothing crashes, no screen is ever broken, no note is lost.

The hand, the laws and the ledger of notes are those of benchmarks/random_session.py, which does the same ten thousand
times over.
"""

from __future__ import annotations

import importlib.util
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from summitreader.config.places import places
from summitreader.text import Source
from summitreader.tui.reader import copy as copy_commands

SESSION = Path(__file__).parents[2] / "benchmarks" / "random_session.py"
KEYS = 110
"""Of each sitting; two sittings on one data folder are a session, under each of the settings in turn."""


def _loaded() -> Any:
    spec = importlib.util.spec_from_file_location("random_session", SESSION)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hand = _loaded()
broken: Callable[[Pilot[int]], list[str]] = hand.broken
"""What on the screen is not as it must be."""


@pytest.mark.parametrize("seed", range(4))
async def test_no_keys_break_the_screen_or_lose_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(copy_commands, "tools", lambda environment: ())  # nobody's clipboard is touched
    monkeypatch.chdir(tmp_path)
    dice, ledger = random.Random(seed), hand.Ledger()
    folder, data = hand.corpus(tmp_path / "stories"), tmp_path / "data"
    settings = places(data).settings
    settings.mkdir(parents=True)
    (settings / "settings.toml").write_text(hand.SETTINGS[seed % len(hand.SETTINGS)], encoding="utf-8")
    with ledger.keeping():
        for _ in range(2):
            assert await hand.sitting(folder, data, dice, KEYS, 5, Counter()) == []
            assert ledger.wrong(places(data).data) == []


def test_the_ledger_tells_of_a_note_that_is_lost_changed_or_brought_back(tmp_path: Path) -> None:
    source = Source.from_text("One sentence. Another.", id="a")
    ledger = hand.Ledger()
    with ledger.keeping(), hand.Store.open(tmp_path) as store:
        kept = store.add([(source, 0, 13)], "first")
        gone = store.add([(source, 14, 22)], "second")
        store.remove(gone.id)
        assert ledger.wrong(tmp_path) == []
        store.undo()
        assert set(ledger.now) == {kept.id, gone.id}
        store.redo()
    with hand.Store.open(tmp_path) as store:  # behind the back of the ledger
        store.edit(kept.id, note="another")
        store.undo()
        store.undo()
    assert [words.split(" is ")[0] for words in ledger.wrong(tmp_path)] == [gone.id]
    with hand.Store.open(tmp_path) as store:
        store.remove(kept.id)
    assert any("was acknowledged and is gone" in words for words in ledger.wrong(tmp_path))
