"""The manual page, in the troff that `man` reads; with --completions, what a shell needs to complete the commands.

A wheel brings all of it along, under share/. `summitreader manual | man -l -` reads it where nothing was installed.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from itertools import groupby

from summitreader.cli.output import emit

_FILES = (
    ("settings.toml", "the settings; `summitreader settings --init` writes one to begin with, --path says where it is"),
    ("annotations.sqlite", "the annotations, in the data folder, and beside it once more what was done, line by line"),
)
_ENVIRONMENT = (
    ("SUMMITREADER_DATA_DIR", "the folder that all is kept in, as --data-dir"),
    ("NO_COLOR", "no colours"),
    ("TEXTUAL_ANIMATIONS", "`none` for a screen on which nothing moves by itself"),
    ("VISUAL, EDITOR", "the editor that a long note is written in"),
)
_STATUS = (("0", "done"), ("1", "it could not be done; the message says why"), ("2", "the call was wrong"))


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--completions", choices=("bash", "zsh", "fish"), help="the completions for this shell instead")


def run(arguments: Namespace) -> int:
    if arguments.completions:
        from summitreader.cli.completions import completions

        emit(completions(arguments.completions))
    else:
        emit(page())
    return 0


def page() -> str:
    """The manual page, section 1. Source of the form: man(7)."""
    from summitreader import __version__
    from summitreader.cli.calls import calls
    from summitreader.tui.commands import COMMANDS

    reader, *commands = calls()
    lines = [
        f'.TH SUMMITREADER 1 "" "summitreader {__version__}" "User Commands"',
        ".SH NAME",
        r"summitreader \- read several accounts of one event side by side",
        ".SH SYNOPSIS",
        ".B summitreader",
        r"[\fIPATH\fR...]",
        ".br",
        ".B summitreader",
        r"\fICOMMAND\fR [\fIOPTION\fR...] [\fIARGUMENT\fR...]",
        ".SH DESCRIPTION",
        _text(
            "Opens the reader on a folder of sources or on files, else on what was read last, else on the sample "
            "corpus that comes with it. The commands do without a terminal interface: standard output is data, "
            "standard error is talk. A folder that is named like a command is opened as ./NAME."
        ),
        ".SH OPTIONS",
        *(line for option in reader.options for line in _item(option)),
        ".SH COMMANDS",
    ]
    for call in commands:
        lines += [f".SS {_text(_usage(call))}", *_paragraphs(call.about)]
        for argument in (*call.named, *call.options):
            if "--help" not in argument.flags and "--data-dir" not in argument.flags:
                lines += _item(argument)
    lines += [".SH KEYS", _text("The keys of the reader, where the settings do not say otherwise.")]
    for group, listed in groupby(COMMANDS, key=lambda command: command.group):
        lines.append(f".SS {_text(group)}")
        for command in listed:
            lines += [".TP", rf"\fB{_text('  '.join(command.keys))}\fR", _text(command.does)]
    for title, entries in (("FILES", _FILES), ("ENVIRONMENT", _ENVIRONMENT), ("EXIT STATUS", _STATUS)):
        lines.append(f".SH {title}")
        for name, does in entries:
            lines += [".TP", rf"\fB{_text(name)}\fR", _text(does)]
    return "\n".join(lines)


def _usage(call: object) -> str:
    from summitreader.cli.calls import Call

    assert isinstance(call, Call)
    named = [f"[{a.value}]" if a.optional else a.value for a in call.named]
    return " ".join([call.name, *(f"{word}..." if a.many else word for a, word in zip(call.named, named, strict=True))])


def _item(argument: object) -> list[str]:
    from summitreader.cli.calls import Argument

    assert isinstance(argument, Argument)
    value = rf" \fI{_text(argument.value)}\fR" if argument.value else ""
    flags = ", ".join(rf"\fB{_text(flag)}\fR" for flag in argument.flags)
    return [".TP", f"{flags}{value}".strip(), _text(argument.does)]


def _paragraphs(about: tuple[str, ...]) -> list[str]:
    return [line for paragraph in about for line in (".PP", _text(paragraph))]


def _text(words: str) -> str:
    """Words as troff shows them: what it would take for its own is escaped (groff_char(7), man-pages(7))."""
    escaped = words.replace("\\", r"\e").replace("-", r"\-").replace("^", r"\(ha").replace("~", r"\(ti")
    escaped = escaped.replace("`", r"\(ga").replace('"', r"\(dq")
    return rf"\&{escaped}" if escaped[:1] in (".", "'") else escaped
