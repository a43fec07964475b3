"""How long linking takes, beside plain ways to do less, in one run: `python benchmarks/links_speed.py EVAL [--quick]`.

CPU seconds of this process (`time.process_time`), the best of a few runs; what is measured is `link_sources` on sources
that are already built, once warm. Memory is what one run adds at its peak (`tracemalloc`, in a run of its own).
Texts: the sentences of `links/ecbplus`, dealt in turn to two texts, and `links/bible_kjv_web` for the long ones.
"""

from __future__ import annotations

import argparse
import difflib
import json
import math
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from links_baselines import STOP

from summitreader import Source
from summitreader.comparison.linking import link_sources


def plain_index(left: Sequence[str], right: Sequence[str]) -> list[int]:
    """TF-IDF over words, stop words out, an inverted index: for each sentence of `left` the most alike of `right`."""
    bags = [Counter(w for w in re.findall(r"\w+", s.lower()) if w not in STOP) for s in [*left, *right]]
    df: Counter[str] = Counter()
    for bag in bags:
        df.update(bag.keys())
    n = len(bags)
    vectors = []
    for bag in bags:
        vector = {w: c * math.log((n + 1) / (df[w] + 0.5)) for w, c in bag.items()}
        length = math.sqrt(sum(v * v for v in vector.values())) or 1.0
        vectors.append({w: v / length for w, v in vector.items()})
    postings: dict[str, list[tuple[int, float]]] = {}
    for j, vector in enumerate(vectors[len(left) :]):
        for w, v in vector.items():
            postings.setdefault(w, []).append((j, v))
    best = []
    for vector in vectors[: len(left)]:
        found: dict[int, float] = {}
        for w, v in vector.items():
            for j, u in postings.get(w, ()):
                found[j] = found.get(j, 0.0) + u * v
        best.append(max(found, key=found.__getitem__) if found else -1)
    return best


def token_set_cdist(left: Sequence[str], right: Sequence[str]) -> object:
    from rapidfuzz import fuzz, process

    return process.cdist(left, right, scorer=fuzz.token_set_ratio)


def difflib_words(left: Sequence[str], right: Sequence[str]) -> object:
    return difflib.SequenceMatcher(None, " ".join(left).split(), " ".join(right).split(), False).get_opcodes()


def link(sources: Sequence[Source]) -> object:
    return link_sources(sources)


def seconds(work: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def sentences(source: Source) -> list[str]:
    return [source.passage_text(p) for p in range(len(source.passages))]


def news(evaluation: Path) -> tuple[list[str], list[str]]:
    left: list[str] = []
    right: list[str] = []
    with (evaluation / "links/ecbplus/docs.jsonl").open(encoding="utf-8") as lines:
        for n, line in enumerate(lines):
            (left if n % 2 else right).extend(" ".join(s["text"].split()) for s in json.loads(line)["sentences"])
    return left, right


def bible(evaluation: Path) -> tuple[list[str], list[str]]:
    sides: dict[str, list[str]] = {"a": [], "b": []}
    with (evaluation / "links/bible_kjv_web/docs.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            sides[document["side"]].extend(" ".join(s["text"].split()) for s in document["sentences"])
    return sides["a"], sides["b"]


def cut(texts: Sequence[str], words: int) -> list[str]:
    out, count = [], 0
    for text in texts:
        if count >= words:
            break
        out.append(text)
        count += len(text.split())
    return out


def as_source(texts: Sequence[str], name: str) -> Source:
    return Source.from_text("\n\n".join(t or "-" for t in texts), id=name, language="en")


def peak(evaluation: Path, what: str) -> float:
    """Mebibytes at the peak of a fresh process that builds and links `what`, the data and the program included.

    From `VmHWM`, which begins anew with the program; what `getrusage` gives begins with the process that started it.
    """
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import links_speed as s; from pathlib import Path\n"
        "s.run_once(Path(sys.argv[2]), sys.argv[3])\n"
        "print(next(int(l.split()[1]) for l in open('/proc/self/status') if l.startswith('VmHWM')) / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent), str(evaluation), what],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout.split()[-1])


def run_once(evaluation: Path, what: str) -> None:
    left, right = pair_of(evaluation, what)
    link([as_source(left, "a"), as_source(right, "b")])


def pair_of(evaluation: Path, what: str) -> tuple[list[str], list[str]]:
    kind, _, words = what.partition(":")
    left, right = news(evaluation) if kind == "news" else bible(evaluation)
    size = int(words) if words else 10**9
    return cut(left, size), cut(right, size)


def measured(left: list[str], right: list[str]) -> dict[str, float]:
    """Seconds of linking, and of the plain ways that end in reasonable time."""
    pair = [as_source(left, "a"), as_source(right, "b")]
    mine, theirs = sentences(pair[0]), sentences(pair[1])
    times = 1 if len(mine) > 8000 else 3
    row = {"first": seconds(lambda: link(pair), 1), "linking": seconds(lambda: link(pair), times)}
    row["plain index"] = seconds(lambda: plain_index(mine, theirs), times)
    if len(mine) < 3000:
        row["token_set_ratio"] = seconds(lambda: token_set_cdist(mine, theirs), 1)
    if len(mine) < 300:
        row["difflib"] = seconds(lambda: difflib_words(mine, theirs), 1)
    return row


def exponent(short: float, long: float, times: float) -> float:
    """The power of the length with which the cost grows, from what a text and one `times` as long take."""
    return math.log(long / short) / math.log(times)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("evaluation", type=Path)
    ask.add_argument("--quick", action="store_true", help="leave out what takes over ten seconds")
    options = ask.parse_args()
    whats = ["news:500", "news:5000", "news:50000", "bible:5000", "bible:50000"]
    if not options.quick:
        whats += ["bible:200000", "bible"]
    taken = {}
    for what in whats:
        left, right = pair_of(options.evaluation, what)
        taken[what] = measured(left, right)
        figures = "  ".join(f"{name} {value:.3f}" for name, value in taken[what].items())
        ratio = taken[what]["linking"] / taken[what]["plain index"]
        print(f"{what:14} {len(left)}+{len(right)} passages {figures}  linking by plain index {ratio:.2f}", flush=True)
    words = 50_000 if options.quick else 200_000
    for way in ("linking", "plain index"):
        grown = exponent(taken["bible:5000"][way], taken[f"bible:{words}"][way], words / 5000)
        print(f"growth from 5,000 to {words:,} words, {way}: exponent {grown:.2f}")
    many = many_sources(options.evaluation)
    first, again = seconds(lambda: link(many), 1), seconds(lambda: link(many), 2)
    print(f"50 sources of 60 passages: first {first:.2f} s, then {again:.2f}")
    print("peak, news:50000:", round(peak(options.evaluation, "news:50000")), "MiB in all")
    print("peak of this process:", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MiB")


def many_sources(evaluation: Path, count: int = 50, passages: int = 60) -> list[Source]:
    left, right = news(evaluation)
    texts = [t for pair in zip(left, right, strict=False) for t in pair]
    return [as_source(texts[n::count][:passages], f"s{n:02}") for n in range(count)]


if __name__ == "__main__":
    main()
