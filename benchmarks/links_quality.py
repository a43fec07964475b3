"""How good the links are, beside plain baselines: `python benchmarks/links_quality.py EVAL [SET:MODE ...]`.

One setting for all sets, by way of `compare(sources, min_score=0.0)`: the sentences of a block (a story, or two on one
topic) go in as sources, a paragraph a sentence, and the links that come out are scored by the scorer of the data.
Printed: average precision and first hit right, with 95 % intervals from resampling the stories (`±`), and for links
shown by default precision and recall.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from links_baselines import BASELINES
from links_data import SETS, block_sources, load_task, scorer
from numpy.typing import NDArray

from summitreader import compare
from summitreader.comparison.linking.scoring import weights

SLOW = ("characters", "token_set")
"""Baselines that are left out where every sentence of every document is compared."""


def program(block: Any) -> NDArray[Any]:
    """The matrix of scores of one block; what is not linked stands at -1e9."""
    sources, rows = block_sources(block)
    report = compare(sources, min_score=0.0)
    number = {s.id: n for n, s in enumerate(sources)}
    out = np.full((len(block), len(block)), -1e9)
    for link in report.links:
        i, j = rows[number[link.a.source]][link.a.passage], rows[number[link.b.source]][link.b.passage]
        out[i, j] = out[j, i] = max(out[i, j], link.score)
    return out


def measure(module: Any, task: Any, scores: dict[str, NDArray[Any]], samples: int = 200) -> dict[str, float]:
    """Average precision and first hits, with the half width of their 95 % intervals over stories drawn again."""
    result = module.evaluate(task, scores)
    out = {"AP": float(result["AP"]), "first": float(result["P_at_1"])}
    if samples:
        per = {name: story_parts(module, task, scores, name) for name in task.blocks}
        rng = np.random.default_rng(0)
        names = list(per)
        drawn = []
        for _ in range(samples):
            picked = [per[names[k]] for k in rng.integers(0, len(names), len(names))]
            y, s = np.concatenate([p[0] for p in picked]), np.concatenate([p[1] for p in picked])
            hits, total = sum(p[2] for p in picked), sum(p[3] for p in picked)
            drawn.append((module.average_precision(y, s), hits / max(total, 1)))
        low, high = np.percentile(np.array(drawn), [2.5, 97.5], axis=0)
        out["AP±"], out["first±"] = (float(v) for v in (high - low) / 2)
    return out


def story_parts(module: Any, task: Any, scores: dict[str, NDArray[Any]], name: str) -> tuple[Any, Any, float, float]:
    i, j, grade, _, _ = task.arrays(name)
    one = type(task)([], [], task.mode, task.min_grade)
    one.blocks, one.gold, one.cache = {name: task.blocks[name]}, task.gold, task.cache
    result = module.evaluate(one, {name: scores[name]})
    y = (grade >= task.min_grade).astype(np.int8)
    return y, scores[name][i, j], result["P_at_1"] * result["queries"], result["queries"]


def shown(task: Any, scores: dict[str, NDArray[Any]]) -> tuple[float, float]:
    """Precision and recall of the links that are shown by default."""
    right = told = gold = 0
    for name in task.blocks:
        i, j, grade, _, _ = task.arrays(name)
        y = grade >= task.min_grade
        picked = scores[name][i, j] >= weights().shown
        right, told, gold = right + int((y & picked).sum()), told + int(picked.sum()), gold + int(y.sum())
    return right / max(told, 1), right / max(gold, 1)


def main() -> None:
    evaluation = Path(sys.argv[1])
    sets = [tuple(a.split(":")) for a in sys.argv[2:]] or SETS
    module = scorer(evaluation)
    for name, mode in sets:
        task = load_task(evaluation, name, mode)
        ways = {w: f for w, f in BASELINES.items() if mode != "full" or w not in SLOW}
        print(f"{name}, {mode}: {len(task.blocks)} blocks", flush=True)
        for way, score in ways.items():
            matrices = {b: score([row[2] for row in block]) for b, block in task.blocks.items()}
            print(f"  {way:12}", line(measure(module, task, matrices)), flush=True)
        matrices = {b: program(block) for b, block in task.blocks.items()}
        print(f"  {'summitreader':12}", line(measure(module, task, matrices)), end="  ")
        print("shown: {:.2f} right, recall {:.2f}".format(*shown(task, matrices)), flush=True)


def line(found: dict[str, float]) -> str:
    return "  ".join(f"{k} {found[k]:.3f} ±{found.get(k + '±', 0):.3f}" for k in ("AP", "first"))


if __name__ == "__main__":
    main()
