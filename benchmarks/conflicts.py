"""How right the divergences are: against labelled pairs, against stories that were read and judged, and by time.

    python benchmarks/conflicts.py EVAL                     every table below
    python benchmarks/conflicts.py EVAL --only gold        against what careful readers found, set-aside stories apart
    python benchmarks/conflicts.py EVAL --only numbers      figures in linked sentences, by leaving events out
    python benchmarks/conflicts.py EVAL --only mentions     pairs of figures that are compatible or of other things
    python benchmarks/conflicts.py EVAL --only contradiction
    python benchmarks/conflicts.py EVAL --only stories      what is shown in real stories, by the judged rows
    python benchmarks/conflicts.py EVAL --only time

EVAL is the folder with `gold/`, `stories/`, `conflicts/`, `pairs/` and `links/`. The judged rows are in
judged_divergences.jsonl: document, offsets
and verdict (right, arguable, wrong) of each span, none of the texts, by three readers, and those of a fourth in
judged_divergences_second.jsonl (see judging.py); `--unjudged` prints what has no row yet.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from judging import Row, agreement, kappa, rows_by_judge, shares, verdict_of, wilson

from summitreader import Corpus, Source, compare
from summitreader.comparison import Divergence
from summitreader.comparison.divergence import ALL, CONFLICTS, find_divergences
from summitreader.comparison.divergence.number import SHOWN, number_conflicts
from summitreader.comparison.engine import gc_paused, stages

PAIR_KINDS = CONFLICTS - {"quotation"} | {"update"}


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def compared(a: str, b: str) -> tuple[Divergence, ...]:
    """What the program shows of two passages, each a source of its own."""
    return compare([Source.from_text(a, id="a"), Source.from_text(b, id="b")]).divergences


def precision_recall(shown: Iterable[bool], total: int) -> tuple[float, float, int]:
    flags = list(shown)
    return sum(flags) / max(1, len(flags)), sum(flags) / max(1, total), len(flags)


def numbers(folder: Path) -> None:
    """Pairs of linked sentences with figures on both sides: is a conflict shown where one was labelled?"""
    pairs = rows_of(folder / "conflicts/numbers/pairs.jsonl")
    scores = [max((c.evidence for c in number_conflicts(p["text_a"], p["text_b"])), default=0.0) for p in pairs]
    total = sum(p["label"] for p in pairs)
    p, r, n = precision_recall((x["label"] == 1 for x, s in zip(pairs, scores, strict=True) if s >= SHOWN), total)
    print(f"numbers, the pair alone, evidence >= {SHOWN}: precision {p:.2f} recall {r:.2f} ({n} shown)")

    left_out = []
    for group in sorted({x["group"] for x in pairs}):
        others = [(s, x["label"]) for x, s in zip(pairs, scores, strict=True) if x["group"] != group]
        bound = _bound(others)
        left_out += [x["label"] == 1 for x, s in zip(pairs, scores, strict=True) if x["group"] == group and s >= bound]
    p, r, n = precision_recall(left_out, total)
    print(f"numbers, bound chosen on the other events for the best F1: precision {p:.2f} recall {r:.2f} ({n} shown)")

    events: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for x, s in zip(pairs, scores, strict=True):
        events[x["group"]][0] += s >= SHOWN and x["label"] == 1
        events[x["group"]][1] += s >= SHOWN and x["label"] == 0
        events[x["group"]][2] += x["label"]
    told = {g: e for g, e in events.items() if any(e)}
    print(
        "  by event (right, wrong, labelled):", ", ".join(f"{g} {e[0]},{e[1]},{e[2]}" for g, e in sorted(told.items()))
    )

    shown = [bool({d.kind for d in compared(x["text_a"], x["text_b"])} & {"number", "update"}) for x in pairs]
    p, r, n = precision_recall((x["label"] == 1 for x, s in zip(pairs, shown, strict=True) if s), total)
    print(f"numbers, through compare() as two sources: precision {p:.2f} recall {r:.2f} ({n} shown)")


def _bound(scored: list[tuple[float, int]]) -> float:
    """The evidence at which precision and recall balance best (F1)."""
    total = sum(label for _, label in scored)
    best, bound, right = 0.0, 9.0, 0
    for n, (score, label) in enumerate(sorted(scored, key=lambda s: -s[0]), start=1):
        right += label
        f1 = 2 * right / (n + total)
        if f1 > best:
            best, bound = f1, score
    return bound


def mentions(folder: Path) -> None:
    """Labelled pairs of figures: how many of each label are shown as a conflict (both figures in its spans)."""
    seen: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for x in rows_of(folder / "conflicts/numbers/mentions.jsonl"):
        seen[x["label"]] += 1
        spans = [_place(x["text_a"], x["context_a"]), _place(x["text_b"], x["context_b"])]
        for c in number_conflicts(x["text_a"], x["text_b"]):
            hit = [c.a.value.start < spans[0][1] and spans[0][0] < c.a.value.end]
            hit.append(c.b.value.start < spans[1][1] and spans[1][0] < c.b.value.end)
            if c.evidence >= SHOWN and all(hit):
                shown[x["label"]] += 1
                break
    print("mentions shown as conflicts:", {k: f"{shown[k]}/{n} = {shown[k] / n:.2f}" for k, n in sorted(seen.items())})


def _place(text: str, context: str) -> tuple[int, int]:
    before, rest = context.split("[", 1)
    inside, after = rest.split("]", 1)
    at = text.find(before + inside + after)
    at = max(at, 0)
    return at + len(before), at + len(before) + len(inside)


def contradiction(folder: Path) -> None:
    """Contradictions among pairs of an entailment set: precision at a recall of 0.1, and what is shown at all."""
    rows = rows_of(folder / "pairs/rte3.jsonl")
    scored = []
    for x in rows:
        found = [d.confidence for d in compared(x["text_a"], x["text_b"]) if d.kind in PAIR_KINDS]
        scored.append((max(found, default=0.0), x["label"]))
    total = sum(label for _, label in scored)
    p, r, n = precision_recall((label == 1 for s, label in scored if s > 0), total)
    print(f"rte3, shown by default: precision {p:.2f} recall {r:.2f} ({n} shown of {len(rows)})")
    right = 0
    for n, (score, label) in enumerate(sorted(scored, key=lambda s: -s[0]), start=1):
        right += label
        if right >= 0.1 * total or score == 0:
            print(f"rte3, at recall {right / total:.2f}: precision {right / n:.2f}")
            break


def stories(folder: Path) -> Iterator[tuple[str, tuple[Source, ...]]]:
    """Real stories: the articles of one event, at least four, each article its sentences as paragraphs."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for doc in rows_of(folder / "links/ecbplus/docs.jsonl"):
        groups[doc["group"]].append(doc)
    for group in sorted(groups):
        if len(groups[group]) >= 4:
            yield group, tuple(_source(doc) for doc in groups[group])


