"""A read-only `TextArea` with a text, to measure keys against."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class ReadOnly(App[None]):
    def compose(self) -> ComposeResult:
        area = TextArea(Path(sys.argv[1]).read_text(encoding="utf-8"), read_only=True, soft_wrap=True)
        area.cursor_blink = False
        yield area


if __name__ == "__main__":
    ReadOnly().run()
