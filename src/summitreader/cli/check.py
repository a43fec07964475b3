"""Hold a draft against its sources: of each sentence whether they bear it out, where, and what they have otherwise.

It says what stands in these sources, never what is true. docs/checking.md says how often it is right.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from summitreader.cli import path
from summitreader.cli.corpus import add_paths, load, story_sources
from summitreader.cli.output import as_json, emit, talk
from summitreader.errors import SummitreaderError, UsageError

_FORMATS = ("text", "json", "markdown", "csv", "docx")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("draft", type=path, metavar="DRAFT", help="the draft: text, markdown, HTML or a Word document")
    add_paths(parser)
    parser.add_argument("--format", choices=_FORMATS, default="text", help="default: text")
    parser.add_argument("-o", "--output", type=path, metavar="FILE", help="write there, not to standard output")


def run(arguments: Namespace) -> int:
    from summitreader.checking import check_draft
    from summitreader.export.checked_draft import CheckedDraft
    from summitreader.export.page import written_paths
    from summitreader.export.tables import csv_text
    from summitreader.sources import Corpus

    output: Path | None = arguments.output
    if arguments.format == "docx" and output is None:
        raise UsageError("name the Word document to write with -o FILE.docx.")
    if not arguments.draft.exists():
        raise SummitreaderError(f"No such file: {arguments.draft}.")
    read = Corpus.load(arguments.draft)
    if len(read.sources) != 1:
        reason = read.skipped[0].reason if read.skipped else "it is not one text."
        raise SummitreaderError(f"{arguments.draft} could not be read as a draft: {reason}")
    corpus = load(arguments)
    own = arguments.draft.resolve()
    sources = [s for s in story_sources(corpus, arguments) if not s.path or (corpus.root / s.path).resolve() != own]
    if not sources:
        raise SummitreaderError("There is no source to hold the draft against.")
    draft = read.sources[0]
    checked = CheckedDraft(draft, sources, check_draft(draft, sources))
    if arguments.format == "docx":
        from summitreader.files import write_whole

        assert output is not None
        write_whole(output, checked.docx())
    elif arguments.format == "json":
        emit(as_json(checked.to_dict()), output)
    elif arguments.format == "markdown":
        folder = output.absolute().parent if output is not None else Path.cwd()
        emit(checked.markdown(written_paths(sources, corpus.root, folder)), output)
    elif arguments.format == "csv":
        emit(csv_text(checked.table()), output)
    else:
        emit(checked.text(), output)
    if output is not None:
        talk(f"{output} was written.")
    return 0
