"""Headlines and ledes of all sources side by side: what they share, what stands in one only, and who buries what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual import events
from textual.widget import Widget

from summitreader.tui.screens.view import Handler, ViewScreen
from summitreader.tui.session import Session
from summitreader.tui.views.openings import ONLY_HERE, SHARED, in_common, opening_cards
from summitreader.tui.widgets.bars import Bar, Piece
from summitreader.tui.widgets.opening_page import OpeningPage


class OpeningsScreen(ViewScreen):
    """A page over one session; made anew when the comparison is, with the reader's place on it kept."""

    VIEW = "openings"
    KEYS = (
        ("open", "read it there"),
        ("pane-next", "next source"),
        ("passage-next:j passage-previous:k", "headline, lede"),
        ("copy", "copy"),
        ("export", "export"),
    )

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.heading = Bar()
        self.page = OpeningPage()
        self._shown_for: tuple[object, ...] = ()

    def compose(self) -> Iterator[Widget]:
        yield self.status
        yield self.tabs
        yield self.heading
        yield self.page
        yield self.key_bar

    async def on_mount(self) -> None:
        self.session.index_changed.subscribe(self, lambda _: self._renew())
        self.set_focus(self.page)

    def on_screen_resume(self) -> None:
        self._renew()
        reader = self.reader.navigation.reader
        if reader is not None:
            self.page.go_to_source(reader.deck.leads)
        self.show_status()

    def _renew(self) -> None:
        now = (self.session.index, self.session.compared)
        if self.is_current:
            self.show_status()
            if now != self._shown_for:
                self._shown_for = now
                cards = opening_cards(self.session.index, compared=self.session.compared)
                self.page.show(cards, in_common(self.session.index))
                self._show_legend(self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        self._show_legend(event.size.width)

    def _show_legend(self, width: int) -> None:
        """How shared words look, and names and figures that one opening alone has."""
        if len(self.session.sources) < 2:
            self.heading.left = ((" This story has one source only: nothing is marked.", "dim"),)
            return
        long = width >= 100
        pieces: list[Piece] = [(" Headlines and ledes   ", "strong")] if width >= 72 else [(" ", "")]
        pieces += [("shared words", SHARED), (" are in another's too   " if long else "   ", "dim")]
        pieces += [("a name or figure", ONLY_HERE), (" that stands here only" if long else " only here", "dim")]
        self.heading.left = tuple(pieces)

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "passage-next": lambda: self.page.step(1),
            "passage-previous": lambda: self.page.step(-1),
            "pane-next": lambda: self.page.beside(1),
            "pane-previous": lambda: self.page.beside(-1),
            "half-page-down": lambda: self.page.page(0.5),
            "half-page-up": lambda: self.page.page(-0.5),
            "page-down": lambda: self.page.page(1),
            "page-up": lambda: self.page.page(-1),
            "first": lambda: self.page.to_end(False),
            "last": lambda: self.page.to_end(True),
            "open": self._open,
            "copy": self._copy,
            "copy-words": lambda: self.say("⟨copy⟩ copies what you are on, with its citation; ⟨leave⟩ leaves."),
            "export": self._export,
            "openings": self._leave,
            "leave": self._leave,
        }

    async def _open(self) -> None:
        part = self.page.part
        if part is None:
            self.say("There is no passage to go to here.")
        else:
            await self.reader.navigation.go_to(*part.place)

    async def _copy(self) -> None:
        from summitreader.tui.reader.copying import copy_place

        part = self.page.part
        if part is None:
            self.say("There are no words here to copy.")
            return
        number, passage = part.place
        span = self.session.sources[number].passages[passage]
        self.say(await copy_place(self.app, self.session, (number, span.start, span.end)))

    async def _export(self) -> None:
        from summitreader.tui.views.tables import openings_formats

        formats = openings_formats(self.page.cards, self.session.sources)
        await self.reader.navigation.export(formats, "headlines and ledes")

    async def _leave(self) -> None:
        await self.reader.navigation.show("view-reader")

    async def on_opening_page_chosen(self) -> None:
        await self.action_command("open")
