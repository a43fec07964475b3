"""Shared by several commands: load sources from the paths given, and choose a story."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from summitreader.cli import path
from summitreader.cli.output import talk
from summitreader.config.places import places
from summitreader.errors import SummitreaderError, UsageError
from summitreader.sources import Corpus
from summitreader.sources.model import OcrOptions
from summitreader.text import Source
from summitreader.text.gate import shown_line


def add_paths(parser: ArgumentParser, nargs: str = "+") -> None:
    """The arguments by which sources are named."""
    parser.add_argument(
        "paths", nargs=nargs, type=path, metavar="PATH", help="a folder of sources, or files; - is standard input"
    )
    parser.add_argument("--story", metavar="NAME", help="of a folder of subfolders, the one to take")
    parser.add_argument("--any-size", action="store_true", help="read files above 32 MB too")


def load(arguments: Namespace, *, quiet: bool = False) -> Corpus:
    """The corpus at the paths that were named; unless `quiet`, with a line of talk for each file that was not read.

    A missing path is reported and skipped. Raises `SummitreaderError` if all paths are missing.
    """
    from summitreader.sources.model import LARGEST

    missing = [named for named in arguments.paths if not _is_there(named)]
    paths = [named for named in arguments.paths if named not in missing]
    if missing and not paths:
        raise SummitreaderError(f"No such file or folder: {', '.join(shown_line(str(named)) for named in missing)}.")
    for named in missing:
        talk(f"No such file or folder: {shown_line(str(named))}")
    with Told() as told:
        corpus = Corpus.load(
            paths[0] if len(paths) == 1 else paths,
            largest=sys.maxsize - 1 if arguments.any_size else LARGEST,
            ocr=ocr_options(arguments),
            progress=told,
        )
    if not quiet:
        inside = f"{arguments.story}/" if arguments.story is not None else ""
        for refusal in (r for r in corpus.skipped if r.path.startswith(inside)):
            talk(f"Not read: {refusal.path}: {refusal.reason}")
    return corpus


def ocr_options(arguments: Namespace) -> OcrOptions:
    """How scans are read: with the languages of the settings, and kept in the cache."""
    from summitreader.config.settings import read

    where = places(arguments.data_dir)
    return OcrOptions(where.cache / "ocr", read(where.settings).settings.ocr_languages)


def _is_there(named: Path) -> bool:
    try:
        return str(named) == "-" or named.exists() or named.is_symlink()
    except (OSError, ValueError):
        return False


def story_sources(corpus: Corpus, arguments: Namespace) -> tuple[Source, ...]:
    """The sources of the story that was asked for, or of the only one there is.

    Raises `UsageError` where there are several and none, or one that is not there, was named; `SummitreaderError`
    where nothing was read.
    """
    names = [name for name, _ in corpus.stories]
    if arguments.story is not None:
        members = dict(corpus.stories).get(arguments.story)
        if members is None:
            raise UsageError(_choice(f"No story named {shown_line(arguments.story)}", names))
        chosen = set(members)
        return tuple(source for source in corpus.sources if source.id in chosen)
    if len(names) > 1:
        raise UsageError(_choice("This folder contains several stories; choose one with --story", names))
    if not corpus.sources:
        raise SummitreaderError("No source could be read; `summitreader sources PATH` shows why.")
    return corpus.sources


def _choice(problem: str, names: list[str]) -> str:
    listed = ", ".join(shown_line(name) for name in names) or "none"
    return f"{problem}. Stories here: {listed}."


class Told:
    """Progress on standard error, where that is a terminal and the work takes longer than a moment."""

    def __enter__(self) -> Told:
        import time

        self._clock = time.monotonic
        self._next = self._clock() + 1.0
        self._said = False
        self._terminal = sys.stderr.isatty()
        return self

    def __call__(self, share: float, doing: str) -> None:
        if self._terminal and self._clock() >= self._next:
            self._next = self._clock() + 0.2
            self._said = True
            print(f"\r{doing} {share:4.0%}", end="", file=sys.stderr, flush=True)

    def __exit__(self, *raised: object) -> None:
        if self._said:
            print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)
