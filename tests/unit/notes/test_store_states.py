"""The store against a plain dict: whatever is done, in whatever order, both say the same."""

from __future__ import annotations

import copy
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from summitreader.export.interchange import jsonl
from summitreader.notes.importers import read_annotations
from summitreader.notes.store import Store
from summitreader.text import Source
from tests.unit.notes.accounts import STORY, account, span

QUOTES = ("peace", "inseparable partners", "Nothing was said of the North", "He hoped")
VERSIONS = (STORY, "An update.\n\n" + STORY, STORY.replace("Saturday", "Sunday"), STORY + "\n\nMore to follow.")
Notes = dict[str, tuple[str, tuple[str, ...], str | None, str]]


class StoreMachine(RuleBasedStateMachine):
    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.open(self.folder)
        self.source: Source = account()
        self.wanted: Notes = {}
        self.past: list[Notes] = []
        self.future: list[Notes] = []

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    def done(self) -> None:
        self.future.clear()

    def remember(self) -> None:
        self.past.append(copy.deepcopy(self.wanted))

    @rule(target=ids, quote=st.sampled_from(QUOTES), note=st.text(max_size=8), tags=st.lists(st.text(max_size=3)))
    def add(self, quote: str, note: str, tags: list[str]) -> str:
        self.remember()
        added = self.store.add([span(self.source, quote)], note, tags, root=self.folder)
        self.wanted[added.id] = (note, tuple(dict.fromkeys(tags)), None, quote)
        self.done()
        return added.id

    @rule(id=ids, note=st.text(max_size=8), colour=st.sampled_from(["red", None]))
    def edit(self, id: str, note: str, colour: str | None) -> None:
        if id not in self.wanted:
            return
        _, tags, _, quote = self.wanted[id]
        if self.wanted[id] != (note, tags, colour, quote):
            self.remember()
            self.done()
        self.store.edit(id, note=note, colour=colour)
        self.wanted[id] = (note, tags, colour, quote)

    @rule(id=consumes(ids))
    def remove(self, id: str) -> None:
        if id in self.wanted:
            self.remember()
            self.store.remove(id)
            del self.wanted[id]
            self.done()

    @rule()
    def undo(self) -> None:
        said = self.store.undo()
        assert (said is not None) == bool(self.past)
        if self.past:
            self.future.append(self.wanted)
            self.wanted = self.past.pop()

    @rule()
    def redo(self) -> None:
        said = self.store.redo()
        assert (said is not None) == bool(self.future)
        if self.future:
            self.past.append(self.wanted)
            self.wanted = self.future.pop()

    @rule(id=ids)
    def confirm(self, id: str) -> None:
        if id in self.wanted:
            self.remember()
            self.store.confirm(id, 0)
            self.done()

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder)
        assert self.store.notices == ()

    @rule()
    def lose_the_file(self) -> None:
        self.store.close()
        for file in self.folder.glob("annotations.sqlite*"):
            file.unlink()
        self.store = Store.open(self.folder)
        assert bool(self.store.notices) == bool(self.store.generation)

    @rule(version=st.sampled_from(VERSIONS))
    def change_the_source(self, version: str) -> None:
        self.source = account(version)
        found = self.store.for_sources([self.source], root=self.folder)
        assert {a.id for a in found} == set(self.wanted)
        for annotation in found:
            target = annotation.targets[0]
            assert target.start is not None and target.now is None
            assert version[target.start : target.end] == target.quote

    @rule()
    def take_out_and_in_again(self) -> None:
        lines = jsonl(self.store.all(), self.store.snapshot)
        incoming = read_annotations(lines.encode())
        assert incoming.refused == ()
        brought = self.store.bring_in(incoming.documents, incoming.texts)
        assert not brought.added and not brought.changed and not brought.older
        with tempfile.TemporaryDirectory() as other, Store.open(Path(other)) as store:
            store.bring_in(incoming.documents, incoming.texts)
            assert jsonl(store.all(), store.snapshot) == lines

    @invariant()
    def both_say_the_same(self) -> None:
        there = {a.id: (a.note, a.tags, a.colour, a.targets[0].quote) for a in self.store.all()}
        assert there == self.wanted


StoreMachine.TestCase.settings = settings(max_examples=8, stateful_step_count=20, deadline=None)
TestStore = StoreMachine.TestCase
