"""How quick the reader is, beside plain Textual apps, in one run: ratios, since absolute times are the machine's.

    python benchmarks/reader_speed.py [--size 160x45] [--rounds 5] [--long] [--comparing] [--one-line] [--only NAMES]

start   from exec until the last line of the first screen is there, against three `Static`s with the same texts
j       a passage on (cursor, outlines in three panes, followers, inspector), against Down in a read-only `TextArea`
page    PageDown and PageUp over the same rows, against the same in the `TextArea`; then PageDown alone through a text
        that was not shown before, whose rows are all drawn for the first time
--long  `j` and `k` in a source of 30,000 passages beside two short ones, against the reader itself on one of 30
--comparing  `j` and `k` while three sources of 12,000 passages are compared, against the same when that is done: from
        the key to the frame that shows the new place, at the median and at the 95th percentile
--one-line   the first screen of a source of two megabytes in one line, against that of an ordinary one: how much later
--only  just these: start, step, page, first-read, long, comparing, one-line

A key counts as settled at the last byte before half a second of silence; where a comparison goes on there is none. The
programs take turns, and the medians are compared; beside them stands the ratio of the processor time of the two (the
reader's child, which compares, left out). Needs nothing but the project's own environment.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import random
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_QUIET = 0.5
"""Seconds of silence after which a key counts as settled."""

_KEYS = {"Down": "\x1b[B", "PageDown": "\x1b[6~", "PageUp": "\x1b[5~"}
_PLACE = re.compile(rb"\x1b\[(\d+);\d+H")
_FRAME_ENDS = b"\x1b[?2026l"
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

    def shown(self, key: str, limit: float = 10.0) -> float | None:
        """Milliseconds from a key to the end of the first frame that draws more than the first row, which tells how
        far a comparison has come; None where none came."""
        self.seen.clear()
        begin = time.perf_counter()
        os.write(self.fd, _KEYS.get(key, key).encode())
        while time.perf_counter() - begin < limit:
            self._read(0.005)
            now = time.perf_counter()
            for frame in self.seen.split(_FRAME_ENDS)[:-1]:
                drawn = _PLACE.findall(frame)[:-1]  # the last is where the cursor is put
                if any(int(row) > 2 for row in drawn):
                    return (now - begin) * 1e3
        return None

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


def lengthen(path: Path, passages: int, seed: int = 7) -> None:
    """Bring a source to so many passages with words drawn from a vocabulary of 20,000, as many as a long book has."""
    draw = random.Random(7)
    words = ["".join(draw.choices("aeiou", k=2) + draw.choices("bcdfghlmnprst", k=3)) for _ in range(20_000)]
    draw.seed(seed)
    said = (" ".join(draw.choices(words, k=14)).capitalize() + "." for _ in range(passages))
    with path.open("a", encoding="utf-8") as file:
        for three in zip(said, said, said, strict=False):
            file.write("\n\n" + " ".join(three))


def alternate(
    programs: dict[str, list[str]], keys: dict[str, list[str]], size: tuple[int, int], presses: int, quiet: float = 3.0
) -> dict[str, list[tuple[float, float]]]:
    """Of keys of several programs that run side by side and are pressed in turn: the time to the last change, and the
    processor time, in milliseconds. A key that changes nothing is not counted."""
    terminals = {name: Terminal(command, size) for name, command in programs.items()}
    for terminal in terminals.values():
        terminal.until("Delegate number 0 ")
    for terminal in terminals.values():
        terminal.settle(quiet)  # else what a comparison says of its progress would count as a key's last change
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


def while_comparing(command: list[str], size: tuple[int, int], presses: int) -> tuple[list[float], list[float]]:
    """Milliseconds from a key to its frame: while a comparison runs, and when it is done."""
    draw = random.Random(7)
    terminal = Terminal(command, size)
    terminal.until("Delegate number 0 ")
    time.sleep(1.0)
    terminal.press("j")  # closes what the first start shows
    found: list[list[float]] = []
    for _ in range(2):
        times = []
        for n in range(presses):
            took = terminal.shown("jk"[n % 2])
            times += [took] if took is not None else []
            pause = time.perf_counter() + draw.uniform(0.1, 0.3)
            while time.perf_counter() < pause:
                terminal._read(0.01)
        found.append(times)
        if len(found) == 1:
            terminal.seen.clear()
            terminal.settle(3.0)
            if b" %" not in terminal.seen:
                print("The comparison ended before the last key was pressed: fewer --presses would do.")
    terminal.close()
    return found[0], found[1]


def percentile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, round(share * (len(times) - 1)))]


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


@dataclass(frozen=True)
class Setting:
    """Where the corpora lie, and how often what is measured."""

    scratch: Path
    size: tuple[int, int]
    rounds: int
    presses: int

    def reader(self, corpus: Path) -> list[str]:
        program = str(Path(sys.executable).with_name("summitreader"))
        return [program, "--data-dir", str(self.scratch / "data"), str(corpus)]

    def corpus(self, name: str, passages: int) -> Path:
        folder = self.scratch / name
        if not folder.is_dir():
            folder.mkdir()
            sample(folder, passages)
        return folder


def _baseline(name: str, *arguments: Path) -> list[str]:
    return [sys.executable, str(_HERE / "baselines" / f"{name}.py"), *map(str, arguments)]


def _starts(programs: dict[str, list[str]], last: dict[str, str], setting: Setting) -> list[list[tuple[float, float]]]:
    """Of each program the times until its last line was drawn, and its processor times."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for n in range(setting.rounds + 1):
        for name, command in programs.items():
            terminal = Terminal(command, setting.size)
            took = terminal.until(last[name])
            if n:  # the first start of a program may compile it
                found[name].append((took, terminal.processor()))
            terminal.close()
    return list(found.values())


