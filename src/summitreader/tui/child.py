"""A child process that answers on pipes: a program of its own, or, before anything else is loaded, a copy of this one.

A copy has all that this process has loaded, and begins to work at once; it is only made while no other thread runs and
no terminal is being drawn on, thus at the start. Where a copy is not safe, a program is started instead.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import IO, Protocol

from summitreader.processes import INSTALLED, child_environment

Served = Callable[[IO[bytes], IO[bytes]], None]
"""Answers what comes in on the first stream on the second, until the first ends."""


class Child(Protocol):
    """A process that is asked on `stdin` and answers on `stdout`."""

    @property
    def stdin(self) -> IO[bytes] | None: ...

    @property
    def stdout(self) -> IO[bytes] | None: ...

    def poll(self) -> int | None:
        """None as long as it lives."""

    def kill(self) -> None: ...

    def wait(self) -> int: ...


def program(command: Sequence[str]) -> Child:
    """A program of its own, which says nothing on the terminal, and runs in the folder that it is installed in."""
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=INSTALLED,
        env=child_environment(),
    )


def copy_or_program(serve: Served, command: Sequence[str]) -> Child:
    """A copy of this process that runs `serve` and ends, where that is safe, else the program `command`."""
    safe = sys.platform.startswith("linux") and threading.active_count() == 1
    return _Copy(serve) if safe else program(command)


class _Copy:
    """A forked process. It never returns into what called it, and runs nothing that was kept for the program's end."""

    def __init__(self, serve: Served) -> None:
        incoming, to_child = os.pipe()
        from_child, outgoing = os.pipe()
        self._lock = threading.Lock()
        self._status: int | None = None
        self._pid = os.fork()
        if not self._pid:
            _be_the_copy(serve, incoming, outgoing, (to_child, from_child))
        os.close(incoming)
        os.close(outgoing)
        self.stdin: IO[bytes] | None = os.fdopen(to_child, "wb")
        self.stdout: IO[bytes] | None = os.fdopen(from_child, "rb")

    def poll(self) -> int | None:
        return self._reap(os.WNOHANG)

    def kill(self) -> None:
        with self._lock:
            if self._status is None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> int:
        status = self._reap(0)
        return 0 if status is None else status

    def _reap(self, how: int) -> int | None:
        with self._lock:
            if self._status is None:
                try:
                    ended, status = os.waitpid(self._pid, how)
                except ChildProcessError:
                    self._status = 0
                else:
                    self._status = os.waitstatus_to_exitcode(status) if ended else None
            return self._status


def _be_the_copy(serve: Served, incoming: int, outgoing: int, others: Sequence[int]) -> None:
    status = 1
    try:
        for number in others:  # else the end of the requests would never be seen
            os.close(number)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        gc.enable()
        with os.fdopen(incoming, "rb") as requests, os.fdopen(outgoing, "wb") as answers:
            serve(requests, answers)
        status = 0
    except (BrokenPipeError, KeyboardInterrupt):
        status = 0
    finally:
        os._exit(status)
