"""List the sources that were loaded, with their details, and what could not be read and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace

from summitreader.cli.corpus import add_paths, load
from summitreader.cli.output import add_format, as_json, emit
from summitreader.sources import Corpus
from summitreader.text import BlockKind, Source
from summitreader.text.gate import shown_line


def add_arguments(parser: ArgumentParser) -> None:
    add_paths(parser)
    parser.add_argument("--discover", action="store_true", help="group the sources by event, from their words")
    add_format(parser)


def run(arguments: Namespace) -> int:
    corpus = load(arguments, quiet=True)
    if arguments.discover:
        from summitreader.sources.stories import discover_stories

        found = discover_stories(corpus.sources)
        corpus = replace(
            corpus,
            stories=tuple((story.name, story.sources) for story in found),
            found=tuple((story.name, story.confidence) for story in found),
        )
    emit(as_json(_as_dict(corpus)) if arguments.format == "json" else _as_text(corpus))
    return 0 if corpus.sources else 1


def _as_dict(corpus: Corpus) -> dict[str, object]:
    sure = dict(corpus.found)
    return {
        "schema": "summitreader.sources/1",
        "sources": [
            {
                "id": s.id,
                "path": s.path,
                "title": s.title,
                "outlet": s.outlet,
                "author": s.author,
                "published": s.published,
                "day": s.day,
                "url": s.url,
                "language": s.language,
                "passages": len(s.passages),
                "boilerplate": _boilerplate(s),
                "notices": list(s.notices),
            }
            for s in corpus.sources
        ],
        "stories": [
            {"name": name, "sources": list(ids)} | ({"confidence": sure[name]} if name in sure else {})
            for name, ids in corpus.stories
        ],
        "refused": [{"path": r.path, "reason": r.reason} for r in corpus.skipped],
    }


def _as_text(corpus: Corpus) -> str:
    lines = []
    sure = dict(corpus.found)
    story_of = {id: name for name, ids in corpus.stories for id in ids}
    story = None
    order = {name: place for place, (name, _) in enumerate(corpus.stories)}
    for source in sorted(corpus.sources, key=lambda source: order.get(story_of.get(source.id, ""), 0)):
        if story_of.get(source.id) != story:
            story = story_of.get(source.id)
            share = sure.get(story or "", 1.0)
            lines.append(f"Story {shown_line(story or '')}" + (f" (confidence {share:.0%})" if share < 1 else ""))
        lines += _described(source)
    if corpus.skipped:
        lines.append(f"Not read: {len(corpus.skipped)}")
        lines += [f"  {shown_line(refusal.path)}: {refusal.reason}" for refusal in corpus.skipped]
    return "\n".join(lines) if lines else "No sources found."


def _described(source: Source) -> list[str]:
    known = [
        ("title", source.title),
        ("outlet", source.outlet),
        ("author", source.author),
        ("published", source.published or (source.day and f"{source.day[2:]} (year not given)")),
        ("language", source.language),
        ("url", source.url),
    ]
    lines = [shown_line(source.id)]
    lines += [f"  {key}: {shown_line(value) if value else 'unknown'}" for key, value in known]
    told = sum(source.is_told(i) for i in range(len(source.passages)))
    lines.append(f"  passages: {told}, plus {_boilerplate(source)} of page furniture")
    return lines + [f"  note: {shown_line(notice)}" for notice in source.notices]


def _boilerplate(source: Source) -> int:
    return sum(source.blocks[p.block].kind is BlockKind.BOILERPLATE for p in source.passages)
