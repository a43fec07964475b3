"""Copying: words with where they stand, by the best way there is, and what can be said of whether they arrived."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from summitreader.comparison.model import Divergence
from summitreader.config.terminal import MOST_SENT, copied_file, hand_to, hears_osc52, tools
from summitreader.errors import SummitreaderError
from summitreader.text import Source
from summitreader.text.gate import shown, shown_line
from summitreader.tui.context import context_of
from summitreader.tui.reader.part import ReaderPart
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import in_quotation_marks

if TYPE_CHECKING:
    from textual.app import App


def words_of(source: Source, start: int, end: int) -> str:
    """The words `[start, end)`, a line a paragraph, with nothing in them that steers what they are pasted into."""
    lines = (" ".join(shown(part).split()) for part in _paragraphs(source, start, end))
    return "\n\n".join(line for line in lines if line)


def _paragraphs(source: Source, start: int, end: int) -> list[str]:
    parts = [(max(start, block.start), min(end, block.end)) for block in source.blocks]
    return [source.text[a:b] for a, b in parts if a < b] or [source.text[start:end]]


def with_citation(source: Source, start: int, end: int) -> str:
    """The words, and below them outlet, title, author, date, paragraph, and address or file, as far as known.

    A file is named within its corpus, never by its path on this machine.
    """
    parts = [source.outlet, _titled(source.title), source.author, source.published]
    parts += [_places(source, start, end), source.url or source.path or source.id]
    said = ", ".join(shown_line(part) for part in parts if part)
    return f"{words_of(source, start, end)}\n— {said}\n"


def _titled(title: str | None) -> str:
    """A title in quotation marks, unless it brings some of its own."""
    if not title:
        return ""
    return title if set(title) & set('“”„«»"') else f"“{title}”"


def _places(source: Source, start: int, end: int) -> str:
    """`¶3`, or `¶3–¶5` where the words go on."""
    if not source.passages:
        return ""
    first = source.place_name(source.passage_at(start))
    last = source.place_name(source.passage_at(max(start, end - 1)))
    return first if first == last else f"{first}–{last}"


async def copy(text: str, what: str, state: Path, send: Callable[[str], None]) -> str:
    """Copy `text`; a sentence that says truly where it went. `what` names it, `send` gives it to the terminal.

    A program of the platform is asked first, then the terminal; where neither takes a text, it is written to a file.
    """
    environment = os.environ
    for tool in tools(environment):
        if await asyncio.to_thread(hand_to, tool, text):
            return f"Copied {what}."
    size = len(text.encode("utf-8", "replace"))
    if hears_osc52(environment) and size <= MOST_SENT:
        send(text)
        return f"Copied {what} (if your terminal allows it)."
    from summitreader.files import private_folder, write_whole

    path = copied_file(state)
    try:
        private_folder(path.parent)
        write_whole(path, text.encode("utf-8", "replace"), private=True)
    except (OSError, SummitreaderError) as error:
        raise SummitreaderError(f"No clipboard here, and the text could not be saved to a file: {error}") from error
    return f"No clipboard here. Saved {what} to {shown_line(str(path))}."


async def copy_place(app: App[int], session: Session, place: tuple[int, int, int]) -> str:
    """Copy `(source, start, end)` with its citation; a sentence that says where it went."""
    number, start, end = place
    source = session.sources[number]
    text = with_citation(source, start, end)
    what = f"{in_quotation_marks(words_of(source, start, end), 32)} with citation"
    return await copy(text, what, context_of(app).where.state, app.copy_to_clipboard)


async def copy_check(app: App[int], session: Session, divergence: Divergence) -> str:
    """Copy every side of a divergence: what it says, then the passage of each of its sources with its citation."""
    index, parts = session.index, []
    for side in divergence.sides:
        parts.append(f"{shown_line(side.words)}\n")
        for number, passage in dict.fromkeys(
            (index.number[s.source], session.sources[index.number[s.source]].passage_at(s.start)) for s in side.spans
        ):
            source = session.sources[number]
            span = source.passages[passage]
            parts.append(with_citation(source, span.start, span.end))
    what = f"{len(divergence.sides)} sides with citations"
    return await copy("\n".join(parts), what, context_of(app).where.state, app.copy_to_clipboard)


class CopyCommands(ReaderPart):
    """Handlers of the commands that copy in the reader."""

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"copy": self._copy, "copy-words": self._copy_words}

    async def _copy(self) -> None:
        pane = self.deck.active
        if not pane.document.source.passages:
            self.say("Nothing to copy here.")
            return
        if self.reader.check is not None and pane.selection is None:
            self.say(await copy_check(self.deck.app, self.session, self.reader.check))
            return
        span = pane.selection or pane.cursor_span()
        self.say(await copy_place(self.deck.app, self.session, (pane.number, *span)))

    async def _copy_words(self) -> None:
        pane = self.deck.active
        if pane.selection is None:
            self.say("Nothing selected. ⟨copy⟩ copies the passage with its citation, ⟨leave⟩ closes.")
            return
        words = words_of(pane.document.source, *pane.selection)
        app = self.deck.app
        self.say(await copy(words, in_quotation_marks(words, 32), context_of(app).where.state, app.copy_to_clipboard))
