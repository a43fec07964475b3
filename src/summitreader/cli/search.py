"""Search all sources and print the matching passages.

Accents and kinds of quotation marks are ignored, and so are capitals unless the query contains any. Exits with 1 when
nothing matched.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from summitreader.cli.corpus import add_paths, load
from summitreader.cli.output import add_format, as_json, emit, talk
from summitreader.errors import SummitreaderError
from summitreader.search import Hit, Mode, Query, search
from summitreader.search.spellings import other_spellings
from summitreader.text import Source
from summitreader.text.gate import shown, shown_line

SCHEMA = "summitreader.search/1"
_SPELLED = 3_000_000
"""Maximum size of a corpus, in characters, in which other spellings are looked up (takes half a second)."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", help="what to search for")
    add_paths(parser, "*")
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--regex", dest="mode", action="store_const", const="regex", help="a regular expression")
    fuzzy = "also misspelt or inflected words, up to four words apart"
    modes.add_argument("--fuzzy", dest="mode", action="store_const", const="fuzzy", help=fuzzy)
    parser.add_argument("-w", "--whole-word", action="store_true", help="match whole words only")
    cases = parser.add_mutually_exclusive_group()
    cases.add_argument("--case", dest="case", action="store_true", default=None, help="match case")
    cases.add_argument("--no-case", dest="case", action="store_false", default=None, help="ignore case")
    add_format(parser)


def run(arguments: Namespace) -> int:
    arguments.paths = arguments.paths or [Path()]
    corpus = load(arguments)
    sources = corpus.sources
    if arguments.story is not None:
        from summitreader.cli.corpus import story_sources

        sources = story_sources(corpus, arguments)
    if not sources:
        raise SummitreaderError("No source could be read; `summitreader sources PATH` shows why.")
    hits = search(
        sources,
        arguments.query,
        arguments.mode or "literal",
        whole_word=arguments.whole_word,
        case=arguments.case,
    )
    if arguments.format == "json":
        emit(as_json(_as_dict(sources, hits)))
    elif hits:
        emit(_as_text(sources, hits))
    if not hits:
        talk(f"No match for “{shown_line(arguments.query)}” in {_count(len(sources), 'source')}.")
    texts = [source.text for source in sources]
    offered = other_spellings(texts, _query(arguments)) if sum(map(len, texts)) < _SPELLED else ()
    if offered:
        talk(f"Other spellings: {', '.join(f'{spelling} ({n})' for spelling, n in offered)}.")
    return 0 if hits else 1


def _query(arguments: Namespace) -> Query:
    return Query(arguments.query, arguments.mode or Mode.LITERAL, arguments.whole_word, arguments.case)


def _count(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


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
    counts = Counter(hit.source for hit in hits)
    last: tuple[int, int] | None = None
    for hit in hits:
        source = sources[hit.source]
        if last is None or last[0] != hit.source:
            title = f" – {shown_line(source.title)}" if source.title else ""
            lines.append(f"{shown_line(source.id)}{title}: {_count(counts[hit.source], 'hit')}")
        if last != (hit.source, hit.passage):
            words = " ".join(shown(source.passage_text(hit.passage)).split())
            lines.append(f"  {source.place_name(hit.passage)}: {words}")
        last = hit.source, hit.passage
    read = f"{_count(len(hits), 'hit')} in {len(counts)} of {_count(len(sources), 'source')}"
    return "\n".join([*lines, read])
