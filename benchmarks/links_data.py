"""The development data for links: sentence alignments in JSON lines, as sources and as blocks of gold pairs.

The scorers come with the data (`EVAL/scorers/alignlib.py`); nothing of either is kept here.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summitreader import Source

SETS = (
    ("ecbplus", "topic"),
    ("ecbplus", "judged"),
    ("ecbplus", "full"),
    ("superpal", "judged"),
    ("superpal_dd", "judged"),
)


def scorer(evaluation: Path) -> Any:
    """The module that came with the data."""
    where = evaluation / "scorers" / "alignlib.py"
    spec = importlib.util.spec_from_file_location("alignlib", where)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["alignlib"] = module
    spec.loader.exec_module(module)
    return module


def load_task(evaluation: Path, name: str, mode: str) -> Any:
    module = scorer(evaluation)
    docs, gold = module.load(str(evaluation / "links" / name))
    grade = 2 if any(g["grade"] > 1 for g in gold) else 1
    return module.Task(docs, gold, mode, grade)


def block_sources(block: Sequence[tuple[Any, ...]]) -> tuple[list[Source], list[list[list[int]]]]:
    """The sentences of one block as sources, a paragraph a sentence, and for each source the rows of the block that
    its passages are: `rows[source][passage]` is an index into `block`."""
    by_document: dict[str, list[int]] = {}
    for row, entry in enumerate(block):
        by_document.setdefault(entry[0], []).append(row)
    sources, rows = [], []
    for document, members in by_document.items():
        text = "\n\n".join(" ".join(str(block[r][2]).split()) or "-" for r in members)
        source = Source.from_text(text, id=document)
        sources.append(source)
        rows.append([members[p.block] for p in source.passages])
    return sources, rows
