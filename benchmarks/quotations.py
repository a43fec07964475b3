"""How well quotations, reported speech, speakers and utterances are found: `python benchmarks/quotations.py EVAL`.

EVAL is the folder that holds `quotations/polnear`, `quotations/same_utterance` and `scorers`. Everything goes through
`Source.from_text` and `compare`'s own stages; the scorers are those of the data, run as programs of their own. Beside
the engine stand two plain baselines for quotations (a regular expression for marks with the nearest capitalised words,
and textacy where it is installed), one for reported speech (name, verb, that) and one for utterances (partial_ratio).

    --halves     the engine's figures on every other document too: rules were made looking at one half of them
    --only WHAT  quotations, reported, utterances or speed
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from summitreader.comparison.model import Quotation, QuotationKind, Report
from summitreader.comparison.quotes import find_quotations, match_utterances
from summitreader.text import Source

Record = dict[str, Any]
_MARKED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
_NAME = re.compile(r"\b[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)*")
_SAID_THAT = re.compile(
    r"(\b[A-Z]\w+(?: [A-Z]\w+){0,3}|\b[Hh]e|\b[Ss]he|\b[Tt]hey) (?:has |have |had |also )?"
    r"(?:said|says|argued|added|reported|announced|noted|insisted|believes?|told \w+) that ([^.\n]+)"
)


def read(path: Path) -> list[Record]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def speaker_of(q: Quotation) -> Record:
    if q.speaker is None:
        return {}
    return {"speaker_start": q.speaker.start, "speaker_end": q.speaker.end, "speaker": q.speaker.name or ""}


def by_engine(doc_id: str, text: str) -> tuple[Record, Record]:
    found = find_quotations(Source.from_text(text, id=doc_id))
    rows = [(q.kind, {"start": q.start, "end": q.end, **speaker_of(q)}) for q in found]
    return (
        {"doc_id": doc_id, "quotes": [r for kind, r in rows if kind is not QuotationKind.REPORTED]},
        {"doc_id": doc_id, "reported": [r for kind, r in rows if kind is QuotationKind.REPORTED]},
    )


def by_marks(doc_id: str, text: str) -> tuple[Record, Record]:
    """A regular expression for marks, and the capitalised words that stand nearest; name, verb and "that"."""
    names = [m.span() for m in _NAME.finditer(text)]
    quotes = []
    for m in _MARKED.finditer(text):
        outside = [n for n in names if n[1] <= m.start() or n[0] >= m.end()]
        near = min(outside, key=lambda n: min(abs(n[0] - m.end()), abs(m.start() - n[1])), default=None)
        speaker = {"speaker_start": near[0], "speaker_end": near[1], "speaker": text[near[0] : near[1]]} if near else {}
        quotes.append({"start": m.start(), "end": m.end(), **speaker})
    reported = [
        {"start": m.start(2), "end": m.end(2), "speaker_start": m.start(1), "speaker_end": m.end(1)}
        for m in _SAID_THAT.finditer(text)
    ]
    return {"doc_id": doc_id, "quotes": quotes}, {"doc_id": doc_id, "reported": reported}


def by_textacy() -> Callable[[str, str], tuple[Record, Record]] | None:
    """textacy's own extractor on spaCy's small English model, where both are installed."""
    if any(importlib.util.find_spec(name) is None for name in ("textacy", "spacy", "en_core_web_sm")):
        return None
    import spacy
    from textacy.extract.triples import direct_quotations

    pipeline = spacy.load("en_core_web_sm")

    def run(doc_id: str, text: str) -> tuple[Record, Record]:
        quotes = []
        for found in direct_quotations(pipeline(text)):
            speaker = found.speaker
            span = (
                {"speaker_start": speaker[0].idx, "speaker_end": speaker[-1].idx + len(speaker[-1])} if speaker else {}
            )
            name = " ".join(token.text for token in speaker)
            content = found.content
            quotes.append({"start": content.start_char, "end": content.end_char, "speaker": name, **span})
        return {"doc_id": doc_id, "quotes": quotes}, {"doc_id": doc_id, "reported": []}

    return run


def score(scorer: Path, dataset: Path, rows: Iterable[Record], *options: str) -> str:
    """What the scorer of the data prints on these predictions."""
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        predictions.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        command = [sys.executable, str(scorer), str(dataset), str(predictions), *options]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def part_of(dataset: Path, keep: set[str], to: Path) -> Path:
    """A copy of the dataset's files with the documents of `keep` alone, for the scorers that know no parts."""
    for path in dataset.glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (to / path.name).write_text("".join(x for x in lines if json.loads(x)["doc_id"] in keep), encoding="utf-8")
    return to


