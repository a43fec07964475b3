"""Answers of a terminal to questions that something else asked, which come late and are no keys.

The shell's prompt, an editor or a multiplexer asks a terminal what it is; over a slow line the answer arrives when the
reader runs already. Textual takes what it does not know for keys, one a character: `ESC [ ? 62 ; 22 c` would open the
help. Such answers are left out here, whole, before Textual sees them (ECMA-48; xterm's "ctlseqs"). Pure.
"""

from __future__ import annotations

import re

_WAIT = 0.5
"""Seconds that an answer may take from its beginning to its end; what comes after is typed."""

_REPLY = re.compile(
    r"\x1b\]\d[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\][lL][^\x07\x1b]*\x1b\\"  # OSC: colours, the clipboard, titles
    r"|\x1b[P_^X][^\x1b\x07]*(?:\x1b\\|\x07)"  # DCS, APC, PM, SOS: XTVERSION, DECRQSS, graphics
    r"|\x1b\[(?![?\d;]*\$y)(?:[?>=][\d;:]*[ -/]*|[\d;:]*[ -/]+)[@-~]"  # CSI with a private or intermediate mark
    r"|\x1b\[(?:\d*n|[\d;]+x)"  # device status, terminal parameters
    r"|\x1b\[(?!48;)\d+;\d+(?:;\d+)?t"  # size of the window
)
_BEGINS = re.compile(
    r"\x1b(?:\][\d][^\x07\x1b]*\x1b?|[P_^X][^\x1b\x07]+\x1b?|\[(?:[?>=][\d;:]*|\d*[;:][\d;:]*)[ -/]*)\Z"
)
_KEY_EVENT = re.compile(
    r"\x1b\[(?P<key>[\d:]*)(?:;(?P<modifier>\d*)(?::(?P<event>\d+))?(?:;[\d:]*)?)?(?P<end>[u~A-HPQRS])"
)
_RELEASED = "3"
_8_BITS = str.maketrans({0x90: "\x1bP", 0x9B: "\x1b[", 0x9D: "\x1b]", 0x9F: "\x1b_", 0x9C: "\x1b\\"})
"""DCS, CSI, OSC, APC and ST as one character each."""


def _key_event(found: re.Match[str]) -> str:
    """A key event of kitty's protocol without its type and the other characters of its key; nothing where the key was
    let go, or is no character."""
    code = found["key"].split(":")[0]
    number = int(code[:9] or 1)
    is_character = 0 < number < 0xD800 or 0xDFFF < number <= 0x10FFFF
    if found["event"] == _RELEASED or (found["end"] == "u" and not is_character):
        return ""
    if found["event"] is None and ":" not in found["key"]:
        return found[0]
    return f"\x1b[{code or '1'};{found['modifier'] or '1'}{found['end']}"


class ReplyFilter:
    """Leaves out answers, also those that come in pieces. `now` is in seconds, and only grows."""

    def __init__(self) -> None:
        self._held = ""
        self._since = 0.0

    def feed(self, data: str, now: float) -> str:
        """What of `data` was typed."""
        data, self._held = self._held + data.translate(_8_BITS), ""
        data = _KEY_EVENT.sub(_key_event, _REPLY.sub("", data))
        begun = _BEGINS.search(data)
        if begun is None:
            return data
        if not self._since:
            self._since = now
        self._held = begun[0]
        return data[: begun.start()]

    def tick(self, now: float) -> None:
        """An answer that does not end is forgotten."""
        if not self._held:
            self._since = 0.0
        elif now - self._since >= _WAIT:
            self._held, self._since = "", 0.0
