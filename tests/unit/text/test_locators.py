from __future__ import annotations

from summitreader.text import Block, BlockKind, Locator
from summitreader.text.build import build_source

TEXT = "Anna Berg\n\nThe quay is closed. It reopens in March.\n\nBy Jonas Amdahl\n"


def test_a_passage_is_cited_with_the_page_or_time_that_it_begins_in() -> None:
    at = TEXT.index("It reopens")
    locators = (Locator(0, ""), Locator(at, "00:14:07", "Anna Berg"))
    source = build_source(TEXT, id="a", locators=locators)
    names = [source.place_name(n) for n in range(len(source.passages))]
    assert names == ["¶1", "¶2", "¶2, 00:14:07", "¶3, 00:14:07"]
    assert source.locator_at(at - 1) == locators[0] and source.locator_at(at) == locators[1]
    assert build_source(TEXT, id="a").locator_at(3) is None


def test_the_kinds_that_a_format_says_win_over_what_the_shape_suggests() -> None:
    end = TEXT.index("\n\nBy")
    whole = (
        Block(BlockKind.BYLINE, 0, 9),
        Block(BlockKind.PARAGRAPH, 11, end),
        Block(BlockKind.HEADING, end + 2, len(TEXT)),
    )
    source = build_source(TEXT, id="a", article=True, known_blocks=whole)
    assert [block.kind for block in source.blocks] == ["byline", "paragraph", "heading"]
    assert source.author is None and source.title is None  # where all is said, nothing is guessed
    partly = build_source(TEXT, id="a", article=True, known_blocks=whole[2:])
    assert partly.blocks[-1].kind is BlockKind.HEADING and partly.blocks[0].kind is BlockKind.TITLE
