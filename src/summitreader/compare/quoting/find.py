"""From a source to its quotations: paragraph by paragraph, then joined over paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitreader.compare.model import Cue, Mention, Quotation, QuotationKind
from summitreader.compare.quoting.attribution import Governed, govern
from summitreader.compare.quoting.items import Items, read_items
from summitreader.compare.quoting.marks import Marked, find_marked
from summitreader.compare.quoting.names import Entity, Names, find_names, resolve
from summitreader.compare.quoting.phrases import Phrase
from summitreader.compare.quoting.sayings import Saying, find_sayings
from summitreader.text import TOLD, Block, Source


@dataclass(frozen=True, slots=True)
class _Read:
    """One paragraph, read."""

    block: Block
    items: Items
    marked: tuple[Marked, ...]
    quotes: tuple[Marked, ...]
    sayings: tuple[Saying, ...]


def find_quotations(source: Source) -> tuple[Quotation, ...]:
    """The quotations of one source, in order of the text; metadata and boilerplate give none."""
    breaks: dict[int, set[int]] = {}
    for p in source.passages:
        breaks.setdefault(p.block, set()).add(p.start)
    read = []
    for number, block in enumerate(source.blocks):
        if block.kind in TOLD:
            marked = tuple(find_marked(source.text, block.start, block.end))
            quotes = tuple(m for m in marked if m.depth == 0 and m.opened)
            items = read_items(source.text, block.start, block.end, quotes, frozenset(breaks.get(number, ())))
            read.append(_Read(block, items, marked, quotes, tuple(find_sayings(items))))
    names = find_names([r.items for r in read])
    return _Attribution(source, names).run(read)


class _Attribution:
    """One walk over the paragraphs, remembering who spoke last."""

    def __init__(self, source: Source, names: Names) -> None:
        self.source, self.names = source, names
        self.spoken: list[tuple[int, Entity]] = []
        self.last: Mention | None = None
        self.out: list[Quotation] = []

    def run(self, read: Sequence[_Read]) -> tuple[Quotation, ...]:
        for r in read:
            self.paragraph(r)
        return tuple(self.out)

    def paragraph(self, r: _Read) -> None:
        governed = govern(r.items, r.quotes, r.sayings)
        speakers: list[Mention | None] = []
        for m, g in zip(r.quotes, governed, strict=True):
            words = len(self.source.text[m.inner_start : m.inner_end].split())
            kind = QuotationKind.SPEECH if words >= 5 else QuotationKind.FRAGMENT
            text = self.source.text[m.inner_start : m.inner_end]
            speaker = self.mention(r.items, g.subject) if g.subject else None
            if g.carried is not None:
                speaker = speakers[g.carried]
            if speaker is None and m.start == r.block.start:
                speaker = self.last
            speakers.append(speaker)
            self.out.append(
                Quotation(
                    f"{self.source.id}#q{len(self.out)}",
                    self.source.id,
                    m.start,
                    m.end,
                    text,
                    kind,
                    None,
                    speaker,
                    self.cue(r.items, g),
                )
            )
        spoken = [x for x in speakers if x]
        if spoken:
            self.last = spoken[-1]
        elif r.sayings and r.sayings[-1].subject:
            self.last = self.mention(r.items, r.sayings[-1].subject)

    def cue(self, t: Items, g: Governed) -> Cue | None:
        if g.saying is None:
            return None
        first, last = g.saying.cue
        return Cue(t.words(first, last), t.start[first], t.end[last])

    def mention(self, t: Items, phrase: Phrase) -> Mention:
        name, inferred, entity = resolve(self.names, t, phrase, self.spoken)
        if entity is not None:
            self.spoken.append((t.start[phrase[0]], entity))
        return Mention(name, t.start[phrase[0]], t.end[phrase[1]], inferred)
