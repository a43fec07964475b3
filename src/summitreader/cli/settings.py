"""Show the settings in effect, as TOML. --init writes a settings file with the defaults; it never replaces a file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, fields
from pathlib import Path

from summitreader.cli.output import emit, talk
from summitreader.config.keymap import Keymap
from summitreader.config.settings import KEYS, Read, Settings, read


def add_arguments(parser: ArgumentParser) -> None:
    wanted = parser.add_mutually_exclusive_group()
    wanted.add_argument("--init", action="store_true", help="write a file with every default, commented out")
    wanted.add_argument("--path", action="store_true", help="print the path of the file")


def run(arguments: Namespace) -> int:
    from summitreader.config.places import places
    from summitreader.tui.commands import COMMANDS

    folder = places(arguments.data_dir).settings
    if arguments.init:
        from summitreader.config.settings import OWN_THEMES, default_text, write_default

        emit(str(write_default(folder, default_text(COMMANDS, OWN_THEMES))))
        return 0
    found = in_force(arguments.data_dir)
    if arguments.path:
        emit(str(found.read.path))
        return 0
    for mistake in found.mistakes:
        talk(mistake)
    emit(_as_toml(found))
    return 0


@dataclass(frozen=True, slots=True)
class InForce:
    """The settings file, its key bindings, and its mistakes (except the theme) as sentences."""

    read: Read
    keymap: Keymap
    mistakes: tuple[str, ...]


def in_force(data_dir: Path | None) -> InForce:
    """The settings in effect for a data folder."""
    from summitreader.config.keymap import keymap
    from summitreader.config.places import places
    from summitreader.tui.commands import COMMANDS, may_share

    found = read(places(data_dir).settings)
    keys, complaints = keymap(COMMANDS, found.settings.keys, may_share)
    told = (found.said(f"{KEYS}.{complaint.id}", complaint.words) for complaint in complaints)
    return InForce(found, keys, (*found.mistakes, *told))


def _as_toml(found: InForce) -> str:
    settings = found.read.settings
    lines = [
        f"{field.name.replace('_', '-')} = {_value(getattr(settings, field.name))}"
        for field in _FIELDS
        if getattr(settings, field.name) not in (None, "")
    ]
    lines += ["", "[keys]"]
    lines += [f"{id} = {_value(keys)}" for id, keys in found.keymap.keys.items()]
    return "\n".join(lines)


_FIELDS = tuple(field for field in fields(Settings) if field.name != "keys")


def _value(value: object) -> str:
    """A value in TOML, whose basic strings are written as those of JSON."""
    import json

    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
