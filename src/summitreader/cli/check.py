"""Check a draft against its sources: for each sentence whether they support it, where, and what differs.

It says what is in these sources, never what is true. docs/checking.md says how often it is right. What you
decided with `summitreader SOURCES --draft DRAFT` is in it: what you confirmed is a query to the writer, what you
dismissed is accepted.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from summitreader.cli import path
from summitreader.cli.annotation_args import open_store
from summitreader.cli.corpus import add_paths, load, story_sources
from summitreader.cli.output import add_format, add_output, as_json, emit, talk
from summitreader.errors import SummitreaderError, UsageError

if TYPE_CHECKING:
    from summitreader.export.checked_draft import CheckedDraft


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("draft", type=path, metavar="DRAFT", help="the draft: text, markdown, HTML or a Word document")
    add_paths(parser)
    add_format(parser, "text", "json", "markdown", "html", "csv", "docx")
    add_output(parser)


def run(arguments: Namespace) -> int:
    from summitreader.export.page import written_paths
    from summitreader.export.tables import MARK, csv_text
    from summitreader.files import write_whole

    output: Path | None = arguments.output
    if arguments.format == "docx" and output is None:
        raise UsageError("name the Word document to write with -o FILE.docx.")
    checked, root = _checked(arguments)
    folder = output.absolute().parent if output is not None else Path.cwd()
    paths = written_paths(checked.sources, root, folder)
    if arguments.format == "docx":
        assert output is not None
        write_whole(output, checked.docx())
    elif arguments.format == "json":
        emit(as_json(checked.to_dict()), output)
    elif arguments.format == "markdown":
        emit(checked.markdown(paths), output)
    elif arguments.format == "html":
        emit(checked.html(paths, checked.draft.title or arguments.draft.stem), output)
    elif arguments.format == "csv":
        emit((MARK if output else "") + csv_text(checked.table()), output)
    else:
        emit(checked.text(), output)
    if output is not None:
        talk(f"{output} was written.")
    return 0


def _checked(arguments: Namespace) -> tuple[CheckedDraft, Path]:
    """The draft that was named with what its sources have, and the folder that their paths are relative to."""
    from summitreader.checking import check_draft, draft_divergences
    from summitreader.cli.user_edits import decided
    from summitreader.comparison import Report, compare
    from summitreader.comparison.encoders import installed_encoder
    from summitreader.config.places import places
    from summitreader.export.checked_draft import CheckedDraft, decisions_on
    from summitreader.sources import Corpus

    if not arguments.draft.exists():
        raise SummitreaderError(f"No such file: {arguments.draft}.")
    read = Corpus.load(arguments.draft)
    if len(read.sources) != 1:
        reason = read.skipped[0].reason if read.skipped else "it is not one text."
        raise SummitreaderError(f"{arguments.draft} cannot be read as a draft: {reason}")
    draft = replace(read.sources[0], id=f"draft {read.sources[0].id}")
    corpus = load(arguments)
    own = arguments.draft.resolve()
    sources = [s for s in story_sources(corpus, arguments) if not s.path or (corpus.root / s.path).resolve() != own]
    if not sources:
        raise SummitreaderError("There is no source to compare the draft with.")
    findings = check_draft(draft, sources)
    where = places(arguments.data_dir)
    divergences = compare(sources, cache=where.cache / "compare", encoder=installed_encoder()).divergences
    flagged = Report((draft, *sources), divergences=tuple(draft_divergences(draft, sources, findings)))
    with open_store(arguments) as store:
        notes = store.for_sources([draft], root=read.root)
    decisions = decisions_on(draft, findings, decided(flagged, where.data), notes)
    return CheckedDraft(draft, sources, findings, divergences=divergences, decisions=decisions), corpus.root
