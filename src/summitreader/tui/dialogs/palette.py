"""The palette, which finds a command or a theme by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.command import Command, CommandList, DiscoveryHit, Hit, Hits, Provider

from summitreader.tui.commands import COMMANDS
from summitreader.tui.dialogs.choice import ClosedOnce
from summitreader.tui.terminal.textual_private import ClosingPalette

if TYPE_CHECKING:
    from summitreader.config.keymap import Keymap
    from summitreader.tui.view import ViewScreen


class Palette(ClosedOnce, ClosingPalette):
    """Textual's palette, which fails on PageDown where its list is not laid out yet (Textual 8.2)."""

    DEFAULT_CSS = """
    Palette SearchIcon { display: none; }
    Palette #--input { border: none; padding: 1 1 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page('page_down')", show=False),
        Binding("pageup", "page('page_up')", show=False),
    ]

    def action_page(self, action: str) -> None:
        with suppress(KeyError):
            getattr(self.query_one(CommandList), f"action_{action}")()


def commands_of(screen: ViewScreen, keymap: Keymap) -> Iterator[SystemCommand]:
    """The one table of commands, with the keys of each."""
    for command in COMMANDS:
        keys = " ".join(keymap.of(command.id))
        words = f"{command.does}  ({keys})" if keys else command.does
        yield SystemCommand(words, command.group, partial(screen.action_command, command.id))


class Themes(Provider):
    """The theme that holds, then the program's own, then all others."""

    def _commands(self) -> list[tuple[str, Callable[[], None]]]:
        from summitreader.config.settings import OWN_THEMES

        held = ThemePalette.held(self.screen, self.app.theme)
        names = dict.fromkeys([held, *OWN_THEMES, *sorted(self.app.available_themes)])
        return [(name, partial(setattr, self.app, "theme", name)) for name in names]

    async def discover(self) -> Hits:
        for name, choose in self._commands():
            yield DiscoveryHit(name, choose)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, choose in self._commands():
            if (likeness := matcher.match(name)) > 0:
                yield Hit(likeness, matcher.highlight(name), choose, text=name)


class ThemePalette(Palette):
    """Shows each theme while one moves in the list; where none is chosen, the one that held before holds again."""

    DEFAULT_CSS = """
    ThemePalette { background: transparent; align-horizontal: right; }
    ThemePalette > Vertical { width: 32; max-width: 60%; margin: 2 1; }
    """

    def __init__(self, held: str) -> None:
        super().__init__(providers=[Themes], placeholder="Search for themes…")
        self.held_before = held
        self._chosen = False

    def on_mount(self) -> None:
        """Textual gives the styles of another theme to every screen but a system one in front (Textual 8.2)."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.app.stylesheet.update(self))

    @staticmethod
    def held(screen: object, otherwise: str) -> str:
        """The theme that held before any was looked at."""
        return screen.held_before if isinstance(screen, ThemePalette) else otherwise

    def on_option_list_option_highlighted(self, event: CommandList.OptionHighlighted) -> None:
        if not self._chosen and isinstance(event.option, Command) and event.option.hit.text:
            name = str(event.option.hit.text)
            if name in self.app.available_themes:
                self.app.theme = name

    def on_option_list_option_selected(self) -> None:
        self._chosen = True

    def on_unmount(self) -> None:
        if not self._chosen:
            self.app.theme = self.held_before
