"""Verdicts of several readers on what is shown: which row speaks of a divergence, how far readers agree.

A row is of one reader (`judge`): set, story, kind, two spans, verdict; see judged_divergences.jsonl. The second reader
judged without seeing the verdicts of the first, nor the confidence, in random order; the third, who made the rules for
days, judged what is shown after them, in random order and without the confidence. The fourth, whose rows are in
judged_divergences_second.jsonl, has made no rule and judged what is shown after all of them, in random order, without
the confidence, the reason, the rules, or any other reader's verdicts.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from math import sqrt
from pathlib import Path
from typing import Any

from summitreader.comparison import Divergence

ROWS = tuple(Path(__file__).with_name(name) for name in ("judged_divergences.jsonl", "judged_divergences_second.jsonl"))
VERDICTS = ("right", "arguable", "wrong")

Row = dict[str, Any]
Place = tuple[str, int, int]


def rows_by_judge() -> dict[str, list[Row]]:
    """The rows of each reader, in the order of the files."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for path in ROWS:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows[row["judge"]].append(row)
    return rows


def verdict_of(rows: list[Row], divergence: Divergence) -> str:
    """The verdict on a divergence: that of a row of its kind whose two spans stand on two of its sides."""
    sides = {n: [(s.source, s.start, s.end) for s in side.spans] for n, side in enumerate(divergence.sides)}
    for row in rows:
        if row["kind"] == divergence.kind:
            met = [{n for n, spans in sides.items() if _touches(spans, s)} for s in row["spans"]]
            if all(met) and len(set.union(*met)) > 1:
                return str(row["verdict"])
    return "unjudged"


def _touches(spans: list[Place], span: Row) -> bool:
    return any(doc == span["doc"] and start < span["end"] and span["start"] < end for doc, start, end in spans)


def shares(verdicts: Iterable[str]) -> str:
    """Count, share and interval of each verdict, in one line."""
    counts = Counter(verdicts)
    n = sum(counts[v] for v in VERDICTS)
    parts = []
    for verdict in VERDICTS:
        low, high = wilson(counts[verdict], n)
        parts.append(f"{verdict} {counts[verdict]} = {counts[verdict] / max(1, n):.2f} ({low:.2f}-{high:.2f})")
    return f"{n} judged: " + ", ".join(parts)


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The interval that holds a share with 95 % (Wilson 1927); everything, where nothing was counted."""
    if n == 0:
        return 0.0, 1.0
    share, spread = hits / n, z * z / n
    middle = share + spread / 2
    reach = z * sqrt(share * (1 - share) / n + spread / (4 * n))
    return (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)


def agreement(ours: list[Row], theirs: list[Row]) -> list[tuple[str, str, str]]:
    """The kind and both verdicts of each case that two readers judged."""
    met = []
    for row in theirs:
        other = next((r for r in ours if r["kind"] == row["kind"] and _same_case(r, row)), None)
        if other is not None:
            met.append((str(row["kind"]), str(other["verdict"]), str(row["verdict"])))
    return met


def _same_case(a: Row, b: Row) -> bool:
    return all(any(_touches([(t["doc"], t["start"], t["end"])], s) for t in b["spans"]) for s in a["spans"])


def kappa(pairs: list[tuple[str, str]], verdicts: tuple[str, ...] = VERDICTS) -> tuple[float, float]:
    """The share of cases judged alike, and Cohen's kappa (1960): how far it goes beyond chance, 1 at best."""
    n = max(1, len(pairs))
    alike = sum(a == b for a, b in pairs) / n
    ours, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(ours[v] * theirs[v] for v in verdicts) / n**2
    return alike, (alike - chance) / (1 - chance) if chance < 1 else 1.0
