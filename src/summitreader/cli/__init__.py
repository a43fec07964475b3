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
    from typing import NoReturn

COMMANDS = {
    "compare": "compare sources and print the result",
    "search": "search all sources",
    "sources": "list what was loaded, and what could not be read and why",
    "add": "add a page or file to a folder of sources",
    "notes": "add, list and remove annotations from a script",
    "export": "export annotations",
    "import": "import annotations",
    "report": "write a page for a browser: what was found, and the texts side by side",
    "check": "check a draft against its sources, sentence by sentence",
    "verify": "check every quotation of an export against its source",
    "serve": "open the reader in a tab of a browser",
    "keys": "list the keys of the reader",
    "settings": "show the settings, or write a settings file",
    "manual": "print the manual page, or shell completions",
    "doctor": "check versions, folders, settings, terminal and clipboard",
}
_VALUED = ("--data-dir", "--draft")

INTERRUPTED = 130
PIPE_CLOSED = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that `argv` (without the program's name) calls, and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        _open_closed_streams()
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


def _open_closed_streams() -> None:
    """Put something in the place of streams that were closed (`>&-`), so that no file gets their numbers. To write to
    standard output fails, with a sentence."""
    import os

    while (handle := os.open(os.devnull, os.O_RDWR)) < 2:
        pass
    if handle > 2:
        os.close(handle)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 1)
        sys.stdout = open(1, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8")  # noqa: SIM115


def _leave_output() -> None:
    """Redirect standard output, so that nothing is flushed into a closed pipe at exit."""
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
    """The argument parser of a command; with an empty name, of the reader."""
    if not name:
        return _reader_parser()
    module = _module(name)
    parser = _parser(f"summitreader {name}", (module.__doc__ or "").strip())
    module.add_arguments(parser)
    return parser


def _command_at(words: list[str]) -> int | None:
    """Index of the command name: the first word that is neither an option nor the value of one."""
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
    import argparse

    class ArgumentParser(argparse.ArgumentParser):
        def error(self, message: str) -> NoReturn:
            """Exit with 2; what was typed, and is repeated here, is made safe to show."""
            from summitreader.text.gate import shown_line

            super().error(shown_line(message))

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
    """Argument type for paths; imports pathlib only when needed."""
    from pathlib import Path

    return Path(word)


def _formatter(prog: str) -> HelpFormatter:
    """Help as wide as the terminal, at most 100 columns, without importing shutil as argparse would."""
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
        f"commands (see summitreader COMMAND --help; open a folder with the name of a command as ./NAME):\n{listing}",
    )
    parser.add_argument("-V", "--version", action="store_true", help="print the version")
    parser.add_argument(
        "paths",
        nargs="*",
        type=path,
        metavar="PATH",
        help="a folder of sources, or files; default: what was open last, or the sample corpus",
    )
    parser.add_argument("--draft", type=path, metavar="FILE", help="check this draft against the sources as you read")
    return parser


def _read(words: list[str]) -> int:
    arguments = _parsed(_reader_parser(), words)
    if arguments.version:
        return main(["--version"])
    import os

    if not os.environ.get("TEXTUAL_DRIVER") and not (sys.stdin.isatty() and sys.stdout.isatty()):
        named = " ".join(map(str, arguments.paths)) or "PATH"
        raise SummitreaderError(
            "The reader needs an interactive terminal. "
            f"`summitreader compare {named}` prints the comparison without one."
        )
    if arguments.draft is not None and not arguments.paths:
        raise UsageError("--draft needs sources: name a folder or files.")
    for named in (*arguments.paths, *filter(None, [arguments.draft])):
        if not named.exists():
            from summitreader.config.settings import did_you_mean

            raise SummitreaderError(f"No such file or folder: {named}{did_you_mean(str(named), COMMANDS)}.")
    from summitreader.tui.start import run

    return run(arguments.paths, arguments.data_dir, arguments.draft)
