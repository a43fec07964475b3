"""Export annotations: markdown, Obsidian, a Word document, a page for a browser, references, JSON-LD, JSON Lines, CSV.

Markdown can be checked with `verify` and is updated by the next export, which preserves what you wrote in it. With
--clean it has no hidden markers and is replaced entirely. JSON Lines is the full backup, including your corrections.
Without PATH everything is exported. A file that this program did not make is not overwritten without --overwrite.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from summitreader.cli import path
from summitreader.cli.annotation_args import add_choice, base_of, chosen_with_own, decided_on, open_store
from summitreader.cli.corpus import add_paths
from summitreader.cli.output import add_format, add_output, add_with_own, emit, talk
from summitreader.errors import SummitreaderError, UsageError
from summitreader.files import exists, open_regular, read_regular
from summitreader.notes.model import Annotation
from summitreader.text import Source

if TYPE_CHECKING:
    from summitreader.export.files import Written
    from summitreader.export.markdown import Render


def add_arguments(parser: ArgumentParser) -> None:
    add_paths(parser, "*")
    add_format(parser, "markdown", "obsidian", "docx", "html", "csl-json", "ris", "jsonld", "jsonl", "csv")
    add_output(parser, overwrite=True)
    add_choice(parser)
    add_with_own(parser)
    parser.add_argument("--preview", action="store_true", help="show what would be written where, and write nothing")
    parser.add_argument(
        "--base", metavar="ID", help="docx, html: the source to export or to follow, by letter, id or file"
    )
    parser.add_argument(
        "--footnotes", action="store_true", help="docx: the notes with footnotes, as without PATH, not a source's text"
    )
    group = parser.add_argument_group("markdown")
    group.add_argument(
        "--layout", choices=("source", "text", "tag"), default="source", help="headings by source, none, or by tag"
    )
    group.add_argument("--each", action="store_true", help="one file per source, in the folder given with -o")
    group.add_argument("--clean", action="store_true", help="no hidden markers, offsets or hashes")
    group.add_argument("--cite", action="store_true", help="citations for pandoc and Zotero: [@key, ¶ 4]")
    group.add_argument("--callouts", action="store_true", help="quotations as callouts")
    group.add_argument("--template", type=path, metavar="FILE", help="your own Jinja2 template for one annotation")


def run(arguments: Namespace) -> int:
    if arguments.each and (arguments.format != "markdown" or arguments.output is None):
        raise UsageError("--each writes markdown files into a folder; name it with -o FOLDER.")
    if arguments.format in ("obsidian", "docx") and arguments.output is None:
        raise UsageError(f"name what to write with -o {'FOLDER' if arguments.format == 'obsidian' else 'FILE.docx'}.")
    with open_store(arguments) as store:
        found, sources, corrections = chosen_with_own(store, arguments)
        filtered = bool(arguments.tag or arguments.search or arguments.state)
        if arguments.format == "jsonl":
            from summitreader.export.interchange import jsonl

            by_hand = [] if filtered else corrections
            decided = [] if filtered else decided_on(store, sources if arguments.paths else None)
            lines = jsonl([*found, *by_hand], store.snapshot, decided)
            return _whole(arguments, lines, '{"schema":"summitreader.annotations/')
    if corrections and not filtered:
        n = len(corrections)
        talk(f"{n} correction{' is' if n == 1 else 's are'} not in {arguments.format}; use --format jsonl.")
    if arguments.format == "jsonld":
        from summitreader.export.interchange import jsonld

        return _whole(arguments, jsonld(found), '{\n "@context": [\n  "http://www.w3.org/ns/anno.jsonld"')
    if arguments.format == "csv":
        from summitreader.export.tables import MARK, table

        return _whole(arguments, (MARK if arguments.output else "") + table(found), "id,target,note,")
    if arguments.format == "docx":
        return _docx(arguments, found, sources)
    if arguments.format == "html":
        from summitreader.cli.report import write_page

        if not arguments.paths:
            raise UsageError("a page needs sources: name the folder or the files of a story.")
        return write_page(arguments, lambda corpus, sources: found)
    if arguments.format in ("csl-json", "ris"):
        from summitreader.export.csl import csl_json, references, ris

        cited = references(found, sources)
        if arguments.format == "ris":
            return _whole(arguments, ris(cited), "TY  - ")
        return _whole(arguments, csl_json(cited), '[\n {\n  "id"')
    return _markdown(arguments, found, sources)


def _markdown(arguments: Namespace, found: Sequence[Annotation], sources: Sequence[Source]) -> int:
    from summitreader.export.files import preview_export, write_export, write_files
    from summitreader.export.markdown import Layout, markdown, markdown_files

    render = _render(arguments.template) if arguments.template else None
    output: Path | None = arguments.output
    vault = arguments.format == "obsidian"
    keys = _keys(found, sources) if arguments.cite or vault else None
    if arguments.each or vault:
        assert output is not None
        texts = markdown_files(
            found,
            sources,
            base=output.absolute(),
            callouts=arguments.callouts,
            render=render,
            clean=arguments.clean,
            keys=keys,
            vault=vault,
        )
        if arguments.preview:
            written = [preview_export(output / n, t, overwrite=arguments.overwrite) for n, t in texts.items()]
        else:
            written = write_files(output, texts, overwrite=arguments.overwrite)
        for one in written:
            _say(one, preview=arguments.preview)
        return 0
    text = markdown(
        found,
        sources,
        layout=Layout(arguments.layout),
        base=base_of(output),
        callouts=arguments.callouts,
        render=render,
        clean=arguments.clean,
        keys=keys,
    )
    if output is None:
        emit(text)
        return 0
    if arguments.clean:
        return _whole(arguments, text, text)
    make = preview_export if arguments.preview else write_export
    _say(make(output, text, overwrite=arguments.overwrite), preview=arguments.preview)
    return 0


def _docx(arguments: Namespace, found: Sequence[Annotation], sources: Sequence[Source]) -> int:
    from summitreader.export.docx import read_docx
    from summitreader.files import write_whole

    output: Path = arguments.output
    if output.exists() and not arguments.overwrite:
        try:
            read_docx(output.read_bytes())
        except (OSError, SummitreaderError):
            raise SummitreaderError(f"{output} was not made by summitreader. Use --overwrite to replace it.") from None
    if arguments.footnotes or not arguments.paths:
        from summitreader.export.docx_notes import docx_notes
        from summitreader.export.markdown import Layout

        data = docx_notes(found, sources, layout=Layout(arguments.layout), base=base_of(output))
    else:
        data = _source_docx(arguments, found)
    if arguments.preview:
        talk(f"{output}: {len(data)} bytes would be written.")
        return 0
    write_whole(output, data)
    talk(f"{output} was written.")
    return 0


def _source_docx(arguments: Namespace, found: Sequence[Annotation]) -> bytes:
    from summitreader.cli.compare import compared
    from summitreader.cli.report import source_named
    from summitreader.export.docx import docx
    from summitreader.export.markdown import in_order
    from summitreader.export.page import written_paths

    comparison = compared(arguments)
    sources = comparison.report.sources
    base = source_named(arguments.base, comparison.report)
    paths = written_paths(sources, comparison.corpus.root, base_of(arguments.output))
    return docx(comparison.report, base, in_order(found, sources), paths.get(base))


def _keys(found: Sequence[Annotation], sources: Sequence[Source]) -> Mapping[str, str]:
    from summitreader.export.csl import keys_of, references

    return keys_of(references(found, sources))


def _render(where: Path) -> Render:
    from summitreader.export.user_template import template

    try:
        return template(read_regular(where, 1_000_000).decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the template {where} cannot be read: {error}.") from error


def _whole(arguments: Namespace, text: str, made: str) -> int:
    """Write a file that only this program writes; `made` is how such a file begins."""
    output: Path | None = arguments.output
    if output is None:
        emit(text)
        return 0
    if exists(output) and not arguments.overwrite:
        try:
            with os.fdopen(open_regular(output), "rb") as file:
                begun = file.read(len(made.encode()) + 3).removeprefix(b"\xef\xbb\xbf")
            ours = not begun or begun.startswith(made.encode())
        except OSError as error:
            raise SummitreaderError(f"{output} cannot be read ({error.strerror}).") from error
        if not ours:
            raise SummitreaderError(f"{output} was not made by summitreader. Use --overwrite to replace it.")
    if arguments.preview:
        talk(f"{output}: {len(text.encode())} bytes would be written.")
        return 0
    emit(text, output)
    return 0


def _say(written: Written, *, preview: bool) -> None:
    merged = written.merged
    done = "would be" if preview else "was"
    if merged is None:
        talk(f"{written.path} {done} {'replaced' if written.exists else 'created'}.")
    else:
        counts = f"{len(merged.added)} new, {len(merged.updated)} changed, {len(merged.removed)} removed"
        talk(f"{written.path} {done} updated: {counts}.")
    for notice in written.notices:
        talk(notice)
