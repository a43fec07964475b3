"""Print the manual page, in troff, or shell completions with --completions.

Both are also installed with the wheel, under share/. `summitreader manual | man -l -` shows it without installing.
"""

from __future__ import annotations

from argparse import SUPPRESS, Action, ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import dataclass
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


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--completions", choices=("bash", "zsh", "fish"), help="print the completions for this shell")


def run(arguments: Namespace) -> int:
    if arguments.completions:
        emit(completions(arguments.completions))
    else:
        emit(page())
    return 0


def page() -> str:
    """The manual page, section 1. Source of the form: man(7)."""
    from summitreader import __version__
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
            "Opens the reader on a folder of sources or on files; by default on what was open last, or on the "
            "sample corpus. The commands work without the reader: results go to standard output, messages "
            "to standard error. Open a folder with the name of a command as ./NAME."
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
    lines += [".SH KEYS", _text("The default keys of the reader.")]
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

    assert isinstance(call, Call)
    named = [f"[{a.value}]" if a.optional else a.value for a in call.named]
    return " ".join([call.name, *(f"{word}..." if a.many else word for a, word in zip(call.named, named, strict=True))])


def _item(argument: object) -> list[str]:

    assert isinstance(argument, Argument)
    value = rf" \fI{_text(argument.value)}\fR" if argument.value else ""
    flags = ", ".join(rf"\fB{_text(flag)}\fR" for flag in argument.flags)
    return [".TP", f"{flags}{value}".strip(), _text(argument.does)]


def _paragraphs(about: tuple[str, ...]) -> list[str]:
    return [line for paragraph in about for line in (".PP", _text(paragraph))]


def _text(words: str) -> str:
    """Escape text for troff (groff_char(7), man-pages(7))."""
    escaped = words.replace("\\", r"\e").replace("-", r"\-").replace("^", r"\(ha").replace("~", r"\(ti")
    escaped = escaped.replace("`", r"\(ga").replace('"', r"\(dq")
    return rf"\&{escaped}" if escaped[:1] in (".", "'") else escaped


@dataclass(frozen=True, slots=True)
class Argument:
    """An option, with its `flags`, or a positional argument, without any. `value` is the name of its value, empty if
    it takes none; `choices` are its possible values, if listed."""

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
        """The positional arguments, in order."""
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


def completions(shell: str) -> str:
    """The script for a shell: `bash`, `zsh` or `fish`."""
    makers = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    return makers[shell](*calls())


# ── bash ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _bash(reader: Call, *commands: Call) -> str:
    """Source of the form: bash(1), "Programmable Completion"."""
    names = " ".join(call.name for call in commands)
    lines = [
        "# Completions of summitreader for bash.",
        "_summitreader_words() {",
        '    COMPREPLY+=($(compgen -W "$1" -- "$word"))',
        "}",
        "_summitreader_paths() {",
        "    local IFS=$'\\n'",
        "    compopt -o filenames 2>/dev/null",
        '    COMPREPLY+=($(compgen "$1" -- "$word"))',
        "}",
        "_summitreader() {",
        '    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command="" at',
        "    for ((at = 1; at < COMP_CWORD; at++)); do",
        '        case "${COMP_WORDS[at]}" in',
        f'        {names.replace(" ", "|")}) command="${{COMP_WORDS[at]}}"; break;;',
        "        esac",
        "    done",
        "    COMPREPLY=()",
        '    case "$command" in',
    ]
    for call in (*commands, reader):
        lines += [f"    {call.name or '*'})", '        case "$before" in']
        lines += [f"        {'|'.join(o.flags)}) {_bash_value(o)}return;;" for o in call.options if o.value]
        lines += ["        esac", "        if [[ $word == -* ]]; then"]
        lines += [f"            _summitreader_words '{' '.join(flag for o in call.options for flag in o.flags)}'"]
        words = names if call is reader else " ".join(choice for named in call.named for choice in named.choices)
        if words or any(named.takes_path for named in call.named):
            lines.append("        else")
        if words:
            lines.append(f"            _summitreader_words '{words}'")
        if any(named.takes_path for named in call.named):
            lines.append("            _summitreader_paths -f")
        lines.append("        fi;;")
    lines += ["    esac", "}", "complete -F _summitreader summitreader"]
    return "\n".join(lines)


