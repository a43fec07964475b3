"""Links, threads, quotations, utterances, divergences and independence of several sources: one `compare()`."""

from summitreader.compare.engine import compare, stages
from summitreader.compare.model import (
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
    SourceSpan,
    Thread,
    Utterance,
)

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
    "SourceSpan",
    "Thread",
    "Utterance",
    "compare",
    "stages",
]
