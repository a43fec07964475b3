"""What passes between finding files, reading them, and the corpus."""

from __future__ import annotations

from dataclasses import dataclass


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


class Refused(Exception):
    """Raised by a reader for a file that it cannot read; the message is one sentence that says why."""
