"""Fits the weights of the features and prints them for `weights.json`: `python benchmarks/links_fit.py EVAL`.

Weights are moved one at a time, in steps of a tenth of the feature's spread, as long as average precision and first
hits over all sets together rise by more than what a weight costs (so that few and small ones are kept). Then the events
are dealt into two halves, twice: fitted on one, measured on the other, to see what of the gain is only of this half.

`early` and `headline` are set by hand. The documents of `ecbplus` were annotated from the head on, so a fit would count
on the place far more than whole stories bear out; of headlines there is no gold.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from links_data import SETS, block_sources, load_task
from numpy.typing import NDArray

from summitreader.comparison.linking.analysis import analyse
from summitreader.comparison.linking.features import NAMES, pair_features
from summitreader.comparison.linking.letters import letters_of
from summitreader.comparison.linking.scoring import weights
from summitreader.comparison.linking.story import gather
from summitreader.comparison.quotes import find_quotations

SHARE = {("ecbplus", "judged"): 0.5}
"""What a set counts beside the others (1): the judged pairs of ecbplus are part of the topic's."""
BY_HAND = ("words", "early", "headline", "length")
STEP, COST, GAIN = 0.1, 0.02, 0.001

Vector = NDArray[Any]


class Measured:
    """One set: for each block the features of all its pairs, the truth, and who asks whom for the first hit."""

    def __init__(self, evaluation: Path, name: str, mode: str) -> None:
        task = load_task(evaluation, name, mode)
        self.features: dict[str, Vector] = {}
        self.pairs: dict[str, tuple[Vector, Vector]] = {}
        self.truth: dict[str, Vector] = {}
        self.asked: dict[str, list[tuple[int, Vector, Vector]]] = {}
        self.size: dict[str, int] = {}
        self.event = {b: (name[:4], b.split("ecb")[0] if name == "ecbplus" else b) for b in task.blocks}
        for b, block in task.blocks.items():
            i, j, grade, document, matrix = task.arrays(b)
            self.pairs[b], self.truth[b], self.size[b] = (i, j), (grade >= task.min_grade).astype(int), len(block)
            self.features[b] = pair_table(block, i, j)
            self.asked[b] = questions(block, matrix >= task.min_grade, document)

    def value(self, w: Vector, blocks: list[str]) -> float:
        hits, asked, truth, scores = 0.0, 0, [], []
        for b in blocks:
            score = self.features[b] @ w
            matrix = np.full((self.size[b],) * 2, -1e9)
            i, j = self.pairs[b]
            matrix[i, j] = matrix[j, i] = score
            truth.append(self.truth[b])
            scores.append(score)
            for row, columns, right in self.asked[b]:
                found = matrix[row, columns]
                hits, asked = hits + right[found == found.max()].mean(), asked + 1
        return average_precision(np.concatenate(truth), np.concatenate(scores)) + hits / max(asked, 1)


def pair_table(block: Any, i: Vector, j: Vector) -> Vector:
    sources, rows = block_sources(block)
    story = gather([analyse(s, find_quotations(s), "en") for s in sources])
    letters = letters_of(story)
    row = [rows[story.source[k]][story.passage[k]] for k in range(len(story))]
    found: dict[tuple[int, int], tuple[float, ...]] = {}
    for a in range(len(story)):
        for b in range(a + 1, len(story)):
            if story.source[a] != story.source[b]:
                key = (min(row[a], row[b]), max(row[a], row[b]))
                features = pair_features(story, letters, a, b)
                if key not in found or features[0] > found[key][0]:
                    found[key] = features
    none = (0.0,) * len(NAMES)
    return np.array([found.get(p, none) for p in zip(i.tolist(), j.tolist(), strict=True)], dtype=np.float32)


def questions(block: Any, positive: Vector, document: Vector) -> list[tuple[int, Vector, Vector]]:
    sides = np.array([str(entry[4]) for entry in block])
    two = any(entry[4] is not None for entry in block)
    found = []
    for row in range(len(block)):
        if positive[row].any():
            for other in [None] if two else sorted(set(document[positive[row]])):
                columns = np.where(sides != sides[row] if two else document == other)[0]
                right = positive[row, columns]
                if right.any() and not right.all():
                    found.append((row, columns, right))
    return found


def average_precision(truth: Vector, score: Vector) -> float:
    order = np.argsort(-score, kind="stable")
    y = truth[order]
    return float((np.cumsum(y) / np.arange(1, len(y) + 1))[y > 0].mean()) if y.any() else 0.0


def total(sets: dict[tuple[str, str], Measured], w: Vector, events: set[Any] | None) -> float:
    out = 0.0
    for key, one in sets.items():
        blocks = [b for b in one.features if events is None or one.event[b] in events]
        if blocks:
            out += SHARE.get(key, 1.0) * one.value(w, blocks)
    return out


def climb(sets: dict[tuple[str, str], Measured], spread: Vector, w: Vector, events: set[Any] | None) -> Vector:
    def worth(w: Vector) -> float:
        return total(sets, w, events) - COST * float(np.abs(w * spread).sum())

    best = worth(w)
    for _ in range(2):
        before = best
        for n, name in enumerate(NAMES):
            for step in (-STEP, STEP) if name not in BY_HAND else ():
                while True:
                    moved = w.copy()
                    moved[n] += step / spread[n]
                    now = worth(moved)
                    if now <= best + GAIN:
                        break
                    w, best = moved, now
        if best == before:
            break
    return w


def main() -> None:
    evaluation = Path(sys.argv[1])
    sets = {(name, mode): Measured(evaluation, name, mode) for name, mode in SETS}
    every = np.concatenate([f for key, one in sets.items() if key[1] != "full" for f in one.features.values()])
    spread = np.maximum(every.std(0), 1e-2)
    packaged = np.array(weights().features)
    start = np.where([name in BY_HAND for name in NAMES], packaged, 0.0)
    print(f"packaged: {total(sets, packaged, None):.3f}; words and what is set by hand: {total(sets, start, None):.3f}")
    fitted = climb(sets, spread, packaged, None)
    print(
        f"fitted: {total(sets, fitted, None):.3f}", {n: round(float(v), 3) for n, v in zip(NAMES, fitted, strict=True)}
    )
    events = sorted({e for one in sets.values() for e in one.event.values()}, key=str)
    rng = np.random.default_rng(1)
    for _ in range(2):
        dealt = rng.permutation(len(events))
        halves = [{events[k] for k in dealt[n::2]} for n in (0, 1)]
        for here, there in (halves, halves[::-1]):
            w = climb(sets, spread, start, here)
            print(
                f"fitted on half the events: {total(sets, w, here) - total(sets, start, here):+.3f} there,"
                f" {total(sets, w, there) - total(sets, start, there):+.3f} on the other half;"
                f" the packaged weights {total(sets, packaged, there) - total(sets, start, there):+.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
