"""What reading once would fold: `python benchmarks/folding.py [FOLDER ...] [--show]`.

For each source of the sample stories (or of each FOLDER, a story each) all the others count as read. Prints how many of
its passages a link joins to what was read, and how many are folded; `--show` prints the folded ones with what told them
before, to be judged.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from summitreader import Corpus, compare
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.read_state import Seen, may_fold, told_before

SAMPLE = Path(__file__).parents[1] / "sample_corpus"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--show", action="store_true", help="print what is folded")
    a = parser.parse_args()
    all_linked = all_folded = 0
    for folder in a.folders or sorted(path for path in SAMPLE.iterdir() if path.is_dir()):
        index = StoryIndex(compare(Corpus.load(folder).sources))
        linked = folded = 0
        for number, source in enumerate(index.sources):
            seen = Seen(index.sources, {})
            seen.add((n, p) for n, s in enumerate(index.sources) if n != number for p in range(len(s.passages)))
            for passage in range(len(source.passages)):
                before = told_before(index, seen, number, passage)
                linked += bool(before)
                if may_fold(index, seen, number, passage):
                    folded += 1
                    if a.show:
                        print(f"\n{source.passage_text(passage)}")
                        print("\n".join(f"    {index.sources[n].passage_text(p)}" for n, p in before))
        print(f"{folder.name}: {linked} passages with a link to what was read, {folded} folded")
        all_linked, all_folded = all_linked + linked, all_folded + folded
    print(f"in all: {all_linked}, {all_folded}")


if __name__ == "__main__":
    main()
