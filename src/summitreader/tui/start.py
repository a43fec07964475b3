"""From the command line to the running reader, with everything slow begun before Textual is even loaded."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from summitreader.compare.process import ComparisonProcess
from summitreader.config.places import Places, places
from summitreader.errors import SummitreaderError
from summitreader.sources import Corpus


@dataclass
class Loading:
    """A corpus being loaded in a thread. After `finished` is set, either `corpus` or `failure` is there."""

    paths: list[Path]
    finished: threading.Event = field(default_factory=threading.Event)
    stopped: bool = False
    corpus: Corpus | None = None
    failure: str = ""
    share: float = 0.0

    def start(self) -> None:
        threading.Thread(target=self._load, daemon=True).start()

    def _load(self) -> None:
        try:
            where = self.paths[0] if len(self.paths) == 1 else self.paths
            self.corpus = Corpus.load(where, progress=self._progress, cancelled=lambda: self.stopped)
        except SummitreaderError as error:
            self.failure = str(error)
        except Exception as error:
            self.failure = f"{type(error).__name__}: {error}"
        finally:
            self.finished.set()

    def _progress(self, share: float, doing: str) -> None:
        self.share = share


def sample_corpus() -> Path:
    """The folder that opens when nothing is named: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "sample_corpus"
    return inside if inside.is_dir() else package.parent.parent / "sample_corpus"


def run(paths: Sequence[Path], data_dir: Path | None = None) -> int:
    """Open the reader on `paths`, else on what was read last, else on the sample corpus; its exit status."""
    where: Places = places(data_dir)
    chosen = list(paths) or [sample_corpus()]
    for path in chosen:
        if not path.exists():
            raise SummitreaderError(f"there is nothing at {path}.")
    loading = Loading(chosen)
    loading.start()
    process = ComparisonProcess()
    try:
        from summitreader.tui.app import SummitApp

        app = SummitApp(loading, process, where)
        status = app.run()
    finally:
        loading.stopped = True
        process.stop()
    if loading.failure:
        print(f"summitreader: {loading.failure}", file=sys.stderr)
        return 1
    return app.return_code or status or 0
