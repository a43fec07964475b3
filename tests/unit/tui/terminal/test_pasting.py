"""What `tui.terminal.pasting` promises: a paste is text, whatever stands in it and however it comes in."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste
from textual.message import Message

from summitreader.tui.terminal import pasting
from summitreader.tui.terminal.pasting import PasteSafeParser

BEGIN, END = "\x1b[200~", "\x1b[201~"
HOSTILE = st.lists(st.sampled_from([*"jqD:\r\n\t\x00\x07\x9b", "\x1b", BEGIN, END, "[201~", "\x1b[A", "é山"])).map(
    "".join
)


class Clock:
    """Seconds as a test has them."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pasting, "monotonic", clock)
    monkeypatch.setattr("textual._parser.get_time", clock)
    return clock


def fed(parser: PasteSafeParser, *chunks: str) -> list[Message]:
    return [message for chunk in chunks for message in parser.feed(chunk)]


def text_of(messages: Iterable[Message]) -> str:
    return "".join(message.text for message in messages if isinstance(message, Paste))


def keys_of(messages: Iterable[Message]) -> list[str]:
    return [message.key for message in messages if isinstance(message, Key)]


def test_words_come_as_they_are() -> None:
    messages = fed(PasteSafeParser(), f"{BEGIN}two\tlines\r\nand 山{END}")
    assert text_of(messages) == "two\tlines\r\nand 山"
    assert keys_of(messages) == []


@pytest.mark.parametrize("inside", ["\x1bq", "\x1b[A", "\x07", "\x9b2J", "\x1b]0;x\x07", "\x00", "\x11", "\x1b"])
def test_controls_in_it_are_left_out_and_press_nothing(inside: str) -> None:
    messages = fed(PasteSafeParser(), f"{BEGIN}a{inside}b{END}")
    assert keys_of(messages) == []
    assert text_of(messages).startswith("a") and text_of(messages).isprintable()


def test_a_closing_mark_in_it_does_not_close_it() -> None:
    messages = fed(PasteSafeParser(), f"{BEGIN}a{END}D:quit\r{BEGIN}b{END}")
    assert keys_of(messages) == []
    assert text_of(messages) == "aD:quit\rb"


@given(HOSTILE, st.lists(st.integers(1, 12), min_size=1))
def test_whatever_stands_in_it_and_however_it_is_cut_nothing_is_a_key(inside: str, cuts: list[int]) -> None:
    whole = f"{BEGIN}{inside}{END}"
    chunks: list[str] = []
    while whole:
        cut = max(cuts[len(chunks) % len(cuts)], 0 if chunks else 2)  # Textual takes a lone ESC for the key in time
        chunks.append(whole[:cut])
        whole = whole[cut:]
    messages = fed(PasteSafeParser(), *chunks)
    assert keys_of(messages) == []
    assert "\x1b" not in text_of(messages)


@given(st.integers(1, 5))
def test_an_opening_mark_in_two_pieces_is_one(cut: int) -> None:
    messages = fed(PasteSafeParser(), BEGIN[:cut], f"{BEGIN[cut:]}qD{END}")
    assert keys_of(messages) == []
    assert text_of(messages) == "qD"
    assert len(messages) == 1


def test_what_is_typed_after_it_is_keys_once_nothing_more_came(clock: Clock) -> None:
    parser = PasteSafeParser()
    assert text_of(fed(parser, f"{BEGIN}words{END}")) == "words"
    assert fed(parser, "\r") == []
    clock.now += pasting.QUIET
    assert keys_of(parser.tick()) == ["enter"]
    assert keys_of(fed(parser, "jk")) == ["j", "k"]


def test_a_key_that_is_held_down_after_it_comes_through(clock: Clock) -> None:
    parser = PasteSafeParser()
    fed(parser, f"{BEGIN}words{END}")
    keys: list[str] = []
    for _ in range(40):
        clock.now += 0.03
        keys += keys_of([*fed(parser, "j"), *parser.tick()])
    clock.now += pasting.QUIET
    keys += keys_of(parser.tick())
    assert keys == ["j"] * 40


def test_more_than_a_hand_types_after_a_closing_mark_is_of_the_paste(clock: Clock) -> None:
    parser = PasteSafeParser()
    fed(parser, f"{BEGIN}words{END}", "D" * (pasting.BY_HAND + 1))
    clock.now += pasting.LONGEST
    messages = list(parser.tick())
    assert keys_of(messages) == []
    assert len(text_of(messages)) == pasting.BY_HAND + 1


def test_keys_are_keys_as_before(clock: Clock) -> None:
    parser = PasteSafeParser()
    assert keys_of(fed(parser, "j\x1b[A\r")) == ["j", "up", "enter"]
    assert fed(parser, "\x1b") == []
    clock.now += 1
    assert keys_of(parser.tick()) == ["escape"]


def test_escape_and_a_key_soon_after_it_are_two_keys_and_together_they_are_alt(clock: Clock) -> None:
    assert keys_of(fed(PasteSafeParser(), "\x1b", "j")) == ["escape", "j"]
    parser = PasteSafeParser()
    assert fed(parser, "\x1bj") == []
    clock.now += 1
    assert keys_of(parser.tick()) == ["alt+j"]


def test_the_arrow_that_comes_in_two_pieces_is_one_key() -> None:
    assert keys_of(fed(PasteSafeParser(), "\x1b", "[", "A")) == ["up"]


def test_a_paste_without_its_closing_mark_is_over_after_a_while_and_keys_are_heard_again(clock: Clock) -> None:
    parser = PasteSafeParser()
    messages = fed(parser, f"{BEGIN}words")
    clock.now += pasting.UNCLOSED - 0.1
    messages += parser.tick()
    assert text_of(messages) == ""
    clock.now += 0.2
    messages += parser.tick()
    assert text_of(messages) == "words"
    assert keys_of(fed(parser, "j")) == ["j"]
