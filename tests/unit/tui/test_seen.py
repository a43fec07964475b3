"""What counts as read, what is kept of it, and what may be folded since it was told before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from summitreader import Source
from summitreader.comparison.model import (
    Alone,
    Divergence,
    Link,
    LinkKind,
    PassageRef,
    Quotation,
    QuotationKind,
    Report,
    Side,
    SourceSpan,
    Thread,
)
from summitreader.config.state import keep_seen, kept_seen
from summitreader.tui.layout.folding import Fold
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.read_state import Facts, ReadTracker, Seen, fold_in_words, folds_of

A = (
    "Bridge opens\n\nThe mayor cut the ribbon.\n\nThe bridge over the Aar opened on Monday.\n\n"
    "About 300 people walked across the bridge.\n\nIt rained."
)
B = (
    "Keller opens bridge\n\nCars came at noon.\n\nOn Monday the bridge over the Aar opened.\n\n"
    "About 500 people walked across the bridge.\n\nShopkeepers fear for their trade."
)


class Clock:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def sources() -> tuple[Source, Source]:
    return Source.from_text(A, id="a.txt", article=True), Source.from_text(B, id="b.txt", article=True)


def index(kind: LinkKind = LinkKind.RESTATED, score: float = 0.9) -> StoryIndex:
    a, b = sources()
    pairs = [(2, 2), (3, 3)]
    links = tuple(Link(PassageRef("a.txt", m), PassageRef("b.txt", n), score, kind) for m, n in pairs)
    threads = tuple(Thread(f"t{n}", (link.a, link.b), link.a) for n, link in enumerate(links))
    alone = tuple(tuple(Alone.UNSURE for _ in source.passages) for source in (a, b))
    return StoryIndex(Report((a, b), (True, True), alone, links, threads))


# What counts as read


def test_a_passage_that_one_passes_reading_on_was_seen() -> None:
    clock = Clock()
    seeing = ReadTracker(sources(), clock)
    seeing.moved((0, 1), reading=False)
    clock.now += 0.5
    assert seeing.moved((0, 2), reading=True) == [(0, 1)]


def test_a_page_is_seen_when_there_was_time_for_it() -> None:
    clock = Clock()
    seeing = ReadTracker(sources(), clock)
    seeing.moved((0, 0), reading=False)
    clock.now += 5
    assert seeing.moved((0, 3), reading=True) == [(0, 0), (0, 1), (0, 2)]
    clock.now += 0.01
    assert seeing.moved((0, 4), reading=True) == []


def test_a_jump_to_the_end_reads_nothing_on_the_way() -> None:
    clock = Clock()
    seeing = ReadTracker(sources(), clock)
    seeing.moved((0, 0), reading=False)
    clock.now += 60
    assert seeing.moved((0, 4), reading=False) == [(0, 0)]
    assert seeing.moved((0, 0), reading=False) == []


def test_a_key_held_down_reads_nothing() -> None:
    clock = Clock()
    seeing = ReadTracker(sources(), clock)
    found = []
    for n in range(5):
        found += seeing.moved((0, n), reading=True)
        clock.now += 0.03
    assert found == []


def test_what_is_folded_is_not_seen_by_passing_it() -> None:
    clock = Clock()
    seeing = ReadTracker(sources(), clock)
    seeing.moved((0, 0), reading=False)
    clock.now += 9
    assert seeing.moved((0, 3), reading=True, skipped=lambda n: n == 1) == [(0, 0), (0, 2)]


def test_staying_in_one_place_is_one_rest() -> None:
    clock = Clock()
    seeing = ReadTracker(sources(), clock)
    seeing.moved((0, 1), reading=False)
    clock.now += 0.6
    seeing.moved((0, 1), reading=False)
    clock.now += 0.6
    assert seeing.moved((1, 0), reading=False) == [(0, 1)]


# How much of what is told


def test_the_share_is_of_things_told_and_a_thing_is_seen_in_any_source() -> None:
    story = index()
    seen = Seen(story.sources, {})
    things = Facts(story)
    assert things.count == 2 + 3 + 3
    seen.add([(0, 2)])
    assert things.share(seen) == 1 / 8
    seen.add([(1, 2)])
    assert things.share(seen) == 1 / 8
    seen.add((n, p) for n, source in enumerate(story.sources) for p in range(len(source.passages)))
    assert things.share(seen) == 1


# What is kept


def test_what_was_seen_is_known_again_after_an_edit_and_under_another_name() -> None:
    a, b = sources()
    seen = Seen((a, b), {})
    seen.add([(0, 1), (0, 2), (0, 3)])
    kept = seen.to_keep()
    edited = Source.from_text(A.replace("The mayor", "Nobody came.\n\nThe  mayor").replace("300", "310"), id="a.txt")
    again = Seen((edited, b), kept)
    assert {edited.passage_text(n) for n in again.passages[0]} == {
        "The  mayor cut the ribbon.",
        "The bridge over the Aar opened on Monday.",
    }
    renamed = replace(a, id="other.txt")
    assert Seen((renamed, b), kept).passages[0] == {1, 2, 3}
    assert Seen((b,), kept).passages[0] == set()


def test_it_is_kept_on_disk_beside_what_other_stories_keep(tmp_path: Path) -> None:
    keep_seen(tmp_path, Path("/corpus"), ["x"], {"x": ["1"]})
    keep_seen(tmp_path, Path("/corpus"), ["a", "b"], {"a": ["2"]})
    assert kept_seen(tmp_path, Path("/corpus")) == {"x": ["1"], "a": ["2"]}
    keep_seen(tmp_path, Path("/corpus"), ["a", "b"], {})
    assert kept_seen(tmp_path, Path("/corpus")) == {"x": ["1"]}
    assert kept_seen(tmp_path, Path("/elsewhere")) == {}
    next((tmp_path / "seen").iterdir()).write_text("[broken", encoding="utf-8")
    assert kept_seen(tmp_path, Path("/corpus")) == {}


# What is folded


def folded(story: StoryIndex, *read: tuple[int, int]) -> tuple[Fold, ...]:
    seen = Seen(story.sources, {})
    seen.add(read)
    return folds_of(story, seen, 1, lambda n: False)


def test_what_was_read_in_another_source_is_folded_and_says_where() -> None:
    story = index()
    [fold] = folded(story, (0, 2))
    assert fold == Fold(2, 2)
    seen = Seen(story.sources, {})
    seen.add([(0, 2)])
    assert fold_in_words(story, seen, 1, fold) == "1 passage already read: ¶2 of a"


def test_what_was_not_read_or_was_read_here_is_not_folded() -> None:
    assert folded(index()) == ()
    assert folded(index(), (0, 2), (1, 2)) == ()


def test_another_figure_is_never_folded() -> None:
    assert folded(index(), (0, 2), (0, 3)) == (Fold(2, 2),)


def test_quoted_words_that_are_new_are_never_folded() -> None:
    story = index()
    b = story.sources[1]
    passage = b.passages[2]
    same = Quotation("q", "b.txt", passage.start, passage.end, "the bridge opened", QuotationKind.SPEECH)
    assert folded(StoryIndex(replace(story.report, quotations=(same,))), (0, 2)) == (Fold(2, 2),)
    other = replace(same, text="a dream come true")
    assert folded(StoryIndex(replace(story.report, quotations=(other,))), (0, 2)) == ()


def test_what_was_told_only_in_part_or_not_surely_is_not_folded() -> None:
    assert folded(index(LinkKind.PARTIAL), (0, 2)) == ()
    assert folded(index(score=0.3), (0, 2)) == ()


def test_a_headline_the_lede_and_what_is_to_be_checked_stay() -> None:
    story = index()
    a, b = story.sources
    lede = Link(PassageRef("a.txt", 1), PassageRef("b.txt", 1), 0.9, LinkKind.SAME)
    title = Link(PassageRef("a.txt", 0), PassageRef("b.txt", 0), 0.9, LinkKind.SAME)
    linked = StoryIndex(replace(story.report, links=(*story.report.links, lede, title)))
    assert folded(linked, (0, 0), (0, 1), (0, 2)) == (Fold(2, 2),)
    spans = [SourceSpan(s.id, s.passages[2].start, s.passages[2].end) for s in (a, b)]
    differs = Divergence("date", tuple(Side((span,), "") for span in spans), (), 0.9, "Other days.", id="d1")
    assert folded(StoryIndex(replace(story.report, divergences=(differs,))), (0, 2)) == ()
    assert folded(StoryIndex(replace(story.report, divergences=(differs,)), frozenset({"d1"})), (0, 2)) == (Fold(2, 2),)


def test_a_source_that_cannot_be_compared_adds_nothing_to_what_is_told() -> None:
    story = index()
    foreign = Source.from_text("다리 개통\n\n월요일에 다리가 열렸다.\n", id="c.txt", article=True)
    alone = (*story.report.alone, tuple(Alone.UNSURE for _ in foreign.passages))
    report = replace(story.report, sources=(*story.sources, foreign), comparable=(True, True, False), alone=alone)
    assert Facts(StoryIndex(report)).count == Facts(story).count
