"""Annotations: model, store, anchoring, import.

`Selection`, `Placement` and `reanchor` are the contract's; the store is `summitreader.notes.store.Store`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summitreader.notes.anchoring import reanchor
    from summitreader.notes.model import About, Annotation, Placement, Selection, State, Target
    from summitreader.notes.store import Store

_HOMES = {
    "About": "model",
    "Annotation": "model",
    "Placement": "model",
    "Selection": "model",
    "State": "model",
    "Target": "model",
    "Store": "store",
    "reanchor": "anchoring",
}

__all__ = ["About", "Annotation", "Placement", "Selection", "State", "Store", "Target", "reanchor"]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'summitreader.notes' has no attribute {name!r}")
    value = getattr(import_module(f"summitreader.notes.{home}"), name)
    globals()[name] = value
    return value
