"""Story discovery: `python benchmarks/stories.py ../shared/eval/links/ecbplus/docs.jsonl`.

Prints the pairwise F1, precision and recall, of all documents at once and of small folders drawn from them (one to five
sub-topics, two to eight documents of each; thirty folders, seeded).
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from summitreader.sources.stories import discover_stories
from summitreader.text import Source


def score(folders: list[list[Source]], truth: dict[str, str]) -> str:
    right = joined = pairs = 0
    for folder in folders:
        for story in discover_stories(folder):
            for a, b in combinations(story.sources, 2):
                joined += 1
                right += truth[a] == truth[b]
        pairs += sum(n * (n - 1) // 2 for n in Counter(truth[s.id] for s in folder).values())
    return f"F1 {2 * right / (joined + pairs):.3f}, precision {right / joined:.3f}, recall {right / pairs:.3f}"


def main(path: str) -> None:
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    truth = {row["doc_id"]: row["group"] for row in rows}
    sources = [
        Source.from_text("\n\n".join(s["text"] for s in row["sentences"]), id=row["doc_id"], language="en")
        for row in rows
    ]
    started = time.process_time()
    print(f"{len(sources)} documents at once: {score([sources], truth)}; {time.process_time() - started:.1f} s")
    groups = defaultdict(list)
    for source in sources:
        groups[truth[source.id]].append(source)
    drawn = random.Random(3)
    folders = [
        [
            source
            for group in drawn.sample(sorted(groups), drawn.randint(1, 5))
            for source in drawn.sample(groups[group], min(len(groups[group]), drawn.randint(2, 8)))
        ]
        for _ in range(30)
    ]
    print(f"30 small folders: {score(folders, truth)}")


if __name__ == "__main__":
    main(sys.argv[1])
