"""What a long story costs: words are asked from the rarest on, and what is found is the same as by asking all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitreader import Source, compare
from summitreader.comparison.divergence import find_divergences
from summitreader.comparison.divergence import pairs as pairing
from summitreader.comparison.divergence.omissions import UNTOLD, Rarity
from summitreader.comparison.divergence.pairs import pairs_of
from summitreader.comparison.divergence.story import Story
from summitreader.comparison.divergence.words import content_stems
from summitreader.comparison.model import PassageRef, Report

WORDS = ["river", "bridge", "army", "mayor", "school", "power", "sheep", "valley", "vote", "court", "judge", "ferry"]
texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=5)


def told(source: str, passages: list[str]) -> Source:
    return Source.from_text("\n\n".join(passages), id=source, language="en")


def share_by_asking_all(story: Story, members: list[PassageRef], source: str) -> float:
    """The largest share of the words that tell `members` which a passage of `source` and its next have."""
    rarity = Rarity(story)
    common = rarity._telling(tuple(members))
    total = sum([weight for _, weight in common])
    if total <= 0:
        return 1.0
    stems = [content_stems(story.text(PassageRef(source, n))) for n in story.told_passages[source]]
    beside = [here | after for here, after in zip(stems, [*stems[1:], frozenset[str]()], strict=True)]
    return max(sum([weight for stem, weight in common if stem in words]) for words in beside) / total


@settings(max_examples=60, deadline=None)
@given(texts, texts, st.integers(0, 4), st.booleans())
def test_a_thread_is_untold_where_no_passage_has_enough_of_its_words(
    one: list[str], two: list[str], at: int, several: bool
) -> None:
    story = Story(Report(sources=(told("a", one), told("b", two))))
    members = [PassageRef("a", n) for n in ([0, len(one) - 1] if several else [min(at, len(one) - 1)])]
    assert Rarity(story).untold(members, "b") == (share_by_asking_all(story, members, "b") < UNTOLD)


def test_in_a_long_story_passages_that_share_rare_words_are_still_held_against_each_other(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    crowd = [f"The common council meets on matter {chr(97 + n // 26)}{chr(97 + n % 26)}x." for n in range(40)]
    a = ["The zeppelin landed beside the quarry with nine passengers.", *crowd]
    b = [*crowd, "Beside the quarry a zeppelin with seven passengers landed."]
    passages = {PassageRef(s, n): t for s, found in (("a", a), ("b", b)) for n, t in enumerate(found)}
    monkeypatch.setattr(pairing, "_LONG", 60)
    pairs = {(p.a.passage, p.b.passage) for p in pairs_of((), passages, {"a": 0, "b": 1})}
    assert (0, len(crowd)) in pairs


@pytest.mark.parametrize("kind", ["number", "date", "name", "silent", "says-silent", "placement"])
def test_a_stop_is_heard_inside_each_search(kind: str) -> None:
    lines = [f"Mayor Edith Crane said {n + 2} ferries sank off Harlow on Monday." for n in range(40)]
    sources = tuple(told(name, lines) for name in "abc")
    report = compare(sources)
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1

    find_divergences(report, kinds={kind}, check=check)
    finders = 9
    assert calls > finders


def test_progress_of_looking_where_they_part_runs_on() -> None:
    shares: list[float] = []
    find_divergences(compare([told("a", ["A ferry sank."]), told("b", ["A ferry sank."])]), progress=shares.append)
    assert shares == sorted(shares) and len(set(shares)) > 3
