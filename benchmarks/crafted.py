"""Files of the program's kinds, spoiled at random: `python benchmarks/crafted.py [ROUNDS] [--seed N] [--only KIND]`.

ROUNDS (2,000) files, by turns imports, exports to verify, templates, settings with a keymap, and files of the state,
each made of a right one: a value replaced by one of another type or size, a piece of it cut out, doubled or turned into
markup, or its bytes changed. Each must come to a sentence and exit status 0, 1 or 2, within five seconds of processor
time, without a traceback and with nothing printed that steers a terminal. Exits with 1 where one does not.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from summitreader.cli import main as program
from summitreader.config.places import places
from summitreader.config.state import State, keep_seen, kept_seen

TEXT = "The mayor opened the bridge on Monday.\n\nShe called it “a good day for the valley”, and 300 people cheered.\n"
SECONDS = 5.0
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1 << 70, 1e400, float("nan"), "", "x", "\x1b]0;PWNED\x07", "\ud800", "a\0b", "\u202e",
    "x" * 70_000, "../../etc/passwd", "/" + "y" * 5_000, "=cmd|'/c calc'!A1", "{{ 7 * 7 }}", "[[" * 200, [], [[]],
    {}, {"a": {}}, [1, None], ["x"] * 5_000,
)  # fmt: skip
PIECES = (
    b"\0",
    b"\xff\xfe",
    b"\x1b[2J",
    b"{{",
    b"{%",
    b"-->",
    b"<!--",
    b'"',
    b"[" * 3_000,
    b"{" * 3_000,
    b"\n" * 50,
    b"= ",
    b"#",
)
TEMPLATES = (
    "{{ id }} {{ note | block }} {{ targets[0].citation }}\n",
    "{% for t in targets %}{{ t.quote | quote }} {{ t.start }}{% endfor %}\n",
    "{% if tags %}{{ tags | join(', ') }}{% endif %}{{ note | upper }}{{ modified }}\n",
    "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(note) }}{{ note[0:9] * 3 }}{{ targets | length }}\n",
)
SETTINGS = (
    'theme = "summit-dark"\ncolumn-width = 70\nkinds = ["number", "date"]\nlayout = "panes"\nanimation = false\n\n'
    '[keys]\nnote = ["a"]\nsearch = ["slash"]\nquit = ["ctrl+q", "q"]\nhelp = "?"\n'
)


def replaced(value: Any, chance: random.Random) -> Any:
    """`value` with one thing in it replaced, dropped or doubled, at any depth."""
    if not isinstance(value, dict | list) or not value or chance.random() < 0.15:
        return chance.choice(ODD)
    if isinstance(value, list):
        at = chance.randrange(len(value))
        kind = chance.random()
        middle = [] if kind < 0.1 else [value[at]] * 2 if kind < 0.2 else [replaced(value[at], chance)]
        return [*value[:at], *middle, *value[at + 1 :]]
    key = chance.choice(list(value))
    kind = chance.random()
    rest = {k: v for k, v in value.items() if k != key}
    if kind < 0.1:
        return rest
    return rest | {str(chance.choice(ODD)): value[key]} if kind < 0.15 else value | {key: replaced(value[key], chance)}


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """`data` with a piece cut out, doubled, put in or changed."""
    a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    b = min(b, a + 200)
    return chance.choice(
        (data[:a] + data[b:], data[:b] + data[a:], data[:a] + chance.choice(PIECES) + data[b:], data[:a], data[::-1])
    )


class Trials:
    """A folder with a corpus, notes on it, and what the program exports of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.source = folder / "stories" / "a.txt"
        self.source.parent.mkdir(parents=True)
        self.source.write_text(TEXT, encoding="utf-8")
        for quote in ("a good day", "300 people"):
            self._run("notes", "add", str(self.source), "--quote", quote, "--note", "a *note*", "--tag", "one")
        self.exported = {}
        for form in ("jsonl", "jsonld", "csv", "markdown"):
            out = folder / f"out.{form}"
            self._run("export", "--format", form, "-o", str(out))
            self.exported[form] = out.read_bytes()
        self.exported["hypothesis"] = json.dumps({"rows": [_hypothesis(n) for n in range(3)]}).encode()
        self.exported["readium"] = json.dumps(
            {"@type": "AnnotationSet", "about": {"title": "x"}, "items": [_readium()]}
        ).encode()
        shutil.copytree(self.data, folder / "whole")

    def _run(self, *words: str) -> tuple[int | str | None, str]:
        out, said = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
            try:
                status: int | str | None = program([*words, "--data-dir", str(self.data)])
            except SystemExit as ended:
                status = ended.code
        return status, out.getvalue() + said.getvalue()

    def again(self) -> None:
        """The data folder as it was."""
        shutil.rmtree(self.data)
        shutil.copytree(self.folder / "whole", self.data)

    def imports(self, chance: random.Random) -> tuple[int | str | None, str]:
        form = chance.choice([form for form in self.exported if form != "markdown"])
        data = self.exported[form]
        if form != "csv" and chance.random() < 0.8:
            lines = data.split(b"\n") if form == "jsonl" else [data]
            at = chance.randrange(len(lines))
            with contextlib.suppress(ValueError):
                lines[at] = json.dumps(replaced(json.loads(lines[at]), chance)).encode()
            data = b"\n".join(lines)
        else:
            data = spoiled(data, chance)
        status, said = self._run("import", self._written("in", data))
        again, more = self._run("notes", "list", "--format", "json")
        if again != 0 or len(json.loads(more)) < 2:
            return f"then notes list: {again}", more
        return status, said

    def verifications(self, chance: random.Random) -> tuple[int | str | None, str]:
        data = self.exported["markdown"]
        found = list(re.finditer(rb"(?<=summitreader-quotation )\{.*\}(?= -->)", data))
        if found and chance.random() < 0.7:
            one = chance.choice(found)
            line = json.dumps(replaced(json.loads(one[0]), chance)).encode()
            data = data[: one.start()] + line + data[one.end() :]
        else:
            data = spoiled(data, chance)
        return self._run("verify", self._written("out.md", data))

    def templates(self, chance: random.Random) -> tuple[int | str | None, str]:
        data = spoiled(chance.choice(TEMPLATES).encode(), chance)
        return self._run("export", "--template", self._written("t.jinja", data))

    def settings(self, chance: random.Random) -> tuple[int | str | None, str]:
        lines = SETTINGS.split("\n")
        at = chance.randrange(len(lines))
        if "=" in lines[at] and chance.random() < 0.6:
            value = (
                json.dumps(chance.choice(ODD)).replace("null", "nan").replace("Infinity", "inf").replace("{}", '"{}"')
            )
            lines[at] = f"{lines[at].split('=')[0]}= {value}"
            data = "\n".join(lines).encode("utf-8", "surrogatepass")
        else:
            data = spoiled(SETTINGS.encode(), chance)
        file = places(self.data).settings / "settings.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        for words in (("settings",), ("keys",)):
            status, said = self._run(*words)
            if status not in (0, 1):
                return f"{words}: {status}", said
        return self._run("compare", str(self.source))

    def states(self, chance: random.Random) -> tuple[int | str | None, str]:
        state = places(self.data).state
        key = json.dumps([str(self.source.parent)])
        reading = {
            "story": "s",
            "sources": ["a"],
            "offsets": {"a": 7},
            "chosen": ["a"],
            "searches": ["x"],
            "once": True,
        }
        whole = {"theme": "t", "corpora": {key: reading}}
        data = json.dumps(replaced(whole, chance)).encode()
        state.mkdir(parents=True, exist_ok=True)
        (state / "reading.json").write_bytes(data if chance.random() < 0.7 else spoiled(data, chance))
        keep_seen(state, self.source.parent, ["a"], {"a": ["k"]})
        for file in (state / "seen").iterdir():
            file.write_bytes(spoiled(b'{"a": ["k"]}', chance))
        kept = State(state)
        assert all(isinstance(path, Path) for path in kept.last_read()) and isinstance(kept.theme, str)
        kept.reading([self.source.parent])
        kept_seen(state, self.source.parent)
        return self._run("doctor")

    def _written(self, name: str, data: bytes) -> str:
        (self.folder / name).write_bytes(data)
        return str(self.folder / name)


