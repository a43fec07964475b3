"""What is found of a draft: plain data that every writer and the reader use."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from summitreader.comparison.model import SourceSpan


class Verdict(StrEnum):
    """What was found of a sentence."""

    SUPPORTED = "supported"
    DIFFERS = "differs"
    QUOTED_OTHERWISE = "quoted_otherwise"
    PARTLY = "partly"
    NOT_FOUND = "not_found"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a source, and the share, 0 to 1, of the draft's words by weight that it has."""

    span: SourceSpan
    share: float


@dataclass(frozen=True, slots=True)
class Difference:
    """`[start, end)` of the draft is a quotation, speaker, figure, time, name, role, denial or reason for which the
    sources have something else, at `there`; None where they have nothing in its place."""

    kind: str
    start: int
    end: int
    there: SourceSpan | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of the draft, `[start, end)` of its text, and what was found; evidence and differences best first."""

    start: int
    end: int
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    differences: tuple[Difference, ...] = ()
