"""How sure the shown score may be: fitted and checked on pairs that were read and judged.

    python benchmarks/links_calibration.py EVAL

`links_judged.jsonl` has 300 pairs of sentences from 20 whole stories of `links/ecbplus`, drawn over the whole range of
the score, each with a verdict: do both tell the same thing? A row names the documents and the offsets in their text,
which is the sentences in order, white space made single, joined by blank lines; it has none of the words. Printed are
the constants for `weights.json`, fitted on all rows, and the error over ten bins when each story is judged by constants
fitted on the others, beside that of the packaged constants.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from links_data import block_sources, load_task
from numpy.typing import NDArray

from summitreader.compare.linking.analysis import analyse
from summitreader.compare.linking.deciding import behind_best, score_story
from summitreader.compare.linking.letters import letters_of
from summitreader.compare.linking.scoring import sureness, weights
from summitreader.compare.linking.story import gather
from summitreader.compare.quoting import find_quotations

JUDGED = Path(__file__).parent / "links_judged.jsonl"


def judged_rows(evaluation: Path) -> tuple[NDArray[Any], NDArray[Any], list[str]]:
    """Features (likeness, behind in row, behind in column), verdicts and stories of the judged pairs."""
    rows = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    task = load_task(evaluation, "ecbplus", "full")
    features, verdicts, stories = [], [], []
    for name in dict.fromkeys(r["story"] for r in rows):
        sources, _ = block_sources(task.blocks[name])
        story = gather([analyse(s, find_quotations(s), "en") for s in sources])
        scores = score_story(story, letters_of(story), lambda _: None, lambda: None)
        best = behind_best(story, scores)
        place = {(sources[story.source[k]].id, story.passage[k]): k for k in range(len(story))}
        starts = {s.id: {p.start: n for n, p in enumerate(s.passages)} for s in sources}
        for row in (r for r in rows if r["story"] == name):
            ends = [place[side[0], starts[side[0]][side[1]]] for side in (row["a"], row["b"])]
            i, j = min(ends), max(ends)
            if j in scores[i]:
                features.append([scores[i][j], *best(i, j)])
                verdicts.append(row["right"])
                stories.append(name)
    return np.array(features), np.array(verdicts, dtype=float), stories


def fit(x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
    """Logistic regression on likeness and the sum of what it is behind, by Newton's method, lightly held back."""
    a = np.c_[np.ones(len(x)), x[:, 0], x[:, 1] + x[:, 2]]
    theta = np.zeros(3)
    for _ in range(40):
        p = 1 / (1 + np.exp(-a @ theta))
        hold = np.diag([1e-6, 0.5, 0.5])
        theta -= np.linalg.solve((a * (p * (1 - p))[:, None]).T @ a + hold, a.T @ (p - y) + hold @ theta)
    return theta


def chance(theta: NDArray[Any], x: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(1 / (1 + np.exp(-(theta[0] + theta[1] * x[:, 0] + theta[2] * (x[:, 1] + x[:, 2])))))


def bin_error(p: NDArray[Any], y: NDArray[Any]) -> tuple[float, list[tuple[float, float, int]]]:
    """The mean gap between score and share right over ten bins, each counted by its rows."""
    bins = np.minimum(9, (p * 10).astype(int))
    table = [
        (float(p[bins == b].mean()), float(y[bins == b].mean()), int((bins == b).sum())) for b in sorted(set(bins))
    ]
    return sum(abs(said - right) * n for said, right, n in table) / len(p), table


def main() -> None:
    x, y, stories = judged_rows(Path(sys.argv[1]))
    print(f"{len(y)} pairs of {len(set(stories))} stories, {int(y.sum())} right")
    theta = fit(x, y)
    print({"constant": round(theta[0], 3), "raw": round(theta[1], 3), "behind": round(theta[2], 3)})
    held = np.zeros(len(y))
    names = np.array(stories)
    for name in set(stories):
        held[names == name] = chance(fit(x[names != name], y[names != name]), x[names == name])
    packaged = np.array([sureness(*row) for row in x.tolist()])
    for title, p in (("each story by the others", held), ("packaged", packaged)):
        error, table = bin_error(p, y)
        print(f"{title}: error over ten bins {error:.3f}")
        print("  " + "  ".join(f"{said:.2f}:{right:.2f}({n})" for said, right, n in table))
    shown = packaged >= weights().shown
    print(f"shown: {int(shown.sum())} of them, {y[shown].mean():.2f} right")


if __name__ == "__main__":
    main()