def start(setting: Setting) -> bool:
    short = setting.corpus("short", 30)
    programs = {"ours": setting.reader(short), "theirs": _baseline("three_statics", short)}
    ours, theirs = _starts(programs, dict.fromkeys(programs, "The last line is here."), setting)
    return show("start", ours, theirs, 1.5)


def _against_area(what: str, corpus: Path, ours: list[str], theirs: list[str], bound: float, setting: Setting) -> bool:
    programs = {"ours": setting.reader(corpus), "theirs": _baseline("text_area", corpus / "outlet-0.txt")}
    times = alternate(programs, {"ours": ours, "theirs": theirs}, setting.size, setting.presses)
    return show(what, times["ours"], times["theirs"], bound)


def step(setting: Setting) -> bool:
    return _against_area("j against Down", setting.corpus("short", 30), ["j"], ["Down"], 2.0, setting)


def page(setting: Setting) -> bool:
    keys = ["PageDown", "PageUp"]
    return _against_area("page", setting.corpus("short", 30), keys, keys, 1.5, setting)


def first_read(setting: Setting) -> bool:
    book = setting.corpus("book", 60 * setting.presses)
    return _against_area("page, read first", book, ["PageDown"], ["PageDown"], 1.5, setting)


def long(setting: Setting) -> bool:
    short, book = setting.corpus("short", 30), setting.corpus("long", 30)
    lengthen(book / "outlet-0.txt", 30_000)
    programs = {"ours": setting.reader(book), "theirs": setting.reader(short)}
    times = alternate(programs, {name: ["j", "k"] for name in programs}, setting.size, setting.presses, 15.0)
    return show("j, 30,000 against 30", times["ours"], times["theirs"], 1.3)


def comparing(setting: Setting) -> bool:
    folder = setting.corpus("compared", 30)
    for n in range(3):
        lengthen(folder / f"outlet-{n}.txt", 12_000, seed=n)
    busy, idle = while_comparing(setting.reader(folder), setting.size, 4 * setting.presses)
    held = True
    for words, share, bound in (("median", 0.5, None), ("95th percentile", 0.95, 2.0)):
        a, b = percentile(busy, share), percentile(idle, share)
        verdict = f"(at most {bound})  {'' if a / b <= bound else 'MISSED'}" if bound else ""
        held &= bound is None or a / b <= bound
        print(f"{'j while comparing, ' + words:<34} {a:7.1f} ms  against {b:7.1f} ms   ratio {a / b:4.2f}  {verdict}")
    return held


def one_line(setting: Setting) -> bool:
    short, line = setting.corpus("short", 30), setting.scratch / "line"
    line.mkdir()
    (line / "line.txt").write_text("The first words are here. " + "Nobody broke this line of words. " * 62_500)
    programs = {"ours": setting.reader(line), "theirs": setting.reader(short)}
    ours, theirs = _starts(programs, {"ours": "The first words are here.", "theirs": "The last line is here."}, setting)
    (a, cpu), (b, other_cpu) = ([statistics.median(column) for column in zip(*t, strict=True)] for t in (ours, theirs))
    held = a - b <= 1000
    later = f"{a - b:.0f} ms later (at most 1000)  processor {cpu - other_cpu:.0f} ms more  {'' if held else 'MISSED'}"
    print(f"{'two megabytes in a line':<22} {a:7.1f} ms  against {b:7.1f} ms   {later}")
    return held


ALWAYS = {"start": start, "step": step, "page": page, "first-read": first_read}
WANTED = {"long": long, "comparing": comparing, "one-line": one_line}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="160x45")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--presses", type=int, default=12)
    for name in WANTED:
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--only", nargs="+", choices=[*ALWAYS, *WANTED])
    a = parser.parse_args()
    columns, rows = map(int, a.size.split("x"))
    wanted = a.only or [*ALWAYS, *(name for name in WANTED if getattr(a, name.replace("-", "_")))]
    with tempfile.TemporaryDirectory() as scratch:
        setting = Setting(Path(scratch), (columns, rows), a.rounds, a.presses)
        held = [{**ALWAYS, **WANTED}[name](setting) for name in wanted]
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f}, {columns}x{rows}, {a.rounds} starts, {a.presses} presses, medians")
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())
