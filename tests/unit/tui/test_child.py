"""What `tui.child` promises: a copy of the process answers, sees the end of the requests, and can be ended."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import pytest

from summitreader.tui.child import Served, copy_or_program

_ECHO = [sys.executable, "-c", "import sys; print(sys.stdin.readline().strip())"]
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a program is started elsewhere")


class _Asked:
    """A child, and what it answers to a line."""

    def __init__(self, serve: Served) -> None:
        self.child = copy_or_program(serve, _ECHO)
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        self.requests, self.answers = self.child.stdin, self.child.stdout

    def ask(self, line: bytes) -> bytes:
        self.requests.write(line + b"\n")
        self.requests.flush()
        return self.answers.readline().strip()


@contextmanager
def _serving(serve: Served) -> Iterator[_Asked]:
    asked = _Asked(serve)
    try:
        yield asked
    finally:
        asked.child.kill()
        asked.child.wait()
        asked.requests.close()
        asked.answers.close()


def _tells_its_process(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    for line in incoming:
        outgoing.write(b"%d %d " % (os.getpid(), os.getppid()) + line)
        outgoing.flush()


def test_a_copy_answers_from_another_process_and_ends_with_the_requests() -> None:
    with _serving(_tells_its_process) as asked:
        own, parent, said = asked.ask(b"here").split()
        assert (int(own) != os.getpid(), int(parent), said) == (True, os.getpid(), b"here")
        asked.requests.close()
        assert (asked.child.wait(), asked.child.poll()) == (0, 0)


def test_a_copy_can_be_killed_and_is_not_left_behind() -> None:
    with _serving(_tells_its_process) as asked:
        assert asked.child.poll() is None
        asked.child.kill()
        assert asked.child.wait() < 0


def test_what_fails_in_a_copy_is_told_by_its_status_alone() -> None:
    def fail(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        raise ValueError("this must not go on as the program that was copied")

    with _serving(fail) as asked:
        assert asked.child.wait() == 1


def test_where_other_threads_run_a_program_is_started_instead() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        with _serving(_tells_its_process) as asked:
            assert asked.ask(b"here") == b"here"
    finally:
        done.set()
        other.join()
