"""What may be wrong with the files of a data folder, and what comes of it: every note is there, and it is said."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from summitreader.notes import connection, events, schema
from summitreader.notes.errors import StoreError, StoreNewer
from summitreader.notes.events import read_mirror
from summitreader.notes.files import FILE, LOCK, MIRROR, note_schema, stored_schema
from summitreader.notes.store import Store
from tests.unit.notes.accounts import account, span


def filled(folder: Path, notes: int = 12) -> list[str]:
    with Store.open(folder) as store:
        store.add([span(account(), "North")], "zero", ["tag"])
        return [store.get(store.all()[0].id).id] + [
            store.add([span(account(), "peace")], f"note {n} " + "words " * n).id for n in range(1, notes)
        ]


# A later version's store


def newer(folder: Path, *, in_log: bool) -> sqlite3.Connection:
    """As a version with one more table leaves it; open, its last pages still in the log, or closed."""
    ids = filled(folder, 3)
    note_schema(folder / LOCK, schema.SCHEMA + 1)
    db = sqlite3.connect(folder / FILE, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.executescript(
        f"BEGIN; CREATE TABLE later (x TEXT); INSERT INTO later VALUES ('{ids[0]}');"
        f"PRAGMA user_version = {schema.SCHEMA + 1}; COMMIT;"
    )
    if not in_log:
        db.close()
    return db


@pytest.mark.parametrize("in_log", [True, False])
@pytest.mark.parametrize("noted", [True, False])
def test_a_newer_store_is_refused_also_where_its_number_is_in_the_log_alone(
    tmp_path: Path, in_log: bool, noted: bool
) -> None:
    db = newer(tmp_path, in_log=in_log)
    if not noted:
        (tmp_path / LOCK).unlink()
    assert stored_schema(tmp_path / FILE, schema.APPLICATION_ID) == schema.SCHEMA + 1
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.suffix != ".sqlite-shm"}
    for _ in range(2):
        with pytest.raises(StoreNewer, match="later version"):
            Store.open(tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.suffix != ".sqlite-shm"} == before
    db.close()


def test_a_number_that_the_lock_contradicts_is_damage(tmp_path: Path) -> None:
    ids = filled(tmp_path)
    for number in (schema.SCHEMA + 1, schema.SCHEMA - 1, schema.SCHEMA ^ 4, 0):
        data = bytearray((tmp_path / FILE).read_bytes())
        data[60:64] = number.to_bytes(4, "big")
        (tmp_path / FILE).write_bytes(data)
        with Store.open(tmp_path) as store:
            assert [a.id for a in store.all()] == ids and not store.read_only and store.notices


def test_a_changed_bit_in_the_lock_is_no_later_version(tmp_path: Path) -> None:
    ids = filled(tmp_path)
    whole = (tmp_path / LOCK).read_bytes()
    for at in range(len(whole)):
        for bit in range(8):
            flipped = bytearray(whole)
            flipped[at] ^= 1 << bit
            (tmp_path / LOCK).write_bytes(flipped)
            with Store.open(tmp_path) as store:
                assert len(store.all()) == len(ids)


def test_a_mirror_of_a_later_version_is_not_replayed_in_part(tmp_path: Path) -> None:
    filled(tmp_path)
    last = max(read_mirror(tmp_path / MIRROR)[0])
    with (tmp_path / MIRROR).open("ab") as file:
        file.write(events.mirror_line(events.Event(last + 1, "2027", "of later", {})))
    (tmp_path / FILE).unlink()
    before = (tmp_path / MIRROR).read_bytes()
    with pytest.raises(StoreNewer):
        Store.open(tmp_path)
    assert (tmp_path / MIRROR).read_bytes() == before


# Bits


def test_one_bit_anywhere_in_the_list_of_tables_or_the_head_is_damage_and_nothing_else(tmp_path: Path) -> None:
    whole, folder = tmp_path / "whole", tmp_path / "flipped"
    ids = filled(whole, 6)
    data = (whole / FILE).read_bytes()
    chance = random.Random(7)
    for _ in range(60):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        flipped = bytearray(data)
        flipped[chance.randrange(4096)] ^= 1 << chance.randrange(8)
        (folder / FILE).write_bytes(flipped)
        with Store.open(folder) as store:
            assert [a.id for a in store.all()] == ids and not store.read_only
            assert [a.targets[0].start for a in store.for_sources([account()])] != []
            assert {a.id for a in store.search("note")} == set(ids[1:])


def test_a_changed_first_event_leaves_the_mirror_where_it_is(tmp_path: Path) -> None:
    ids = filled(tmp_path)
    db = sqlite3.connect(tmp_path / FILE)
    db.execute("UPDATE event SET payload = replace(payload, 'about', 'abouT') WHERE seq = 1")
    db.commit()
    db.close()
    with Store.open(tmp_path) as store:
        assert [a.id for a in store.for_sources([account()])] == ids
    assert not list(tmp_path.glob("annotations.other-*"))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE annotation SET kind = 'nota' WHERE number = 2",
        "UPDATE annotation SET kind = 'correction' WHERE number = 2",
        "UPDATE annotation SET deleted = 1 WHERE number = 2",
        "UPDATE words SET folded = 'x' WHERE number = 2",
        "DROP TABLE words",
        "ALTER TABLE annotation RENAME COLUMN doc TO dog",
        "DELETE FROM target",
        "PRAGMA application_id = 7",
    ],
)
def test_a_change_that_sqlite_does_not_notice_is_noticed(tmp_path: Path, change: str) -> None:
    ids = filled(tmp_path)
    db = sqlite3.connect(tmp_path / FILE)
    db.execute(change)
    db.commit()
    db.close()
    with Store.open(tmp_path) as store:
        assert [a.id for a in store.all()] == ids
        assert {a.id for a in store.search("note")} == set(ids[1:])
        assert any("made anew" in notice for notice in store.notices)


def test_a_damaged_first_line_of_the_mirror_is_written_anew(tmp_path: Path) -> None:
    ids = filled(tmp_path)
    data = bytearray((tmp_path / MIRROR).read_bytes())
    data[30] ^= 4
    (tmp_path / MIRROR).write_bytes(data)
    with Store.open(tmp_path) as store:
        assert any("written anew" in notice for notice in store.notices)
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    with Store.open(tmp_path) as store:
        assert [a.id for a in store.all()] == ids


# What is no file


@pytest.mark.parametrize("name", [FILE, MIRROR, LOCK, f"{FILE}-wal", f"{FILE}-journal"])
@pytest.mark.parametrize("kind", ["fifo", "folder", "device"])
def test_what_is_no_file_is_set_aside_and_neither_waited_for_nor_deleted(tmp_path: Path, name: str, kind: str) -> None:
    ids = filled(tmp_path)
    (tmp_path / name).unlink(missing_ok=True)
    make: dict[str, Callable[[Path], object]] = {
        "fifo": os.mkfifo,
        "folder": Path.mkdir,
        "device": lambda path: path.symlink_to("/dev/zero"),
    }
    make[kind](tmp_path / name)
    began = time.monotonic()
    with Store.open(tmp_path) as store:
        assert [a.id for a in store.all()] == ids and not store.read_only
        assert any("not a regular file" in notice for notice in store.notices)
        store.add([span(account(), "peace")])
    assert time.monotonic() - began < 5
    assert len(list(tmp_path.glob("*.not-a-file-*"))) == 1


def test_a_store_that_cannot_be_opened_at_all_shows_what_its_mirror_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = filled(tmp_path)
    (tmp_path / FILE).write_bytes(b"not a store")
    monkeypatch.setattr("os.access", lambda *_: False)
    with Store.open(tmp_path) as store:
        assert store.read_only and [a.id for a in store.all()] == ids


def test_only_its_owner_can_read_what_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    mask = os.umask(0o022)
    try:
        with Store.open(folder) as store:
            store.add([span(account(), "peace")])
            names = [FILE, f"{FILE}-wal", MIRROR, LOCK]
            assert {n: stat.S_IMODE((folder / n).stat().st_mode) for n in names} == dict.fromkeys(names, 0o600)
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / FILE).write_bytes(b"rubbish")
        (folder / FILE).chmod(0o644)
        with Store.open(folder):
            assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    finally:
        os.umask(mask)


# Two histories


def both(folder: Path) -> tuple[Path, Path, str]:
    """Two copies of a store with one note, each of which went on by itself."""
    one, two = folder / "one", folder / "two"
    with Store.open(one) as store:
        shared = store.add([span(account(), "peace")], "shared").id
    shutil.copytree(one, two)
    return one, two, shared


def test_histories_that_part_are_merged_and_nothing_of_either_is_lost(tmp_path: Path) -> None:
    one, two, shared = both(tmp_path)
    with Store.open(one) as store:
        store.add([span(account(), "North")], "only one")
        store.edit(shared, note="shared, as one has it")
    with Store.open(two) as store:
        beside = account("Xi spoke last.", "b.txt")
        for n in range(4):
            store.add([span(beside, "Xi")], f"only two {n}")
        store.edit(shared, note="shared, as two has it")
    shutil.copy(two / MIRROR, one / MIRROR)  # a folder that two machines share: the store of one, the mirror of another
    with Store.open(one) as store:
        notes = {a.note for a in store.all()}
        assert {"only one", *(f"only two {n}" for n in range(4))} <= notes
        (told,) = [a.note for a in store.all() if a.id == shared]
        assert "as one has it" in told and "as two has it" in told
        assert [a.note for a in store.for_sources([beside])] == [f"only two {n}" for n in range(4)]
        assert any("two machines" in notice for notice in store.notices) and not store.read_only
        wanted = store.all()
    assert len(list(one.glob("annotations.other-*.jsonl"))) == 1
    (one / FILE).unlink()
    with Store.open(one) as store:
        assert store.all() == wanted


def test_a_shorter_mirror_that_parted_is_merged_too(tmp_path: Path) -> None:
    one, two, _ = both(tmp_path)
    with Store.open(one) as store:
        for n in range(5):
            store.add([span(account(), "North")], f"one {n}")
    with Store.open(two) as store:
        store.add([span(account(), "North")], "two")
    shutil.copy(two / MIRROR, one / MIRROR)
    with Store.open(one) as store:
        assert {a.note for a in store.all()} == {"shared", "two", *(f"one {n}" for n in range(5))}


def test_an_edit_of_one_side_alone_is_taken_as_it_is(tmp_path: Path) -> None:
    one, two, shared = both(tmp_path)
    with Store.open(one) as store:
        store.add([span(account(), "North")], "one")
    with Store.open(two) as store:
        store.edit(shared, note="edited by two alone")
    shutil.copy(two / MIRROR, one / MIRROR)
    with Store.open(one) as store:
        assert store.get(shared).note == "edited by two alone"


# While it is open


@pytest.mark.parametrize("does", ["delete", "move"])
def test_a_folder_that_is_deleted_or_moved_is_written_again_and_that_is_said(tmp_path: Path, does: str) -> None:
    folder = tmp_path / "data"
    ids = filled(folder)
    with Store.open(folder) as store:
        assert not store.notices
        if does == "delete":
            shutil.rmtree(folder)
        else:
            folder.rename(tmp_path / "moved")
        assert [a.id for a in store.all()] == ids
        store.add([span(account(), "peace")], "after")
        assert any("deleted or moved" in notice for notice in store.notices)
    with Store.open(folder) as store:
        assert len(store.all()) == len(ids) + 1
    (folder / FILE).unlink()
    with Store.open(folder) as store:
        assert len(store.all()) == len(ids) + 1


def test_a_shared_memory_file_that_is_deleted_in_mid_run_loses_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path) as one, Store.open(tmp_path) as two:
        for n in range(6):
            (one if n % 2 else two).add([span(account(), "peace")], f"{n}")
            if n == 2:
                (tmp_path / f"{FILE}-shm").unlink()
        assert not one.read_only and not two.read_only
    with Store.open(tmp_path) as store:
        assert {a.note for a in store.all()} == {str(n) for n in range(6)}


def test_the_wait_for_another_process_can_be_short(tmp_path: Path) -> None:
    from summitreader.notes.files import locked

    filled(tmp_path)
    began = time.monotonic()
    with locked(tmp_path / LOCK), pytest.raises(StoreError, match="Another process"):
        Store.open(tmp_path, wait=0.05)
    assert time.monotonic() - began < 3


def test_a_bug_of_the_caller_is_no_damage(tmp_path: Path) -> None:
    filled(tmp_path)
    with Store.open(tmp_path) as store:
        for value in (KeyError("x"), ValueError("y")):

            def fails(_: object, error: Exception = value) -> None:
                raise error

            with pytest.raises(type(value)):
                store._kept.read(fails)
        assert store.notices == ()
    assert isinstance(connection.identity(tmp_path / FILE), tuple)
