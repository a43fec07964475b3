"""Opening another folder, file, web address or pasted text in the reader that runs. What is open stays open until a
source of the new corpus has been read, so that a wrong path or a page that cannot be had costs nothing."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from summitreader.counting import counted
from summitreader.errors import SummitreaderError
from summitreader.files import exists, private_folder
from summitreader.sources import adding
from summitreader.sources.model import Skipped
from summitreader.text.gate import shown_line
from summitreader.tui.context import palette_of
from summitreader.tui.dialogs.choice import PANEL_CSS, Panel
from summitreader.tui.widgets.bars import one_line
from summitreader.tui.widgets.query_line import LineInput, containing, folded
from summitreader.tui.workers import Loading

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_MOST_NAMES = 200
"""Names of a folder that are offered at most."""
_LOOK = 0.2
"""Seconds between looks at how far the reading has come."""


class PathInput(LineInput):
    """A field in which Tab completes a path, and a paste of several lines is a text."""

    class Completed(Message):
        """Tab was pressed."""

    class TextPasted(Message):
        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        lines = [line for line in event.text.splitlines() if line.strip()]
        if len(lines) > 1 and not all(_ADDRESS.fullmatch(line.strip()) for line in lines):
            event.stop()
            event.prevent_default()
            self.post_message(self.TextPasted(event.text))

    def on_key(self, event: events.Key) -> None:
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            self.post_message(self.Completed())


def typed_path(words: str) -> Path:
    """The path that is typed: quotation marks around it, `~` and `file://` are understood."""
    words = words.strip()
    if len(words) > 1 and words[0] == words[-1] and words[0] in "'\"":
        words = words[1:-1]
    if words.lower().startswith("file://"):
        words = unquote(urlsplit(words).path)
    return Path(os.path.expanduser(words))  # noqa: PTH111 (a home that is not known is no error)


def completions(words: str) -> list[str]:
    """What is typed, completed to each folder and file whose name begins with it; folders end in `/`. Hidden names are
    offered once their dot is typed."""
    before, _, begun = words.rpartition("/")
    folder = typed_path(f"{before}/") if "/" in words else Path()
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(begun) and (begun or not entry.name.startswith(".")):
                    found.append((not entry.is_dir(), entry.name))
    except (OSError, ValueError):
        return []
    head = f"{before}/" if "/" in words else ""
    return [f"{head}{name}{'' if is_file else '/'}" for is_file, name in sorted(found)[:_MOST_NAMES]]


def end_of(path: str, width: int) -> str:
    """A path in at most `width` cells: its beginning is cut, never its end."""
    home = os.path.expanduser("~")  # noqa: PTH111
    path = shown_line(f"~{path[len(home) :]}" if path.startswith(home + os.sep) else path)
    while cell_len(path) > width and len(path) > 1:
        path = "…" + path[2:]
    return path


def _added(address: str, folder: Path) -> list[Path | Skipped]:
    """In a thread: the page at `address` as a source in `folder`, which only the reader's account can enter."""
    try:
        private_folder(folder.parent)
        private_folder(folder)
    except OSError as error:
        raise SummitreaderError(f"{shown_line(str(folder))} cannot be used: {error.strerror}.") from error
    return list(adding.add(address, folder))


