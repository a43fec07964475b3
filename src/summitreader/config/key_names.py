"""The names of keys, as a person would write them, and which of them a terminal sends so that they can be told apart.

A name is a character (`j`, `G`, `?`), a named key (`PageDown`, `F5`), or one of these after `Ctrl-`, `Alt-` or
`Shift-`. Loads no Textual.
"""

from __future__ import annotations

NAMED = (
    *("Down", "Up", "Left", "Right", "PageDown", "PageUp", "Home", "End", "Tab", "Space", "Enter", "Escape"),
    *("Backspace", "Delete", "Insert", *(f"F{n}" for n in range(1, 13))),
)
"""Keys that have a name instead of a character."""

_BY_LOWER = {name.lower(): name for name in NAMED} | {
    "esc": "Escape",
    "return": "Enter",
    "pgdn": "PageDown",
    "pgdown": "PageDown",
    "pgup": "PageUp",
    "page-down": "PageDown",
    "page-up": "PageUp",
    "del": "Delete",
    "ins": "Insert",
    " ": "Space",
}
_MODIFIERS = {"ctrl": "Ctrl", "c": "Ctrl", "control": "Ctrl", "alt": "Alt", "m": "Alt", "meta": "Alt", "shift": "Shift"}
_SHIFTED = frozenset({"Tab", "Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown"})
_CONTROLLED = frozenset({"Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "Delete"})

CONFUSED = {"Ctrl-H": "Backspace", "Ctrl-M": "Enter", "Ctrl-I": "Tab", "Ctrl-[": "Escape"}
"""Keys that a terminal sends as other keys (ASCII control codes 8, 13, 9 and 27)."""
KEPT_BY_TERMINALS = frozenset({"Ctrl-S", "Ctrl-Q"})
"""Keys with which a terminal may stop and go on with its output (XOFF, XON), and not pass on."""


def canonical(word: str) -> str | None:
    """The name of the key that `word` means, written as in the table of commands; None where it means none."""
    if len(word) == 1 and word != " ":
        return word if word.isprintable() else None
    if word.lower() in _BY_LOWER:
        return _BY_LOWER[word.lower()]
    for parting in ("-", "+"):
        modifier, found, rest = word.partition(parting)
        if found and rest and modifier.lower() in _MODIFIERS:
            return _modified(_MODIFIERS[modifier.lower()], rest)
    return None


def _modified(modifier: str, rest: str) -> str | None:
    named = _BY_LOWER.get(rest.lower())
    if modifier == "Ctrl":
        if named is not None:
            return f"Ctrl-{named}"
        return f"Ctrl-{rest.upper()}" if len(rest) == 1 and rest.isascii() else None
    if modifier == "Alt":
        return f"Alt-{named or rest}" if named or len(rest) == 1 else None
    if named is not None:
        return f"Shift-{named}"
    return rest.upper() if len(rest) == 1 and rest.isalpha() else None


def why_not(key: str) -> str:
    """Why a terminal does not send the key, in words that follow its name; empty where it does.

    Source: ECMA-48 and xterm's "ctlseqs": without its extensions a terminal sends Ctrl with a letter as the control
    code of that letter, and Ctrl with a digit or most signs as the digit or sign itself.
    """
    if key in CONFUSED:
        return f"is {CONFUSED[key]} to a terminal"
    modifier, _, rest = key.partition("-") if len(key) > 1 else ("", "", "")
    if modifier == "Ctrl" and not (rest.isalpha() and len(rest) == 1) and rest not in (*_CONTROLLED, "\\", "]", "_"):
        return "is a key that many terminals do not send"
    if modifier == "Alt" and len(rest) > 1:
        return "is a key that many terminals do not send"
    if modifier == "Shift" and rest not in _SHIFTED:
        return "is a key that many terminals do not send"
    return ""


def warning(key: str) -> str:
    """What may come of using the key, in words that follow its name; empty where nothing may."""
    if key in KEPT_BY_TERMINALS:
        return "may be kept by the terminal, which stops and goes on with its output by it (stty -ixon lets it go)"
    return ""


def is_typed(key: str) -> bool:
    """Whether the key is part of a text where one is typed, or moves in it."""
    return not (key == "Escape" or key.startswith(("Ctrl-", "Alt-")) or (key[0] == "F" and key[1:].isdigit()))
