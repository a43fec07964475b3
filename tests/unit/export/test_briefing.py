"""The briefing: short, by letter, with nothing to check left out, and no markup of a source's own."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from summitreader import Corpus, Source, compare
from summitreader.export.briefing import (
    SHARE,
    Line,
    Note,
    Section,
    as_markdown,
    as_text,
    briefing_markdown,
    briefing_text,
    date_in_words,
    marked,
    sentence_of,
)
from summitreader.export.outline import outline
from summitreader.export.outline_model import Outline, SourceEntry

SAMPLE = Path(__file__).parents[3] / "sample_corpus"
A = Source.from_text(
    "# The bridge opens\n\nMayor Anna Keller opened the bridge on Monday. “It is a good day for the whole valley,” "
    "Anna Keller said.\n",
    id="a.md", article=True,
)  # fmt: skip
B = Source.from_text(
    "Subject: Bridge opened by the mayor\n\nThe bridge was opened on Monday. “It is a good day for the whole valley,” "
    "Keller claimed.\n",
    id="b.txt", article=True,
)  # fmt: skip


@pytest.fixture(scope="module")
def long() -> Outline:
    return outline(compare(Corpus.load(SAMPLE / "brightwater-verdict").sources))


def test_it_has_at_most_a_third_of_the_words_of_the_articles(long: Outline) -> None:
    for write in (briefing_text, briefing_markdown):
        assert len(write(long).split()) <= SHARE * sum(s.words for s in long.sources)


def test_everything_to_check_is_there_with_every_side_however_short_it_is(long: Outline) -> None:
    tiny = replace(long, sources=tuple(replace(s, words=1) for s in long.sources))
    text = briefing_text(tiny)
    for check in long.to_check:
        assert f"Check {check.number}: " in text
        for side in check.sides:
            assert " ".join(side.words.split()) in text
            assert all(f"{e.letter} " in text for e in side.excerpts)


def test_the_legend_names_each_source_by_its_letter(long: Outline) -> None:
    lines = briefing_text(long).splitlines()
    for source in long.sources:
        assert any(line.startswith(f"- {source.letter} {source.name}") for line in lines)


def test_who_is_quoted_is_named_once_with_a_wording_once() -> None:
    text = briefing_text(outline(compare([A, B])))
    assert text.count("Anna Keller (") == 1
    assert text.count("“It is a good day for the whole valley”") == 1


def test_a_headline_has_neither_marks_nor_the_name_of_its_field() -> None:
    o = outline(compare([A, B]))
    text = briefing_text(o)
    assert "The bridge opens" in text and "# The bridge" not in text
    assert "Bridge opened by the mayor" in text and "Subject:" not in text.partition("In all")[0]


def entry(published: str | None = None, day: str | None = None) -> SourceEntry:
    return SourceEntry("a", "A", "a", None, None, published, day, None, None, None, 1, True, ("A",), None)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (entry("2025-06-07"), "7 Jun 2025"),
        (entry("2025-06-06T16:52"), "6 Jun 2025, 16:52"),
        (entry("2025"), "2025"),
        (entry(None, "--11-01"), "1 Nov (year not given)"),
        (entry(), ""),
    ],
)
def test_dates_in_words(known: SourceEntry, words: str) -> None:
    assert date_in_words(known) == words


def test_marks_around_words_that_have_marks() -> None:
    assert marked("plain") == "“plain”"
    assert marked("“so,” he said") == "‘“so,” he said’"


def test_excerpts_are_on_one_line_without_the_marks_of_a_heading(long: Outline) -> None:
    excerpt = replace(long.facts[0].lead, words="## The\n  bridge")
    assert sentence_of(excerpt) == "The bridge"


ACTIVE = (
    "Ships collide\n\n# fake heading ![x](http://evil.example/p) [x](javascript:alert(1)) <script>1</script> `code` "
    "www.evil.example *strong* and **stronger** words were said on Friday by the harbour office.\n\n> quote\n\n---\n\n"
    "| a | b |\n- [ ] task http://evil.example\n"
)


def test_no_markup_of_a_source_is_live_in_the_markdown() -> None:
    report = compare([Source.from_text(ACTIVE, id=id, article=True) for id in ("a", "b")])
    markdown = briefing_markdown(outline(report), "*title* <b>")
    rendered = MarkdownIt("gfm-like", {"linkify": False}).enable("table").parse(markdown)
    kinds = {token.type for token in rendered} | {c.type for token in rendered for c in token.children or ()}
    assert kinds <= {
        "heading_open", "heading_close", "inline", "text", "paragraph_open", "paragraph_close", "bullet_list_open",
        "bullet_list_close", "list_item_open", "list_item_close", "text_special",
    }  # fmt: skip
    headings = [t.content for before, t in pairwise(rendered) if before.type == "heading_open"]
    assert not any(heading.startswith("fake") for heading in headings)


def test_items_below_items_are_nested_in_markdown_and_indented_in_text() -> None:
    lines: list[Line] = [Section(2, "Head"), Note("one"), Note("two", 1)]
    assert as_text(lines) == "Head\n\n- one\n    - two\n"
    tokens = [t.type for t in MarkdownIt("commonmark").parse(as_markdown(lines))]
    assert tokens.count("bullet_list_open") == 2
