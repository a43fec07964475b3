"""What stands between quotation marks is found in every usual script, and nothing else is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader.comparison.model import QuotationKind
from summitreader.comparison.quotes import find_quotations
from summitreader.comparison.quotes.quote_spans import find_quote_spans
from summitreader.text import Source

from .said_by import found, marked


@pytest.mark.parametrize(
    ("language", "text", "quotations"),
    [
        ("en", 'He said “yes” and "no".', ["“yes”", '"no"']),
        ("en", "He said ‘yes’ and 'no'.", ["‘yes’", "'no'"]),
        ("en", '“Yes," he said, and "no.”', ['“Yes,"', '"no.”']),
        ("en", "An ``old wire'' said so.", ["``old wire''"]),
        ("de", "„Wir kommen“, sagte er. »Nie«, sagte sie, ‚so‘.", ["„Wir kommen“", "»Nie«", "‚so‘"]),
        ("fr", "« On vient », a-t-il dit ; «oui».", ["« On vient »", "«oui»"]),
        ("es", "«Volveremos», dijo. Habló de “paz”.", ["«Volveremos»", "“paz”"]),
        ("ar", 'قال: «سنعود». و"السلام" ”نعم“.', ["«سنعود»", '"السلام"', "”نعم“"]),
        ("zh", "他说：“我们会再来的”。《日报》说「好」。", ["“我们会再来的”", "《日报》", "「好」"]),
        ("ja", "「また来ます」と『坊っちゃん』", ["「また来ます」", "『坊っちゃん』"]),
        ("ko", "그는 “다시 오겠다”고, ‘소통’을 말했다.", ["“다시 오겠다”", "‘소통’"]),
        ("sv", "”Vi kommer,” sade han.", ["”Vi kommer,”"]),
        ("pl", "„Wrócimy” – powiedział.", ["„Wrócimy”"]),
        ("ru", "Он сказал: «Мы вернёмся».", ["«Мы вернёмся»"]),
    ],
)
def test_the_marks_of_each_language_are_found(language: str, text: str, quotations: list[str]) -> None:
    assert marked(text, language) == quotations


@pytest.mark.parametrize(
    "text",
    [
        "The workers’ rights and the players' union aren't the boss's business.",
        "In the '90s rock 'n' roll wasn’t what it ’twas.",
        'He is 6\' 2" tall and the screen has 24" across.',
        'See <a href="page.html" title="x">the page</a>.',
    ],
)
def test_apostrophes_feet_inches_and_attributes_are_no_quotations(text: str) -> None:
    assert marked(text) == []


def test_an_apostrophe_inside_single_marks_does_not_end_the_quotation() -> None:
    assert marked("'I'm the workers' man,' he said.") == ["'I'm the workers' man,'"]


def test_a_quotation_inside_a_quotation_belongs_to_it() -> None:
    assert marked("\"She told me 'go away' twice,\" he said.") == ["\"She told me 'go away' twice,\""]
    assert marked("“Even when “your team” is in it, tell me,” he wrote.") == [
        "“Even when “your team” is in it, tell me,”"
    ]


def test_a_speech_over_paragraphs_is_one_quotation_each_joined_by_continues() -> None:
    first, second, third = found("“We begin.\n\n“We go on.\n\n“We end,” said Ann Lee.")
    assert first.continues is None
    assert second.continues == first.id
    assert third.continues == second.id
    assert {q.speaker.name for q in (first, second, third) if q.speaker} == {"Ann Lee"}


def test_what_is_never_closed_ends_where_somebody_is_said_to_have_said_it() -> None:
    assert marked("“We shall see, said Mr Brown, who had come late.") == ["“We shall see,"]
    assert marked("“We shall see to it ourselves.") == ["“We shall see to it ourselves."]


def test_what_a_space_was_put_into_still_closes() -> None:
    assert marked('"We are glad, "she said. "We are."') == ['"We are glad, "', '"We are."']


def test_boilerplate_and_fields_give_none() -> None:
    text = (
        "A headline about a vote\n\nThe vote was lost.\n\nRelated articles\n\n"
        "“Another story,” says a teaser...\n\nShe said “so”..."
    )
    source = Source.from_text(text, id="a", article=True)
    told = {i for i, b in enumerate(source.blocks) if b.kind.value in ("title", "heading", "paragraph")}
    for q in find_quotations(source):
        assert source.passages[source.passage_at(q.start)].block in told
        assert "teaser" not in q.text


@given(st.text(alphabet="aB .,!'\"“”‘’«»„`「」《》\n's5-said", max_size=80))
def test_any_input_is_survived_and_marks_nest(text: str) -> None:
    spans = [(m.start, m.end) for m in find_quote_spans(text, 0, len(text))]
    for a, b in spans:
        assert 0 <= a < b <= len(text)
    for a, b in spans:
        for c, d in spans:
            assert b <= c or d <= a or (a <= c and d <= b) or (c <= a and b <= d)


_PHRASES = """He said|“Yes,”|"no"|Xi|that|the office|of|according to|told|who|,|.|“open|and|called for|Lee’s|agency
in a statement|'x'|:|—|(|)"""
_WORDS = [*_PHRASES.replace("\n", "|").split("|"), "\n\n"]


@given(st.lists(st.sampled_from(_WORDS), max_size=40))
def test_a_quotation_never_leaves_its_paragraph_and_none_of_one_kind_overlap(words: list[str]) -> None:
    text = " ".join(words)
    source = Source.from_text(text, id="a", language="en")
    quotations = find_quotations(source)
    ends: dict[QuotationKind, int] = {}
    for q in quotations:
        assert any(b.start <= q.start < q.end <= b.end for b in source.blocks)
        assert q.text in text[q.start : q.end]
        assert q.start >= ends.get(q.kind, 0)
        ends[q.kind] = q.end
        for mention in [m for m in (q.speaker, q.cue, *q.via) if m]:
            assert 0 <= mention.start < mention.end <= len(text)
    assert [q.start for q in quotations] == sorted(q.start for q in quotations)
    assert len({q.id for q in quotations}) == len(quotations)


def test_thousands_of_possessives_after_an_open_mark_cost_no_more_than_their_length() -> None:
    """Each was once looked for in all that follow, one inside the other."""
    text = "He said 'x " + "the dogs' bone " * 3000
    assert all(text[m.start] == "'" for m in find_quote_spans(text, 0, len(text)))
    opened = "'a " * 6000
    assert find_quote_spans(opened, 0, len(opened)) == []
