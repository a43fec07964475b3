"""Loading a folder of 10,000 text files: `python benchmarks/loading.py [COUNT]`.

The files are the texts of the sample corpus, each with a line of its own. Prints files a second of processor time and
of the clock, how long until the first source is there, and the memory at its highest.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from summitreader.sources import read_corpus

SAMPLE = Path(__file__).parents[1] / "sample_corpus"


def main(count: int) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLE.rglob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            text = f"{texts[number % len(texts)]}\n\nThis is number {number}.\n"
            (Path(folder) / f"{number:05}.txt").write_text(text, encoding="utf-8")
        processor, clock = time.process_time(), time.perf_counter()
        coming = read_corpus(folder)
        sources = [next(coming)]
        first = time.perf_counter() - clock
        sources.extend(coming)
        processor, clock = time.process_time() - processor, time.perf_counter() - clock
    size = sum(map(len, texts)) / len(texts)
    print(f"{len(sources)} files of {size:.0f} characters: {count / processor:.0f} a second of processor time,")
    print(f"{count / clock:.0f} a second of the clock; the first after {first * 1000:.0f} ms;")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at the highest")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
