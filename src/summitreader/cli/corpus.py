"""What several commands share: sources from the paths that were named, one story at a time."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from summitreader.cli import path
from summitreader.cli.output import talk
from summitreader.errors import SummitreaderError, UsageError
from summitreader.sources import Corpus
from summitreader.text import Source
from summitreader.text.gate import shown_line


def add_paths(parser: ArgumentParser, nargs: str = "+") -> None:
    parser.add_argument("paths", nargs=nargs, type=path, metavar="PATH", help="a folder of sources, or files")
    parser.add_argument("--story", metavar="NAME", help="of a folder of subfolders, the one to take")


def load(paths: list[Path]) -> Corpus:
    """The corpus at `paths`, with a line of talk for each file that was not read."""
    for named in paths:
        if not named.exists() and not named.is_symlink():
            raise UsageError(f"there is nothing at {shown_line(str(named))}.")
    corpus = Corpus.load(paths[0] if len(paths) == 1 else paths)
    for refusal in corpus.refusals:
        talk(f"not read: {refusal.path}: {refusal.reason}")
    return corpus


def story_sources(corpus: Corpus, arguments: Namespace) -> tuple[Source, ...]:
    """The sources of the story that was asked for, or of the only one there is.

    Raises `UsageError` where there are several and none, or one that is not there, was named; `SummitreaderError`
    where nothing was read.
    """
    names = [name for name, _ in corpus.stories]
    if arguments.story is not None:
        members = dict(corpus.stories).get(arguments.story)
        if members is None:
            raise UsageError(_choice(f"there is no story named {shown_line(arguments.story)} here", names))
        chosen = set(members)
        return tuple(source for source in corpus.sources if source.id in chosen)
    if len(names) > 1:
        raise UsageError(_choice("this folder holds several stories; name one with --story", names))
    if not corpus.sources:
        raise SummitreaderError("no source could be read there; `summitreader sources PATH` says why.")
    return corpus.sources


def _choice(problem: str, names: list[str]) -> str:
    listed = ", ".join(shown_line(name) for name in names) or "none"
    return f"{problem}. Stories here: {listed}."
