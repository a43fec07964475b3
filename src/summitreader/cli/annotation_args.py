"""Shared by the annotation commands: opening the store, selecting annotations by path, tag, words and state."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from summitreader.cli.corpus import load
from summitreader.cli.output import talk
from summitreader.config.places import places
from summitreader.notes.model import Annotation, Decision
from summitreader.notes.store import Store
from summitreader.text import Source

if TYPE_CHECKING:
    from argparse import _ArgumentGroup as ArgumentGroup


def open_store(arguments: Namespace) -> Store:
    """The store of the data folder; its notices are printed."""
    store = Store.open(places(arguments.data_dir).data)
    for notice in store.notices:
        talk(notice)
    return store


def add_choice(parser: ArgumentParser) -> None:
    """Add the options that select annotations."""
    parser.add_argument("--tag", action="append", default=[], metavar="TAG", help="only with this tag; may be repeated")
    add_narrowing(parser)


def add_narrowing(parser: ArgumentParser | ArgumentGroup) -> None:
    """Add those options except --tag."""
    parser.add_argument("--search", metavar="WORDS", help="only with these words in note, tags or quotation")
    parser.add_argument("--state", choices=("sure", "unsure", "orphan"), help="only those whose place is in this state")


def chosen(store: Store, arguments: Namespace) -> tuple[list[Annotation], Sequence[Source]]:
    """The selected annotations and the named sources; without paths, the whole store."""
    found, sources, _ = chosen_with_own(store, arguments)
    return found, sources


def decided_on(store: Store, sources: Sequence[Source] | None) -> list[Decision]:
    """The decisions on flagged divergences: all, or those on words found in `sources`."""
    decisions = list(store.decisions().values())
    if sources is None:
        return decisions
    return [d for d in decisions if d.words and all(any(words in s.text for s in sources) for words in d.words)]


def chosen_with_own(
    store: Store, arguments: Namespace
) -> tuple[list[Annotation], Sequence[Source], Sequence[Annotation]]:
    """The same, and the corrections to these sources; with `--with-own` they are applied to the sources."""
    sources: tuple[Source, ...] = ()
    if arguments.paths:
        corpus = load(arguments)
        sources = corpus.sources
        if arguments.story is not None:
            from summitreader.cli.corpus import story_sources

            sources = story_sources(corpus, arguments)
        found = store.for_sources(sources, root=corpus.root)
        corrections = store.corrections(sources, root=corpus.root)
    else:
        found = store.all()
        corrections = store.all_corrections()
    if getattr(arguments, "with_own", False):
        from summitreader.notes.corrections import cited_by_hand, corrected_sources

        sources = corrected_sources(sources, corrections)
        found = cited_by_hand(found, corrections)
    if arguments.search:
        named = {annotation.id for annotation in store.search(arguments.search)}
        found = [annotation for annotation in found if annotation.id in named]
    if arguments.state:
        found = [annotation for annotation in found if annotation.state == arguments.state]
    return [a for a in found if set(arguments.tag) <= set(a.tags)], sources, corrections


def as_dict(annotation: Annotation) -> dict[str, object]:
    """The JSON of one annotation in `notes list`."""
    return {
        "id": annotation.id,
        "note": annotation.note,
        "tags": list(annotation.tags),
        "targets": [
            {
                "source": target.source,
                "path": target.source_path,
                "quote": target.quote,
                "start": target.start,
                "end": target.end,
                "state": str(target.state),
                "confidence": target.confidence,
                "place": target.place,
                "sha256": target.sha256,
                "now": target.now,
            }
            for target in annotation.targets
        ],
        "created": annotation.created,
        "modified": annotation.modified,
        "colour": annotation.colour,
    }


def base_of(output: Path | None) -> Path:
    """The folder that paths in an export are relative to: the folder of the export."""
    return Path.cwd() if output is None else output.absolute().parent
