"""A comparison in a process of its own, so that whoever asked for it never waits and can stop it at any time.

The child is `python -m summitreader.compare.process`. It reads one pickled tuple of sources from its standard input
and answers with pickled frames on its standard output: `("progress", share, doing)`, `("report", Report)`, fuller each
time and without its sources, and at last `("done",)` or `("failed", sentence)`.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from summitreader.compare.model import Report
from summitreader.text import Source

_BETWEEN_PROGRESS = 0.1
"""Seconds at least between two frames of progress."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The share done, 0 to 1, and what is being done, in two or three words."""

    share: float
    doing: str


@dataclass(frozen=True, slots=True)
class Failure:
    """The comparison could not be done; why, in a sentence."""

    reason: str


class ComparisonProcess:
    """Starts at once and waits for its sources, so that starting it early costs the caller nothing later."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "summitreader.compare.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def compare(self, sources: Sequence[Source]) -> Iterator[Progress | Report | Failure]:
        """What the child says, as it says it. Blocks between items; ends early, and in silence, after `stop`."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        try:
            pickle.dump(tuple(sources), self._child.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            self._child.stdin.close()
            while True:
                frame = pickle.load(self._child.stdout)
                if frame[0] == "progress":
                    yield Progress(frame[1], frame[2])
                elif frame[0] == "report":
                    yield replace(frame[1], sources=tuple(sources))
                elif frame[0] == "failed":
                    yield Failure(frame[1])
                    return
                else:
                    return
        except (EOFError, BrokenPipeError, ValueError, pickle.UnpicklingError):
            if self._child.wait() > 0:
                yield Failure("The comparison ended unexpectedly; what was found before stays.")
        finally:
            self.stop()

    def stop(self) -> None:
        """End the child, whatever it is doing."""
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None and not pipe.closed:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


def _serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    from summitreader.compare.engine import stages

    def send(*frame: Any) -> None:
        pickle.dump(frame, outgoing, protocol=pickle.HIGHEST_PROTOCOL)
        outgoing.flush()

    last = 0.0

    def progress(share: float, doing: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _BETWEEN_PROGRESS:
            last = now
            send("progress", share, doing)

    try:
        sources = pickle.load(incoming)
    except EOFError:
        return
    try:
        for report in stages(sources, progress=progress):
            send("report", replace(report, sources=()))
        send("done")
    except MemoryError:
        send("failed", "There is not enough memory to compare these sources.")
    except Exception as error:
        send("failed", f"The comparison failed: {type(error).__name__}: {error}")


def main() -> None:
    try:
        _serve(sys.stdin.buffer, sys.stdout.buffer)
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)


if __name__ == "__main__":
    main()