def _source(doc: dict[str, Any]) -> Source:
    return Source.from_text("\n\n".join(s["text"] for s in doc["sentences"]), id=doc["doc_id"])


def judged(folder: Path, unjudged: bool) -> None:
    readers = rows_by_judge()
    found = [
        (group, sources, find_divergences(compare(sources), kinds=CONFLICTS)) for group, sources in stories(folder)
    ]
    print(f"stories: {len(found)}")
    for reader, rows in readers.items():
        print(f" by the verdicts of the {reader}")
        verdicts = [(group, d, verdict_of(rows, d)) for group, _, shown in found for d in shown]
        for kind in sorted({d.kind for _, d, _ in verdicts}):
            print(f"  {kind}: {shares(v for _, d, v in verdicts if d.kind == kind)}")
        default = [(group, d, v) for group, d, v in verdicts if d.kind in ALL]
        missing = sum(v == "unjudged" for _, _, v in default)
        print(f"  shown by default: {len(default)}, unjudged {missing}, {shares(v for _, _, v in default)}")
        cases = [(group, d.kind, d.confidence, v == "right") for group, d, v in default if v != "unjudged"]
        as_shown, others = error_of(cases)
        print(f"  error of the confidence over tenths: {as_shown:.2f} as shown, {others:.2f} from other events alone")
        for tenth in sorted({int(sure * 10) for _, _, sure, _ in cases}):
            right = [r for _, _, sure, r in cases if int(sure * 10) == tenth]
            print(f"  confidence {tenth / 10:.1f}: {len(right)} judged, right {sum(right) / len(right):.2f}")
        if unjudged:
            for group, sources, shown in found:
                _print_unjudged(group, sources, [d for d in shown if verdict_of(rows, d) == "unjudged"])
    _print_agreement(readers)


