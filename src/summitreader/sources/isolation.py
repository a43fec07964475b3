"""Reading in a process of its own, with limits of time and memory: one file never stops or ends the others.

A worker runs one generator after another and sends what it yields. It is used for many files, and restarted only after
one that went over a limit or ended it. The time is processor time, so that a busy machine refuses nothing; the kernel
ends the worker (a timer signal and RLIMIT_AS), so that code which never returns to Python is ended too. Where the
system has neither (Windows), the caller's clock ends it and memory has no limit.

Requests and answers are pickled on the pipes of the worker:

    (function as "module:name", arguments, seconds, bytes)  →  ("one", value)…, then ("done",), ("failed", sentence),
                                                               or ("error", an exception of the program's own)
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from io import RawIOBase
from pathlib import Path
from typing import IO, Any

from summitreader.errors import SummitreaderError
from summitreader.processes import INSTALLED, child_environment, module_command
from summitreader.sources.model import UnreadableFile
from summitreader.text.gate import shown_line

MEGABYTE = 1024 * 1024
SECONDS = 5.0
"""Processor time for a file of up to a megabyte, and for each further megabyte."""

EXTRA_SECONDS = 10.0
"""More for each million characters of text that came of a file: an archive of many pages is slow for a good reason."""

MEMORY = 512 * MEGABYTE
"""Bytes that reading a file of up to a megabyte may add to the worker; 24 times what a larger one has above that."""

IDLE = 20.0
"""Seconds without a request after which a worker ends by itself."""

_WAIT = 0.1
_HAS_TIMER = hasattr(signal, "setitimer")
_ENDED_EARLY = "reading it ended unexpectedly."


def limits(size: int) -> tuple[float, int]:
    """Seconds and bytes that reading a file of `size` bytes may take."""
    above = max(0, size - MEGABYTE)
    return SECONDS + SECONDS * above / MEGABYTE, MEMORY + 24 * above


def run(
    function: str, *arguments: Any, size: int, patience: float = 0.0, waiting: Callable[[], None] = lambda: None
) -> Iterator[Any]:
    """What the generator `function` ("module:name") yields for `arguments`, run in a worker.

    `size` is the size in bytes of what it reads, `patience` the seconds of the clock that it may be silent, where that
    is more than usual. `waiting` is called about ten times a second, and ends the work by
    raising. Raises `UnreadableFile` where a limit is exceeded or the worker ends, and the program's own errors as the
    function raises them.
    """
    seconds, memory = limits(size)
    worker = _taken()
    try:
        yield from worker.answers((function, arguments, seconds, memory), seconds, patience, waiting)
    except BaseException:
        worker.stop()
        raise
    finally:
        _given_back(worker)


def prepare() -> None:
    """Start a worker, which loads while the caller does something else."""
    _given_back(_taken())


_idle: list[_Worker] = []
_lock = threading.Lock()


def _taken() -> _Worker:
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.runs_here():
                return worker
            worker.stop()
    return _Worker()


def _given_back(worker: _Worker) -> None:
    if worker.runs_here() and not worker.answering:
        with _lock:
            _idle.append(worker)
    else:
        worker.stop()


@atexit.register
def _stop_all() -> None:
    with _lock:
        while _idle:
            _idle.pop().stop()


class _Worker:
    """One child process, and a thread that takes its answers from the pipe."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            module_command("summitreader.sources.isolation"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=INSTALLED,
            env=child_environment(),
            start_new_session=True,  # Ctrl-C is the caller's to handle
        )
        self._made_by = os.getpid()
        self._frames: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self.answering = False
        threading.Thread(target=self._receive, daemon=True).start()

    def _receive(self) -> None:
        assert self._process.stdout is not None
        try:
            while True:
                self._frames.put(pickle.load(self._process.stdout))
        except Exception:  # the pipe ended, in the middle of an answer or between two
            self._frames.put(None)

    def runs_here(self) -> bool:
        """Whether it is alive, and a child of this process rather than of the one that this is a copy of."""
        return self._made_by == os.getpid() and self._process.poll() is None

    def stop(self) -> None:
        if self._made_by != os.getpid():
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()

    def answers(
        self, request: tuple[Any, ...], seconds: float, patience: float, waiting: Callable[[], None]
    ) -> Iterator[Any]:
        assert self._process.stdin is not None
        self.answering = True
        try:
            pickle.dump(request, self._process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except OSError:
            raise UnreadableFile(_ENDED_EARLY) from None
        patience = max(patience, 4 * seconds + 5 if _HAS_TIMER else seconds)
        last = time.monotonic()
        while True:
            try:
                frame = self._frames.get(timeout=_WAIT)
            except queue.Empty:
                waiting()
                if time.monotonic() - last > patience:
                    raise UnreadableFile(_too_slow(seconds)) from None
                continue
            last = time.monotonic()
            if frame is None:
                timed_out = self._process.wait() == -getattr(signal, "SIGPROF", 0)
                raise UnreadableFile(_too_slow(seconds) if timed_out and _HAS_TIMER else _ENDED_EARLY)
            if frame[0] == "one":
                yield frame[1]
                continue
            if frame[0] == "done":
                self.answering = False
                return
            if frame[0] == "error":
                self.answering = False
                raise frame[1]
            raise UnreadableFile(frame[1])


def reader_failed(error: Exception) -> UnreadableFile:
    """What to say of a file on which a reader raised something that no reader should raise."""
    return UnreadableFile(f"its reader failed ({type(error).__name__}: {shown_line(str(error))[:200]}).")


def _too_slow(seconds: float) -> str:
    return f"reading it takes more than {seconds:.0f} seconds."


def _serve(incoming: RawIOBase, outgoing: IO[bytes]) -> None:
    """In the worker: answer requests until the pipe ends or none comes for `IDLE` seconds."""
    from summitreader.sources import loader  # noqa: F401, loaded before the first request

    def send(*frame: Any) -> None:
        pickle.dump(frame, outgoing, protocol=pickle.HIGHEST_PROTOCOL)
        outgoing.flush()

    while _awaited(incoming):
        try:
            function, arguments, seconds, memory = pickle.load(incoming)
        except EOFError:
            return
        end = time.process_time() + seconds
        _limit_memory(memory)
        _limit_time(seconds)
        try:
            module, _, name = function.partition(":")
            for one in getattr(import_module(module), name)(*arguments):
                send("one", one)
                end += EXTRA_SECONDS * len(getattr(one, "text", "")) / 1_000_000 + getattr(one, "seconds", 0.0)
                _limit_time(max(0.001, end - time.process_time()))
            _limit_time(0)
            _limit_memory(None)
            send("done")
        except MemoryError:
            _limit_time(0)
            _limit_memory(None)
            send("failed", f"reading it takes more than {memory // MEGABYTE} MB of memory.")
            return  # what it left in memory is not worth keeping
        except (UnreadableFile, SummitreaderError) as error:
            _limit_time(0)
            _limit_memory(None)
            send("error", type(error)(str(error)))
        except Exception as error:
            _limit_time(0)
            _limit_memory(None)
            if "memory" in f"{type(error).__name__} {error}".lower():  # as libraries written in C say it
                send("failed", f"reading it takes more than {memory // MEGABYTE} MB of memory.")
                return
            send("error", reader_failed(error))


def _awaited(incoming: RawIOBase) -> bool:
    """Whether a request comes, or the pipe ends, within `IDLE` seconds."""
    if os.name != "posix":
        return True
    import select

    return bool(select.select([incoming], [], [], IDLE)[0])


def _limit_time(seconds: float) -> None:
    """Have the kernel end this process after so many seconds of processor time; 0 takes the limit off."""
    if _HAS_TIMER:
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory(more: int | None) -> None:
    """Let this process have `more` bytes of memory above what it has now; None takes the limit off."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = hard
        if more is not None:
            limit = int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize() + more
            limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ImportError, OSError, ValueError):  # no such limit on this system
        return


def main() -> None:
    requests, answers = os.fdopen(0, "rb", buffering=0), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints gets among the answers
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        _serve(requests, answers)


if __name__ == "__main__":
    main()
