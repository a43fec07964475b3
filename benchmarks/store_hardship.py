"""What the store goes through without losing a note: `python benchmarks/store_hardship.py TRIAL [ROUNDS]`.

TRIAL is one of
  kills       processes that write are killed at random moments; what they were told is kept must be there
  corrections the same of processes that put things right by hand, each correction in place of the one before
  writers     eight processes write 300 notes each at once
  disk        the disk fills (RLIMIT_FSIZE) while notes are written
  flips       a bit of the store's file is changed, anywhere
  bits        the same with as many bits of every page, one at a time; looks at places, search and time to start too
  sabotage    files of the data folder are deleted, cut, doubled, mixed up or replaced by what is no file: at rest, and
              with the store open
  versions    a later version of the program and this one on one folder, in four orders
  migrations  a process is killed while it brings an older store up to date
  scale       100,000 annotations over 2,000 sources: open, add, search
Each prints what it found and exits with 1 where anything was lost. ROUNDS is 500 kills, 200 flips, 10,000 bits, 60
migrations if not said. tests/unit/notes runs the same with few rounds.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from summitreader.notes import documents
from summitreader.notes.errors import StoreError, StoreNewer
from summitreader.notes.files import FILE, LOCK, MIRROR
from summitreader.notes.model import Correction, Selection, Verdict, What
from summitreader.notes.store import Store
from summitreader.text import Source

TEXT = "The two leaders met on Saturday. They spoke of trade.\n\nOfficials gave few details. More talks will follow."


@dataclass(frozen=True, slots=True)
class Found:
    """What a trial came to: rounds, notes that were acknowledged and lost, the slowest start in seconds, and how
    often the store had something to say at its start."""

    rounds: int
    lost: int
    slowest: float
    told: int = 0


def source(folder: Path) -> Source:
    return replace(Source.from_text(TEXT, id="a.txt"), path=str(folder / "a.txt"))


def child(folder: Path, count: int, name: str) -> None:
    """Write notes and say each one's words once it is kept; stop at the first that is refused."""
    account = source(folder)
    with Store.open(folder) as store:
        for n in range(count):
            note = f"{name} {n} " + "words " * (n % 50)
            try:
                store.add([(account, 4, 15)], note, tags=[name])
            except StoreError as error:
                print("REFUSED", error, flush=True)
                return
            print("KEPT", note, flush=True)


def correcting_child(folder: Path, count: int, name: str) -> None:
    """Correct a title again and again, each time in place of the correction before; say each once it is kept."""
    account = source(folder)
    with Store.open(folder) as store:
        before: list[str] = []
        for n in range(count):
            said = Correction(What.FIELD, "title", f"{name} {n}")
            (made,) = store.correct("correction of the title", [(said, [(account, 4, 15)])], instead_of=before)
            before = [made.id]
            print("KEPT", said.value, flush=True)


def corrections(rounds: int, seed: int = 1) -> Found:
    """One store, put right by one process after another, each killed in the middle of its work: the last correction
    that was acknowledged holds, or the one that was being made; each process leaves one, never two and never none."""
    chance = random.Random(seed)
    lost, slowest, told, count = 0, 0.0, 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n in range(rounds):
            process = spawn(folder, 100_000, f"c{n}", does="correcting-child")
            assert process.stdout is not None
            first = process.stdout.readline().rstrip("\n").removeprefix("KEPT ")
            time.sleep(chance.random() * 0.05)
            process.send_signal(signal.SIGKILL)
            acknowledged = [first, *kept(process)]
            count += len(acknowledged)
            began = time.monotonic()
            with Store.open(folder) as store:
                slowest = max(slowest, time.monotonic() - began)
                told += bool(store.notices)
                held = [a.correction.value or "" for a in store.all_corrections() if a.correction is not None]
            mine = [value for value in held if value.startswith(f"c{n} ")]
            last = int(acknowledged[-1].split()[1])
            lost += len(mine) != 1 or int(mine[0].split()[1]) not in (last, last + 1) or len(held) != n + 1
    print(f"{count} corrections were acknowledged before {rounds} kills")
    return Found(rounds, lost, slowest, told)


def spawn(folder: Path, count: int, name: str, *, does: str = "child", **more: object) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__)), does, str(folder), str(count), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **more)  # type: ignore[call-overload,no-any-return]