def _print_unjudged(group: str, sources: tuple[Source, ...], shown: list[Divergence]) -> None:
    texts = {s.id: s for s in sources}
    for d in shown:
        print(group, d.kind, round(d.confidence, 2), d.summary)
        for n, span in ((n, span) for n, side in enumerate(d.sides) for span in side.spans):
            s = texts[span.source]
            print("   ", n, span.source, span.start, span.end, s.passage_text(s.passage_at(span.start)))


def _print_agreement(readers: dict[str, list[Row]]) -> None:
    """How far each two readers agree, of all rows that both judged, also where nothing is shown any more."""
    for ours, theirs in combinations(readers, 2):
        cases = agreement(readers[ours], readers[theirs])
        for kind in ["all kinds", *sorted({k for k, _, _ in cases})]:
            pairs = [(a, b) for k, a, b in cases if kind in {k, "all kinds"}]
            alike, beyond = kappa(pairs)
            print(f" {ours} and {theirs}, {kind}: {len(pairs)} cases, judged alike {alike:.2f}, kappa {beyond:.2f}")
    for reader, rows in readers.items():
        for kind in sorted({str(r["kind"]) for r in rows}):
            print(f" all rows of the {reader}, {kind}: {shares(str(r['verdict']) for r in rows if r['kind'] == kind)}")


def error_of(cases: list[tuple[str, str, float, bool]]) -> tuple[float, float]:
    """By how much the confidence errs, over bins of a tenth: as it is shown, and where the share that was right of each
    kind and tenth is counted anew from the cases of the other events (drawn by two cases towards that of all kinds)."""
    as_shown, left_out = [], []
    for group, kind, sure, right in cases:
        others = [r for g, _, _, r in cases if g != group]
        alike = [r for g, k, s, r in cases if g != group and k == kind and int(s * 10) == int(sure * 10)]
        as_shown.append((sure, right))
        left_out.append(((sum(alike) + 2 * sum(others) / max(1, len(others))) / (len(alike) + 2), right))
    return _error(as_shown), _error(left_out)


def _error(pairs: list[tuple[float, bool]]) -> float:
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in pairs:
        bins[int(sure * 10)].append((sure, right))
    gaps = (abs(sum(s for s, _ in b) - sum(r for _, r in b)) for b in bins.values())
    return sum(gaps) / max(1, len(pairs))


def clock() -> None:
    """Thirty sources of forty passages: CPU seconds of the divergences alone, after the links, as `compare` looks for
    them (nothing of the passages read yet); and again with all of them read, as after a setting is changed."""
    sources = [Source.from_text(_made_up(n), id=f"s{n:02d}") for n in range(30)]
    before = after = 0.0
    for report in stages(sources):  # noqa: B007 - the last is the whole
        before, after = after, time.process_time()
    with gc_paused():
        start = time.process_time()
        find_divergences(report)
        again = time.process_time() - start
    links = len(report.links)
    print(f"time: {after - before:.2f} s CPU for 30 sources of 40 passages, {links} links; again {again:.2f} s")


def _made_up(n: int) -> str:
    """Forty sentences that partly tell what the other sources tell, with figures that drift from source to source."""
    places = ("harbour", "bridge", "station", "market", "school", "museum", "tower", "garden", "river", "airport")
    lines = []
    for k in range(40):
        place = places[(k * 7 + n) % 10] if k % 3 else places[k % 10]
        lines.append(
            f"Officials said {k + 3 + (n + k) % 4} people were injured near the {place} when barrier number {k} gave "
            f"way on {'Friday' if (n + k) % 5 else 'Thursday'}, and repairs would cost ${k + n % 3}.5 million."
        )
    return "\n\n".join(lines)


