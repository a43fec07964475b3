"""What is known of the terminal from the environment, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping

_FEW_SIGNS = frozenset({"linux", "dumb", "vt100", "vt102", "vt220"})
"""Terminals whose fonts have few signs: the Linux console holds 256 or 512 glyphs."""


def locale_of(environment: Mapping[str, str]) -> str:
    """The locale for characters, by the order of POSIX; empty where none is set."""
    return next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "")


def wants_ascii(setting: str, environment: Mapping[str, str], encoding: str | None) -> bool:
    """Whether signs are drawn in ASCII: as `setting` says (`unicode`, `ascii`), or, where it is `auto`, where the
    locale or the `encoding` of the output is none of Unicode, or the terminal is known to have few signs."""
    if setting != "auto":
        return setting == "ascii"
    locale = locale_of(environment).lower().replace("-", "")
    if locale and "utf8" not in locale:
        return True
    return not is_unicode(encoding) or environment.get("TERM", "") in _FEW_SIGNS


def is_unicode(encoding: str | None) -> bool:
    """Whether an encoding has all characters; one that is not known is taken to."""
    return (encoding or "utf-8").lower().replace("-", "").replace("_", "").startswith("utf")
