"""What `--with-own` brings in: the corrections, links and decisions that the reader keeps on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from summitreader.cli.output import talk
from summitreader.comparison.model import Report
from summitreader.export.reader_edits import Decided
from summitreader.files import exists
from summitreader.notes.corrections import corrected_sources, moved_stories
from summitreader.notes.model import Annotation
from summitreader.sources import Corpus


def kept_corrections(corpus: Corpus, data_dir: Path) -> list[Annotation]:
    """The corrections of the sources of `corpus`; no store is made where there is none."""
    from summitreader.notes.files import FILE
    from summitreader.notes.store import Store

    if not exists(data_dir / FILE):
        return []
    with Store.open(data_dir) as store:
        for notice in store.notices:
            talk(notice)
        return store.corrections(corpus.sources, root=corpus.root)


def corrected_corpus(corpus: Corpus, corrections: Sequence[Annotation]) -> Corpus:
    """The corpus with its sources corrected, in the stories that the reader put them in."""
    if not corrections:
        return corpus
    root = corpus.root.resolve()
    stories = corpus.stories or ((root.name or "sources", tuple(s.id for s in corpus.sources)),)
    moved = moved_stories(stories, corrections, str(root))
    return replace(
        corpus,
        sources=corrected_sources(corpus.sources, corrections),
        stories=corpus.stories if moved == tuple(stories) else moved,
    )


def decided(report: Report, data_dir: Path) -> list[Decided]:
    """What the reader decided of the divergences of `report`."""
    from summitreader.notes.files import FILE
    from summitreader.notes.model import key_of
    from summitreader.notes.store import Store

    if not exists(data_dir / FILE):
        return []
    with Store.open(data_dir) as store:
        decisions = store.decisions()
    texts = {source.id: source.text for source in report.sources}
    found = []
    for divergence in report.divergences:
        words = [texts[span.source][span.start : span.end] for span in divergence.spans]
        decision = decisions.get(key_of(divergence.kind, words))
        if decision is not None:
            found.append(Decided(divergence, decision.verdict))
    return found
