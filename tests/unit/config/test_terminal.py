"""When signs are drawn in ASCII."""

from __future__ import annotations

import pytest

from summitreader.config.terminal import wants_ascii


@pytest.mark.parametrize(
    ("environment", "encoding", "ascii"),
    [
        ({}, "utf-8", False),
        ({"LANG": "de_CH.UTF-8", "TERM": "xterm-256color"}, "utf-8", False),
        ({"LANG": "de_CH.UTF-8", "LC_ALL": "C"}, "utf-8", True),
        ({"LANG": "en_US.ISO-8859-1"}, "iso8859-1", True),
        ({"LANG": "C.utf8", "TERM": "linux"}, "utf-8", True),
        ({"LANG": "C.utf8", "TERM": "dumb"}, None, True),
        ({}, "cp1252", True),
    ],
)
def test_a_locale_an_encoding_or_a_terminal_without_signs_has_them_in_ascii(
    environment: dict[str, str], encoding: str | None, ascii: bool
) -> None:
    assert wants_ascii("auto", environment, encoding) is ascii
    assert wants_ascii("ascii", environment, encoding)
    assert not wants_ascii("unicode", environment, encoding)
