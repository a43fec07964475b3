"""What an article's shape promises: furniture is known for what it is, and a sentence of the account never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.text import BlockKind, Source
from summitreader.text.build import build_source

BODY = (
    "The harbour authority said on Friday that the two vessels had collided in clear weather shortly after noon. "
    "Nobody was hurt."
)
MORE = "A second inquiry will ask why the pilot had left the bridge, the minister told the assembly in the afternoon."


def article(*paragraphs: str, a_line_each: bool = False) -> Source:
    between = "\n" if a_line_each else "\n\n"
    return build_source(between.join(paragraphs), id="a", article=True, a_line_each=a_line_each)


def kinds(source: Source) -> list[str]:
    return [str(block.kind) for block in source.blocks]


def test_an_article_has_a_title_a_byline_a_date_and_paragraphs() -> None:
    source = article("Two ships collide off Vane Point", "By Ada Quill and Tom Reeve in Vane", "3 May 2024", BODY, MORE)
    assert kinds(source) == ["title", "byline", "metadata", "paragraph", "paragraph"]
    assert (source.title, source.author) == ("Two ships collide off Vane Point", "Ada Quill and Tom Reeve")
    assert source.published == "2024-05-03"


def test_a_title_may_be_a_quotation() -> None:
    source = article("“We Saw Nothing”", "Date:", BODY)
    assert kinds(source) == ["title", "metadata", "paragraph"]
    assert source.title == "“We Saw Nothing”"
    assert source.published is None


def test_a_text_that_begins_with_a_sentence_has_no_title() -> None:
    source = article("It was over by noon.", BODY)
    assert kinds(source) == ["paragraph", "paragraph"]
    assert source.title is None


def test_a_dateline_is_part_of_the_passage_that_it_opens() -> None:
    source = article("Ships collide", "VANE POINT, Nov 1 – " + BODY)
    assert source.dateline is not None
    assert source.text[source.dateline.start : source.dateline.end] == "VANE POINT, Nov 1 –"
    assert source.passage_text(1).startswith("VANE POINT, Nov 1 – The harbour")
    assert (source.published, source.day) == (None, "--11-01")


def test_a_dateline_on_a_line_of_its_own_is_a_block() -> None:
    source = article("Ships collide", "VANE POINT, Nov. 1, 2024", BODY)
    assert kinds(source) == ["title", "dateline", "paragraph"]
    assert source.published == "2024-11-01"


@pytest.mark.parametrize("marker", ["Related articles", "Most read", "READ MORE", "관련기사", "相关新闻", "Lire aussi"])
def test_teasers_are_boilerplate(marker: str) -> None:
    source = article(
        "Ships collide", BODY, MORE, marker, "Ferry Fares To Rise", "The council will vote on higher fares before..."
    )
    assert kinds(source) == ["title", "paragraph", "paragraph", "boilerplate", "boilerplate", "boilerplate"]
    assert [source.is_told(i) for i in range(len(source.passages))][-3:] == [False, False, False]


def test_the_account_goes_on_after_teasers_in_the_middle() -> None:
    source = article("Ships collide", BODY, "Read more", "Ferry fares to rise", MORE, BODY)
    assert kinds(source) == ["title", "paragraph", "boilerplate", "boilerplate", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    "line",
    [
        "Share this article",
        "Subscribe to our newsletter",
        "© 2024 The Vane Herald. All rights reserved.",
        "Follow Ada Quill on Twitter @adaq",
        "Read more: The pilot who was not there",
        "Advertisement",
        "This is a developing story. Check back for updates.",
    ],
)
def test_notices_are_boilerplate(line: str) -> None:
    assert kinds(article("Ships collide", BODY, line, MORE)) == ["title", "paragraph", "boilerplate", "paragraph"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell by a third when the news broke, and trading was stopped for the rest of the day.",
        "More than forty people were on the quay when the two ships met, and most of them saw it.",
        "Related companies will have to pay as well, the judge said, though he did not say how much.",
        "Follow-up surveys found no oil.",
        "Copyrighted charts were found on board.",
        "Comments by the minister angered the crew.",
        "“Subscribe to nothing,” the captain said.",
        "By Friday the harbour was open again.",
        "Date palms lined the quay where the survivors came ashore.",
        "Correction: An earlier version of this article gave the wrong age of the ship.",
    ],
)
def test_a_sentence_of_the_account_is_never_taken_for_furniture(sentence: str) -> None:
    assert kinds(article("Ships collide", BODY, sentence, MORE)) == ["title", "paragraph", "paragraph", "paragraph"]


def test_headings_part_the_account() -> None:
    source = article("Ships collide", BODY, "What the pilot knew", MORE)
    assert kinds(source) == ["title", "paragraph", "heading", "paragraph"]


def test_one_paragraph_a_line_is_read_as_such() -> None:
    source = article(
        "Ships collide off Vane", "Source: Vane Port Office", "2024-05-03 12:30", BODY, MORE, a_line_each=True
    )
    assert kinds(source) == ["title", "metadata", "metadata", "paragraph", "paragraph"]
    assert (source.outlet, source.published) == ("Vane Port Office", "2024-05-03T12:30")


def test_front_matter_says_what_it_says_and_stays_in_the_text() -> None:
    text = '---\ntitle: "Ships: a reckoning"\nauthors:\n  - Ada Quill\n  - Tom Reeve\nsource: https://vane.example/1\n'
    text += f"date: 2024-05-03T10:00:00+02:00\nlang: en-GB\n---\n\n# Ships: a reckoning\n\n{BODY}\n"
    source = build_source(text, id="a", article=True)
    assert kinds(source) == ["metadata", "title", "paragraph"]
    assert (source.title, source.author) == ("Ships: a reckoning", "Ada Quill, Tom Reeve")
    assert (source.published, source.language) == ("2024-05-03T10:00+02:00", "en")
    assert (source.url, source.outlet) == ("https://vane.example/1", None)
    assert source.text == text


def test_an_outlet_is_taken_from_a_copyright_line_but_not_from_an_agency_s() -> None:
    assert article("Ships collide", BODY, "© 2024 Vane Herald Ltd. All rights reserved.").outlet == "Vane Herald"
    assert article("Ships collide", BODY, "© 2024 The Associated Press. All rights reserved.").outlet is None


def test_without_article_every_block_is_a_paragraph() -> None:
    source = Source.from_text("Ships collide\n\nRelated articles\n\n" + BODY, id="a")
    assert set(kinds(source)) == {"paragraph"}
    assert source.title is None


def test_what_is_given_wins_over_what_is_guessed() -> None:
    source = Source.from_text("Ships collide\n\n" + BODY, id="a", title="Mine", language="de", article=True)
    assert (source.title, source.language) == ("Mine", "de")


@pytest.mark.parametrize(
    ("head", "expected", "author", "published"),
    [
        (
            ["Published\n3 May 2024", "Share", "By Ada Quill\nVane News, Skarn"],
            ["metadata", "metadata", "boilerplate", "byline", "byline"],
            "Ada Quill",
            "2024-05-03",
        ),
        (
            ["The minister promises an inquiry.", "BY ADA QUILL", "May 3, 2024 2:10 PM GMT+1\nUpdated 3 hours ago"],
            ["heading", "byline", "metadata", "metadata"],
            "ADA QUILL",
            "2024-05-03T14:10+01:00",
        ),
        (["Vane Agency | Updated: 2024-05-03 22:15"], ["metadata"], None, None),
        (
            ["Ada Quill in Vane and agencies\nFri 3 May 2024 14.10 BST"],
            ["byline", "metadata"],
            None,
            "2024-05-03T14:10+01:00",
        ),
    ],
)
def test_the_heads_of_many_pages_are_read(
    head: list[str], expected: list[str], author: str | None, published: str | None
) -> None:
    source = article("Ships collide off Vane", *head, BODY, MORE)
    assert kinds(source) == ["title", *expected, "paragraph", "paragraph"]
    assert (source.author, source.published) == (author, published)


def test_a_press_release_has_its_title_below_its_labels() -> None:
    source = article(
        "FOR IMMEDIATE RELEASE\nContact: Ada Quill, 555-0100", "Vane Port opens inquiry", BODY, "SOURCE Vane Port"
    )
    assert kinds(source) == ["metadata", "metadata", "title", "paragraph", "byline"]
    assert source.title == "Vane Port opens inquiry"


@pytest.mark.parametrize("line", ["(END)", "Enditem", "ada@vane.example", "Reuse this content"])
def test_what_agencies_end_with_is_boilerplate(line: str) -> None:
    assert kinds(article("Ships collide", BODY, MORE, line))[-1] == "boilerplate"


FURNITURE = [
    "By Ada Quill",
    "Related articles",
    "Date: ",
    "© 2024 Vane",
    "---",
    "# Ships",
    "VANE, Nov 1 – It",
    "다.",
    "- a",
    "x: y",
]


@given(st.lists(st.sampled_from([*FURNITURE, BODY, "", " \t", "\ud800\x00"]), max_size=12), st.booleans())
def test_blocks_and_passages_hold_every_letter_once(lines: list[str], a_line_each: bool) -> None:
    source = build_source("\n".join(lines), id="a", article=True, a_line_each=a_line_each)
    held = [i for p in source.passages for i in range(p.start, p.end)]
    assert len(held) == len(set(held))
    assert all(c.isspace() for i, c in enumerate(source.text) if i not in set(held))
    for passage in source.passages:
        block = source.blocks[passage.block]
        assert block.start <= passage.start < passage.end <= block.end
    assert {p.block for p in source.passages} == set(range(len(source.blocks)))
    assert source.passages == tuple(sorted(source.passages, key=lambda p: p.start))
    assert all(b.kind in set(BlockKind) for b in source.blocks)


def test_when_a_page_was_changed_is_no_part_of_the_account_wherever_it_stands() -> None:
    body = "The harbour bridge was opened on Monday by the mayor after three years of building, the council said."
    for line in ("Updated: 20:09", "Story Created: Aug 7, 2012 at 9:56 AM AKDT", "Updated on: 05/11/2025 20:09"):
        for text in (f"Bridge opens\n\n{line}\n\n{body}\n", f"Bridge opens\n\n{body}\n\n{line}\n\n{body}\n"):
            source = Source.from_text(text, id="a", article=True)
            [block] = [b for b in source.blocks if source.text[b.start : b.end] == line]
            assert block.kind == "metadata"
