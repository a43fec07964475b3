"""List every command of the reader with its keys, as the settings define them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from summitreader.cli.output import add_format, as_json, emit


def add_arguments(parser: ArgumentParser) -> None:
    add_format(parser)


def run(arguments: Namespace) -> int:
    from summitreader.cli.settings import in_force
    from summitreader.tui.commands import COMMANDS

    keymap = in_force(arguments.data_dir).keymap
    if arguments.format == "json":
        listed = [{"id": c.id, "keys": list(keymap.of(c.id)), "does": c.does} for c in COMMANDS]
        emit(as_json({"commands": listed}))
        return 0
    rows = [("  ".join(keymap.of(c.id)), c.does) for c in COMMANDS]
    width = max((len(keys) for keys, _ in rows), default=0)
    emit("\n".join(f"{keys:<{width}}  {does}" for keys, does in rows))
    return 0
