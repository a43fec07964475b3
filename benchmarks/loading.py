"""Loading a folder of 10,000 text files: `python benchmarks/loading.py [COUNT]`.

The files are the texts of the sample corpus, each with a line of its own. Prints files a second of processor time and
of the clock (read, passages cut, language found), how long until the reader has a story to show and how many files were
read by then, how long the stories of the folder are looked for, and the memory at its highest.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from summitreader.sources.loader import load_corpus
from summitreader.sources.model import Arrival, LoadRequest

SAMPLE = Path(__file__).parents[1] / "sample_corpus"


def main(count: int) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLE.rglob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            text = f"{texts[number % len(texts)]}\n\nThis is number {number}.\n"
            (Path(folder) / f"{number:05}.txt").write_text(text, encoding="utf-8")
        processor, clock = time.process_time(), time.perf_counter()
        read, first = 0, ""
        for part in load_corpus(folder, LoadRequest()):
            if isinstance(part, Arrival):
                read += len(part.items)
                if part.story and not first:
                    first = f"{1000 * (time.perf_counter() - clock):.0f} ms, when {read} were read"
                done = time.process_time() - processor, time.perf_counter() - clock
        sorting = time.perf_counter() - clock - done[1]
    size = sum(map(len, texts)) / len(texts)
    print(f"{read} files of {size:.0f} characters: {read / done[0]:.0f} a second of processor time,")
    print(f"{read / done[1]:.0f} a second of the clock; the first story after {first};")
    print(f"stories looked for in {sorting:.1f} s; ", end="")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at the highest")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
