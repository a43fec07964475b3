"""Export: shows what will be written and where before it is, and leaves alone what is there already."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from summitreader.errors import SummitreaderError
from summitreader.tui.screens.closing import PanelScreen
from summitreader.tui.themes import palette_of
from summitreader.tui.views.exporting import Format, Standing, standing, suggested, write
from summitreader.tui.widgets.bars import one_line

_MOST_LINES = 400


class ExportScreen(PanelScreen[str | None]):
    """Dismissed with a sentence that says what was written, or with None where nothing was."""

    DEFAULT_CSS = """
    ExportScreen { align: center middle; }
    ExportScreen #export-box {
        width: 92%; max-width: 110; height: 86%; background: $surface; border: round $ruler; padding: 0 2;
    }
    ExportScreen Input { border: none; padding: 0; background: $bar-surface; height: 1; }
    ExportScreen Input:focus { border: none; }
    ExportScreen Static { width: 1fr; height: auto; }
    ExportScreen #export-preview { height: 1fr; color: $aside; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "Leave"),
        ("up", "format(-1)", "Another format"),
        ("down,tab", "format(1)", "Another format"),
    ]

    def __init__(self, story: str, formats: Sequence[Format], what: str) -> None:
        """`what` says in words what goes out: "12 annotations of this story"."""
        super().__init__()
        self._story, self._formats, self._what = story, formats, what
        self._at = 0
        self._text = ""
        self._heading = Static(markup=False)
        self._state = Static(markup=False)
        self._preview = Static(markup=False, id="export-preview")
        self.input = Input(compact=True, select_on_focus=False)

    def compose(self) -> Iterator[Widget]:
        with Vertical(id="export-box"):
            yield self._heading
            yield self.input
            yield self._state
            yield self._preview

    async def on_mount(self) -> None:
        self.styles.background = "transparent"
        self.set_focus(self.input)
        await self._show_format()

    async def action_format(self, by: int) -> None:
        self._at = (self._at + by) % len(self._formats)
        await self._show_format()

    async def _show_format(self) -> None:
        chosen = self._formats[self._at]
        folder = self._path().parent if self.input.value else Path.cwd()
        try:
            self._text = await asyncio.to_thread(chosen.make, folder)
        except SummitreaderError as error:
            self.app.notify(str(error), severity="error", markup=False, timeout=8)
            return
        self.input.value = str(suggested(folder, self._story, chosen))
        self.input.cursor_position = len(self.input.value)
        styles = palette_of(self.app)
        heading = Text()
        heading.append("\nExport ", "bold")
        heading.append(f"{self._what}\n\n")
        for at, one in enumerate(self._formats):
            here = at == self._at
            style = styles["accent" if here else "dim"]
            heading.append(f"{'▸' if here else ' '} {one.does}\n", style)
        heading.append("\nto ", styles["dim"])
        self._heading.update(heading)
        room = max(20, min(110, self.app.size.width * 92 // 100) - 8)
        lines = self._text.splitlines()[:_MOST_LINES]
        self._preview.update(Text("\n".join(_cut(line, room) for line in lines)))
        self._tell()

    def _path(self) -> Path:
        return Path(self.input.value.strip()).expanduser().absolute()

    def _standing(self) -> Standing:
        if not self.input.value.strip():
            return Standing(False, "Name a file.")
        try:
            return standing(self._path(), self._formats[self._at], self._text)
        except (OSError, ValueError) as error:
            return Standing(False, f"That is no name for a file: {error}.")

    def _tell(self) -> None:
        styles = palette_of(self.app)
        found = self._standing()
        text = Text()
        text.append(f"{found.words}\n", "" if found.allowed else styles["check"])
        for key, does in (("Enter", "write it"), ("↑ ↓", "form"), ("Esc", "leave")):
            text.append(key, styles["accent"])
            text.append(f" {does}   ", styles["dim"])
        self._state.update(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not self._standing().allowed:
            self.app.bell()
            return
        try:
            path, chosen = self._path(), self._formats[self._at]
            self.dismiss(write(path, chosen, chosen.make(path.parent)))
        except (OSError, SummitreaderError) as error:
            self.app.notify(f"It could not be written: {error}", severity="error", markup=False, timeout=8)

    async def on_key(self, event: events.Key) -> None:
        """The arrows are the format's, wherever the cursor stands in the name."""
        if event.key in ("up", "down", "tab"):
            event.stop()
            event.prevent_default()
            await self.action_format(-1 if event.key == "up" else 1)


def _cut(line: str, width: int) -> str:
    """The beginning of a line, its indentation kept."""
    indent = len(line) - len(line.lstrip(" "))
    return " " * min(indent, width // 2) + one_line(line, width - min(indent, width // 2))
