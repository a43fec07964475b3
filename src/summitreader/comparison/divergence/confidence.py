"""How often a divergence of a kind was right, by what spoke for it: the confidence that is shown.

The table holds, for each kind, bounds of its evidence and the share that was right of the cases from that bound on (to
the next) that were read and judged: rows in benchmarks/judged_divergences.jsonl, drawn towards the share of the kind
where they are few. `benchmarks/conflicts.py --only stories` says by how much it errs, also where each event is left out
of what its own cases are judged by.
"""

from __future__ import annotations

from bisect import bisect_right

_RIGHT: dict[str, tuple[tuple[float, float], ...]] = {
    "number": ((0.0, 0.6), (0.4, 0.66), (0.6, 0.74)),
    "name": ((0.0, 0.45), (2.5, 0.66), (3.0, 0.78)),
    "quotation": ((0.0, 0.36), (0.2, 0.42)),
    "date": ((0.0, 0.66), (1.85, 0.74)),
}
SPELLED_WORD = 2.5
"""Evidence of a name of one word that is spelled almost alike in passages that tell the same."""
SPELLED_NAME = 3.0
"""The same of a full name."""
_SLOPE = 0.02
"""What is added for each unit of evidence above a bound, at most twice, so that the surer stands first."""


def confidence(kind: str, evidence: float) -> float:
    """The share, 0 to 1, of divergences of this kind with this evidence that were right."""
    steps = _RIGHT[kind]
    at = bisect_right([bound for bound, _ in steps], evidence) - 1
    bound, share = steps[max(0, at)]
    return share + _SLOPE * min(2.0, max(0.0, evidence - bound))
