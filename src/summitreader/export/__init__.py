"""Annotations and comparisons as text: pure functions, and one place that writes files."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summitreader.export.files import Written, write_export
    from summitreader.export.markdown import markdown

_HOMES = {"markdown": "markdown", "write_export": "files", "Written": "files"}

__all__ = ["Written", "markdown", "write_export"]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'summitreader.export' has no attribute {name!r}")
    return getattr(import_module(f"summitreader.export.{home}"), name)
