"""From the command line to the running reader, with everything slow begun before Textual is even loaded."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from summitreader.config.places import Places, places
from summitreader.config.settings import read
from summitreader.config.state import State
from summitreader.errors import SummitreaderError
from summitreader.sources.model import Corpus, LoadRequest, Skipped, Stories
from summitreader.tui.workers import Background, Progress

if TYPE_CHECKING:
    from summitreader.text import Source

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
    begun: int = field(default_factory=time.time_ns)
    """When the reading began, in nanoseconds."""

    def start(self) -> None:
        threading.Thread(target=self._load, daemon=True).start()

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
                reason = f"reading was stopped at {round(100 * self.share)} %; start again to read the rest."
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


def sample_corpus() -> Path:
    """The folder that opens when nothing is named: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "sample_corpus"
    return inside if inside.is_dir() else package.parent.parent / "sample_corpus"


def run(paths: Sequence[Path], data_dir: Path | None = None) -> int:
    """Open the reader on `paths`, else on what was read last, else on the sample corpus; its exit status."""
    where: Places = places(data_dir)
    state = State(where.state)
    settings = read(where.settings)
    chosen = list(paths) or state.last_read() or [sample_corpus()]
    for path in chosen:
        if not path.exists():
            raise SummitreaderError(f"No such file or folder: {path}")
    gc.disable()  # until the first screen stands: what is made until then is there to stay
    background = Background(cache=where.cache / "compare", kinds=settings.settings.kinds)
    last = state.reading(chosen)
    loading = Loading(chosen, background, LoadRequest(last.story, tuple(last.sources)))
    loading.start()
    try:
        from summitreader.tui.app import SummitApp

        app = SummitApp(loading, background, where, state, settings, first_start=not state.has_started)
        status = app.run()
    finally:
        background.stop()
    if loading.failure:
        print(f"summitreader: {loading.failure}", file=sys.stderr)
        return 1
    return app.return_code or status or 0
