"""The one table of commands: no id, no key twice, and every key is one that a terminal sends."""

from collections import Counter

from summitreader.tui.bindings import textual_key
from summitreader.tui.commands import COMMANDS


def test_no_id_stands_twice() -> None:
    assert [id for id, n in Counter(c.id for c in COMMANDS).items() if n > 1] == []


def test_no_key_means_two_things_in_one_view() -> None:
    for lists in (True, False):
        here = [c for c in COMMANDS if c.group.startswith("In the lists") is lists]
        assert [key for key, n in Counter(key for c in here for key in c.keys).items() if n > 1] == []


def test_no_key_is_one_that_terminals_confuse_or_keep() -> None:
    confused = {"Ctrl-H", "Ctrl-M", "Ctrl-I", "Ctrl-[", "Ctrl-S"}
    assert not confused & {key for c in COMMANDS for key in c.keys}


def test_two_keys_never_become_one_in_textual() -> None:
    keys = {key for c in COMMANDS for key in c.keys}
    assert len({textual_key(key) for key in keys}) == len(keys)


def test_what_a_command_does_is_said_in_a_phrase() -> None:
    for command in COMMANDS:
        assert command.does[0].isupper()
        assert not command.does.endswith(".")
        assert command.keys
