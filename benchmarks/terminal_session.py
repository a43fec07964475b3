"""A hand that presses anything on a real terminal: `python benchmarks/terminal_session.py TRIAL [ROUNDS] [--seed N]`.

TRIAL is one of
  keys      ROUNDS seeds (20) of 3,000 keys each, with sizes from 1x1 to 500x200, files that change, bytes that are not
            UTF-8 and unclosed pastes: no traceback, nothing in the log, nothing hangs, left within a second
  kills     ROUNDS kills (500), by turns of a reader in which notes are written in bursts, and of `notes add`: what was
            acknowledged is there, and no draft is over a note
  sabotage  ROUNDS sabotages (80) of the files of the data folder under a reader that is then written in and left
  memory    ROUNDS keys (22,000) that read and search, in one reader: what its process holds at each thousand; what it
            holds at the end is at most a quarter and ten megabytes more than after the third
Each prints what it found, and exits with 1 where anything was wrong. tests/e2e runs a short form. Times are by the
clock, less the time in which the kernel had no processor to spare.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from hostile_reader import Terminal
from random_session import KEYS, disturb
from random_session import corpus as write_corpus
from store_hardship import SABOTAGES

from summitreader.config.places import places
from summitreader.notes.files import FILE, LOCK, MIRROR
from summitreader.notes.store import Store
from summitreader.tui.bindings import textual_key
from summitreader.tui.commands import COMMANDS

SIZES = (
    (1, 1),
    (2, 1),
    (1, 50),
    (5, 3),
    (20, 6),
    (40, 12),
    (71, 24),
    (80, 24),
    (120, 36),
    (160, 45),
    (500, 5),
    (500, 200),
)
"""Columns and rows."""
LEAVES = 1.0
"""Seconds in which a reader is left."""
HANGS = 20.0
"""Seconds of the clock in which a key is taken, also on a busy machine."""
ODD_BYTES = (
    b"\xe9",
    b"\xff\xfe",
    b"\x1b[200~pasted \xe9\n",
    b"\x1b[M\x20\xf0\x21",
    b"\x1b",
    b"\x1b[",
    b"\x1b[1;2R",
    b"\x1b[?62c",
)
NAMED = {
    "up": "[A", "down": "[B", "right": "[C", "left": "[D", "home": "[H", "end": "[F", "pageup": "[5~",
    "pagedown": "[6~", "delete": "[3~", "shift+tab": "[Z", "shift+left": "[1;2D", "shift+right": "[1;2C",
    "ctrl+left": "[1;5D", "ctrl+right": "[1;5C", "f2": "OQ", "f3": "OR", "f4": "OS", "f5": "[15~", "f6": "[17~",
}  # fmt: skip
PLAIN = {"enter": b"\r", "escape": b"\x1b", "tab": b"\t", "space": b" ", "backspace": b"\x7f"}


def sent_for(name: str) -> bytes:
    """What a terminal sends for a key, by Textual's name; nothing for one that would leave or stop the program."""
    from textual.keys import key_to_character

    if name in ("ctrl+q", "ctrl+z", "q"):
        return b""
    if name in PLAIN:
        return PLAIN[name]
    if name in NAMED:
        return b"\x1b" + NAMED[name].encode()
    if name.startswith("ctrl+"):
        return bytes([ord(name[-1]) & 31])
    return (key_to_character(name) or "").encode()


TAKEN = [key for key in map(sent_for, [*KEYS, *"abé桥 0", *PLAIN, "delete"]) if key]


