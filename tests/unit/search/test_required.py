"""What an expression requires: every match holds it, and what is not understood requires nothing."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from summitreader.search.matching import Vocabulary, folded
from summitreader.search.required import required

PIECES = st.sampled_from(
    [
        r"a",
        r"b",
        r"I",
        r"s",
        r"_",
        r"9",
        r"é",
        r".",
        r"\b",
        r"\w",
        r"\.",
        r"[ab]",
        r"[^a]",
        r"[]a]",
        r"^",
        r"$",
        r"*",
        r"+",
        r"?",
        r"??",
        r"{2}",
        r"{0,1}",
        r"{1,}",
        r"{",
        r"}",
        r"|",
        r"(",
        r"(?:",
        r"(?=",
        r"(?!",
        r"(?<=",
        r"(?i)",
        r")",
        r"]",
        r"{e<=1}",
        r"\p{L}",
        r"(?<n>",
        r"(?>",
        r"\1",
        r"&&",
        r"[[:alpha:]]",
    ]
)
EXPRESSIONS = st.lists(PIECES, min_size=1, max_size=8).map("".join)
TEXTS = st.text(st.sampled_from("aAbBsSſiIıİ_9éÉ.} K"), max_size=12)


@settings(max_examples=1500, deadline=None)
@given(EXPRESSIONS, TEXTS)
def test_every_match_holds_what_is_required(expression: str, text: str) -> None:
    try:
        found = [m[0] for m in regex.compile(expression, regex.IGNORECASE | regex.MULTILINE).finditer(text, timeout=1)]
    except (regex.error, TimeoutError):
        return
    for match in filter(None, found):
        here = folded(match, False).replace("ı", "i")
        assert all(any(run in here for run in either) for either in required(expression)), (expression, match)


@pytest.mark.parametrize(
    ("expression", "held"),
    [
        ("ferry", (("ferry",),)),
        ("Ferry.*brid?ge", (("ferry",), ("bri",), ("ge",))),
        (r"\bfer+y\b", (("fer",), ("y",))),
        ("(ferry|boat)s? stop{2}", (("ferry", "boat"), ("stop",))),
        ("(ferry|.*)", ()),
        ("(ferry)*", ()),
        ("(?!ferry)boat", (("boat",),)),
        ("[a-z]+", ()),
        ("fer{e<=1}ry", ()),
        (r"(?V1)ferry", ()),
        (r"ferry\K", ()),
    ],
)
def test_an_expression_requires(expression: str, held: tuple[tuple[str, ...], ...]) -> None:
    assert required(expression) == held


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text("abcé", min_size=1, max_size=5), max_size=8),
    st.text("abcé", min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
)
def test_a_vocabulary_names_the_words_with_these_letters(
    words: list[str], letters: str, begins: bool, ends: bool
) -> None:
    def fits(word: str) -> bool:
        if begins and ends:
            return word == letters
        return word.startswith(letters) if begins else word.endswith(letters) if ends else letters in word

    found = list(Vocabulary(words).holding(letters, begins=begins, ends=ends))
    assert found == sorted({word for word in words if fits(word)})
