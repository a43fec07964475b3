"""What passes between finding files, reading them, and the corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitreader.text import Source


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not read: its path, safe to show, and why, in one sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file: one text, and what the format itself says of it.

    `name` tells the documents of one file apart (an item of a feed, a chapter, a member). With `article` the shape of
    the text tells its title, byline and boilerplate; without, the format has already told what the account is.
    """

    text: str
    name: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was read last: the name of the story, safe to show, and the ids of its sources. Empty where that is not
    known."""

    story: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was read since the arrival before, each with the place of its file among the files of the corpus.

    `story` is one that can be shown now, its name and the ids of its sources, all of which have arrived; the first of
    them is the one that was asked for, as far as that is there.
    """

    items: tuple[tuple[int, Source | Refusal], ...]
    story: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Sorted:
    """All is read. `stories` and `found` are those of a `Corpus`."""

    stories: tuple[tuple[str, tuple[str, ...]], ...]
    found: tuple[tuple[str, float], ...] = ()


class Refused(Exception):
    """Raised by a reader for a file that it cannot read; the message is one sentence that says why."""
