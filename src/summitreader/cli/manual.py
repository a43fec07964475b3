"""Print the manual page, in troff, or shell completions with --completions.

Both are also installed with the wheel, under share/. `summitreader manual | man -l -` shows it without installing.
The completions of every shell ask the program itself what fits (--offer).
"""

from __future__ import annotations

from argparse import REMAINDER, SUPPRESS, Action, ArgumentParser, Namespace
from collections.abc import Sequence
from itertools import groupby

from summitreader.cli import COMMANDS, parser_of
from summitreader.cli.output import emit

_FILES = (
    ("settings.toml", "the settings; `summitreader settings --init` creates the file, --path prints its path"),
    ("annotations.sqlite", "the annotations, in the data folder; a mirror beside it logs every change, line by line"),
)
_ENVIRONMENT = (
    ("SUMMITREADER_DATA_DIR", "the folder for all data, like --data-dir"),
    ("NO_COLOR", "no colours"),
    ("TEXTUAL_ANIMATIONS", "`none` turns animations off"),
    ("VISUAL, EDITOR", "the editor for long notes"),
)
_STATUS = (("0", "success"), ("1", "failure; the message gives the reason"), ("2", "incorrect usage"))


_COMPLETIONS = {
    "bash": """\
_summitreader() {
    local IFS=$'\\n'
    COMPREPLY=($(summitreader manual --offer "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1))
}
complete -o default -F _summitreader summitreader""",
    "zsh": """\
#compdef summitreader
local -a offered
offered=(${(f)"$(summitreader manual --offer "${(@)words[2,CURRENT]}" 2>/dev/null | tr '\\t' ':')"})
if (( $#offered )); then _describe -t words word offered; else _files; fi""",
    "fish": """\
function __summitreader_offer
    set -l words (commandline -opc)[2..-1] (commandline -ct)
    summitreader manual --offer $words 2>/dev/null
end
complete -c summitreader -a '(__summitreader_offer)'""",
}
"""Scripts by shell: what `offers` gives, else the names of files."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--completions", choices=tuple(_COMPLETIONS), help="print the completions for this shell")
    parser.add_argument("--offer", nargs=REMAINDER, help=SUPPRESS)


def run(arguments: Namespace) -> int:
    if arguments.offer is not None:
        emit("\n".join(offers(arguments.offer)))
    else:
        emit(completions(arguments.completions) if arguments.completions else page())
    return 0


def completions(shell: str) -> str:
    """The script for a shell: `bash`, `zsh` or `fish`."""
    return _COMPLETIONS[shell]


def offers(words: Sequence[str]) -> list[str]:
    """What may complete the last of `words`, those after the program's name: commands, options or the values of one,
    each with a tab and what it does. Nothing where it is a path or free text."""
    *before, begun = words or [""]
    name = next((word for word in before if word in COMMANDS), "")
    listed = _actions(name)
    option = next((action for action in listed if before and before[-1] in action.option_strings), None)
    if option is not None and option.nargs != 0:
        offered = {str(choice): "" for choice in option.choices or ()}
    elif begun.startswith("-"):
        offered = {flag: action.help or "" for action in listed for flag in action.option_strings}
    elif not name:
        offered = dict(COMMANDS)
    else:
        positional = (action for action in listed if not action.option_strings)
        offered = {str(choice): "" for action in positional for choice in action.choices or ()}
    return [f"{word}\t{' '.join(does.split())}" for word, does in offered.items() if word.startswith(begun)]


def page() -> str:
    """The manual page, section 1. Source of the form: man(7)."""
    from summitreader import __version__
    from summitreader.tui.commands import COMMANDS as KEYS

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
            "Opens the reader on a folder of sources or on files; by default on what was open last, or on the "
            "sample corpus. The commands work without the reader: results go to standard output, messages "
            "to standard error. Open a folder with the name of a command as ./NAME."
        ),
        ".SH OPTIONS",
        *(line for action in _actions("") if action.option_strings for line in _item(action)),
        ".SH COMMANDS",
    ]
    for name in COMMANDS:
        actions = _actions(name)
        named = " ".join(_usage(action) for action in actions if not action.option_strings)
        lines.append(f".SS {_text(f'{name} {named}'.strip())}")
        for paragraph in (parser_of(name).description or "").split("\n\n"):
            lines += [".PP", _text(" ".join(paragraph.split()))]
        for action in sorted(actions, key=lambda action: bool(action.option_strings)):
            if not {"--help", "--data-dir"} & set(action.option_strings):
                lines += _item(action)
    lines += [".SH KEYS", _text("The default keys of the reader.")]
    for group, commands in groupby(KEYS, key=lambda command: command.group):
        lines.append(f".SS {_text(group)}")
        for command in commands:
            lines += _entry("  ".join(command.keys), command.does)
    for title, entries in (("FILES", _FILES), ("ENVIRONMENT", _ENVIRONMENT), ("EXIT STATUS", _STATUS)):
        lines.append(f".SH {title}")
        lines += (line for entry in entries for line in _entry(*entry))
    return "\n".join(lines)


def _actions(name: str) -> list[Action]:
    """The arguments of a command; with an empty name, of the reader."""
    return [action for action in parser_of(name)._actions if action.help != SUPPRESS]


def _value(action: Action) -> str:
    """How the value of an argument is named; empty where it takes none."""
    return "" if action.nargs == 0 else str(action.metavar or "|".join(action.choices or ()) or action.dest.upper())


def _usage(action: Action) -> str:
    value = f"[{_value(action)}]" if action.nargs in ("*", "?") else _value(action)
    return f"{value}..." if action.nargs in ("*", "+") else value


def _item(action: Action) -> list[str]:
    value = rf" \fI{_text(_value(action))}\fR" if _value(action) else ""
    flags = ", ".join(rf"\fB{_text(flag)}\fR" for flag in action.option_strings)
    return [".TP", f"{flags}{value}".strip(), _text(action.help or "")]


def _entry(name: str, does: str) -> list[str]:
    return [".TP", rf"\fB{_text(name)}\fR", _text(does)]


def _text(words: str) -> str:
    """Escape text for troff (groff_char(7), man-pages(7))."""
    escaped = words.replace("\\", r"\e").replace("-", r"\-").replace("^", r"\(ha").replace("~", r"\(ti")
    escaped = escaped.replace("`", r"\(ga").replace('"', r"\(dq")
    return rf"\&{escaped}" if escaped[:1] in (".", "'") else escaped
