"""Bring web pages and files into a corpus folder.

Each becomes a text with front matter (title, outlet, author, date, address) that can be read and corrected by hand. The
original of a fetched page is saved in the folder .originals. This is the only command that uses the network.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from summitreader.cli import path
from summitreader.cli.output import emit, talk
from summitreader.errors import SummitreaderError, UsageError
from summitreader.text.gate import shown_line


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", nargs="+", metavar="URL|FILE", help="the address of a page, or a file")
    parser.add_argument(
        "--to", type=path, default=None, metavar="FOLDER", help="the corpus folder; default: this folder"
    )
    parser.add_argument("--allow-private", action="store_true", help="also fetch from private network addresses")


def run(arguments: Namespace) -> int:
    from summitreader.sources.adding import add
    from summitreader.sources.fetching import PrivateAddress
    from summitreader.sources.model import Skipped, UnreadableFile

    folder = arguments.to or Path()
    failed = 0
    for what in arguments.what:
        try:
            for written in add(what, folder, allow_private=arguments.allow_private):
                if isinstance(written, Skipped):
                    talk(f"not added: {written.path}: {written.reason}")
                else:
                    emit(shown_line(str(written)))
        except UnreadableFile as refused:
            failed += 1
            talk(f"not added: {shown_line(what)}: {refused}")
        except UsageError:
            raise
        except SummitreaderError as error:
            failed += 1
            hint = " To fetch it all the same, use --allow-private." if isinstance(error, PrivateAddress) else ""
            talk(f"not added: {error}{hint}")
    return 1 if failed else 0
