"""How the reader bears hostile input on a real terminal: every byte that it sends is kept and looked at.

    python benchmarks/hostile_reader.py EVAL [--only PART] [--markdown]

EVAL is the folder that holds `hostile/make_hostile.py`, which writes the cases into a folder of their own. Each case is
opened beside a calm text on a pseudo-terminal, scrolled to its end and back, searched, highlighted, noted, shown in
every other view and in a small window, and left. What is sent must hold no sequence but those that a reader of calm
texts sends, no control character, and no mark that turns the order of the text; the words of the case must stand on
the screen as they are, markup and all; the exit status must be 0. What cannot be read must be named in the library.

The last rows say how long what is no file keeps the loading busy, and how much later than an ordinary file's the first
screen of a very long line stands. The exit status is 0 where nothing was wrong. Needs pyte, of the `dev` extra.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyte

CALM = (
    "The bridge is closed\n\nOfficials said on Monday that at least 12 people were killed.\n\n"
    "The bridge over the river was closed, a spokeswoman said.\n"
)
SIZE = (180, 40)
"""Wide enough for two panes in which a line of a case is no further wrapped than its text asks for."""

NOT_A_FILE = 0.1
"""Seconds of loading that a FIFO, a device or a loop may cost."""

LATER = 1.0
"""Seconds that the first screen of two megabytes in one line may come after an ordinary file's."""

QUIET = 0.15
"""Seconds without a byte after which a step counts as drawn."""

FIRST = 1.0
"""Seconds that a key may take until anything is drawn."""

_NUMBER = 0x80045430
"""What Linux is asked for the number of a pseudo-terminal (TIOCGPTN); elsewhere nothing is known of what is unread."""

_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\|$)|[P_^X][^\x1b]*(?:\x1b\\|$)|[()*+#%][ -~]|[\s\S]|$)"
)
_DRAWS = re.compile(rb"\x1b\[[0-9;:]*m|\x1b\[\d+;\d+H|\x1b\[\?2026[hl]")
"""Colours, places and the beginning and end of a frame: what drawing is made of, however often."""

_ONCE = re.compile(
    rb"\x1b\[\?(?:1000|1003|1004|1006|1015|1016|1049|2004|2048|25|7)[hl]|\x1b\[(?:>\d+|<)u|"
    rb"\x1b\[\?(?:2026|2048)\$p|\x1b\]22;[a-z-]*\x07|\x1b\]11;\?\x1b\\"
)
"""What else a program of Textual sends, at its beginning and end; the number of each is that of a calm session."""

_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

Session = Callable[["Terminal", str], None]


