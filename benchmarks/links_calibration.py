"""How sure the shown score may be: fitted and checked on pairs that were read and judged, by two readers.

    python benchmarks/links_calibration.py EVAL

`links_judged.jsonl` has 300 pairs of sentences from 20 whole stories of `links/ecbplus`, drawn evenly over the score
that the engine gave them then, each with a verdict: do both tell the same thing? `links_judged_second.jsonl` has what a
second reader said, who did not know score, kind or the first verdict: of the same pairs, and of 300 more that were
drawn afresh (30 from each tenth of the score, two sentences once, from 20 stories drawn anew, after the weights had
changed). Its verdicts are three: right; wrong; doubtful, where both touch on one thing but neither tells the main point
of the other. A row names the documents and the offsets in their text, which is the sentences in order, white space made
single, joined by blank lines; it has none of the words.

Printed are how far the readers agree; for each sample the error over ten bins of the packaged constants, with an
interval from drawing stories anew, and the error that luck alone would give a score that is perfectly calibrated;
how many of the links that are shown are right, each tenth of the score counted as often as it is shown in the stories
drawn afresh; and the constants for `weights.json` that each sample would have, with their error when each story is
judged by constants fitted on the others.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from judging import kappa
from links_data import block_sources, load_task
from numpy.typing import NDArray

from summitreader import compare
from summitreader.comparison.linking.analysis import analyse
from summitreader.comparison.linking.deciding import behind_best, score_story
from summitreader.comparison.linking.letters import letters_of
from summitreader.comparison.linking.scoring import sureness
from summitreader.comparison.linking.story import gather
from summitreader.comparison.quotes import find_quotations

FIRST = Path(__file__).parent / "links_judged.jsonl"
SECOND = Path(__file__).parent / "links_judged_second.jsonl"
DOUBT = {"as wrong": 0.0, "half": 0.5, "left out": None, "as right": 1.0}
"""What a doubtful pair may count as."""
DRAWS = 1000

Side = tuple[str, int]
Key = frozenset[Side]


@dataclass(frozen=True)
class Scored:
    """A judged pair as the engine sees it now: `features` are likeness and what it is behind in row and column."""

    story: str
    features: tuple[float, float, float]
    shown: bool


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def key_of(row: Mapping[str, Any]) -> Key:
    return frozenset(((row["a"][0], row["a"][1]), (row["b"][0], row["b"][1])))


def tenth(score: float) -> int:
    return min(9, int(score * 10))


def score_judged(
    evaluation: Path, wanted: Mapping[Key, str], counted: Iterable[str]
) -> tuple[dict[Key, Scored], Counter[int]]:
    """What the engine says of the pairs that are wanted (with the story of each), and of the stories that are counted
    how many links it shows in each tenth of the score."""
    task = load_task(evaluation, "ecbplus", "full")
    scored: dict[Key, Scored] = {}
    shown_in: Counter[int] = Counter()
    counted = set(counted)
    for name in sorted(set(wanted.values()) | counted):
        sources, _ = block_sources(task.blocks[name])
        story = gather([analyse(s, find_quotations(s), "en") for s in sources])
        scores = score_story(story, letters_of(story), lambda _: None, lambda: None)
        best = behind_best(story, scores)
        by_id = {s.id: s for s in sources}
        links = compare(sources).links
        shown = {
            frozenset((e.source, by_id[e.source].passages[e.passage].start) for e in (link.a, link.b)) for link in links
        }
        if name in counted:
            shown_in.update(tenth(link.score) for link in links)
        place = {
            (sources[s].id, sources[s].passages[p].start): k
            for k, (s, p) in enumerate(zip(story.source, story.passage, strict=True))
        }
        for key in (k for k, of in wanted.items() if of == name):
            i, j = sorted(place[side] for side in key)
            if j in scores[i]:
                scored[key] = Scored(name, (scores[i][j], *best(i, j)), key in shown)
    return scored, shown_in


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


def interval(p: NDArray[Any], y: NDArray[Any], stories: NDArray[Any]) -> tuple[float, float]:
    """95 % of the errors over ten bins where the stories are drawn anew; few rows a bin make all of them too great."""
    rng = np.random.default_rng(1)
    rows = [np.flatnonzero(stories == name) for name in sorted(set(stories))]
    errors = []
    for _ in range(DRAWS):
        drawn = np.concatenate([rows[k] for k in rng.integers(0, len(rows), len(rows))])
        errors.append(bin_error(p[drawn], y[drawn])[0])
    low, high = np.quantile(errors, (0.025, 0.975))
    return float(low), float(high)


def by_luck(p: NDArray[Any]) -> float:
    """The mean error over ten bins of these scores if each were exactly as often right as it says."""
    rng = np.random.default_rng(2)
    return float(np.mean([bin_error(p, (rng.random(len(p)) < p).astype(float))[0] for _ in range(DRAWS)]))


def tell_agreement(first: Mapping[Key, float], second: Mapping[Key, str]) -> None:
    both = [(first[k] == 1, second[k]) for k in first if k in second]
    print(f"{len(both)} pairs read by both; first right / wrong by second:")
    table = Counter(both)
    for verdict in ("right", "doubtful", "wrong"):
        print(f"  {verdict}: {table[True, verdict]} / {table[False, verdict]}")
    for name, worth in DOUBT.items():
        if name == "half":
            continue
        counted = "right" if worth == 1.0 else "wrong"
        pairs = [
            ("right" if a else "wrong", counted if v == "doubtful" else v)
            for a, v in both
            if v != "doubtful" or worth is not None
        ]
        same, beyond = kappa(pairs)
        print(f"  doubtful {name}: agreement {same:.3f}, Cohen's kappa {beyond:.2f} ({len(pairs)} pairs)")


def tell_sample(title: str, verdicts: Mapping[Key, float], scored: Mapping[Key, Scored]) -> None:
    keys = sorted((k for k in verdicts if k in scored), key=lambda k: (scored[k].story, sorted(k)))
    x = np.array([scored[k].features for k in keys])
    y = np.array([verdicts[k] for k in keys], dtype=float)
    stories = np.array([scored[k].story for k in keys])
    p = np.array([sureness(*scored[k].features) for k in keys])
    error, table = bin_error(p, y)
    low, high = interval(p, y, stories)
    print(
        f"{title}: {len(y)} pairs of {len(set(stories))} stories, error over ten bins {error:.3f}"
        f" ({low:.3f} to {high:.3f}; luck alone {by_luck(p):.3f})"
    )
    print("  " + "  ".join(f"{said:.2f}:{right:.2f}({n})" for said, right, n in table))
    held = np.zeros(len(y))
    for name in set(stories):
        held[stories == name] = chance(fit(x[stories != name], y[stories != name]), x[stories == name])
    theta = fit(x, y)
    constants = ", ".join(f"{n} {v:.3f}" for n, v in zip(("constant", "raw", "behind"), theta, strict=True))
    print(f"  fitted: {constants}; each story by the others: {bin_error(held, y)[0]:.3f}")


def tell_shown(
    title: str, verdicts: Mapping[Key, float], scored: Mapping[Key, Scored], shown_in: Mapping[int, int]
) -> None:
    """The share right of what is shown: of each tenth as judged, counted by how many links of it are shown."""

    def share(keys: Sequence[Key], bands: Iterable[int]) -> float:
        by_band = defaultdict(list)
        for k in keys:
            if scored[k].shown:
                by_band[tenth(sureness(*scored[k].features))].append(verdicts[k])
        known = [b for b in bands if by_band[b]]
        shown = sum(shown_in[b] for b in known)
        return sum(shown_in[b] * float(np.mean(by_band[b])) for b in known) / max(1, shown)

    keys = [k for k in verdicts if k in scored]
    stories: dict[str, list[Key]] = defaultdict(list)
    for k in keys:
        stories[scored[k].story].append(k)
    names = sorted(stories)
    parts = []
    for name, bands in (("all", range(10)), ("0.3 to 0.5", (3, 4)), ("0.5 to 0.8", (5, 6, 7)), ("above 0.8", (8, 9))):
        rng = np.random.default_rng(3)
        drawn = [
            share([k for n in rng.integers(0, len(names), len(names)) for k in stories[names[n]]], bands)
            for _ in range(DRAWS)
        ]
        low, high = np.quantile(drawn, (0.025, 0.975))
        parts.append(f"{name} {share(keys, bands):.2f} ({low:.2f} to {high:.2f})")
    print(f"{title}, right of what is shown: " + "; ".join(parts))


def main() -> None:
    first_rows, second_rows = read(FIRST), read(SECOND)
    first = {key_of(r): float(r["right"]) for r in first_rows}
    second = {key_of(r): str(r["verdict"]) for r in second_rows}
    afresh = {key_of(r) for r in second_rows if r["sample"] == "afresh"}
    wanted = {key_of(r): str(r["story"]) for r in (*first_rows, *second_rows)}
    fresh_stories = {wanted[k] for k in afresh}
    scored, shown_in = score_judged(Path(sys.argv[1]), wanted, fresh_stories)
    tell_agreement(first, second)
    print(f"links shown in the {len(fresh_stories)} stories drawn afresh, by tenths:")
    print("  " + "  ".join(f"0.{b}: {shown_in[b]}" for b in sorted(shown_in)))
    tell_sample("first reader", first, scored)
    for doubt, worth in DOUBT.items():
        counted = {
            k: worth if v == "doubtful" else float(v == "right")
            for k, v in second.items()
            if v != "doubtful" or worth is not None
        }
        told = {k: float(v) for k, v in counted.items() if v is not None}
        fresh = {k: v for k, v in told.items() if k in afresh}
        tell_sample(f"second reader, drawn afresh, doubtful {doubt}", fresh, scored)
        tell_shown("  these", fresh, scored, shown_in)
        if worth == 0:
            tell_sample("second reader, the first's pairs, doubtful as wrong", {k: told[k] for k in first}, scored)
            tell_sample("second reader, all, doubtful as wrong", told, scored)


if __name__ == "__main__":
    main()
