"""What words come through on their way to a source: documents and media."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summitreader.comparison.model import Cue, Mention, Quotation, QuotationKind
from summitreader.comparison.quotes import lexicon as lex
from summitreader.comparison.quotes.attribution import govern, kind_by_form, kind_of
from summitreader.comparison.quotes.clauses import clause_subject
from summitreader.comparison.quotes.content_span import ReportingClause
from summitreader.comparison.quotes.coreference import resolve
from summitreader.comparison.quotes.names import Entity, Names, find_names
from summitreader.comparison.quotes.phrases import Phrase, speaking_part
from summitreader.comparison.quotes.quote_spans import QuotedSpan, find_quote_spans
from summitreader.comparison.quotes.reported import find_reported
from summitreader.comparison.quotes.reporting_clause import find_reporting_clauses
from summitreader.comparison.quotes.tokens import Tokens, read_tokens
from summitreader.text import TOLD, Block, Source


def document_of(t: Tokens, phrase: Phrase) -> str | None:
    """The noun of the statement, report or letter that a phrase names; None where it names something else."""
    for i in range(phrase[0], phrase[1] + 1):
        if t.low[i] in ("of", "by", "from", "on", "to", "for", "in") and i > phrase[0]:
            return None
        if (
            t.low[i] in lex.DOCUMENTS
            and not t.cap[i]
            and (i == phrase[1] or t.low[i + 1] in ("of", "by", "from", "on", "to", "for", "in"))
        ):
            return t.low[i]
    return None


def is_medium(t: Tokens, phrase: Phrase) -> bool:
    """Whether a phrase names an agency, newspaper or broadcaster."""
    named = any(t.cap[i] and t.kind[i] == "W" for i in range(phrase[0], phrase[1] + 1))
    return named and any(t.low[i] in lex.MEDIA_WORDS for i in range(phrase[0], phrase[1] + 1))


@dataclass(frozen=True, slots=True)
class _Read:
    """One paragraph, read."""

    block: Block
    tokens: Tokens
    quotes: tuple[QuotedSpan, ...]
    sayings: tuple[ReportingClause, ...]


def find_quotations(source: Source) -> tuple[Quotation, ...]:
    """The quotations of one source, in order of the text; metadata and boilerplate give none."""
    if source.language not in (None, "en"):
        return _by_form(source)
    breaks: dict[int, set[int]] = {}
    for p in source.passages:
        breaks.setdefault(p.block, set()).add(p.start)
    read = []
    for number, block in enumerate(source.blocks):
        if block.kind in TOLD:
            marked = tuple(find_quote_spans(source.text, block.start, block.end))
            quotes = tuple(m for m in marked if m.depth == 0 and m.opened)
            tokens = read_tokens(source.text, block.start, block.end, quotes, frozenset(breaks.get(number, ())))
            read.append(_Read(block, tokens, quotes, tuple(find_reporting_clauses(tokens))))
    names = find_names([r.tokens for r in read])
    return _Attribution(source, names).run(read)


def _by_form(source: Source) -> tuple[Quotation, ...]:
    """The quotations of a source in a language whose verbs of saying are not known: marks, and no speakers."""
    read = []
    for block in source.blocks:
        if block.kind in TOLD:
            marked = tuple(find_quote_spans(source.text, block.start, block.end))
            quotes = tuple(m for m in marked if m.depth == 0 and m.opened and not m.doubtful)
            read.append(_Read(block, Tokens(source.text), quotes, ()))
    found = [(m, kind_by_form(source.text, m)) for r in read for m in r.quotes]
    return tuple(
        _continued(
            read,
            [
                Quotation(
                    f"{source.id}#q{n}", source.id, m.start, m.end, source.text[m.inner_start : m.inner_end], kind
                )
                for n, (m, kind) in enumerate(found)
            ],
        )
    )


_Attributed = tuple[Mention | None, tuple[Mention, ...]]
_INFERRED = ("subject", "sentence before", "ahead", "behind")
"""Why a quotation has its speaker, where no verb of saying governs it: shown as inferred."""
_UNSPOKEN = (QuotationKind.TERM, QuotationKind.TITLE)


_IN_REACH = 700
"""Characters back to which "it" and "they" may reach."""


class _Attribution:
    """One walk over the paragraphs, remembering who spoke last and whose each document is."""

    def __init__(self, source: Source, names: Names) -> None:
        self.source, self.names = source, names
        self.spoken: list[tuple[int, Entity]] = []
        self.last: Mention | None = None
        self.named: tuple[int, str, bool, bool] | None = None
        self.issuers: dict[str, Mention] = {}
        self.mentions: dict[Phrase, Mention] = {}
        self.out: list[Quotation] = []

    def run(self, read: Sequence[_Read]) -> tuple[Quotation, ...]:
        for r in read:
            self.paragraph(r)
        self.out.sort(key=lambda q: (q.start, -q.end))
        return tuple(_continued(read, [replace(q, id=f"{self.source.id}#q{n}") for n, q in enumerate(self.out)]))

    def paragraph(self, r: _Read) -> None:
        self.mentions = {}
        t = r.tokens
        for s in r.sayings:
            self.remember(t, s)
        attributed: list[_Attributed] = []
        place = {t.quote[i]: i for i in range(len(t)) if t.kind[i] == "Q"}
        for number, (m, g) in enumerate(zip(r.quotes, govern(t, r.quotes, r.sayings), strict=True)):
            kind = kind_of(self.source.text, t, place[number], m, g)
            found = self.chain(t, g.subject, g.saying, g.outer)
            if found[0] is not None and g.why in _INFERRED:
                found = replace(found[0], inferred=True), found[1]
            if g.carried is not None:
                found = attributed[g.carried]
            if found[0] is None and m.start == r.block.start:
                found = self.last and replace(self.last, inferred=True), ()
            attributed.append(found)
            if kind in _UNSPOKEN and g.saying is None:
                found = None, ()
            if not m.doubtful:
                self.add(m.start, m.end, self.inner(m), kind, found[0], self.cue(t, g.saying), found[1])
        for f in find_reported(t, r.sayings):
            speaker, via = self.chain(t, f.saying.subject, f.saying, f.outer)
            if speaker is not None and speaker.name is not None:
                start, end = t.start[f.first], t.end[f.after - 1]
                text = self.source.text[start:end]
                self.add(start, end, text, QuotationKind.REPORTED, speaker, self.cue(t, f.saying), via)
        spoken = [speaker for speaker, _ in attributed if speaker]
        if spoken:
            self.last = spoken[-1]
        subject = r.sayings[-1].subject if r.sayings else None
        if len(t) and t.kind[-1] == ":" and not (r.sayings and r.sayings[-1].cue[0] >= t.sentence[-1]):
            subject, spoken = speaking_part(t, clause_subject(t, len(t) - 1, t.sentence[-1])), []
        if subject is not None and not spoken:
            self.last = self.mention(t, subject)

    def inner(self, m: QuotedSpan) -> str:
        return self.source.text[m.inner_start : m.inner_end]

    def add(
        self,
        start: int,
        end: int,
        text: str,
        kind: QuotationKind,
        speaker: Mention | None,
        cue: Cue | None,
        via: tuple[Mention, ...],
    ) -> None:
        self.out.append(Quotation("", self.source.id, start, end, text, kind, None, speaker, cue, via))

    def cue(self, t: Tokens, saying: ReportingClause | None) -> Cue | None:
        if saying is None:
            return None
        first, last = saying.cue
        return Cue(t.words(first, last), t.start[first], t.end[last])

    def mention(self, t: Tokens, phrase: Phrase, speaks: bool = False) -> Mention:
        """What a phrase names; with `speaks` it counts as who spoke last, for a pronoun after it."""
        if phrase not in self.mentions:
            name, inferred, entity = resolve(self.names, t, phrase, self.spoken)
            at = t.start[phrase[0]]
            if name is None and t.low[phrase[1]] in ("it", "they"):
                name = self.impersonal(at, t.low[phrase[1]] == "they")
            self.mentions[phrase] = Mention(name, at, t.end[phrase[1]], inferred)
            if speaks and entity is not None:
                self.spoken.append((at, entity))
            if speaks and name is not None:
                plural = t.low[phrase[1]].endswith("s") and not t.cap[phrase[1]]
                several = plural or any(t.low[j] == "and" for j in range(*phrase))
                self.named = (at, name, several, entity is not None and entity.person)
        return self.mentions[phrase]

    def impersonal(self, at: int, several: bool) -> str | None:
        """Whom "it" or "they" means: the body, document or group that spoke last, if nobody else has since."""
        if self.named is None or at - self.named[0] > _IN_REACH:
            return None
        _, name, plural, person = self.named
        return name if plural == several and (several or not person) else None

    def remember(self, t: Tokens, s: ReportingClause) -> None:
        """Resolve the subject in the order of the text, and keep whose each document is."""
        if s.subject is None:
            return
        subject = self.mention(t, s.subject, speaks=True)
        for phrase in s.through:
            noun = document_of(t, phrase)
            if noun is not None and subject.name is not None:
                self.issuers[noun] = subject

    def chain(
        self, t: Tokens, subject: Phrase | None, saying: ReportingClause | None, outer: Sequence[ReportingClause]
    ) -> tuple[Mention | None, tuple[Mention, ...]]:
        """The speaker, and through whom the words came, nearest to this source last."""
        if subject is None:
            return None, ()
        speaker = self.mention(t, subject)
        via: list[Mention] = []
        noun = document_of(t, subject)
        issuer = self.issuers.get(noun) if noun is not None and t.low[subject[0]] in ("the", "that", "this") else None
        if issuer is not None and issuer.start < speaker.start:
            via.append(speaker)
            speaker = replace(issuer, inferred=True)
        for s in ([saying] if saying else []) + list(outer):
            if s is not saying and s.subject is not None:
                via.append(self.mention(t, s.subject))
            for phrase in s.through:
                if document_of(t, phrase) is not None or is_medium(t, phrase):
                    via.append(self.mention(t, phrase))
            via.extend(self.mention(t, phrase) for phrase in s.passed)
        seen = {speaker.name, None}
        chain = []
        for m in via:
            if m.name not in seen:
                seen.add(m.name)
                chain.append(m)
        return speaker, tuple(chain)


def _continued(read: Sequence[_Read], quotations: list[Quotation]) -> list[Quotation]:
    """Join a speech over several paragraphs: each but the last is left open, and the next begins with a mark.

    All take the speaker that any of them is given outright, the first before the rest.
    """
    at = {q.start: n for n, q in enumerate(quotations) if q.kind is not QuotationKind.REPORTED}
    run: list[int] = []
    for r, following in zip(read, [*read[1:], None], strict=False):
        opened = r.quotes[-1] if r.quotes and not r.quotes[-1].closed else None
        again = following is not None and bool(following.quotes) and following.quotes[0].start == following.block.start
        if opened is None or not again or opened.end < r.block.end - 1 or following is None:
            _share(quotations, run)
            run = []
            continue
        this, other = at.get(opened.start), at.get(following.quotes[0].start)
        if this is None or other is None:
            continue
        run = run or [this]
        run.append(other)
        quotations[other] = replace(quotations[other], continues=quotations[this].id, kind=QuotationKind.SPEECH)
        quotations[this] = replace(quotations[this], kind=QuotationKind.SPEECH)
    _share(quotations, run)
    return quotations


def _share(quotations: list[Quotation], run: Sequence[int]) -> None:
    given = next((quotations[n] for n in run if quotations[n].cue is not None and quotations[n].speaker), None)
    if given is None:
        return
    for n in run:
        if quotations[n].cue is None:
            quotations[n] = replace(quotations[n], speaker=given.speaker, via=given.via)
