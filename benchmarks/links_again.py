"""What opening a story again costs: `python benchmarks/links_again.py EVAL`.

The longest story of `links/ecbplus` (whole articles) is compared in processes of their own, with an empty cache, again,
and with one article left out, and without a cache; so is a story of 50 sources of 60 passages each that is built, and
one of 30 sources of 40 passages, sentences of that set dealt in turn, which is also begun with 29 sources. CPU
seconds for the comparison, the loading of the engine and its tables included, and how much is kept.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from links_data import block_sources, load_task

from summitreader import Source

RUNS = ("no cache", "first", "again", "one source less", "again")
STORIES = {"real": RUNS, "built": RUNS, "dealt": ("no cache", "one source less", "one source more", "again")}


def real(evaluation: Path) -> list[Source]:
    task = load_task(evaluation, "ecbplus", "full")
    return block_sources(max(task.blocks.values(), key=len))[0]


def built() -> list[Source]:
    rng = random.Random(7)
    words = [f"{a}{b}{c}" for a in "bdfgkl" for b in "aeiou" for c in ("nt", "rm", "st", "lk", "mp", "sh", "rd", "ck")]
    facts = [" ".join(rng.choices(words, k=16)) for _ in range(400)]
    texts = ["\n\n".join(f"The {fact} again." for fact in rng.sample(facts, 60)) for _ in range(50)]
    return [Source.from_text(text, id=f"s{n:02}") for n, text in enumerate(texts)]


def compare_once(sources: list[Source], cache: Path | None) -> str:
    begin = time.process_time()
    from summitreader.comparison import stages

    done = 0.0
    for _ in stages(sources, cache=cache):
        done = time.process_time() - begin
    kept = sum(f.stat().st_size for f in cache.iterdir()) if cache is not None else 0
    return f"{done:.2f} s, {time.process_time() - begin - done:.2f} s more to write; {kept / 1024:.0f} KiB kept"


def main() -> None:
    evaluation = Path(sys.argv[1])
    if len(sys.argv) > 2:
        story, run, cache = sys.argv[2:]
        if story == "dealt":
            from links_speed import many_sources

            sources = many_sources(evaluation, 30, 40)
        else:
            sources = real(evaluation) if story == "real" else built()
        sources = sources[:-1] if run == "one source less" else sources
        print(f"{story}, {len(sources)} sources, {run}: {compare_once(sources, Path(cache) if cache else None)}")
        return
    for story, runs in STORIES.items():
        with tempfile.TemporaryDirectory() as cache:
            for run in runs:
                where = "" if run == "no cache" else cache
                subprocess.run([sys.executable, __file__, str(evaluation), story, run, where], check=True)


if __name__ == "__main__":
    main()
