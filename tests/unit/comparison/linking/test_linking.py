"""What linking promises: which passages are linked, how surely, why, and what never changes it."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitreader import Corpus, Report, Source, compare
from summitreader.comparison import Alone, LinkKind, Strength, letter_of
from summitreader.comparison.linking import link_sources
from summitreader.comparison.linking.scoring import curves
from summitreader.errors import Cancelled

A = """Flood waters cut the only bridge to Harlow on Tuesday and left 400 households without power.

Mayor Edith Crane said the army would lay a temporary crossing within two days.

The town's school will stay closed until Monday.

Farmers in the valley lost about a third of their sheep."""
B = """About 400 homes in Harlow have no electricity after the river destroyed its one bridge on Tuesday.

Soldiers are to put up a makeshift crossing in two days, according to Edith Crane, the mayor.

A concert planned for Saturday in the cathedral was called off."""
AT_LENGTH = """

Insurers put the damage at nine million crowns, most of it to mills and warehouses along the quay.

Trains between Aster and Pell run hourly again, while lorries must take the pass by way of Corran.

A hydrologist at the university blamed clogged culverts, which the county promised to widen after the storms of 2011.

Two schools lent their kitchens, where cooks prepared soup until midnight.

Anglers found hundreds of dead trout downstream, and the fisheries board banned fishing until autumn.

