"""How quick the reader is, beside plain Textual apps, in one run: ratios, since absolute times are the machine's.

    python benchmarks/reader_speed.py [--size 160x45] [--rounds 5] [--long]

start   from exec until the last line of the first screen is there, against three `Static`s with the same texts
j       a passage on (cursor, outlines in three panes, followers, inspector), against Down in a read-only `TextArea`
page    PageDown and PageUp over the same rows, against the same in the `TextArea`; then PageDown alone through a text
        that was not shown before, whose rows are all drawn for the first time
--long  `j` and `k` in a source of 30,000 passages beside two short ones, against the reader itself on one of 30

A key counts as settled at the last byte before half a second of silence. The programs take turns, and the medians are
compared; beside them stands the ratio of the processor time of the two (the reader's child, which compares, left out).
Needs nothing but the project's own environment.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import random
import re
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_QUIET = 0.5
"""Seconds of silence after which a key counts as settled."""

_COMPARED = 3.0
"""Seconds of silence after which the comparison is done, and says no more of its progress."""

_KEYS = {"Down": "\x1b[B", "PageDown": "\x1b[6~", "PageUp": "\x1b[5~"}
_ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()].")


class Terminal:
    """A program on a pseudo-terminal that answers what programs ask of terminals at their start."""

    def __init__(self, command: list[str], size: tuple[int, int]) -> None:
        self.begin = time.perf_counter()
        self.seen = bytearray()
        """What was sent since a key was pressed. It is read between a program's writes, so nothing here may grow."""
        pid, fd = pty.fork()
        if pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            # Without its bytecode a program is compiled at each start, which an installed one never is.
            for name in ("COLUMNS", "LINES", "TMUX", "NO_COLOR", "PYTHONDONTWRITEBYTECODE"):
                os.environ.pop(name, None)
            os.execvp(command[0], command)
        self.pid, self.fd = pid, fd
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def _read(self, wait: float) -> bool:
        if not select.select([self.fd], [], [], wait)[0]:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.seen += data
        if b"\x1b[6n" in data:
            os.write(self.fd, b"\x1b[1;1R")
        if b"\x1b[c" in data:
            os.write(self.fd, b"\x1b[?62;22c")
        for mode in re.findall(rb"\x1b\[\?(\d+)\$p", data):
            os.write(self.fd, b"\x1b[?" + mode + b";2$y")
        return True

    def until(self, words: str, limit: float = 30.0) -> float:
        """Milliseconds from the start until `words` were drawn."""
        wanted = words.encode()
        while time.perf_counter() - self.begin < limit:
            self._read(0.01)
            if wanted in _ESCAPES.sub(b"", self.seen):
                return (time.perf_counter() - self.begin) * 1e3
        raise SystemExit(f"{words!r} was not shown within {limit} s")

    def settle(self, quiet: float = _QUIET) -> float | None:
        """Seconds (perf_counter) of the last byte before silence; None where nothing came."""
        last = None
        while self._read(quiet):
            last = time.perf_counter()
        return last

    def processor(self) -> float:
        """Milliseconds of processor time that the program has used so far, without its children; 0 where that is not
        told (other systems than Linux)."""
        spent = 0
        for task in Path(f"/proc/{self.pid}/task").glob("*/schedstat"):
            try:
                spent += int(task.read_text().split()[0])
            except (OSError, ValueError):
                continue
        return spent / 1e6

    def press(self, key: str) -> float | None:
        """Milliseconds from a key to the last change that it made."""
        self.seen.clear()
        begin = time.perf_counter()
        os.write(self.fd, _KEYS.get(key, key).encode())
        last = self.settle()
        return None if last is None else (last - begin) * 1e3

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def sample(folder: Path, passages: int) -> None:
    """Three sources that share about every third passage."""
    for name in range(3):
        paragraphs = []
        for n in range(passages // 3):
            event = n if n % 3 == 0 else n * 10 + name
            paragraphs.append(
                f"Delegate number {event} spoke for {event % 50 + 2} minutes about district {event % 97}. "
                f"The hall listened to proposal {event} in silence. A vote on it was put off until session {event + 4}."
            )
        last = "The last line is here." if passages < 60 else ""
        text = f"Assembly day, as outlet {name} saw it\n\n" + "\n\n".join(paragraphs[:3]) + f"\n\n{last}\n\n"
        (folder / f"outlet-{name}.txt").write_text(text + "\n\n".join(paragraphs[3:]), encoding="utf-8")


def lengthen(path: Path, passages: int) -> None:
    """Bring a source to so many passages with words drawn from a vocabulary of 20,000, as many as a long book has."""
    draw = random.Random(7)
    words = ["".join(draw.choices("aeiou", k=2) + draw.choices("bcdfghlmnprst", k=3)) for _ in range(20_000)]
    said = (" ".join(draw.choices(words, k=14)).capitalize() + "." for _ in range(passages))
    with path.open("a", encoding="utf-8") as file:
        for three in zip(said, said, said, strict=False):
            file.write("\n\n" + " ".join(three))


def alternate(
    programs: dict[str, list[str]], keys: dict[str, list[str]], size: tuple[int, int], presses: int
) -> dict[str, list[tuple[float, float]]]:
    """Of keys of several programs that run side by side and are pressed in turn: the time to the last change, and the
    processor time, in milliseconds. A key that changes nothing is not counted."""
    terminals = {name: Terminal(command, size) for name, command in programs.items()}
    for terminal in terminals.values():
        terminal.until("Delegate number 0 ")
    for terminal in terminals.values():
        terminal.settle(_COMPARED)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for n in range(presses + 2):
        for name, terminal in terminals.items():
            before = terminal.processor()
            took = terminal.press(keys[name][n % len(keys[name])])
            if took is not None and n >= 2:
                times[name].append((took, terminal.processor() - before))
    for terminal in terminals.values():
        terminal.close()
    return times


def show(what: str, ours: list[tuple[float, float]], theirs: list[tuple[float, float]], bound: float) -> bool:
    """One line: the ratio of the times, which is what is promised, and of the processor times, which other work on the
    machine hardly changes."""
    (a, ours_cpu), (b, theirs_cpu) = (
        [statistics.median(column) for column in zip(*t, strict=True)] for t in (ours, theirs)
    )
    held = a / b <= bound
    verdict = "" if held else "MISSED"
    cpu = f"processor {ours_cpu / theirs_cpu:4.2f}" if theirs_cpu else ""
    print(f"{what:<22} {a:7.1f} ms  against {b:7.1f} ms   ratio {a / b:4.2f}  (at most {bound})  {cpu}  {verdict}")
    return held


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="160x45")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--presses", type=int, default=12)
    parser.add_argument("--long", action="store_true")
    a = parser.parse_args()
    columns, rows = map(int, a.size.split("x"))
    size = (columns, rows)
    python = sys.executable
    with tempfile.TemporaryDirectory() as scratch:
        short, book, long = (Path(scratch) / name for name in ("short", "book", "long"))
        short.mkdir()
        sample(short, 30)
        reader = [str(Path(python).with_name("summitreader")), "--data-dir", f"{scratch}/data"]
        statics = [python, str(_HERE / "baselines" / "three_statics.py"), str(short)]
        area = [python, str(_HERE / "baselines" / "text_area.py"), str(short / "outlet-0.txt")]
        starts: dict[str, list[tuple[float, float]]] = {"ours": [], "theirs": []}
        for n in range(a.rounds + 1):
            for name, command in (("ours", [*reader, str(short)]), ("theirs", statics)):
                terminal = Terminal(command, size)
                took = terminal.until("The last line is here.")
                if n:  # the first start of a program may compile it
                    starts[name].append((took, terminal.processor()))
                terminal.close()
        held = show("start", starts["ours"], starts["theirs"], 1.5)
        both = {"ours": [*reader, str(short)], "theirs": area}
        times = alternate(both, {"ours": ["j"], "theirs": ["Down"]}, size, a.presses)
        held &= show("j against Down", times["ours"], times["theirs"], 2.0)
        times = alternate(both, {name: ["PageDown", "PageUp"] for name in both}, size, a.presses)
        held &= show("page", times["ours"], times["theirs"], 1.5)
        book.mkdir()
        sample(book, 60 * a.presses)
        both = {
            "ours": [*reader, str(book)],
            "theirs": [python, str(_HERE / "baselines" / "text_area.py"), str(book / "outlet-0.txt")],
        }
        times = alternate(both, {name: ["PageDown"] for name in both}, size, a.presses)
        held &= show("page, read first", times["ours"], times["theirs"], 1.5)
        if a.long:
            shutil.copytree(short, long)
            lengthen(long / "outlet-0.txt", 30_000)
            both = {"ours": [*reader, str(long)], "theirs": [*reader, str(short)]}
            times = alternate(both, {name: ["j", "k"] for name in both}, size, a.presses)
            held &= show("j, 30,000 against 30", times["ours"], times["theirs"], 1.3)
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f}, {columns}x{rows}, {a.rounds} starts, {a.presses} presses, medians")
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
