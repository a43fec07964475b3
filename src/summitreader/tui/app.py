"""The program: wiring of themes, loading, comparison, views and signals. What happens in a view stands in the view."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import copy_context
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from rich.console import RenderableType
from rich.style import Style
from textual import events
from textual.app import App, ScreenError, SystemCommand
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import WorkerFailed

from summitreader.config.keymap import keymap
from summitreader.config.places import Places
from summitreader.config.settings import FILE, KEYS, Read, Settings, nearest
from summitreader.config.state import Reading, State
from summitreader.config.terminal import is_unicode, wants_ascii
from summitreader.errors import SummitreaderError
from summitreader.sources.model import LoadRequest
from summitreader.text import Source
from summitreader.text.gate import shown_line
from summitreader.tui.bindings import bind_program
from summitreader.tui.commands import COMMANDS, may_share
from summitreader.tui.context import ContextApp, Handler
from summitreader.tui.controllers import CompareController, CorrectionsController, LoadController
from summitreader.tui.corpus_search import CorpusSearch, WholeCorpus
from summitreader.tui.corrections import Corrections
from summitreader.tui.messages import LOG, MessageQueue, TerminalBackground, log_unexpected
from summitreader.tui.navigation import Navigation
from summitreader.tui.story.session import Session
from summitreader.tui.terminal.filters import AsciiFilter, ContrastFilter, ControlCharFilter, MonochromeFilter
from summitreader.tui.terminal.leaving import leave_at_signals
from summitreader.tui.themes import DARK, LIGHT, OWN, for_colours, palette, variable_defaults
from summitreader.tui.view import LoadingScreen, ViewScreen
from summitreader.tui.watching import FileWatcher
from summitreader.tui.widgets.note_editor import NoteEditor
from summitreader.tui.workers import Background, Loading

if TYPE_CHECKING:
    from pathlib import Path

    from summitreader.notes.store import Store

_NOTES_EVERY = 1.0
_STORE_WAIT, _STORE_AGAIN = 2.0, 10.0
"""Seconds that another process may hold the store, and after which it is tried again."""
"""Seconds between looks at what other processes wrote to the notes."""

_MOST_FAILURES, _FAILING_FOR = 10, 5.0
"""Failures in so many seconds after which the program ends all the same: it would only fail on."""


class SummitApp(ContextApp):
    """Reads one story at a time. `session` is None until the corpus is loaded."""

    TITLE = "summitreader"
    BINDINGS: ClassVar[list[BindingType]] = []
    CSS = """
    Screen { background: $background; }
    Toast { background: $panel; }
    """

    def __init__(
        self,
        loading: Loading,
        background: Background,
        where: Places,
        state: State,
        settings: Read | None = None,
        first_start: bool = False,
        is_sample: bool = False,
    ) -> None:
        """`settings` are what the settings file says; without it, the defaults hold. At the `first_start` a panel says
        what this is, and whether it `is_sample`: the story that comes with the program."""
        super().__init__()
        self.context = self
        read = settings or Read(where.settings / FILE, Settings())
        self.settings = read.settings
        self.keymap, complaints = keymap(COMMANDS, self.settings.keys, may_share)
        self._first_start = first_start
        self._has_begun = False
        self._is_sample = is_sample
        self._mistakes = [*read.mistakes, *(read.said(f"{KEYS}.{c.id}", c.words) for c in complaints)]
        bind_program(self.keymap, self)
        self.loading = loading
        self.where = where
        self.state = state
        self.session: Session | None = None
        self.store: Store | None = None
        self._notices_told = 0
        self._failures: list[float] = []
        self._open_store_after = 0.0
        self._store_trouble = ""
        self.corrections = Corrections(loading)
        self.corpus_search = CorpusSearch(self)
        self._opening = asyncio.Lock()
        self._comparing = CompareController(self, background)
        self._correcting = CorrectionsController(self, self._comparing)
        self._load = LoadController(self, self._comparing, self._correcting)
        self.watcher = FileWatcher(self, self._correcting)
        self._navigation = Navigation(self)
        self.message_queue = MessageQueue(self._show_said)
        self._until: Timer | None = None
        self._own_context = copy_context()
        """In which long-lived tasks run: the context of whoever begins one would hold the view that is open then."""
        self._legible = ContrastFilter()
        self._own_filters: list[LineFilter] = [MonochromeFilter()] if self.no_color else []
        self._own_filters += [ControlCharFilter(), self._legible]
        encoding = getattr(sys.__stderr__, "encoding", None)
        if wants_ascii(self.settings.glyphs, os.environ, encoding):
            self.keymap = replace(self.keymap, plain=True)
            self._own_filters.append(AsciiFilter(encoding if encoding and not is_unicode(encoding) else "utf-8"))
        self._palette: tuple[str, dict[str, Style]] | None = None
        for theme in OWN:
            self.register_theme(for_colours(theme, self.console.color_system))
        self.theme = self._first_theme(read)
        self.watch_theme()
        self._follows_terminal = not (self.settings.theme or self.state.theme)
        if not self.settings.animation:
            self.animation_level = "none"

    def _first_theme(self, read: Read) -> str:
        """The theme chosen last, unless the settings name one that they did not name then."""
        wanted = self.settings.theme
        if wanted and wanted not in self.available_themes:
            found = nearest(wanted, self.available_themes)
            hint = f"; the nearest is {found}" if found else ""
            self._mistakes.append(read.said("theme", f"unknown theme “{wanted}”{hint}"))
            wanted = ""
        chosen = self.state.theme if self.state.theme in self.available_themes else ""
        if wanted and (not chosen or wanted != self.state.theme_of_settings):
            return wanted
        return chosen or wanted or DARK.name

    def on_terminal_background(self, message: TerminalBackground) -> None:
        """Dark or light as the terminal is, until a theme is chosen."""
        if self._follows_terminal:
            self.theme = (DARK if message.is_dark else LIGHT).name
            self._follows_terminal = True

    def watch_theme(self) -> None:
        self._follows_terminal = False
        self._legible.enabled = self.current_theme.ansi and not self.no_color

    @property
    def background(self) -> Background:
        """The child that compares the story that is open."""
        return self._comparing.background

    @property
    def palette(self) -> dict[str, Style]:
        """The styles of the theme that is chosen, by name."""
        if self._palette is None or self._palette[0] != self.theme:
            self._palette = (self.theme, palette(self.theme_variables))
        return self._palette[1]

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the program's own after them."""
        filters = [f for f in super().get_line_filters() if not (self.no_color and isinstance(f, Monochrome | NoColor))]
        return [*filters, *(f for f in self._own_filters if f.enabled)]

    def get_driver_class(self) -> type[Driver]:
        """In a Unix terminal and in a tab of a browser the program's own, unless the environment names another."""
        chosen = super().get_driver_class()
        if chosen.__module__ == "textual.drivers.web_driver":
            from summitreader.tui.terminal.tab import TabDriver

            return TabDriver
        if chosen.__module__ != "textual.drivers.linux_driver":
            return chosen
        from summitreader.tui.terminal.driver import TerminalDriver

        return TerminalDriver

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme.dark)

    @property
    def loading_words(self) -> str:
        """What of the corpus is still being done; empty where all is read."""
        if self.loading.finished.is_set():
            return ""
        share = f" {round(100 * self.loading.share)} %" if self.loading.share else ""
        return f"{self.loading.doing} …{share}"

    @property
    def navigation(self) -> Navigation:
        return self._navigation

    @property
    def whole_corpus(self) -> WholeCorpus | None:
        return self.corpus_search.now

    def commands(self) -> Mapping[str, Handler]:
        """The commands that mean the same in every view."""
        return {
            **self.navigation.commands(),
            **self.watcher.commands(),
            "leave": self._leave,
            "quit": lambda: self.exit(),
            "help": self._help,
            "open-corpus": self._ask_corpus,
            "palette": self.action_command_palette,
            "suspend": self.action_suspend_process,
            "copy-words": self.action_help_quit,
            "sources": lambda: self.navigation.show("view-library"),
        }

    async def _leave(self) -> None:
        """Before the first story is open: show what was read by now, if anything; else end."""
        corpus = self.loading.corpus
        if self.session is not None or corpus is None or not corpus.sources or not await self.stop_comparing():
            self.exit()

    def get_default_screen(self) -> Screen[object]:
        return LoadingScreen()  # type: ignore[return-value]

    def on_load(self) -> None:
        self._load.wait_at_first()

    async def on_mount(self) -> None:
        self._own_context = copy_context()
        leave_at_signals(lambda status: self.exit(return_code=status))
        await self._load.begin()

    def on_first_story_open(self) -> None:
        """Once the text stands: what is wrong with the settings; the annotations, and a look at them at times.

        Who types already at the first start does not need the welcome yet, and gets it at the next.
        """
        if self._first_start and not self.watcher.is_typing:
            from summitreader.tui.dialogs.help import WelcomeScreen

            self._first_start = False
            self.state.has_started = True
            self.push_screen(WelcomeScreen(self._is_sample))
        self._look_for_notes()
        if not self._has_begun:
            self._has_begun = True
            self._tell_mistakes()
            gc.enable()
            self.set_interval(_NOTES_EVERY, self._look_for_notes)

    def on_all_read(self) -> None:
        self.call_after_refresh(self.corpus_search.begin)
        self._own_context.copy().run(self.watcher.begin)

    def attempt(self, work: Callable[[], object]) -> None:
        """Do what a dialog asked for; where it cannot be saved, the reader is told."""
        try:
            work()
        except SummitreaderError as error:
            self.notify(str(error), severity="error", markup=False, timeout=8)

    def _tell_mistakes(self) -> None:
        """The first in full; the line that says it has no room for more."""
        if not self._mistakes:
            return
        said = self._mistakes[0].replace(str(self.where.settings / FILE), FILE)
        more = len(self._mistakes) - 1
        also = f" {more} more mistake{'' if more == 1 else 's'}: see `summitreader doctor`." if more else ""
        self.notify(shown_line(f"{said}{also}"), severity="warning", timeout=15, markup=False)

    def open_store(self) -> Store | None:
        """The store of annotations, opened where it is not; None, said to the reader, where it cannot be."""
        from summitreader.notes.store import Store

        if self.store is not None:
            return self.store
        if time.monotonic() < self._open_store_after:
            return None
        try:
            self.store = Store.open(self.where.data, wait=_STORE_WAIT)
        except SummitreaderError as error:
            # One that another process holds for long is tried again; what is typed meanwhile must not wait for it.
            self._open_store_after = time.monotonic() + _STORE_AGAIN
            if str(error) != self._store_trouble:
                self._store_trouble = str(error)
                self.notify(str(error), severity="error", timeout=20, markup=False)
            return None
        self._tell_notices()
        return self.store

    @property
    def stories(self) -> list[tuple[str, tuple[Source, ...]]]:
        """Each story of the corpus by its name, safe to show, with its sources; a flat folder is one story.

        What was opened before all was read stands in front of the stories that were found then, as long as it is open.
        """
        stories = list(self.corrections.stories())
        session = self.session
        if session is not None and all(name != session.name for name, _ in stories):
            stories.insert(0, (session.name, session.sources))
        return stories

    async def open_story(self, name: str, moved: Callable[[Reading], Reading] = lambda where: where) -> None:
        """Show the story of that name in the reader, and only then compare it; another comparison is stopped.

        `moved` says where what one was on stands now. One story is opened at a time, and to the end: a caller that is
        cancelled would else leave the screens of both half put away.
        """
        await asyncio.shield(asyncio.ensure_future(self._in_turn(name, moved)))

    async def _in_turn(self, name: str, moved: Callable[[Reading], Reading]) -> None:
        async with self._opening:
            await self._open_story(name, moved)

    async def _open_story(self, name: str, moved: Callable[[Reading], Reading]) -> None:
        corpus = self.loading.corpus
        sources = dict(self.stories).get(name)
        if corpus is None or not sources:
            return
        if self.session is not None:
            self._remember()
            await self._comparing.another()
        self.session = Session(self, name, sources, corpus.root, self.store, self.settings.paragraph_gap)
        if self.store is None:
            self.session.notes.opens = self.open_store
        self._correcting.attend(self.session)
        await self.navigation.open_reader(self.session, moved(self.state.reading(self.loading.paths)))
        if self.store is not None:
            self._look_for_notes()
        self.call_after_refresh(self._comparing.begin, self.session)

    def _ask_corpus(self) -> None:
        """Ask what shall be opened in place of what is open."""
        from summitreader.tui.dialogs.open_corpus import OpenScreen

        def begin(paths: Sequence[Path]) -> Loading:
            last = self.state.reading(paths)
            before = self.loading.background.ocr
            background = Background(cache=self.where.cache / "compare", kinds=self.settings.kinds, ocr=before)
            loading = Loading(list(paths), background, LoadRequest(last.story, tuple(last.sources)))
            loading.start()
            return loading

        def show(loading: Loading | None) -> None:
            if loading is not None:
                run = self._own_context.copy().run
                run(lambda: self.run_worker(self._open_corpus(loading), exclusive=False, group="open"))

        here = [path.resolve() for path in self.loading.paths]
        recent = [(paths, story) for paths, story in self.state.recent() if paths != here]
        self.push_screen(OpenScreen(recent, self.where.data, begin), show)

    async def _open_corpus(self, loading: Loading) -> None:
        """Leave what is open as at the end of the program, and show the corpus of `loading`, of which a source is read.

        The store of annotations stays open: it is the same for every corpus.
        """
        async with self._opening:
            self._save_drafts()
            self._remember()
            self.workers.cancel_group(self, "loading")
            self.watcher.stop()
            self.corpus_search.stop()
            await self._navigation.close()
            self.session = None
            before = self.loading
            await asyncio.to_thread(self.background.stop)
            await asyncio.to_thread(before.stop)
            self.loading = loading
            self.corrections = Corrections(loading)
            self.watcher = FileWatcher(self, self._correcting)
            self._comparing.background = loading.background
        await self._load.begin()

    async def stop_comparing(self) -> bool:
        """Stop a comparison that has gone on for a while, else the reading of the rest; whether there was one."""
        return await self._comparing.stop()

    def _look_for_notes(self) -> None:
        if self.session is None:
            return
        try:
            self.session.notes.refresh()
        except SummitreaderError as error:
            self.log.warning(str(error))
        self._tell_notices()

    def _tell_notices(self) -> None:
        """What the store reports since it was opened: what was recovered, moved or merged."""
        if self.store is not None:
            fresh, self._notices_told = self.store.notices[self._notices_told :], len(self.store.notices)
            for notice in fresh:
                self.notify(notice, severity="warning", timeout=20, markup=False)

    def _remember(self) -> None:
        """Write down where one is in the story that is open."""
        reader = self.navigation.reader
        if reader is not None and self.session is not None:
            if not self._follows_terminal:
                self.state.theme, self.state.theme_of_settings = self.theme, self.settings.theme
            reading = reader.reading(self.session.name)
            reading.sources = [source.id for source in self.session.sources]
            reader.read_folding.keep()
            self.state.keep(self.loading.paths, reading)

    async def on_event(self, event: events.Event) -> None:
        """A key or click that comes while the program ends, when no screen is left, is nobody's."""
        if isinstance(event, events.InputEvent) and not self._has_screen:
            return
        await super().on_event(event)

    def survives(self, error: Exception) -> bool:
        """Whether the reader goes on after what failed in a handler, worker or timer: not before a story is open, not
        where it fails again and again, and not in tests."""
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error  # its own has no traceback
        now = time.monotonic()
        self._failures = [*(at for at in self._failures if now - at < _FAILING_FOR), now]
        if self.is_headless or self.session is None or len(self._failures) > _MOST_FAILURES:
            return False
        log_unexpected(error, self.where.state, "handling a message")
        said = f"Something failed ({type(error).__name__}); the reader goes on. The details are in {LOG}."
        self.notify(said, severity="error", markup=False)
        return True

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave, with what is typed and not finished kept as a draft."""
        self._save_drafts()
        super().exit(result, return_code, message)

    def _save_drafts(self) -> None:
        try:
            for editor in self.screen.query(NoteEditor):
                if editor.unfinished and self.store is not None:
                    self.store.save_draft(editor.key, editor.unfinished)
        except SummitreaderError as error:
            self.log.warning(str(error))

    async def on_unmount(self) -> None:
        self._remember()
        self.background.stop()
        self.loading.stop()
        self.watcher.stop()
        self.corpus_search.stop()
        if self.store is not None:
            self.store.close()

    # ── what is said ──────────────────────────────────────────────────────────────────────────────────────────────

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something, where the keys stand; over a panel that has no such row, in a toast.

        `⟨id⟩` in `message` stands for the key of that command.
        """
        message = self.keymap.told(message)
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        if self._has_screen and isinstance(self.screen, ViewScreen):
            self.message_queue.say(message, grave=severity != "information", seconds=seconds)
        else:
            super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    @property
    def _has_screen(self) -> bool:
        """Whether a screen is left: while the program ends there is none."""
        try:
            return bool(self.screen_stack)
        except (KeyError, ScreenError):
            return False

    def _show_said(self) -> None:
        """What is said now, on the screen that stands, until it has stood its time."""
        if self._until is not None:
            self._until.stop()
            self._until = None
        said = self.message_queue.now
        if said is not None:
            wait = (max(0.01, said.left), self.message_queue.time_passed)
            self._until = self._own_context.copy().run(self.set_timer, *wait)
        if isinstance(self.screen, ViewScreen):
            self.screen.show_said()

    def _help(self) -> None:
        from summitreader.tui.dialogs.help import HelpScreen

        self.push_screen(HelpScreen())

    def action_help_quit(self) -> None:
        """Ctrl-C where nothing can be copied: one who meant to leave is told how."""
        leave, at_once = self.keymap.first("leave"), self.keymap.first("quit")
        self.notify(f"{leave} closes this view, then the program. {at_once} quits at once.", markup=False)

    def action_command_palette(self) -> None:
        from summitreader.tui.dialogs.palette import Palette

        if not Palette.is_open(cast("App[object]", self)):
            self.push_screen(Palette(id="--command-palette"))

    def search_themes(self) -> None:
        from summitreader.tui.dialogs.palette import ThemePalette

        self.push_screen(ThemePalette(self.theme))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette lists the one table of commands, and the themes."""
        from summitreader.tui.dialogs.palette import commands_of

        if isinstance(screen, ViewScreen):
            yield from commands_of(screen, self.keymap)
        yield SystemCommand("Theme", "Choose a theme", self.action_change_theme)
