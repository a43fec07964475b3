"""Whether loading and comparing grow in step with the text, also where the text is made to hurt.

    python benchmarks/growth.py [--size N] [--only WORDS] [--readers]

Each unit is repeated to N and to 2N code points, loaded as an article and as plain text, and compared with a calm text.
Twice the text should take twice the time; the table lists a step that takes more than three times as much, and at
least a tenth of a second. CPU time, the better of two runs. The exit status is 0 where nothing is listed.

With `--readers`, the files of tests/unit/sources/test_growth.py instead, doubled up to a megabyte, read
by their reader: the exponent of the last two doublings, and for what takes more than five seconds the sentence with
which the program refuses it.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from summitreader import Corpus, Source, compare
from summitreader.sources import isolation

UNITS = {
    **{c: c for c in "[](){}<>“”‘’\"'«»*_~`#>-–—.,;:!?…&@/\\|=+^$%0aA"},
    **{f"{c}, blank": f"{c} " for c in "[(“\"'*_#>-.a1A"},
    "line ends": "\n",
    "blank lines": "\n \n",
    "lines": "x\n",
    "paragraphs": "It rained.\n\n",
    "one paragraph": "It rained. ",
    "initials": "A. B. ",
    "titles": "Mr. ",
    "said": "he said ",
    "that": "said that ",
    "quotations": "“Yes,” she said. ",
    "open quotations": "“Yes, she said. ",
    "quoted paragraphs": "“Yes, and no.\n\n",
    "numbers": "12 people, ",
    "dates": "on Monday 3 March 2025 ",
    "times": "at 6.40am ",
    "names": "Mary Ann Smith and ",
    "one long name": "Mary Ann ",
    "commas": "one, two, ",
    "links": "[a](b) ",
    "open links": "[a](",
    "headings": "# a\n\n",
    "rules": "---\n",
    "front matter": "---\na: b\n",
    "fields": "Date: Monday\n",
    "Korean": "말했다",
    "Chinese": "他说：“好。”",
    "combining": "e\u0301",
    "one accent on another": "\u0301",
    "joiners": "\u200d",
}
CALM = "Officials said on Monday that at least 12 people were killed.\n\nThe bridge was closed, a spokeswoman said.\n"


def steps(text: str) -> dict[str, Callable[[], object]]:
    calm = Source.from_text(CALM, id="calm")
    loaded = Source.from_text(text, id="loaded")
    return {
        "load article": lambda: Source.from_text(text, id="loaded", article=True),
        "load text": lambda: Source.from_text(text, id="loaded"),
        "compare": lambda: compare([loaded, calm]),
        "compare with itself": lambda: compare([loaded, Source.from_text(text, id="twin")]),
    }


def seconds(step: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(2):
        begun = time.process_time()
        step()
        best = min(best, time.process_time() - begun)
    return best


def readers(only: str) -> int:
    """How many readers take more than the power 1.3 of the length and are not ended by the limits."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from tests.unit.sources.test_growth import CASES, MOST, read_seconds

    bad = 0
    print("| file | exponent | of a megabyte | refused |\n|---|--:|--:|---|")
    for name, make in CASES.items():
        if only not in name:
            continue
        short, long = (min(read_seconds(name, make(size)) for _ in range(2)) for size in (1 << 18, 1 << 20))
        exponent = math.log(max(long, 0.001) / max(short, 0.001), 4)
        refused = ""
        if long > isolation.SECONDS:
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / name).write_bytes(make(1 << 20))
                refused = " ".join(skipped.reason for skipped in Corpus.load([folder]).skipped)
        wrong = not refused and (long > isolation.SECONDS or (long > 0.25 and exponent > MOST))
        bad += wrong
        print(f"| {name} | {exponent:.2f}{' !' if wrong else ''} | {long:.2f} s | {refused} |", flush=True)
    print(f"\n{bad} of {len(CASES)} grow too fast")
    return bad


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--size", type=int, default=10_000, help="code points of the shorter text")
    parser.add_argument("--only", default="", help="units whose name holds this")
    parser.add_argument("--readers", action="store_true", help="files in place of texts")
    options = parser.parse_args()
    if options.readers:
        return int(readers(options.only) > 0)
    bad = 0
    print("| unit | step | N | 2N | times |\n|---|---|--:|--:|--:|")
    for name, unit in UNITS.items():
        if options.only not in name:
            continue
        one, two = (unit * (n // len(unit)) for n in (options.size, 2 * options.size))
        for (step, short), long in zip(steps(one).items(), steps(two).values(), strict=True):
            try:
                a, b = seconds(short), seconds(long)
            except Exception as error:
                bad += 1
                print(f"| {name} | {step} | | | {type(error).__name__}: {ascii(str(error))[:80]} |", flush=True)
                continue
            if b > 0.1 and b > 3 * a:
                bad += 1
                print(f"| {name} | {step} | {a:.2f} s | {b:.2f} s | {b / a:.1f} |", flush=True)
    print(f"\n{bad} of {4 * len(UNITS)} grow too fast" if not options.only else f"\n{bad} grow too fast")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
