"""What is called told here only, and what the gold says: `python benchmarks/links_alone.py EVAL`.

For each pair of documents of a story, compared alone, and for whole stories: of the sentences that are called surely
alone, how many have no counterpart in the gold, and how many of those that have none are called so.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from links_data import block_sources, load_task

from summitreader import compare


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


def main() -> None:
    evaluation = Path(sys.argv[1])
    for name in ("superpal", "superpal_dd", "ecbplus"):
        task = load_task(evaluation, name, "judged")
        for pairwise in (True, False):
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
            print(
                f"{name}, {'pairs' if pairwise else 'stories'}: {called} of {passages} called surely alone,"
                f" {right / max(called, 1):.2f} of them without counterpart; {without} have none,"
                f" {right / max(without, 1):.2f} of them called so",
                flush=True,
            )


if __name__ == "__main__":
    main()
