"""Learn the weights of links and of `alone`: `python benchmarks/links_learn.py EVAL [--write] [--set-aside]`.

EVAL has `gold`, `judged`, `stories` and `links`. Rows are pairs of passages with a verdict, from
  stories   the sampled passages of `gold` with all passages of the other two accounts, the stories of
            `judged/link_recall.jsonl` that were read whole, and the links of `judged/links.jsonl`
  read      pairs of whole ecbplus articles that two readers judged (`links_judged*.jsonl` beside this file)
  ecbplus, superpal, superpal_dd   the aligned sentences of `links`
A pair counts as right where both report the `same`; `partial`, doubtful and the rest count as wrong. Every set has the
same weight and a constant of its own, since the sets differ in how many of their pairs are right. At the end a curve
of three numbers (constant, slope, a flatter slope above the knee) is fitted on `stories` alone, so that a score is the
probability there. Printed are, each story judged by weights that were learnt on the others: average precision, the
recall at which three in four are right, the calibration error over ten bins, how many are right and found by threshold
with 95 % intervals from drawing stories anew, and the same with whole sets left out. The line between likely and
possible is where, so judged, RIGHT_SHARE of the links above it are right. The ten stories that are set aside are not
read. --ablate leaves out one feature after the other. Three sets of weights are learnt: `short` by the words, `long`
without letter sequences, and `meaning` with the encoder of the extra, which must be installed.
With --write the weights go to `weights.json`; `alone` rests on the scores, so that a second run settles it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from links_data import block_sources, load_task, scorer
from numpy.typing import NDArray

from summitreader import Corpus, Source
from summitreader.comparison.encoders import Encoder, MiniLM
from summitreader.comparison.linking import add_meaning, prepare, score_story
from summitreader.comparison.linking.candidates import score_candidates
from summitreader.comparison.linking.scoring import NAMES, Context, pair_features
from summitreader.comparison.linking.story import Story
from summitreader.comparison.linking.uniqueness import NAMES as ALONE
from summitreader.comparison.linking.uniqueness import alone_features

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src/summitreader/comparison/linking/weights.json"
SET_ASIDE = frozenset(["09", "19", "29", "39", "49", "59", "69", "79", "89", "99"])
SETS = ("stories", "read", "ecbplus", "superpal", "superpal_dd")
FOLDS = 8
RIGHT_SHARE = 0.78
ALONE_SHARE = 0.85
KNEE = -1.0


@dataclass
class Rows:
    """The judged pairs of one story: `x` has the features, a row a pair, `y` is 1 where both report the same."""

    name: str
    group: str
    x: NDArray[Any]
    y: NDArray[Any]
    alone_x: dict[str, list[Any]] = field(default_factory=dict)
    """By set of weights, the features of the sampled passages that say enough."""
    alone_y: list[int] = field(default_factory=list)
    """1 for such a passage without counterpart, 0 with a partial one, -1 with one."""


def rows_of(name: str, group: str, story: Story, labels: Mapping[tuple[int, int], float]) -> Rows:
    context = Context(story, score_candidates(story, lambda share: None, lambda: None))
    pairs = sorted(labels)
    x = np.array([pair_features(story, context, i, j) for i, j in pairs]).reshape(len(pairs), len(NAMES))
    return Rows(name, group, x, np.array([labels[p] for p in pairs]))


def gathered(sources: Sequence[Source], encoder: Encoder | None) -> tuple[Story, tuple[bool, ...]]:
    """The story of `sources` with the vectors of `encoder`; without one, as if it were too long for letters."""
    story, comparable = prepare(sources, lambda: None)
    if encoder is None:
        story.letters = []
    else:
        add_meaning(story, sources, encoder)
    return story, comparable


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class Places:
    """Passages of a story by file or id and offsets."""

    def __init__(self, story: Story, sources: Sequence[Source]) -> None:
        self.at: dict[str, list[tuple[int, int, int]]] = {}
        self.number: dict[tuple[str, int], int] = {}
        for k, (s, p) in enumerate(zip(story.source, story.passage, strict=True)):
            source = sources[s]
            name = Path(source.path or source.id).name
            self.at.setdefault(name, []).append((source.passages[p].start, source.passages[p].end, k))
            self.number[name, p] = k

    def short(self, name: str) -> list[int]:
        """A passage as `judged/link_recall.jsonl` calls it: the first letter of its file and its number."""
        file = next((file for file in self.at if file[0] == name[0]), "")
        found = self.number.get((file, int(name[1:])))
        return [] if found is None else [found]

    def find(self, where: Mapping[str, Any]) -> list[int]:
        return [k for a, b, k in self.at.get(where["source"], []) if a < where["end"] and where["start"] < b]


class Labels(dict[tuple[int, int], float]):
    """The verdict of each pair of passages of two sources: 1 where any row says so."""

    def __init__(self, story: Story) -> None:
        super().__init__()
        self.story = story

    def put(self, i: int, others: Iterable[int], value: float) -> None:
        for j in others:
            if self.story.source[i] != self.story.source[j]:
                key = min(i, j), max(i, j)
                self[key] = max(value, self.get(key, 0.0))


def story_rows(evaluation: Path, encoder: Encoder | None, names: Sequence[str]) -> Iterator[Rows]:
    links = read(evaluation / "judged" / "links.jsonl")
    recall = read(evaluation / "judged" / "link_recall.jsonl")
    for name in names:
        sources = Corpus.load(str(evaluation / "stories" / name)).sources
        story, comparable = gathered(sources, encoder)
        places = Places(story, sources)
        labels = Labels(story)
        state: dict[int, int] = {}
        for row in (r for r in links if r["story"] == name):
            for i in places.find(row["a"])[:1]:
                labels.put(i, places.find(row["b"])[:1], float(row["verdict"] == "right"))
        for row in (r for r in recall if r["story"] == name):
            for i in places.short(row["passage"]):
                labels.put(i, range(len(story)), 0.0)
                labels.put(i, [j for other in row["same"] for j in places.short(other)], 1.0)
        for row in read(evaluation / "gold" / f"{name}.jsonl"):
            for i in places.find(row["of"]) if row["type"] == "counterparts" else ():
                state[i] = -1 if row["same"] else 0 if row["partial"] else 1
                labels.put(i, range(len(story)), 0.0)
                labels.put(i, [j for where in row["same"] for j in places.find(where)], 1.0)
        found = rows_of("stories", name, story, labels)
        for part in ("meaning", "short") if encoder else ():
            features = alone_features(story, score_story(story)[1], comparable)
            found.alone_x[part] = [x for i in sorted(state) if (x := features[i]) is not None]
            found.alone_y = [state[i] for i in sorted(state) if features[i] is not None]
            story.meaning = None
        yield found


def read_rows(evaluation: Path, encoder: Encoder | None) -> Iterator[Rows]:
    judged: dict[str, dict[Any, float]] = {}
    for row in read(HERE / "links_judged.jsonl") + read(HERE / "links_judged_second.jsonl"):
        key = (row["a"][0], row["a"][1]), (row["b"][0], row["b"][1])
        right = float(row["right"]) if "right" in row else float(row["verdict"] == "right")
        group = judged.setdefault(row.get("story") or row["group"], {})
        group[key] = min(right, group.get(key, 1.0))
    task = load_task(evaluation, "ecbplus", "full")
    for name, pairs in judged.items():
        sources, _ = block_sources(task.blocks[name])
        story, _ = gathered(sources, encoder)
        at = {
            (sources[s].id, sources[s].passages[p].start): k
            for k, (s, p) in enumerate(zip(story.source, story.passage, strict=True))
        }
        labels = {tuple(sorted((at[a], at[b]))): y for (a, b), y in pairs.items() if a in at and b in at}
        yield rows_of("read", name.removesuffix("plus").removesuffix("ecb"), story, labels)  # type: ignore[arg-type]


def set_rows(evaluation: Path, name: str, encoder: Encoder | None) -> Iterator[Rows]:
    task = load_task(evaluation, name, "topic" if name == "ecbplus" else "judged")
    for block_name, block in task.blocks.items():
        sources, rows = block_sources(block)
        story, _ = gathered(sources, encoder)
        row_of = [rows[s][p] for s, p in zip(story.source, story.passage, strict=True)]
        i, j, grade, _, _ = task.arrays(block_name)
        verdict = {(a, b): g for a, b, g in zip(i.tolist(), j.tolist(), grade.tolist(), strict=True)}
        labels: dict[tuple[int, int], float] = {}
        for a in range(len(story)):
            for b in range(a + 1, len(story)):
                key = min(row_of[a], row_of[b]), max(row_of[a], row_of[b])
                if key in verdict and story.source[a] != story.source[b]:
                    labels[a, b] = float(verdict[key] >= task.min_grade)
        yield rows_of(name, str(block_name), story, labels)


def fit(x: NDArray[Any], y: NDArray[Any], weight: NDArray[Any], hold: float = 1.0) -> NDArray[Any]:
    """Logistic regression by Newton's method on standardised columns, lightly regularised; the constant comes first."""
    mean = np.average(x, axis=0, weights=weight)
    spread = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=weight)) + 1e-9
    a = np.c_[np.ones(len(x)), (x - mean) / spread]
    theta = np.zeros(a.shape[1])
    ridge = np.eye(len(theta)) * hold
    ridge[0, 0] = 0
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(a @ theta, -30, 30)))
        step = np.linalg.solve(
            (a * (weight * p * (1 - p))[:, None]).T @ a + ridge, a.T @ (weight * (p - y)) + ridge @ theta
        )
        theta -= step
        if np.abs(step).max() < 1e-8:
            break
    return np.r_[theta[0] - (theta[1:] * mean / spread).sum(), theta[1:] / spread]


