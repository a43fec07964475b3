"""Answers of a terminal are left out, keys are not."""

from __future__ import annotations

import pytest

from summitreader.config.terminal import has_dark_background
from summitreader.tui.terminal.replies import ReplyFilter

REPLIES = {
    "DA1": "\x1b[?62;22c",
    "DA2": "\x1b[>41;354;0c",
    "background": "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\",
    "background, BEL": "\x1b]11;rgb:1c1c/1c1c/1c1c\x07",
    "XTVERSION": "\x1bP>|xterm(390)\x1b\\",
    "DECRQSS": "\x1bP1$r0m\x1b\\",
    "kitty flags": "\x1b[?1u",
    "status": "\x1b[0n",
    "size": "\x1b[8;24;80t",
    "title": "\x1b]lthe title\x1b\\",
    "parameters": "\x1b[2;1;1;128;128;1;0x",
    "cursor style": "\x1b[1 q",
    "DA1 of eight bits": "\x9b?62;22c",
}


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_an_answer_is_left_out_whole_or_in_two_pieces(reply: str) -> None:
    assert ReplyFilter().feed(f"j{reply}k", 0.0) == "jk"
    for at in range(3, len(reply)):
        if reply.startswith(("\x1b[0", "\x1b[1", "\x1b[8", "\x1b[2", "\x1b]l", "\x9b")):
            continue
        pieces = ReplyFilter()
        assert pieces.feed(reply[:at], 0.0) + pieces.feed(reply[at:] + "k", 0.1) == "k", at


@pytest.mark.parametrize(
    "keys",
    [
        "\x1b",
        "\x1bj",
        "\x1b]",
        "\x1bP",
        "\x1b[A",
        "\x1b[1;5C",
        "\x1b[5~",
        "\x1b[97u",
        "\x1b[<0;3;4M",
        "\x1b[?2026;2$y",
        "\x1b[200~words\x1b[201~",
        "\x1b[48;24;80;0;0t",
        "\x1b[I",
    ],
)
def test_keys_and_what_textual_knows_pass(keys: str) -> None:
    assert ReplyFilter().feed(keys, 0.0) == keys


def test_a_key_event_with_its_type_is_the_key_and_letting_go_is_none() -> None:
    assert [ReplyFilter().feed(event, 0.0) for event in ("\x1b[97;1:1u", "\x1b[1;1:1A", "\x1b[97;1:3u")] == [
        "\x1b[97;1u",
        "\x1b[1;1A",
        "",
    ]
    assert ReplyFilter().feed("\x1b[1;1:3R", 0.0) == ""


def test_a_key_that_is_no_character_is_none_and_of_its_other_characters_only_the_first_counts() -> None:
    assert [ReplyFilter().feed(f"\x1b[{code}u", 0.0) for code in (0, 0xD800, 0xDFFF, 0x110000, 99999999)] == [""] * 5
    assert ReplyFilter().feed("\x1b[55295u\x1b[57344u", 0.0) == "\x1b[55295u\x1b[57344u"
    assert ReplyFilter().feed("\x1b[97:65:99;5u", 0.0) == "\x1b[97;5u"
    assert ReplyFilter().feed("\x1b[97::98;2:1u", 0.0) == "\x1b[97;2u"


def test_an_answer_that_does_not_end_is_forgotten() -> None:
    replies = ReplyFilter()
    assert replies.feed("\x1b]11;rgb:", 0.0) == ""
    replies.tick(0.6)
    assert replies.feed("jk", 0.7) == "jk"


@pytest.mark.parametrize(
    ("answer", "is_dark"),
    [
        ("\x1b]11;rgb:0000/0000/0000\x1b\\", True),
        ("\x1b]11;rgb:ffff/ffff/ffff\x07", False),
        ("\x1b]11;rgb:fd/f6/e3\x07", False),
        ("\x1b]11;rgb:0000/2b2b/3636\x07", True),
        ("\x1b]11;rgba:ffff/ffff/ffff/8000\x07", False),
        ("\x1b]10;rgb:ffff/ffff/ffff\x07", None),
        ("j", None),
    ],
)
def test_whether_the_terminal_is_dark(answer: str, is_dark: bool | None) -> None:
    assert has_dark_background(answer) is is_dark
