"""What a reader put right: kept like notes, followed where a text changed, laid over the sources, and undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitreader.export.interchange import jsonl
from summitreader.notes.corrections import FIELDS, corrected_sources, fields_by_hand, moved_stories, placed_by_hand
from summitreader.notes.importers import read_annotations
from summitreader.notes.model import Annotation, Correction, State, What
from summitreader.notes.store import Store
from summitreader.text import BlockKind, Source
from tests.unit.notes.accounts import STORY, account, span

OTHER = "The two leaders met. Lee wants to talk to Pyongyang. Nobody else did."
LINK = Correction(What.LINK)
ROOT = Path("/corpus")


def beginning(source: Source) -> tuple[Source, int, int]:
    return source, source.passages[0].start, source.passages[0].end


def field(store: Store, source: Source, name: str, value: str | None) -> Annotation:
    (made,) = store.correct(
        f"correction of the {name}", [(Correction(What.FIELD, name, value), [beginning(source)])], root=ROOT
    )
    return made


def test_a_correction_is_no_note_and_a_note_is_no_correction(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        store.add([span(source, "peace")], "a note")
        made = field(store, source, "outlet", "The Paper")
        assert [a.note for a in store.all()] == [a.note for a in store.for_sources([source])] == ["a note"]
        assert store.search("") == store.all() and store.search("leaders meet") == []
        assert [a.id for a in store.all_corrections()] == [a.id for a in store.corrections([source])] == [made.id]


def test_what_was_put_right_is_there_at_the_next_start(tmp_path: Path) -> None:
    source = account(title="Leaders Meet", outlet="Paper")
    with Store.open(tmp_path) as store:
        field(store, source, "outlet", "The Paper")
        field(store, source, "published", "2025-11-02")
    with Store.open(tmp_path) as store:
        (now,) = corrected_sources([source], store.corrections([source]))
    assert (now.outlet, now.published, now.title, now.text) == ("The Paper", "2025-11-02", "Leaders Meet", source.text)
    assert now.notices == ("outlet corrected (was “Paper”).", "published corrected (was unknown).")


def test_undo_takes_corrections_and_notes_back_in_one_order(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        store.add([span(source, "peace")], "a note")
        field(store, source, "outlet", "The Paper")
        assert store.undo() == "Undone: correction of the outlet."
        assert corrected_sources([source], store.corrections([source])) == (source,)
        assert "note" in (store.undo() or "")
        store.redo()
        store.redo()
        assert len(store.all()) == len(store.corrections([source])) == 1


def test_a_correction_that_comes_instead_of_another_is_one_action(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        first = field(store, source, "outlet", "One")
        store.correct(
            "correction", [(Correction(What.FIELD, "outlet", "Two"), [beginning(source)])], instead_of=[first.id]
        )
        assert [a.correction.value for a in store.corrections([source]) if a.correction] == ["Two"]
        store.undo()
        assert [a.correction.value for a in store.corrections([source]) if a.correction] == ["One"]


def test_one_that_another_process_took_back_already_is_no_hindrance(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as one, Store.open(tmp_path) as two:
        first = field(one, source, "outlet", "One")
        two.remove(first.id)
        one.correct(
            "correction", [(Correction(What.FIELD, "outlet", "Two"), [beginning(source)])], instead_of=[first.id]
        )
        assert [a.correction.value for a in two.corrections([source]) if a.correction] == ["Two"]


def test_two_writers_lose_nothing_of_each_other(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as one, Store.open(tmp_path) as two:
        for name, store in zip(FIELDS, (one, two, one, two, one, two), strict=True):
            field(store, source, name, f"the {name}")
        assert {a.correction.value for a in one.corrections([source]) if a.correction} == {f"the {f}" for f in FIELDS}


def test_a_link_follows_its_words_through_an_edit(tmp_path: Path) -> None:
    a, b = account(), account(OTHER, "b.txt")
    with Store.open(tmp_path) as store:
        store.correct(
            "link", [(LINK, [span(a, "He hoped for peace."), span(b, "Lee wants to talk to Pyongyang.")])], root=ROOT
        )
        edited = account("An opening that was put before.\n\n" + STORY)
        (link,) = placed_by_hand(store.corrections([edited, b], root=ROOT), {"a.txt", "b.txt"}).links
    assert edited.text[link[0][1] : link[0][2]] == "He hoped for peace."


def test_a_link_whose_words_are_gone_is_kept_and_not_acted_on(tmp_path: Path) -> None:
    a, b = account(), account(OTHER, "b.txt")
    with Store.open(tmp_path) as store:
        store.correct("link", [(LINK, [span(a, "He hoped for peace."), span(b, "Nobody else did.")])], root=ROOT)
        gone = account(STORY.replace("He hoped for peace.", "Snow fell on the valley all night long."))
        found = store.corrections([gone, b], root=ROOT)
        assert placed_by_hand(found, {"a.txt", "b.txt"}).links == ()
        assert found[0].state is State.ORPHAN
        assert len(placed_by_hand(store.corrections([a, b]), {"a.txt", "b.txt"}).links) == 1


def test_of_a_link_and_a_cut_on_the_same_passages_the_later_holds(tmp_path: Path) -> None:
    a, b = account(), account(OTHER, "b.txt")
    places = [span(a, "He hoped for peace."), span(b, "Nobody else did.")]
    with Store.open(tmp_path) as store:
        store.correct("link", [(LINK, places)])
        store.correct("cut", [(Correction(What.CUT), places[::-1])])
        found = placed_by_hand(store.corrections([a, b]), {"a.txt", "b.txt"})
    assert not found.links and len(found.cuts) == 1


def test_a_field_holds_whatever_becomes_of_the_words_it_was_corrected_on(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        field(store, source, "title", "Right")
        rewritten = account("Quite another text lies here now, under the same name.")
        (now,) = corrected_sources([rewritten], store.corrections([rewritten], root=ROOT))
    assert now.title == "Right"


def test_a_day_without_a_year_gives_way_to_a_date_by_hand(tmp_path: Path) -> None:
    source = replace(account(), day="--11-01")
    with Store.open(tmp_path) as store:
        field(store, source, "published", "2025-11-01")
        (now,) = corrected_sources([source], store.corrections([source]))
    assert (now.published, now.day) == ("2025-11-01", None)


def test_a_paragraph_is_boilerplate_by_hand_and_is_not(tmp_path: Path) -> None:
    source = account()
    words = span(source, "President Lee called")
    with Store.open(tmp_path) as store:
        store.correct("boilerplate", [(Correction(What.BLOCK, value="boilerplate"), [words])])
        (now,) = corrected_sources([source], store.corrections([source]))
        kinds = [block.kind for block in now.blocks]
        assert kinds == [BlockKind.PARAGRAPH, BlockKind.BOILERPLATE, BlockKind.PARAGRAPH]
        assert [(p.start, p.end) for p in now.passages] == [(p.start, p.end) for p in source.passages]
        assert now.notices == ("1 paragraph marked as page furniture.",)
        store.undo()
        assert corrected_sources([source], store.corrections([source])) == (source,)


def test_the_last_correction_of_a_field_is_the_one_that_holds(tmp_path: Path) -> None:
    source = account()
    with Store.open(tmp_path) as store:
        field(store, source, "outlet", "One")
        last = field(store, source, "outlet", None)
        found = store.corrections([source])
        assert {name: a.id for name, a in fields_by_hand(found, source.id).items()} == {"outlet": last.id}
        assert corrected_sources([replace(source, outlet="Page")], found)[0].outlet is None


def move(store: Store, source: Source, story: str, corpus: str = "/corpus") -> None:
    store.correct("move", [(Correction(What.STORY, corpus, story), [beginning(source)])])


def test_a_source_moves_to_another_story_and_to_a_new_one_in_its_corpus_only(tmp_path: Path) -> None:
    a, b, c = account(), account(OTHER, "b.txt"), account(OTHER + " So it was.", "c.txt")
    stories: Sequence[tuple[str, Sequence[str]]] = (("x", ("a.txt", "b.txt")), ("y", ("c.txt",)))
    with Store.open(tmp_path) as store:
        assert moved_stories(stories, store.corrections([a, b, c]), "/corpus") == stories
        move(store, c, "x")
        move(store, a, "new")
        found = store.corrections([a, b, c])
        assert moved_stories(stories, found, "/corpus") == (("x", ("b.txt", "c.txt")), ("new", ("a.txt",)))
        assert moved_stories(stories, found, "/elsewhere") == stories
        store.undo()
        store.undo()
        assert moved_stories(stories, store.corrections([a, b, c]), "/corpus") == stories


def test_corrections_go_out_as_json_lines_and_come_in_the_same(tmp_path: Path) -> None:
    a, b = account(), account(OTHER, "b.txt")
    with Store.open(tmp_path / "one") as store:
        store.add([span(a, "peace")], "a note")
        field(store, a, "published", "2025-11-02")
        store.correct("link", [(LINK, [span(a, "He hoped for peace."), span(b, "Nobody else did.")])])
        lines = jsonl([*store.all(), *store.all_corrections()], store.snapshot)
    with Store.open(tmp_path / "two") as store:
        incoming = read_annotations(lines.encode())
        assert not incoming.refused
        store.bring_in(incoming.documents, incoming.texts)
        assert len(store.all()) == 1 and len(store.all_corrections()) == 2
        assert jsonl([*store.all(), *store.all_corrections()], store.snapshot) == lines


def test_a_correction_of_a_kind_that_is_not_known_is_refused() -> None:
    with_unknown = (
        '{"schema":"summitreader.annotations/1"}\n{"annotation":{"targets":[],"correction":{"what":"spell"}}}'
    )
    assert read_annotations(with_unknown.encode()).refused


ACTS = st.lists(
    st.tuples(st.sampled_from(["link", "cut", "title", "outlet", "block", "speaker"]), st.integers(0, 3)), max_size=6
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_undone_one_by_one_everything_is_as_before(tmp_path_factory: object, acts: list[tuple[str, int]]) -> None:
    a, b = account(), account(OTHER, "b.txt")
    with Store.open(tmp_path_factory.mktemp("store")) as store:  # type: ignore[attr-defined]
        states = []
        for act, n in acts:
            found = store.corrections([a, b])
            states.append((corrected_sources([a, b], found), placed_by_hand(found, {"a.txt", "b.txt"})))
            here = (a, a.passages[n % 3].start, a.passages[n % 3].end)
            there = (b, b.passages[n % 3].start, b.passages[n % 3].end)
            if act in ("link", "cut"):
                made = (Correction(What(act)), [here, there])
            elif act in ("title", "outlet"):
                made = (Correction(What.FIELD, act, f"v{n}"), [here])
            elif act == "block":
                made = (Correction(What.BLOCK, value="boilerplate" if n % 2 else "paragraph"), [here])
            else:
                made = (Correction(What.SPEAKER, value=f"s{n}"), [here])
            store.correct(act, [made])
        for before in reversed(states):
            store.undo()
            found = store.corrections([a, b])
            assert (corrected_sources([a, b], found), placed_by_hand(found, {"a.txt", "b.txt"})) == before