@dataclass(frozen=True)
class Learnt:
    """The constant and the weights; above `knee` log-odds count `above` times as much."""

    theta: NDArray[Any]
    knee: float
    above: float

    def odds(self, x: NDArray[Any]) -> NDArray[Any]:
        raw: NDArray[Any] = self.theta[0] + x @ self.theta[1:]
        return np.where(raw > self.knee, self.knee + self.above * (raw - self.knee), raw)


def learn(rows: Sequence[Rows], columns: Sequence[int]) -> Learnt:
    """Weights for `columns`, as the docstring of the module says."""
    right = {name: max(1.0, sum(r.y.sum() for r in rows if r.name == name)) for name in SETS}
    first = next((name for name in SETS if any(r.name == name for r in rows)), SETS[0])
    others = [name for name in SETS if name != first]
    x = np.concatenate(
        [np.c_[r.x[:, columns], np.tile([float(r.name == o) for o in others], (len(r.y), 1))] for r in rows]
    )
    y = np.concatenate([r.y for r in rows])
    weight = np.concatenate([np.full(len(r.y), 300 / right[r.name]) for r in rows])
    theta = fit(x, y, weight)[: 1 + len(columns)]
    own = [r for r in rows if r.name == first]
    odds = np.concatenate([theta[0] + r.x[:, columns] @ theta[1:] for r in own])
    bent = np.c_[odds, np.maximum(odds - KNEE, 0)]
    constant, slope, more = fit(bent, np.concatenate([r.y for r in own]), np.ones(len(odds)), 0.0)
    curve = constant + slope * KNEE, (slope + more) / slope
    return Learnt(np.r_[constant + slope * theta[0], slope * theta[1:]], *map(float, curve))


