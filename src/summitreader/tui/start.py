"""From the command line to the running reader, with everything slow begun before Textual is even loaded."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from summitreader.config.places import Places, places
from summitreader.config.settings import read
from summitreader.config.state import State
from summitreader.errors import SummitreaderError
from summitreader.tui.background import Background

if TYPE_CHECKING:
    from summitreader.sources import Corpus


@dataclass
class Loading:
    """A corpus being loaded. After `finished` is set, either `corpus` or `failure` is there."""

    paths: list[Path]
    background: Background
    finished: threading.Event = field(default_factory=threading.Event)
    corpus: Corpus | None = None
    failure: str = ""
    share: float = 0.0

    def start(self) -> None:
        threading.Thread(target=self._load, daemon=True).start()

    def _load(self) -> None:
        try:
            self.corpus = self.background.load(self.paths, self._progress)
        except SummitreaderError as error:
            self.failure = str(error)
        finally:
            self.finished.set()

    def _progress(self, share: float) -> None:
        self.share = share


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
            raise SummitreaderError(f"there is nothing at {path}.")
    gc.disable()  # until the first screen stands: what is made until then is there to stay
    background = Background(cache=where.cache / "compare")
    loading = Loading(chosen, background)
    loading.start()
    try:
        from summitreader.tui.app import SummitApp

        app = SummitApp(loading, background, where, state, settings)
        status = app.run()
    finally:
        background.stop()
    if loading.failure:
        print(f"summitreader: {loading.failure}", file=sys.stderr)
        return 1
    return app.return_code or status or 0
