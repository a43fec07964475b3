"""The keymap: what one may ask of it, what is refused, and that a mistake costs only the command it stands at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.config.keymap import NAMED, Keymap, canonical, is_typed, keymap
from summitreader.tui.bindings import textual_key
from summitreader.tui.commands import COMMANDS, TABLE_KEYS, may_share


def with_keys(**wanted: list[str]) -> tuple[Keymap, list[str]]:
    asked = {id.replace("_", "-"): tuple(keys) for id, keys in wanted.items()}
    found, complaints = keymap(COMMANDS, asked, may_share)
    return found, [f"{complaint.id}: {complaint.words}" for complaint in complaints]


def test_with_nothing_set_the_keys_are_those_of_the_table() -> None:
    found, wrong = with_keys()
    assert found == TABLE_KEYS
    assert wrong == []


def test_a_command_takes_the_keys_it_is_given_or_none() -> None:
    found, wrong = with_keys(copy=["ä", "ctrl+y"], highlight=[], note=["F9"])
    assert wrong == []
    assert (found.of("copy"), found.of("highlight"), found.of("note")) == (("ä", "Ctrl-Y"), (), ("F9",))


def test_two_commands_may_change_their_keys() -> None:
    found, wrong = with_keys(copy=["e"], export=["y"])
    assert wrong == []
    assert (found.of("copy"), found.of("export")) == (("e",), ("y",))


def test_a_key_of_another_command_in_the_same_view_is_refused_and_the_old_one_stays() -> None:
    found, wrong = with_keys(copy=["c"])
    assert wrong == ["copy: “c” is the key of quotation-next too, in the same view; it keeps y"]
    assert found.of("copy") == ("y",)


def test_commands_of_different_views_may_share_a_key() -> None:
    found, wrong = with_keys(sort=["ä"], lock=["ä"], scope=["m"])
    assert wrong == []
    assert found.rivals("sort") == {"lock"}
    assert "link-next" in found.rivals("scope")


@pytest.mark.parametrize("key", ["Ctrl-H", "c-m", "Ctrl+I", "Ctrl-[", "Ctrl-1", "Shift-Space", "Ctrl-Enter"])
def test_a_key_that_no_terminal_sends_is_left_out(key: str) -> None:
    found, wrong = with_keys(copy=[key, "ä"])
    assert len(wrong) == 1
    assert "terminal" in wrong[0]
    assert found.of("copy") == ("ä",)
    assert with_keys(copy=[key])[0].of("copy") == ("y",)


def test_a_key_that_a_terminal_may_keep_is_taken_with_a_warning() -> None:
    found, wrong = with_keys(copy=["Ctrl-S"])
    assert found.of("copy") == ("Ctrl-S",)
    assert "may be intercepted by the terminal" in wrong[0]


def test_help_and_leaving_never_lose_their_keys() -> None:
    for id in ("help", "quit", "leave"):
        found, wrong = with_keys(**{id: []})
        assert found.of(id) == TABLE_KEYS.of(id)
        assert "must have a key" in wrong[0]
    assert with_keys(leave=["ä"])[0].of("leave") == ("ä", "Escape")
    assert with_keys(copy=["Escape"])[0].of("leave") == ("q", "Escape")


def test_a_wrong_name_is_told_with_the_nearest_right_one() -> None:
    assert with_keys(copyy=["ä"])[1] == ["copyy: unknown command; did you mean copy"]
    assert with_keys(copy=["PageDwn"])[1] == ["copy: “PageDwn” is not a key; did you mean PageDown"]


def test_a_sentence_names_the_key_in_force() -> None:
    found, _ = with_keys(undo=["F9"], redo=[])
    assert found.told("⟨undo⟩ undoes, ⟨redo⟩ does again, ⟨mine⟩ stays.") == (
        "F9 undoes, the command “redo” does again, ⟨mine⟩ stays."
    )
    assert found.in_bar("passage-next:j undo redo open") == "j F9 ⏎"


WORDS = st.one_of(st.sampled_from([*NAMED, "Ctrl-A", "Alt-x", "Shift-Left", "ctrl-h", "no"]), st.characters())
ASKED = st.dictionaries(
    st.sampled_from([command.id for command in COMMANDS]), st.lists(WORDS, max_size=3).map(tuple), max_size=12
)


@given(ASKED)
def test_whatever_is_asked_no_key_means_two_things_in_one_view(asked: dict[str, tuple[str, ...]]) -> None:
    found, _ = keymap(COMMANDS, asked, may_share)
    assert all(may_share(id, other) for id in found.keys for other in found.rivals(id))
    assert found.of("help") and found.of("quit") and "Escape" in found.of("leave")


@given(st.one_of(WORDS, st.text(max_size=12)))
def test_a_name_of_a_key_is_its_own_name_and_textual_knows_it(word: str) -> None:
    key = canonical(word)
    if key is not None:
        assert canonical(key) == key
        assert textual_key(key)
        assert is_typed(key) or len(key) > 1