def left_out(rows: Sequence[Rows], columns: Sequence[int], train: Sequence[str] = SETS) -> list[NDArray[Any]]:
    """For each story its log-odds by weights that were learnt on the other stories, of the sets in `train`."""
    groups = sorted({r.group for r in rows})
    fold = dict(zip(groups, np.random.default_rng(0).permutation(len(groups)) % FOLDS, strict=True))
    out: list[NDArray[Any]] = [np.zeros(0)] * len(rows)
    for k in range(FOLDS):
        learnt = learn([r for r in rows if fold[r.group] != k and r.name in train], columns)
        for n, r in enumerate(rows):
            if fold[r.group] == k:
                out[n] = learnt.odds(r.x[:, columns])
    return out


def recall_at(y: NDArray[Any], s: NDArray[Any], share: float = 0.75) -> tuple[float, float]:
    """The recall down to the lowest score above which `share` are right, and that score."""
    order = np.argsort(-s, kind="stable")
    hits = np.cumsum(y[order])
    good = np.where(hits / np.arange(1, len(y) + 1) >= share)[0]
    return (float(hits[good[-1]] / y.sum()), float(s[order][good[-1]])) if len(good) else (0.0, 99.0)


def calibration(p: NDArray[Any], y: NDArray[Any]) -> float:
    """The mean gap between score and share right over ten bins, of pairs with a score of 0.1 and more."""
    keep = p >= 0.1
    p, y = p[keep], y[keep]
    bins = np.minimum(9, (p * 10).astype(int))
    return float(
        sum(abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).sum() for b in set(bins)) / max(1, len(p))
    )


def figures(module: Any, rows: Sequence[Rows], odds: Sequence[NDArray[Any]], names: Sequence[str] = SETS) -> str:
    said = []
    for name in names:
        y = np.concatenate([r.y for r in rows if r.name == name])
        s = np.concatenate([o for r, o in zip(rows, odds, strict=True) if r.name == name])
        error = calibration(1 / (1 + np.exp(-s)), y)
        said.append(f"{name} AP {module.average_precision(y, s):.3f} r75 {recall_at(y, s)[0]:.2f} cal {error:.3f}")
    return " | ".join(said)


def learn_links(module: Any, rows: Sequence[Rows], columns: Sequence[int]) -> tuple[Learnt, float, float]:
    odds = left_out(rows, columns)
    print("  stories left out:", figures(module, rows, odds), flush=True)
    for name in SETS[1:]:
        held = left_out(rows, columns, [other for other in SETS if other != name])
        print(f"  without {name}:", figures(module, rows, held, ["stories", name]), flush=True)
    own = [(r.y, o) for r, o in zip(rows, odds, strict=True) if r.name == "stories"]
    by_threshold(own)
    y, s = (np.concatenate(part) for part in zip(*own, strict=True))
    likely, possible = (recall_at(y, s, share)[1] for share in (RIGHT_SHARE, 0.5))
    return learn(rows, columns), 1 / (1 + np.exp(-likely)), 1 / (1 + np.exp(-possible))


