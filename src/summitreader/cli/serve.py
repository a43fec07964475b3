"""The reader in a tab of a browser, on this machine.

It prints an address that holds a secret. Whoever opens the address has the reader: each tab runs one of its own, all
keep notes in one place. Only this machine can reach it, unless --listen names another address.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from argparse import ArgumentParser, Namespace

from summitreader.cli import path
from summitreader.cli.output import emit, talk
from summitreader.errors import SummitreaderError
from summitreader.processes import INSTALLED, child_environment, module_command

_LOOPBACK = "127.0.0.1"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", type=path, metavar="PATH", help="a folder of sources, or files")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="default: one that is free")
    parser.add_argument(
        "--listen",
        default=_LOOPBACK,
        metavar="ADDRESS",
        help="be reached from other machines at this address too: unencrypted, and whoever has the address printed "
        "reads the sources and changes the notes",
    )


def run(arguments: Namespace) -> int:
    from summitreader.tui.tab_server import TabServer

    for named in arguments.paths:
        if not named.exists():
            raise SummitreaderError(f"No such file or folder: {named}.")
    server = TabServer(_command(arguments), arguments.listen, arguments.port)
    if arguments.listen != _LOOPBACK:
        talk(
            f"Listening on {arguments.listen}: whoever reaches this machine and has the address can read these sources "
            "and change your notes. Nothing is encrypted."
        )
    emit(server.address)
    sys.stdout.flush()
    talk("Ctrl-C ends it.")
    os.environ.update(child_environment())
    os.chdir(INSTALLED)
    server.run()
    return 0


def _command(arguments: Namespace) -> str:
    """The reader on these paths, as one line for the shell that starts it for each tab."""
    words = [*module_command("summitreader"), *(str(named.absolute()) for named in arguments.paths)]
    if arguments.data_dir is not None:
        words += ["--data-dir", str(arguments.data_dir.absolute())]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else f"exec {shlex.join(words)}"
