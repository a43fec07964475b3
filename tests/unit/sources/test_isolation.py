"""One file that is slow, greedy or deadly is named, and the others are read all the same."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from summitreader import Corpus
from summitreader.errors import Cancelled
from summitreader.sources import isolation
from summitreader.sources.isolation import MEGABYTE, MEMORY, SECONDS, limits
from summitreader.sources.model import UnreadableFile

HERE = "tests.unit.sources.test_isolation"
posix = pytest.mark.skipif(os.name != "posix", reason="needs timers and limits of memory")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a limit of memory")


# What the worker runs: it finds this module by its path, as a reader of an installed package.


def numbers(*values: int) -> Iterator[int]:
    yield from values


def spin(seconds: float) -> Iterator[int]:
    yield 1
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    yield 2


def spin_in_c() -> Iterator[int]:
    import re

    yield len(re.findall(r"(a|aa)+$", "a" * 60 + "b"))


def grow(megabytes: int) -> Iterator[int]:
    yield len(b"x" * (megabytes * MEGABYTE))


def die() -> Iterator[int]:
    yield 1
    os.kill(os.getpid(), signal.SIGKILL)


def sleep() -> Iterator[int]:
    time.sleep(60)
    yield 1


@pytest.fixture(autouse=True)
def worker_that_finds_this_module(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[3]))
    isolation._stop_all()
    yield
    isolation._stop_all()


def test_what_a_function_yields_comes_in_order_and_the_worker_is_used_again() -> None:
    assert list(isolation.run(f"{HERE}:numbers", 3, 1, 2, size=10)) == [3, 1, 2]
    [worker] = isolation._idle
    assert list(isolation.run(f"{HERE}:numbers", 4, size=10)) == [4]
    assert isolation._idle == [worker]


@posix
@pytest.mark.parametrize("what", ["spin", "spin_in_c"])
def test_what_takes_too_long_is_ended_wherever_it_is(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "SECONDS", 0.5)
    arguments = (30,) if what == "spin" else ()
    begun = time.monotonic()
    with pytest.raises(UnreadableFile, match="seconds"):
        list(isolation.run(f"{HERE}:{what}", *arguments, size=10))
    assert time.monotonic() - begun < 25
    assert list(isolation.run(f"{HERE}:numbers", 5, size=10)) == [5]


@posix
def test_what_stays_below_the_limit_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "SECONDS", 2.0)
    assert list(isolation.run(f"{HERE}:spin", 1.5, size=10)) == [1, 2]


@linux
def test_memory_has_a_limit_on_both_sides() -> None:
    below, above = MEMORY // MEGABYTE - 100, MEMORY // MEGABYTE + 1
    assert list(isolation.run(f"{HERE}:grow", below, size=10)) == [below * MEGABYTE]
    with pytest.raises(UnreadableFile, match="512 MB of memory"):
        list(isolation.run(f"{HERE}:grow", above, size=10))
    assert list(isolation.run(f"{HERE}:numbers", 6, size=10)) == [6]


@posix
def test_a_reader_that_ends_its_process_is_an_unreadable_file() -> None:
    found = []
    with pytest.raises(UnreadableFile, match="unexpectedly"):
        for one in isolation.run(f"{HERE}:die", size=10):
            found.append(one)
    assert found == [1]


def test_waiting_can_stop_it() -> None:
    def stop() -> None:
        raise Cancelled("enough")

    with pytest.raises(Cancelled):
        list(isolation.run(f"{HERE}:sleep", size=10, waiting=stop))
    assert not isolation._idle


def test_limits_grow_with_the_size_above_a_megabyte_only() -> None:
    assert limits(0) == limits(MEGABYTE) == (SECONDS, MEMORY)
    seconds, memory = limits(3 * MEGABYTE)
    assert seconds == 3 * SECONDS and memory == MEMORY + 48 * MEGABYTE


@posix
def test_one_file_that_cannot_be_read_in_time_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader of an installed package, found by its entry point, never ends."""
    site = tmp_path / "site"
    info = site / "endless-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: endless\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[summitreader.readers]\n.loop = endless:read\n")
    (site / "endless.py").write_text("def read(data, name):\n    while True:\n        pass\n    yield\n")
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.setattr(isolation, "SECONDS", 0.5)
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("The ferry sank off Kestrel Sound on Sunday.")
    (folder / "b.loop").write_text("x" * 100_000)
    (folder / "c.json").write_text('{"text": "The coastguard said forty people were on board."}')
    corpus = Corpus.load(folder)
    assert [source.id for source in corpus.sources] == ["a.txt", "c.json"]
    [skipped] = corpus.skipped
    assert skipped.path == "b.loop" and "seconds" in skipped.reason
