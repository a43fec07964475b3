"""What `sources.decoding` promises: bytes become the text that they are, or are refused with a reason."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.sources.decoding import decode
from summitreader.sources.model import UnreadableFile

RUSSIAN = "Президент сказал в пятницу, что корабли не проверяли."
KOREAN = "장관은 금요일에 선박이 2년 동안 점검을 받지 않았다고 말했다."
ENGLISH = "The Prime Minister’s “plan” isn’t new, he said. It’s an old one, and the talks went on for hours."


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), max_size=50))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode()).text == text
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text


@pytest.mark.parametrize("mark", [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_utf_16_is_known_by_its_mark(mark: tuple[bytes, str]) -> None:
    assert decode(mark[0] + KOREAN.encode(mark[1])).text == KOREAN


def test_utf_16_without_a_mark_is_known_by_its_nuls() -> None:
    assert decode("Officials said so.".encode("utf-16-le")).text == "Officials said so."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (KOREAN, "euc-kr"),
        ("大臣は金曜日に、船は二年間検査を受けていないと述べた。", "shift_jis"),
        ("部长周五表示，这些船只已有两年没有接受检查。", "gb18030"),
        ("قال الوزير يوم الجمعة إن السفن لم تفحص", "cp1256"),
        (ENGLISH, "cp1252"),
        ("café déjà vu — 12€", "cp1252"),
        ("Der Präsident sagte „nein“ und fuhr nach Köln.", "cp1252"),
    ],
)
def test_legacy_character_sets_are_guessed_and_the_guess_is_said(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert "guessed" in decoded.notices[0]


def test_bytes_that_are_no_text_are_marked_and_counted() -> None:
    decoded = decode(b"Officials said so. caf\xe9 \xff\xfe \xc0\xaf \xf4\x90\x80\x80\n")
    assert decoded.text.startswith("Officials said so. caf\ufffd")
    assert "no valid text" in decoded.notices[0]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_become_line_feeds(ends: str) -> None:
    assert decode(ends.join(["one", "two", ""]).encode()).text == "one\ntwo\n"


def test_a_carriage_return_among_line_feeds_stays() -> None:
    assert decode(b"safe\rEVIL\nmore\n").text == "safe\rEVIL\nmore\n"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"\x1f\x8b\x08", b"PK\x03\x04x", bytes(range(32)) * 9]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_become_text_or_a_refusal(data: bytes) -> None:
    try:
        assert "\r\n" not in decode(data).text
    except UnreadableFile as refused:
        assert str(refused).endswith(".")