def kept(process: subprocess.Popen[str]) -> list[str]:
    out, _ = process.communicate()
    return [line.removeprefix("KEPT ") for line in out.split("\n")[:-1] if line.startswith("KEPT ")]


def kills(rounds: int, seed: int = 1) -> Found:
    """One store, written by one process after another, each killed in the middle of its work."""
    chance = random.Random(seed)
    slowest, told = 0.0, 0
    acknowledged: list[str] = []
    lost = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n in range(rounds):
            process = spawn(folder, 100_000, f"k{n}")
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(chance.random() * 0.05)
            process.send_signal(signal.SIGKILL)
            acknowledged += [line for line in [first.rstrip("\n").removeprefix("KEPT ")] if first] + kept(process)
            began = time.monotonic()
            with Store.open(folder) as store:
                slowest = max(slowest, time.monotonic() - began)
                told += bool(store.notices)
                there = {a.note for a in store.search(f"k{n}")}
            lost += sum(1 for note in acknowledged if note.startswith(f"k{n} ") and note not in there)
        with Store.open(folder) as store:
            there = {a.note for a in store.all()}
        lost = max(lost, sum(1 for note in acknowledged if note not in there))
    print(f"{len(acknowledged)} notes were acknowledged before {rounds} kills")
    return Found(rounds, lost, slowest, told)


def writers(processes: int = 8, notes: int = 300) -> Found:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.monotonic()
        running = [spawn(folder, notes, f"w{n}") for n in range(processes)]
        acknowledged = [note for process in running for note in kept(process)]
        spent = time.monotonic() - began
        with Store.open(folder) as store:
            there = {a.note for a in store.all()}
        lost = sum(1 for note in acknowledged if note not in there)
        missing = processes * notes - len(acknowledged)
        (folder / "annotations.sqlite").unlink()
        with Store.open(folder) as store:
            lost += len(there - {a.note for a in store.all()})
    print(f"{processes} writers: {len(acknowledged)} notes kept, {missing} refused, in {spent:.1f} s")
    return Found(processes, lost + missing, spent)


def disk(rounds: int = 6, seed: int = 1) -> Found:
    """No file may grow beyond a limit, at which every write fails as on a full disk."""
    chance = random.Random(seed)
    lost, slowest, told = 0, 0.0, 0
    for n in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            limit = chance.randrange(60_000, 400_000)

            def limited(limit: int = limit) -> None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

            acknowledged = kept(spawn(folder, 3_000, f"d{n}", preexec_fn=limited))
            began = time.monotonic()
            with Store.open(folder) as store:
                slowest = max(slowest, time.monotonic() - began)
                told += bool(store.notices)
                there = {a.note for a in store.all()}
                store.add([(source(folder), 0, 3)], "there is room again")
            lost += sum(1 for note in acknowledged if note not in there)
    return Found(rounds, lost, slowest, told)


def flips(rounds: int, seed: int = 1, notes: int = 300, *, mirror: bool = True) -> Found:
    chance = random.Random(seed)
    lost, slowest, told = 0, 0.0, 0
    with tempfile.TemporaryDirectory() as name:
        whole, folder = Path(name) / "whole", Path(name) / "flipped"
        account = source(whole)
        with Store.open(whole) as store:
            for n in range(notes):
                store.add([(account, 4, 15)], f"note {n} " + "x" * chance.randrange(200))
            wanted = [(a.id, a.note, a.targets) for a in store.all()]
        data = (whole / "annotations.sqlite").read_bytes()
        for _ in range(rounds):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(whole, folder)
            if not mirror:
                (folder / "annotations.jsonl").unlink()
            flipped = bytearray(data)
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            (folder / "annotations.sqlite").write_bytes(flipped)
            began = time.monotonic()
            with Store.open(folder) as store:
                slowest = max(slowest, time.monotonic() - began)
                there = {(a.id, a.note): a.targets for a in store.all()}
                store.undo()
                store.redo()
                told += bool(store.notices)
            lost += sum(1 for id, note, _ in wanted if (id, note) not in there)
    return Found(rounds, lost, slowest, told)


