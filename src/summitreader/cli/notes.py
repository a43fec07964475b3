"""The annotation layer from a script: `add` keeps a note, `list` shows notes, `remove` deletes them, `undo` and `redo`.

`notes add PATH --quote TEXT` finds the words in the sources at PATH, keeps the note, and prints its id once it is on
the disk. Words that stand there more than once want `--occurrence N`, counted from 1 in order of the text.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from summitreader.cli import path
from summitreader.cli.annotation_args import add_narrowing, as_dict, chosen, open_store
from summitreader.cli.corpus import load
from summitreader.cli.output import as_json, emit, talk
from summitreader.errors import SummitreaderError, UsageError
from summitreader.notes.model import Annotation
from summitreader.text import Source
from summitreader.text.gate import shown_line


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("does", choices=("add", "list", "remove", "undo", "redo"), help="what to do")
    parser.add_argument("named", nargs="*", metavar="PATH|ID", help="sources to add to or to list; ids to remove")
    parser.add_argument("--story", metavar="NAME", help="of a folder of subfolders, the one to take")
    parser.add_argument("--any-size", action="store_true", help="read files above 32 MB too")
    adding = parser.add_argument_group("add")
    adding.add_argument("--quote", metavar="TEXT", help="the words that the note is on")
    adding.add_argument("--note", default="", metavar="TEXT", help="the note")
    adding.add_argument("--colour", metavar="NAME", help="the colour of the highlight")
    adding.add_argument("--occurrence", type=int, metavar="N", help="which of several places with these words")
    both = parser.add_argument_group("add and list")
    both.add_argument(
        "--tag",
        nargs="+",
        action="append",
        default=[],
        metavar="TAG",
        help="tags of the note that is added; only those with this tag (or tags)",
    )
    listing = parser.add_argument_group("list")
    add_narrowing(listing)
    listing.add_argument("--format", choices=("text", "json"), default="text", help="text if not said")


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
            raise UsageError("name the ids of the annotations to remove; `summitreader notes list` shows them.")
        with open_store(arguments) as store:
            store.remove(*arguments.named)
        return 0
    with open_store(arguments) as store:
        said = store.undo() if arguments.does == "undo" else store.redo()
    talk(said or f"There is nothing to {arguments.does}.")
    return 0


def _part_tags_from_paths(arguments: Namespace) -> None:
    """Several words after one `--tag` are tags where a note is added to a PATH that was named before; else the first is
    the tag, as in `notes list --tag TAG PATH`."""
    if arguments.does == "add" and arguments.named:
        arguments.tag = [word for words in arguments.tag for word in words]
        return
    arguments.named += [word for words in arguments.tag for word in words[1:]]
    arguments.tag = [words[0] for words in arguments.tag]


def _add(arguments: Namespace) -> int:
    if not arguments.paths:
        raise UsageError("name the source: summitreader notes add PATH --quote TEXT.")
    if not arguments.quote or not arguments.quote.strip():
        raise UsageError("say which words with --quote TEXT.")
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
        raise UsageError(f"“{words}” stands {len(found)} times ({shown_line(where)}); say which with --occurrence N.")
    which = arguments.occurrence or 1
    if not 1 <= which <= len(found):
        raise UsageError(f"“{words}” stands {len(found)} times; --occurrence {which} is none of them.")
    with open_store(arguments) as store:
        added = store.add([found[which - 1]], arguments.note, arguments.tag, arguments.colour, root=corpus.root)
    emit(added.id)
    return 0


def places_of(quote: str, sources: Sequence[Source]) -> list[tuple[Source, int, int]]:
    """Where the words are, in order: to the letter, else with any white space between them, else as a search finds
    them, whatever their capitals, quotation marks, dashes and accents."""
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
        talk("There are no annotations.")
    return 0


def _as_text(annotation: Annotation, sources: Sequence[Source]) -> str:
    lines = [f"{annotation.id}  {annotation.modified}" + "".join(f"  #{shown_line(tag)}" for tag in annotation.tags)]
    for target in annotation.targets:
        where = f"{target.source_path or target.source} {target.place} {target.start}–{target.end}"
        if target.start is None:
            gone = "these words are no longer there" if target.was_sought else "not looked for yet; name it to do so"
            if target.was_sought and any(source.text.count(target.quote) > 1 for source in sources):
                gone = "these words are there more than once, and nothing says which are meant"
            where = f"{target.source_path or target.source}: {gone}"
        state = "" if target.state == "sure" else f" ({target.state})"
        lines.append(f"  “{shown_line(target.quote)}”")
        lines.append(f"    {shown_line(where)}{state}")
    if annotation.note:
        lines += [f"  {shown_line(line)}" for line in annotation.note.split("\n")]
    return "\n".join(lines) + "\n"
