"""What was decided holds: over a restart, over shifted texts, over a torn line, and for several processes at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from summitreader.notes.decisions import FILE, Decisions, DecisionsError, Verdict, key_of

ANOTHER = """
import sys
from pathlib import Path
from summitreader.notes.decisions import Decisions, Verdict
decisions = Decisions.open(Path(sys.argv[1]))
for n in range(20):
    decisions.decide(sys.argv[2] + str(n), Verdict.RIGHT, "number", ["1", "2"])
"""


def test_a_decision_holds_at_the_next_start(tmp_path: Path) -> None:
    key = key_of("number", ["300", "500"])
    Decisions.open(tmp_path).decide(key, Verdict.DISMISSED, "number", ["300", "500"])
    assert Decisions.open(tmp_path).verdict(key) is Verdict.DISMISSED


def test_the_last_decision_holds_and_none_takes_it_back(tmp_path: Path) -> None:
    decisions = Decisions.open(tmp_path)
    for verdict in (Verdict.DISMISSED, Verdict.RIGHT, None):
        decisions.decide("k", verdict, "number", [])
        assert Decisions.open(tmp_path).verdict("k") is verdict


def test_undo_goes_back_through_all_decisions_of_this_session(tmp_path: Path) -> None:
    Decisions.open(tmp_path).decide("k", Verdict.RIGHT, "number", [])
    decisions = Decisions.open(tmp_path)
    decisions.decide("k", Verdict.DISMISSED, "number", [])
    decisions.decide("other", Verdict.DISMISSED, "number", [])
    assert decisions.undo() is not None
    assert decisions.verdict("other") is None
    assert decisions.undo() is not None
    assert Decisions.open(tmp_path).verdict("k") is Verdict.RIGHT
    assert decisions.undo() is None


def test_the_key_is_of_the_words_and_not_of_their_order_or_white_space() -> None:
    assert key_of("number", ["11 years", "12\nyears"]) == key_of("number", ["12 years", "11  years"])
    assert key_of("number", ["11 years", "12 years"]) != key_of("date", ["11 years", "12 years"])
    assert key_of("number", ["11", "12"]) != key_of("number", ["1112"])


@pytest.mark.parametrize("torn", [b'{"key": "k", "verd', b"\xff\xfe\n", b"[]\n", b'{"key": 1}\n', b"null\n"])
def test_a_line_that_says_nothing_costs_that_line_alone(tmp_path: Path, torn: bytes) -> None:
    Decisions.open(tmp_path).decide("before", Verdict.RIGHT, "number", [])
    with (tmp_path / FILE).open("ab") as file:
        file.write(torn)
    decisions = Decisions.open(tmp_path)
    decisions.decide("after", Verdict.DISMISSED, "number", ["‘\ud800’"])
    again = Decisions.open(tmp_path)
    assert again.verdict("before") is Verdict.RIGHT
    assert again.verdict("after") is Verdict.DISMISSED


def test_what_another_process_decides_is_seen_and_nothing_is_lost(tmp_path: Path) -> None:
    mine = Decisions.open(tmp_path)
    others = [subprocess.Popen([sys.executable, "-c", ANOTHER, str(tmp_path), name]) for name in "ab"]
    assert [other.wait() for other in others] == [0, 0]
    assert mine.refresh()
    assert all(mine.verdict(f"{name}{n}") is Verdict.RIGHT for name in "ab" for n in range(20))


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_taken_for_decided(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    decisions = Decisions(tmp_path / "file" / FILE)
    with pytest.raises(DecisionsError, match="--data-dir"):
        decisions.decide("k", Verdict.RIGHT, "number", [])
    assert decisions.verdict("k") is None
