"""The prompt for the tags of an annotation; the recent ones are a digit away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text
from textual import events
from textual.app import App
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from summitreader.notes.model import Annotation
from summitreader.text.gate import shown_line
from summitreader.tui.context import palette_of
from summitreader.tui.dialogs.choice import PanelScreen
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import in_quotation_marks, one_line
from summitreader.tui.widgets.query_line import LineInput


async def ask_tags(app: App[int], session: Session, annotation: Annotation) -> None:
    """Ask for the tags of `annotation`, and keep them."""
    store = session.notes.store
    if store is None or store.read_only:
        return

    now = tuple(shown_line(tag) for tag in annotation.tags)

    def take(tags: tuple[str, ...] | None) -> None:
        if tags is not None and tags != now:
            session.notes.set_tags(annotation.id, tags)

    recent = [shown_line(tag) for tag in store.recent_tags(18)]
    await app.push_screen(TagsScreen(annotation.targets[0].quote, now, recent), take)


class TagInput(LineInput):
    """A digit where a tag would begin stands for a recent tag."""

    def __init__(self, tags: Sequence[str], recent: Sequence[str]) -> None:
        super().__init__(value=as_typed(tags), placeholder="tags, comma-separated", compact=True, select_on_focus=False)
        self.recent = recent

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in "0123456789":
            added = with_recent(self.value[: self.cursor_position], event.character, self.recent)
            if added is not None and self.cursor_position == len(self.value):
                event.stop()
                event.prevent_default()
                self.value = added
                self.cursor_position = len(added)


class TagsScreen(PanelScreen[tuple[str, ...] | None]):
    """Dismissed with the tags that the annotation shall have, or with None where nothing shall change."""

    DEFAULT_CSS = """
    TagsScreen { align: center bottom; }
    TagsScreen Vertical {
        width: 100%; height: auto; background: $surface; border-top: solid $ruler; padding: 0 1 1 1;
    }
    TagsScreen Input { border: none; padding: 0; background: $surface; }
    TagsScreen Input:focus { border: none; }
    TagsScreen Static { width: 1fr; height: auto; }
    """
    BINDINGS = [("escape", "dismiss(None)", "Leave")]  # noqa: RUF012

    def __init__(self, quote: str, tags: Sequence[str], recent: Sequence[str]) -> None:
        super().__init__()
        self._quote = quote
        self.recent = [tag for tag in recent if tag not in tags][:9]
        self.input = TagInput(tags, self.recent)

    def compose(self) -> Iterator[Widget]:
        with Vertical():
            yield Static(self._heading(), markup=False)
            yield self.input
            yield Static(self._help(), markup=False)

    def on_mount(self) -> None:
        self.styles.background = "transparent"
        self.set_focus(self.input)
        self.input.cursor_position = len(self.input.value)

    def _heading(self) -> Text:
        text = Text(no_wrap=True)
        text.append("# tags of ", palette_of(self.app)["note"])
        text.append(in_quotation_marks(self._quote, max(10, self.app.size.width - 14)))
        return text

    def _help(self) -> Text:
        styles = palette_of(self.app)
        text = Text()
        for n, tag in enumerate(self.recent, 1):
            text.append(f"{n} ", styles["accent"])
            text.append(f"{one_line(tag, 24)}   ")
        if self.recent:
            text.append("\n")
        text.append("Enter", styles["accent"])
        text.append(" keep   ", styles["dim"])
        text.append("Esc", styles["accent"])
        text.append(" cancel   ", styles["dim"])
        text.append("#2025", "bold")
        text.append(" for a tag that begins with a digit", styles["dim"])
        return text

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(typed_tags(event.value))


def typed_tags(text: str) -> tuple[str, ...]:
    """The tags in `text`, each once, in order; a # before one is no part of it."""
    parts = (" ".join(part.split()).removeprefix("#").strip() for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def as_typed(tags: Sequence[str]) -> str:
    """Text in which one goes on typing after `tags`."""
    return "".join(f"{tag}, " for tag in tags)


def with_recent(text: str, digit: str, recent: Sequence[str]) -> str | None:
    """`text` with the recent tag of that number added, 1 being the first; None where the digit is part of a word."""
    if text and not text.rstrip().endswith(","):
        return None
    at = (int(digit) - 1) % 10
    if at >= len(recent):
        return None
    return as_typed((*typed_tags(text), recent[at]))
