"""Sources and stores for the tests of annotations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from summitreader.text import Source

STORY = (
    "Leaders Meet in Gyeongju\n\n"
    "President Lee called for talks with the North on Saturday. He hoped for peace.\n\n"
    "Xi said that the two were inseparable partners, the agency reported. Nothing was said of the North."
)


def account(text: str = STORY, name: str = "a.txt", **known: str) -> Source:
    """A source that lies at `name` under whatever root a test uses."""
    return replace(Source.from_text(text, id=name, **known), path=name)  # type: ignore[arg-type]


def span(source: Source, words: str) -> tuple[Source, int, int]:
    start = source.text.index(words)
    return source, start, start + len(words)


def write(root: Path, source: Source) -> None:
    """Put the source where its path says, so that the store finds it there."""
    assert source.path is not None
    (root / source.path).write_text(source.text, "utf-8")
