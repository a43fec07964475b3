"""Answers of a terminal are left out, keys are not."""

from __future__ import annotations

import pytest

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
}


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_an_answer_is_left_out_whole_or_in_two_pieces(reply: str) -> None:
    assert ReplyFilter().feed(f"j{reply}k", 0.0) == "jk"
    for at in range(3, len(reply)):
        if reply.startswith(("\x1b[0", "\x1b[8")):
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
    assert ReplyFilter().feed("\x1b[99999999u", 0.0) == ""


def test_an_answer_that_does_not_end_is_forgotten() -> None:
    replies = ReplyFilter()
    assert replies.feed("\x1b]11;rgb:", 0.0) == ""
    replies.tick(0.6)
    assert replies.feed("jk", 0.7) == "jk"
