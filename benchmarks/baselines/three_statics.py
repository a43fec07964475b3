"""A plain Textual app to measure the start against: three `Static`s side by side, with the texts of a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static


class ThreeStatics(App[None]):
    CSS = "VerticalScroll { width: 1fr; }"

    def compose(self) -> ComposeResult:
        with Horizontal():
            for path in sorted(Path(sys.argv[1]).glob("*.txt"))[:3]:
                with VerticalScroll():
                    yield Static(path.read_text(encoding="utf-8"), markup=False)


if __name__ == "__main__":
    ThreeStatics().run()
