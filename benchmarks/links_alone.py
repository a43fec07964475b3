"""What is called told here only, and what is said of it: `python benchmarks/links_alone.py EVAL [--curve]`.

For each pair of documents of a story, compared alone, and for whole stories: of the sentences that are called surely
alone, how many have no counterpart in the gold, and how many of those that have none are called so. The gold of the
judged sets holds only sentences that were picked since they tell the main things, so that few have no counterpart.

`links_alone_read.jsonl` has 26 pairs of whole articles of `links/ecbplus` and 12 groups of four, of which one reader
read every passage beside all of the other articles, without seeing a score: is it told by one `alone`, not even its
main point by another; `doubtful`, told nearly or in part; or does it tell `nothing` (a date, half a sentence, "Good
luck")? Every other passage is told by another article. A row names the documents and the offsets in their text, as in
`links_judged.jsonl`, and has none of the words.

`links_alone_judged.jsonl` has, by the same reader at an earlier time, those passages of the pairs whose score was below
0.1 then; only the second reader is held against it.

`links_alone_gold_judged.jsonl` has 40 sentences drawn from the 98 of `links/ecbplus` (pairs) that were called surely
alone though the gold gives them a counterpart, which may share no more than an event and a place: was it right to call
them so, since the other document does not tell what the sentence says? Sentences are named by document and number.

`links_alone_judged_second.jsonl` is by a second reader: 150 passages that were called surely alone when they were drawn
(84 in whole stories: `against` is "story"; 66 in pairs of documents: `against` is the other), and 50 of the first
reader's, whose verdict was not known. In a pair the whole other document was read; of a story the six passages that
are most like by three plain measures (`seen`), so that a counterpart in quite other words may have been missed. A
verdict is right; wrong, the others tell it; or doubtful, they tell something near it, or the passage tells nothing.

`links_alone_judged_third.jsonl` has 89 passages that were called surely alone in pairs and groups of three articles
that nothing had been chosen by, drawn when the limit had come to follow how much the others say, and read, without
their scores, beside all of the other articles: right, wrong, doubtful, or a line that tells nothing.

`links_alone_judged_fourth.jsonl` has 65 of these 89, all of 16 of the 20 groups, drawn at random, by another reader,
who read all of the other articles too and saw neither the verdicts above nor a score.

With `--curve` all is said for limits that are so much lower or higher, in log-odds, too.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from judging import kappa
from links_data import block_sources, load_task

from summitreader import compare
from summitreader.comparison.linking import alone

READ = Path(__file__).parent / "links_alone_read.jsonl"
JUDGED = Path(__file__).parent / "links_alone_judged.jsonl"
GOLD_READ = Path(__file__).parent / "links_alone_gold_judged.jsonl"
SECOND = Path(__file__).parent / "links_alone_judged_second.jsonl"
THIRD = Path(__file__).parent / "links_alone_judged_third.jsonl"
FOURTH = Path(__file__).parent / "links_alone_judged_fourth.jsonl"
DRAWS = 2000
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


def against_reader(evaluation: Path) -> Iterator[str]:
    rows = [json.loads(line) for line in READ.read_text(encoding="utf-8").splitlines()]
    task = load_task(evaluation, "ecbplus", "full")
    entries: dict[str, list[Any]] = {}
    for block in task.blocks.values():
        for entry in block:
            entries.setdefault(entry[0], []).append(entry)
    for size, title in ((2, "pairs of whole articles, read"), (4, "groups of four, read")):
        called, all_of = Counter[str](), Counter[str]()
        for row in (r for r in rows if len(r["documents"]) == size):
            verdict = {
                (name, start): v
                for v in ("alone", "doubtful", "nothing")
                for name, spans in row[v].items()
                for start, _ in spans
            }
            report = compare(block_sources([entry for name in row["documents"] for entry in entries[name]])[0])
            for source, states in zip(report.sources, report.alone, strict=True):
                for p, state in zip(source.passages, states, strict=True):
                    found = verdict.get((source.id, p.start), "told")
                    all_of[found] += 1
                    called[found] += state == "sure"
        n, right = called.total(), called["alone"]
        yield (
            f"{title}: {n} of {all_of.total()} called surely alone, {right} right, {called['doubtful']} doubtful,"
            f" {called['told']} told, {called['nothing']} tell nothing: {right / max(n, 1):.2f} right, doubtful as half"
            f" {(right + called['doubtful'] / 2) / max(n, 1):.2f}; of {all_of['alone']} that are so"
            f" {right / max(all_of['alone'], 1):.2f} called so"
        )


def gold_against_reader() -> str:
    rows = [json.loads(line) for line in GOLD_READ.read_text(encoding="utf-8").splitlines()]
    wrong = sum(not r["right"] for r in rows)
    return f"ecbplus, pairs, of {len(rows)} that are wrong by the gold, read: {wrong} really are"


def event_of(document: str) -> str:
    """The story of a document: "19_3ecb" is of "19ecb", "Some_story/summary" of "Some_story"."""
    return document.split("/")[0] if "/" in document else re.sub(r"_\d+", "", document)


def still_called(evaluation: Path, rows: list[dict[str, Any]]) -> list[bool]:
    """Which of the rows are still called surely alone."""
    called: dict[tuple[str, str, int], bool] = {}
    for name in sorted({r["set"] for r in rows}):
        blocks = load_task(evaluation, name, "full").blocks
        of = {entry[0]: block for block in blocks.values() for entry in block}
        for against, told_by in sorted({(r["against"], r["told_by"]) for r in rows if r["set"] == name}):
            if (told_by, against, -1) in called:
                continue
            block = of[told_by] if against == "story" else [e for d in (told_by, against) for e in of[d] if e[0] == d]
            report = compare(block_sources(block)[0])
            for source, states in zip(report.sources, report.alone, strict=True):
                called[source.id, against, -1] = True
                for passage, state in zip(source.passages, states, strict=True):
                    called[source.id, against, passage.start] = state == "sure"
    return [called[r["told_by"], r["against"], r["start"]] for r in rows]


def share_right(rows: list[dict[str, Any]], doubt: float | None) -> str:
    """The share of right ones, with 95 % of what it would be if the stories were drawn anew."""
    by_event: dict[str, list[float]] = {}
    for r in rows:
        if r["verdict"] != "doubtful" or doubt is not None:
            worth = doubt if r["verdict"] == "doubtful" else float(r["verdict"] == "right")
            by_event.setdefault(event_of(r["told_by"]), []).append(float(worth or 0))
    if not by_event:
        return "none"
    draw = random.Random(1)
    events = list(by_event.values())
    drawn = []
    for _ in range(DRAWS):
        values = [v for one in draw.choices(events, k=len(events)) for v in one]
        drawn.append(sum(values) / len(values))
    drawn.sort()
    share = sum(map(sum, events)) / sum(map(len, events))
    return f"{share:.2f} ({drawn[DRAWS // 40]:.2f} to {drawn[-DRAWS // 40]:.2f})"


def against_second_reader(evaluation: Path) -> Iterator[str]:
    rows = [json.loads(line) for line in SECOND.read_text(encoding="utf-8").splitlines()]
    first = {
        (r["told_by"], r["b"] if r["told_by"] == r["a"] else r["a"], r["start"]): r["right"]
        for r in map(json.loads, JUDGED.read_text(encoding="utf-8").splitlines())
    }
    table = Counter(
        (r["verdict"], bool(first[r["told_by"], r["against"], r["start"]])) for r in rows if r["sample"] != "afresh"
    )
    told = ", ".join(f"{v} {table[v, True]} / {table[v, False]}" for v in ("right", "doubtful", "wrong"))
    yield f"read by both: {table.total()}; the second's verdict where the first said right / wrong: {told}"
    fresh = [r for r in rows if r["sample"] == "afresh"]
    fresh = [r for r, called in zip(fresh, still_called(evaluation, fresh), strict=True) if called]
    for title, part in (
        ("all", fresh),
        ("whole stories of ecbplus", [r for r in fresh if r["set"] == "ecbplus" and r["against"] == "story"]),
        ("pairs of articles of ecbplus", [r for r in fresh if r["set"] == "ecbplus" and r["against"] != "story"]),
        ("superpal", [r for r in fresh if r["set"] == "superpal"]),
    ):
        n = Counter(r["verdict"] for r in part)
        strict, plain = share_right(part, 0.0), share_right(part, None)
        yield (
            f"second reader, called surely alone, {title}: {n['right']} right, {n['doubtful']} doubtful,"
            f" {n['wrong']} wrong; right, doubtful as wrong {strict}, left out {plain}"
        )


def against_third_sample(evaluation: Path, judged: Path, title: str) -> str:
    rows = [json.loads(line) for line in judged.read_text(encoding="utf-8").splitlines()]
    blocks = load_task(evaluation, "ecbplus", "full").blocks
    of = {entry[0]: block for block in blocks.values() for entry in block}
    called: set[tuple[str, int]] = set()
    for documents in sorted({tuple(r["documents"]) for r in rows}):
        report = compare(block_sources([e for d in documents for e in of[d] if e[0] == d])[0])
        for source, states in zip(report.sources, report.alone, strict=True):
            called |= {(source.id, p.start) for p, a in zip(source.passages, states, strict=True) if a == "sure"}
    part = [r for r in rows if (r["told_by"], r["start"]) in called]
    n = Counter(r["verdict"] for r in part)
    return (
        f"{title}, called surely alone in two or three articles: {n['right']} right, {n['doubtful']} doubtful,"
        f" {n['wrong']} wrong, {n['nothing']} tell nothing; right, all else as wrong {share_right(part, 0.0)},"
        f" doubtful as half {share_right(part, 0.5)}"
    )


def third_and_fourth() -> str:
    """How far the two readers of the third sample agree, by the verdicts as they stand, whatever is called so now."""
    third, fourth = (
        {(r["told_by"], r["start"]): str(r["verdict"]) for r in map(json.loads, path.read_text("utf-8").splitlines())}
        for path in (THIRD, FOURTH)
    )
    pairs = [(third[place], verdict) for place, verdict in fourth.items()]
    alike, beyond = kappa(pairs, ("right", "doubtful", "wrong", "nothing"))
    parted = Counter(pair for pair in pairs if pair[0] != pair[1])
    told = ", ".join(f"{a} / {b} {n}" for (a, b), n in parted.most_common())
    return (
        f"third sample, read by both: {len(pairs)}, judged alike {alike:.2f}, kappa {beyond:.2f};"
        f" the first's verdict / the other's where they part: {told}"
    )


def main() -> None:
    evaluation = Path(sys.argv[1])
    packaged = alone.alone_below
    for shift in (0.0, *SHIFTS) if "--curve" in sys.argv else (0.0,):
        print(f"limit {shift:+}" if shift else "as packaged")
        alone.alone_below = lambda words, longest, shift=shift: packaged(words, longest) + shift  # type: ignore[assignment,misc]
        for line in against_reader(evaluation):
            print(line, flush=True)
        for name in ("superpal", "superpal_dd", "ecbplus"):
            for pairwise in (True,) if shift else (True, False):
                print(against_gold(evaluation, name, pairwise), flush=True)
    print(gold_against_reader())
    print(against_third_sample(evaluation, THIRD, "third sample"), flush=True)
    print(against_third_sample(evaluation, FOURTH, "third sample, by the other reader"), flush=True)
    print(third_and_fourth(), flush=True)
    for line in against_second_reader(evaluation):
        print(line, flush=True)


if __name__ == "__main__":
    main()
