"""Learns the weights of `divergence/number.py`: do two figures that differ measure one thing?

    python benchmarks/conflicts_fit.py EVAL

Rows are the pairs of figures that differ in `conflicts/numbers/pairs.jsonl`, 1 where the pair is labelled a conflict.
Logistic regression with a ridge of 1, by gradient descent. Prints precision and recall of the sentence pairs with each
topic left out of what judges it, then the weights.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from pathlib import Path

from summitreader.comparison.divergence.figure_context import figures_of
from summitreader.comparison.divergence.number import WEIGHTS, apart, comparable, features
from summitreader.comparison.divergence.pairs import overlap_of
from summitreader.comparison.divergence.words import content_stems

LEARNT = [name for name in WEIGHTS if name not in {"other time", "share"}]
Row = tuple[list[float], int, str, str]


def rows_of(path: Path) -> tuple[list[Row], dict[str, int]]:
    """The rows (features, label, topic, pair), and the label of each pair."""
    rows: list[Row] = []
    labels: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        labels[pair["id"]] = pair["label"]
        a, b = pair["text_a"], pair["text_b"]
        alike = overlap_of(content_stems(a), content_stems(b))
        topic = "".join(c for c in pair["group"] if c.isdigit())
        for x in figures_of(a):
            for y in figures_of(b):
                known = features(x, y, alike) if comparable(x.value, y.value) and apart(x.value, y.value) else None
                if known is not None:
                    words = _bare(a[x.value.start : x.value.end]), _bare(b[y.value.start : y.value.end])
                    right = any(_same(words, (_bare(one), _bare(other))) for one, other in pair["conflicts"])
                    rows.append(([float(known[name]) for name in LEARNT], int(right), topic, pair["id"]))
    return rows, labels


def _bare(words: str) -> str:
    return "".join(c for c in words.lower() if c.isalnum() or c == ".")


def _same(shown: tuple[str, str], labelled: tuple[str, str]) -> bool:
    return all(x[:3] in y or y[:3] in x for x, y in zip(shown, labelled, strict=True))


def fit(rows: list[Row], steps: int = 400, ridge: float = 1.0) -> list[float]:
    weights, seen = [0.0] * len(LEARNT), [1e-6] * len(LEARNT)
    for _ in range(steps):
        slope = [ridge * w if name != "bias" else 0.0 for w, name in zip(weights, LEARNT, strict=True)]
        for known, right, _, _ in rows:
            error = chance(weights, known) - right
            slope = [s + error * value for s, value in zip(slope, known, strict=True)]
        for n, s in enumerate(slope):
            seen[n] += (s / len(rows)) ** 2
            weights[n] -= 0.3 * s / len(rows) / math.sqrt(seen[n])
    return weights


def chance(weights: list[float], known: list[float]) -> float:
    return 1 / (1 + math.exp(-sum(w * value for w, value in zip(weights, known, strict=True))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    rows, labels = rows_of(parser.parse_args().folder / "conflicts/numbers/pairs.jsonl")
    best: dict[str, float] = defaultdict(float)
    for topic in sorted({row[2] for row in rows}):
        weights = fit([row for row in rows if row[2] != topic])
        for known, _, _, pair in (row for row in rows if row[2] == topic):
            best[pair] = max(best[pair], chance(weights, known))
    for bound in (0.2, 0.25, 0.3, 0.4, 0.5):
        shown = [labels[pair] for pair, sure in best.items() if sure >= bound]
        precision, recall = sum(shown) / max(1, len(shown)), sum(shown) / sum(labels.values())
        print(f"chance >= {bound}: {len(shown)} shown, precision {precision:.2f}, recall {recall:.2f}")
    print({name: round(w, 2) for name, w in zip(LEARNT, fit(rows), strict=True)})


if __name__ == "__main__":
    main()