def marked_and_reported(folder: Path, only: str | None, halves: bool) -> None:
    dataset, scorers = folder / "quotations" / "polnear", folder / "scorers"
    docs = {r["doc_id"]: r["text"] for r in read(dataset / "docs.jsonl")}
    systems = [("summitreader", by_engine), ("marks, nearest name", by_marks), ("textacy", by_textacy())]
    keys = ("F1_exact", "P_exact", "R_exact", "acc_mention", "acc_name", "acc_shown")
    for name, system in systems:
        if system is None:
            print(f"{name:22} is not installed")
            continue
        rows = [system(d, text) for d, text in docs.items()]
        parts = [("", set(docs))]
        if halves and name == "summitreader":
            order = sorted(docs)
            parts += [(f" {n + 1}/2", set(order[n::2])) for n in (0, 1)]
        for label, keep in parts:
            with tempfile.TemporaryDirectory() as part:
                data = dataset if len(keep) == len(docs) else part_of(dataset, keep, Path(part))
                chosen = [r for r in rows if r[0]["doc_id"] in keep]
                if only in (None, "quotations"):
                    found = json.loads(score(scorers / "score_quotes.py", data, (r[0] for r in chosen), "--json"))
                    print(f"{name + label:22} quotations ", "  ".join(f"{k} {found[k]:.3f}" for k in keys))
                    if name == "summitreader" and not label:
                        print(" " * 22, "  ".join(f"{k} {v['mention']:.2f} ({v['n']})" for k, v in found["by"].items()))
                        spoken = _spoken_only(docs)
                        exact = json.loads(score(scorers / "score_quotes.py", data, spoken, "--json"))
                        print(" " * 22, f"speech and fragments alone: F1_exact {exact['F1_exact']:.3f}")
                if only in (None, "reported") and name != "textacy":
                    found = json.loads(score(scorers / "score_reported.py", data, (r[1] for r in chosen), "--json"))
                    shown = "  ".join(f"{k} {found[k]:.3f}" for k in ("P", "R", "F1", "speaker"))
                    print(f"{name + label:22} reported   ", shown)


def _spoken_only(docs: dict[str, str]) -> list[Record]:
    """The engine's quotations without terms and titles, and without single marks, which the data do not know."""
    rows = []
    for doc_id, text in docs.items():
        found = find_quotations(Source.from_text(text, id=doc_id))
        spoken = [q for q in found if q.kind in (QuotationKind.SPEECH, QuotationKind.FRAGMENT)]
        double = [q for q in spoken if text[q.start] not in "'‘"]
        rows.append({"doc_id": doc_id, "quotes": [{"start": q.start, "end": q.end, **speaker_of(q)} for q in double]})
    return rows


def utterances(folder: Path) -> None:
    """Each quotation of the data stands in a source of its article, as a paragraph of its own."""
    dataset = folder / "quotations" / "same_utterance"
    groups: dict[str, list[Record]] = defaultdict(list)
    for quote in read(dataset / "quotes.jsonl"):
        groups[quote["group"]].append(quote)
    engine, baseline = [], []
    for quotes in groups.values():
        documents = sorted({q["doc_id"] for q in quotes})
        sources = [
            Source.from_text(
                "\n\n".join(f"He said, “{_unmarked(q['text'])}”" for q in quotes if q["doc_id"] == d), id=d
            )
            for d in documents
        ]
        found = [q for source in sources for q in find_quotations(source) if q.kind is not QuotationKind.REPORTED]
        ids = {}
        for d in documents:
            theirs, ours = [q for q in quotes if q["doc_id"] == d], [q for q in found if q.source == d]
            ids.update({o.id: t["id"] for o, t in zip(ours, theirs, strict=True)})
        report = Report(sources=tuple(sources), quotations=tuple(found))
        for u in match_utterances(report):
            engine.extend({"a": ids[a], "b": ids[b], "score": 1} for a, b in itertools.combinations(u.quotations, 2))
        for a, b in itertools.combinations(quotes, 2):
            alike = fuzz.partial_ratio(a["text"].lower(), b["text"].lower()) / 100
            if a["doc_id"] != b["doc_id"] and alike > 0.8:
                baseline.append({"a": a["id"], "b": b["id"], "score": alike})
    for name, rows in (("summitreader", engine), ("partial_ratio > 0.8", baseline)):
        print(f"{name:22} utterances ", score(folder / "scorers" / "score_quotematch.py", dataset, rows).strip())


def _unmarked(text: str) -> str:
    return re.sub('[“”"]', "", text)


def speed(folder: Path) -> None:
    """CPU seconds for 100 articles cut to 600 words, sources built before the clock starts."""
    docs = [r["text"] for r in read(folder / "quotations" / "polnear" / "docs.jsonl")]
    long = [d for d in docs if len(d.split()) >= 600][:100]
    sources = [Source.from_text(d[: _after_word(d, 600)], id=str(n)) for n, d in enumerate(long)]
    find_quotations(sources[0])
    began = time.process_time()
    quotations = [q for source in sources for q in find_quotations(source)]
    spent = time.process_time() - began
    print(f"{'summitreader':22} speed       {len(sources)} articles of 600 words in {spent:.2f} s CPU")
    began = time.process_time()
    match_utterances(Report(sources=tuple(sources), quotations=tuple(quotations)))
    print(f"{'':22}             utterances over all of them in {time.process_time() - began:.2f} s CPU")
    began = time.process_time()
    for n, d in enumerate(long):
        by_marks(str(n), d[: _after_word(d, 600)])
    print(f"{'marks, nearest name':22}             {time.process_time() - began:.2f} s CPU")


def _after_word(text: str, count: int) -> int:
    return next(itertools.islice((m.end() for m in re.finditer(r"\S+", text)), count - 1, None))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--halves", action="store_true")
    parser.add_argument("--only", choices=("quotations", "reported", "utterances", "speed"))
    arguments = parser.parse_args()
    if arguments.only in (None, "quotations", "reported"):
        marked_and_reported(arguments.eval, arguments.only, arguments.halves)
    if arguments.only in (None, "utterances"):
        utterances(arguments.eval)
    if arguments.only in (None, "speed"):
        speed(arguments.eval)
    return 0


if __name__ == "__main__":
    sys.exit(main())
