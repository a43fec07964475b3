"""Speech, fragment, term and title are told apart."""

from __future__ import annotations

import pytest

from .said_by import found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We shall mend the bridge,” Ann Lee said.", "speech"),
        ("Ann Lee said: “We shall mend the bridge.”", "speech"),
        ("Ann Lee said the bridge was “safe for all.”", "fragment"),
        ("Ann Lee called for “closer ties” with Harlow.", "fragment"),
        ("The so-called “bridge tax” was dropped.", "term"),
        ("It was known as “the long night.”", "term"),
        ("She starred in the film “A Bridge to Harlow” last year.", "title"),
        ("他读《红楼梦》。", "title"),
    ],
)
def test_the_kind_is_told_by_form_and_place(text: str, kind: str) -> None:
    assert [q.kind.value for q in found(text) if q.kind.value != "reported"] == [kind]
