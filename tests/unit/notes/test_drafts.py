"""A draft is saved in the order of the keys, never over a note that it became, and a save that fails ends nothing."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.notes.drafts import DraftQueue, DraftWriter, both_wordings
from summitreader.notes.errors import StoreFull
from summitreader.notes.store import Store
from tests.unit.notes.accounts import account, span


class Slow:
    """What is saved, by a disk that takes a while now and then."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.saved: dict[str, str] = {}
        self.order: list[str] = []
        self.fails = False

    def save(self, key: str, text: str) -> None:
        if self.fails:
            raise StoreFull("full.")
        time.sleep(self.seconds)
        self.saved[key] = text
        self.order.append(text)

    def drop(self, key: str) -> None:
        self.saved.pop(key, None)


def test_the_last_text_is_what_is_saved_and_none_older_comes_after_a_newer() -> None:
    disk = Slow(0.002)
    writer = DraftWriter(disk.save, disk.drop)
    number = writer.begin("k")
    for n in range(50):
        writer.write("k", number, f"{n:03}")
    assert writer.flush()
    assert disk.saved == {"k": "049"} and disk.order == sorted(disk.order)
    writer.close()


def test_a_finished_draft_takes_no_more_texts() -> None:
    disk = Slow(0.01)
    writer = DraftWriter(disk.save, disk.drop)
    number = writer.begin("k")
    for n in range(20):
        writer.write("k", number, f"{n}")
    writer.finish("k")
    writer.write("k", number, "late")
    again = writer.begin("k")
    writer.write("k", number, "late too")
    time.sleep(0.03)
    assert disk.saved == {}
    writer.write("k", again, "new")
    writer.close()
    assert disk.saved == {"k": "new"}


def test_a_save_that_fails_is_reported_once_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summitreader.notes.drafts._RETRY_SECONDS", 0.01)
    disk, said = Slow(), list[str]()
    writer = DraftWriter(disk.save, disk.drop)
    writer.failed = said.append
    disk.fails = True
    number = writer.begin("k")
    writer.write("k", number, "typed")
    assert not writer.flush(0.05)
    writer.write("k", number, "typed on")
    time.sleep(0.03)
    assert said == ["full."]
    disk.fails = False
    time.sleep(0.05)
    assert writer.flush() and disk.saved == {"k": "typed on"}
    writer.close()


@given(st.lists(st.tuples(st.sampled_from("bwf"), st.sampled_from("kl"), st.integers(0, 6)), max_size=30))
def test_what_is_pending_is_always_of_an_open_draft(steps: list[tuple[str, str, int]]) -> None:
    queue = DraftQueue()
    for does, key, number in steps:
        if does == "b":
            queue.begin(key)
        elif does == "w":
            assert queue.put(key, number, "text") == (queue.open.get(key) == number)
        else:
            queue.finish(key)
            assert key not in queue.pending
        assert set(queue.pending) <= set(queue.open)


def test_a_burst_of_notes_leaves_no_draft_over_a_note(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for n in range(40):
            added = store.add([span(account(), "peace")], "")
            number = store.drafts_writer.begin(added.id)
            words = f"note {n} of a burst"
            for end in range(1, len(words)):
                store.drafts_writer.write(added.id, number, words[:end])
            store.edit(added.id, note=words)
            store.drafts_writer.finish(added.id)
            store.drafts_writer.write(added.id, number, words[:3])
        assert store.drafts_writer.flush()
        assert store.drafts() == {}


def test_no_draft_that_is_older_than_its_note_is_offered_in_its_place(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        added = store.add([span(account(), "peace")], "first")
        store.save_draft(added.id, "first and sec")
        time.sleep(0.005)
        store.edit(added.id, note="first and second")
        assert store.draft(added.id) is None
        store.save_draft(added.id, "other words")
        assert store.draft(added.id) == "other words"
        time.sleep(0.005)
        store.edit(added.id, note="changed since")
        assert store.draft(added.id) == "changed since\n\nother words"


def test_both_wordings_are_one_where_one_contains_the_other() -> None:
    assert both_wordings("a b", "a") == "a b"
    assert both_wordings("a", "a b") == "a b"
    assert both_wordings("a", "b") == "a\n\nb"
    assert both_wordings("", "b") == "b"


def test_finishing_waits_for_the_save_that_is_under_way() -> None:
    disk = Slow(0.05)
    began = threading.Event()

    def save(key: str, text: str) -> None:
        began.set()
        disk.save(key, text)

    writer = DraftWriter(save, disk.drop)
    writer.write("k", writer.begin("k"), "text")
    assert began.wait(2)
    writer.finish("k")
    assert disk.saved == {}
    writer.close()
