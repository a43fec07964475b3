"""What is copied: the words, harmless to paste, and where they stand."""

from __future__ import annotations

import pytest

from summitreader.errors import SummitreaderError
from summitreader.text import Source
from summitreader.tui.reader.copy import with_citation, words_of
from summitreader.tui.widgets.external_editor import editor_named

TEXT = "A line\nthat is wrapped.\n\nAnother\x1b[31m paragraph."


def test_the_citation_has_what_is_known_and_the_address_before_the_file() -> None:
    known = Source.from_text(
        TEXT, id="a", title="A “title”", outlet="Post", published="2025-11-01", url="https://x.org/a"
    )
    assert with_citation(known, 0, 6) == "A line\n— Post, A “title”, 2025-11-01, ¶1, https://x.org/a\n"
    bare = Source.from_text(TEXT, id="a")
    assert with_citation(bare, 0, len(TEXT)).endswith("\n— ¶1–¶2, a\n")


def test_wrapped_lines_are_joined_paragraphs_are_not_and_nothing_steers_a_terminal() -> None:
    source = Source.from_text(TEXT, id="a")
    assert words_of(source, 2, len(TEXT)) == "line that is wrapped.\n\nAnother␛[31m paragraph."


def test_the_editor_is_the_one_that_is_named_first() -> None:
    def there(name: str) -> str | None:
        return f"/usr/bin/{name}" if name in ("code", "vi") else None

    assert editor_named({"VISUAL": "code -w", "EDITOR": "vi"}, there) == ["/usr/bin/code", "-w"]
    assert editor_named({"EDITOR": "'/opt/my editor' -x"}, lambda name: name) == ["/opt/my editor", "-x"]
    assert editor_named({"EDITOR": "'unclosed"}, there) == ["/usr/bin/vi"]
    with pytest.raises(SummitreaderError, match="could not be started"):
        editor_named({"EDITOR": "./ed"}, there)
    with pytest.raises(SummitreaderError, match="set EDITOR"):
        editor_named({}, lambda name: None)
