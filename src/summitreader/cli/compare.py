"""Compare sources of one story: what all tell, what one tells, who is quoted, where they part."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from summitreader.cli import path
from summitreader.cli.corpus import Told, add_paths, load, story_sources
from summitreader.cli.output import as_json, emit


def add_arguments(parser: ArgumentParser) -> None:
    add_paths(parser)
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="text if not said")
    parser.add_argument("-o", "--output", type=path, metavar="FILE", help="write there, not to standard output")


def run(arguments: Namespace) -> int:
    from summitreader.compare import compare

    sources = story_sources(load(arguments), arguments)
    with Told() as told:
        report = compare(sources, progress=told)
    if arguments.format == "json":
        emit(as_json(report.to_dict()), arguments.output)
        return 0
    from summitreader.export.comparison import comparison_markdown, comparison_text

    render = comparison_text if arguments.format == "text" else comparison_markdown
    emit(render(report), arguments.output)
    return 0