class Terminal:
    """A program on a pseudo-terminal of so many cells. `sent` is every byte of it; `screen` what they draw."""

    def __init__(self, command: Sequence[str], size: tuple[int, int] = SIZE, **environment: str) -> None:
        self.begin = time.perf_counter()
        self.sent = b""
        self.status: int | None = None
        self._drawn = 0
        pid, fd = pty.fork()
        if pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            for name in ("COLUMNS", "LINES", "TMUX", "NO_COLOR"):
                os.environ.pop(name, None)
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor"} | environment)
            os.execvp(command[0], list(command))
        self.pid, self.fd = pid, fd
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)

    def read(self, wait: float) -> bool:
        """Take what was sent, waiting so many seconds for it; whether there was anything."""
        try:
            if not select.select([self.fd], [], [], wait)[0]:
                return False
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.sent += data
        return bool(data)

    def settle(self, quiet: float = 0.0, limit: float = 20.0) -> None:
        """Read until nothing was sent for `quiet` seconds, or `QUIET`."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self.read(quiet or QUIET):
            pass

    def type(self, keys: str | bytes) -> None:
        """Send `keys` and wait until what they set off is drawn, also where the machine is busy."""
        try:
            os.write(self.fd, keys.encode() if isinstance(keys, str) else keys)
        except OSError:
            return
        self._taken()
        self.read(FIRST)
        self.settle()

    def _taken(self, limit: float = 5.0) -> None:
        """Wait until the program has read what was typed: an ESC read together with the next key is Alt and that."""
        end = time.perf_counter() + limit
        try:
            number = int.from_bytes(fcntl.ioctl(self.fd, _NUMBER, b"\0" * 4), sys.byteorder)
            other_end = os.open(f"/dev/pts/{number}", os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:
            return
        try:
            while time.perf_counter() < end and not self.ended():
                waiting = fcntl.ioctl(other_end, termios.FIONREAD, b"\0" * 4)
                if not int.from_bytes(waiting, sys.byteorder):
                    return
                self.read(0.005)
        except OSError:
            return
        finally:
            os.close(other_end)

    def resize(self, width: int, height: int) -> None:
        self._screen.resize(height, width)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self.read(FIRST)
        self.settle()

    def rows(self) -> list[str]:
        """The rows of the screen as they stand now."""
        new, self._drawn = self.sent[self._drawn :], len(self.sent)
        self._stream.feed(b"".join(part for part in _drawing(new)))
        cells = self._screen.buffer
        return ["".join(cells[y][x].data for x in range(self._screen.columns)) for y in range(self._screen.lines)]

    def until(self, words: str, limit: float = 60.0) -> float | None:
        """Seconds from the start until `words` stood on the screen; None where they never did."""
        while time.perf_counter() - self.begin < limit:
            if self.read(0.02) and any(words in row for row in self.rows()):
                return time.perf_counter() - self.begin
            if self.ended():
                return None
        return None

    def shows(self, words: str, limit: float = 5.0) -> None:
        """Wait until `words` stand on the screen, or where a `!` is before them, stand there no more."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and not self.ended():
            if any(words.lstrip("!") in row for row in self.rows()) != words.startswith("!"):
                return
            self.read(0.02)

    def ended(self) -> bool:
        """Whether the program is over; its `status` is then known, that of a signal as the shell has it."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self.status = code if code >= 0 else 128 - code
        return self.status is not None

    def close(self, limit: float = 15.0) -> int | None:
        """Wait for the end of the program, or make one; its exit status, None where it had to be killed."""
        end = time.perf_counter() + limit
        while not self.ended() and time.perf_counter() < end:
            self.read(0.02)
        while self.read(0):
            pass
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)
        return self.status


def _drawing(sent: bytes) -> list[bytes]:
    """What a simple terminal understands of `sent`: words, colours and places."""
    parts, at = [], 0
    for found in _SEQUENCE.finditer(sent):
        parts.append(sent[at : found.start()])
        if found[0][-1:] in b"mH" and not found[0].startswith(b"\x1b]"):
            parts.append(found[0])
        at = found.end()
    return [*parts, sent[at:]]


def wrong_in(sent: bytes, calm: bytes = b"") -> list[str]:
    """What in `sent` no program that shows only text would send; `calm` is what a session on calm texts sent."""
    wrong, foreign = [], []
    for found in _SEQUENCE.finditer(sent):
        sequence = found[0]
        if not _DRAWS.fullmatch(sequence) and (
            not _ONCE.fullmatch(sequence) or (calm and sent.count(sequence) > calm.count(sequence))
        ):
            foreign.append(sequence)
    if foreign:
        wrong.append(f"sequences sent: {', '.join(sorted({ascii(s)[:30] for s in foreign}))[:200]}")
    text = _SEQUENCE.sub(b"", sent)
    try:
        words = text.decode()
    except UnicodeDecodeError:
        words = text.decode(errors="replace")
        wrong.append("what is sent is no UTF-8")
    for found_all, what in ((_CONTROL.findall(words), "control characters"), (_TURNS.findall(words), "turning marks")):
        if found_all:
            wrong.append(f"{what} sent: {', '.join(sorted({f'U+{ord(c):04X}' for c in found_all}))[:80]}")
    return wrong


def session(terminal: Terminal, view: Callable[[str], None]) -> None:
    """Everything that a reader does to a text; `view` is told after each step where the screen may be looked at."""
    steps: list[tuple[str, ...]] = [
        ("begin", ""),
        ("end", "G"),
        ("begin", "g"),
        ("pages", " "),
        ("pages", " "),
        ("next", "jj"),
        ("counterpart", "mxco"),
        ("search", "/officials"),
        ("hits", "\rnN"),
        ("clear", "\x1b"),
        ("word", "*n"),
        ("clear", "\x1b"),
        ("highlight", "v"),
        ("note", "Ga", "note on"),
        ("noted", "odd, this\r", "!note on"),
        ("coverage", "2jj"),
        ("quotations", "3jj"),
        ("divergences", "4jj"),
        ("notes", "5jj"),
        ("library", "6"),
        ("library", "jj"),
        ("reader", "1"),
        ("export", "e", "Enter write it"),
        ("reader", "\x1b", "!Enter write it"),
        ("help", "?", "What the marks mean"),
        ("reader", "\x1b", "!What the marks mean"),
        ("palette", "\x10the", "Choose a theme"),
        ("reader", "\x1b", "!Choose a theme"),
        ("other pane", "\tgG"),
        ("mouse", "\x1b[<0;20;12M\x1b[<32;40;14M\x1b[<0;40;14m\x1b[<65;20;12M\x1b[<64;100;12M"),
    ]
    for name, keys, *awaited in steps:
        terminal.type(keys)
        for words in awaited:
            terminal.shows(words)
        view(name)
    for size in ((60, 20), (20, 6), SIZE):
        terminal.resize(*size)
        terminal.type("g")
    view("begin")
    terminal.type("G")
    view("end")
    terminal.type(b"\x11")


@dataclass
class Outcome:
    """What became of one case: seconds it took, and what was wrong."""

    case: str
    seconds: float = 0.0
    bytes_sent: int = 0
    wrong: list[str] = field(default_factory=list)
    note: str = ""


def reader(data: Path, *paths: str) -> list[str]:
    """The command that opens the reader on `paths`, not for the first time: no legend then stands over the text."""
    state = data / "state" / "reading.json"
    if not state.exists():
        state.parent.mkdir(parents=True, exist_ok=True)
        state.write_text('{"theme": ""}', encoding="utf-8")
    return [sys.executable, "-m", "summitreader", "--data-dir", str(data), *paths]


def squeezed(words: str) -> str:
    """`words` without white space, as one finds them on a screen however they are wrapped."""
    return "".join(words.split())


def bear(case: str, label: str, calm: str, calm_bytes: bytes) -> Outcome:
    """One case through the whole session."""
    from summitreader import Corpus
    from summitreader.text.gate import shown
    from summitreader.tui.layout.cells import steady

    outcome = Outcome(label)
    begin = time.perf_counter()
    if not Path(case).exists():
        return nothing_there(case, outcome)
    corpus = Corpus.load([case])
    seen: dict[str, str] = {}

    def view(name: str) -> None:
        rows = terminal.rows()
        half = SIZE[0] // 2
        columns = [
            squeezed("".join(row[4 : half - 2] for row in rows)),
            squeezed("".join(r[half + 4 : -2] for r in rows)),
        ]
        seen[name] = seen.get(name, "") + "\n" + "\n".join([*columns, squeezed("".join(rows))])
        if terminal.ended():
            outcome.wrong.append(f"it was over at: {name}")

    with tempfile.TemporaryDirectory() as data:
        terminal = Terminal(reader(Path(data), case, calm))
        if terminal.until("Officials") is None:
            outcome.wrong.append("no first screen")
        terminal.settle(0.4)
        if not outcome.wrong:
            session(terminal, view)
        status = terminal.close()
    outcome.bytes_sent = len(terminal.sent)
    if status != 0:
        outcome.wrong.append("it did not end" if status is None else f"exit status {status}")
        outcome.wrong.append(ascii(terminal.sent[-300:].decode(errors="replace")))
    outcome.wrong += wrong_in(terminal.sent, calm_bytes)
    drawn = squeezed(_SEQUENCE.sub(b"", terminal.sent).decode(errors="replace"))
    """What joined signs come to on a screen is the terminal's matter, and not pyte's: here they stand as sent."""
    for source in corpus.sources:
        for place, passage in (("begin", source.passages[:1]), ("end", source.passages[-1:])):
            words = squeezed(steady(shown("".join(source.text[p.start : p.end] for p in passage))))
            words = words[:60] if place == "begin" else words[-60:]
            if words and not outcome.wrong and not _stands(words, seen[place]) and words not in drawn:
                outcome.wrong.append(f"not on the screen ({place}): {words!a}")
    for refusal in corpus.skipped:
        if not outcome.wrong and squeezed(shown(refusal.reason))[:24] not in seen["library"]:
            outcome.wrong.append(f"not in the library: {refusal.reason!a}")
        outcome.note = refusal.reason
    outcome.seconds = time.perf_counter() - begin
    return outcome


def nothing_there(case: str, outcome: Outcome) -> Outcome:
    """A path that leads nowhere is said in a sentence, and the reader is not opened."""
    with tempfile.TemporaryDirectory() as data:
        terminal = Terminal(reader(Path(data), case))
        status = terminal.close()
    outcome.note = terminal.sent.decode(errors="replace").strip()[:100]
    if status != 1 or b"there is nothing at" not in terminal.sent:
        outcome.wrong.append(f"exit status {status}: {outcome.note!a}")
    outcome.wrong += wrong_in(terminal.sent)
    return outcome


def _stands(words: str, screen: str) -> bool:
    """Whether `words` stand on the screen; combining marks are the terminal's to place, and not looked for."""

    def bare(text: str) -> str:
        decomposed = unicodedata.normalize("NFD", text)
        return "".join(
            c for c in decomposed if not unicodedata.combining(c) and c not in "\u200d\ufe0f" and c.isprintable()
        )

    return bare(words) in bare(screen)


