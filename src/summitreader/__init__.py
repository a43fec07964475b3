"""summitreader: read several accounts of one event side by side.

The public names are loaded when first used, so that `import summitreader` costs nothing and never loads Textual.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # not from typing, whose import costs half of `--help`
if TYPE_CHECKING:
    from typing import Any

    from summitreader.comparison import Report, compare
    from summitreader.notes import Placement, Selection, reanchor
    from summitreader.sources import Corpus
    from summitreader.text import Source

__version__ = "0.1.0"

_HOMES = {
    "Source": "summitreader.text",
    "Corpus": "summitreader.sources",
    "compare": "summitreader.comparison",
    "Report": "summitreader.comparison",
    "Selection": "summitreader.notes",
    "Placement": "summitreader.notes",
    "reanchor": "summitreader.notes",
}

__all__ = ["Corpus", "Placement", "Report", "Selection", "Source", "__version__", "compare", "reanchor"]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'summitreader' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
