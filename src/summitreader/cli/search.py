"""Passages that match a query, in all sources.

Words match whatever their capitals (unless the query has some), accents and quotation marks are.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from summitreader.cli.corpus import add_paths, load
from summitreader.cli.output import as_json, emit
from summitreader.search import Hit, search
from summitreader.text import Source
from summitreader.text.gate import shown, shown_line

SCHEMA = "summitreader.search/1"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", help="what to search for")
    add_paths(parser, "*")
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--regex", dest="mode", action="store_const", const="regex", help="a regular expression")
    modes.add_argument("--fuzzy", dest="mode", action="store_const", const="fuzzy", help="words misspelt or apart too")
    parser.add_argument("-w", "--whole-word", action="store_true", help="not inside longer words")
    cases = parser.add_mutually_exclusive_group()
    cases.add_argument("--case", dest="case", action="store_true", default=None, help="capitals count")
    cases.add_argument("--no-case", dest="case", action="store_false", default=None, help="capitals do not count")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text if not said")


def run(arguments: Namespace) -> int:
    arguments.paths = arguments.paths or [Path()]
    corpus = load(arguments)
    sources = corpus.sources
    if arguments.story is not None:
        from summitreader.cli.corpus import story_sources

        sources = story_sources(corpus, arguments)
    hits = search(
        sources,
        arguments.query,
        arguments.mode or "literal",
        whole_word=arguments.whole_word,
        case=arguments.case,
    )
    emit(as_json(_as_dict(sources, hits)) if arguments.format == "json" else _as_text(sources, hits))
    return 0 if hits else 1


def _as_dict(sources: Sequence[Source], hits: Sequence[Hit]) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "total": len(hits),
        "hits": [
            {
                "source": sources[hit.source].id,
                "path": sources[hit.source].path,
                "passage": hit.passage,
                "start": hit.start,
                "end": hit.end,
            }
            for hit in hits
        ],
    }


def _as_text(sources: Sequence[Source], hits: Sequence[Hit]) -> str:
    lines: list[str] = []
    last: tuple[int, int] | None = None
    for hit in hits:
        source = sources[hit.source]
        if last is None or last[0] != hit.source:
            count = sum(other.source == hit.source for other in hits)
            title = f" – {shown_line(source.title)}" if source.title else ""
            lines.append(f"{shown_line(source.id)}{title}: {count} {'hit' if count == 1 else 'hits'}")
        if last != (hit.source, hit.passage):
            words = " ".join(shown(source.passage_text(hit.passage)).split())
            lines.append(f"  {source.place_name(hit.passage)}: {words}")
        last = hit.source, hit.passage
    read = f"{len(hits)} {'hit' if len(hits) == 1 else 'hits'} in {len({hit.source for hit in hits})}"
    return "\n".join([*lines, f"{read} of {len(sources)} {'source' if len(sources) == 1 else 'sources'}"])
