"""What the sources say of each sentence of a draft: where they support it, and where they say something else.

Each sentence gets its evidence (`evidence.py`): the sentences of the sources that share most of its words. Then each
thing that can be wrong by itself is looked up there: the words in quotation marks and who said them (here), figures,
days, names, offices, denials, reasons (`differences.py`). The findings say what these sources have, never what is true.
Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from summitreader.checking.differences import Claim, differences, has_unknown_part, reasons
from summitreader.checking.evidence import FOUND, PART, WEAK, Sentence, SourceIndex, find_run
from summitreader.checking.findings import Difference, Evidence, Finding, Verdict
from summitreader.comparison.model import Quotation, SourceSpan
from summitreader.comparison.quotes.find import find_quotations
from summitreader.text import Source
from summitreader.text.source import BlockKind
from summitreader.text.tokens import plain_form, tokens_of, word_places


def check_draft(
    draft: Source, sources: Sequence[Source], check: Callable[[], None] = lambda: None
) -> tuple[Finding, ...]:
    """One finding for each sentence of the draft, in order. `check` is called now and then, and may raise to stop."""
    index = SourceIndex(draft, sources, check)
    quotations = find_quotations(draft)
    found = []
    for n, passage in enumerate(draft.passages):
        if draft.blocks[passage.block].kind is BlockKind.PARAGRAPH:
            check()
            here = [q for q in quotations if passage.start <= q.start < passage.end]
            found.append(_finding(Sentence(draft, passage.start, passage.end, n), index, here))
    return tuple(found)


def _finding(sentence: Sentence, index: SourceIndex, quotations: Sequence[Quotation]) -> Finding:
    matches = index.evidence(sentence)
    is_found = any(m.score >= FOUND for m in matches)
    claim = Claim(
        sentence,
        strong=[m.sentence for m in matches if m.score >= WEAK],
        near=index.near([m.sentence for m in matches]),
        index=index,
    )
    differing = list(_quoted_otherwise(quotations, index))
    added: list[Difference] = []
    if is_found:
        differing += differences(claim)
        added = reasons(claim)
    if any(d.kind == "quotation" for d in differing):
        verdict = Verdict.QUOTED_OTHERWISE
    elif differing:
        verdict = Verdict.DIFFERS
    elif is_found:
        verdict = Verdict.PARTLY if added or has_unknown_part(claim) else Verdict.SUPPORTED
    elif index.share(sentence.stems, frozenset().union(*(m.sentence.stems for m in matches))) >= PART:
        verdict = Verdict.PARTLY
    elif sentence.values or quotations or not all(name.opens for name in sentence.names):
        verdict = Verdict.NOT_FOUND
    else:
        verdict = Verdict.NOT_CHECKABLE
    evidence = tuple(Evidence(m.sentence.span(0, m.sentence.end - m.sentence.start), m.share) for m in matches)
    return Finding(sentence.start, sentence.end, verdict, evidence, (*differing, *added))


def _quoted_otherwise(quotations: Sequence[Quotation], index: SourceIndex) -> Iterator[Difference]:
    """Words in quotation marks that no source has in a row, and words that the sources have somebody else say."""
    for quotation in quotations:
        for start, piece in _pieces(quotation) if quotation.kind != "reported" else ():
            words = _row(piece)
            if not words:
                continue
            if index.find_words(words) is None:
                there = index.nearest_wording(piece)
                if len(words) > 1 or there is not None:
                    yield Difference("quotation", start, start + len(piece), there)
            elif quotation.speaker is not None and (len(words) > 1 or len(words[0]) > 2):
                other = _other_speaker(quotation.speaker.name, words, index)
                if other is not None:
                    yield Difference("speaker", quotation.speaker.start, quotation.speaker.end, other)


def _pieces(quotation: Quotation) -> Iterator[tuple[int, str]]:
    """What is between the marks, cut where words are left out or inserted; each piece with where it starts."""
    inside = quotation.start + (quotation.end - quotation.start - len(quotation.text)) // 2
    at = 0
    for cut in [*re.finditer(r"\[[^\]]*\]|\.\.\.|…|—|(?<=[a-z]),$", quotation.text), None]:
        piece = quotation.text[at : cut.start() if cut else len(quotation.text)]
        if piece.strip():
            yield inside + at, piece
        at = cut.end() if cut else at


def _other_speaker(name: str | None, words: list[str], index: SourceIndex) -> SourceSpan | None:
    """The speaker that every source which quotes these words attributes them to, where it is somebody else."""
    other = None
    for source_id, quotations in index.quotations.items():
        for theirs in quotations:
            if theirs.speaker is None or not theirs.speaker.name or find_run(_row(theirs.text), words) is None:
                continue
            if not name or _name_words(name) & _name_words(theirs.speaker.name):
                return None
            other = SourceSpan(source_id, theirs.speaker.start, theirs.speaker.end)
    return other


def _row(text: str) -> list[str]:
    return [plain_form(text[a:b]) for a, b in word_places(text)]


def _name_words(name: str) -> frozenset[str]:
    return frozenset(w.low.rstrip(".") for w in tokens_of(name) if w.kind == "word" and len(w.low) > 1)
