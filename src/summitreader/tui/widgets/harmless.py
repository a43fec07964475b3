"""The last gate before the terminal: what Textual's own widgets draw holds no character that steers one.

Texts of sources pass `text/gate.py` when they are loaded, and keep a visible mark for each such character. What stands
in an `Input` or a `TextArea` (an imported note, something pasted) must be kept as it is; these widgets would send
it to the terminal as it is, too.
"""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
"""C0, DEL, C1, and what turns the order of words. Each takes no cell, so leaving them out moves nothing."""


class Harmless(LineFilter):
    """Leaves out of every line what would steer the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if not any(_STEERS.search(segment.text) for segment in segments):
            return segments
        return [Segment(_STEERS.sub("", text), style, control) for text, style, control in segments]
