"""How the program without its interface bears hostile input: crashes, escapes, time and memory, a case at a time.

    python benchmarks/hostile.py EVAL [--only PART] [--seconds N] [--megabytes N] [--markdown]

EVAL is the folder that holds `hostile/make_hostile.py`, which writes the cases into a folder of their own. Each case is
loaded, compared among calm texts, searched, noted and exported in a process of its own, which this one kills when it
takes too long. What a step prints is read as a terminal would read it: any control character but a line end or a tab is
an escape, and so is a mark that turns the order of the text. The exit status is 0 where nothing was wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CALM = (
    "Officials said on Monday that at least 12 people were killed.\n\n"
    "The bridge over the river was closed, a spokeswoman said.\n"
)
QUOTE = "Officials said on Monday"
AMONG = Path(__file__).resolve().parent.parent / "sample_corpus" / "gyeongju-summit"
"""Real accounts that each case is compared among, so that every stage has something to do."""
_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ABSENT = "not there yet"
AT_ONCE = 0.1
"""Seconds in which a file that is no regular file must be refused."""


@dataclass
class Outcome:
    """What became of one case: CPU seconds by step, the largest resident size in MB, and what was wrong."""

    case: str
    seconds: dict[str, float] = field(default_factory=dict)
    megabytes: float = 0.0
    wrong: list[str] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    """Commands that the program does not have yet."""


def worst(case: str) -> str:
    """The words of a case that are oddest: those of the passage with most signs that are no letters, at most 400."""
    from summitreader import Corpus

    texts = [s.text[p.start : p.end] for s in Corpus.load([case]).sources for p in s.passages]
    return (
        max(texts, key=lambda t: sum(not c.isalnum() and c not in " .," for c in t[:2000]), default="")[:400] or QUOTE
    )


def steps(case: str, calm: str, data: str, words: str) -> dict[str, list[str]]:
    """The commands that a case goes through, by name."""
    kept = ["--data-dir", data]
    return {
        "sources": ["sources", case],
        "compare text": ["compare", case, calm],
        "compare json": ["compare", case, calm, "--format", "json"],
        "compare markdown": ["compare", case, calm, "--format", "markdown"],
        "search": ["search", "officials", case],
        "search fuzzy": ["search", "oficials kiled", case, "--fuzzy"],
        "search regex": ["search", r"(\w+\s+)+killed", case, "--regex"],
        "search json": ["search", "officials", case, "--format", "json"],
        "notes add": [
            *kept,
            "notes",
            "add",
            case,
            "--quote",
            words,
            "--occurrence",
            "1",
            "--note",
            words,
            "--tag",
            words[:40],
        ],
        "notes list": [*kept, "notes", "list"],
        "export markdown": [*kept, "export", case],
        "export csv": [*kept, "export", case, "--format", "csv"],
        "export jsonl": [*kept, "export", case, "--format", "jsonl"],
    }


def bear(case: str, calm: str) -> None:
    """In the child: run every step on `case`, and print one line of JSON after each."""
    out = sys.stdout
    for call in (_load, _compare):
        _report(out, call.__name__.strip("_"), lambda call=call: call(case, calm))
    with tempfile.TemporaryDirectory() as data:
        for name, words in steps(case, calm, data, worst(case)).items():
            _report(out, name, lambda words=words: _command(words))


def _report(out: Any, name: str, call: Any) -> None:
    print(json.dumps({"begins": name}), file=out, flush=True)
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        wrong = call()
    except BaseException as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        wrong = [f"crash: {type(error).__name__} at {where}: {ascii(str(error))[:120]}"]
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps({"step": name, "cpu": cpu, "wall": wall, "wrong": wrong}), file=out, flush=True)


def _load(case: str, calm: str) -> list[str]:
    from summitreader import Corpus

    corpus = Corpus.load([case])
    wrong = []
    if not corpus.sources and not corpus.skipped:
        wrong.append("neither read nor refused")
    for source in corpus.sources:
        covered = bytearray(len(source.text))
        for p in source.passages:
            covered[p.start : p.end] = b"\1" * (p.end - p.start)
        if any(not covered[m.start()] for m in re.finditer(r"\S", source.text)):
            wrong.append("a character stands in no passage")
    shown = "".join(f"{r.path} {r.reason}" for r in corpus.skipped)
    return wrong + _escapes("refusal", shown)


def _compare(case: str, calm: str) -> list[str]:
    from summitreader import Corpus, compare

    report = compare(Corpus.load([case, calm, *sorted(AMONG.glob("*.txt"))]).sources)
    if json.loads(json.dumps(report.to_dict())) != report.to_dict():
        return ["the report is not what its JSON says"]
    return []


def _command(words: list[str]) -> list[str]:
    """One command in this process: its exit status must be one of the three, its output harmless."""
    from summitreader.cli import main

    said, talk = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(talk):
        try:
            status: Any = main(words)
        except SystemExit as leave:
            status = leave.code
        except ModuleNotFoundError as missing:
            if str(missing.name).startswith("summitreader.cli"):
                return [ABSENT]
            raise
    wrong = [] if status in (0, 1, 2) else [f"exit status {status}"]
    if status != 0 and words[0] != "search" and not (said.getvalue() + talk.getvalue()).strip():
        wrong.append(f"exit status {status} without a word")
    return wrong + _escapes("output", said.getvalue().replace("\r\n", "\n")) + _escapes("talk", talk.getvalue())


def _escapes(where: str, printed: str) -> list[str]:
    wrong = []
    for found, what in ((_ESCAPE.findall(printed), "control character"), (_TURNS.findall(printed), "turning mark")):
        if found:
            wrong.append(f"{what} in {where}: {', '.join(sorted({f'U+{ord(c):04X}' for c in found}))[:80]}")
    return wrong


def run(case: str, label: str, calm: str, seconds: float, megabytes: int) -> Outcome:
    """One case in a process of its own, with a limit of CPU seconds and of address space."""
    outcome = Outcome(label)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds * 8), int(seconds * 8) + 1))

    command = [sys.executable, __file__, "--case", case, "--calm", calm]
    with tempfile.TemporaryFile() as lines, tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(command, stdout=lines, stderr=errors, preexec_fn=limit, start_new_session=True)
        deadline = time.monotonic() + seconds * 20
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid or time.monotonic() > deadline:
                break
            time.sleep(0.01)
        if not pid:
            child.kill()
            _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        lines.seek(0)
        errors.seek(0)
        _gather(outcome, [json.loads(line) for line in lines.read().splitlines()], seconds)
        if child.returncode != 0:
            outcome.wrong.append(f"ended with {child.returncode}: {errors.read()[-200:].decode(errors='replace')!a}")
    outcome.megabytes = usage.ru_maxrss / 1024
    return outcome


def _gather(outcome: Outcome, lines: list[dict[str, Any]], seconds: float) -> None:
    begun = None
    for line in lines:
        if "begins" in line:
            begun = line["begins"]
            continue
        begun = None
        outcome.seconds[line["step"]] = line["cpu"]
        if line["wrong"] == [ABSENT]:
            outcome.absent.add(line["step"])
            continue
        outcome.wrong += [f"{line['step']}: {w}" for w in line["wrong"]]
        if line["cpu"] > seconds:
            outcome.wrong.append(f"{line['step']}: {line['cpu']:.1f} s")
        if line["step"] == "sources" and outcome.case.startswith(("FIFO", "symlink")) and line["wall"] > AT_ONCE:
            outcome.wrong.append(f"sources: {line['wall'] * 1000:.0f} ms for what is no file")
    if begun is not None:
        outcome.wrong.append(f"{begun}: never ended")


def make(eval_folder: Path, into: Path) -> list[tuple[str, str]]:
    """Write the cases, and return path and label of each."""
    script = eval_folder / "hostile" / "make_hostile.py"
    subprocess.run([sys.executable, str(script), str(into)], check=True, stdout=subprocess.DEVNULL)
    told = [json.loads(line) for line in (into / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
    cases = [(str(into / c["file"]), f"{c['case']}: {c['file']}") for c in told if (into / c["file"]).name[0] != "\\"]
    odd = [p.name for p in into.iterdir() if "\x1b" in p.name]
    return cases + [(str(into / n), "hostile file name") for n in odd]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("eval", type=Path, nargs="?")
    parser.add_argument("--only", default="", help="cases whose label holds this")
    parser.add_argument("--seconds", type=float, default=30, help="CPU seconds that a step may take")
    parser.add_argument("--megabytes", type=int, default=2000, help="address space that a case may take")
    parser.add_argument("--markdown", action="store_true", help="a table of every case, not only of what was wrong")
    parser.add_argument("--case", help=argparse.SUPPRESS)
    parser.add_argument("--calm", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.case:
        bear(options.case, options.calm)
        return 0
    if options.eval is None:
        parser.error("name the folder that holds hostile/make_hostile.py")
    with tempfile.TemporaryDirectory() as folder:
        calm = Path(folder) / "calm.txt"
        calm.write_text(CALM, encoding="utf-8")
        cases = [c for c in make(options.eval, Path(folder) / "cases") if options.only in c[1]]
        everything = (str(Path(folder) / "cases"), "the whole folder")
        outcomes = [
            run(path, label, str(calm), options.seconds, options.megabytes)
            for path, label in [*cases, *([] if options.only else [everything])]
        ]
        (Path(folder) / "cases" / "noperm.txt").chmod(0o600)
    _print(outcomes, options.markdown)
    return int(any(o.wrong for o in outcomes))


def _print(outcomes: list[Outcome], every: bool) -> None:
    bad = [o for o in outcomes if o.wrong]
    if every:
        print("| case | CPU s | slowest step | MB | wrong |\n|---|--:|---|--:|---|")
        for o in outcomes:
            slowest = max(o.seconds, key=lambda s: o.seconds[s], default="–")
            wrong = "; ".join(o.wrong).replace("|", "\\|")
            print(
                f"| {ascii(o.case)[1:-1]} | {sum(o.seconds.values()):.2f} | {slowest} | {o.megabytes:.0f} | {wrong} |"
            )
    else:
        cases_of: dict[str, list[str]] = {}
        for o in bad:
            for wrong in dict.fromkeys(o.wrong):
                cases_of.setdefault(wrong, []).append(ascii(o.case)[1:-1])
        for wrong, cases in cases_of.items():
            print(f"{wrong}\n    {len(cases)}: {', '.join(cases[:4])}{' …' if len(cases) > 4 else ''}")
        slow = sorted(outcomes, key=lambda o: -sum(o.seconds.values()))[:5]
        print("slowest:", *(f"{o.case} {sum(o.seconds.values()):.1f} s, {o.megabytes:.0f} MB;" for o in slow))
    if absent := sorted(set[str]().union(*(o.absent for o in outcomes))):
        print("not there yet, and not tried:", ", ".join(absent))
    print(f"{len(outcomes)} cases, {len(bad)} with something wrong")


if __name__ == "__main__":
    sys.exit(main())
