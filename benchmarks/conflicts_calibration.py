"""How often conflicts are right, by kind, against what careful readers find, and what may be claimed for each.

    python benchmarks/conflicts_calibration.py STORIES GOLD [--without 09,19,…]

STORIES has a folder a story with its sources, GOLD a file STORY.jsonl each. A conflict is right where it meets one of
the readers': two sides of theirs, each overlapping a span of it. The claim for a kind is its share, drawn towards the
share of all kinds by `_PRIOR` rows. Printed: the claim from all stories, and the calibration error with each story left
out (the claim from the other stories against what is right in it, weighted by kind) beside that of the program's own
confidence.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from summitreader.comparison.kinds import CONFLICTS

from summitreader import Corpus, compare

_PRIOR = 4
_PRIOR_SHARE = 0.8
"""Right of all conflicts of the older judged sets and of the gold together."""

Row = tuple[str, str, float, bool]
"""Story, kind, confidence, right."""


def rows_of(stories: Path, gold: Path, without: set[str]) -> list[Row]:
    """One row a conflict that is shown."""
    found = []
    for file in sorted(gold.glob("*.jsonl")):
        if file.stem in without:
            continue
        wanted = [g for g in map(json.loads, file.open(encoding="utf-8")) if g["type"] == "conflict"]
        report = compare(Corpus.load(str(stories / file.stem)).sources)
        name = {s.id: Path(s.path or s.id).name for s in report.sources}
        for d in report.divergences:
            if d.kind in CONFLICTS:
                spans = [(name[s.source], s.start, s.end) for s in d.spans]
                right = any(sum(_meets(spans, side["at"]) for side in g["sides"]) > 1 for g in wanted)
                found.append((file.stem, d.kind, d.confidence, right))
    return found


def _meets(spans: list[tuple[str, int, int]], places: list[dict[str, object]]) -> bool:
    return any(
        p["source"] == source and start < p["end"] and p["start"] < end for source, start, end in spans for p in places
    )


def claims(rows: list[Row]) -> dict[str, float]:
    """The share of each kind that was right, drawn towards the prior."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for _, kind, _, right in rows:
        counts[kind].append(right)
    return {k: (sum(r) + _PRIOR * _PRIOR_SHARE) / (len(r) + _PRIOR) for k, r in counts.items()}


def error(told: list[tuple[str, float, bool]]) -> float:
    """Calibration error: by kind the mean claim against the share right, weighted by how many there are."""
    kinds: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for kind, claim, right in told:
        kinds[kind].append((claim, right))
    return sum(abs(sum(c for c, _ in k) - sum(r for _, r in k)) for k in kinds.values()) / max(1, len(told))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--without", default="", help="stories set aside, by commas")
    args = parser.parse_args()
    rows = rows_of(args.stories, args.gold, set(args.without.split(",")))
    for kind, claim in sorted(claims(rows).items()):
        mine = [r for r in rows if r[1] == kind]
        print(f"{kind:10} {sum(r[3] for r in mine)} of {len(mine)} right, claim {claim:.2f}")
    left_out = []
    for story, kind, _, right in rows:
        others = claims([r for r in rows if r[0] != story])
        left_out.append((kind, others.get(kind, _PRIOR_SHARE), right))
    print(
        f"calibration error, stories left out {error(left_out):.2f}; of the program {error([r[1:] for r in rows]):.2f}"
    )


if __name__ == "__main__":
    main()
