"""Two small panels at the foot of the screen: one asks which of several, the other asks for a name and offers some."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from summitreader.text.gate import shown_line
from summitreader.tui.bindings import bind_panel
from summitreader.tui.context import keymap_of, palette_of
from summitreader.tui.layout.marks import UNICODE
from summitreader.tui.terminal.textual_private import Surviving
from summitreader.tui.widgets.bars import one_line
from summitreader.tui.widgets.query_line import LineInput, containing, folded

_MOST_ROWS = 9

T = TypeVar("T")

PANEL_CSS = """
    {name} {{ align: center bottom; }}
    {name} Vertical {{
        width: 100%; height: auto; max-height: 90%; background: $surface; border-top: solid $ruler; padding: 0 1 1 1;
    }}
    {name} Input {{ border: none; padding: 0; background: $bar-surface; height: 1; }}
    {name} Input:focus {{ border: none; }}
    {name} Static {{ width: 1fr; height: auto; }}
"""
"""The looks of a panel, with the name of its class to be put in."""


class ClosedOnce:
    """Stands before a screen's class. Textual (8.2) takes away whatever screen stands on top when a panel is dismissed
    a second time: two Enters in one burst would put away the reader with it.

    It is no screen itself, since Textual takes the styles of a screen from the first of its bases that is one.
    """

    def dismiss(self, result: Any = None) -> AwaitComplete:
        if not self.is_current:  # type: ignore[attr-defined]
            return AwaitComplete.nothing()  # type: ignore[no-untyped-call, no-any-return]
        return super().dismiss(result)  # type: ignore[misc, no-any-return]


class PanelScreen(ClosedOnce, Surviving, ModalScreen[T], Generic[T]):
    """A panel that stands over a view."""


class Panel(PanelScreen[T], Generic[T]):
    """A heading, rows of which one is under the cursor, and what the keys do."""

    NUMBERED: ClassVar[bool] = True
    """Whether the rows have numbers."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._heading = heading
        self._at = 0
        self._rows = Static(markup=False)

    def choices(self) -> Sequence[tuple[str, str]]:
        """The rows: what is chosen, and more about it."""
        return ()

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("Enter", "choose"), ("Esc", "cancel"))

    def on_mount(self) -> None:
        self.styles.background = "transparent"
        self.show_rows()

    def on_resize(self) -> None:
        self.show_rows()

    def action_step(self, by: int) -> None:
        count = len(self.choices())
        self._at = (self._at + by) % count if count else 0
        self.show_rows()

    def show_rows(self) -> None:
        styles = palette_of(self.app)
        width = max(20, self.app.size.width - 4)
        choices = self.choices()
        first = max(0, min(self._at - _MOST_ROWS // 2, len(choices) - _MOST_ROWS))
        text = Text(no_wrap=True)
        for n, (name, more) in enumerate(choices[first : first + _MOST_ROWS], first):
            here = n == self._at
            number = f"{n + 1})  " if self.NUMBERED else ""
            label = one_line(f"{number}{shown_line(name)}", width - 2)
            text.append("▸ " if here else "  ", styles["accent"])
            text.append(label, styles["accent"] if here else "")
            text.append("  " + one_line(shown_line(more), max(1, width - cell_len(label) - 4)), styles["dim"])
            text.append("\n")
        for key, does in self.keys():
            text.append(key, styles["accent"])
            text.append(f" {does}   ", styles["dim"])
        self._rows.update(text)

    def heading(self) -> Static:
        words = one_line(shown_line(self._heading), max(20, self.app.size.width - 4))
        return Static(Text(words, "bold"), markup=False)


class ChoiceScreen(Panel["int | None"]):
    """Dismissed with the number of the row that was chosen, or with None. Digits choose at once."""

    DEFAULT_CSS = PANEL_CSS.format(name="ChoiceScreen")
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "Leave"),
        ("up", "step(-1)", "Up"),
        ("down", "step(1)", "Down"),
        ("enter", "choose", "Choose"),
    ]
    ACTIONS: ClassVar[dict[str, str]] = {
        "passage-next": "step(1)",
        "passage-previous": "step(-1)",
        "leave": "dismiss(None)",
        "open": "choose",
    }

    def __init__(self, heading: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(heading)
        self._choices = tuple(choices)
        bind_panel(keymap_of(self.app), self.ACTIONS, self)

    def choices(self) -> Sequence[tuple[str, str]]:
        return self._choices

    def compose(self) -> Iterator[Widget]:
        with Vertical():
            yield self.heading()
            yield self._rows

    def action_choose(self) -> None:
        self.dismiss(self._at)

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in "123456789" and int(event.character) <= len(self._choices):
            event.stop()
            self.dismiss(int(event.character) - 1)


class NamingScreen(Panel["str | None"]):
    """Dismissed with what was typed or taken from the names that are offered, or with None. Up and Down offer."""

    DEFAULT_CSS = PANEL_CSS.format(name="NamingScreen")
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Leave")]

    def __init__(
        self, heading: str, offered: Sequence[tuple[str, str]], value: str = "", *, empty: str = "", hint: str = ""
    ) -> None:
        """`offered` are names, each with more about it; `empty` says what an empty name means, where it may be one."""
        super().__init__(heading)
        self._offered = tuple(offered)
        self._empty = empty
        self._at = -1
        self.input = LineInput(value=value, placeholder=hint, compact=True)

    def choices(self) -> Sequence[tuple[str, str]]:
        typed = self.input.value.casefold().strip()
        if self._at >= 0 or not typed:
            return self._offered
        return [choice for choice in self._offered if typed in choice[0].casefold()] or self._offered

    def keys(self) -> Sequence[tuple[str, str]]:
        also = (("empty", self._empty),) if self._empty else ()
        return (("Enter", "save"), ("↑ ↓", "choose"), ("Esc", "cancel"), *also)

    def compose(self) -> Iterator[Widget]:
        with Vertical():
            yield self.heading()
            yield self.input
            yield self._rows

    def on_mount(self) -> None:
        super().on_mount()
        self.set_focus(self.input)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._at >= 0 and (not self._offered or event.value != self._offered[self._at][0]):
            self._at = -1
        self.show_rows()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        value = " ".join(event.value.split())
        if value or self._empty:
            self.dismiss(value)
        else:
            self.app.bell()

    async def on_key(self, event: events.Key) -> None:
        if event.key not in ("up", "down") or not self._offered:
            return
        event.stop()
        event.prevent_default()
        shown = self.choices()
        if self._at < 0 and shown:  # begin with the first that fits what was typed
            first = self._offered.index(shown[0])
            self._at = first if event.key == "down" else self._offered.index(shown[-1])
        else:
            self._at = (self._at + (1 if event.key == "down" else -1)) % len(self._offered)
        self.input.value = self._offered[self._at][0]
        self.input.cursor_position = len(self.input.value)
        self.show_rows()


_LIKE = 75
"""How much of a name must be like what is typed, in per cent, where no name holds its words."""


def matching(query: str, names: Sequence[str]) -> list[int]:
    """The names that hold each word of `query`, in their order; where none does, those most like it, the best first."""
    wanted = containing(query)
    found = [n for n, name in enumerate(names) if wanted(folded(name))]
    if found:
        return found
    from rapidfuzz import fuzz, process

    like = process.extract(folded(query), [folded(name) for name in names], scorer=fuzz.partial_ratio, limit=None)
    return [n for _, score, n in like if score >= _LIKE]


class PanePicker(Panel[None]):
    """`names` are those of the story's sources; `choose` lets the sources of these numbers stand in panes."""

    DEFAULT_CSS = PANEL_CSS.format(name="PanePicker")
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Leave")]

    def __init__(
        self,
        names: Sequence[tuple[str, str]],
        chosen: Sequence[int],
        choose: Callable[[Sequence[int]], Awaitable[None]],
    ) -> None:
        super().__init__("Sources in panes")
        self._names = tuple(names)
        self._chosen = list(chosen)
        self._choose = choose
        self.input = LineInput(placeholder="part of a name", compact=True)

    def compose(self) -> Iterator[Widget]:
        with Vertical():
            yield self.heading()
            yield self.input
            yield self._rows

    def found(self) -> list[int]:
        """The sources that what is typed leaves."""
        return matching(self.input.value, [name for name, _ in self._names])

    def choices(self) -> Sequence[tuple[str, str]]:
        return [
            (f"{UNICODE.told if n in self._chosen else '○'} {self._names[n][0]}", self._names[n][1])
            for n in self.found()
        ]

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("Enter", "show or hide it"), ("↑ ↓", "another"), ("Esc", "done"))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._at = 0
        self.show_rows()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        found = self.found()
        if not found:
            return
        number = found[min(self._at, len(found) - 1)]
        left = [n for n in self._chosen if n != number]
        self._chosen = left if number in self._chosen and left else [*left, number]
        await self._choose(self._chosen)
        self.input.select_all()
        self.show_rows()

    def on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            self.action_step(1 if event.key == "down" else -1)
