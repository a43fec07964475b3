"""Whether loading and comparing grow in step with the text, also where the text is made to hurt.

    python benchmarks/growth.py [--size N] [--only WORDS]

Each unit is repeated to N and to 2N code points, loaded as an article and as plain text, and compared with a calm text.
Twice the text should take twice the time; the table lists a step that takes more than three times as much, and at
least a tenth of a second. CPU time, the better of two runs. The exit status is 0 where nothing is listed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from summitreader import Source, compare

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


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--size", type=int, default=10_000, help="code points of the shorter text")
    parser.add_argument("--only", default="", help="units whose name holds this")
    options = parser.parse_args()
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
