"""How good the links are: `python benchmarks/links_quality.py EVAL [stories] [sets] [order] [--set-aside] [--encoder]`.

stories   the packaged weights on `gold`, through `compare`: of the likely links of the sampled passages the share whose
          other end is `same`, `partial` or neither, the share of the `same` counterparts that are linked as likely, the
          calibration error of the scores over ten bins, and for `alone: sure` how many have no counterpart. The weights
          were learnt on these stories (see `links_learn.py` for figures with stories left out); with --set-aside, on
          the ten stories that nothing was learnt on. For the lines "also in" of the briefing: of the passages that they
          put beside a sampled one, or a sampled one beside, how many report the same.
sets      average precision and first hits on the aligned sentences of `links`, beside plain baselines
order     whether the right verse comes first in two translations that run in one order, book by book
Without a word all three. With --encoder the encoder of the extra grades. Intervals (95 %) are from drawing stories
anew.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from links_baselines import BASELINES
from links_data import SETS, block_sources, load_task, scorer
from links_learn import SET_ASIDE, calibration
from numpy.typing import NDArray

from summitreader import Corpus, Source, compare
from summitreader.comparison.encoders import MiniLM
from summitreader.export.outline import outline

SLOW = ("characters", "token_set")
"""Baselines that are left out where every sentence of every document is compared."""
DRAWS = 1000
ENCODER = "--encoder"
Counts = dict[str, float]


def overlaps(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one["source"] == other["source"] and one["start"] < other["end"] and other["start"] < one["end"])


def story_counts(folder: Path, gold: Path) -> tuple[Counts, list[float], list[float]]:
    """What one story gives: counts of links and counterparts, and the score and verdict of every weighed pair."""
    sources = Corpus.load(str(folder)).sources
    encoder = MiniLM() if ENCODER in sys.argv else None
    report = compare(sources, min_score=0.0, encoder=encoder)
    agreed = outline(compare(sources, encoder=encoder)).agreed
    spans: dict[tuple[str, int], dict[str, Any]] = {}
    alone: dict[tuple[str, int], str] = {}
    for source, states in zip(report.sources, report.alone, strict=True):
        for n, p in enumerate(source.passages):
            name = Path(source.path or source.id).name
            spans[source.id, n] = {"source": name, "start": p.start, "end": p.end}
            alone[source.id, n] = str(states[n])
    links = [
        (spans[k.a.source, k.a.passage], spans[k.b.source, k.b.passage], k.score, k.strength == "likely")
        for k in report.links
    ]
    file = {source.id: Path(source.path or source.id).name for source in sources}
    also = [
        [{"source": file[e.source], "start": e.start, "end": e.end} for e in (fact.lead, other)]
        for fact in agreed
        for other in fact.also
    ]
    counts: Counts = defaultdict(float)
    said, right = [], []
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["type"] != "counterparts":
            continue
        linked = []
        for a, b, score, likely in links:
            if not (overlaps(a, row["of"]) or overlaps(b, row["of"])):
                continue
            other = b if overlaps(a, row["of"]) else a
            same = any(overlaps(other, s) for s in row["same"])
            said.append(score)
            right.append(float(same))
            if likely:
                linked.append(other)
                partial = any(overlaps(other, s) for s in row["partial"])
                counts["same" if same else "partial" if partial else "neither"] += 1
        for one, two in also:
            if overlaps(one, row["of"]) or overlaps(two, row["of"]):
                other = two if overlaps(one, row["of"]) else one
                kinds = (kind for kind in ("same", "partial") if any(overlaps(other, s) for s in row[kind]))
                counts[f"also {next(kinds, 'neither')}"] += 1
        for s in row["same"]:
            counts["linked" if any(overlaps(s, other) for other in linked) else "missed"] += 1
        sure = any(alone[key] == "sure" for key, span in spans.items() if overlaps(span, row["of"]))
        none = not row["same"] and not row["partial"]
        counts["nowhere"] += none
        if sure:
            counts["sure"] += 1
            counts["sure, no same"] += not row["same"]
            counts["sure, nowhere"] += none
    return counts, said, right


ALSO = ("also same", "also partial", "also neither")
RATIOS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "likely links same": (("same",), ("same", "partial", "neither")),
    "likely links neither": (("neither",), ("same", "partial", "neither")),
    "counterparts (same) linked as likely": (("linked",), ("linked", "missed")),
    "also in (briefing) same": (("also same",), ALSO),
    "also in (briefing) same or partial": (("also same", "also partial"), ALSO),
    "alone sure, no same": (("sure, no same",), ("sure",)),
    "alone sure, neither same nor partial": (("sure, nowhere",), ("sure",)),
    "passages without counterpart called sure": (("sure, nowhere",), ("nowhere",)),
}


def interval(stories: Sequence[Any], measure: Callable[[Sequence[Any]], float]) -> str:
    rng = np.random.default_rng(0)
    drawn = [measure([stories[k] for k in rng.integers(0, len(stories), len(stories))]) for _ in range(DRAWS)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return f"{measure(stories):.2f} ({low:.2f}-{high:.2f})"


def stories(evaluation: Path, aside: bool) -> None:
    names = sorted(f.stem for f in (evaluation / "gold").glob("*.jsonl") if (f.stem in SET_ASIDE) == aside)
    found = [story_counts(evaluation / "stories" / n, evaluation / "gold" / f"{n}.jsonl") for n in names]
    print(f"{len(names)} stories" + (", set aside" if aside else ", on which the weights were learnt"))
    for title, (top, bottom) in RATIOS.items():

        def ratio(rows: Sequence[Any], top: Sequence[str] = top, bottom: Sequence[str] = bottom) -> float:
            below = sum(counts[k] for counts, *_ in rows for k in bottom)
            return sum(counts[k] for counts, *_ in rows for k in top) / below if below else float("nan")

        print(f"  {title:42} {interval(found, ratio)}")

    def error(rows: Sequence[Any]) -> float:
        return calibration(np.array([p for _, ps, _ in rows for p in ps]), np.array([y for *_, ys in rows for y in ys]))

    print(f"  {'calibration error':42} {interval(found, error)}", flush=True)


def program(block: Any) -> NDArray[Any]:
    """The matrix of scores of one block; what is not linked is -1e9."""
    sources, rows = block_sources(block)
    report = compare(sources, min_score=0.0, encoder=MiniLM() if ENCODER in sys.argv else None)
    number = {s.id: n for n, s in enumerate(sources)}
    out = np.full((len(block), len(block)), -1e9)
    for link in report.links:
        i, j = rows[number[link.a.source]][link.a.passage], rows[number[link.b.source]][link.b.passage]
        out[i, j] = out[j, i] = max(out[i, j], link.score)
    return out


def measure(module: Any, task: Any, scores: dict[str, NDArray[Any]], samples: int = 200) -> str:
    """Average precision and first hits, with the half width of their intervals."""
    result = module.evaluate(task, scores)
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
    wide = (high - low) / 2
    return f"AP {result['AP']:.3f} ±{wide[0]:.3f}  first {result['P_at_1']:.3f} ±{wide[1]:.3f}"


def story_parts(module: Any, task: Any, scores: dict[str, NDArray[Any]], name: str) -> tuple[Any, Any, float, float]:
    i, j, grade, _, _ = task.arrays(name)
    one = type(task)([], [], task.mode, task.min_grade)
    one.blocks, one.gold, one.cache = {name: task.blocks[name]}, task.gold, task.cache
    result = module.evaluate(one, {name: scores[name]})
    y = (grade >= task.min_grade).astype(np.int8)
    return y, scores[name][i, j], result["P_at_1"] * result["queries"], result["queries"]


def sets(evaluation: Path) -> None:
    module = scorer(evaluation)
    for name, mode in SETS:
        task = load_task(evaluation, name, mode)
        print(f"{name}, {mode}: {len(task.blocks)} blocks", flush=True)
        for way, score in BASELINES.items():
            if mode != "full" or way not in SLOW:
                matrices = {b: score([row[2] for row in block]) for b, block in task.blocks.items()}
                print(f"  {way:12}", measure(module, task, matrices), flush=True)
        matrices = {b: program(block) for b, block in task.blocks.items()}
        print(f"  {'summitreader':12}", measure(module, task, matrices), flush=True)


def first_verses(a: Source, b: Source, gold: Sequence[Mapping[int, set[int]]]) -> tuple[float, int]:
    """How many verses, of both sides, have one of their own first, and of how many; ties count in part."""
    best: tuple[dict[int, dict[int, float]], ...] = (defaultdict(dict), defaultdict(dict))
    for link in compare([a, b], min_score=0.0).links:
        i, j = a.passages[link.a.passage].block, b.passages[link.b.passage].block
        best[0][i][j] = max(link.score, best[0][i].get(j, -1.0))
        best[1][j][i] = max(link.score, best[1][j].get(i, -1.0))
    hits, count = 0.0, 0
    for rows, truth in zip(best, gold, strict=True):
        for i, right in truth.items():
            count += 1
            if row := rows.get(i):
                first = [j for j, v in row.items() if v == max(row.values())]
                hits += sum(j in right for j in first) / len(first)
    return hits, count


def order(evaluation: Path) -> None:
    folder = evaluation / "links" / "bible_kjv_web"
    books: dict[str, list[Source]] = defaultdict(list)
    for line in (folder / "docs.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        text = "\n\n".join(" ".join(s["text"].split()) or "-" for s in document["sentences"])
        books[document["group"]].append(Source.from_text(text, id=document["side"], language="en"))
    gold: dict[str, tuple[dict[int, set[int]], dict[int, set[int]]]] = defaultdict(lambda: ({}, {}))
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        g = json.loads(line)
        gold[g["group"]][0].setdefault(g["sent_a"], set()).add(g["sent_b"])
        gold[g["group"]][1].setdefault(g["sent_b"], set()).add(g["sent_a"])
    found = [first_verses(*sorted(pair, key=lambda s: s.id), gold[name]) for name, pair in books.items()]
    print(f"right verse first: {sum(h for h, _ in found) / sum(n for _, n in found):.4f} of {sum(n for _, n in found)}")


def main() -> None:
    evaluation = Path(sys.argv[1])
    asked = [a for a in sys.argv[2:] if not a.startswith("-")] or ["stories", "sets", "order"]
    if "stories" in asked:
        stories(evaluation, "--set-aside" in sys.argv)
    if "sets" in asked:
        sets(evaluation)
    if "order" in asked:
        order(evaluation)


if __name__ == "__main__":
    main()
