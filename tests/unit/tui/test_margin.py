"""What a margin tells: what is to be checked first, then counterparts, then what the base has not; nothing twice."""

from dataclasses import replace

from summitreader.comparison.model import (
    Alone,
    Divergence,
    Link,
    LinkKind,
    PassageRef,
    Report,
    Side,
    SourceSpan,
    Thread,
)
from summitreader.text import Source
from summitreader.tui.layout.marks import Mark
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.inspection import kind_in_words
from summitreader.tui.story.margin import MarginEntry, entries_at, entry_to_open
from tests.unit.tui.lists.made import at, made_report


def told(index: StoryIndex, entry: MarginEntry) -> str:
    """The words of an entry, by the first of its passages."""
    return index.sources[entry.source].passage_text(entry.first)


def made(words: str, number: int = 0) -> tuple[StoryIndex, tuple[MarginEntry, ...]]:
    """The story made by hand, and the entries at the passage of source `number` that has `words`."""
    index = StoryIndex(made_report())
    source = index.sources[number]
    return index, entries_at(index, number, source.passage_at(at(source, words)[0]), True)


def story(texts: list[list[str]], links: list[tuple[int, int, int, int, LinkKind]], alone: Alone) -> StoryIndex:
    """Sources of one-sentence paragraphs, linked as `(source, passage, source, passage, kind)`; the rest is `alone`."""
    sources = tuple(Source.from_text("\n\n".join(text), id=f"s{n}") for n, text in enumerate(texts))
    found = tuple(
        Link(PassageRef(f"s{a}", p), PassageRef(f"s{b}", q), 0.8, kind) for a, p, b, q, kind in links
    )  # fmt: skip
    linked = {end for link in found for end in (link.a, link.b)}
    states = tuple(
        tuple(Alone.NO if PassageRef(s.id, p) in linked else alone for p in range(len(s.passages))) for s in sources
    )
    return StoryIndex(Report(sources, comparable=(True,) * len(sources), links=found, alone=states))


def test_what_is_to_be_checked_stands_first_with_its_kind() -> None:
    index, entries = made("About 300 people")
    assert entries[0].mark is Mark.CHECK
    assert told(index, entries[0]).startswith("Some 500 people")
    assert entries[0].relation == kind_in_words("number")
    assert [entry.source for entry in entries if entry.first == entries[0].first] == [entries[0].source]


def test_a_source_that_is_on_the_side_of_the_base_is_not_to_be_checked_against_it() -> None:
    index = story(
        [["It was 11 years."], ["It was eleven years."], ["It was 12 years."]],
        [(0, 0, 1, 0, LinkKind.NEAR), (0, 0, 2, 0, LinkKind.NEAR)],
        Alone.SURE,
    )
    a, b, c = (SourceSpan(s.id, 0, len(s.text)) for s in index.sources)
    differs = Divergence("number", (Side((a, b), "11"), Side((c,), "12")), (), 0.9, "11, and 12.", id="d")
    entries = entries_at(StoryIndex(replace(index.report, divergences=(differs,))), 0, 0, True)
    assert [(entry.source, entry.mark) for entry in entries] == [(2, Mark.CHECK), (1, Mark.LINKED)]


def test_a_counterpart_of_each_source_stands_in_order() -> None:
    index, entries = made("The bridge over the Aar opened")
    counterparts = [entry for entry in entries if not entry.adds]
    assert [entry.source for entry in counterparts] == [1, 2]
    assert told(index, counterparts[0]).startswith("Cars crossed")


def test_what_the_base_has_not_stands_after_the_counterpart_before_it() -> None:
    index = story([["One.", "Two."], ["First.", "Between.", "Second."]], [(0, 1, 1, 1, LinkKind.NEAR)], Alone.SURE)
    _, before, after = entries_at(index, 0, 1, True)
    assert (told(index, before), told(index, after)) == ("First.", "Second.")
    assert {before.relation, after.relation} == {"only in B"}
    assert entries_at(index, 0, 0, True) == ()


def test_what_is_to_be_checked_against_the_base_is_not_said_to_be_told_elsewhere_only() -> None:
    index, entries = made("About 300 people")
    shopkeepers = index.sources[1].passage_at(at(index.sources[1], "Shopkeepers")[0])
    assert index.checks_in(1, shopkeepers)
    assert not any((entry.source, entry.first) == (1, shopkeepers) for entry in entries)


def test_nothing_is_said_to_be_missing_before_the_comparison_is_done() -> None:
    index = StoryIndex(made_report())
    source = index.sources[0]
    passage = source.passage_at(at(source, "About 300")[0])
    assert not any(entry.adds for entry in entries_at(index, 0, passage, False))


def test_a_passage_that_is_not_surely_alone_is_called_not_found() -> None:
    index = story(
        [["One.", "Two."], ["First.", "Between.", "Second."]], [(0, 0, 1, 0, LinkKind.RESTATED)], Alone.UNSURE
    )
    (_, added) = entries_at(index, 0, 0, True)
    assert (added.mark, added.relation) == (None, "no match in A")
    assert (added.first, added.last) == (1, 2)


def test_each_addition_stands_once_and_every_one_that_has_a_neighbour_in_the_base_stands_somewhere() -> None:
    links = [(0, 1, 1, 2, LinkKind.NEAR), (0, 3, 1, 4, LinkKind.NEAR), (0, 0, 1, 4, LinkKind.PARTIAL)]
    index = story([["A."] * 5, ["Zero.", "One.", "Two.", "Three.", "Four.", "Five."]], links, Alone.SURE)
    found = [
        (entry.first, entry.last) for passage in range(5) for entry in entries_at(index, 0, passage, True) if entry.adds
    ]
    assert sorted(found) == [(0, 1), (3, 3), (5, 5)]


def test_what_a_third_source_tells_too_is_said() -> None:
    links = [(0, 0, 1, 0, LinkKind.NEAR), (1, 1, 2, 0, LinkKind.NEAR)]
    index = story([["A."], ["A.", "B."], ["B."]], links, Alone.UNSURE)
    assert [entry.relation for entry in entries_at(index, 0, 0, True)][1:] == ["also in C, no match in A"]


def test_of_a_passage_that_is_nearly_the_same_the_words_that_differ_are_marked() -> None:
    index = story(
        [["The gate was opened at six."], ["The gate was opened at seven."]], [(0, 0, 1, 0, LinkKind.NEAR)], Alone.SURE
    )
    (entry,) = entries_at(index, 0, 0, True)
    text = index.sources[1].text
    assert [text[start:end] for start, end in entry.differs] == ["seven"]


def test_a_thread_without_a_link_counts_and_a_second_counterpart_of_a_source_is_minor() -> None:
    index = story([["A."], ["A.", "B."]], [(0, 0, 1, 0, LinkKind.NEAR)], Alone.NO)
    members = (PassageRef("s0", 0), PassageRef("s1", 0), PassageRef("s1", 1))
    index = StoryIndex(replace(index.report, threads=(Thread("t", members, members[0]),)))
    entries = entries_at(index, 0, 0, True)
    assert [(entry.first, entry.minor, entry.relation) for entry in entries] == [
        (0, False, "near 0.80"),
        (1, True, "same thread"),
    ]


def test_enter_means_the_next_source_that_has_a_counterpart_round_at_the_end() -> None:
    entries = tuple(MarginEntry(n, 0, 0, mark, "") for n, mark in ((0, Mark.LINKED), (2, Mark.LINKED), (3, Mark.ALONE)))
    assert [entry_to_open(entries, base) for base in (0, 1, 2, 3)] == [1, 1, 0, 0]
    assert entry_to_open(entries[2:], 0) == 0
