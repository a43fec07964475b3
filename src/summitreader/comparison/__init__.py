"""Links, threads, quotations, utterances, divergences and independence of several sources: one `compare()`.

The engine is loaded when it is first called; what a report is made of costs nothing to know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summitreader.comparison.model import (
    Account,
    Alone,
    Change,
    Cue,
    Divergence,
    Independence,
    Link,
    LinkKind,
    Mention,
    PassageRef,
    Quotation,
    QuotationKind,
    Report,
    Shared,
    Side,
    SourceSpan,
    Strength,
    Taken,
    Thread,
    Utterance,
    letter_of,
)

if TYPE_CHECKING:
    from summitreader.comparison.engine import compare, stages

__all__ = [
    "Account",
    "Alone",
    "Change",
    "Cue",
    "Divergence",
    "Independence",
    "Link",
    "LinkKind",
    "Mention",
    "PassageRef",
    "Quotation",
    "QuotationKind",
    "Report",
    "Shared",
    "Side",
    "SourceSpan",
    "Strength",
    "Taken",
    "Thread",
    "Utterance",
    "compare",
    "letter_of",
    "stages",
]


def __getattr__(name: str) -> Any:
    if name in ("compare", "stages"):
        from summitreader.comparison import engine

        return getattr(engine, name)
    raise AttributeError(f"module 'summitreader.comparison' has no attribute {name!r}")
