"""What views, dialogs, widgets and controllers may ask of the program that runs.

They depend on these Protocols, never on `app`, which implements them and is wired in one place. `context_of` gives the
context of whatever runs in the program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App

from summitreader.search.query import Query
from summitreader.tui.jumps import Jumps, Place
from summitreader.tui.terminal.textual_private import SurvivingApp

if TYPE_CHECKING:
    from rich.style import Style

    from summitreader.comparison.model import Divergence
    from summitreader.config.keymap import Keymap
    from summitreader.config.places import Places
    from summitreader.config.settings import Settings
    from summitreader.config.state import Reading, State
    from summitreader.notes.model import Annotation
    from summitreader.notes.store import Store
    from summitreader.text import Source
    from summitreader.tui.corpus_search import WholeCorpus
    from summitreader.tui.corrections import Corrections
    from summitreader.tui.messages import MessageQueue
    from summitreader.tui.story.session import Session
    from summitreader.tui.workers import Loading

Handler = Callable[[], object]
"""What a command does; where it gives an awaitable, that is awaited."""


class ReaderView(Protocol):
    """The reader view, as lists and controllers use it. Sources are meant by their numbers in the story."""

    session: Session

    @property
    def chosen(self) -> Sequence[int]:
        """The sources that may stand in panes, in order."""

    @property
    def active_number(self) -> int:
        """The source that is read."""

    @property
    def search_query(self) -> Query: ...
    @property
    def searches(self) -> list[str]:
        """Past searches, the newest last."""

    async def choose(self, numbers: Sequence[int]) -> None:
        """Let just these sources stand in panes."""

    async def activate(self, number: int) -> None: ...
    async def go(self, place: tuple[int, int]) -> None:
        """Go to a passage; no jump is remembered."""

    async def open_check(self, divergence: Divergence) -> None:
        """Show every side of a divergence, each in a pane of its own."""

    async def take_over(self, query: Query, hit: tuple[int, int, int]) -> None:
        """Go on with a search made elsewhere, at a hit: source, start, end."""

    def remember_search(self, text: str) -> None: ...
    def show_status(self) -> None: ...


class Navigator(Protocol):
    """Which view is open, and the way between them. Views are meant by the command that opens them."""

    jumps: Jumps[Place]
    sought: Query

    @property
    def reader(self) -> ReaderView | None: ...
    def here(self) -> Place | None: ...
    async def open(self, id: str) -> None:
        """Show a view, as a jump from where one is."""

    async def show(self, id: str) -> None: ...
    async def go_to(self, source: int, passage: int) -> None:
        """Show a passage in the reader, as a jump from where one is."""

    async def go_to_check(self, divergence: Divergence) -> None:
        """Show every side of a divergence in the reader, as a jump from where one is."""

    async def return_to(self, place: Place) -> None: ...
    async def export(self, formats: Sequence[Any], what: str) -> None: ...
    async def export_story(self) -> None: ...
    def note_formats(self, annotations: Sequence[Annotation], *, some: bool) -> tuple[Any, ...]: ...
    def list_settings(self) -> dict[str, dict[str, object]]: ...


class Context(Protocol):
    """The program: its settings, the corpus, the story that is open, and what reaches beyond one view."""

    settings: Settings
    keymap: Keymap
    where: Places
    state: State
    loading: Loading
    session: Session | None
    store: Store | None
    corrections: Corrections
    message_queue: MessageQueue

    @property
    def navigation(self) -> Navigator: ...
    @property
    def palette(self) -> Mapping[str, Style]:
        """The styles of the theme that is chosen, by name."""

    @property
    def whole_corpus(self) -> WholeCorpus | None:
        """What searches all stories; None until there is one."""

    @property
    def stories(self) -> list[tuple[str, tuple[Source, ...]]]: ...
    @property
    def loading_words(self) -> str:
        """What of the corpus is still being read; empty where all is."""

    def commands(self) -> Mapping[str, Handler]:
        """The commands that mean the same in every view."""

    def open_store(self) -> Store | None: ...
    async def open_story(self, name: str, moved: Callable[[Reading], Reading] = ...) -> None:
        """Show a story in the reader, and then compare it; `moved` says where what one was on is now."""

    async def stop_comparing(self) -> bool: ...
    def attempt(self, work: Callable[[], object]) -> None:
        """Do what a dialog asked for; where it cannot be saved, the reader is told."""


class ContextApp(SurvivingApp):
    """A program that has a context."""

    context: Context


def context_of(app: App[Any]) -> Context:
    """The context of the program that runs."""
    assert isinstance(app, ContextApp)
    return app.context


def keymap_of(app: App[Any]) -> Keymap:
    """The keys in force."""
    return context_of(app).keymap


def palette_of(app: App[Any]) -> Mapping[str, Style]:
    """The styles of the theme that holds, by name."""
    return context_of(app).palette
