"""A story made by hand: three accounts of a bridge's opening, a fourth that cannot be compared, and what there is to
say of them. The tests of the views say what is shown of it; they do not depend on what the engine finds."""

from __future__ import annotations

from dataclasses import replace

from summitreader.comparison.model import (
    Account,
    Alone,
    Change,
    Cue,
    Divergence,
    Independence,
    Link,
    LinkKind,
    Mention,
    PassageRef,
    Quotation,
    QuotationKind,
    Report,
    Shared,
    Side,
    SourceSpan,
    Thread,
    Utterance,
)
from summitreader.text import Source, Span

POST = """Bridge opens

The bridge over the Aar opened on Monday.

"It is a good day for the valley," said Anna Keller, the mayor.

About 300 people walked across before the first cars came.

The old ferry will stop in the spring.
"""
NEWS = """Keller opens bridge

Cars crossed the new bridge over the Aar on Monday.

Mayor Keller called it "a good day for our valley" before she cut the ribbon.

Some 500 people had walked over the bridge by then.

Shopkeepers on the left bank fear for their trade.
"""
WIRE = """Bridge over the Aar opened

The bridge over the Aar was opened on Monday, the agency said.

Keller said the day was good for the valley.
"""
FOREIGN = """다리 개통

월요일에 다리가 열렸다.
"""
NAMES = ("post.txt", "news.txt", "wire.txt", "foreign.txt")


def made_sources() -> tuple[Source, ...]:
    texts = zip(NAMES, (POST, NEWS, WIRE, FOREIGN), strict=True)
    return tuple(Source.from_text(text, id=name, article=False) for name, text in texts)


def at(source: Source, words: str) -> tuple[int, int]:
    """Where `words` stand in a source, which must have them once."""
    start = source.text.index(words)
    assert source.text.count(words) == 1
    return start, start + len(words)


def ref(source: Source, words: str) -> PassageRef:
    return PassageRef(source.id, source.passage_at(at(source, words)[0]))


def span(source: Source, words: str) -> SourceSpan:
    return SourceSpan(source.id, *at(source, words))


def _link(a: Source, a_words: str, b: Source, b_words: str) -> Link:
    shared = Shared(Span(*at(a, a_words)), Span(*at(b, b_words)), "word", 1.0)
    return Link(ref(a, a_words), ref(b, b_words), 0.8, LinkKind.RESTATED, (shared,))


def made_report(sources: tuple[Source, ...] | None = None) -> Report:
    """The comparison: three things told by several, two by one, a number to check, an utterance in three wordings."""
    sources = sources or made_sources()
    post, news, wire, foreign = sources
    opened = [ref(post, "opened on Monday"), ref(news, "Cars crossed"), ref(wire, "was opened on Monday")]
    day = [ref(post, "good day"), ref(news, "good day"), ref(wire, "the day was good")]
    walked = [ref(post, "300 people"), ref(news, "500 people")]
    threads = tuple(Thread(f"t{n}", tuple(members), members[0]) for n, members in enumerate((opened, day, walked)))
    told = {m for thread in threads for m in thread.members}
    sure = {ref(post, "old ferry"), ref(news, "Shopkeepers")}
    alone = tuple(
        tuple(
            Alone.SURE if PassageRef(s.id, n) in sure else Alone.NO if PassageRef(s.id, n) in told else Alone.UNSURE
            for n in range(len(s.passages))
        )
        for s in sources
    )
    keller = Mention("Anna Keller", *at(post, "Anna Keller"))
    spoken = Quotation(
        "q0", post.id, *at(post, '"It is a good day for the valley,"'), text="It is a good day for the valley,",
        kind=QuotationKind.SPEECH, speaker=keller, cue=Cue("said", *at(post, "said")),
    )  # fmt: skip
    called = Quotation(
        "q1", news.id, *at(news, '"a good day for our valley"'), text="a good day for our valley",
        kind=QuotationKind.FRAGMENT, speaker=Mention("Keller", *at(news, "Mayor Keller")),
        cue=Cue("called", *at(news, "called")),
    )  # fmt: skip
    reported = Quotation(
        "q2", wire.id, *at(wire, "the day was good for the valley"), text="the day was good for the valley",
        kind=QuotationKind.REPORTED, speaker=Mention("Keller", *at(wire, "Keller")),
        via=(Mention("the agency", *at(wire, "the agency")),),
    )  # fmt: skip
    our = at(news, "our")
    differs = Divergence(
        "number", (Side((span(post, "300"),), "300"), Side((span(news, "500"),), "500")), (), 0.9,
        "Post has “300”; News has “500”.", "both count people who walked", "number-1",
    )  # fmt: skip
    update = Divergence(
        "update", (Side((span(post, "spring"),), "spring"), Side((span(news, "trade"),), "trade")), (), 0.5,
        "A later figure.", id="update-1",
    )  # fmt: skip
    silent = Divergence(
        "silent", (Side((span(post, "good day"),), "good day"),), (foreign.id,), 0.8,
        "One says nothing of it.", "told by 3 of 4", "s-1",
    )  # fmt: skip
    return Report(
        sources=sources,
        comparable=(True, True, True, False),
        alone=alone,
        links=(
            _link(post, "opened on Monday", news, "Cars crossed"),
            _link(post, "300 people", news, "500 people"),
            _link(post, "good day", news, "good day"),
        ),
        threads=threads,
        quotations=(spoken, called, reported),
        utterances=(Utterance(("q0", "q1", "q2"), "reworded", (Change("q1", *our, "q0"),)),),
        divergences=(differs, update, silent),
        independence=(Independence(post.id, wire.id, 0.61), Independence(wire.id, post.id, 0.4)),
        accounts=(Account((post.id, wire.id), "Aar Agency"), Account((news.id,)), Account((foreign.id,))),
    )


def many(report: Report, count: int) -> Report:
    """The same with `count` threads, all of the same passages: for what must stay quick."""
    first = report.threads[0]
    return replace(report, threads=tuple(replace(first, id=f"t{n}") for n in range(count)))