def by_threshold(stories: Sequence[tuple[NDArray[Any], NDArray[Any]]]) -> None:
    """Print how many pairs at or above a score are right, and how many of the right ones that finds."""
    rng = np.random.default_rng(0)
    draws = [rng.integers(0, len(stories), len(stories)) for _ in range(500)]
    for score in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        line = np.log(score / (1 - score))
        counts = np.array([(y[s >= line].sum(), (s >= line).sum(), y.sum()) for y, s in stories])
        drawn = np.array([counts[picked].sum(axis=0) for picked in draws])
        right, shown, all_right = counts.sum(axis=0)
        low, high = np.nanpercentile(drawn[:, :1] / np.maximum(1, drawn[:, 1:]), [2.5, 97.5], axis=0)
        print(
            f"  from {score}: right {right / shown:.2f} ({low[0]:.2f}-{high[0]:.2f}),"
            f" found {right / all_right:.2f} ({low[1]:.2f}-{high[1]:.2f}), {int(shown)} pairs"
        )


def learn_alone(rows: Sequence[Rows], part: str) -> dict[str, float]:
    """Weights for what no other source has; a passage with a partial counterpart counts as half wrong."""
    rows = [r for r in rows if r.alone_x.get(part)]
    stated = [np.array(r.alone_x[part]) for r in rows]
    target = [np.array([{1: 1.0, 0: 0.5, -1: 0.0}[v] for v in r.alone_y]) for r in rows]
    scores: list[NDArray[Any]] = [np.zeros(0)] * len(rows)
    fold = np.random.default_rng(0).permutation(len(rows)) % FOLDS
    for k in range(FOLDS):
        train = [n for n in range(len(rows)) if fold[n] != k]
        x = np.concatenate([stated[n] for n in train])
        theta = fit(x, np.concatenate([target[n] for n in train]), np.ones(len(x)))
        for n in range(len(rows)):
            if fold[n] == k:
                scores[n] = theta[0] + stated[n] @ theta[1:]
    s = np.concatenate(scores)
    verdict = np.concatenate([np.array(r.alone_y) for r in rows])
    order = np.argsort(-s)
    no_same = np.cumsum(verdict[order] >= 0) / np.arange(1, len(s) + 1)
    none = np.cumsum(verdict[order] > 0)
    neither = none / np.arange(1, len(s) + 1)
    for share in (0.75, 0.8, ALONE_SHARE):
        last = np.where(neither >= share)[0][-1]
        print(
            f"  alone, left out, from {s[order][last]:.2f}: without `same` {no_same[last]:.2f}, without `partial` too"
            f" {neither[last]:.2f}; found {none[last] / (verdict > 0).sum():.2f} of those without either"
        )
        if share == ALONE_SHARE:
            limit = float(s[order][last])
    x = np.concatenate(stated)
    theta = fit(x, np.concatenate(target), np.ones(len(x)))
    named = dict(zip(("constant", *ALONE), (round(float(v), 3) for v in theta), strict=True))
    return named | {"limit": round(limit, 3)}


def main() -> None:
    evaluation = Path(sys.argv[1])
    module = scorer(evaluation)
    stories = sorted(f.stem for f in (evaluation / "gold").glob("*.jsonl") if f.stem not in SET_ASIDE)
    table = {}
    encoder = MiniLM()
    for parts, by in ((("short", "meaning"), encoder), (("long",), None)):
        rows = [*story_rows(evaluation, by, stories), *read_rows(evaluation, by)]
        for name in SETS[2:]:
            rows += set_rows(evaluation, name, by)
        for part in parts:
            unused = {"short": ("headline", "meaning"), "long": ("letters", "headline", "meaning")}.get(part, ())
            columns = [n for n, name in enumerate(NAMES) if name not in unused]
            print(f"{part}: {sum(len(r.y) for r in rows)} pairs, {int(sum(r.y.sum() for r in rows))} right", flush=True)
            if "--ablate" in sys.argv:
                for n in columns:
                    less = [c for c in columns if c != n]
                    print(f"  without {NAMES[n]}:", figures(module, rows, left_out(rows, less)), flush=True)
            learnt, likely, possible = learn_links(module, rows, columns)
            named = dict(zip(("constant", *(NAMES[c] for c in columns)), learnt.theta, strict=True))
            named |= {"knee": learnt.knee, "above": learnt.above, "likely": likely, "possible": possible}
            table[part] = {name: round(float(value), 3) for name, value in named.items()}
            table[part]["alone"] = learn_alone(rows, part) if by else table["short"]["alone"]
    print(json.dumps(table, indent=1))
    if "--write" in sys.argv:
        WEIGHTS.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
