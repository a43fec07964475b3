"""Quotations and notes over a hostile alphabet, through every export and back to the letter: `exports.py [--many N]`.

N quotations (10,000 unless said) with a note each are written as markdown, as clean markdown, as a page, and as both
Word documents. They are read back with libraries that did not write them: markdown-it and mistune, html5lib and the
standard library's HTML parser, and docx2python where it is installed, else ElementTree. A second export must change
nothing, and what a person wrote between the regions must be there after a third with one note more. Needs the extras
`docx` and `dev`. Prints what was read back and exits with 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import html5lib

from summitreader.comparison import Report
from summitreader.export.docx import docx, read_docx
from summitreader.export.docx_notes import docx_notes
from summitreader.export.escaping import visible
from summitreader.export.files import write_export
from summitreader.export.markdown import markdown
from summitreader.export.page import page
from summitreader.export.verify import docx_quotations, page_quotations, quotations
from summitreader.notes.model import Annotation
from summitreader.notes.store import Store
from summitreader.text import Source

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.unit.export.rendering import HOSTILE, PARSERS, quotation

_BATCH = 250
_BY_HAND = "What a person wrote here, with **marks** of its own."


def batch(rng: random.Random, folder: Path, number: int) -> tuple[Source, list[Annotation]]:
    """A source of hostile sentences with a note on each."""
    text = "\n\n".join(f"Now {_words(rng, 25)} end." for _ in range(_BATCH))
    source = Source.from_text(text, id=f"{number}.txt", title=_words(rng, 9), outlet=_words(rng, 9))
    with Store.open(folder / str(number)) as store:
        for p in source.passages[:_BATCH]:
            store.add([(source, p.start, p.end)], f"n{_words(rng, 15)}n", root=folder)
        return source, store.for_sources([source], root=folder)


def _words(rng: random.Random, most: int) -> str:
    return "".join(rng.choice(HOSTILE) for _ in range(rng.randrange(1, most)))


def lost(wanted: Iterable[str], found: Iterable[str]) -> int:
    """How many of the texts that were wanted were not found."""
    return sum((Counter(wanted) - Counter(found)).values())


def in_markdown(notes: list[Annotation], text: str, parser: Callable[[str], str]) -> int:
    """Quotations that `parser` reads otherwise: each block quotation of the document rendered by itself."""
    blocks = re.findall(r"(?m)(?:^>.*\n)+", text)
    read = [quotation(parser(block)) for block in blocks]
    return lost((_spaced(visible(n.targets[0].quote)) for n in notes), (_spaced(words or "") for words in read))


def _spaced(words: str) -> str:
    """A line end and a hard break are one thing to a parser."""
    return re.sub(r"<br ?/?>\n?|\n", "\n", words)


def in_page(source: Source, document: str) -> int:
    """Passages that two HTML parsers read otherwise."""
    wanted = [visible(source.text[p.start : p.end]) for p in source.passages]
    tree = html5lib.parse(document, namespaceHTMLElements=False)
    read = ["".join(e.itertext()) for e in tree.iter("span") if e.get("data-span")]
    return lost(wanted, read) + lost(wanted, (q.words for q in page_quotations(document)))


def with_another_library(data: bytes, wanted: list[str]) -> int:
    """Quotations that docx2python, which wrote none of it, does not read; -1 where it is not installed."""
    try:
        library: Any = import_module("docx2python")
    except ImportError:
        return -1
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        with library.docx2python(file.name, html=False) as document:
            whole = _plain("\n".join(p for t in document.body for r in t for c in r for p in c))
    return sum(_plain(words) not in whole for words in wanted)


def _plain(words: str) -> str:
    """Without white space, which that library gathers, and footnote marks, which it writes into the text."""
    return "".join(re.sub(r"----footnote\d+----", "", words).split())


def run(many: int) -> int:
    """All batches; the number of losses."""
    rng = random.Random(20)
    losses: Counter[str] = Counter()
    quoted = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(-(-many // _BATCH)):
            source, notes = batch(rng, folder, number)
            quoted += len(notes)
            words = [visible(n.targets[0].quote) for n in notes]
            text = markdown(notes, [source])
            losses["markdown, as verify reads it"] += lost(words, (q.words for q in quotations(text)))
            for parser, render in PARSERS.items():
                losses[f"markdown, {parser}"] += in_markdown(notes, text, render)
                losses[f"clean, {parser}"] += in_markdown(notes, markdown(notes, [source], clean=True), render)
            losses["page"] += in_page(source, page(Report((source,)), notes=notes))
            footnotes = docx_notes(notes, [source])
            losses["footnotes"] += lost(words, (q.words for q in docx_quotations(read_docx(footnotes))))
            losses["footnotes, docx2python"] += with_another_library(footnotes, words)
            comments = docx(Report((source,)), source.id, notes)
            content = read_docx(comments)
            losses["comments"] += lost((visible(n.note) for n in notes), (c.words for c in content.comments))
            losses["comments, docx2python"] += with_another_library(comments, words)
            losses["second export differs"] += docx_notes(notes, [source]) != footnotes
            losses["second export differs"] += docx(Report((source,)), source.id, notes) != comments
            losses["what a person wrote"] += by_hand(folder / f"{number}.md", source, notes)
    print(f"{quoted} quotations with a note each, {time.process_time():.0f} s of processor time")
    for what, count in losses.items():
        print(f"  {what:32} {'not installed' if count < 0 else f'{count} lost'}")
    return sum(count for count in losses.values() if count > 0)


def by_hand(path: Path, source: Source, notes: list[Annotation]) -> int:
    """1 where a second export changes a byte, or a third with one note more loses what stands between the regions."""
    write_export(path, markdown(notes[:-1], [source]))
    first = path.read_text("utf-8", "surrogatepass")
    write_export(path, markdown(notes[:-1], [source]))
    same = path.read_text("utf-8", "surrogatepass") == first
    lines = first.split("\n")
    ends = [n for n, line in enumerate(lines) if line.startswith("<!-- /summitreader:")]
    for at in reversed(ends[::10]):
        lines[at + 1 : at + 1] = ["", _BY_HAND, ""]
    path.write_text("\n".join(lines), "utf-8", "surrogatepass")
    write_export(path, markdown(notes, [source]))
    after = path.read_text("utf-8", "surrogatepass")
    return 0 if same and after.count(_BY_HAND) == len(ends[::10]) and notes[-1].id in after else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--many", type=int, default=10_000, metavar="N", help="so many quotations (10000)")
    return 1 if run(parser.parse_args().many) else 0


if __name__ == "__main__":
    sys.exit(main())
