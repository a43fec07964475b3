"""From a source to its quotations: paragraph by paragraph, then joined over paragraphs."""

from __future__ import annotations

from summitreader.compare.model import Cue, Mention, Quotation, QuotationKind
from summitreader.compare.quoting.attribution import govern
from summitreader.compare.quoting.items import Items, read_items
from summitreader.compare.quoting.marks import find_marked
from summitreader.compare.quoting.sayings import find_sayings
from summitreader.text import TOLD, Source


def find_quotations(source: Source) -> tuple[Quotation, ...]:
    """The quotations of one source, in order of the text; metadata and boilerplate give none."""
    out: list[Quotation] = []
    breaks: dict[int, set[int]] = {}
    for p in source.passages:
        breaks.setdefault(p.block, set()).add(p.start)
    last: Mention | None = None
    for number, block in enumerate(source.blocks):
        if block.kind not in TOLD:
            continue
        marked = [m for m in find_marked(source.text, block.start, block.end) if m.depth == 0]
        quotes = [m for m in marked if m.opened]
        t = read_items(source.text, block.start, block.end, quotes, frozenset(breaks.get(number, ())))
        sayings = find_sayings(t)
        governed = govern(t, quotes, sayings)
        speakers: list[Mention | None] = []
        for m, g in zip(quotes, governed, strict=True):
            words = len(source.text[m.inner_start : m.inner_end].split())
            kind = QuotationKind.SPEECH if words >= 5 else QuotationKind.FRAGMENT
            text = source.text[m.inner_start : m.inner_end]
            speaker = _mention(t, g.subject) if g.subject else None
            if g.carried is not None:
                speaker = speakers[g.carried]
            if speaker is None and m.start == block.start:
                speaker = last
            speakers.append(speaker)
            cue = Cue(t.words(*g.saying.cue), t.start[g.saying.cue[0]], t.end[g.saying.cue[1]]) if g.saying else None
            out.append(Quotation(f"{source.id}#q{len(out)}", source.id, m.start, m.end, text, kind, None, speaker, cue))
        spoken = [x for x in speakers if x]
        if spoken:
            last = spoken[-1]
        elif sayings and sayings[-1].subject:
            last = _mention(t, sayings[-1].subject)
    return tuple(out)


def _mention(t: Items, phrase: tuple[int, int]) -> Mention:
    return Mention(t.words(*phrase), t.start[phrase[0]], t.end[phrase[1]])
