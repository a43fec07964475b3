"""Where the reader offers rows: on versions of one text it must, on accounts of one event it must not.

    python benchmarks/order_shown.py EVAL [--stories 20]

Books of two translations (verse by verse), and pairs of articles on one event; how many of each are said to run in
one order. Of articles that do, the share of words that they have in runs is printed: one that copies another does.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

from summitreader import Source, compare
from summitreader.tui.reader.layouts import pairs_of, rising, shared_order
from summitreader.tui.story.index import StoryIndex


def sources_of(path: Path, group: str) -> dict[str, list[Source]]:
    """The documents of a set as sources, a paragraph a sentence, by event or book."""
    found: dict[str, list[Source]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        document: dict[str, Any] = json.loads(line)
        text = "\n\n".join(" ".join(s["text"].split()) or "-" for s in document["sentences"])
        source = Source.from_text(text, id=document["doc_id"], language="en")
        if 8 <= len(source.passages) <= 600:
            found[document[group]].append(source)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("--stories", type=int, default=20)
    a = parser.parse_args()
    for name, group in (("bible_kjv_web", "group"), ("ecbplus", "group")):
        pairs = ordered = 0
        for _, sources in sorted(sources_of(a.evaluation / "links" / name / "docs.jsonl", group).items())[: a.stories]:
            if len(sources) < 2:
                continue
            index = StoryIndex(compare(sources))
            found = shared_order(index, range(len(sources)))
            copied = {(i.a, i.b): i.shared_words for i in index.report.independence}
            both = pairs_of(index)
            for x, y in combinations(range(len(sources)), 2):
                pairs += 1
                if (x, y) in found:
                    ordered += 1
                    one, two = index.sources[x].id, index.sources[y].id
                    run = len(rising(both[x, y]))
                    shared = max(copied.get((one, two), 0.0), copied.get((two, one), 0.0))
                    if name != "bible_kjv_web":
                        print(f"  {one} {two}: {run} of {len(both[x, y])} in order, shared words {shared:.2f}")
        print(f"{name}: {ordered} of {pairs} pairs run in one order")


if __name__ == "__main__":
    main()
