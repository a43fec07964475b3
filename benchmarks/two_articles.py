"""What the program shows of two accounts of one summit, against what a careful reader sees in them.

    python benchmarks/two_articles.py FOLDER [--write FILE | --check FILE]

FOLDER holds the two articles; the first in order of its name is A, the other B. What is looked for stands in
two_articles.json, in words of its own and the least of theirs. Conflicts that must be shown are looked for with the
kinds that are on by default, those that must not with every kind on. `--write` puts the table into FILE between its
marks.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from summitreader import Corpus, Source, compare
from summitreader.comparison import Divergence, Report
from summitreader.comparison.divergence import ALL, CONFLICTS, find_divergences

SEEN = Path(__file__).with_name("two_articles.json")
START, END = "<!-- table: made by benchmarks/two_articles.py -->", "<!-- end of table -->"

Place = tuple[str, int, int]


class Reading:
    """The comparison of the two, with what is asked of it often."""

    def __init__(self, folder: Path) -> None:
        self.report: Report = compare(Corpus.load(folder).sources)
        self.texts: dict[str, Source] = dict(zip("AB", self.report.sources, strict=False))
        self.by_default = find_divergences(self.report, kinds=ALL)
        self.with_all = find_divergences(self.report, kinds=ALL)

    def places(self, letter: str, words: str) -> list[Place]:
        """Every place at which `words` stand in a passage that tells the event, in A or in B ("B2" is B too)."""
        source = self.texts[letter[0]]
        found, at = [], source.text.find(words)
        while at >= 0:
            if source.is_told(source.passage_at(at)):
                found.append((source.id, at, at + len(words)))
            at = source.text.find(words, at + 1)
        return found

    def passages(self, entry: dict[str, Any]) -> set[tuple[str, int]]:
        sources = {s.id: s for s in self.report.sources}
        return {
            (source, sources[source].passage_at(start))
            for letter, words in entry["words"].items()
            for source, start, _ in self.places(letter, words)
        }


def touches(divergence: Divergence, places: Iterable[Place]) -> bool:
    return any(
        s.source == source and s.start < end and start < s.end
        for s in divergence.spans
        for source, start, end in places
    )


def all_met(reading: Reading, divergence: Divergence, entry: dict[str, Any]) -> bool:
    return all(touches(divergence, reading.places(letter, words)) for letter, words in entry["words"].items())


def outcome(reading: Reading, entry: dict[str, Any]) -> tuple[bool, str]:
    """Whether it is as it should be, and in words what the program shows."""
    want = entry["want"]
    kinds = set(entry.get("kinds", CONFLICTS))
    if want == "conflict":
        shown = [d for d in reading.by_default if d.kind in kinds and all_met(reading, d, entry)]
        return bool(shown), f"`{shown[0].kind}`" if shown else "not shown"
    if want == "no conflict":
        shown = [d for d in reading.with_all if d.kind in kinds and all_met(reading, d, entry)]
        return not shown, f"`{shown[0].kind}`" if shown else "nothing is shown"
    if want in {"says-silent", "placement"}:
        shown = [d for d in reading.by_default if d.kind == want and all_met(reading, d, entry)]
        return bool(shown), f"`{want}`" if shown else "not shown"
    if want == "wording":
        return _wording(reading, entry)
    if want == "alone":
        return _alone(reading, entry)
    if want == "speaker":
        return _speaker(reading, entry)
    told = reading.passages(entry)
    return not told, "compared with the rest" if told else "left out"


def _wording(reading: Reading, entry: dict[str, Any]) -> tuple[bool, str]:
    quoted = {
        q.id
        for letter, words in entry["words"].items()
        for source, start, end in reading.places(letter, words)
        for q in reading.report.quotations
        if q.source == source and q.start < end and start < q.end
    }
    one = [u for u in reading.report.utterances if len(quoted & set(u.quotations)) >= len(entry["words"])]
    return bool(one), f"one utterance, {one[0].relation}, word by word in the Quotations view" if one else "not shown"


def _alone(reading: Reading, entry: dict[str, Any]) -> tuple[bool, str]:
    order = {s.id: n for n, s in enumerate(reading.report.sources)}
    states = {str(reading.report.alone[order[source]][n]) for source, n in reading.passages(entry)}
    if "sure" in states:
        return True, "surely told here only"
    return False, "part of a passage that is linked" if states == {"no"} else "not sure enough to say so"


def _speaker(reading: Reading, entry: dict[str, Any]) -> tuple[bool, str]:
    over = [
        q
        for letter, words in entry["words"].items()
        for source, start, end in reading.places(letter, words)
        for q in reading.report.quotations
        if q.source == source and q.start < end and start < q.end
    ]
    shown = ""
    for q in over:
        name = (q.speaker.name if q.speaker else None) or "nobody"
        via = [m.name or "" for m in q.via]
        shown = shown or f"{name}{' through ' + ', '.join(via) if via else ''}"
        if entry["speaker"] in name and ("via" not in entry or any(entry["via"] in v for v in via)):
            return True, f"{name}{' through ' + ', '.join(via) if via else ''}"
    return False, shown or "no quotation"


def table(reading: Reading) -> tuple[str, int, int]:
    """The rows as markdown, and how many of how many are as they should be."""
    seen = json.loads(SEEN.read_text(encoding="utf-8"))["seen"]
    results = [(entry, *outcome(reading, entry)) for entry in seen]
    lines = ["| what a careful reader sees | | what is shown |", "|---|---|---|"]
    for entry, right, words in results:
        good = "found" if entry["want"] not in {"no conflict", "left out"} else "right"
        lines.append(f"| {entry['id']}: {entry['sees']} | {good if right else '**missed**'} | {words} |")
    return "\n".join(lines), sum(right for _, right, _ in results), len(results)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--write", type=Path)
    where.add_argument("--check", type=Path)
    args = parser.parse_args()
    rows, right, total = table(Reading(args.folder))
    made = f"{START}\n\n{right} of {total} as they should be.\n\n{rows}\n\n{END}"
    path: Path | None = args.write or args.check
    if path is not None:
        text = path.read_text(encoding="utf-8")
        before, rest = text.split(START, 1)
        wanted = before + made + rest.split(END, 1)[1]
        if args.write:
            path.write_text(wanted, encoding="utf-8")
        elif text != wanted:
            sys.exit(f"{path}: its table of the two articles is not what the program shows now; run with --write.")
    else:
        print(made)


if __name__ == "__main__":
    main()