def bits(rounds: int, seed: int = 1, notes: int = 40) -> Found:
    """One bit at a time, as many of each page: every note, its place and its words are found, the store can be written,
    and it opens within two seconds."""
    chance = random.Random(seed)
    lost, slowest, told = 0, 0.0, 0
    with tempfile.TemporaryDirectory() as name:
        whole, folder = Path(name) / "whole", Path(name) / "flipped"
        account = source(whole)
        with Store.open(whole) as store:
            for n in range(notes):
                store.add([(account, 4, 15)], f"note {n} " + "x" * chance.randrange(200), [f"tag{n % 3}"])
            store.decide("key", Verdict.DISMISSED, "number", ["1", "2"])
            wanted = {(a.id, a.note, a.targets[0].start) for a in store.all()}
        data = (whole / FILE).read_bytes()
        pages = len(data) // 4096
        for n in range(rounds):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(whole, folder)
            flipped = bytearray(data)
            flipped[(n % pages) * 4096 + chance.randrange(4096)] ^= 1 << chance.randrange(8)
            (folder / FILE).write_bytes(flipped)
            began = time.monotonic()
            try:
                with Store.open(folder) as store:
                    slowest = max(slowest, time.monotonic() - began)
                    there = {(a.id, a.note, a.targets[0].start) for a in store.for_sources([account])}
                    found = {a.id for a in store.search("note")}
                    right = there == wanted and found == {id for id, _, _ in wanted} and not store.read_only
                    right = right and store.decisions().keys() == {"key"}
                    told += bool(store.notices)
            except Exception as error:  # whatever ends a reader is a failure here
                print(f"bit {n}: {type(error).__name__}: {error}")
                right = False
            lost += not right
    return Found(rounds, lost, slowest, told)


