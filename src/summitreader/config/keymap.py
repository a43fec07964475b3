"""Which key calls which command: the keys of the one table, and in their place those of the reader's settings.

An invalid entry in the settings leaves that command its default keys. Does not import Textual.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

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
        return "may be intercepted by the terminal for flow control (`stty -ixon` disables that)"
    return ""


def is_typed(key: str) -> bool:
    """Whether the key is part of a text where one is typed, or moves in it."""
    return not (key == "Escape" or key.startswith(("Ctrl-", "Alt-")) or (key[0] == "F" and key[1:].isdigit()))


_NAMED = re.compile(r"⟨([a-z-]+)⟩")
_NEVER_WITHOUT = ("help", "quit", "leave")
"""Commands that always have a key."""

_IN_A_BAR = {"Enter": "⏎", "Tab": "tab", "Escape": "Esc", "Space": "space", "Down": "↓", "Up": "↑", "Left": "←"}
_IN_A_BAR |= {"Right": "→", "PageDown": "PgDn", "PageUp": "PgUp"}


class Bound(Protocol):
    """A command of the table: its id, the keys it has where the settings say nothing, and its short name."""

    @property
    def id(self) -> str: ...
    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def short(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys in force, in order of preference, by the id of the command; `shorts` are the commands' short names."""

    keys: Mapping[str, tuple[str, ...]]
    shorts: Mapping[str, str]
    plain: bool = False
    """Whether bars name keys in ASCII."""

    def of(self, id: str) -> tuple[str, ...]:
        """The keys of a command; none where it has none."""
        return self.keys.get(id, ())

    def first(self, id: str, preferred: str = "") -> str:
        """The key to name in a sentence: `preferred` where it is one; without any key, the command's short name."""
        keys = self.of(id)
        if preferred in keys:
            return preferred
        return keys[0] if keys else f"the command “{self.shorts.get(id, id)}”"

    def told(self, sentence: str) -> str:
        """The sentence with a key in the place of each `⟨id⟩` of a command."""
        return _NAMED.sub(lambda found: self.first(found[1]) if found[1] in self.shorts else found[0], sentence)

    def rivals(self, id: str) -> frozenset[str]:
        """The other commands that have a key in common with this one: they stand in views where it does not."""
        mine = set(self.of(id))
        return frozenset(other for other, keys in self.keys.items() if other != id and mine & set(keys))

    def in_bar(self, ids: str) -> str:
        """The keys of the commands `ids`, named with spaces between, as a bar shows them; empty where none has one.

        `id:key` says which of several keys is shown. What is not the id of a command stands as it is.
        """
        shown = []
        for word in ids.split():
            id, _, preferred = word.partition(":")
            if id not in self.shorts:
                shown.append(word)
            elif self.of(id):
                key = self.first(id, preferred)
                shown.append(key if self.plain else _IN_A_BAR.get(key, key))
        return " ".join(shown)


def of_table(commands: Iterable[Bound]) -> Keymap:
    """The keys of the table, with nothing set."""
    listed = tuple(commands)
    return Keymap(
        MappingProxyType({command.id: command.keys for command in listed}),
        MappingProxyType({command.id: command.short for command in listed}),
    )


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with what is set for the command `id`, in a sentence without its subject."""

    id: str
    words: str


def keymap(
    commands: Iterable[Bound], wanted: Mapping[str, tuple[str, ...]], may_share: Callable[[str, str], bool]
) -> tuple[Keymap, list[Complaint]]:
    """The keys in force where the settings want `wanted`, and what is wrong with those.

    `may_share(a, b)` says whether two commands never stand in one view, and so may have a key in common.
    """
    from summitreader.config.settings import did_you_mean

    default = of_table(commands)
    complaints: list[Complaint] = []
    chosen: dict[str, tuple[str, ...]] = {}
    for id, words in wanted.items():
        if id not in default.keys:
            complaints.append(Complaint(id, f"unknown command{did_you_mean(id, default.keys)}"))
            continue
        keys, wrong = _checked(words)
        complaints += [Complaint(id, sentence) for sentence in wrong]
        if id in _NEVER_WITHOUT and not keys:
            complaints.append(Complaint(id, f"it must have a key, and keeps {_listed(default.of(id))}"))
        elif keys or not words:
            chosen[id] = keys
    if "leave" in chosen and "Escape" not in chosen["leave"]:
        chosen["leave"] = (*chosen["leave"], "Escape")  # it ends what is typed, too
    while clash := _clash(default.keys, chosen, may_share):
        id, other, key = clash
        kept = default.of(id)
        del chosen[id]
        complaints.append(
            Complaint(id, f"“{key}” is the key of {other} too, in the same view; it keeps {_listed(kept) or 'none'}")
        )
    return Keymap(MappingProxyType({**default.keys, **chosen}), default.shorts), complaints


def _checked(words: Iterable[str]) -> tuple[tuple[str, ...], list[str]]:
    """The keys that `words` name, and sentences about those that name none, or one that does not come."""
    from summitreader.config.settings import did_you_mean

    keys: list[str] = []
    wrong = []
    for word in words:
        key = canonical(word)
        if key is None:
            wrong.append(f"“{word}” is not a key{did_you_mean(word, NAMED)}")
        elif reason := why_not(key):
            wrong.append(f"{key} {reason}, and is left out")
        else:
            if risk := warning(key):
                wrong.append(f"{key} {risk}")
            if key not in keys:
                keys.append(key)
    return tuple(keys), wrong


def _clash(
    default: Mapping[str, tuple[str, ...]],
    chosen: Mapping[str, tuple[str, ...]],
    may_share: Callable[[str, str], bool],
) -> tuple[str, str, str] | None:
    """A command of `chosen`, another with a key in common in one view, and the key."""
    by_key: dict[str, list[str]] = {}
    for id, keys in {**default, **chosen}.items():
        for key in keys:
            by_key.setdefault(key, []).append(id)
    for id in reversed(tuple(chosen)):
        for key in chosen[id]:
            for other in by_key[key]:
                if other != id and not may_share(id, other):
                    return id, other, key
    return None


def _listed(keys: Iterable[str]) -> str:
    return " ".join(keys)