def _hypothesis(n: int) -> dict[str, Any]:
    selectors = [
        {"type": "TextQuoteSelector", "exact": "a good day", "prefix": "it “", "suffix": " for"},
        {"type": "TextPositionSelector", "start": 54, "end": 64},
    ]
    target = [{"source": "https://paper.example/a", "selector": selectors}]
    made = {"id": f"h{n}", "created": "2025-01-01T00:00:00Z", "updated": "2025-01-02T00:00:00Z", "user": "acct:x@y"}
    return made | {
        "uri": "https://paper.example/a",
        "text": "note",
        "tags": ["t"],
        "target": target,
        "document": {"title": ["T"]},
    }


def _readium() -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": "300 people", "prefix": "and ", "suffix": " cheered"}
    target = {"source": "https://paper.example/a", "selector": [quote]}
    body = {"type": "TextualBody", "value": "v", "color": "green", "keyword": "k", "tag": ["t"]}
    return {"id": "urn:uuid:1", "created": "2025-01-01T00:00:00Z", "body": body, "target": target}


def wrong_with(trial: Callable[[random.Random], tuple[int | str | None, str]], chance: random.Random) -> str:
    """What is wrong with how a spoiled file is borne; empty for nothing."""
    begin = time.process_time()
    try:
        status, said = trial(chance)
    except Exception as error:  # whatever it is, a reader would see a traceback
        return f"{type(error).__name__}: {error}"[:300]
    took = time.process_time() - begin
    if status not in (0, 1, 2):
        return f"exit status {status}: {said[:200]!r}"
    if status and not said.strip():
        return f"exit status {status} and not a word"
    if found := STEERS.search(said):
        return f"prints {said[max(0, found.start() - 40) : found.end() + 9]!r}"
    return f"{took:.1f} s" if took > SECONDS else ""


def crafted(rounds: int, seed: int = 1, only: str = "") -> list[str]:
    """What was wrong with `rounds` spoiled files, each kind in turn."""
    wrong, count = [], Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        trials = Trials(Path(name))
        kinds = {
            kind: getattr(trials, kind) for kind in ("imports", "verifications", "templates", "settings", "states")
        }
        for n in range(rounds):
            kind = only or list(kinds)[n % len(kinds)]
            trials.again()
            found = wrong_with(kinds[kind], random.Random(f"{seed} {n}"))
            count[kind] += 1
            if found:
                wrong.append(f"{kind} {n}: {found}")
                print(wrong[-1], flush=True)
    print(", ".join(f"{number} {kind}" for kind, number in count.items()))
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rounds", type=int, nargs="?", default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    wrong = crafted(given.rounds, given.seed, given.only)
    print(json.dumps({"trial": "crafted", "rounds": given.rounds, "wrong": len(wrong)}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