The museum moved its manuscripts to an upper floor before the cellar filled."""
"""What makes an account so long that its silence says something."""
WORDS = ["river", "bridge", "army", "mayor", "school", "power", "sheep", "valley", "vote", "tax", "court", "judge"]


def source(text: str, name: str, language: str = "en") -> Source:
    return Source.from_text(text, id=name, language=language)


def said(report: Report) -> set[tuple[str, int, str, int]]:
    return {(k.a.source, k.a.passage, k.b.source, k.b.passage) for k in report.links}


def unordered(report: Report) -> set[tuple[frozenset[tuple[str, int]], float, str]]:
    return {
        (frozenset(((k.a.source, k.a.passage), (k.b.source, k.b.passage))), k.score, str(k.kind)) for k in report.links
    }


def test_passages_that_tell_the_same_are_linked_and_the_others_are_not() -> None:
    assert said(compare([source(A, "a"), source(B, "b")])) == {("a", 0, "b", 0), ("a", 1, "b", 1)}


def test_a_link_says_which_words_made_it() -> None:
    a, b = source(A, "a"), source(B, "b")
    link = compare([a, b]).links[0]
    shared = {(a.text[s.a.start : s.a.end], b.text[s.b.start : s.b.end], s.reason) for s in link.shared}
    assert ("Harlow", "Harlow", "name") in shared
    assert ("400", "400", "number") in shared
    assert ("bridge", "bridge", "word") in shared
    assert sum(s.weight for s in link.shared) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("The ‘centre’ of Harlow is closed to all traffic until Monday.",
         'The "center" of Harlow is closed to all traffic until Monday.', LinkKind.NEAR),
        ("Harlow’s bridge is closed to all traffic until Monday.",
         "Harlow's bridge is closed to all traffic until Monday!", LinkKind.SAME),
        ("The bridge at Harlow is closed.",
         "The bridge at Harlow is closed, and 400 homes in the upper valley have had no power since the storm of "
         "Tuesday night brought down the lines along the railway.", LinkKind.PARTIAL),
    ],
)  # fmt: skip
def test_the_kind_of_a_link_says_how_far_the_wording_goes(a: str, b: str, kind: LinkKind) -> None:
    rest = "\n\nQuite another matter was put to the vote by the council of elders."
    sources = [source(a + rest, "a"), source(b + "\n\nSheep prices fell.", "b")]
    assert compare(sources, possible=True).links[0].kind == kind


def test_boilerplate_is_never_linked_and_never_alone() -> None:
    teaser = (
        "\n\nRelated articles\n\nOil Platforms Struck in Caspian Sea\n\nUkraine struck oil platforms in the Caspian..."
    )
    texts = [A + teaser, B + teaser]
    sources = [Source.from_text(t, id=n, language="en", article=True) for t, n in zip(texts, "ab", strict=True)]
    report = compare(sources, min_score=0.0)
    for link in report.links:
        assert sources[0].is_told(link.a.passage) and sources[1].is_told(link.b.passage)
    for s, states in zip(sources, report.alone, strict=True):
        assert all(state is Alone.UNSURE for p, state in enumerate(states) if not s.is_told(p))


def test_what_one_source_tells_is_alone_and_what_is_linked_is_not() -> None:
    school = "The town's school will stay closed until Monday."
    dug = "Archaeologists beneath the granary uncovered a Roman mosaic of dolphins, which a museum will show in spring."
    report = compare([source(A.replace(school, dug) + AT_LENGTH, "a"), source(B + AT_LENGTH, "b")])
    assert report.alone[0][:3] == (Alone.NO, Alone.NO, Alone.SURE)


def test_the_silence_of_a_few_lines_says_nothing() -> None:
    report = compare([source(A, "a"), source(B.split("\n\n")[0], "b")])
    assert report.comparable == (True, True)
    assert Alone.SURE not in report.alone[0]


def test_with_one_source_nothing_is_alone_because_nothing_was_asked() -> None:
    report = compare([source(A, "a")])
    assert set(report.alone[0]) == {Alone.UNSURE}
    assert report.links == () and report.threads == ()


def test_a_source_in_another_language_is_not_compared_and_silences_nobody() -> None:
    french = source("Les eaux ont coupé le pont de Harlow mardi et privé 400 foyers de courant.", "c", "fr")
    report = compare([source(A, "a"), source(B, "b"), french])
    assert report.comparable == (True, True, False)
    assert set(report.alone[2]) == {Alone.UNSURE}
    assert all("c" not in (k.a.source, k.b.source) for k in report.links)
    assert unordered(report) == unordered(compare([source(A, "a"), source(B, "b")]))


def test_empty_sources_and_single_passages_are_compared_without_complaint() -> None:
    assert compare([source("", "a"), source("", "b")]).links == ()
    assert compare([source("", "a"), source(A, "b")]).comparable == (False, True)
    one = "The bridge at Harlow collapsed on Tuesday night."
    assert said(compare([source(one, "a"), source(one, "b")])) == {("a", 0, "b", 0)}


def test_texts_without_spaces_between_words_are_linked() -> None:
    a = source("洪水が橋を破壊し、四百世帯が停電した。\n\n学校は月曜日まで休校となる。", "a", "ja")
    b = source("四百世帯が停電し、橋は洪水で破壊された。\n\n音楽会は中止された。", "b", "ja")
    report = compare([a, b], min_score=0.0)
    best = max(report.links, key=lambda k: k.score)
    assert (best.a.passage, best.b.passage) == (0, 0)
    assert all(s.a.end <= len(a.text) for s in best.shared)


def test_asking_for_candidates_adds_links_and_changes_nothing_else() -> None:
    sources = [source(A, "a"), source(B + "\n\nThe army has no comment on rumours about sheep.", "b")]
    plain, wide = compare(sources), compare(sources, min_score=0.0)
    assert set(plain.links) <= set(wide.links)
    assert len(wide.links) > len(plain.links)
    assert replace(wide, links=plain.links) == plain


@pytest.mark.parametrize("story", ["kestrel-sound-ferry", "brightwater-verdict"])
def test_no_candidate_is_taken_for_a_link_by_what_comes_after_linking(story: str) -> None:
    sources = Corpus.load(Path(__file__).parents[4] / "sample_corpus" / story).sources
    plain, wide = compare(sources), compare(sources, min_score=0.0)
    assert len(wide.links) > 2 * len(plain.links)
    assert replace(wide, links=plain.links) == plain


def test_threads_do_not_run_from_one_thing_to_another_through_a_passage_that_tells_both() -> None:
    bridge = "The Harlow bridge collapsed into the river on Tuesday."
    school = "Ashford school will reopen its kitchen next Monday."
    both = bridge[:-1] + ", while " + school[0].lower() + school[1:]
    sources = [source(t, n) for t, n in zip((bridge, bridge, school, school, both), "abcde", strict=True)]
    threads = compare(sources).threads
    assert not any({"a", "c"} <= {m.source for m in t.members} for t in threads)


def test_a_passage_that_stands_twice_is_found_twice() -> None:
    line = "Mayor Edith Crane said the army would lay a temporary crossing within two days."
    report = compare([source(line, "a"), source(f"{line}\n\nSheep were lost.\n\n{line}", "b")])
    assert {(k.a.passage, k.b.passage) for k in report.links} == {(0, 0), (0, 2)}


def test_a_text_and_its_copy_link_every_passage_with_itself_first() -> None:
    a, b = source(A, "a"), source(A, "b")
    best: dict[int, tuple[float, int]] = {}
    for k in compare([a, b], min_score=0.0).links:
        best[k.a.passage] = max(best.get(k.a.passage, (-1.0, -1)), (k.score, k.b.passage))
    assert {i: j for i, (_, j) in best.items()} == {i: i for i in range(len(a.passages))}


def test_a_stop_is_heard() -> None:
    calls = 0

    def stop() -> bool:
        nonlocal calls
        calls += 1
        return calls > 3

    with pytest.raises(Cancelled):
        compare([source(A, "a"), source(B, "b")], cancelled=stop)


def test_progress_runs_from_none_to_all_and_never_back() -> None:
    shares: list[float] = []
    link_sources([source(A, "a"), source(B, "b")], progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def _story(rng: random.Random, count: int) -> list[Source]:
    def sentence() -> str:
        return (" ".join(rng.choice(WORDS) for _ in range(rng.randint(3, 9)))).capitalize() + "."

    pool = [sentence() for _ in range(6)]
    texts = [
        "\n\n".join(rng.choice(pool) if rng.random() < 0.6 else sentence() for _ in range(4)) for _ in range(count)
    ]
    return [source(t, chr(ord("a") + n)) for n, t in enumerate(texts)]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.integers(2, 4))
def test_the_order_of_the_sources_changes_nothing_but_the_order(seed: int, count: int) -> None:
    rng = random.Random(seed)
    sources = _story(rng, count)
    turned = list(sources)
    rng.shuffle(turned)
    one, two = compare(sources, min_score=0.0), compare(turned, min_score=0.0)
    assert unordered(one) == unordered(two)

    def alone(report: Report, ordered: Sequence[Source]) -> dict[str, tuple[Alone, ...]]:
        return dict(zip([s.id for s in ordered], report.alone, strict=True))

    assert alone(one, sources) == alone(two, turned)
    assert {frozenset(t.members) for t in one.threads} == {frozenset(t.members) for t in two.threads}
    assert {t.representative for t in one.threads} == {t.representative for t in two.threads}


def test_the_hash_seed_changes_nothing() -> None:
    code = (
        "from summitreader import Source, compare; import json,sys\n"
        f"texts={[A, B, A]!r}\n"
        "r=compare([Source.from_text(t,id=str(n),language='en') for n,t in enumerate(texts)],min_score=0.0)\n"
        "print(json.dumps(r.to_dict()))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_two_sentences_alone_are_linked_by_what_they_share_however_few_there_are() -> None:
    fell = source("The bridge at Harlow fell on Tuesday.", "a")
    assert said(compare([fell, source("Harlow bridge collapsed Tuesday.", "b")])) == {("a", 0, "b", 0)}
    assert said(compare([fell, source("The mayor spoke on Tuesday.", "b")])) == set()


@pytest.mark.parametrize(
    ("passage", "state"),
    [
        ("Volunteers baked pastries beside a candlelit chapel.", Alone.SURE),
        ("They managed to get out.", Alone.UNSURE),
        ("9 September 2013, 14:39", Alone.UNSURE),
        ("Last updated on Monday 9 September 2013 at 14:39 GMT", Alone.UNSURE),
    ],
)
def test_what_says_too_little_to_be_known_again_is_never_surely_alone(passage: str, state: Alone) -> None:
    assert compare([source(A + AT_LENGTH, "a"), source(passage + "\n\n" + B, "b")]).alone[1][0] is state


def test_a_headline_is_never_surely_alone() -> None:
    titled = Source.from_text(
        "Gardeners win prize for marigolds\n\n" + B.replace("\n\n", "\n\n\n"), id="b", article=True
    )
    report = compare([source(A, "a"), titled])
    assert titled.blocks[0].kind == "title"
    assert report.alone[1][0] is Alone.UNSURE


def test_what_another_account_has_all_the_words_for_is_not_surely_alone() -> None:
    words = "Volunteers baked pastries beside a candlelit chapel."
    apart = "A candlelit meal was served.\n\nThe chapel lost tiles.\n\nVolunteers came.\n\nPastries were baked."
    long, told = source(A + AT_LENGTH, "a"), source(words + "\n\n" + B, "b")
    assert compare([long, told]).alone[1][0] is Alone.SURE
    assert compare([source(long.text + "\n\n" + apart, "a"), told]).alone[1][0] is not Alone.SURE


def test_links_are_graded_and_everything_else_rests_on_the_likely_ones() -> None:
    report = compare([source(A + AT_LENGTH, "a"), source(B, "b")])
    assert report.links and {k.strength for k in report.links} == {Strength.LIKELY}
    assert {k.strength for k in report.possible_links} <= {Strength.POSSIBLE}
    limits = curves()["short"]
    assert all(k.score >= limits.likely - 1e-4 for k in report.links)
    assert all(limits.possible - 1e-4 <= k.score <= limits.likely + 1e-4 for k in report.possible_links)
    linked = {ref for k in report.links for ref in (k.a, k.b)}
    assert {m for t in report.threads for m in t.members} <= linked
    both = compare(report.sources, possible=True)
    assert set(both.links) == {*report.links, *report.possible_links}
    assert replace(both, links=report.links) == report


def test_a_link_whose_passages_deny_each_other_is_flagged_and_never_in_one_thread() -> None:
    a = source("Governor Orla Finch will resign over the ferry contract, aides said.", "a")
    b = source("Governor Orla Finch will not resign over the ferry contract, aides said.", "b")
    report = compare([a, b])
    assert report.links[0].opposed and report.threads == ()
    assert not compare([a, source(a.text, "b")]).links[0].opposed


class Lengths:
    """An encoder that takes texts with one first letter to be alike."""

    def encode(self, texts: list[str], /) -> list[list[float]]:
        return [[float(t[0] == "M"), float(t[0] != "M")] for t in texts]


def test_an_encoder_grades_what_the_words_have_found_and_finds_nothing_itself() -> None:
    sources = [source(A, "a"), source(B, "b")]
    plain, graded = compare(sources, min_score=0.0), compare(sources, min_score=0.0, encoder=Lengths())
    assert [(k.a, k.b) for k in plain.links] == [(k.a, k.b) for k in graded.links]
    assert [k.score for k in plain.links] != [k.score for k in graded.links]
    with pytest.raises(ValueError, match="no encoder named"):
        compare(sources, encoder="nowhere")


@pytest.mark.parametrize(("number", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")])
def test_letters_of_sources_go_on_after_z(number: int, letter: str) -> None:
    assert letter_of(number) == letter