def _rewrite(change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(change(path.read_bytes() if path.exists() else b""))


def _replace(make: Callable[[Path], object]) -> Callable[[Path], object]:
    def does(path: Path) -> None:
        path.unlink(missing_ok=True)
        make(path)

    return does


SABOTAGES: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(missing_ok=True),
    "emptied": _rewrite(lambda data: b""),
    "cut": _rewrite(lambda data: data[: len(data) // 2]),
    "cut by a byte": _rewrite(lambda data: data[:-1]),
    "doubled": _rewrite(lambda data: data + data),
    "reversed": _rewrite(lambda data: data[::-1]),
    "junk": _rewrite(lambda data: b"junk\n" * 900),
    "zeroed": _rewrite(lambda data: bytes(len(data))),
    "lines shuffled": _rewrite(lambda data: b"\n".join(sorted(data.split(b"\n")))),
    "line ends changed": _rewrite(lambda data: data.replace(b"\n", b"\r\n")),
    "a fifo": _replace(os.mkfifo),
    "a folder": _replace(Path.mkdir),
    "a full folder": _replace(lambda path: (path.mkdir(), (path / "x").write_text("x"))),
    "a device": _replace(lambda path: path.symlink_to("/dev/zero")),
    "a link to nothing": _replace(lambda path: path.symlink_to("nowhere")),
    "a link to itself": _replace(lambda path: path.symlink_to(path.name)),
}


REWRITTEN = tuple(kind for kind in SABOTAGES if kind != "deleted" and not kind.startswith("a "))


def sabotage(rounds: int = 0, seed: int = 1) -> Found:
    """Each sabotage of each file, at rest and with the store open; `rounds` of them by chance, all for 0."""
    names = (FILE, f"{FILE}-wal", f"{FILE}-shm", MIRROR, LOCK)
    cases = [(name, kind, is_open) for name in names for kind in SABOTAGES for is_open in (False, True)]
    # SQLite maps the file of shared memory: a process that has it open is ended by the system where it is cut.
    cases = [case for case in cases if not (case[0].endswith("-shm") and case[1] in REWRITTEN and case[2])]
    if rounds:
        cases = random.Random(seed).sample(cases, rounds)
    lost, slowest, told = 0, 0.0, 0
    for name, kind, is_open in cases:
        with tempfile.TemporaryDirectory() as parent:
            folder = Path(parent) / "data"
            try:
                right, seconds, notices = _sabotaged(folder, name, SABOTAGES[kind], is_open=is_open)
            except Exception as error:
                print(f"{name} {kind}, {'open' if is_open else 'at rest'}: {type(error).__name__}: {error}")
                right, seconds, notices = False, 0.0, False
            else:
                if not right:
                    print(f"{name} {kind}, {'open' if is_open else 'at rest'}: notes are missing")
            if seconds > 2:
                print(f"{name} {kind}, {'open' if is_open else 'at rest'}: {seconds:.1f} s to open")
            slowest = max(slowest, seconds)
            told += notices
            lost += not right
    return Found(len(cases), lost, slowest, told)


def _sabotaged(folder: Path, name: str, does: Callable[[Path], object], *, is_open: bool) -> tuple[bool, float, bool]:
    account = source(folder)
    kept: list[str] = []
    store = Store.open(folder)
    kept += [store.add([(account, 4, 15)], f"before {n}").note for n in range(5)]
    if is_open:
        does(folder / name)
        there = {a.note for a in store.for_sources([account])}
        kept += [store.add([(account, 4, 15)], f"after {n}").note for n in range(2)]
        if not set(kept[:5]) <= there:
            return False, 0.0, False
    store.close()
    if not is_open:
        does(folder / name)
    began = time.monotonic()
    with Store.open(folder, wait=1.0) as store:
        seconds = time.monotonic() - began
        kept.append(store.add([(account, 4, 15)], "last").note)
        there = {a.note for a in store.all()}
        return set(kept) <= there and not store.read_only, seconds, bool(store.notices)


LATER = """
import sys
from summitreader.notes import schema
schema.SCHEMA += 1
schema.TABLES += "CREATE TABLE later (x TEXT) STRICT;\\n"
schema.NAMES += ("later",)
from pathlib import Path
from summitreader.notes.model import Verdict
from summitreader.notes.store import Store
store = Store.open(Path(sys.argv[1]))
store.decide(sys.argv[2], Verdict.RIGHT, "number", ["1", "2"])
print("DONE", flush=True)
sys.stdin.readline()
store.close()
"""


def versions() -> Found:
    """A later version, which knows one table more, and this one: this one refuses, and what the later one wrote is
    there when it is opened again. Closed in order, killed, held open, and opened while this one is open."""
    lost, told = 0, 0
    for order in ("closed", "killed", "open", "this one open"):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            account = source(folder)
            mine = Store.open(folder)
            mine.add([(account, 4, 15)], "mine")
            if order != "this one open":
                mine.close()
            later = subprocess.Popen(
                [sys.executable, "-c", LATER, str(folder), order], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            assert later.stdout is not None and later.stdin is not None
            assert later.stdout.readline() == b"DONE\n"
            if order == "closed":
                later.communicate(b"\n")
            elif order == "killed":
                later.kill()
                later.communicate()
            for _ in range(2):
                try:
                    if order == "this one open":
                        mine.add([(account, 4, 15)], "late")
                    else:
                        Store.open(folder).close()
                except StoreNewer:
                    told += 1
            if later.returncode is None:
                later.communicate(b"\n")
            again = subprocess.run(
                [sys.executable, "-c", LATER + CHECK, str(folder), "again"],
                input=b"\n",
                capture_output=True,
                check=True,
            )
            found = again.stdout.decode().split("\n")[1].split("|")
            right = {"mine", order, "again"} <= set(found)
            if not right:
                print(f"{order}: {found}")
            lost += not right
            mine.close()
    return Found(4, lost + (8 - told), 0.0, told)


CHECK = """
store = Store.open(Path(sys.argv[1]))
print("|".join([*store.decisions(), *(a.note for a in store.all())]))
"""


def older_store(folder: Path, notes: int) -> None:
    """A store as an earlier version left it: other tables, the same history."""
    account = source(folder)
    with Store.open(folder) as store:
        for n in range(notes):
            store.add([(account, 4, 15)], f"old {n}")
        store.save_draft("here", "half a thou")
    db = sqlite3.connect(folder / "annotations.sqlite", isolation_level=None)
    db.executescript("DROP TABLE words; DROP INDEX source_url; UPDATE annotation SET sum = 0; PRAGMA user_version = 5;")
    db.close()
    (folder / "annotations.lock").unlink()


def migrations(rounds: int, seed: int = 1, notes: int = 400) -> Found:
    chance = random.Random(seed)
    lost, slowest, told = 0, 0.0, 0
    with tempfile.TemporaryDirectory() as name:
        whole, folder = Path(name) / "whole", Path(name) / "older"
        older_store(whole, notes)
        for n in range(rounds):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(whole, folder)
            process = spawn(folder, 1, f"m{n}")
            time.sleep(0.05 + chance.random() * 0.5)
            process.send_signal(signal.SIGKILL)
            acknowledged = kept(process)
            began = time.monotonic()
            with Store.open(folder) as store:
                slowest = max(slowest, time.monotonic() - began)
                told += bool(store.notices)
                there = {a.note for a in store.all()}
                draft = store.draft("here")
            lost += notes - len([note for note in there if note.startswith("old ")]) + (draft != "half a thou")
            lost += sum(1 for note in acknowledged if note not in there)
    return Found(rounds, lost, slowest, told)


def scale(annotations: int = 100_000, sources: int = 2_000) -> Found:
    chance = random.Random(5)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(chance.choice(letters) for _ in range(chance.randrange(3, 9))) for _ in range(5_000)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        accounts = []
        for n in range(sources):
            text = ". ".join(" ".join(chance.choice(words) for _ in range(20)) for _ in range(30))
            accounts.append(replace(Source.from_text(text, id=f"s{n}"), path=str(folder / f"s{n}.txt")))
        made = [_document(accounts[n % sources], words, chance) for n in range(annotations)]
        with Store.open(folder) as store:
            for at in range(0, annotations, 10_000):
                store.bring_in(made[at : at + 10_000], [a.text for a in accounts] if at == 0 else [])
        began = time.monotonic()
        store = Store.open(folder)
        opened = time.monotonic() - began
        adds = []
        for _ in range(300):
            began = time.monotonic()
            store.add([(chance.choice(accounts), 10, 40)], "one more", tags=["later"])
            adds.append(time.monotonic() - began)
        adds.sort()
        searches, worked = [], []
        for n in range(40):
            began, work = time.monotonic(), time.process_time()
            store.search(f"{words[n]} {words[n + 50]}" if n % 2 else words[n], limit=200)
            searches.append(time.monotonic() - began)
            worked.append(time.process_time() - work)
        began = time.monotonic()
        some = store.for_sources(accounts[:10])
        ten = time.monotonic() - began
        store.close()
    print(
        f"{annotations} annotations, {sources} sources: open {opened:.2f} s, add {adds[150] * 1e3:.1f} ms "
        f"(95th percentile {adds[285] * 1e3:.1f} ms), search at most {max(searches) * 1e3:.0f} ms "
        f"({max(worked) * 1e3:.0f} ms of processor time), "
        f"{len(some)} annotations of ten sources {ten * 1e3:.0f} ms"
    )
    ok = opened <= 2 and adds[285] <= 0.02 and max(searches) <= 0.1
    return Found(1, 0 if ok else 1, opened)


def _document(account: Source, words: list[str], chance: random.Random) -> documents.Document:
    start = chance.randrange(len(account.text) - 100)
    selection = Selection.of(account.text, start, start + 80)
    about = dict.fromkeys(documents.ABOUT)
    described = {"id": account.id, "location": account.path, "sha256": account.sha256, "about": about}
    target = documents.target_document("0", "", account.sha256, selection, "¶1")
    placed = documents.base_placement(target)
    return {
        "id": None,
        "note": " ".join(chance.choice(words) for _ in range(15)),
        "tags": [chance.choice(words)],
        "colour": None,
        "created": "2026-01-01T00:00:00.000Z",
        "modified": "2026-01-01T00:00:00.000Z",
        "iri": None,
        "creator": None,
        "targets": [target | {"source": described, "placed": placed}],
    }


def main(words: list[str]) -> int:
    if words[:1] == ["child"]:
        child(Path(words[1]), int(words[2]), words[3])
        return 0
    if words[:1] == ["correcting-child"]:
        correcting_child(Path(words[1]), int(words[2]), words[3])
        return 0
    trial = words[0] if words else ""
    rounds = int(words[1]) if len(words) > 1 else 0
    trials = {
        "kills": lambda: kills(rounds or 500),
        "corrections": lambda: corrections(rounds or 200),
        "writers": lambda: writers(),
        "disk": lambda: disk(rounds or 20),
        "flips": lambda: flips(rounds or 200),
        "bits": lambda: bits(rounds or 10_000),
        "sabotage": lambda: sabotage(rounds),
        "versions": lambda: versions(),
        "flips-without-mirror": lambda: flips(rounds or 200, mirror=False),
        "migrations": lambda: migrations(rounds or 60),
        "scale": lambda: scale(),
    }
    if trial not in trials:
        print(__doc__, file=sys.stderr)
        return 2
    os.nice(5)
    found = trials[trial]()
    print(json.dumps({"trial": trial, **{n: getattr(found, n) for n in found.__slots__}}))
    return 1 if found.lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
