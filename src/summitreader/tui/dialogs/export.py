"""Export: shows what will be written and where before it is, and leaves alone what is there already."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from summitreader.errors import SummitreaderError
from summitreader.notes.model import Annotation
from summitreader.text import Source
from summitreader.text.gate import shown_line
from summitreader.tui.context import palette_of
from summitreader.tui.dialogs.choice import PanelScreen
from summitreader.tui.widgets.bars import one_line
from summitreader.tui.widgets.query_line import LineInput

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
        self.input = LineInput(compact=True, select_on_focus=False)

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
            return Standing(False, f"Not a valid file name: {error}.")

    def _tell(self) -> None:
        styles = palette_of(self.app)
        found = self._standing()
        text = Text()
        text.append(f"{found.words}\n", "" if found.allowed else styles["check"])
        for key, does in (("Enter", "write"), ("↑ ↓", "form"), ("Esc", "leave")):
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
            self.app.notify(f"Could not write the file: {error}", severity="error", markup=False, timeout=8)

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


TextOf = Callable[[str], str | None]
"""The text with a hash, as the store keeps it."""


@dataclass(frozen=True, slots=True)
class Format:
    """`does` says what the file is for, `stem` what it is called after the story, `ending` what it ends in. `make`
    gives its text, from the folder that it will stand in. A file of a form that `updates` is brought up to date where
    the program made it before; of another form a file is only ever made new."""

    does: str
    stem: str
    ending: str
    make: Callable[[Path], str]
    updates: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a file may be written, and in a sentence what is done or why not."""

    allowed: bool
    words: str


def note_formats(
    annotations: Sequence[Annotation], sources: Sequence[Source], text_of: TextOf, *, some: bool
) -> tuple[Format, ...]:
    """The forms of annotations; `some` where they are not all of the story's, and so belong into another file."""

    def clean(folder: Path) -> str:
        from summitreader.export.markdown import markdown

        return markdown(annotations, sources, base=folder, clean=True)

    def markdown(folder: Path) -> str:
        from summitreader.export.markdown import markdown

        return markdown(annotations, sources, base=folder)

    def jsonld(folder: Path) -> str:
        from summitreader.export.interchange import jsonld

        return jsonld(annotations)

    def jsonl(folder: Path) -> str:
        from summitreader.export.interchange import jsonl

        return jsonl(annotations, text_of)

    def table(folder: Path) -> str:
        from summitreader.export.tables import table

        return table(annotations)

    stem = "some notes" if some else "notes"
    return (
        Format("markdown", stem, ".md", clean),
        Format("markdown that can be verified and updated", f"{stem} to verify", ".md", markdown, updates=True),
        Format("JSON-LD, for other programs", stem, ".jsonld", jsonld),
        Format("JSON Lines (full backup)", stem, ".jsonl", jsonl),
        Format("CSV, for a spreadsheet", stem, ".csv", table),
    )


def file_name(story: str, form: Format) -> str:
    """A plain name for a file about a story: one segment of a path, not hidden, not too long."""
    from summitreader.export.files import file_name as plain

    return plain(f"{story[:80]} - {form.stem}", ending=form.ending)


def suggested(folder: Path, story: str, form: Format) -> Path:
    """Where a file would go: under its own name, with a number where a file there must be left alone."""
    name = file_name(story, form)
    path = folder / name
    n = 2
    while (path.exists() or path.is_symlink()) and not (form.updates and standing(path, form, "").allowed):
        path = folder / f"{name.removesuffix(form.ending)} {n}{form.ending}"
        n += 1
    return path


def standing(path: Path, form: Format, text: str) -> Standing:
    """What writing `text` to `path` would do to what is there."""
    if path.is_dir():
        return Standing(False, "This is a folder; name a file in it.")
    if not path.parent.is_dir():
        return Standing(False, "No such folder.")
    if not path.exists() and not path.is_symlink():
        return Standing(True, "A new file.")
    if not form.updates or not path.exists():
        return Standing(False, "This file exists and will not be replaced; choose another name.")
    from summitreader.export.files import preview_export

    try:
        written = preview_export(path, text)
    except SummitreaderError:
        return Standing(False, "This file was not made by summitreader and will not be replaced; choose another name.")
    merged = written.merged
    if merged is None:
        return Standing(True, "An empty file.")
    counts = f"{len(merged.added)} new, {len(merged.updated)} changed, {len(merged.removed)} removed"
    return Standing(True, " ".join([f"Will be updated: {counts}. Your own text is preserved.", *written.notices]))


def write(path: Path, form: Format, text: str) -> str:
    """Write a file that `standing` allows; a sentence that says so. Raises `SummitreaderError` where it cannot be."""
    found = standing(path, form, text)
    if not found.allowed:
        raise SummitreaderError(found.words)
    if form.updates:
        from summitreader.export.files import write_export

        return " ".join([f"Written to {shown_line(str(path))}.", *write_export(path, text).notices])
    from summitreader.export.tables import MARK
    from summitreader.files import write_whole

    write_whole(path, (MARK + text if form.ending == ".csv" else text).encode("utf-8", "surrogatepass"))
    return f"Written to {shown_line(str(path))}."
