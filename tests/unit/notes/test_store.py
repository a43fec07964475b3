"""The store: what is kept stays, what is undone comes back, and words are followed where their source changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from summitreader.notes.errors import NoSuchAnnotation, StoreNewer, StoreReadOnly
from summitreader.notes.files import FILE
from summitreader.notes.model import State
from summitreader.notes.store import Store
from tests.unit.notes.accounts import STORY, account, span, write


def test_a_note_is_there_at_the_next_start_with_all_that_was_said(tmp_path: Path) -> None:
    source = account(outlet="The Paper", url="https://paper.example/1")
    with Store.open(tmp_path) as store:
        added = store.add([span(source, "inseparable partners")], "why?", ["xi", "xi", "words"], "green", root=tmp_path)
    with Store.open(tmp_path) as store:
        (found,) = store.all()
    assert found == added
    assert (found.note, found.tags, found.colour) == ("why?", ("xi", "words"), "green")
    target = found.targets[0]
    assert (target.quote, target.place, target.state) == ("inseparable partners", "¶3", State.SURE)
    assert (target.about.outlet, target.about.url) == ("The Paper", "https://paper.example/1")
    assert target.source_path == str(tmp_path / "a.txt")


def test_a_note_on_several_sources_is_one_note(tmp_path: Path) -> None:
    one, two = account(), account(STORY.upper(), "b.txt")
    with Store.open(tmp_path) as store:
        added = store.add([span(one, "peace"), span(two, "PEACE")], "both", root=tmp_path)
        for sources in ([one], [two], [one, two]):
            (found,) = store.for_sources(sources, root=tmp_path)
            assert found.id == added.id and [t.quote for t in found.targets] == ["peace", "PEACE"]
        wider = store.edit(added.id, add_targets=[span(one, "Saturday")], root=tmp_path)
    assert [t.quote for t in wider.targets] == ["peace", "PEACE", "Saturday"]
    assert len({t.id for t in wider.targets}) == 3


def test_a_target_on_a_source_that_is_not_loaded_is_not_taken_for_one_of_its_name(tmp_path: Path) -> None:
    here, there = account(), account(STORY.upper())
    with Store.open(tmp_path) as store:
        store.add([span(here, "peace")], root=tmp_path / "here")
        both = store.add([span(here, "hoped")], root=tmp_path / "here")
        store.edit(both.id, add_targets=[span(there, "PEACE")], root=tmp_path / "there")
        found = store.for_sources([here], root=tmp_path / "here")
        assert [t.source for a in found for t in a.targets] == ["a.txt", "a.txt", str(tmp_path / "there" / "a.txt")]
        other = account("No notes on this one.")
        beside = account("Xi spoke last.", "b.txt")
        store.edit(both.id, add_targets=[span(beside, "Xi")], root=tmp_path / "third")
        (found_beside,) = store.for_sources([other, beside], root=tmp_path / "third")
        assert [t.source for t in found_beside.targets] == [
            str(tmp_path / "here" / "a.txt"),
            str(tmp_path / "there" / "a.txt"),
            "b.txt",
        ]


def test_equal_notes_on_one_place_stay_two(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        ids = {store.add([span(source, "peace")], "same", root=tmp_path).id for _ in range(2)}
        assert len(ids) == 2 and len(store.all()) == 2


def test_only_what_is_given_is_changed(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        added = store.add([span(source, "peace")], "first", ["t"], "red", root=tmp_path)
        changed = store.edit(added.id, note="second")
        assert (changed.note, changed.tags, changed.colour) == ("second", ("t",), "red")
        assert store.edit(added.id, colour=None).colour is None
        assert store.edit(added.id, targets=[span(source, "hoped")], root=tmp_path).targets[0].quote == "hoped"


def test_undo_and_redo_reach_across_a_restart_and_say_what_they_did(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        added = store.add([span(source, "peace")], "first", root=tmp_path)
        store.edit(added.id, note="second")
        store.remove(added.id)
    with Store.open(tmp_path) as store:
        assert store.undo() == "Undone: deletion of the note on “peace”."
        assert store.get(added.id).note == "second"
        assert store.undo() == "Undone: change of the note on “peace”."
        assert store.get(added.id) == added
        assert store.undo() == "Undone: note on “peace”."
        assert store.all() == [] and store.undo() is None
    with Store.open(tmp_path) as store:
        for _ in range(3):
            assert store.redo() is not None
        assert store.redo() is None and store.all() == []
        store.undo()
        assert store.get(added.id).note == "second"


def test_a_new_action_ends_what_could_be_done_again(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        store.add([span(source, "peace")], root=tmp_path)
        store.undo()
        kept = store.add([span(source, "hoped")], root=tmp_path)
        assert store.redo() is None
        assert [a.id for a in store.all()] == [kept.id]


def test_several_deleted_at_once_come_back_at_once(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        ids = [store.add([span(source, w)], root=tmp_path).id for w in ("peace", "hoped", "North")]
        store.remove(*ids)
        assert store.all() == []
        assert store.undo() == "Undone: deletion of 3 annotations."
        assert [a.id for a in store.all()] == ids


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for call in (lambda: store.get("nix"), lambda: store.remove("nix"), lambda: store.edit("nix", note="")):
            with pytest.raises(NoSuchAnnotation, match="no annotation nix"):
                call()
        with pytest.raises(ValueError, match="needs a place"):
            store.add([])
        with pytest.raises(ValueError, match="selects nothing"):
            store.add([(account(), 5, 5)])
        assert store.generation == 0


def test_two_stores_on_one_folder_see_each_other_and_the_generation_says_so(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as one, Store.open(tmp_path) as two:
        before = two.generation
        added = one.add([span(source, "peace")], root=tmp_path)
        assert two.generation != before
        assert [a.id for a in two.for_sources([source], root=tmp_path)] == [added.id]
        two.remove(added.id)
        assert one.all() == []


def test_annotations_follow_their_words_into_a_changed_source_and_back(tmp_path: Path) -> None:
    source = account()
    changed = account("An update.\n\n" + STORY.replace("two were inseparable", "two were called inseparable"))
    with Store.open(tmp_path) as store:
        peace = store.add([span(source, "peace")], root=tmp_path)
        partners = store.add([span(source, "two were inseparable partners")], root=tmp_path)
        found = {a.id: a.targets[0] for a in store.for_sources([changed], root=tmp_path)}
        assert (found[peace.id].start, found[peace.id].state) == (changed.text.index("peace"), State.SURE)
        assert found[partners.id].now == "two were called inseparable partners"
        assert found[partners.id].quote == "two were inseparable partners"
        back = store.for_sources([source], root=tmp_path)
    assert back[0].targets[0].start == peace.targets[0].start
    assert back[1].targets[0].start == partners.targets[0].start
    assert back[1].targets[0].now is None


def test_an_orphan_keeps_its_words_its_last_place_and_its_text_and_can_be_put_back(tmp_path: Path) -> None:
    source = account()
    without = account(STORY.replace(" He hoped for peace.", ""))
    with Store.open(tmp_path) as store:
        added = store.add([span(source, "He hoped for peace.")], "n", root=tmp_path)
        (orphan,) = store.for_sources([without], root=tmp_path)
        target = orphan.targets[0]
        assert (target.state, target.start, target.quote) == (State.ORPHAN, None, "He hoped for peace.")
        assert (target.last_start, target.last_sha256) == (added.targets[0].start, source.sha256)
        assert store.snapshot(target.last_sha256) == source.text
        assert store.all()[0].targets[0].state is State.ORPHAN
        put = store.reattach(added.id, 0, *span(without, "talks with the North"), root=tmp_path)
        assert (put.targets[0].state, put.targets[0].now) == (State.SURE, "talks with the North")
        assert put.targets[0].selection == added.targets[0].selection
        assert store.for_sources([without], root=tmp_path)[0].targets[0].start == put.targets[0].start
        assert store.undo() is not None
        assert store.for_sources([without], root=tmp_path)[0].targets[0].state is State.ORPHAN


def test_an_unsure_place_stays_unsure_until_it_is_confirmed_and_orphaned_when_refused(tmp_path: Path) -> None:
    source = account("The minister warned that prices could rise by a third in the spring, and asked for patience.")
    changed = account("The minister warned that rents might well rise by half in the spring, and asked for patience.")
    later = account("Update. " + changed.text)
    with Store.open(tmp_path) as store:
        added = store.add([span(source, "prices could rise by a third in the spring")], root=tmp_path)
        (found,) = store.for_sources([changed], root=tmp_path)
        assert found.targets[0].state is State.UNSURE
        (followed,) = store.for_sources([later], root=tmp_path)
        assert followed.targets[0].state is not State.SURE
        store.for_sources([changed], root=tmp_path)
        assert store.confirm(added.id, 0).targets[0].state is State.SURE
        (sure,) = store.for_sources([later], root=tmp_path)
        assert sure.targets[0].state is State.SURE
        store.for_sources([changed], root=tmp_path)
        store.reject(added.id, 0)
        assert store.for_sources([changed], root=tmp_path)[0].targets[0].state is State.ORPHAN
        assert store.for_sources([source], root=tmp_path)[0].targets[0].state is State.SURE


def test_a_decision_is_about_the_text_of_today_also_after_one_that_was_undone(tmp_path: Path) -> None:
    source = account("The minister warned that prices could rise by a third in the spring, and asked for patience.")
    changed = account("The minister warned that rents might well rise by half in the spring, and asked for patience.")
    with Store.open(tmp_path) as store:
        added = store.add([span(source, "prices could rise by a third in the spring")], root=tmp_path)
        store.for_sources([changed], root=tmp_path)
        store.confirm(added.id, 0)
        store.undo()
        assert store.for_sources([changed], root=tmp_path)[0].targets[0].state is State.UNSURE
        store.reject(added.id, 0)
        assert store.for_sources([changed], root=tmp_path)[0].targets[0].state is State.ORPHAN
        store.undo()
        assert store.for_sources([changed], root=tmp_path)[0].targets[0].state is State.UNSURE
        store.remove(added.id)
        store.undo()
        assert store.for_sources([changed], root=tmp_path)[0].targets[0].state is State.UNSURE
        store.confirm(added.id, 0)
        assert store.for_sources([changed], root=tmp_path)[0].targets[0].state is State.SURE


def test_notes_follow_a_file_that_was_moved_or_renamed(tmp_path: Path) -> None:
    source, moved = account(), account(name="elsewhere.txt")
    write(tmp_path, source)
    with Store.open(tmp_path / "data") as store:
        added = store.add([span(source, "peace")], root=tmp_path)
        (tmp_path / "a.txt").rename(tmp_path / "elsewhere.txt")
        (found,) = store.for_sources([moved], root=tmp_path)
        assert (found.id, found.targets[0].source) == (added.id, "elsewhere.txt")
        assert found.targets[0].source_path == str(tmp_path / "elsewhere.txt")
        edited = account("New. " + STORY, name="elsewhere.txt")
        assert store.for_sources([edited], root=tmp_path)[0].targets[0].state is State.SURE


def test_search_finds_words_of_note_tag_and_quotation_without_case(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        one = store.add([span(source, "inseparable partners")], "Chinesische Wendung", ["Straße"], root=tmp_path)
        two = store.add([span(source, "peace")], "", root=tmp_path)
        assert [a.id for a in store.search("INSEPARABLE wendung")] == [one.id]
        assert [a.id for a in store.search("strasse")] == [one.id]
        assert [a.id for a in store.search("")] == [two.id, one.id]
        assert [a.id for a in store.search("e", limit=1)] == [two.id]
        store.remove(two.id)
        assert [a.id for a in store.search("")] == [one.id]


def test_the_tags_used_last_come_first(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        for tags in (["one"], ["two"], ["three"], ["one"]):
            store.add([span(source, "peace")], tags=tags, root=tmp_path)
        assert store.recent_tags() == ["one", "three", "two"]
        assert store.recent_tags(1) == ["one"]


def test_a_note_being_typed_is_there_after_a_crash(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.save_draft("a.txt:3", "half a thou")
    store.save_draft("a.txt:3", "half a thought \ud800\0")
    with Store.open(tmp_path) as other:
        assert other.draft("a.txt:3") == "half a thought \ud800\0"
        assert other.drafts() == {"a.txt:3": "half a thought \ud800\0"}
        other.drop_draft("a.txt:3")
    assert store.draft("a.txt:3") is None
    store.close()


def test_any_text_at_all_can_be_noted_on_and_comes_back(tmp_path: Path) -> None:
    source = account("a\ud800\0\x1b]0;x\x07\u202e\U000e0041 end")
    with Store.open(tmp_path) as store:
        added = store.add([(source, 0, len(source.text))], "n\ud800\0\r\n\x85", ["\x1b[2J"], root=tmp_path)
    with Store.open(tmp_path) as store:
        assert store.all() == [added]
        assert store.all()[0].targets[0].quote == source.text
        assert store.snapshot(source.sha256) == source.text


def test_a_newer_store_is_refused_and_not_a_byte_of_it_is_written(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add([span(account(), "peace")])
    file = tmp_path / FILE
    data = bytearray(file.read_bytes())
    data[60:64] = (99).to_bytes(4, "big")
    file.write_bytes(data)
    (tmp_path / "annotations.lock").write_text("summitreader annotations, schema 99\n")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(StoreNewer, match="later version"):
        Store.open(tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_store_that_cannot_be_written_is_read_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        added = store.add([span(source, "peace")], root=tmp_path)
    monkeypatch.setattr("os.access", lambda *_: False)
    with Store.open(tmp_path) as store:
        assert store.read_only and "can be read but not saved" in store.notices[0]
        assert [a.id for a in store.all()] == [added.id]
        changed = account("New. " + STORY)
        assert store.for_sources([changed], root=tmp_path)[0].targets[0].start == changed.text.index("peace")
        with pytest.raises(StoreReadOnly, match="--data-dir"):
            store.add([span(source, "peace")])
        with pytest.raises(StoreReadOnly):
            store.undo()


def test_a_read_only_store_whose_last_notes_are_in_the_log_shows_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = Store.open(tmp_path)
    added = writing.add([span(account(), "peace")])
    monkeypatch.setattr("os.access", lambda *_: False)
    with Store.open(tmp_path) as store:
        assert [a.id for a in store.all()] == [added.id]
    writing.close()


def test_a_place_where_nothing_can_be_kept_is_an_empty_store_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Store.open(tmp_path / "file" / "data") as store:
        assert store.read_only and store.all() == [] and store.notices
