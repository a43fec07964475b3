"""What every view shares: bars, tabs, the keys from the one table, and how a command finds its handler."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import ClassVar

from textual.screen import Screen

from summitreader.config.keymap import is_typed
from summitreader.errors import SummitreaderError
from summitreader.tui.bindings import bind
from summitreader.tui.commands import BY_ID
from summitreader.tui.context import Context, Handler, context_of
from summitreader.tui.messages import LOG, log_unexpected
from summitreader.tui.terminal.textual_private import Surviving
from summitreader.tui.widgets.bars import ChoiceBar, Header, Piece
from summitreader.tui.widgets.key_bar import KeyBar

VIEWS = (
    ("Story", "view-story"),
    ("Read", "view-reader"),
    ("Coverage", "view-coverage"),
    ("Quotes", "view-quotations"),
    ("Check", "view-divergences"),
    ("Notes", "view-notes"),
    ("Library", "view-library"),
)
"""The name and command of each view."""


class ViewScreen(Surviving, Screen[None]):
    """A view. It says which command opens it, which keys its footer shows, and handles commands by their id."""

    AUTO_FOCUS = ""
    VIEW: ClassVar[str] = ""
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """For the footer: `(commands, what they do)`, the commands by their ids with spaces between."""
    WHILE_TYPING: ClassVar[frozenset[str]] = frozenset(
        {"leave", "palette", "quit", "search-mode", "search-whole", "search-case", "search-results"}
    )
    """The commands that stand ready even where text is being typed, by such of their keys as are no text."""

    def __init__(self) -> None:
        super().__init__()
        self.key = ""
        """The key for which the last command was given."""
        bind(self.context.keymap, self)
        digits = [(self.context.keymap.in_bar(command), name, command) for name, command in VIEWS]
        self.header = Header(digits, self.VIEW)
        self.key_bar = KeyBar()

    @property
    def context(self) -> Context:
        return context_of(self.app)

    def commands(self) -> Mapping[str, Handler]:
        """What this view does on a command; what is not here is the program's to do."""
        return {}

    @cached_property
    def _commands(self) -> Mapping[str, Handler]:
        """Every command that can be given here, by its id; the view's own come before the program's."""
        return {**self.context.commands(), **self.commands()}

    async def on_mount(self) -> None:
        self.key_bar.show_keys(self.KEYS, self.context.keymap)
        self.show_said()
        self.show_status()
        if self.context.session is not None:
            self.context.session.doing_changed.subscribe(self, lambda _: self.show_status())
            self.context.session.notes.changed.subscribe(self, lambda _: self.show_status())

    @property
    def is_typing(self) -> bool:
        """Whether letters are text now."""
        return self.focused is not None and self.focused.check_consume_key("a", "a")

    def on_descendant_focus(self) -> None:
        self.key_bar.show_typing(self.is_typing)

    def on_descendant_blur(self) -> None:
        self.key_bar.show_typing(self.is_typing)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of commands that share a key this view has its own; while one types, what one types is text."""
        if action != "command":
            return super().check_action(action, parameters)
        if self.is_typing and len(parameters) > 1:
            id, key = str(parameters[0]), str(parameters[1])
            escapes = key == "Escape" and getattr(self.focused, "modal_input", False)
            return id in self.WHILE_TYPING and not is_typed(key) and not escapes
        id = str(parameters[0])
        return id in self._commands or not (self.context.keymap.rivals(id) & self._commands.keys())

    async def action_command(self, id: str, key: str = "") -> None:
        """Run a command of the table, for which `key` was pressed. What fails is said and logged, never raised:
        the reader goes on with what is read and typed."""
        self.context.message_queue.key_pressed()
        self.key = key
        handler = self._commands.get(id)
        if handler is None:
            self.say(f"{BY_ID[id].does}: not available in this view.")
            return
        try:
            result = handler()
            if inspect.isawaitable(result):
                await result
        except SummitreaderError as error:
            self.say(str(error), failed=True)
        except Exception as error:
            log_unexpected(error, self.context.where.state, f"command {id}")
            self.say(f"{BY_ID[id].does} failed ({type(error).__name__}); the details are in {LOG}.", failed=True)

    def on_choice_bar_chosen(self, message: ChoiceBar.Chosen) -> None:
        """A key of the footer, a view, or what else a bar offers was clicked."""
        self.choose_in_bar(message.choice)

    def choose_in_bar(self, choice: str) -> None:
        if choice in BY_ID:
            self.run_worker(self.action_command(choice), exclusive=False)

    def say(self, sentence: str, *, failed: bool = False) -> None:
        """Tell the reader something that is no part of what they read; `⟨id⟩` stands for the key of a command."""
        self.app.notify(sentence, severity="error" if failed else "information", markup=False, timeout=4)

    def show_said(self) -> None:
        """Let the key bar bear what the program said, or its keys."""
        said = self.context.message_queue.now
        self.key_bar.tell("" if said is None else said.words, grave=said is not None and said.grave)

    def on_screen_resume(self) -> None:
        self.app.clear_notifications()  # toasts, which would cover what is read, are for panels only
        self.show_said()
        self.show_status()

    def show_status(self) -> None:
        """The first row: what is read, the views with what each counts, and how far the comparison has come."""
        session, loading = self.context.session, self.context.loading_words
        if session is None:
            self.header.tell(loading or "summitreader", {}, ())
            return
        going_on: list[Piece] = [(f"{words} ", "dim") for words in (loading, session.doing) if words]
        self.header.tell(session.name, session.counts(), (*going_on, *self.status_right()))

    def status_right(self) -> tuple[Piece, ...]:
        """What is out of the ordinary, and would be forgotten if it were not said."""
        return ()


class LoadingScreen(ViewScreen):
    """The first of all screens, on which the reader is put."""

    def compose(self) -> Iterable[object]:  # type: ignore[override]
        if not self.context.loading.ready.is_set():
            yield self.header
