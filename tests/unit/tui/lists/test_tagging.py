"""Tags are typed between commas, recent ones by a digit where a tag begins."""

from hypothesis import given
from hypothesis import strategies as st

from summitreader.tui.dialogs.tags import as_typed, typed_tags, with_recent


def test_tags_stand_between_commas_each_once() -> None:
    assert typed_tags(" policy, #north korea ,policy,, ") == ("policy", "north korea")


def test_a_digit_where_a_tag_begins_is_a_recent_tag() -> None:
    assert with_recent("", "1", ["policy", "north"]) == "policy, "
    assert with_recent("policy, ", "2", ["policy", "north"]) == "policy, north, "


def test_a_digit_in_a_tag_is_a_digit() -> None:
    assert with_recent("G", "2", ["policy", "north"]) is None
    assert with_recent("", "3", ["policy", "north"]) is None
    assert typed_tags("#2025") == ("2025",)


@given(
    st.lists(st.text(st.characters(exclude_characters=",#", exclude_categories=("Z", "C")), min_size=1), unique=True)
)
def test_what_is_written_out_is_typed_back(tags: list[str]) -> None:
    assert typed_tags(as_typed(tags)) == tuple(tags)