SET_ASIDE = frozenset(["09", "19", "29", "39", "49", "59", "69", "79", "89", "99"])
"""Stories that no rule was made on; they are run, and reported apart."""


def gold(folder: Path) -> None:
    """What careful readers found in real stories without a program, held against what is shown: stories that rules were
    made on, and stories set aside. What is shown and meets nothing in the gold is not thereby wrong."""
    paths = sorted((folder / "gold").glob("*.jsonl"))
    for name, chosen in (
        ("seen", [p for p in paths if p.stem not in SET_ASIDE]),
        ("set aside", [p for p in paths if p.stem in SET_ASIDE]),
    ):
        count: Counter[tuple[str, ...]] = Counter()
        cases: list[tuple[float, bool]] = []
        for path in chosen:
            _held_against_gold(folder / "stories" / path.stem, rows_of(path), count, cases)
        print(f"gold, {len(chosen)} stories {name}:")
        for what, meets, misses in (
            ("conflicts shown that meet the gold", ("shown", "met"), ("shown", "unknown")),
            ("hard conflicts found", ("hard", "found"), ("hard", "missed")),
            ("soft conflicts found", ("soft", "found"), ("soft", "missed")),
            ("stories that show at least one of the gold", ("story", "met"), ("story", "none")),
            ("silent that meet the gold", ("silent", "met"), ("silent", "unknown")),
            ("important omissions found", ("important", "found"), ("important", "missed")),
        ):
            n = count[meets] + count[misses]
            low, high = wilson(count[meets], n)
            print(f"  {what}: {count[meets]} of {n} = {count[meets] / max(1, n):.2f} ({low:.2f}-{high:.2f})")
        print(f"  error of the confidence of conflicts, what meets the gold taken as right: {_error(cases):.2f}")


def _held_against_gold(
    story: Path, rows: list[dict[str, Any]], count: Counter[tuple[str, ...]], cases: list[tuple[float, bool]]
) -> None:
    report = compare(Corpus.load(str(story)).sources)
    file = {s.id: Path(s.path or s.id).name for s in report.sources}

    def meet(divergence: Divergence, places: list[dict[str, Any]]) -> bool:
        return any(
            file[s.source] == p["source"] and s.start < p["end"] and p["start"] < s.end
            for s in divergence.spans
            for p in places
        )

    conflicts = [row for row in rows if row["type"] == "conflict"]
    omissions = [row for row in rows if row["type"] == "omission"]
    found: set[int] = set()
    for d in report.divergences:
        if d.kind in CONFLICTS or d.kind == "update":
            met = {n for n, c in enumerate(conflicts) if sum(meet(d, side["at"]) for side in c["sides"]) > 1}
            count["shown", "met" if met else "unknown"] += 1
            cases.append((d.confidence, bool(met)))
            found |= met
    for n, row in enumerate(conflicts):
        count[row["weight"], "found" if n in found else "missed"] += 1
    count["story", "met" if found else "none"] += 1
    left_out: set[int] = set()
    for d in report.divergences:
        if d.kind == "silent":
            silent = {file[s] for s in d.silent}
            met = {n for n, row in enumerate(omissions) if silent & set(row["silent"]) and meet(d, row["at"])}
            count["silent", "met" if met else "unknown"] += 1
            left_out |= met
    for n, row in enumerate(omissions):
        count[row["weight"], "found" if n in left_out else "missed"] += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=["gold", "numbers", "mentions", "contradiction", "stories", "time"])
    parser.add_argument("--unjudged", action="store_true")
    args = parser.parse_args()
    if args.only in {None, "gold"}:
        gold(args.folder)
    if args.only in {None, "numbers"}:
        numbers(args.folder)
    if args.only in {None, "mentions"}:
        mentions(args.folder)
    if args.only in {None, "contradiction"}:
        contradiction(args.folder)
    if args.only in {None, "stories"}:
        judged(args.folder, args.unjudged)
    if args.only in {None, "time"}:
        clock()


if __name__ == "__main__":
    main()
