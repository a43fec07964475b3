"""From a string to a `Source`: blocks, then passages, then what its furniture and its words say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from summitreader.text.languages import language_of
from summitreader.text.paragraphs import line_spans, paragraph_spans
from summitreader.text.sentences import LONGEST, sentence_spans
from summitreader.text.source import TOLD, Block, BlockKind, Locator, Passage, Source
from summitreader.text.span import Span


def build_source(
    text: str,
    *,
    id: str,
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    published: str | None = None,
    url: str | None = None,
    language: str | None = None,
    article: bool = False,
    a_line_each: bool = False,
    path: str | None = None,
    notices: tuple[str, ...] = (),
    known_blocks: tuple[Block, ...] = (),
    locators: tuple[Locator, ...] = (),
) -> Source:
    """See `Source.from_text`; `a_line_each` says that a lone newline ends a paragraph of the article.

    `known_blocks`, in order, are stretches whose kind the format of the file says; the other kinds are guessed. Where
    they are the whole text, nothing is guessed from it.
    """
    given = {"title": title, "outlet": outlet, "author": author, "url": url, "language": language}
    if not article:
        blocks = tuple(Block(BlockKind.PARAGRAPH, s.start, s.end) for s in paragraph_spans(text))
        return _source(text, blocks, given, id=id, published=published, path=path, notices=notices, locators=locators)
    from summitreader.text.article import Shape, shape_article

    if _is_whole(text, known_blocks):
        blocks, shape = known_blocks, Shape(known_blocks, {})
    else:
        shape = shape_article(text, a_line_each=a_line_each, title=title)
        blocks = tuple(_with_known_kind(shape.blocks, known_blocks))
    known = {key: given[key] or shape.fields.get(key) for key in given}
    if known["language"]:
        known["language"] = _language_code(known["language"])
    moment = shape.moment
    dated = shape.dateline.moment if shape.dateline else None
    if published is None and moment is not None:
        published = moment.iso()
    if published is None and dated is not None:
        published = dated.iso()
    day = next((m.month_day() for m in (moment, dated) if m is not None and m.year is None), None)
    return _source(
        text,
        blocks,
        known,
        id=id,
        published=published,
        day=None if published else day,
        dateline=shape.dateline_span,
        path=path,
        notices=notices,
        locators=locators,
    )


def _is_whole(text: str, blocks: tuple[Block, ...]) -> bool:
    """Whether nothing but white space is outside of the blocks."""
    ends = [0, *(block.end for block in blocks)]
    starts = [*(block.start for block in blocks), len(text)]
    return bool(blocks) and not any(text[end:start].strip() for end, start in zip(ends, starts, strict=True))


def _with_known_kind(blocks: Iterable[Block], known: tuple[Block, ...]) -> Iterator[Block]:
    """`blocks` with the kind of the known stretch that each lies in."""
    n = 0
    for block in blocks:
        while n < len(known) and known[n].end <= block.start:
            n += 1
        inside = n < len(known) and known[n].start <= block.start and block.end <= known[n].end
        yield Block(known[n].kind, block.start, block.end) if inside else block


def _source(
    text: str,
    blocks: tuple[Block, ...],
    known: Mapping[str, str | None],
    *,
    id: str,
    published: str | None,
    day: str | None = None,
    dateline: Span | None = None,
    path: str | None = None,
    notices: tuple[str, ...] = (),
    locators: tuple[Locator, ...] = (),
) -> Source:
    language = known["language"] or language_of(_told_text(text, blocks))
    passages = tuple(passages_of(text, blocks, language))
    if any(p.end - p.start >= 0.9 * LONGEST for p in passages):
        notices = (*notices, f"A stretch of {LONGEST:,} characters without a sentence end was cut into pieces.")
    return Source(
        id=id,
        text=text,
        blocks=blocks,
        passages=passages,
        title=known["title"],
        outlet=known["outlet"],
        author=known["author"],
        published=published,
        url=known["url"],
        language=language,
        day=day,
        dateline=dateline,
        path=path,
        notices=notices,
        locators=locators,
    )


def passages_of(text: str, blocks: Iterable[Block], language: str | None) -> list[Passage]:
    """The sentences of each block, in order of the text; of metadata, the lines; a title is one passage."""
    passages = []
    for number, block in enumerate(blocks):
        span = Span(block.start, block.end)
        if block.kind is BlockKind.METADATA:
            spans = line_spans(text, span)
        elif block.kind is BlockKind.TITLE:
            spans = [span]
        else:
            spans = [
                Span(block.start + s.start, block.start + s.end)
                for s in sentence_spans(text[block.start : block.end], language)
            ]
        passages += [Passage(s.start, s.end, number) for s in spans]
    return passages


def _told_text(text: str, blocks: tuple[Block, ...]) -> str:
    """The beginning of the account, which its language is told by."""
    parts: list[str] = []
    length = 0
    for block in blocks:
        if block.kind in TOLD:
            parts.append(text[block.start : min(block.end, block.start + 12_000)])
            length += len(parts[-1])
            if length > 12_000:
                break
    return "\n".join(parts)


def _language_code(tag: str) -> str | None:
    """`en` of `en-US`, `EN` or `English`; None for what is no tag of two letters."""
    named = {"english": "en", "korean": "ko", "chinese": "zh", "japanese": "ja", "german": "de", "french": "fr"}
    first = re.split(r"[-_]", tag.strip().lower())[0]
    return named.get(first) or (first if re.fullmatch("[a-z]{2}", first) else None)
