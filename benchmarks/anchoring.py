"""How well annotations follow real edits, and how fast:
`python benchmarks/anchoring.py EVAL [--alone] [--by stratum] [--wrong N] [--speed]`.

EVAL is the folder that holds `anchoring/dev.jsonl`, `dev_texts.jsonl` and `score.py` (another half of the same shape
is named with --split). Every selection goes through `Selection.of` and `reanchor`, as in the reader; the scorer is
that of the data. With --alone the old text is not given. --speed follows 100 annotations through an edit of 40 kB,
and 500 through one of 300 kB, three ways (lines kept, all in one line, wrapped anew), and says the processor time.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from summitreader import Selection, reanchor


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--alone", action="store_true", help="the selectors alone, without the old text")
    parser.add_argument("--by", choices=("stratum", "kind", "source"))
    parser.add_argument("--wrong", type=int, default=0, help="show that many wrong ones")
    parser.add_argument("--half", type=int, choices=(0, 1), help="every other document only")
    parser.add_argument("--speed", action="store_true", help="measure the time instead")
    arguments = parser.parse_args()
    folder = arguments.eval / "anchoring"
    score: Any = _load(folder / "score.py")
    texts, records = score.load(arguments.split)
    if arguments.speed:
        return _speed("\n\n".join(text["old"] for _, text in sorted(texts.items())))
    if arguments.half is not None:
        chosen = set(sorted(texts)[arguments.half :: 2])
        records = [r for r in records if r["pid"] in chosen]
    totals: Counter[str] = Counter()
    groups: dict[str, Counter[str]] = {}
    states: Counter[tuple[str, str]] = Counter()
    shown: list[tuple[str, dict[str, Any], Any]] = []
    began = time.process_time()
    for record in records:
        text = texts[record["pid"]]
        selection = Selection.of(text["old"], record["start"], record["end"])
        placed = reanchor(selection, text["new"], old_text=None if arguments.alone else text["old"])
        verdict = score.judge(record, text["new"], {"start": placed.start, "end": placed.end})
        if verdict == "gray":
            continue
        totals[verdict] += 1
        states[placed.state, verdict] += 1
        if arguments.by:
            groups.setdefault(record[arguments.by], Counter())[verdict] += 1
        if verdict not in ("right", "orphan"):
            shown.append((verdict, record, placed))
    spent = time.process_time() - began
    print(json.dumps(score.summarize(totals)))
    for name, group in sorted(groups.items()):
        print("  ", name, {k: round(v, 4) for k, v in score.summarize(group).items()})
    for state in ("sure", "unsure", "orphan"):
        print("  ", state, {v: n for (s, v), n in sorted(states.items()) if s == state})
    print(f"   {spent:.1f} s of processor time for {len(records)} selections")
    shown.sort(key=lambda s: ("FALSE", "WRONG", "lost", "loose", "inplace").index(s[0]))
    for verdict, record, placed in shown[: arguments.wrong]:
        _show(verdict, record, placed, texts[record["pid"]])
    return 0


def _speed(text: str) -> int:
    chance = random.Random(1)
    slow = False
    for size, count, most in ((40_000, 100, 0.5), (300_000, 500, 1.0)):
        old = text[:size]
        paragraphs = old.split("\n\n")
        for n, paragraph in enumerate(paragraphs):
            if chance.random() < 0.3:
                words = paragraph.split(" ")
                for _ in range(max(1, len(words) // 10)):
                    words[chance.randrange(len(words))] = "edited"
                paragraphs[n] = " ".join(words)
        new = "\n\n".join([*paragraphs[:3], *paragraphs[5:40], *paragraphs[3:5], *paragraphs[40:]])
        one_line = (old.replace("\n", " "), new.replace("\n", " "))
        for name, (a, b) in {"lines": (old, new), "one line": one_line, "wrapped": (old, one_line[1])}.items():
            starts = [chance.randrange(len(a) - 200) for _ in range(count)]
            selections = [Selection.of(a, start, start + chance.randrange(5, 200)) for start in starts]
            began = time.process_time()
            states = Counter(reanchor(selection, b, old_text=a).state for selection in selections)
            spent = time.process_time() - began
            slow = slow or spent > most
            print(f"{size} characters, {count} annotations, {name}: {spent:.2f} s of {most} s", dict(states))
    return 1 if slow else 0


def _show(verdict: str, record: dict[str, Any], placed: Any, text: dict[str, str]) -> None:
    truth = record["truth"]
    old, new = text["old"], text["new"]
    start, end = record["start"], record["end"]
    print(f"--- {verdict} {record['kind']} {record['stratum']} {placed}\n    {truth}")
    print(f"  old  {old[max(0, start - 80) : start]!r} [[{old[start:end]!r}]] {old[end : end + 80]!r}")
    if "hole" in truth:
        a, b = truth["hole"]
        print(f"  true {new[max(0, a - 80) : a]!r} [[{new[a:b]!r}]] {new[b : b + 80]!r}")
    elif "s_out" in truth:
        print(f"  true {new[truth['s_out'] : truth['e_out']]!r}")
    if placed.start is not None:
        a, b = placed.start, placed.end
        print(f"  got  {new[max(0, a - 80) : a]!r} [[{new[a:b]!r}]] {new[b : b + 80]!r}")


def _load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
