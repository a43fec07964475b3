"""Who copies whom: long runs of the same words, agencies that are credited, and the accounts that this leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader import Source
from summitreader.comparison.agencies import credited_agency
from summitreader.comparison.independence import RUN, find_independence
from summitreader.comparison.model import Quotation, QuotationKind

WIRE = (
    "Heavy rain cut the only road into the valley on Monday and left some four hundred people without power or water, "
    "officials said. Helicopters brought food to the two villages that are hardest to reach, and the army began to lay "
    "a bridge across the river before nightfall."
)
OWN = (
    "Four hundred people in the valley have no electricity since the road was washed away. The army is building a "
    "bridge. Aid comes by air, residents told this paper, and the river is still rising."
)


def source(text: str, name: str) -> Source:
    return Source.from_text(text, id=name, language="en")


def test_a_source_that_prints_another_word_for_word_is_one_account_with_it() -> None:
    pairs, accounts = find_independence([source(WIRE, "a"), source(WIRE + " More to follow.", "b")], ())
    assert {(p.a, p.b): round(p.shared_words, 2) for p in pairs} == {("a", "b"): 1.0, ("b", "a"): 0.94}
    assert [a.sources for a in accounts] == [("a", "b")]


def test_sources_in_their_own_words_are_accounts_of_their_own_and_share_nothing() -> None:
    pairs, accounts = find_independence([source(WIRE, "a"), source(OWN, "b")], ())
    assert pairs == ()
    assert [a.sources for a in accounts] == [("a",), ("b",)]


def test_a_speech_that_both_quote_is_no_copying() -> None:
    speech = " ".join("abcdefghijklmnopqrstuvwxyz"[n % 26] * (2 + n // 26) for n in range(30))
    texts = [f"He said: “{speech}” in the hall.", f"In parliament: “{speech}” was what she heard."]
    sources = [source(t, n) for t, n in zip(texts, "ab", strict=True)]
    assert find_independence(sources, ())[0] != ()
    marked = [
        Quotation(f"{s.id}q", s.id, s.text.index("“"), s.text.index("”") + 1, speech, QuotationKind.SPEECH)
        for s in sources
    ]
    pairs, accounts = find_independence(sources, marked)
    assert pairs == ()
    assert len(accounts) == 2


def test_boilerplate_that_two_sites_share_is_no_copying() -> None:
    footer = "\n\nRelated articles\n\n" + WIRE
    a = Source.from_text("The mayor resigned after a vote on Monday night.\n\nShe had been mayor for years." + footer,
                         id="a", article=True)  # fmt: skip
    b = Source.from_text("Fishing quotas were cut by half, ministers said.\n\nBoats stayed in port." + footer,
                         id="b", article=True)  # fmt: skip
    assert any(block.kind == "boilerplate" and WIRE in a.text[block.start : block.end] for block in a.blocks)
    assert find_independence([a, b], ())[0] == ()


def test_thirty_sources_that_print_one_copy_are_one_account_however_many_they_are() -> None:
    pairs, accounts = find_independence([source(f"{WIRE} Number {n}.", f"s{n:02}") for n in range(30)], ())
    assert len(pairs) == 30 * 29 and min(p.shared_words for p in pairs) > 0.9
    assert len(accounts) == 1


def test_eleven_words_in_a_row_are_no_run_and_twelve_are() -> None:
    shared = [chr(ord("a") + n) * 3 for n in range(RUN)]
    whole = [source(" ".join(["before", *shared, "after"]), "a"), source(" ".join(["then", *shared, "later"]), "b")]
    less = [
        source(" ".join(["before", *shared[1:], "after"]), "a"),
        source(" ".join(["then", *shared[1:], "later"]), "b"),
    ]
    assert [round(p.shared_words, 3) for p in find_independence(whole, ())[0]] == [round(12 / 14, 3)] * 2
    assert find_independence(less, ())[0] == ()


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("CAIRO (AP) — The president left the capital on Monday.", "AP"),
        ("BEIJING, Nov. 1 (Xinhua) -- China will host the summit.", "Xinhua"),
        ("The president left, the Associated Press said on Monday.", None),
        ("Xi praised the talks, Xinhua reported.", None),
        ("The road is closed.\n\nReuters", "Reuters"),
        ("The road is closed.\n\n— From wire reports", "wire reports"),
    ],
)
def test_an_agency_is_credited_where_articles_credit_it_and_not_where_it_is_quoted(
    text: str, agency: str | None
) -> None:
    assert credited_agency(source(text, "a")) == agency


def test_the_account_bears_the_agency_that_its_sources_credit() -> None:
    _, accounts = find_independence([source("KABUL (AP) — " + WIRE, "a"), source(WIRE, "b"), source(OWN, "c")], ())
    assert [(a.sources, a.credit) for a in accounts] == [(("a", "b"), "AP"), (("c",), None)]


@given(st.lists(st.text(alphabet="ab ", max_size=120), min_size=1, max_size=4))
def test_shares_are_shares_and_every_source_is_in_one_account(texts: list[str]) -> None:
    sources = [source(t, str(n)) for n, t in enumerate(texts)]
    pairs, accounts = find_independence(sources, ())
    assert all(0 <= p.shared_words <= 1 for p in pairs)
    assert sorted(s for a in accounts for s in a.sources) == sorted(s.id for s in sources)
