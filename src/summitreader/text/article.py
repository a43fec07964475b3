"""What in an article is the account, and what is its title, byline, dateline, metadata and boilerplate.

Three passes over its paragraphs: the head, until the account begins; the body, with the teasers, notices and credits in
it; the tail, from the end upwards. What is not known to be something else is a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from summitreader.text import article_words as words
from summitreader.text.article_lines import (
    LINK,
    Unit,
    bare,
    is_body,
    is_heading_like,
    is_short,
    is_title_like,
    looks_like_names,
    units_of,
)
from summitreader.text.datelines import Dateline, inline_dateline, is_dateline_alone
from summitreader.text.dates import Moment, find_date, is_date_line, is_stamp, read_date
from summitreader.text.front_matter import front_matter
from summitreader.text.source import Block, BlockKind
from summitreader.text.span import Span

BODY_AGAIN = 2
"""So many paragraphs in a row, after teasers, are the account again."""


_ENDED = re.compile(r"[.!?。！？][\"'”’»]*\Z")
_BETWEEN = re.compile(r"\s*[|·•,/–—\[\]()（）【】]\s*|\s-\s")
_CLOCK = re.compile(
    r"\s*(?:at |um |à )?\d{1,2}(?:[:.h]|時|时|시 ?)\d\d(?:分|분)?(?: ?(?:[ap]\.?m\.?|Uhr))?(?: [A-Z]{2,4}\b)?"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """The blocks of an article and what its furniture says; `fields` has the keys of `front_matter.KEYS`."""

    blocks: tuple[Block, ...]
    fields: dict[str, str]
    moment: Moment | None = None
    """The day of publication as the page has it, in a field or on a line of its own."""
    dateline: Dateline | None = None
    dateline_span: Span | None = None


@dataclass
class _Draft:
    units: list[Unit]
    kinds: list[BlockKind | None] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    moments: dict[str, Moment] = field(default_factory=dict)
    dateline: Dateline | None = None
    dateline_span: Span | None = None
    title: int | None = None


def shape_article(text: str, *, a_line_each: bool = False, title: str | None = None) -> Shape:
    """The shape of `text`; `a_line_each` says that a lone newline ends a paragraph, `title` is one that is known."""
    start, known = front_matter(text)
    draft = _Draft(units_of(text, start, a_line_each=a_line_each))
    draft.fields.update(known)
    if title is not None:
        draft.fields["title"] = title
    draft.kinds = [None] * len(draft.units)
    if (moment := read_date(known.get("published", ""))) is not None:
        draft.moments["published"] = moment
    body = _head(draft)
    _body(draft, body)
    _tail(draft)
    blocks = [Block(k or BlockKind.PARAGRAPH, u.start, u.end) for k, u in zip(draft.kinds, draft.units, strict=True)]
    if start:
        blocks.insert(0, Block(BlockKind.METADATA, 0, len(text[:start].rstrip())))
    _complete(draft)
    moment = draft.moments.get("published") or draft.moments.get("line")
    return Shape(tuple(blocks), draft.fields, moment, draft.dateline, draft.dateline_span)


def _head(draft: _Draft) -> int:
    """Classify what stands before the account, and say where that begins."""
    units = draft.units
    for i in range(len(units)):
        kind = _furniture(draft, i) or _title(draft, i) or _beside_title(draft, i)
        if kind is None:
            break
        draft.kinds[i] = kind
    else:
        i = len(units)
    if i == len(units) and not any(is_body(u.text) for u in units) and draft.kinds.count(BlockKind.TITLE) == len(units):
        draft.kinds = [None] * len(units)
        draft.fields.pop("title", None)
        return 0
    return i


def _furniture(draft: _Draft, i: int) -> BlockKind | None:
    """Fields, dates, bylines, datelines of their own and notices, which are what they are wherever in the head."""
    unit = draft.units[i]
    line = bare(unit.text)
    if not is_short(line):
        return None
    if not any(map(str.isalnum, line)):
        return BlockKind.METADATA
    if (kind := _field(draft, i, line)) is not None:
        return kind
    dated = [part for part in re.split(r"\s*[|·•]\s*", line) if is_date_line(part)]
    if dated:
        for part in dated:
            updated = re.match(r"(?:last )?(?:updated|modified)|수정|更新", part, re.IGNORECASE)
            if (moment := read_date(part)) is not None:
                draft.moments.setdefault("updated" if updated else "line", moment)
        return BlockKind.METADATA
    if line.lower().rstrip(":") in words.DATE_KEYS or is_stamp(line):
        return BlockKind.METADATA
    if _byline(draft, line):
        return BlockKind.BYLINE
    dateline = is_dateline_alone(line)
    if dateline is not None:
        draft.dateline, draft.dateline_span = dateline, Span(unit.start, unit.end)
        return BlockKind.DATELINE
    if words.RELEASE.fullmatch(line):
        return BlockKind.METADATA
    if _dated_names(draft, i, line):
        return BlockKind.BYLINE
    if words.NOTICE.match(line) or words.INLINE_TEASER.match(line):
        return BlockKind.BOILERPLATE
    return None


def _field(draft: _Draft, i: int, line: str) -> BlockKind | None:
    found = words.FIELD.fullmatch(line)
    meaning = words.FIELDS.get(found["key"].strip().lower()) if found else None
    if found is None or meaning is None or len(line) > 250:
        return None
    value = bare(found["value"].strip())
    if meaning in ("published", "updated"):
        if value and not is_date_line(value):
            return None
        if value and (moment := read_date(value)) is not None:
            draft.moments.setdefault(meaning, moment)
        return BlockKind.METADATA
    if meaning == "title" and value:
        if draft.title is not None and draft.kinds[draft.title] is BlockKind.TITLE:
            draft.kinds[draft.title] = BlockKind.METADATA
        draft.fields["title"], draft.title = value, i
        return BlockKind.TITLE
    if value and meaning == "outlet" and re.match(r"\w+://\S+\Z", value):
        meaning = "url"
    if meaning in ("outlet", "author") and not looks_like_names(value):
        return BlockKind.METADATA if len(value.split()) <= 6 else None
    if value and meaning != "other" and not (meaning == "url" and not re.match(r"\w+://\S+\Z", value)):
        draft.fields.setdefault(meaning, value)
    return BlockKind.METADATA


def _byline(draft: _Draft, line: str) -> bool:
    found = words.BYLINE.match(line)
    if found is not None and len(line.split()) <= 25 and not re.search(r"[.!?。]\s*\Z(?<!\b[A-Z]\.)", line):
        names = line[found.end() :]
        if not re.match(r"[^\W\d_]", names) or not names[0].isupper():
            return False
        _set_author(draft, names)
        return True
    cjk = words.CJK_BYLINE.fullmatch(line)
    if cjk is not None and (cjk["zh"] or cjk["ko"]):
        draft.fields.setdefault("author", (cjk["zh"] or cjk["ko"]).strip())
        if cjk["outlet"] and words.OUTLET_WORD.search(cjk["outlet"]):
            draft.fields.setdefault("outlet", cjk["outlet"].strip(" |"))
        return True
    if words.ROLE.search(line) and looks_like_names(line):
        first = re.split(r"[,|/·–—]", line)[0].strip()
        if 2 <= len(first.split()) <= 4 and not words.ROLE.search(first) and not words.OUTLET_WORD.search(first):
            _set_author(draft, first)
        return True
    return False


def _dated_names(draft: _Draft, i: int, line: str) -> bool:
    """Under a title, names and a date on one line: "Jonas Whitlock, 5 September 2022"."""
    if draft.title is None or draft.title == i or len(line) > 100 or _ENDED.search(line):
        return False
    found = find_date(line)
    if found is None:
        return False
    moment, start, end = found
    names = [part.strip() for part in _BETWEEN.split(f"{line[:start]}|{_CLOCK.sub('|', line[end:])}") if part.strip()]
    if not names or sum(len(name.split()) for name in names) > 6 or not all(map(looks_like_names, names)):
        return False
    draft.moments.setdefault("line", read_date(line.replace(names[0], "").strip(" ,|·•–—-[]()")) or moment)
    if len(names) == 1 and names[0] != draft.fields.get("outlet") and not words.OUTLET_WORD.search(names[0]):
        _set_author(draft, names[0])
    return True


def _set_author(draft: _Draft, names: str) -> None:
    cut = re.split(
        r"\s*(?:[,|/·•–—]|"
        r"\b(?:in|at|on|for|from|with|and agencies|and wires?|Published|Updated)\b(?! [a-z]{1,2}\b))\s*",
        names,
    )[0]
    cut = re.sub(r"\s+(?:and|und|et|y)\s*\Z", "", cut).strip(" .*_")
    if cut and not cut.endswith(":") and not words.AGENCY.search(cut) and not words.ROLE.fullmatch(cut):
        draft.fields.setdefault("author", cut)


def _title(draft: _Draft, i: int) -> BlockKind | None:
    """The first line that can be a title, where the account follows it."""
    if draft.title is not None or i + 1 >= len(draft.units):
        return None
    unit, known = draft.units[i], draft.fields.get("title")
    heading = unit.text.startswith("# ")
    if known is not None and not heading and _plain(known) != _plain(bare(unit.text)):
        return None
    following = draft.units[i + 1]
    dated = is_date_line(bare(following.text)) or words.BYLINE.match(bare(following.text)) is not None
    if not (heading or known is not None or is_title_like(unit.text, sure=dated)):
        return None
    if not heading and _is_kicker(bare(unit.text), bare(following.text)):
        return BlockKind.METADATA
    draft.title = i
    draft.fields.setdefault("title", re.sub(r"\s+", " ", bare(unit.text)))
    return BlockKind.TITLE


def _is_kicker(line: str, following: str) -> bool:
    return line.isupper() and len(line.split()) <= 2 and len(following.split()) > 3 and is_title_like(following)


def _beside_title(draft: _Draft, i: int) -> BlockKind | None:
    """An outlet or names on a line of their own, or a line under the title that adds to it."""
    if draft.title is None and "title" not in draft.fields:
        return None
    unit = draft.units[i]
    line = bare(unit.text)
    if not is_short(line) or inline_dateline(line) is not None:
        return None
    neighbours = [j for j in (i - 1, i + 1) if 0 <= j < len(draft.units) and draft.units[j].chunk == unit.chunk]
    beside = any(draft.kinds[j] not in (None, BlockKind.TITLE) or _is_set(draft.units[j]) for j in neighbours)
    if line == draft.fields.get("author"):
        return BlockKind.BYLINE
    if looks_like_names(line) and (beside or words.OUTLET_WORD.search(line) or "|" in line):
        outlet = re.split(r"\s*[|/·,]\s*", line)[0]
        form = words.FIELD.fullmatch(outlet) is not None  # "Agency: …", a field whose key is not known
        if words.OUTLET_WORD.search(outlet) and not words.AGENCY.search(outlet) and not form:
            draft.fields.setdefault("outlet", outlet)
        return BlockKind.BYLINE
    last = i + 1 == len(draft.units)
    if draft.title == i - 1 and not last and (is_title_like(unit.text) or _is_set(draft.units[i + 1])):
        return BlockKind.HEADING
    return None


def _is_set(unit: Unit) -> bool:
    line = bare(unit.text)
    byline = words.BYLINE.match(line) is not None and looks_like_names(line)
    return byline or is_date_line(line) or words.RELEASE.fullmatch(line) is not None


def _body(draft: _Draft, start: int) -> None:
    """Classify from unit `start` on; the first paragraph may open with a dateline."""
    units, kinds = draft.units, draft.kinds
    teasers = False
    first = True
    for i in range(start, len(units)):
        line = bare(units[i].text)
        if teasers and _body_again(units, i):
            teasers = False
        if teasers:
            kinds[i] = (words.CREDIT.match(line) and BlockKind.BYLINE) or BlockKind.BOILERPLATE
            continue
        if words.SECTION.fullmatch(line) and not first:
            teasers = True
            kinds[i] = BlockKind.BOILERPLATE
            continue
        kinds[i] = _in_body(draft, i, line)
        if kinds[i] is None and first:
            first = False
            _open(draft, units[i])


def _in_body(draft: _Draft, i: int, line: str) -> BlockKind | None:
    unit = draft.units[i]
    if re.match(r"#{1,6}\s", unit.text):
        return BlockKind.HEADING
    if not any(map(str.isalnum, line)):
        return BlockKind.METADATA
    if len(line) > 300 and not words.COPYRIGHT.match(line):
        return None
    if is_date_line(line) or is_stamp(line):
        return BlockKind.METADATA
    if len(line) <= 250 and (words.CREDIT.match(line) or (words.BYLINE.match(line) and looks_like_names(line))):
        return BlockKind.BYLINE
    if words.NOTICE.match(line) or words.INLINE_TEASER.match(line) or _mostly_links(unit.text):
        return BlockKind.BOILERPLATE
    following = draft.units[i + 1].text if i + 1 < len(draft.units) else ""
    if len(line) <= 80 and is_heading_like(line) and is_body(following):
        return BlockKind.HEADING
    return None


def _open(draft: _Draft, unit: Unit) -> None:
    dateline = inline_dateline(unit.text)
    if dateline is not None and draft.dateline is None:
        draft.dateline, draft.dateline_span = dateline, Span(unit.start, unit.start + dateline.end)


def _body_again(units: list[Unit], i: int) -> bool:
    run = units[i : i + BODY_AGAIN]
    return len(run) == BODY_AGAIN and all(is_body(unit.text) for unit in run)


def _mostly_links(text: str) -> bool:
    """Whether more than half of the letters of a paragraph are the words of markdown links, two or more."""
    if "](" not in text:
        return False
    links = LINK.findall(text)
    letters = sum(map(str.isalpha, bare(text)))
    return len(links) >= 2 and sum(sum(map(str.isalpha, link)) for link in links) > 0.5 * letters


def _tail(draft: _Draft) -> None:
    """From the last paragraph upwards: calls to subscribe, lines of links, who the author is."""
    units, kinds = draft.units, draft.kinds
    author = draft.fields.get("author", "")
    for i in range(len(units) - 1, 0, -1):
        line = bare(units[i].text)
        if kinds[i] in (BlockKind.BOILERPLATE, BlockKind.BYLINE, BlockKind.METADATA):
            continue
        if kinds[i] is not None or len(line) > 320:
            break
        names = [part.strip() for part in re.split(r",|\band\b", author) if part.strip()]
        if names and line.startswith(tuple(names)) and words.BIOGRAPHY.search(line):
            kinds[i] = BlockKind.BYLINE
        elif words.TAIL.search(line) or _is_row_of_links(line):
            kinds[i] = BlockKind.BOILERPLATE
        else:
            break


def _is_row_of_links(line: str) -> bool:
    parts = re.split(r"\s+[|·•]\s+", line)
    return len(parts) >= 3 and all(len(part) <= 60 for part in parts)


def _complete(draft: _Draft) -> None:
    """An outlet that only its copyright line names."""
    if "outlet" in draft.fields:
        return
    for kind, unit in zip(reversed(draft.kinds), reversed(draft.units), strict=True):
        if kind is not BlockKind.BOILERPLATE:
            continue
        found = words.COPYRIGHT.search(bare(unit.text))
        if found is None:
            continue
        holder = re.split(r"\.\s|\ball rights\b", found["holder"], flags=re.IGNORECASE)[0]
        holder = words.COMPANY.sub("", holder).strip(" .,")
        paper = words.PUBLISHER.sub("", holder).strip(" .,&")
        if paper != holder:  # a company; its paper only where that is called as papers are
            holder = paper if words.OUTLET_WORD.search(paper) else ""
        if holder and not words.AGENCY.search(holder) and holder[0].isupper() | (holder[0] > "\u1100"):
            draft.fields["outlet"] = holder
            return


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().lower()


def merged(blocks: tuple[Block, ...]) -> bool:
    """Whether the blocks stand in order and do not overlap."""
    return all(a.end <= b.start for a, b in pairwise(blocks))
