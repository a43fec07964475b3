"""The form in which a source is put right: each of its fields, with what the page says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from summitreader.notes.corrections import FIELDS
from summitreader.text import Source
from summitreader.text.gate import shown_line
from summitreader.tui.context import context_of, palette_of
from summitreader.tui.dialogs.choice import PanelScreen
from summitreader.tui.story.inspection import name_of
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import one_line
from summitreader.tui.widgets.query_line import LineInput


async def ask_source(app: App[int], session: Session, source: Source, say: Callable[[str], None]) -> None:
    """Ask what a source of the corpus is to say of itself, and save it."""
    context = context_of(app)
    corrections = context.corrections
    (loaded,) = corrections.loaded([source])
    corrections.store(session)

    def take(values: Mapping[str, str | None] | None) -> None:
        changed = {n: v for n, v in (values or {}).items() if getattr(source, n) != v}
        if not changed:
            return

        def keep() -> None:
            corrections.set_fields(session, source, changed)
            named = ", ".join(NAMES[name].lower() for name in changed)
            say(f"{named[:1].upper()}{named[1:]} changed. ⟨undo⟩ undoes.")

        context.attempt(keep)

    await app.push_screen(SourceForm(source, loaded), take)


class SourceForm(PanelScreen["Mapping[str, str | None] | None"]):
    """Dismissed with all fields as they shall be, or with None where nothing shall change."""

    DEFAULT_CSS = """
    SourceForm { align: center middle; }
    SourceForm VerticalScroll {
        width: 92%; max-width: 100; height: auto; max-height: 96%; background: $surface; border: round $ruler;
        padding: 0 2;
    }
    SourceForm Input { border: none; padding: 0; background: $bar-surface; height: 1; }
    SourceForm Input:focus { border: none; background: $panel; }
    SourceForm Static { width: 1fr; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Leave")]

    def __init__(self, source: Source, loaded: Source) -> None:
        """`loaded` is the source as its file has it."""
        super().__init__()
        self._source, self._loaded = source, loaded
        self.inputs = {
            name: LineInput(value=shown_line(getattr(source, name) or ""), compact=True, select_on_focus=False)
            for name in FIELDS
        }
        self._beside = {name: Static(markup=False) for name in FIELDS}
        self._foot = Static(markup=False)

    def compose(self) -> Iterator[Widget]:
        with VerticalScroll():
            heading = Text(f"Source details: {one_line(name_of(self._source), 60)}", "bold")
            yield Static(heading, markup=False)
            for name in FIELDS:
                yield self._beside[name]
                yield self.inputs[name]
            yield self._foot

    def on_mount(self) -> None:
        self.styles.background = "transparent"
        self.set_focus(self.inputs["title"])
        self._tell()

    def values(self) -> dict[str, str | None]:
        """The fields as they stand; one that was not touched is what it was, code point for code point."""
        found: dict[str, str | None] = {}
        for name, field in self.inputs.items():
            was = getattr(self._source, name)
            page = getattr(self._loaded, name)
            if field.value == shown_line(was or ""):
                found[name] = was
            elif field.value == shown_line(page or ""):
                found[name] = page
            else:
                found[name] = as_kept(name, field.value)
        return found

    def _wrong(self, name: str) -> str:
        """Why what was typed in a field cannot be kept; what the page says, or was kept before, always can."""
        typed = self.inputs[name].value
        known = {shown_line(getattr(source, name) or "") for source in (self._source, self._loaded)}
        return "" if typed in known else wrong_with(name, typed)

    def _tell(self) -> None:
        styles = palette_of(self.app)
        values = self.values()
        width = max(20, min(100, self.app.size.width * 92 // 100) - 6)
        for name in FIELDS:
            page, value = getattr(self._loaded, name), values[name]
            text = Text(no_wrap=True)
            here = self.focused is self.inputs[name]
            text.append(f"{NAMES[name]:<9}", styles["accent"] if here else "bold")
            wrong = self._wrong(name)
            said = f"on the page: {shown_line(page)}" if page else "not on the page"
            if name == "published" and not page and self._loaded.day:
                said = f"on the page: {self._loaded.day[2:]} (year not given)"
            if wrong:
                text.append(f" {one_line(wrong, width - 10)}", styles["check"])
            elif value != page:
                text.append(" corrected; ", styles["note"])
                text.append(one_line(said, width - 20), styles["dim"])
            elif not page:
                text.append(f" {said}", styles["dim"])
            self._beside[name].update(text)
        foot = Text()
        for key, does in (("Enter", "save"), ("↑ ↓ Tab", "field"), ("Esc", "cancel")):
            foot.append(key, styles["accent"])
            foot.append(f" {does}   ", styles["dim"])
        foot.append("\nLeave empty if unknown.", styles["dim"])
        self._foot.update(foot)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell()

    def on_descendant_focus(self) -> None:
        self._tell()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        for name, field in self.inputs.items():
            if self._wrong(name):
                self.set_focus(field)
                self.app.bell()
                return
        self.dismiss(self.values())

    def on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            names = list(FIELDS)
            at = next((n for n, name in enumerate(names) if self.inputs[name] is self.focused), 0)
            self.set_focus(self.inputs[names[(at + (1 if event.key == "down" else -1)) % len(names)]])


NAMES = {
    "title": "Title",
    "outlet": "Outlet",
    "author": "Author",
    "published": "Date",
    "url": "Address",
    "language": "Language",
}
"""The fields in the words of the form, in its order."""

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def as_kept(name: str, typed: str) -> str | None:
    """What is kept of what was typed: one line, a date as ISO 8601; None where nothing was, or it cannot be."""
    words = " ".join(typed.split())
    if not words:
        return None
    if name == "published":
        return _date(words)
    return words.lower() if name == "language" else words


def wrong_with(name: str, typed: str) -> str:
    """Why what was typed cannot be kept, in a sentence; empty where it can."""
    words = " ".join(typed.split())
    if not words:
        return ""
    if name == "published" and _date(words) is None:
        return "not a date with a year: write 2025-11-01 or 1 November 2025"
    if name == "url" and not re.fullmatch(r"https?://[^\s/?#]+\S*", words, re.IGNORECASE):
        return "not a web address: begin with http:// or https://"
    if name == "language" and not re.fullmatch("[a-z]{2}", words.lower()):
        return "not a language code: write two letters, such as en, ko, zh"
    return ""


def _date(words: str) -> str | None:
    """A day or a moment as ISO 8601, from that or from how the news writes a day; None without a year."""
    if _ISO_DAY.match(words):
        try:
            datetime.fromisoformat(words)
        except ValueError:
            return None
        return words
    from summitreader.text.dates import read_date

    moment = read_date(words)
    return None if moment is None else moment.iso()
