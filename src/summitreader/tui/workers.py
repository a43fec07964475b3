"""A process of its own that loads and compares, so that the interface never waits and anything slow can be stopped.

The child is `python -P -m summitreader.tui.workers`, which never loads Textual. Requests go to its standard input and
answers come from its standard output, pickled one by one:

    ("load", (paths, LoadRequest)) → ("progress", share, doing)…, ("root", Path), ("arrival", Arrival)…,
                                    then ("sorted", Stories) or ("failed", sentence)
    ("sort", (root, sources, asked)) → ("sorted", Stories) or ("failed", sentence)
    ("compare", (sources, cache, kinds)) → ("progress", …)…, ("report", what is new in the Report)…, then
                                    ("done",) or ("failed", sentence)
    ("settle", (Report, Own, kinds)) → ("report", what is new in the Report), then ("done",) or ("failed", sentence)

Each request and each frame of its answer bear the request's number, so that what is left of an answer that nobody waits
for any more is never taken for the next one.

A source crosses once: one that the child itself read is asked for by its id. Of a report the fields cross that are
others than in the one before; None stands for the last report that the child has sent.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from summitreader.comparison.model import Report
from summitreader.errors import SummitreaderError
from summitreader.processes import INSTALLED, child_environment, module_command
from summitreader.sources.model import Arrival, Corpus, LoadRequest, OcrOptions, Skipped, Stories

if TYPE_CHECKING:
    from summitreader.comparison.own import Own
    from summitreader.text import Source


_FRAMES = {"Arrival": "arrival", "Stories": "sorted"}

_BETWEEN_PROGRESS = 0.25
"""Seconds at least between two frames of progress; each has the parent draw."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The share done, 0 to 1, and what is being done, in two or three words."""

    share: float
    doing: str


@dataclass(frozen=True, slots=True)
class Failure:
    """The work could not be done; why, in a sentence."""

    reason: str


