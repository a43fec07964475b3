"""Decisions survive a restart, undo, a kill, a lost file, and several processes at once."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from summitreader.export.interchange import jsonl
from summitreader.notes.errors import StoreReadOnly
from summitreader.notes.files import FILE as STORE
from summitreader.notes.files import MIRROR
from summitreader.notes.importers import read_annotations
from summitreader.notes.model import Verdict, key_of
from summitreader.notes.store import Store
from summitreader.text import Source

ANOTHER = """
import sys
from pathlib import Path
from summitreader.notes.model import Verdict
from summitreader.notes.store import Store
store = Store.open(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    store.decide(sys.argv[2] + str(n), Verdict.RIGHT, "number", ["1", "2"])
    print(n, flush=True)
"""


def held(folder: Path) -> dict[str, Verdict]:
    with Store.open(folder) as store:
        return {key: decision.verdict for key, decision in store.decisions().items()}


def decide(folder: Path, *decisions: tuple[str, Verdict | None]) -> None:
    with Store.open(folder) as store:
        for key, verdict in decisions:
            store.decide(key, verdict, "number", ["300", "500"])


def old_line(key: str, verdict: str | None) -> str:
    known = {"at": "2026-01-01T00:00:00.000Z", "key": key, "kind": "number", "verdict": verdict, "words": ["1", "2"]}
    return json.dumps(known) + "\n"


def test_a_decision_holds_at_the_next_start_and_none_takes_it_back(tmp_path: Path) -> None:
    for verdict in (Verdict.DISMISSED, Verdict.RIGHT, None):
        decide(tmp_path, ("k", verdict))
        assert held(tmp_path) == ({} if verdict is None else {"k": verdict})


def test_undo_and_redo_reach_behind_a_restart_and_say_what_was_decided(tmp_path: Path) -> None:
    decide(tmp_path, ("k", Verdict.RIGHT), ("k", Verdict.DISMISSED))
    with Store.open(tmp_path) as store:
        assert store.undo() == "Undone: dismissal, number: “300 … 500”."
    assert held(tmp_path) == {"k": Verdict.RIGHT}
    with Store.open(tmp_path) as store:
        assert store.undo() == "Undone: confirmation, number: “300 … 500”."
        assert store.undo() is None
        assert store.decisions() == {}
        assert store.redo() == "Redone: confirmation, number: “300 … 500”."
    assert held(tmp_path) == {"k": Verdict.RIGHT}


def test_decisions_and_notes_are_undone_in_the_order_in_which_they_were_made(tmp_path: Path) -> None:
    source = Source.from_text("The bridge opened on Monday.", id="a")
    with Store.open(tmp_path) as store:
        store.decide("first", Verdict.RIGHT, "number", [])
        store.add([(source, 4, 10)], "seen")
        store.decide("last", Verdict.RIGHT, "number", [])
        store.undo()
        assert (set(store.decisions()), len(store.all())) == ({"first"}, 1)
        store.undo()
        assert (set(store.decisions()), len(store.all())) == ({"first"}, 0)


def test_the_same_decision_again_is_no_step_of_the_history(tmp_path: Path) -> None:
    decide(tmp_path, ("k", Verdict.RIGHT), ("k", Verdict.RIGHT), ("other", None))
    with Store.open(tmp_path) as store:
        assert store.undo() is not None
        assert store.undo() is None


def test_the_key_is_of_the_words_and_not_of_their_order_or_white_space() -> None:
    assert key_of("number", ["11 years", "12\nyears"]) == key_of("number", ["12 years", "11  years"])
    assert key_of("number", ["11 years", "12 years"]) != key_of("date", ["11 years", "12 years"])
    assert key_of("number", ["11", "12"]) != key_of("number", ["1112"])


def test_any_words_at_all_can_be_decided_on(tmp_path: Path) -> None:
    words = ["‘\ud800’", "\x1b[2J", "a\x00b"]
    with Store.open(tmp_path) as store:
        store.decide("k", Verdict.DISMISSED, "number", words)
    with Store.open(tmp_path) as store:
        assert store.decisions()["k"].words == tuple(words)


# In the same hands as the notes


def test_what_two_processes_decide_at_once_is_all_kept_and_seen(tmp_path: Path) -> None:
    with Store.open(tmp_path) as mine:
        command = [sys.executable, "-c", ANOTHER, str(tmp_path)]
        others = [subprocess.Popen([*command, name, "15"], stdout=subprocess.DEVNULL) for name in "ab"]
        assert [other.wait() for other in others] == [0, 0]
        assert set(mine.decisions()) == {f"{name}{n}" for name in "ab" for n in range(15)}


def test_what_was_acknowledged_before_a_kill_is_there_after_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ANOTHER, str(tmp_path), "k", "10000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        said = [int(next(other.stdout)) for _ in range(8)]
        other.send_signal(signal.SIGKILL)
        said += [int(line) for line in other.stdout.read().split()]
    assert {f"k{n}" for n in said} <= set(held(tmp_path))


def test_a_lost_store_has_its_decisions_again_from_the_mirror(tmp_path: Path) -> None:
    decide(tmp_path, ("right", Verdict.RIGHT), ("gone", Verdict.DISMISSED), ("gone", None))
    for name in (STORE, f"{STORE}-wal", f"{STORE}-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    assert (tmp_path / MIRROR).exists()
    assert held(tmp_path) == {"right": Verdict.RIGHT}


def test_where_the_history_is_lost_decisions_are_saved_from_their_rows(tmp_path: Path) -> None:
    decide(tmp_path, ("right", Verdict.RIGHT), ("wrong", Verdict.DISMISSED))
    db = sqlite3.connect(tmp_path / STORE)
    db.execute("UPDATE event SET sum = sum + 1")
    db.execute("UPDATE decision SET sum = sum + 1 WHERE key = 'wrong'")
    db.commit()
    db.close()
    (tmp_path / MIRROR).unlink()
    with Store.open(tmp_path) as store:
        assert {key: d.verdict for key, d in store.decisions().items()} == {"right": Verdict.RIGHT}
        assert any("made anew" in notice for notice in store.notices)


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_taken_for_decided(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with Store.open(tmp_path / "file") as store:
        with pytest.raises(StoreReadOnly, match="--data-dir"):
            store.decide("k", Verdict.RIGHT, "number", [])
        assert store.decisions() == {}


# Out and in again


def test_decisions_go_out_as_lines_and_come_in_elsewhere_as_one_step_and_what_is_newer_stays(tmp_path: Path) -> None:
    words = ["300", "500"]
    keys = [key_of(kind, words) for kind in ("number", "name", "date")]
    with Store.open(tmp_path / "a") as store:
        for key, kind in zip(keys[:2], ("number", "name"), strict=True):
            store.decide(key, Verdict.DISMISSED, kind, words)
        lines = jsonl(store.all(), store.snapshot, store.decisions().values())
    with Store.open(tmp_path / "b") as store:
        store.decide(keys[0], Verdict.RIGHT, "number", words)
        incoming = read_annotations(lines.encode("ascii"))
        assert incoming.refused == ()
        store.bring_in(incoming.documents, incoming.texts, incoming.decisions)
        verdicts = {key: decision.verdict for key, decision in store.decisions().items()}
        assert verdicts == {keys[0]: Verdict.RIGHT, keys[1]: Verdict.DISMISSED}
        assert store.undo() == "Undone: import of 0 annotations and 1 decision."
        assert set(store.decisions()) == {keys[0]}
    with Store.open(tmp_path / "c") as store:
        store.bring_in(incoming.documents, incoming.texts, incoming.decisions)
        assert jsonl(store.all(), store.snapshot, store.decisions().values()) == lines


def test_a_decision_that_is_not_on_the_words_that_it_names_is_refused(tmp_path: Path) -> None:
    line = json.dumps({"decision": json.loads(old_line("k", "right"))})
    incoming = read_annotations(f'{{"schema":"summitreader.annotations/1"}}\n{line}\n'.encode())
    assert incoming.decisions == ()
    assert incoming.refused == ("line 2: the decision is not on the words that it names.",)
