"""What the parts of the reader view have in common: the panes, the story, and how they tell the reader something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from summitreader.comparison.model import Divergence
from summitreader.tui.context import Context, Handler
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.pane_deck import PaneDeck

Passage = tuple[int, int]
"""A source of the story and one of its passages, by their numbers."""


class Reader(Protocol):
    """The reader view as its parts see it."""

    deck: PaneDeck
    session: Session

    @property
    def context(self) -> Context: ...
    @property
    def check(self) -> Divergence | None:
        """The divergence that is being looked at; copying, noting and deciding act on all of it."""

    @property
    def shows_possible(self) -> bool:
        """Whether possible matches are on the screen."""

    def say(self, sentence: str, *, failed: bool = False) -> None:
        """Tell the reader something; `⟨id⟩` stands for the key of a command."""

    def show_status(self) -> None: ...
    def inspect(self) -> None:
        """Show what is known of the passage under the cursor."""

    def moved(self) -> None:
        """The cursor is elsewhere: active pane, followers and inspector change in one frame."""

    def entering(self, place: Passage) -> None:
        """One goes to `place` by a jump: let it be visible."""

    def leave_behind(self, place: Passage) -> None:
        """A jump begins at `place`."""


class ReaderPart:
    """Some commands of the reader view, by their ids."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.deck = reader.deck
        self.session = reader.session

    def commands(self) -> Mapping[str, Handler]:
        return {}

    def say(self, sentence: str) -> None:
        self.reader.say(sentence)
