"""Compare sources of one story: what all tell, what one tells, who is quoted, where they part."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

from summitreader.cli import path
from summitreader.cli.corpus import Told, add_paths, load, story_sources
from summitreader.cli.output import as_json, emit

if TYPE_CHECKING:
    from summitreader.compare import Report


def add_arguments(parser: ArgumentParser) -> None:
    add_paths(parser)
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="text if not said")
    parser.add_argument("--with-own", action="store_true", help="without what was dismissed in the reader")
    parser.add_argument("-o", "--output", type=path, metavar="FILE", help="write there, not to standard output")


def run(arguments: Namespace) -> int:
    from summitreader.compare import compare
    from summitreader.config.places import places

    sources = story_sources(load(arguments), arguments)
    with Told() as told:
        report = compare(sources, progress=told, cache=places(arguments.data_dir).cache / "compare")
    if arguments.with_own:
        report = _with_own(report, arguments)
    if arguments.format == "json":
        emit(as_json(report.to_dict()), arguments.output)
        return 0
    from summitreader.export.comparison import comparison_markdown, comparison_text

    render = comparison_text if arguments.format == "text" else comparison_markdown
    emit(render(report), arguments.output)
    return 0


def _with_own(report: Report, arguments: Namespace) -> Report:
    """The report as the reader left it: what was dismissed is gone, what was found right says so."""
    from summitreader.config.places import places
    from summitreader.notes.decisions import Decisions, Verdict, key_of

    decisions = Decisions.open(places(arguments.data_dir).data)
    texts = {source.id: source.text for source in report.sources}
    kept = []
    for divergence in report.divergences:
        words = [texts[span.source][span.start : span.end] for span in divergence.spans]
        verdict = decisions.verdict(key_of(divergence.kind, words))
        if verdict is Verdict.RIGHT:
            divergence = replace(divergence, summary=f"{divergence.summary} Found right by the reader.")
        if verdict is not Verdict.DISMISSED:
            kept.append(divergence)
    return replace(report, divergences=tuple(kept))
