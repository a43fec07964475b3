"""Which view stands on the screen, and the way between the lists and the passage in the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from summitreader.search.query import Query
from summitreader.tui.context import ContextApp, Handler
from summitreader.tui.jumps import Jumps, Place
from summitreader.tui.view import ViewScreen

if TYPE_CHECKING:
    from summitreader.comparison.model import Divergence
    from summitreader.config.state import Reading
    from summitreader.notes.model import Annotation
    from summitreader.tui.dialogs.export import Format
    from summitreader.tui.reader.screen import ReaderScreen
    from summitreader.tui.story.session import Session

_LISTS = {
    "view-story": ("overview", "OverviewScreen"),
    "view-coverage": ("coverage", "CoverageScreen"),
    "view-quotations": ("quotations", "QuotationsScreen"),
    "view-divergences": ("divergences", "DivergencesScreen"),
    "view-notes": ("notes", "NotesScreen"),
    "view-library": ("library", "LibraryScreen"),
    "openings": ("openings", "OpeningsScreen"),
    "search-results": ("results", "ResultsScreen"),
}
"""Module and class of each view but the reader, loaded when it is first opened."""


class Navigation:
    """The reader lies at the bottom; one list at most stands on it. Lists keep their place, filter and order."""

    def __init__(self, app: ContextApp) -> None:
        self._app = app
        self._context = app.context
        self._reader: ReaderScreen | None = None
        self._lists: dict[str, ViewScreen] = {}
        self._settings: dict[str, dict[str, object]] = {}
        """How each list stood when it was put away, by the command that opens it."""
        self.jumps: Jumps[Place] = Jumps()
        self.sought = Query("")
        """What was sought last in the list of hits, which outlives a story."""

    def commands(self) -> Mapping[str, Handler]:
        return {id: self._opener(id) for id in ("view-reader", *_LISTS)} | {
            "export": self.export_story,
            "go-to": self._ask_passage,
            "jump-back": lambda: self._return_to(self.jumps.back, "No earlier jump."),
            "jump-forward": lambda: self._return_to(self.jumps.forward, "No later jump."),
        }

    def _opener(self, id: str) -> Handler:
        async def open_view() -> None:
            await self.open(id)

        return open_view

    @property
    def reader(self) -> ReaderScreen | None:
        """The reader view, where a story is open."""
        return self._reader

    def here(self) -> Place | None:
        """Where one is: the passage in the reader, or the row of another view."""
        from summitreader.tui.lists.list_screen import ListScreen

        screen = self._app.screen
        if self._reader is None or screen is self._reader or not isinstance(screen, ViewScreen):
            return self._in_reader()
        row = screen.list.selected if isinstance(screen, ListScreen) else None
        return Place(self._reader.session.name, screen.VIEW, row="" if row is None else row.key)

    def _in_reader(self) -> Place | None:
        if self._reader is None:
            return None
        return Place(self._reader.session.name, "view-reader", *self._reader.here())

    async def _return_to(self, which: Callable[[Place], Place | None], otherwise: str) -> None:
        """Go where one was, in whichever view and story; a place that is no more is passed over."""
        here = self.here()
        place = which(here) if here is not None else None
        while place is not None and place.story not in dict(self._context.stories):
            place = which(place)
        if place is None or here is None:
            if isinstance(self._app.screen, ViewScreen):
                self._app.screen.say(otherwise)
            return
        await self.return_to(place)

    async def return_to(self, place: Place) -> None:
        """Show a view and a story as they stood."""
        if self._reader is not None and place.story != self._reader.session.name:
            await self._context.open_story(place.story)
        await self.show(place.view)
        await self._stand_at(place)

    async def _stand_at(self, place: Place) -> None:
        from summitreader.tui.lists.list_screen import ListScreen

        screen = self._app.screen
        if screen is self._reader and self._reader is not None:
            sources = self._reader.session.sources
            if place.source < len(sources):
                await self._reader.go((place.source, place.passage))
        elif isinstance(screen, ListScreen) and place.row:
            screen.show_list(at=place.row)

    async def open_reader(self, session: Session, where: Reading) -> None:
        """Put away every view of the story before, and show the reader on `session`, where one was in it."""
        from summitreader.tui.reader.screen import ReaderScreen

        before = self._reader
        same = before is None or before.session.name == session.name
        await self._put_away()
        kept = where.lists if same else {id: _of_any_story(found) for id, found in where.lists.items()}
        self._settings = {id: found for id, found in kept.items() if isinstance(found, dict)}
        self._reader = ReaderScreen(session, where)
        if before is not None and same:
            self._reader.go_on_from(before)
        await self._app.push_screen(self._reader)

    async def close(self) -> None:
        """Put away every view, and forget the jumps and the search: another corpus is opened."""
        await self._put_away()
        self._settings = {}
        self.jumps = Jumps()
        self.sought = Query("")

    def list_settings(self) -> dict[str, dict[str, object]]:
        """How each list stands, or stood."""
        from summitreader.tui.lists.list_screen import ListScreen

        now = {id: screen.settings() for id, screen in self._lists.items() if isinstance(screen, ListScreen)}
        return {id: found for id, found in {**self._settings, **now}.items() if found}

    async def open(self, id: str) -> None:
        """Show the view that the command `id` opens, as a jump from where one is."""
        here = self.here()
        if here is not None and here.view != id:
            self.jumps.leave(here)
        await self.show(id)

    async def show(self, id: str) -> None:
        """Show the view that the command `id` opens; nothing happens where it stands already, or while the reader of
        another story takes the place of this one."""
        if self._reader is None or self._reader not in self._app.screen_stack:
            return
        here = self._app.screen
        if isinstance(here, ViewScreen) and id == here.VIEW:
            return
        if id in _LISTS and isinstance(here, ViewScreen) and here is not self._reader:
            await self._app.switch_screen(self._list(id))  # the reader below need not be drawn in between
            return
        if here is not self._reader:
            await self._app.pop_screen()
        if id in _LISTS:
            await self._app.push_screen(self._list(id))

    async def go_to(self, source: int, passage: int) -> None:
        """Show passage number `passage` of source number `source` in the reader, as a jump from where one is."""
        here = self.here()
        if here is not None:
            self.jumps.leave(here)
        await self.show("view-reader")
        if self._reader is not None:
            await self._reader.go((source, passage))

    async def _ask_passage(self) -> None:
        """Ask for a passage by its letter and paragraph, and go there."""
        from summitreader.tui.dialogs.go_to import GoToScreen

        if self._reader is None:
            return

        async def go(place: tuple[int, int] | None) -> None:
            if place is not None:
                await self.go_to(*place)

        await self._app.push_screen(GoToScreen(self._reader.session.sources, self._reader.active_number), go)

    async def go_to_check(self, divergence: Divergence) -> None:
        """Show every side of a divergence in the reader, as a jump from where one is."""
        here = self.here()
        if here is not None:
            self.jumps.leave(here)
        await self.show("view-reader")
        if self._reader is not None:
            await self._reader.open_check(divergence)

    async def export_story(self) -> None:
        """The notes of the story that is read, or the whole comparison."""
        session = self._context.session
        if session is None:
            return
        notes = session.notes.annotations
        formats = self.note_formats(notes, some=False) if notes else ()
        what = f"{len(notes)} annotation{'' if len(notes) == 1 else 's'} of this story" if formats else ""
        await self.export(formats, what)

    def _comparison_formats(self) -> tuple[Format, ...]:
        """The whole comparison as a page and as a briefing, where there is one."""
        from summitreader.tui.lists.tables import comparison_formats

        session = self._context.session
        if session is None or not session.compared:
            return ()
        corrections, decisions = self._context.corrections.of_story(session), session.all_decided()
        notes, root = session.notes.annotations, session.root
        return comparison_formats(session.index.report, session.loaded, corrections, decisions, notes, root)

    def note_formats(self, annotations: Sequence[Annotation], *, some: bool) -> tuple[Format, ...]:
        """The forms in which `annotations` can go out; `some` where they are not all of the story's."""
        from summitreader.tui.dialogs.export import note_formats

        session = self._context.session
        if session is None or session.notes.store is None:
            return ()
        return note_formats(annotations, session.sources, session.notes.store.snapshot, some=some)

    async def export(self, formats: Sequence[Format], what: str) -> None:
        """Ask where it shall be written, in which form; `what` says in words what goes out. The briefing on the whole
        comparison stands last among the forms, whatever view one is in."""
        from summitreader.tui.dialogs.export import ExportScreen

        here, session = self._app.screen, self._context.session
        if session is None or not isinstance(here, ViewScreen):
            return
        comparison = self._comparison_formats()
        what = what if not comparison else f"{what}, or the comparison" if formats else "the comparison"
        formats = (*formats, *comparison)
        if not formats:
            here.say("Nothing to export yet.")
            return

        def tell(written: str | None) -> None:
            if written:
                here.say(written)

        await self._app.push_screen(ExportScreen(session.name, formats, what), tell)

    def _list(self, id: str) -> ViewScreen:
        from summitreader.tui.lists.list_screen import ListScreen

        if id not in self._lists:
            module, name = _LISTS[id]
            screen: ViewScreen = getattr(import_module(f"summitreader.tui.lists.{module}"), name)(self._context.session)
            self._app.install_screen(screen, id)
            self._lists[id] = screen
            if isinstance(screen, ListScreen):
                screen.restore(self._settings.get(id, {}))
        return self._lists[id]

    async def _put_away(self) -> None:
        if self._reader is None:
            return
        while self._app.screen is not self._reader:
            await self._app.pop_screen()
        await self._app.pop_screen()
        self._reader = None
        for id, screen in self._lists.items():
            self._app.uninstall_screen(id)
            if screen.is_running:
                await screen.remove()
        self._lists.clear()


def _of_any_story(settings: Mapping[str, object]) -> dict[str, object]:
    """What of a list's settings is not about the sources of one story."""
    return {name: value for name, value in settings.items() if name not in ("of", "column", "query_words")}
