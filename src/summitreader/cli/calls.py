"""Every way to call the program, read off the parsers: the manual page and the shells' completions are made of it."""

from __future__ import annotations

from argparse import SUPPRESS, Action, ArgumentParser
from dataclasses import dataclass

from summitreader.cli import COMMANDS, parser_of


@dataclass(frozen=True, slots=True)
class Argument:
    """An option, with its `flags`, or what is named by its place, without any. `value` is what the parser calls its
    value, empty where it takes none; `choices` are the values it can have, where they are few."""

    flags: tuple[str, ...]
    value: str
    choices: tuple[str, ...]
    many: bool
    optional: bool
    does: str

    @property
    def takes_path(self) -> bool:
        """Whether the value names a file or folder."""
        return any(word in self.value for word in ("PATH", "FILE", "FOLDER"))

    @property
    def takes_folder(self) -> bool:
        return self.value == "FOLDER"


@dataclass(frozen=True, slots=True)
class Call:
    """A command, or the reader, whose `name` is empty. `about` are paragraphs."""

    name: str
    does: str
    about: tuple[str, ...]
    arguments: tuple[Argument, ...]

    @property
    def options(self) -> tuple[Argument, ...]:
        return tuple(argument for argument in self.arguments if argument.flags)

    @property
    def named(self) -> tuple[Argument, ...]:
        """What is named by its place, in order."""
        return tuple(argument for argument in self.arguments if not argument.flags)


def calls() -> tuple[Call, ...]:
    """The reader, and after it the commands in the order of `--help`."""
    listed = {"": "the reader", **COMMANDS}
    return tuple(_call(name, does, parser_of(name)) for name, does in listed.items())


def _call(name: str, does: str, parser: ArgumentParser) -> Call:
    actions = [action for action in parser._actions if action.help != SUPPRESS]
    about = tuple(" ".join(part.split()) for part in (parser.description or "").split("\n\n"))
    return Call(name, does, about, tuple(_argument(action) for action in actions))


def _argument(action: Action) -> Argument:
    choices = tuple(map(str, action.choices or ()))
    value = "" if action.nargs == 0 else str(action.metavar or "|".join(choices) or action.dest.upper())
    many = action.nargs in ("*", "+")
    optional = action.nargs in ("*", "?")
    return Argument(tuple(action.option_strings), value, choices, many, optional, action.help or "")
