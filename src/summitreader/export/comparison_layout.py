"""Lines of a linear rendering, and the two forms they are written in: plain text and markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from summitreader.comparison import Independence
from summitreader.comparison.kinds import ON_BY_DEFAULT, off_in_words
from summitreader.export.escaping import inline
from summitreader.text.gate import shown


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence of our own."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something said about the line before."""

    text: str


Line = Section | Words | Quote | Note


def taken_in_words(pair: Independence) -> str:
    """What follows the share of two sources: `; likely taken from it: its credits name Meridian Wire`, or nothing."""
    return f"; {pair.taken.sure} taken from it: {'; '.join(pair.taken.reasons)}" if pair.taken else ""


def not_shown(kinds: Collection[str] | None) -> str:
    """The kinds of conflict that were not looked for, why, and how to see them; empty where all were."""
    off = off_in_words(ON_BY_DEFAULT if kinds is None else kinds)
    return (
        f"Not shown, since too few of those that were judged were right: {off}. --kinds=all shows them." if off else ""
    )


def as_text(lines: Iterable[Line]) -> str:
    """Plain text: a heading stands alone between blank lines, a note begins with a dash."""
    out: list[str] = []
    for line in lines:
        words = _one_line(line.text)
        if isinstance(line, Section):
            out += ["", words.upper() if line.level == 1 else words, ""] if line.level < 3 else ["", f"[{words}]"]
        elif isinstance(line, Note):
            out.append(f"  - {words}")
        elif isinstance(line, Quote):
            out.append(words)
        else:
            out += ["", words]
    return _tidied(out)


def as_markdown(lines: Iterable[Line]) -> str:
    """Markdown: words of a source are block quotes, in which no markup is live."""
    out: list[str] = []
    for line in lines:
        words = inline(line.text)
        if isinstance(line, Section):
            out += ["", f"{'#' * line.level} {words}", ""]
        elif isinstance(line, Quote):
            out += ["", f"> {words}", ""]
        elif isinstance(line, Note):
            out.append(f"- {words}")
        else:
            out += ["", words, ""]
    return _tidied(out)


def _one_line(text: str) -> str:
    return " ".join(shown(text).split())


def _tidied(lines: list[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
