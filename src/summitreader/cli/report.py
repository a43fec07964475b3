"""One page for a browser: the story, what is to check, who says what, coverage, and the texts side by side.

The file needs nothing else and asks for nothing: it can be sent, printed, and checked with `summitreader verify`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from summitreader.cli.compare import compared, story_title
from summitreader.cli.corpus import add_paths
from summitreader.cli.output import add_output, add_with_own, emit, talk
from summitreader.comparison import Report
from summitreader.errors import SummitreaderError, UsageError
from summitreader.notes.model import Annotation
from summitreader.sources import Corpus
from summitreader.text import Source


def add_arguments(parser: ArgumentParser) -> None:
    add_paths(parser)
    add_output(parser, overwrite=True)
    parser.add_argument("--base", metavar="ID", help="the source whose order the texts follow: its letter, id or file")
    parser.add_argument("--title", metavar="WORDS", help="the headline of the page; else the name of the story")
    parser.add_argument("--with-notes", action="store_true", help="with your notes on these sources")
    add_with_own(parser)


def run(arguments: Namespace) -> int:
    notes = arguments.with_notes
    return write_page(
        arguments, lambda corpus, sources: _notes(arguments, corpus, sources) if notes else (), arguments.title
    )


def write_page(
    arguments: Namespace, notes_on: Callable[[Corpus, Sequence[Source]], Sequence[Annotation]], title: str | None = None
) -> int:
    """Write the page of the sources that were named with the notes on them; the status of the command."""
    output: Path | None = arguments.output
    if output is None:
        raise UsageError("name the page to write with -o FILE.html.")
    if output.exists() and not arguments.overwrite and not _ours(output):
        raise SummitreaderError(f"{output} was not made by summitreader. Use --overwrite to replace it.")
    from summitreader.export.outline import outline
    from summitreader.export.page import page, written_paths
    from summitreader.export.reader_edits import confirmed_ids, without_dismissed

    found = compared(arguments)
    corpus, report = found.corpus, without_dismissed(found.report, found.decisions)
    o = outline(report, confirmed=confirmed_ids(found.decisions))
    base = source_named(arguments.base, report)
    paths = written_paths(report.sources, corpus.root, output.absolute().parent)
    notes = notes_on(corpus, report.sources)
    made = page(report, title=title or story_title(arguments), base=base, notes=notes, paths=paths, given=o)
    if getattr(arguments, "preview", False):
        talk(f"{output}: {len(made.encode())} bytes would be written.")
        return 0
    emit(made, output)
    talk(f"{output} was written.")
    return 0


def source_named(named: str | None, report: Report) -> str:
    """The id of the source with that letter, id, file or outlet; without a name, of the first that can be compared."""
    from summitreader.comparison.model import letter_of

    if named is None:
        return next((s.id for s in report.sources if s.id in report.compared), report.sources[0].id)
    for n, source in enumerate(report.sources):
        if named in (letter_of(n), source.id, source.path, source.outlet):
            return source.id
    listed = ", ".join(f"{letter_of(n)} {source.id}" for n, source in enumerate(report.sources))
    raise UsageError(f"there is no source {named} here. Sources: {listed}.")


def _notes(arguments: Namespace, corpus: Corpus, sources: Sequence[Source]) -> list[Annotation]:
    from summitreader.cli.annotation_args import open_store
    from summitreader.export.markdown import in_order

    with open_store(arguments) as store:
        return in_order(store.for_sources(sources, root=corpus.root), sources)


def _ours(output: Path) -> bool:
    from summitreader.export.verify import is_page

    try:
        with output.open("rb") as file:
            begun = file.read(2000)
    except OSError as error:
        raise SummitreaderError(f"{output} cannot be read ({error.strerror}).") from error
    return not begun or is_page(begun.decode("utf-8", "replace"))
