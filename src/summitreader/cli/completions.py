"""What bash, zsh and fish need to complete the program's commands and options; each script stands by itself."""

from __future__ import annotations

from collections.abc import Iterable

from summitreader.cli.calls import Argument, Call, calls


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
