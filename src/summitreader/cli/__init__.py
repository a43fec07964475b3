"""The command line. Each command is a module of this folder, loaded when it is called: `--help` loads none of them.

A command module has `add_arguments(parser)` and `run(arguments) -> int`; its docstring is what `--help` says. Standard
output is data, standard error is talk. Exit status: 0 done, 1 it could not be done, 2 the call was wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from summitreader.errors import Cancelled, SummitreaderError, UsageError

TYPE_CHECKING = False  # not from typing, whose import costs half of `--help`
if TYPE_CHECKING:
    from argparse import ArgumentParser, HelpFormatter, Namespace
    from pathlib import Path
    from types import ModuleType

COMMANDS = {
    "compare": "compare sources without a terminal interface",
    "search": "passages that match, in all sources",
    "sources": "what was loaded, as what, and what was wrong with the rest",
    "add": "bring pages and files into a corpus",
    "notes": "add, list and remove annotations from a script",
    "export": "annotations out, as markdown, JSON-LD, JSON-lines or CSV",
    "import": "annotations in",
    "verify": "check every quotation of an exported markdown against its source",
    "keys": "every key of the reader and what it does",
    "settings": "what holds, and a settings file to begin with",
    "manual": "the manual page, or the completions for a shell",
    "doctor": "versions, places, settings, terminal and clipboard",
}
_VALUED = ("--data-dir",)

INTERRUPTED = 130
PIPE_CLOSED = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that `argv` (without the program's name) calls, and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words in (["--version"], ["-V"]):
        from summitreader import __version__

        print(f"summitreader {__version__}")
        return 0
    try:
        return _run(words)
    except UsageError as error:
        return _complain(error, 2)
    except (Cancelled, KeyboardInterrupt):
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except SummitreaderError as error:
        return _complain(error, 1)
    except BrokenPipeError:
        _leave_output()
        return PIPE_CLOSED
    except OSError as error:
        _leave_output()
        where = f" ({error.filename})" if error.filename else ""
        return _complain(SummitreaderError(f"{error.strerror or error}{where}."), 1)


def _leave_output() -> None:
    """See to it that nothing is flushed at exit into an output that takes no more."""
    import os

    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _complain(error: Exception, status: int) -> int:
    from summitreader.text.gate import shown

    print(f"summitreader: {shown(str(error))}", file=sys.stderr)
    return status


def _run(words: list[str]) -> int:
    at = _command_at(words)
    if at is None:
        return _read(words)
    name = words[at]
    status: int = _module(name).run(_parsed(parser_of(name), words[:at] + words[at + 1 :]))
    sys.stdout.flush()
    return status


def _module(name: str) -> ModuleType:
    return import_module(f"summitreader.cli.{'import_' if name == 'import' else name}")


def parser_of(name: str) -> ArgumentParser:
    """What reads the arguments of a command, or with an empty name those of the reader."""
    if not name:
        return _reader_parser()
    module = _module(name)
    parser = _parser(f"summitreader {name}", (module.__doc__ or "").strip())
    module.add_arguments(parser)
    return parser


def _command_at(words: list[str]) -> int | None:
    """Where the name of the command stands: the first word that is neither an option nor the value of one."""
    skip = False
    for at, word in enumerate(words):
        if skip:
            skip = False
        elif word in _VALUED:
            skip = True
        elif word == "--" or not word.startswith("-") or word == "-":
            return at if word in COMMANDS else None
    return None


def _parser(prog: str, description: str, epilog: str | None = None) -> ArgumentParser:
    from argparse import ArgumentParser

    parser = ArgumentParser(
        prog=prog,
        description=description,
        epilog=epilog,
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--data-dir",
        type=path,
        metavar="FOLDER",
        help="keep annotations, settings, state and cache here (or SUMMITREADER_DATA_DIR)",
    )
    return parser


def _parsed(parser: ArgumentParser, words: list[str]) -> Namespace:
    """The arguments; argparse itself exits with 2 on a wrong call and 0 after `--help`."""
    return parser.parse_intermixed_args(words)


def path(word: str) -> Path:
    """The argument type of a path, which loads pathlib only where there is one."""
    from pathlib import Path

    return Path(word)


def _formatter(prog: str) -> HelpFormatter:
    """Help as wide as the terminal, at most 100 columns, without the modules that argparse loads to find that out."""
    import os
    from argparse import RawDescriptionHelpFormatter

    try:
        columns = os.get_terminal_size().columns
    except OSError:
        columns = 80
    return RawDescriptionHelpFormatter(prog, width=max(40, min(100, columns)) - 2)


def _reader_parser() -> ArgumentParser:
    listing = "\n".join(f"  {name:<9} {does}" for name, does in COMMANDS.items())
    parser = _parser(
        "summitreader",
        "Read several accounts of one event side by side.",
        f"commands (summitreader COMMAND --help says more; a folder named like one is opened as ./NAME):\n{listing}",
    )
    parser.add_argument("-V", "--version", action="store_true", help="say the version and stop")
    parser.add_argument(
        "paths",
        nargs="*",
        type=path,
        metavar="PATH",
        help="a folder of sources, or files; else what was last read, at first the sample corpus",
    )
    return parser


def _read(words: list[str]) -> int:
    arguments = _parsed(_reader_parser(), words)
    if arguments.version:
        return main(["--version"])
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        named = " ".join(map(str, arguments.paths)) or "PATH"
        raise SummitreaderError(
            "the reader needs a terminal, and this is none. "
            f"Without one, `summitreader compare {named}` prints the comparison."
        )
    from summitreader.tui.start import run

    return run(arguments.paths, arguments.data_dir)
