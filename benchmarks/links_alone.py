"""What is called told here only, and what is said of it: `python benchmarks/links_alone.py EVAL [--curve]`.

For each pair of documents of a story, compared alone, and for whole stories: of the sentences that are called surely
alone, how many have no counterpart in the gold, and how many of those that have none are called so. The gold of the
judged sets holds only sentences that were picked since they tell the main things, so that few have no counterpart.

`links_alone_judged.jsonl` has passages of 27 pairs of whole articles of `links/ecbplus`, all of those with a score
below 0.1 when they were drawn, each with a verdict: does the other article not tell it, not even its main point? A row
names the documents and the offsets in their text, as in `links_judged.jsonl`, and has none of the words.

`links_alone_gold_judged.jsonl` has 40 sentences drawn from the 98 of `links/ecbplus` (pairs) that were called surely
alone though the gold gives them a counterpart, which may share no more than an event and a place: was it right to call
them so, since the other document does not tell what the sentence says? Sentences are named by document and number.

With `--curve` all is said for limits that are so much lower or higher, in log-odds, too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from links_data import block_sources, load_task

from summitreader import compare
from summitreader.compare.linking import alone

JUDGED = Path(__file__).parent / "links_alone_judged.jsonl"
GOLD_READ = Path(__file__).parent / "links_alone_gold_judged.jsonl"
SHIFTS = (-1.0, -0.6, -0.3, 0.3, 0.6, 1.0)


def cases(task: Any, pairwise: bool) -> Iterator[list[Any]]:
    for block in task.blocks.values():
        documents = list(dict.fromkeys(entry[0] for entry in block))
        sides = {entry[0]: entry[4] for entry in block}
        if not pairwise:
            yield block
            continue
        for a, b in combinations(documents, 2):
            if sides[a] is None or sides[a] != sides[b]:
                yield [entry for entry in block if entry[0] in (a, b)]


def against_gold(evaluation: Path, name: str, pairwise: bool) -> str:
    task = load_task(evaluation, name, "judged")
    right = called = without = passages = 0
    for block in cases(task, pairwise):
        sources, rows = block_sources(block)
        inside = {(entry[0], entry[1]) for entry in block}
        report = compare(sources)
        state: dict[int, set[str]] = {}
        for s, states in enumerate(report.alone):
            for p, found in enumerate(states):
                state.setdefault(rows[s][p], set()).add(str(found))
        for row, states in state.items():
            key = (block[row][0], block[row][1])
            gold = {k for k, g in task.gold.get(key, {}).items() if g >= task.min_grade and k in inside}
            passages += 1
            without += not gold
            if states == {"sure"}:
                called += 1
                right += not gold
    return (
        f"{name}, {'pairs' if pairwise else 'stories'}: {called} of {passages} called surely alone,"
        f" {right / max(called, 1):.2f} of them without counterpart; {without} have none,"
        f" {right / max(without, 1):.2f} of them called so"
    )


def against_reader(evaluation: Path) -> str:
    rows = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    task = load_task(evaluation, "ecbplus", "full")
    entries: dict[str, list[Any]] = {}
    for block in task.blocks.values():
        for entry in block:
            entries.setdefault(entry[0], []).append(entry)
    right = called = passages = beyond = 0
    for pair in dict.fromkeys((r["a"], r["b"]) for r in rows):
        verdict = {(r["told_by"], r["start"]): r["right"] for r in rows if (r["a"], r["b"]) == pair}
        report = compare(block_sources([entry for name in pair for entry in entries[name]])[0])
        for source, states in zip(report.sources, report.alone, strict=True):
            passages += len(states)
            for p, state in zip(source.passages, states, strict=True):
                if state == "sure":
                    called += (source.id, p.start) in verdict
                    right += verdict.get((source.id, p.start), False)
                    beyond += (source.id, p.start) not in verdict
    return (
        f"whole articles, read: {called} of {passages} called surely alone, {right / max(called, 1):.2f} of them right"
        f" (and {beyond} more that were not read); of {sum(r['right'] for r in rows)} that were found to be told by"
        f" one only {right / max(sum(r['right'] for r in rows), 1):.2f} called so"
    )


def gold_against_reader() -> str:
    rows = [json.loads(line) for line in GOLD_READ.read_text(encoding="utf-8").splitlines()]
    wrong = sum(not r["right"] for r in rows)
    return f"ecbplus, pairs, of {len(rows)} that are wrong by the gold, read: {wrong} really are"


def main() -> None:
    evaluation = Path(sys.argv[1])
    packaged = alone.alone_below
    for shift in (0.0, *SHIFTS) if "--curve" in sys.argv else (0.0,):
        print(f"limit {shift:+}" if shift else "as packaged")
        alone.alone_below = lambda passages, shift=shift: packaged(passages) + shift  # type: ignore[assignment,misc]
        print(against_reader(evaluation), flush=True)
        for name in ("superpal", "superpal_dd", "ecbplus"):
            for pairwise in (True,) if shift else (True, False):
                print(against_gold(evaluation, name, pairwise), flush=True)
    print(gold_against_reader())


if __name__ == "__main__":
    main()
