"""From the command line to the running reader, with everything slow begun before Textual is even loaded."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from summitreader.config.places import Places, places
from summitreader.config.settings import read
from summitreader.config.state import State
from summitreader.errors import SummitreaderError
from summitreader.sources.model import LoadRequest, OcrOptions
from summitreader.tui.workers import Background, Loading


def sample_corpus() -> Path:
    """The folder that opens when nothing is named: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "sample_corpus"
    return inside if inside.is_dir() else package.parent.parent / "sample_corpus"


def run(paths: Sequence[Path], data_dir: Path | None = None, draft: Path | None = None) -> int:
    """Open the reader on `paths`, else on what was read last, else on the sample corpus, with a `draft` that is checked
    against them; its exit status."""
    where: Places = places(data_dir)
    state = State(where.state)
    settings = read(where.settings)
    chosen = list(paths) or state.last_read() or [sample_corpus()]
    if draft is not None and not any(path.resolve() in draft.resolve().parents for path in chosen):
        chosen = [*(path for path in chosen if path != draft), draft]
    for path in chosen:
        if not path.exists():
            raise SummitreaderError(f"No such file or folder: {path}")
    gc.disable()  # until the first screen stands: what is made until then is there to stay
    ocr = OcrOptions(where.cache / "ocr", settings.settings.ocr_languages)
    background = Background(cache=where.cache / "compare", kinds=settings.settings.kinds, ocr=ocr)
    last = state.reading(chosen)
    loading = Loading(chosen, background, LoadRequest(last.story, tuple(last.sources)), draft=draft)
    loading.start()
    try:
        from summitreader.tui.app import SummitApp

        first = not state.has_started
        app = SummitApp(loading, background, where, state, settings, first, is_sample=chosen == [sample_corpus()])
        status = app.run()
    finally:
        background.stop()
    if app.loading.failure:
        print(f"summitreader: {app.loading.failure}", file=sys.stderr)
        return 1
    return app.return_code or status or 0
