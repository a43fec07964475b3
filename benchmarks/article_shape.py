"""Account, furniture and language on real articles: `python benchmarks/article_shape.py EVAL [--show]`.

EVAL is the folder that holds `quotations/polnear`: 840 English news articles. Prints how many of their first 100, 200
and 400 characters are found to be English, in another language, or in none; and how many paragraphs are taken for
boilerplate, and how many for something else that is no part of the account (`--show` prints them, to be judged).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from summitreader import Source
from summitreader.text import BlockKind
from summitreader.text.languages import language_of

LENGTHS = (100, 200, 400)
ACCOUNT = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path, metavar="EVAL")
    parser.add_argument("--show", action="store_true", help="print what is taken for no part of the account")
    a = parser.parse_args()
    lines = (a.eval / "quotations" / "polnear" / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    for length in LENGTHS:
        found = Counter(language_of(text[:length]) for text in texts)
        english, none = found.pop("en", 0), found.pop(None, 0)
        print(f"first {length} characters: English {english}, none {none}, another {sum(found.values())}")
    kinds: Counter[str] = Counter()
    for text in texts:
        source = Source.from_text(text, id="a", article=True)
        for block in source.blocks:
            kinds[block.kind] += 1
            if a.show and block.kind not in ACCOUNT:
                print(f"{block.kind}: {text[block.start : block.end][:160]!r}")
    print(f"{len(texts)} articles: " + ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))


if __name__ == "__main__":
    main()
