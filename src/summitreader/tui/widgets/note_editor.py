"""Where a note is written: a few lines at the foot of the reader."""

from __future__ import annotations

import asyncio
from asyncio import Lock
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.containers import Vertical

from summitreader.errors import SummitreaderError
from summitreader.tui.context import context_of, keymap_of
from summitreader.tui.widgets.bars import Bar, Piece, in_quotation_marks

if TYPE_CHECKING:
    from pathlib import Path

    from summitreader.tui.widgets.note_area import NoteArea


_FURNISHED_AFTER = 0.4
"""Seconds; sooner where a note is begun before."""

Finish = Callable[[str, bool], bool | None]
"""Called with the text and whether to keep it; what returns False could not keep it, and the editor stays open."""


class NoteEditor(Vertical):
    """Hidden until opened on some words. `key` names the draft that is kept while one types."""

    DEFAULT_CSS = """
    NoteEditor { height: 7; background: $surface; }
    NoteEditor NoteArea { height: 1fr; border: none; padding: 0 1; background: $surface; }
    NoteEditor NoteArea:focus { border: none; }
    """

    def __init__(self) -> None:
        super().__init__(id="note-editor")
        self.heading = Bar()
        self._area: NoteArea | None = None
        self._furnishing = Lock()
        self.key = ""
        self._draft = 0
        self._finish: Finish = lambda text, kept: None
        self._quote = ""
        self._wider = ""
        self.is_wider = False
        """Whether the note shall stand on the further places too that the editor was opened with."""
        self.display = False

    def compose(self) -> Iterator[Bar]:
        yield self.heading

    def on_mount(self) -> None:
        """TextArea is the slowest widget to load, so it is mounted once the first screen is drawn."""
        self.set_timer(_FURNISHED_AFTER, self._furnish)

    async def _furnish(self) -> None:
        async with self._furnishing:
            if self._area is not None or not self.is_attached:  # the program may have been ended since
                return
            from summitreader.tui.widgets.note_area import NoteArea

            area = NoteArea(self, soft_wrap=True, show_line_numbers=False, compact=True)
            await self.mount(area)
            self._area = area

    @property
    def area(self) -> NoteArea:
        """Where one types; only where the editor is open."""
        assert self._area is not None
        return self._area

    @property
    def unfinished(self) -> str:
        """What was typed and is not finished; empty where the editor is closed."""
        return self.area.text if self.is_open and self._area is not None else ""

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    async def open(self, key: str, quote: str, text: str, finish: Finish, wider: str = "") -> None:
        """Write on `quote`, going on with `text`; `wider` says in words what a key lets the note stand on besides.

        `finish` is called with the text, and whether to keep it, before the next key is heard: a message might come
        after the one that leaves the program. Whoever opens it waits until it has the keys: what is typed meanwhile
        is the note's, and no command.
        """
        await self._furnish()
        if not self.is_attached:
            return
        from summitreader.tui.widgets.external_editor import left_behind

        self.key, self._finish = key, finish
        self._begin_draft()
        self._quote, self._wider, self.is_wider = quote, wider, False
        written = left_behind(self._folder, key)
        if written is not None:
            self._keep_outside(written)
            if written != text:
                self.app.notify("Recovered from an interrupted editor session.", markup=False, timeout=6)
        self.area.hold(text if written is None else written)
        self.area.move_cursor(self.area.document.end)
        self.display = True
        self._show_heading()
        self.area.begin_typing()

    def _begin_draft(self) -> None:
        """Have what is typed saved as a draft. A save that fails is reported, and the text stays in the editor."""
        store, loop = context_of(self.app).store, asyncio.get_running_loop()
        if store is None:
            return

        def failed(sentence: str) -> None:
            with suppress(RuntimeError):  # the program has ended
                loop.call_soon_threadsafe(self._say_unsaved, sentence)

        store.drafts_writer.failed = failed
        self._draft = store.drafts_writer.begin(self.key)

    def _say_unsaved(self, sentence: str) -> None:
        self.app.notify(f"The draft is not saved yet: {sentence}", severity="warning", markup=False, timeout=10)

    def _typed(self, text: str) -> None:
        store = context_of(self.app).store
        if store is not None:
            store.drafts_writer.write(self.key, self._draft, text)

    @property
    def _folder(self) -> Path:
        return context_of(self.app).where.state

    def _show_heading(self) -> None:
        """The words that the note is on, and of the keys those that fit beside some of them.

        The key for the counterparts says what pressing it would do, and so what holds now.
        """
        self.heading.left = ((" ✎ note on ", "note"), (in_quotation_marks(self._quote, 62), ""))
        wider = f"not on {self._wider}" if self.is_wider else f"on {self._wider} too"
        keymap = keymap_of(self.app)
        keys = [("Enter", "save"), ("Esc", "later"), *([(keymap.in_bar("note-links"), wider)] if self._wider else [])]
        keys += [(keymap.in_bar("note-outside"), "$EDITOR"), ("Ctrl-J", "line")]
        pieces: list[Piece] = []
        room = self.app.size.width - 24
        for key, does in keys:
            cells = len(key) + len(does) + 3
            if key and cells <= room:
                room -= cells
                pieces += [(key, "accent"), (f" {does}  ", "dim")]
        self.heading.right = tuple(pieces)

    def toggle_wider(self) -> None:
        """Let the note stand on the further places too, or not after all."""
        if self._wider:
            self.is_wider = not self.is_wider
            self._show_heading()
        else:
            self.app.notify("No matching passages here to attach the note to.", markup=False, timeout=4)

    def go_outside(self) -> None:
        """Go on in the reader's own editor, which has the terminal until it ends."""
        from textual.app import SuspendNotSupported

        from summitreader.tui.widgets.external_editor import edit_outside

        try:
            text = edit_outside(self._folder, self.key, self.area.text, self.app.suspend)
        except SuspendNotSupported:
            self.app.notify("This terminal cannot run another program here.", markup=False, timeout=6)
            return
        except (SummitreaderError, OSError) as error:
            self.app.notify(str(error), severity="error", markup=False, timeout=6)
            return
        self.area.hold(text)
        self.area.move_cursor(self.area.document.end)
        self._keep_outside(text)
        self._typed(text)
        self.app.refresh()

    def _keep_outside(self, text: str) -> None:
        """What the editor wrote is a draft in the store from now on, and only then not a file any more."""
        from summitreader.tui.widgets.external_editor import taken_over

        store = context_of(self.app).store
        if store is None:
            return
        try:
            store.save_draft(self.key, text)
        except SummitreaderError as error:
            self.app.notify(str(error), severity="error", markup=False, timeout=6)
        else:
            taken_over(self._folder, self.key)

    def close(self) -> None:
        self.display = False

    def defer(self) -> None:
        """Finish the note for now, as Escape does."""
        self.area.end_typing(False)

    def on_ended(self, text: str, kept: bool) -> None:
        """The text area says that the note is finished."""
        if self._finish(text, kept) is False:
            self.area.begin_typing()
        else:
            self.close()

    def on_typed_text(self, text: str) -> None:
        """The text area says that it holds another text."""
        if self.is_open:
            self._typed(text)
