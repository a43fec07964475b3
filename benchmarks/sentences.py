"""Sentence boundaries against marked texts: `python benchmarks/sentences.py ../shared/eval/sentences/dev.jsonl`.

Prints the F1 over inner boundaries and the share of texts cut exactly, of the segmenter alone and with our pass.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from summitreader.text.sentences import DEFAULT, sentence_spans


def ours(text: str, language: str) -> set[int]:
    """Our ends, as the marks have them: with the white space after a sentence counted with it."""
    return {span.start for span in sentence_spans(text, language)[1:]}


def alone(text: str, language: str) -> set[int]:
    return set(DEFAULT.ends(text, language)[:-1])


def main(path: str) -> None:
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    for name, cut in ((DEFAULT.name, alone), (f"{DEFAULT.name} and our pass", ours)):
        right = wrong = missed = exact = 0
        for row in rows:
            truth, found = set(row["ends"][:-1]), cut(row["text"], row["language"])
            right, wrong, missed = right + len(truth & found), wrong + len(found - truth), missed + len(truth - found)
            exact += truth == found
            if truth != found and cut is ours:
                print(f"  differs: {row['text']} | marked {sorted(truth)} | found {sorted(found)}", file=sys.stderr)
        print(f"{name}: F1 {2 * right / (2 * right + wrong + missed):.3f}, exact {exact}/{len(rows)}")


if __name__ == "__main__":
    main(sys.argv[1])
