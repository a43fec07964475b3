"""Annotations from a script: `add`, `list`, `remove`, `undo` and `redo`.

`notes add PATH --quote TEXT` finds the words in the sources at PATH, saves the note, and prints its id once it is on
disk. If the words occur more than once, choose one with `--occurrence N`, counted from 1 in text order.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from summitreader.cli import path
from summitreader.cli.annotation_args import add_narrowing, as_dict, chosen, open_store
from summitreader.cli.corpus import load
from summitreader.cli.output import add_format, as_json, emit, talk
from summitreader.counting import counted
from summitreader.errors import SummitreaderError, UsageError
from summitreader.notes.model import Annotation
from summitreader.text import Source
from summitreader.text.gate import shown_line


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("does", choices=("add", "list", "remove", "undo", "redo"), help="what to do")
    parser.add_argument("named", nargs="*", metavar="PATH|ID", help="sources (add, list), or annotation ids (remove)")
    parser.add_argument("--story", metavar="NAME", help="the story to use, in a folder of several")
    parser.add_argument("--any-size", action="store_true", help="read files above 32 MB too")
    adding = parser.add_argument_group("add")
    adding.add_argument("--quote", metavar="TEXT", help="the quoted words to annotate")
    adding.add_argument("--note", default="", metavar="TEXT", help="the text of the note")
    adding.add_argument("--colour", metavar="NAME", help="the colour of the highlight")
    adding.add_argument("--occurrence", type=int, metavar="N", help="which occurrence of the words, from 1")
    both = parser.add_argument_group("add and list")
    both.add_argument(
        "--tag",
        nargs="+",
        action="append",
        default=[],
        metavar="TAG",
        help="add: tags of the new note; list: only notes with this tag",
    )
    listing = parser.add_argument_group("list")
    add_narrowing(listing)
    add_format(listing)


def run(arguments: Namespace) -> int:
    _part_tags_from_paths(arguments)
    if arguments.does in ("add", "list"):
        arguments.paths = [path(word) for word in arguments.named]
    if arguments.does == "add":
        return _add(arguments)
    if arguments.does == "list":
        return _list(arguments)
    if arguments.does == "remove":
        if not arguments.named:
            raise UsageError("name the annotations to remove by id; `summitreader notes list` shows the ids.")
        with open_store(arguments) as store:
            store.remove(*arguments.named)
        return 0
    with open_store(arguments) as store:
        said = store.undo() if arguments.does == "undo" else store.redo()
    talk(said or f"Nothing to {arguments.does}.")
    return 0


def _part_tags_from_paths(arguments: Namespace) -> None:
    """With `add` and a PATH before it, all words after one `--tag` are tags; otherwise only the first is, as in
    `notes list --tag TAG PATH`."""
    if arguments.does == "add" and arguments.named:
        arguments.tag = [word for words in arguments.tag for word in words]
        return
    arguments.named += [word for words in arguments.tag for word in words[1:]]
    arguments.tag = [words[0] for words in arguments.tag]


def _add(arguments: Namespace) -> int:
    if not arguments.paths:
        raise UsageError("name a source: summitreader notes add PATH --quote TEXT.")
    if not arguments.quote or not arguments.quote.strip():
        raise UsageError("give the words to annotate with --quote TEXT.")
    corpus = load(arguments)
    sources: Sequence[Source] = corpus.sources
    if arguments.story is not None:
        from summitreader.cli.corpus import story_sources

        sources = story_sources(corpus, arguments)
    found = places_of(arguments.quote, sources)
    words = shown_line(arguments.quote[:60])
    if not found:
        raise SummitreaderError(f"“{words}” is not in these sources.")
    if arguments.occurrence is None and len(found) > 1:
        where = ", ".join(f"{n}: {source.id} {start}" for n, (source, start, _) in enumerate(found[:8], start=1))
        raise UsageError(f"“{words}” occurs {len(found)} times ({shown_line(where)}); choose one with --occurrence N.")
    which = arguments.occurrence or 1
    if not 1 <= which <= len(found):
        raise UsageError(f"“{words}” occurs {counted(len(found), 'time')}; there is no occurrence {which}.")
    with open_store(arguments) as store:
        added = store.add([found[which - 1]], arguments.note, arguments.tag, arguments.colour, root=corpus.root)
    emit(added.id)
    return 0


def places_of(quote: str, sources: Sequence[Source]) -> list[tuple[Source, int, int]]:
    """Where the words occur, in order: exactly, else with any white space between them, else as a search finds them,
    regardless of case, quotation marks, dashes and accents."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    for expression in (re.escape(quote), pattern):
        compiled = re.compile(f"(?=({expression}))")
        found = [
            (source, match.start(1), match.end(1)) for source in sources for match in compiled.finditer(source.text)
        ]
        if found:
            return found
    from summitreader.search.matching import find
    from summitreader.search.query import Query

    query = Query(quote, case=False)
    return [(source, span.start, span.end) for source in sources for span in find(source.text, query)]


def _list(arguments: Namespace) -> int:
    with open_store(arguments) as store:
        found, sources = chosen(store, arguments)
    if arguments.format == "json":
        emit(as_json([as_dict(annotation) for annotation in found]))
        return 0
    for annotation in found:
        emit(_as_text(annotation, sources))
    if not found:
        talk("No annotations.")
    return 0


def _as_text(annotation: Annotation, sources: Sequence[Source]) -> str:
    lines = [f"{annotation.id}  {annotation.modified}" + "".join(f"  #{shown_line(tag)}" for tag in annotation.tags)]
    for target in annotation.targets:
        where = f"{target.source_path or target.source} {target.place} {target.start}–{target.end}"
        if target.start is None:
            gone = "these words are no longer in the text" if target.was_sought else "not located yet; name its source"
            if target.was_sought and any(source.text.count(target.quote) > 1 for source in sources):
                gone = "these words occur more than once; the place is ambiguous"
            where = f"{target.source_path or target.source}: {gone}"
        state = "" if target.state == "sure" else f" ({target.state})"
        lines.append(f"  “{shown_line(target.quote)}”")
        lines.append(f"    {shown_line(where)}{state}")
    if annotation.note:
        lines += [f"  {shown_line(line)}" for line in annotation.note.split("\n")]
    return "\n".join(lines) + "\n"
