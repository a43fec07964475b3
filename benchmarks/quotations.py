"""How well quotations, reported speech, speakers and utterances are found: `python benchmarks/quotations.py EVAL`.

EVAL holds `quotations/polnear`, `quotations/same_utterance`, `scorers`, `stories`, `gold` and `judged`. The scorers are
those of the data, run as programs of their own; they need numpy. Beside the engine stand plain baselines: a regular
expression for marks with the nearest capitalised words, name-verb-that for reported speech, `partial_ratio` for
utterances. Every fifth document of polnear and the stories whose number ends with 9 are set aside: nothing was learnt
from them, and `--set-aside` runs the latter.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from summitreader import Corpus
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


def share(right: int, of: int) -> str:
    """A share with its 95 % interval (Wilson)."""
    if not of:
        return "0/0"
    p, z = right / of, 1.96
    middle = (p + z * z / 2 / of) / (1 + z * z / of)
    half = z * ((p * (1 - p) + z * z / 4 / of) / of) ** 0.5 / (1 + z * z / of)
    return f"{p:.3f} ({middle - half:.2f} to {middle + half:.2f}, {of})"


_SOFT = re.compile(r"[,;—-]+\s*(?=(?:which|who|whose|where|with|as|including|or|\w+ing)\b)")
"""Before what annotators cut off or leave on as it comes: a relative clause, "with …"."""


def is_right(text: str, start: int, end: int, speaker: tuple[int, int], gold: list[Record]) -> bool:
    """Whether the gold has a report of these words by this speaker: 0.85 of both in common, or cut off at `_SOFT`."""
    soft = [start + m.start() for m in _SOFT.finditer(text[start:end])]
    for g in gold:
        if g["speaker"] and not any(speaker[0] < b and a < speaker[1] for a, b in g["speaker"]):
            continue
        for a, b in [(g["start"], g["end"]), *g["parts"]]:
            if min(end, b) - max(start, a) > 0.85 * (max(end, b) - min(start, a)):
                return True
            if abs(a - start) <= 6 and any(abs(b - pause) <= 2 for pause in soft):
                return True
    return False


def marked_and_reported(folder: Path) -> None:
    """polnear by its own scorers: all documents, and every fifth, from which nothing was learnt."""
    dataset, scorers = folder / "quotations" / "polnear", folder / "scorers"
    docs = {r["doc_id"]: r["text"] for r in read(dataset / "docs.jsonl")}
    aside = set(sorted(docs)[4::5])
    gold = {r["doc_id"]: r["reported"] for r in read(dataset / "reported.jsonl")}
    for name, system in (("summitreader", by_engine), ("marks, nearest name", by_marks)):
        rows = [system(d, text) for d, text in docs.items()]
        for label, keep in (("all", set(docs)), ("set aside", aside)):
            with tempfile.TemporaryDirectory() as part:
                data = part_of(dataset, keep, Path(part))
                chosen = [r for r in rows if r[0]["doc_id"] in keep]
                found = json.loads(score(scorers / "score_quotes.py", data, (r[0] for r in chosen), "--json"))
                keys = ("F1_exact", "P_exact", "R_exact", "acc_mention", "acc_name", "acc_shown")
                print(f"{name:20} {label:10} quotations ", "  ".join(f"{k} {found[k]:.3f}" for k in keys))
                found = json.loads(score(scorers / "score_reported.py", data, (r[1] for r in chosen), "--json"))
                shown = "  ".join(f"{k} {found[k]:.3f}" for k in ("P", "R", "F1", "speaker"))
                right = [
                    is_right(docs[d], r["start"], r["end"], (r["speaker_start"], r["speaker_end"]), gold.get(d, []))
                    for d, reports in ((r[1]["doc_id"], r[1]["reported"]) for r in chosen)
                    for r in reports
                ]
                print(f"{name:20} {label:10} reported    ", shown, " right", share(sum(right), len(right)))


def surnames(name: str | None) -> list[str]:
    words = re.findall(r"[^\W\d_]+", (name or "").lower())
    return [w for w in words if w not in {"jr", "sr", "the", "of", "mr", "ms", "mrs", "sen", "rep", "gov", "president"}]


def same_person(mine: list[str], want: list[str]) -> bool:
    """As `gold/score.py` has it."""
    return bool(set(mine) & set(want[-1:]) or set(mine) == set(want) or (len(want) > 1 and set(mine[-1:]) & set(want)))


def stories(folder: Path, aside: bool) -> None:
    """Speakers against the gold, names that nobody has, and reports that were judged, of the stories."""
    label = "set aside" if aside else "tuned on"
    count: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    judged = read(folder / "judged" / "quotations_reported.jsonl")
    told = 0
    for path in sorted((folder / "stories").iterdir()):
        if not path.is_dir() or path.name.endswith("9") != aside:
            continue
        told += 1
        gold_file = folder / "gold" / f"{path.name}.jsonl"
        gold = [g for g in read(gold_file) if g["type"] == "speaker"] if gold_file.exists() else []
        for source in Corpus.load(str(path)).sources:
            file = Path(str(source.path)).name
            found = find_quotations(source)
            names = {m.name for q in found for m in (q.speaker, *q.via) if m is not None and m.name}
            wrong += [f"{path.name} {name}" for name in names if impossible(name)]
            for g in gold:
                if g["at"]["source"] == file and "words_start" in g:
                    spoken = [q for q in found if q.kind is not QuotationKind.REPORTED]
                    q = next((q for q in spoken if q.start <= g["words_start"] < q.end), None)
                    count[outcome(q, surnames(g["speaker"]))] += 1
            for r in judged:
                if (r["story"], r["source"]) == (path.name, file):
                    kept = any(
                        q.kind is QuotationKind.REPORTED and (q.start, q.end) == (r["start"], r["end"]) for q in found
                    )
                    count["judged report", r["verdict"] if kept else "gone"] += 1
    named = sum(n for (what, _), n in count.items() if what in ("outright", "inferred", "nobody"))
    for result in ("right", "another"):
        n = count["outright", result] + count["inferred", result]
        print(f"{label:10} speaker of the gold, {result:8} {share(n, named)}")
    for how in ("outright", "inferred"):
        right, another = count[how, "right"], count[how, "another"]
        print(f"{label:10} of those named {how:9} {share(right, right + another)}")
    print(f"{label:10} {len(wrong)} impossible names in {told} stories: {'; '.join(wrong)}")
    kept = {v: count["judged report", v] for v in ("right", "arguable", "wrong", "gone")}
    listed = sum(kept.values()) - kept["gone"]
    print(f"{label:10} judged reports still listed, right {share(kept['right'], listed)} {kept}")


def outcome(q: Quotation | None, want: list[str]) -> tuple[str, str]:
    if not want:
        return "of nobody", "named" if q and q.speaker and (q.speaker.name or "")[:1].isupper() else "right"
    if q is None or q.speaker is None or not surnames(q.speaker.name):
        return "nobody", "nobody"
    how = "inferred" if q.speaker.inferred else "outright"
    return how, "right" if same_person(surnames(q.speaker.name), want) else "another"


_split = str.split
_TIMES = frozenset(
    _split("""
    second minute hour day week month year decade morning afternoon evening night weekend today yesterday
    tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january february june july august october
    november december later earlier ago
    """)
)
_SMALL = frozenset(
    _split("""
    when while after before since until although though because if as but and or nor so yet which who whom
    whose where why how then than there here on at by for from with without during about against between under over per
    via despite to of into once also even still just not only perhaps meanwhile however update updated listening
    """)
)
_VERBS = frozenset(
    _split("""
    is are was were be been being has have had does did would can could may might should must said says
    told asked asks called made makes takes took goes went came comes gave gives got gets seemed seems appeared appears
    became becomes began begins kept keeps quotes grants granted incited differs advertising accompanying endorses
    attacking caves agrees agreed wants wanted looks looked finds shows showed knows thinks believes holds brought
    remains urged warned faces facing refuses refused announces announced vows apologizes suggests requires allows
    lauded accused insisted argues pressing including following according advertises
    """)
)


def impossible(name: str) -> bool:
    """A strict test, made apart from the rules: what no person, body or document can be called."""
    words = [w.strip(".,") for w in re.findall(r"[\w.$'’-]+", name)]
    low = [w.lower() for w in words]
    if not words or re.search(r"\b[RDI]-[A-Z]|[,;:(){}\[\]“”\"?!]|https?:|www\.", name) or len(words) > 12:
        return True
    if low[0] in _SMALL or low[-1] in _SMALL | {"the", "a", "an", "his", "her", "its", "their"}:
        return True
    if low[0] == "that" and low[-1].endswith("s"):
        return True
    plain = [w for n, w in enumerate(low) if not (n and words[n][0].isupper())]
    titles = {"mr", "mrs", "ms", "dr", "sen", "rep", "gov", "g.o.p", "president", "senator", "whip", "law"}
    alone = len(low) == 1 and low[0] in titles
    time = low[-1].removesuffix("s") in _TIMES or low[-1] in _TIMES
    return alone or time or bool(_VERBS & set(plain)) or bool(re.fullmatch(r"[\d.,$%-]+", name))


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
    parser.add_argument("--only", choices=("polnear", "stories", "utterances", "speed"))
    parser.add_argument("--set-aside", action="store_true", help="the stories that nobody tunes on, too")
    arguments = parser.parse_args()
    if arguments.only in (None, "polnear"):
        marked_and_reported(arguments.eval)
    if arguments.only in (None, "stories"):
        stories(arguments.eval, aside=False)
        if arguments.set_aside:
            stories(arguments.eval, aside=True)
    if arguments.only in (None, "utterances"):
        utterances(arguments.eval)
    if arguments.only in (None, "speed"):
        speed(arguments.eval)
    return 0


if __name__ == "__main__":
    sys.exit(main())
