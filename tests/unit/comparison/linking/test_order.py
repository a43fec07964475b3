"""Order is found where two texts have it, and only there."""

from __future__ import annotations

import random

from summitreader import Source, compare
from summitreader.comparison.linking.analysis import analyse
from summitreader.comparison.linking.candidates import score_candidates
from summitreader.comparison.linking.order import add_order, common_order
from summitreader.comparison.linking.scoring import Table, log_odds
from summitreader.comparison.linking.story import Story, gather

NAMES = [
    "Abel",
    "Boaz",
    "Caleb",
    "Dinah",
    "Enoch",
    "Fanuel",
    "Gideon",
    "Hagar",
    "Isaac",
    "Joel",
    "Keturah",
    "Levi",
    "Micah",
    "Naomi",
    "Obed",
    "Peleg",
    "Ruth",
    "Saul",
]
DEEDS = (
    "went up to the hill",
    "built a house",
    "bought a field",
    "spoke to the elders",
    "kept the flock",
    "dug a well",
)
ELSE = (
    "climbed the mountain",
    "made a dwelling",
    "paid for land",
    "told the old men",
    "watched the sheep",
    "made a pit",
)


def verses() -> tuple[list[str], list[str]]:
    left = [f"And {n} {DEEDS[k % 6]} with a glad heart." for k, n in enumerate(NAMES)]
    right = [f"{n} {ELSE[k % 6]} and rejoiced." for k, n in enumerate(NAMES)]
    return left, right


def story(left: list[str], right: list[str]) -> tuple[Story, Table]:
    sources = [Source.from_text("\n\n".join(t), id=n, language="en") for t, n in ((left, "a"), (right, "b"))]
    found = gather([analyse(s, "en") for s in sources])
    return found, score_candidates(found, lambda _: None, lambda: None)


def raised(left: list[str], right: list[str]) -> bool:
    found, like = story(left, right)
    odds = log_odds(found, like)
    return add_order(found, like, odds) is not odds


def test_two_versions_of_one_text_are_found_to_run_in_one_order() -> None:
    assert raised(*verses())


def test_the_same_sentences_in_another_order_are_not() -> None:
    left, right = verses()
    random.Random(3).shuffle(right)
    assert not raised(left, right)


def test_few_passages_say_nothing_about_order() -> None:
    left, right = verses()
    assert not raised(left[:6], right[:6])


def test_pairs_that_cross_are_left_out_of_the_curve() -> None:
    a, b = range(14), range(14, 28)
    best = [{1: i + 14} for i in a] + [{0: j - 14} for j in b]
    best[5], best[20] = {1: 27}, {0: 13}
    best[13], best[27] = {}, {0: 5}
    curve = common_order(a, b, [row.get(1, -1) for row in best[:14]], best, 0)
    assert (5, 27) not in curve
    assert (4, 18) in curve and (6, 20) not in curve


def test_where_order_rules_a_verse_is_found_by_its_place_when_its_words_are_changed() -> None:
    left, right = verses()
    right[9] = "He that watched over them slept."
    sources = [Source.from_text("\n\n".join(t), id=n, language="en") for t, n in ((left, "a"), (right, "b"))]
    links = [k for k in compare(sources, min_score=0.0).links if k.a.passage == 9]
    assert max(links, key=lambda k: k.score).b.passage == 9