class OpenScreen(Panel["Loading | None"]):
    """Dismissed with the corpus that shall be shown, of which a source is read, or with None."""

    NUMBERED = False
    DEFAULT_CSS = PANEL_CSS.format(name="OpenScreen")
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Leave")]

    def __init__(
        self,
        recent: Sequence[tuple[Sequence[Path], str]],
        data: Path,
        begin: Callable[[Sequence[Path]], Loading],
    ) -> None:
        """`recent` are the corpora read before, each with the story that was open. What comes from the web or the
        clipboard is saved in folders of `data`. `begin` starts to read a corpus."""
        super().__init__("Open a folder, a file or a web address, or paste a text")
        self._recent = [(tuple(paths), story) for paths, story in recent]
        self._data = data
        self._begin = begin
        self._pasted = ""
        self._said: tuple[str, bool] = ("", False)
        self._loading: Loading | None = None
        self._doing = ""
        self._offered: list[tuple[str, str, tuple[Path, ...] | None]] = []
        self.input = PathInput(placeholder="path or https://…", compact=True)
        self._below = Static(markup=False)

    def compose(self) -> Iterator[Widget]:
        with Vertical():
            yield self.heading()
            yield self.input
            yield self._below
            yield self._rows

    def on_mount(self) -> None:
        self.set_focus(self.input)
        self._offer()

    # What is offered and said

    def choices(self) -> Sequence[tuple[str, str]]:
        return [(name, more) for name, more, _ in self._offered]

    def keys(self) -> Sequence[tuple[str, str]]:
        if self._doing:
            return (("Esc", "stop"),)
        return (("Enter", "open"), ("Tab", "complete"), ("↑ ↓", "choose"), ("Esc", "cancel"))

    def _offer(self) -> None:
        """The corpora read before that what is typed leaves, and the paths that it begins."""
        words, width = self.input.value, max(20, self.app.size.width - 8)
        wanted = containing(words)
        self._offered = []
        for paths, story in self._recent:
            where = ", ".join(map(str, paths))
            name = shown_line(story or paths[0].name)
            if wanted(folded(f"{story} {where}")):
                room = max(8, width - cell_len(one_line(name, width)) - 4)
                self._offered.append((name, end_of(where, room), tuple(paths)))
        if words and not _ADDRESS.match(words.strip()):
            self._offered += [(end_of(name, width), "", (typed_path(name),)) for name in completions(words)]
        self._at = 0 if self._offered and not words and not self._pasted else -1
        self.show_rows()

    def show_rows(self) -> None:
        super().show_rows()
        styles, width = palette_of(self.app), max(20, self.app.size.width - 4)
        words, is_wrong = self._said
        if self._doing:
            words, is_wrong = self._doing, False
        elif not words and self._pasted:
            first = next(line for line in self._pasted.splitlines() if line.strip())
            words = f"Pasted {counted(len(self._pasted.split()), 'word')}: {first}"
        self._below.display = bool(words)
        self._below.update(Text(one_line(words, width), styles["check"] if is_wrong else "", no_wrap=True))

    def _say(self, sentence: str) -> None:
        """Why it was not opened; all stays as it is typed."""
        self._said, self._doing = (sentence, True), ""
        self.show_rows()

    # What is typed

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._said = ("", False)
        self._offer()

    def on_path_input_text_pasted(self, event: PathInput.TextPasted) -> None:
        event.stop()
        self._pasted, self._said = event.text, ("", False)
        self.input.value = ""
        self._offer()

    def on_path_input_completed(self, event: PathInput.Completed) -> None:
        event.stop()
        found = completions(self.input.value)
        longest = os.path.commonprefix(found)  # noqa: RUF071
        if len(longest) > len(self.input.value):
            self.input.value = longest
            self.input.cursor_position = len(longest)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down") and not self._doing:
            event.stop()
            event.prevent_default()
            self._at = max(self._at, -1 if event.key == "down" else 0)
            self.action_step(1 if event.key == "down" else -1)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._doing:
            return
        words = event.value.strip()
        if 0 <= self._at < len(self._offered):
            self._read(list(self._offered[self._at][2] or ()))
        elif words and all(map(_ADDRESS.fullmatch, words.split())):
            self._work(self._fetch(words.split()))
        elif words:
            path = typed_path(words)
            if exists(path):
                self._read([path])
            else:
                web = " A web address begins with https://." if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", words) else ""
                self._say(f"No such file or folder: {shown_line(str(path))}.{web}")
        elif self._pasted:
            self._work(self._keep_pasted(self._pasted))

    def action_leave(self) -> None:
        """Stop what is fetched or read; else drop what was pasted; else close."""
        if self._doing:
            self.workers.cancel_node(self)
            self._drop()
            self._say("Stopped.")
        elif self._pasted:
            self._pasted = ""
            self._offer()
        else:
            self.dismiss(None)

    # What is opened

    def _read(self, paths: Sequence[Path]) -> None:
        self._work(self._load(paths))

    def _work(self, work: object) -> None:
        self._doing, self._said = "…", ("", False)
        self.run_worker(work, exclusive=True)  # type: ignore[arg-type]

    async def _fetch(self, addresses: Sequence[str]) -> None:
        """Fetch pages into a folder of the data folder, and open it on the last of them."""
        folder = self._data / "fetched"
        last: Path | None = None
        for address in addresses:
            self._tell(f"Fetching {address} …")
            try:
                found = await asyncio.to_thread(_added, address, folder)
            except SummitreaderError as error:
                self._say(str(error))
                return
            for one in found:
                if isinstance(one, Path):
                    last = one
                elif exists(Path(one.path)):
                    last = Path(one.path)  # it is there already
                else:
                    self._say(f"{shown_line(one.path)}: {one.reason}")
                    return
        await self._load([folder], last)

    async def _keep_pasted(self, text: str) -> None:
        folder = self._data / "pasted"
        try:
            saved = await asyncio.to_thread(adding.add_text, text, folder)
        except SummitreaderError as error:
            self._say(str(error))
            return
        await self._load([folder], saved)

    async def _load(self, paths: Sequence[Path], showing: Path | None = None) -> None:
        """Read until a story can be shown; all of it where the source of the file `showing` is to be in it."""
        self._tell("Reading …")
        loading = self._loading = self._begin(paths)
        loading.showing = showing
        ready = loading.ready if showing is None else loading.finished
        while not await asyncio.to_thread(ready.wait, _LOOK):
            share = f" {round(100 * loading.share)} %" if loading.share else ""
            self._tell(f"{loading.doing.capitalize()} …{share}")
        corpus = loading.corpus
        if corpus is not None and corpus.sources:
            self._loading = None
            self.dismiss(loading)
            return
        refused: Sequence[Skipped] = corpus.skipped if corpus is not None else ()
        reasons = "; ".join(f"{r.path}: {r.reason}" for r in refused[:3])
        self._drop()
        self._say(loading.failure or f"No source could be read. {reasons or 'There is no text in it.'}")

    def _tell(self, doing: str) -> None:
        self._doing = doing
        self.show_rows()

    def _drop(self) -> None:
        """Read no more of what is not shown."""
        if self._loading is not None:
            self._loading.stop()
            self._loading = None

    def on_unmount(self) -> None:
        self._drop()