class Reader:
    """A reader on a terminal, on a corpus and a data folder of its own below `folder`."""

    def __init__(self, folder: Path, size: tuple[int, int] = (120, 36), program: tuple[str, ...] = ()) -> None:
        self.corpus, self.data = folder / "stories", folder / "data"
        state = self.data / "state" / "reading.json"
        if not state.exists():  # without the words of a first start, which take the first key
            state.parent.mkdir(parents=True, exist_ok=True)
            state.write_text('{"theme": ""}')
        if not self.corpus.exists():
            write_corpus(self.corpus)
        (folder / "out").mkdir(exist_ok=True)
        command = [*(program or (sys.executable, "-m", "summitreader")), "--data-dir", str(self.data), str(self.corpus)]
        homeless = {"HOME": str(folder), "EDITOR": "true", "PATH": "/nowhere", "LC_ALL": "C.UTF-8"}
        command = ["/bin/sh", "-c", 'cd "$0" && exec "$@"', str(folder / "out"), *command]
        self.terminal = Terminal(command, size, **homeless)
        self.wait()

    def wait(self, seconds: float = HANGS) -> None:
        """Until something is drawn and then nothing for a moment."""
        self.terminal.read(seconds)
        self.terminal.settle(0.5)

    def shows_text(self) -> Reader:
        """This, once the words of its first story are on the screen."""
        self.terminal.until("bridge")
        self.terminal.settle(0.3)
        return self

    def send(self, keys: bytes) -> list[str]:
        """Type; what is wrong where it is not taken, or the program ends."""
        terminal = self.terminal
        with suppress(OSError):
            os.write(terminal.fd, keys)
        begin = time.monotonic()
        terminal._taken(HANGS / 4)
        with suppress(OSError):  # suspended, which the palette offers
            if Path(f"/proc/{terminal.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T":
                os.kill(terminal.pid, signal.SIGCONT)
        terminal._taken(HANGS)
        while terminal.read(0.002):
            pass
        if time.monotonic() - begin > HANGS:
            return [f"hangs at {keys!r}"]
        return [f"ended with {terminal.status} at {keys!r}"] if terminal.ended() and terminal.status else []

    def idle(self) -> None:
        """Wait until it has worked off what it was sent: it sleeps, and no processor time is added."""
        before = None
        for _ in range(600):
            state, *figures = Path(f"/proc/{self.terminal.pid}/stat").read_text().rpartition(")")[2].split()
            now = state, figures[10:12]
            if now == before and state == "S":
                return
            before = now
            self.terminal.settle(0.2, limit=0.4)

    def log(self) -> str:
        with suppress(OSError):
            return (places(self.data).state / "errors.log").read_text(errors="replace")
        return ""

    def memory(self) -> float:
        """Megabytes of memory that the reader's own process holds."""
        pages = int(Path(f"/proc/{self.terminal.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def leave(self) -> list[str]:
        """Press Ctrl-Q, outside of whatever is open; what is wrong with how it ends."""
        terminal, wrong = self.terminal, []
        self.send(b"\x1b[201~")  # whatever paste is open
        self.idle()
        waited, begin = _other_work(), time.monotonic()
        self.send(b"\x11")
        while not terminal.ended() and time.monotonic() - begin < HANGS:
            terminal.read(0.01)
        took = time.monotonic() - begin - (_other_work() - waited)
        status = terminal.close(0.1)
        if took > LEAVES:
            wrong.append(f"left after {took:.1f} s")
        if status != 0:
            wrong.append(f"exit status {status}: {terminal.sent[-600:]!r}")
        if b"Traceback" in terminal.sent:
            wrong.append(f"traceback: {terminal.sent[-3000:].decode(errors='replace')}")
        if logged := self.log():
            wrong.append(f"logged: {logged[-3000:]}")
        return wrong


def _other_work() -> float:
    """Seconds that the machine's processors were not to be had, by the kernel's measure of waiting (PSI)."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/pressure/cpu").read_text().split("total=")[1].split()[0]) / 1e6
    return 0.0


def press(reader: Reader, chance: random.Random, keys: int) -> list[str]:
    """So many keys and other things that happen to a reader, by chance."""
    done, recent = 0, []
    while done < keys:
        kind = chance.random()
        if kind < 0.02:
            size = chance.choice(SIZES)
            recent.append(size)
            reader.terminal.resize(*size)
            continue
        if kind < 0.025:
            disturb(reader.corpus, chance)
        piece = (
            chance.choice(ODD_BYTES) if kind < 0.035 else b"".join(chance.choices(TAKEN, k=chance.choice((1, 1, 3, 8))))
        )
        done += 8 if kind < 0.035 else max(1, len(piece))
        recent = [*recent[-12:], piece]
        if wrong := reader.send(piece):
            return [*wrong, f"after {recent}"]
        if chance.random() < 0.1:
            reader.terminal.settle(0.02, limit=2.0)
        if reader.terminal.ended():  # left from the palette
            return []
    return []


def keys(rounds: int, seed: int, count: int = 3_000) -> list[str]:
    wrong: list[str] = []
    for n in range(seed, seed + rounds):
        chance = random.Random(n)
        with tempfile.TemporaryDirectory() as name:
            found: list[str] = []
            pressed = 0
            while pressed < count and not found:
                reader = Reader(Path(name), chance.choice(SIZES))
                found = press(reader, chance, min(1_000, count - pressed))
                pressed += 1_000
                found += reader.leave() if not reader.terminal.ended() else []
            print(f"seed {n}: {'; '.join(found) or 'nothing'}", flush=True)
            wrong += found
    return wrong


LEDGER = """
import json, os, sys
from summitreader.notes.store import Store
from summitreader.tui.bindings import textual_key
from summitreader.tui.commands import COMMANDS
ledger = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def watched(real):
    def call(store, *given, **named):
        made = real(store, *given, **named)
        os.write(ledger, (json.dumps([made.id, made.note]) + "\\n").encode())
        return made
    return call
Store.add = watched(Store.add)
Store.edit = watched(Store.edit)
from summitreader.cli import main
sys.exit(main())
"""
"""The program, which writes down each note that the store acknowledged."""


def kills(rounds: int, seed: int) -> list[str]:
    wrong: list[str] = []
    chance = random.Random(seed)
    count = 0
    with tempfile.TemporaryDirectory() as name:
        folder, ledger = Path(name), Path(name) / "ledger"
        ledger.touch()
        program = (sys.executable, "-c", LEDGER, str(ledger))
        began = time.monotonic()
        subprocess.run([*program, "notes", "list", "--data-dir", str(folder / "data")], check=True, capture_output=True)
        started = 1.5 * (time.monotonic() - began)  # seconds until a note is written, about
        for n in range(rounds):
            if n % 2:
                words = ["notes", "add", str(folder / "stories" / "mill" / "fire.txt"), "--quote", "Nobody was hurt"]
                words += ["--note", f"line {n}", "--data-dir", str(folder / "data")]
                process = subprocess.Popen([*program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(started * (0.5 + chance.random()))
                process.kill()
                process.wait()
            else:
                reader = Reader(folder, (80, 24), program).shows_text()
                text = "".join(f"anote {n} {k} \u00e9\u6865 {'w' * k}\rj" for k in range(12)).encode()
                until, before = time.monotonic() + HANGS, ledger.stat().st_size
                with suppress(OSError):
                    os.write(reader.terminal.fd, text[: chance.randrange(60, len(text))])
                while time.monotonic() < until:
                    reader.terminal.read(0.01)
                    if ledger.stat().st_size > before:  # the first of them was acknowledged
                        until, before = min(until, time.monotonic() + chance.random() * 1.5), 1 << 40
                os.kill(reader.terminal.pid, signal.SIGKILL)
                reader.terminal.close(5)
                if b"Traceback" in reader.terminal.sent:
                    wrong.append(f"kill {n}: traceback {reader.terminal.sent[-900:]!r}")
            last = dict(json.loads(line) for line in ledger.read_text().split("\n")[:-1])
            begin = time.process_time()
            with Store.open(places(folder / "data").data) as store:
                took = time.process_time() - begin
                there = {a.id: a for a in store.all()}
                drafts = {id: store.draft(id) or "" for id in there}
            count = len(last)
            lost = [note for id, note in last.items() if id not in there or not there[id].note.startswith(note)]
            old = [
                text
                for id, text in drafts.items()
                if text and text != there[id].note and there[id].note.startswith(text)
            ]
            if lost or took > 2 or old:
                wrong.append(f"kill {n}: lost {lost}, drafts over notes {old}, {took:.1f} s to open")
                print(wrong[-1], flush=True)
    print(f"{count} notes were acknowledged before {rounds} kills", flush=True)
    return wrong


NOTES = (("before", 0), ("before", 1), ("before", 2), ("after", 0), ("after", 1))
"""The notes that are written before a sabotage and after it."""


def sabotage(rounds: int, seed: int) -> list[str]:
    wrong: list[str] = []
    names = (FILE, f"{FILE}-wal", MIRROR, LOCK, ".")
    folders: dict[str, Callable[[Path], object]] = {
        "moved": lambda path: path.rename(path.with_name("elsewhere")),
        "deleted": lambda path: [file.unlink() for file in path.iterdir() if file.is_file()],
    }
    cases = [(name, kind) for name in names for kind in (folders if name == "." else SABOTAGES)]
    cases = (cases * (rounds // len(cases) + 1))[: rounds or len(cases)]
    for name, kind in cases:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            reader = Reader(folder, (100, 30)).shows_text()
            data = places(reader.data).data
            for when, n in NOTES[:3]:
                reader.terminal.type(f"a{when} {n}\rj")
            (folders if name == "." else SABOTAGES)[kind](data if name == "." else data / name)
            for when, n in NOTES[3:]:
                reader.terminal.type(f"a{when} {n}\rj")
            found = reader.leave()
            try:
                with Store.open(data) as store:
                    there = {a.note for a in store.all()}
                    kept = "\n".join([*there, *store.drafts().values()])  # what could not be saved is a draft
            except Exception as error:  # whatever it is, the notes are shut away
                found.append(f"{type(error).__name__}: {error}")
                kept = ""
            if missing := [f"{when} {n}" for when, n in NOTES if f"{when} {n}" not in kept]:
                found.append(f"missing: {missing}")
            if found:
                wrong.append(f"{name} {kind}: {'; '.join(found)}")
                print(wrong[-1], flush=True)
    print(f"{len(cases)} sabotages", flush=True)
    return wrong


READING = ("Move", "Go to the next", "Views and panes", "Search")
"""Groups of commands that leave no note, which is memory for a good reason."""


def memory(rounds: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    named = [textual_key(k) for c in COMMANDS if c.group in READING for k in c.keys]
    harmless = [key for key in map(sent_for, [*named, "escape", *"abé "]) if key]
    with tempfile.TemporaryDirectory() as name:
        reader = Reader(Path(name)).shows_text()
        held: list[float] = []
        while len(held) * 1_000 < rounds:
            for n in range(250):
                if wrong := reader.send(b"".join(chance.choices(harmless, k=4))):
                    return wrong
                if reader.terminal.ended():
                    return ["it was left"]
                if n % 25 == 24:
                    reader.idle()  # what waits to be worked off is memory too
            held.append(reader.memory())
            print(f"{len(held)},000 keys: {held[-1]:.0f} MB", flush=True)
        wrong = reader.leave()
        print(*wrong, sep="\n")
    settled = held[min(2, len(held) - 1)]  # after that, every part of the program has been loaded
    if held[-1] > settled * 1.25 + 10:
        wrong.append(f"{settled:.0f} MB after three thousand keys, {held[-1]:.0f} MB at the end")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    trials = {"keys": (keys, 20), "kills": (kills, 500), "sabotage": (sabotage, 80), "memory": (memory, 22_000)}
    parser.add_argument("trial", choices=trials)
    parser.add_argument("rounds", type=int, nargs="?", default=0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    trial, usual = trials[given.trial]
    wrong = trial(given.rounds or usual, given.seed)
    print(json.dumps({"trial": given.trial, "rounds": given.rounds or usual, "wrong": len(wrong)}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