def program(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A program of its own, which says nothing on the terminal, and runs in the folder that it is installed in."""
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=INSTALLED,
        env=child_environment(),
    )


class Background:
    """One child, which answers one request at a time. Start it early: it waits for its first request unheard.

    In the folder `cache`, if any, it keeps what it works out, so that a story that was opened before stands at once.
    """

    def __init__(
        self,
        cache: Path | None = None,
        kinds: Collection[str] | None = None,
        ocr: OcrOptions | None = None,
    ) -> None:
        """`kinds` are the kinds of divergence that are looked for; without it those that are on by default. `ocr` says
        how scans are read."""
        self._cache = cache
        self._kinds = kinds
        self.ocr = ocr or OcrOptions()
        self._child = program(module_command("summitreader.tui.workers"))
        self._stopped = False
        self._answering = threading.Lock()
        self._asked = 0
        self._read: dict[str, Source] = {}
        """The sources that the child read, which it still has, by id."""
        self._last: Report | None = None
        """The report that the child sent last, which it still has."""

    def load(
        self, paths: Sequence[Path], wanted: LoadRequest, progress: Callable[[Progress], None]
    ) -> Iterator[Path | Arrival | Stories]:
        """The corpus at one folder, or of several files, as it is read: see `summitreader.sources.loader`. Blocks
        between items; ends early, and in silence, after `stop`. Raises `SummitreaderError` where it cannot be read.
        """
        ended = False
        for frame in self._ask("load", ([path.absolute() for path in paths], wanted, self.ocr)):
            ended = frame[0] == "sorted"
            if frame[0] == "progress":
                progress(Progress(frame[1], frame[2]))
            elif frame[0] == "failed":
                raise SummitreaderError(frame[1])
            else:
                if frame[0] == "arrival":
                    self._read |= {one.id: one for _, one in frame[1].items if not isinstance(one, Skipped)}
                yield frame[1]
        if not ended and not self._stopped:
            raise SummitreaderError("Reading the sources ended unexpectedly.")

    def compare(self, sources: Sequence[Source], draft: str = "") -> Iterator[Progress | Report | Failure]:
        """What the comparison says, as it says it; the source with the id `draft` is checked against the others. Blocks
        between items; ends early, and in silence, after `stop`."""
        ended = False
        asked = tuple(source.id if self._read.get(source.id) is source else source for source in sources)
        report = Report(sources=tuple(sources))
        for frame in self._ask("compare", (asked, self._cache, self._kinds, draft)):
            ended = frame[0] in ("done", "failed")
            if frame[0] == "progress":
                yield Progress(frame[1], frame[2])
            elif frame[0] == "report":
                report = self._last = replace(report, **frame[1])
                yield report
            elif frame[0] == "failed":
                yield Failure(frame[1])
        if not ended and not self._stopped:
            yield Failure("The comparison ended unexpectedly. Results so far are shown.")

    def read_again(self, files: Sequence[tuple[Path, str, bool]]) -> dict[str, list[Source | Skipped]]:
        """What files hold now, by their names; of each its path, its name in the corpus, and whether it was asked for
        by name. Blocks.
        """
        for frame in self._ask("again", [(path.absolute(), name, asked, self.ocr) for path, name, asked in files]):
            if frame[0] == "read":
                found: dict[str, list[Source | Skipped]] = frame[1]
                return found
            if frame[0] == "failed":
                raise SummitreaderError(frame[1])
        raise SummitreaderError("Reading a changed file ended unexpectedly.")

    def sort(self, root: Path, sources: Sequence[Source], asked: bool) -> Stories:
        """The stories that sources fall into; `asked` where their files were named one by one. Blocks."""
        for frame in self._ask("sort", (root, tuple(sources), asked)):
            if frame[0] == "sorted":
                found: Stories = frame[1]
                return found
            if frame[0] == "failed":
                raise SummitreaderError(frame[1])
        raise SummitreaderError("Looking for stories ended unexpectedly.")

    def settle(self, report: Report, own: Own, draft: str = "") -> Report | None:
        """What follows from what the reader linked, cut and said of speakers; None where it could not be worked out."""
        settled = None
        for frame in self._ask("settle", (None if report is self._last else report, own, self._kinds, draft)):
            if frame[0] == "report":
                settled = replace(report, **frame[1])
        return settled

    def stop(self) -> None:
        """End the child, whatever it is doing."""
        self._stopped = True
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None and not pipe.closed:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def _ask(self, *request: Any) -> Iterator[tuple[Any, ...]]:
        """The frames that answer a request, the last one included; fewer where the child ended."""
        with self._answering:
            yield from self._answers(request)

    def _answers(self, request: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        try:
            self._asked += 1
            number = self._asked
            pickle.dump((number, *request), self._child.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            self._child.stdin.flush()
            while True:
                answered, *frame = pickle.load(self._child.stdout)
                if answered != number:
                    continue
                yield tuple(frame)
                if frame[0] in ("done", "failed", "sorted", "read"):
                    return
        except (EOFError, BrokenPipeError, ValueError, pickle.UnpicklingError):
            return


Story = tuple[str, tuple[str, ...]]
"""Its name and the ids of its sources."""


@dataclass
class Loading:
    """A corpus being read. From `ready` on a story can be shown and `corpus` is there, and grows; after `finished` it
    is whole, or `failure` says why it is not."""

    paths: list[Path]
    background: Background
    wanted: LoadRequest = field(default_factory=LoadRequest)
    ready: threading.Event = field(default_factory=threading.Event)
    finished: threading.Event = field(default_factory=threading.Event)
    corpus: Corpus | None = None
    first: str = ""
    """The name of the story that can be shown first."""
    failure: str = ""
    share: float = 0.0
    doing: str = "reading the sources"
    stopped: bool = False
    showing: Path | None = None
    """The file whose source is shown first, where one was just added."""
    draft: Path | None = None
    """The file that is checked against the others."""
    begun: int = field(default_factory=time.time_ns)
    """When the reading began, in nanoseconds."""

    def start(self) -> None:
        threading.Thread(target=self._load, daemon=True).start()

    def draft_in(self, sources: Iterable[Source]) -> str:
        """The id of the source that is the draft; empty where none is."""
        if self.draft is None or self.corpus is None:
            return ""
        root, own = self.corpus.root, self.draft.resolve()
        return next((s.id for s in sources if s.path and (root / s.path).resolve() == own), "")

    def stop(self) -> None:
        """Read no more: what was read stays, and what the rest would have been is said in the corpus."""
        self.stopped = True
        self.background.stop()

    def _load(self) -> None:
        root = Path()
        items: list[tuple[int, Source | Skipped]] = []
        stories: list[Story] = []
        try:
            for part in self.background.load(self.paths, self.wanted, self._progress):
                if isinstance(part, Path):
                    root = part
                elif isinstance(part, Stories):
                    self.corpus = _corpus(root, items, part.stories, part.found)
                else:
                    items += part.items
                    stories += [part.story] if part.story else []
                    self.corpus = _corpus(root, items, sorted(stories))
                    if part.story and not self.first:
                        self.first = part.story[0]
                        self.ready.set()
        except SummitreaderError as error:
            self.failure = str(error)
        finally:
            if self.stopped and self.corpus is not None:
                reason = f"reading stopped at {round(100 * self.share)} %; restart to read the rest."
                self.corpus = replace(self.corpus, skipped=(*self.corpus.skipped, Skipped(root.name, reason)))
            self.finished.set()
            self.ready.set()

    def _progress(self, progress: Progress) -> None:
        self.share, self.doing = progress.share, progress.doing


def _corpus(
    root: Path,
    items: list[tuple[int, Source | Skipped]],
    stories: Sequence[Story],
    found: Sequence[tuple[str, float]] = (),
) -> Corpus:
    """What came in, in the order of the files."""
    items.sort(key=lambda item: item[0])
    return Corpus(
        root,
        tuple(one for _, one in items if not isinstance(one, Skipped)),
        tuple(one for _, one in items if isinstance(one, Skipped)),
        tuple(stories),
        tuple(found),
    )


def _serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    number = 0

    def send(*frame: Any) -> None:
        pickle.dump((number, *frame), outgoing, protocol=pickle.HIGHEST_PROTOCOL)
        outgoing.flush()

    last = 0.0

    def progress(share: float, doing: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _BETWEEN_PROGRESS:
            last = now
            send("progress", share, doing)

    known = _Known()
    while True:
        # Loaded before the first request, in the time that the parent takes to start.
        from summitreader.sources import loader  # noqa: F401

        try:
            number, request, argument = pickle.load(incoming)
        except EOFError:
            return
        try:
            _answer(request, argument, known, send, progress)
        except MemoryError:
            send("failed", "Not enough memory for these sources.")
        except SummitreaderError as error:
            send("failed", str(error))
        except Exception as error:
            send("failed", f"{request} failed: {type(error).__name__}: {error}")


@dataclass
class _Known:
    """What the child has: the sources that it read, by id, and the report that it sent last."""

    sources: dict[str, Source] = field(default_factory=dict)
    report: Report | None = None


def _new_in(report: Report, before: Report) -> dict[str, object]:
    """The fields of `report` that are others than in `before`; never the sources, which the parent has."""
    pairs = ((f.name, getattr(report, f.name), getattr(before, f.name)) for f in fields(report) if f.name != "sources")
    return {name: value for name, value, old in pairs if value is not old and value != old}


def _answer(
    request: str, argument: Any, known: _Known, send: Callable[..., None], progress: Callable[[float, str], None]
) -> None:
    """Do what was asked for, and send what comes of it."""
    from summitreader.sources import loader

    if request == "load":
        paths, wanted, ocr = argument
        where = paths[0] if len(paths) == 1 else paths
        for part in loader.load_corpus(where, wanted, ocr=ocr, progress=progress):
            if isinstance(part, Arrival):
                known.sources |= {one.id: one for _, one in part.items if not isinstance(one, Skipped)}
            send(_FRAMES.get(type(part).__name__, "root"), part)
    elif request == "again":
        from summitreader.sources.loader import read_file_again

        send("read", {one[1]: read_file_again(*one) for one in argument})
    elif request == "sort":
        send("sorted", loader.regroup(*argument))
    elif request == "settle":
        from summitreader.comparison.own import settled

        given, own, kinds, draft = argument

        found = given if given is not None else known.report
        assert isinstance(found, Report)
        send("report", _new_in(_with_draft(settled(found, own, kinds=kinds), draft), found))
        send("done")
    else:
        from summitreader.comparison.encoders import installed_encoder
        from summitreader.comparison.engine import stages

        asked, cache, kinds, draft = argument
        sources = tuple(known.sources[one] if isinstance(one, str) else one for one in asked)
        known.report = Report(sources=sources)
        whole = known.report
        for whole in stages(sources, progress=progress, cache=cache, kinds=kinds, encoder=installed_encoder()):
            report = replace(whole, divergences=()) if draft else whole  # the draft's own are found below
            send("report", _new_in(report, known.report))
            known.report = report
        if draft:
            report = _with_draft(whole, draft)
            send("report", _new_in(report, known.report))
            known.report = report
        send("done")


def _with_draft(report: Report, draft: str) -> Report:
    from summitreader.checking import with_draft

    return with_draft(report, draft) if draft else report


def main() -> None:
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        _serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
