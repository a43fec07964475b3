"""A filter leaves what has each of its words, however they are written."""

import pytest

from summitreader.tui.widgets.query_line import containing, folded


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("keller bridge", "Bridge: Mayor Keller opens it"),
        ("KELLER", "keller"),
        ("malaga", "Málaga"),
        ("mayor's", "the mayor’s ribbon"),
        ('"good day"', "“good day”"),
        ("jae-myung", "Jae‑myung"),
        ("시진핑", "중국 시진핑 주석"),
        ("", "anything"),
        ("STRASSE", "straße"),
    ],
)
def test_it_is_found(query: str, text: str) -> None:
    assert containing(query)(folded(text))


def test_every_word_must_be_there() -> None:
    assert not containing("keller ferry")(folded("Keller opens the bridge"))
