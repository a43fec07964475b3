"""The private parts of Textual that the program uses are there in the version that is installed."""

from __future__ import annotations

from textual.app import App
from textual.binding import Binding
from textual.events import Key
from textual.message import Message

from summitreader.tui.terminal.textual_private import TerminalParser, key_of_character, set_bindings


async def test_two_actions_on_one_key_and_a_key_that_the_class_does_not_bind() -> None:
    done: list[str] = []

    class Program(App[None]):
        def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
            return action != "never"

        def action_never(self) -> None:
            done.append("never")

        def action_second(self) -> None:
            done.append("second")

    program = Program()
    set_bindings(program, {"s": [Binding("s", "never"), Binding("s", "second")]})
    async with program.run_test() as pilot:
        await pilot.press("s")
    assert done == ["second"]


def test_only_what_is_set_stays_bound() -> None:
    program = App[None]()
    set_bindings(program, {"s": [Binding("s", "quit")]}, only=True)
    assert set(program.active_bindings if program.is_running else program._bindings.key_to_bindings) == {"s"}


def test_characters_have_the_names_that_textual_gives_their_keys() -> None:
    assert [key_of_character(c) for c in "a{¶"] == ["a", "left_curly_bracket", "pilcrow_sign"]


def test_an_escape_that_came_last_is_a_key_at_once() -> None:
    parser = TerminalParser()
    heard: list[Message] = [*parser.feed("\x1b"), *parser.end_escape()]
    assert [message.key for message in heard if isinstance(message, Key)] == ["escape"]