def calm_session(calm: str, folder: Path) -> bytes:
    """The bytes of the same session on two calm texts."""
    other = folder / "other.txt"
    other.write_text(CALM.replace("Monday", "Tuesday"), encoding="utf-8")
    with tempfile.TemporaryDirectory() as data:
        terminal = Terminal(reader(Path(data), str(other), calm))
        terminal.until("Officials")
        terminal.settle(0.4)
        session(terminal, lambda name: None)
        terminal.close()
    return terminal.sent


def make(eval_folder: Path, into: Path) -> list[tuple[str, str]]:
    """Write the cases, and return path and label of each."""
    script = eval_folder / "hostile" / "make_hostile.py"
    subprocess.run([sys.executable, str(script), str(into)], check=True, stdout=subprocess.DEVNULL)
    told = [json.loads(line) for line in (into / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
    cases = [(str(into / c["file"]), f"{c['case']}: {c['file']}") for c in told if (into / c["file"]).name[0] != "\\"]
    odd = [p.name for p in into.iterdir() if "\x1b" in p.name]
    return cases + [(str(into / n), "hostile file name") for n in odd]


def first_screens(case: str, ordinary: str, words: str, rounds: int = 5) -> tuple[float, float]:
    """Seconds to the first screen of `case`, and of an ordinary file, in turn; the least of each, since what else the
    machine does only adds to them."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for n, (path, sought) in enumerate(((case, words), (ordinary, "Officials"))):
            with tempfile.TemporaryDirectory() as data:
                terminal = Terminal(reader(Path(data), path), (120, 36))
                took = terminal.until(sought)
                terminal.type(b"\x11")
                terminal.close()
                times[n].append(60.0 if took is None else took)
    return min(times[0]), min(times[1])


def timings(cases: list[tuple[str, str]], calm: str) -> list[Outcome]:
    """What is no file, while loading; and the first screens of very long texts."""
    from summitreader import Corpus

    outcomes = []
    for path, label in cases:
        if label.startswith(("FIFO", "symlink")):
            times = []
            for _ in range(3):
                begin = time.perf_counter()
                Corpus.load([path])
                times.append(time.perf_counter() - begin)
            took = min(times)
            outcome = Outcome(f"loading {label}", took, note=f"{took * 1000:.0f} ms")
            if took > NOT_A_FILE:
                outcome.wrong.append(f"{took * 1000:.0f} ms")
            outcomes.append(outcome)
        if Path(path).name in ("long_line.txt", "long_token.txt", "many_lines.txt"):
            words = {"long_line.txt": "word word", "long_token.txt": "aaaaaaaa", "many_lines.txt": " x"}
            took, usual = first_screens(path, calm, words[Path(path).name])
            outcome = Outcome(f"first screen of {label}", took, note=f"{took:.2f} s, an ordinary file's {usual:.2f} s")
            if took - usual > LATER:
                outcome.wrong.append(outcome.note)
            outcomes.append(outcome)
    return outcomes


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("eval", type=Path)
    parser.add_argument("--only", default="", help="cases whose label holds this")
    parser.add_argument("--markdown", action="store_true", help="a table of every case, not only of what was wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        calm = Path(folder) / "zz-calm.txt"
        calm.write_text(CALM, encoding="utf-8")
        cases = [c for c in make(options.eval, Path(folder) / "cases") if options.only in c[1]]
        calm_bytes = calm_session(str(calm), Path(folder))
        outcomes = []
        for path, label in cases:
            outcomes.append(bear(path, label, str(calm), calm_bytes))
            if outcomes[-1].wrong:
                print(f"{label!a}: {'; '.join(outcomes[-1].wrong)}", flush=True)
        outcomes += timings(cases, str(calm))
        (Path(folder) / "cases" / "noperm.txt").chmod(0o600)
    if options.markdown:
        print("| case | s | kB sent | what of it | wrong |\n|---|--:|--:|---|---|")
        for o in outcomes:
            wrong = "; ".join(o.wrong).replace("|", "\\|")
            figures = f"{o.seconds:.2f} | {o.bytes_sent / 1000:.0f}"
            print(f"| {ascii(o.case)[1:-1]} | {figures} | {ascii(o.note)[1:-1]} | {wrong} |")
    bad = sum(bool(o.wrong) for o in outcomes)
    print(f"{len(outcomes)} cases, {bad} with something wrong")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
