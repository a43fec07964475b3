"""How often links between languages are right, and the two numbers that make a score of a cosine.

    python benchmarks/languages.py LANGUAGES     # a folder with docs.jsonl and gold.jsonl: see its README

Sentences that each are the other's best are taken from each pair of documents of a group whose name begins with
"story-"; what is learnt on all pairs of languages but one is held against that one. Then `compare()` as it is packaged,
on every group, with each sentence as a paragraph of its own in books of verses. Needs the extra `languages`.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from summitreader import Source, compare
from summitreader.comparison import translated
from summitreader.comparison.encoders import Multilingual

Row = tuple[float, bool]
"""A cosine, and whether the two are counterparts."""


def fit(rows: Sequence[Row]) -> tuple[float, float]:
    """The constant and the steepness of a logistic regression, lightly held towards 0."""
    x = np.array([[1.0, cosine] for cosine, _ in rows])
    y = np.array([right for _, right in rows], dtype=float)
    weights = np.zeros(2)
    hold = np.diag([0.0, 0.01])
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ weights))
        weights -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + hold, x.T @ (p - y) + hold @ weights)
    return float(weights[0]), float(weights[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", type=Path)
    folder = parser.parse_args().languages
    read = {name: [json.loads(line) for line in (folder / f"{name}.jsonl").open(encoding="utf-8")]
            for name in ("docs", "gold")}  # fmt: skip
    grade = {frozenset([(g["doc_a"], g["sent_a"]), (g["doc_b"], g["sent_b"])]): g["grade"] for g in read["gold"]}
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for doc in read["docs"]:
        groups[doc["group"]].append(doc)

    encoder = Multilingual()
    rows: dict[str, list[Row]] = defaultdict(list)
    there: dict[str, int] = defaultdict(int)
    for group, docs in groups.items():
        if not group.startswith("story-"):
            continue
        vectors = {d["doc_id"]: translated.unit_vectors(encoder, [s["text"] for s in d["sentences"]]) for d in docs}
        for a, b in combinations(docs, 2):
            name = f"{a['language']}-{b['language']}"
            cosines = vectors[a["doc_id"]] @ vectors[b["doc_id"]].T
            for i, j in translated.mutual_best(cosines):
                known = grade.get(frozenset([(a["doc_id"], i), (b["doc_id"], j)]), 0)
                if known != 1:
                    rows[name].append((float(cosines[i, j]), known == 2))
            there[name] += sum(
                g == 2 and {d for d, _ in pair} == {a["doc_id"], b["doc_id"]} for pair, g in grade.items()
            )
    print("learnt on all: constant {:.2f}, steepness {:.2f}".format(*fit([r for some in rows.values() for r in some])))
    shown = right = 0
    for name, some in rows.items():
        constant, steepness = fit([r for other, more in rows.items() if other != name for r in more])
        likely = [ok for cosine, ok in some if constant + steepness * cosine >= 0]
        print(f"{name} left out: likely right {sum(likely)} of {len(likely)}, of {there[name]} counterparts")
        shown, right = shown + len(likely), right + sum(likely)
    print(f"left out, all: {right / shown:.2f} right, {right / sum(there.values()):.2f} found")

    for group, docs in groups.items():
        verses = group.startswith("verses-")
        texts = {d["doc_id"]: "\n\n".join(s["text"] for s in d["sentences"]) if verses else d["text"] for d in docs}
        report = compare([Source.from_text(texts[d["doc_id"]], id=d["doc_id"], language=d["language"]) for d in docs])
        sentence = {}
        for source, doc in zip(report.sources, docs, strict=True):
            ends = np.cumsum([len(s["text"]) + 2 for s in doc["sentences"]]) if verses else None
            for n, p in enumerate(source.passages):
                middle = (p.start + p.end) // 2
                at = next((s["id"] for s in doc["sentences"] if s["start"] <= middle < s["end"]), None)
                sentence[source.id, n] = at if ends is None else int(np.searchsorted(ends, middle, side="right"))
        found = {
            frozenset((end.source, sentence[end.source, end.passage]) for end in (link.a, link.b))
            for link in report.links
            if link.kind == "translated"
        }
        right = sum(grade.get(pair) == 2 for pair in found)
        shown = sum(grade.get(pair) != 1 for pair in found)
        wanted = sum(g == 2 and next(iter(pair))[0] in texts for pair, g in grade.items())
        print(f"{group}: {right / max(1, shown):.3f} right, {right / max(1, wanted):.3f} found")


if __name__ == "__main__":
    main()
