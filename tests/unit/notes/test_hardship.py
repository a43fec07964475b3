"""What the store goes through without losing a note; the trials are those of benchmarks/store_hardship.py."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from summitreader.notes.errors import StoreError
from summitreader.notes.events import read_mirror
from summitreader.notes.files import FILE, MIRROR
from summitreader.notes.store import Store
from tests.unit.notes.accounts import account, span

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


@pytest.fixture(scope="module")
def trials() -> Any:
    return benchmark("store_hardship")


def benchmark(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_no_kept_note_is_lost_to_a_kill(trials: Any) -> None:
    found = trials.kills(4)
    assert found.lost == 0 and found.slowest < 1


def test_no_correction_that_was_kept_is_lost_or_doubled_by_a_kill(trials: Any) -> None:
    found = trials.corrections(4)
    assert found.lost == 0 and found.slowest < 1


def test_writers_at_once_lose_nothing(trials: Any) -> None:
    assert trials.writers(3, 12).lost == 0


def test_a_full_disk_loses_nothing_that_was_kept(trials: Any) -> None:
    found = trials.disk(3)
    assert found.lost == 0 and found.slowest < 1


def test_a_changed_bit_anywhere_in_the_file_loses_nothing(trials: Any) -> None:
    found = trials.flips(25, notes=60)
    assert found.lost == 0 and found.slowest < 1


def test_one_bit_of_any_page_loses_nothing_and_shuts_nobody_out(trials: Any) -> None:
    found = trials.bits(30)
    assert found.lost == 0 and found.slowest < 2


def test_files_that_are_sabotaged_lose_nothing(trials: Any) -> None:
    found = trials.sabotage(24)
    assert found.lost == 0 and found.slowest < 2


def test_two_versions_on_one_folder_lose_nothing_in_any_order(trials: Any) -> None:
    assert trials.versions().lost == 0


def test_a_kill_while_an_older_store_is_brought_up_to_date_loses_nothing(trials: Any) -> None:
    found = trials.migrations(4, notes=40)
    assert found.lost == 0 and found.slowest < 1


def test_an_older_store_is_copied_before_it_is_brought_up_to_date(trials: Any, tmp_path: Path) -> None:
    trials.older_store(tmp_path, 5)
    with Store.open(tmp_path) as store:
        assert len(store.all()) == 5 and store.draft("here") == "half a thou"
        assert "brought up to date" in store.notices[0]
    (copy,) = tmp_path.glob("annotations.schema-5-*.sqlite")
    assert copy.read_bytes()[60:64] == b"\0\0\0\5"
    with Store.open(tmp_path) as store:
        assert store.notices == ()


def test_a_damaged_file_is_set_aside_and_never_deleted(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        added = store.add([span(account(), "peace")], "kept")
    rubbish = b"SQLite format 3\0" + b"\xff" * 5_000
    (tmp_path / FILE).write_bytes(rubbish)
    with Store.open(tmp_path) as store:
        assert [a.id for a in store.all()] == [added.id]
        assert "made anew" in store.notices[0]
    (aside,) = tmp_path.glob("annotations.damaged-*.sqlite")
    assert aside.read_bytes() == rubbish


def test_a_note_whose_page_is_damaged_is_the_only_one_that_needs_the_mirror(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        ids = [store.add([span(account(), "peace")], f"note {n} " * 40).id for n in range(40)]
    (tmp_path / MIRROR).unlink()
    data = bytearray((tmp_path / FILE).read_bytes())
    at = data.rindex(b"note 20 note 20")
    data[at : at + 4] = b"\xff\xff\xff\xff"
    (tmp_path / FILE).write_bytes(data)
    with Store.open(tmp_path) as store:
        assert [a.id for a in store.all()] == ids


@pytest.mark.parametrize("left", [b"", b"not a database at all, but a text of some length\n" * 10])
def test_a_file_that_is_empty_or_something_else_is_made_anew_from_the_mirror(tmp_path: Path, left: bytes) -> None:
    with Store.open(tmp_path) as store:
        added = store.add([span(account(), "peace")], "kept")
        store.add([span(account(), "hoped")])
        store.undo()
    (tmp_path / FILE).write_bytes(left)
    with Store.open(tmp_path) as store:
        assert [a.id for a in store.all()] == [added.id]
        assert store.redo() is not None and len(store.all()) == 2


def test_damage_that_shows_while_reading_is_mended_in_the_middle_of_it(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        added = store.add([span(account(), "peace")], "a rather particular note")
        store._kept.db.execute("UPDATE annotation SET doc = replace(doc, 'particular', 'peculiar')")
        assert store.all() == [added]
        assert "made anew" in store.notices[0]
        assert store.edit(added.id, note="goes on").note == "goes on"


def test_who_has_the_store_open_goes_on_with_the_one_that_was_put_in_its_place(tmp_path: Path) -> None:
    one, two = Store.open(tmp_path), Store.open(tmp_path)
    added = one.add([span(account(), "peace")], "words")
    one._kept.db.execute("UPDATE annotation SET doc = replace(doc, 'words', 'swords')")
    assert one.all() == [added]
    later = two.add([span(account(), "hoped")], "by the other")
    assert {a.id for a in one.all()} == {a.id for a in two.all()} == {added.id, later.id}
    one.close()
    two.close()


def test_a_store_that_lacks_what_its_mirror_has_takes_it_in(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        first = store.add([span(account(), "peace")])
    copy = (tmp_path / FILE).read_bytes()
    with Store.open(tmp_path) as store:
        second = store.add([span(account(), "hoped")])
    (tmp_path / FILE).write_bytes(copy)
    with Store.open(tmp_path) as store:
        assert [a.id for a in store.all()] == [first.id, second.id]
        assert "its mirror had" in store.notices[0]


@pytest.mark.parametrize("notes", [1, 9])
@pytest.mark.parametrize("damaged", [False, True])
def test_the_mirror_of_another_store_is_set_aside_and_not_mixed_in(tmp_path: Path, notes: int, damaged: bool) -> None:
    with Store.open(tmp_path / "one") as store:
        ids = [store.add([span(account(), "peace")]).id for _ in range(notes)]
    with Store.open(tmp_path / "two") as store:
        for _ in range(5):
            store.add([span(account(), "hoped")])
    data = bytearray((tmp_path / "one" / FILE).read_bytes())
    if damaged:
        data[data.rindex(b'"exact"') + 1] ^= 1
    (tmp_path / "two" / FILE).write_bytes(data)
    with Store.open(tmp_path / "two") as store:
        assert [a.id for a in store.all()] == ids
        assert any("another store" in notice for notice in store.notices)
    assert len(list((tmp_path / "two").glob("annotations.other-*.jsonl"))) == 1
    with Store.open(tmp_path / "two") as store:
        assert store.notices == () and len(store.all()) == notes


def test_a_torn_line_of_the_mirror_is_known_and_written_again(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add([span(account(), "peace")])
    file = tmp_path / MIRROR
    file.write_bytes(file.read_bytes()[:-20])
    with Store.open(tmp_path) as store:
        store.add([span(account(), "hoped")])
        wanted = store.all()
    events, broken = read_mirror(file)
    assert broken == 1 and sorted(events) == list(range(1, max(events) + 1))
    (tmp_path / FILE).unlink()
    with Store.open(tmp_path) as store:
        assert store.all() == wanted


def test_one_who_was_killed_while_mending_is_followed_by_one_who_ends_it(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        added = store.add([span(account(), "peace")])
    (tmp_path / MIRROR).unlink()
    (tmp_path / FILE).rename(tmp_path / "annotations.making")
    with Store.open(tmp_path) as store:
        assert [a.id for a in store.all()] == [added.id]


def test_a_store_that_is_held_by_another_for_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from summitreader.notes import connection as module
    from summitreader.notes import files as locking

    with Store.open(tmp_path) as store, locking.locked(tmp_path / "annotations.lock"):
        monkeypatch.setattr(module, "locked", lambda path, seconds: locking.locked(path, 0.05))
        with pytest.raises(StoreError, match="Another process holds"):
            store.add([span(account(), "peace")])
        assert store.all() == []


def test_words_of_one_article_are_not_sure_in_another_nor_in_a_quotation() -> None:
    """The short form of benchmarks/anchoring_hard.py, on texts made by chance."""
    hard = benchmark("anchoring_hard")
    chance = random.Random(3)
    letters = "abcdefghijklmnop"
    words = ["".join(chance.choice(letters) for _ in range(chance.randrange(2, 9))) for _ in range(300)]

    def sentence() -> str:
        return " ".join(chance.choice(words[: chance.choice((30, 300))]) for _ in range(12)).capitalize() + "."

    texts = ["\n\n".join(" ".join(sentence() for _ in range(3)) for _ in range(8)) for _ in range(6)]
    for name in ("other", "generic", "gone", "quoted"):
        assert hard.run(name, hard.TRIALS[name](texts, random.Random(1)), 0)["sure and wrong"] == 0
    for name in ("twins", "moved", "edited"):
        counts = hard.run(name, hard.TRIALS[name](texts, random.Random(1)), 0)
        assert counts["right"] >= 0.99 * counts["placed"] and counts["sure and wrong"] == 0