def _bash_value(option: Argument) -> str:
    if option.choices:
        return f"_summitreader_words '{' '.join(option.choices)}'; "
    return f"_summitreader_paths -{'d' if option.takes_folder else 'f'}; " if option.takes_path else ""


# ── zsh ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _zsh(reader: Call, *commands: Call) -> str:
    """Source of the form: zshcompsys(1), "Utility Functions": `_arguments`."""
    lines = ["#compdef summitreader", "", "_summitreader() {", "    local -a commands", "    commands=("]
    lines += [f"        {_zsh_quoted(f'{call.name}:{call.does}')}" for call in commands]
    lines += [
        "    )",
        "    local command at",
        "    for ((at = 2; at < CURRENT; at++)); do",
        "        if (( ${commands[(I)${words[at]}:*]} )); then command=${words[at]}; break; fi",
        "    done",
        "    case $command in",
    ]
    for call in commands:
        lines += [f"    {call.name})", "        words[at]=(); (( CURRENT-- ))", f"        {_zsh_arguments(call)};;"]
    lines += [
        "    *)",
        "        if [[ ${words[CURRENT]} == -* ]]; then",
        f"            {_zsh_arguments(reader)}",
        "        else",
        "            _describe -t commands command commands",
        "            _files",
        "        fi;;",
        "    esac",
        "}",
        "",
        '_summitreader "$@"',
    ]
    return "\n".join(lines)


def _zsh_arguments(call: Call) -> str:
    specs = []
    for option in call.options:
        value = f":{option.value.lower()}:{_zsh_action(option)}" if option.value else ""
        for flag in option.flags:
            specs.append(_zsh_quoted(f"{flag}[{_zsh_escaped(option.does)}]{value}"))
    for argument in call.named:
        place = "*" if argument.many else ""
        specs.append(_zsh_quoted(f"{place}:{_zsh_escaped(argument.value.lower())}:{_zsh_action(argument)}"))
    return " \\\n            ".join(["_arguments", *specs])


def _zsh_action(argument: Argument) -> str:
    if argument.choices:
        return f"({' '.join(argument.choices)})"
    return "_files -/" if argument.takes_folder else "_files" if argument.takes_path else ""


def _zsh_escaped(words: str) -> str:
    for sign in "\\[]:":
        words = words.replace(sign, f"\\{sign}")
    return words


def _zsh_quoted(words: str) -> str:
    return "'" + words.replace("'", "'\\''") + "'"


# ── fish ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _fish(reader: Call, *commands: Call) -> str:
    """Source of the form: complete(1) of fish."""
    none = "not __fish_seen_subcommand_from " + " ".join(call.name for call in commands)
    lines = ["# Completions of summitreader for fish."]
    lines += [f"complete -c summitreader -n '{none}' -a {call.name} -d {_fish_quoted(call.does)}" for call in commands]
    lines += _fish_options(none, reader.options)
    for call in commands:
        here = f"__fish_seen_subcommand_from {call.name}"
        if not any(argument.takes_path for argument in call.named):
            lines.append(f"complete -c summitreader -n '{here}' -f")
        for argument in call.named:
            if argument.choices:
                lines.append(f"complete -c summitreader -n '{here}' -a '{' '.join(argument.choices)}'")
        lines += _fish_options(here, call.options)
    return "\n".join(lines)


def _fish_options(condition: str, options: Iterable[Argument]) -> list[str]:
    lines = []
    for option in options:
        words = [f"complete -c summitreader -n '{condition}'"]
        words += [f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags]
        if option.choices:
            words.append(f"-x -a '{' '.join(option.choices)}'")
        elif option.value:
            words.append("-r" if option.takes_path else "-x")
        lines.append(" ".join([*words, f"-d {_fish_quoted(option.does)}"]))
    return lines


def _fish_quoted(words: str) -> str:
    return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'"
