"""Saved pages against what is in them, beside trafilatura: `python benchmarks/sources.py FOLDER [--show]`.

FOLDER has pages (`NAME.html` or `NAME.html.gz`, also in a folder `html`) and `ground-truth.json`, an object of what is
right for each NAME: `articleBody` (or `text`), `title`, `author`, `datePublished` (or `date`); what is left out is not
counted. The form is that of the article extraction benchmark of Zyte (scrapinghub/article-extraction-benchmark).

Text: precision, recall and F1 by runs of four words, the mean over pages. Title, author, date: how many are the same,
another, or absent. An author is the same where all names are, in any order; a date is compared by its day.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction

from summitreader.sources.loader import source_of
from summitreader.sources.model import UnreadableFile
from summitreader.sources.readers.web import read_html
from summitreader.text import TOLD

RUN = 4
FIELDS = ("title", "author", "date")


@dataclass(frozen=True)
class Read:
    """What one program makes of a page."""

    text: str
    title: str | None = None
    author: str | None = None
    date: str | None = None


def by_summitreader(data: bytes, name: str) -> Read:
    try:
        document = next(iter(read_html(data, name)))
    except UnreadableFile:
        return Read("")
    source = source_of(document, name)
    text = "\n".join(source.text[block.start : block.end] for block in source.blocks if block.kind in TOLD)
    return Read(text, source.title, source.author, (source.published or "")[:10] or None)


def by_trafilatura(data: bytes, name: str) -> Read:
    found = bare_extraction(data, with_metadata=True, include_comments=False)
    if found is None:
        return Read("")
    return Read(found.text or "", found.title, found.author, found.date)


def runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1)) if words)


def overlap(found: str, right: str) -> tuple[float, float]:
    """Precision and recall."""
    a, b = runs(found), runs(right)
    both = sum((a & b).values())
    return both / max(1, sum(a.values())), both / max(1, sum(b.values()))


def same(field: str, found: str, right: str) -> bool:
    if field == "date":
        return found[:10] == right[:10]
    parts = re.split(r"[;,]| and ", found), re.split(r"[;,]| and ", right)
    plain = [sorted(" ".join(re.findall(r"\w+", part.lower())) for part in side if part.strip()) for side in parts]
    return plain[0] == plain[1]


def pages(folder: Path) -> list[tuple[str, bytes, dict[str, Any]]]:
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    found = []
    for name, right in sorted(truth.items()):
        for path in (folder / "html" / f"{name}.html.gz", folder / f"{name}.html.gz", folder / "html" / f"{name}.html",
                     folder / f"{name}.html"):  # fmt: skip
            if path.is_file():
                data = path.read_bytes()
                found.append((name, gzip.decompress(data) if path.suffix == ".gz" else data, right))
                break
    return found


def measure(read: Callable[[bytes, str], Read], all_pages: list[tuple[str, bytes, dict[str, Any]]], show: bool) -> str:
    scores: list[tuple[float, float]] = []
    counts = {field: Counter[str]() for field in FIELDS}
    for name, data, right in all_pages:
        found = read(data, f"{name}.html")
        body = right.get("articleBody") or right.get("text")
        if body:
            scores.append(overlap(found.text, body))
            if show and 2 * scores[-1][0] * scores[-1][1] / (sum(scores[-1]) or 1) < 0.9:
                print(f"  {name}: precision {scores[-1][0]:.2f}, recall {scores[-1][1]:.2f}")
        for field in FIELDS:
            wanted = right.get({"date": "datePublished"}.get(field, field)) or right.get(field)
            if isinstance(wanted, str) and wanted:
                value = getattr(found, field)
                verdict = "absent" if not value else "right" if same(field, value, wanted) else "other"
                counts[field][verdict] += 1
                if show and verdict != "right":
                    print(f"  {name}: {field} {value!r}, not {wanted!r}")
    precision, recall = (sum(score[n] for score in scores) / max(1, len(scores)) for n in (0, 1))
    f1 = 2 * precision * recall / (precision + recall or 1)
    said = "; ".join(
        f"{field} {c['right']} right, {c['other']} other, {c['absent']} absent" for field, c in counts.items() if c
    )
    return f"text of {len(scores)} pages: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}; {said}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--show", action="store_true", help="print pages below 0.9 and fields that are not right")
    a = parser.parse_args()
    all_pages = pages(a.folder)
    print("summitreader:", measure(by_summitreader, all_pages, a.show))
    print("trafilatura: ", measure(by_trafilatura, all_pages, False))


if __name__ == "__main__":
    main()
