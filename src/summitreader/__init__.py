"""summitreader: read several accounts of one event side by side.

The public names are loaded when first used, so that `import summitreader` costs nothing and never loads Textual.
"""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # not from typing, whose import costs half of `--help`
if TYPE_CHECKING:
    from typing import Any

    from summitreader.compare import Report, compare
    from summitreader.notes import Placement, Selection, reanchor
    from summitreader.sources import Corpus
    from summitreader.text import Source

__version__ = "0.1.0"

_HOMES = {
    "Source": "summitreader.text",
    "Corpus": "summitreader.sources",
    "compare": "summitreader.compare",
    "Report": "summitreader.compare",
    "Selection": "summitreader.notes",
    "Placement": "summitreader.notes",
    "reanchor": "summitreader.notes",
}

__all__ = ["Corpus", "Placement", "Report", "Selection", "Source", "__version__", "compare", "reanchor"]


class _Package(type(sys)):  # type: ignore[misc]
    """Keeps `compare` the function: importing the subpackage of that name would put the module in its place."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, type(sys))):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'summitreader' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
