"""The right verse first, in two translations that run in one order: `python benchmarks/links_order.py EVAL [--single]`.

Book by book through `compare(sources, min_score=0.0)`, and with `--single` the whole as two single texts too.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from summitreader import Source, compare


def load(evaluation: Path) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
    folder = evaluation / "links" / "bible_kjv_web"
    books: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "docs.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        books[document["group"]].append(document)
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    return books, gold


def text_of(verses: list[str], name: str) -> Source:
    return Source.from_text("\n\n".join(" ".join(v.split()) or "-" for v in verses), id=name, language="en")


def first_hits(a: Source, b: Source, gold: dict[int, set[int]], back: dict[int, set[int]]) -> tuple[float, int]:
    """How many verses, of both sides, have one of their own first, and of how many; ties count in part."""
    report = compare([a, b], min_score=0.0)
    best_a: dict[int, dict[int, float]] = defaultdict(dict)
    best_b: dict[int, dict[int, float]] = defaultdict(dict)
    for link in report.links:
        i, j = a.passages[link.a.passage].block, b.passages[link.b.passage].block
        best_a[i][j] = max(link.score, best_a[i].get(j, -1.0))
        best_b[j][i] = max(link.score, best_b[j].get(i, -1.0))
    hits, count = 0.0, 0
    for rows, truth in ((best_a, gold), (best_b, back)):
        for i, right in truth.items():
            count += 1
            row = rows.get(i)
            if row:
                top = max(row.values())
                first = [j for j, v in row.items() if v == top]
                hits += sum(j in right for j in first) / len(first)
    return hits, count


def main() -> None:
    books, gold = load(Path(sys.argv[1]))
    pairs: dict[str, tuple[dict[int, set[int]], dict[int, set[int]]]] = defaultdict(
        lambda: (defaultdict(set), defaultdict(set))
    )
    for g in gold:
        pairs[g["group"]][0][g["sent_a"]].add(g["sent_b"])
        pairs[g["group"]][1][g["sent_b"]].add(g["sent_a"])
    hits, count, worst = 0.0, 0, []
    start = time.process_time()
    sides: tuple[list[str], list[str]] = ([], [])
    whole: tuple[dict[int, set[int]], dict[int, set[int]]] = ({}, {})
    for book, documents in books.items():
        left, right = sorted(documents, key=lambda d: d["side"])
        texts = [[s["text"] for s in d["sentences"]] for d in (left, right)]
        found, of = first_hits(text_of(texts[0], "a"), text_of(texts[1], "b"), *pairs[book])
        hits, count = hits + found, count + of
        worst.append((found / of, book, of))
        for way, here, there in ((0, 0, 1), (1, 1, 0)):
            for i, js in pairs[book][way].items():
                whole[way][i + len(sides[here])] = {j + len(sides[there]) for j in js}
        for side, verses in zip(sides, texts, strict=True):
            side.extend(verses)
    print(f"book by book: right verse first {hits / count:.4f} of {count}, {time.process_time() - start:.0f} s of CPU")
    print("  lowest:", ", ".join(f"{b} {s:.3f} of {n}" for s, b, n in sorted(worst)[:5]))
    if "--single" in sys.argv:
        start = time.process_time()
        found, of = first_hits(text_of(sides[0], "a"), text_of(sides[1], "b"), *whole)
        print(f"as two texts: right verse first {found / of:.4f} of {of}, {time.process_time() - start:.0f} s of CPU")


if __name__ == "__main__":
    main()
