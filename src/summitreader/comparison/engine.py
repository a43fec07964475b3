"""The one `compare()`: the stages in order, each adding its part to the report.

Each stage is a function from data to data in a module of its own; nothing here decides anything about texts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from summitreader.comparison.collector import collector_resting
from summitreader.comparison.divergence import ALL, find_divergences
from summitreader.comparison.encoders import Encoder, load_encoder
from summitreader.comparison.independence import find_independence
from summitreader.comparison.linking import link_sources
from summitreader.comparison.model import Quotation, Report
from summitreader.comparison.quotes import find_quotations, match_utterances
from summitreader.errors import Cancelled
from summitreader.text import Source

if TYPE_CHECKING:
    from summitreader.comparison.cache import Kept

Progress = Callable[[float, str], None]
"""Called with the share done, 0 to 1, and what is being done, in two or three words."""


def compare(
    sources: Sequence[Source],
    *,
    min_score: float | None = None,
    possible: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    cache: Path | None = None,
    kinds: Collection[str] | None = None,
    encoder: Encoder | str | None = None,
) -> Report:
    """Compare `sources`, one or more, given in the order in which the report shall name them.

    `min_score=0.0` adds to `links`, for each passage and each other source, its best 50 pairs that share any
    evidence, boilerplate excepted, and changes nothing else. `possible` adds the possible links to `links`, and
    changes nothing else. `cache` is a folder where what is worked out may be kept
    (see `comparison/cache`): what comes out is the same with it or without it, whatever stands in it. `kinds` are the
    kinds of divergence that are looked for (`kinds.KINDS`); without it those that are on by default.
    `encoder` grades the links that the words have found (see `comparison/encoders.py`).
    Raises `Cancelled` soon after `cancelled()` is true, and `ValueError` where two sources have one id, or where a kind
    or encoder is unknown.
    """
    *_, report = stages(
        sources,
        min_score=min_score,
        progress=progress,
        cancelled=cancelled,
        cache=cache,
        kinds=kinds,
        encoder=encoder,
    )
    return with_possible(report) if possible and min_score is None else report


def with_possible(report: Report) -> Report:
    """`report` with the possible links among its `links`, in order."""
    order = {source.id: n for n, source in enumerate(report.sources)}
    both = [*report.links, *report.possible_links]
    both.sort(key=lambda k: (order[k.a.source], k.a.passage, order[k.b.source], k.b.passage))
    return replace(report, links=tuple(both))


def stages(
    sources: Sequence[Source],
    *,
    min_score: float | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    cache: Path | None = None,
    kinds: Collection[str] | None = None,
    encoder: Encoder | str | None = None,
) -> Iterator[Report]:
    """The same, yielding a fuller report after each stage, so that a reader can show what is there already; the whole
    report at once where it is kept."""
    tell = progress or (lambda share, doing: None)

    def check() -> None:
        if cancelled is not None and cancelled():
            raise Cancelled("The comparison was stopped before it was done.")

    sources = tuple(sources)
    if len({s.id for s in sources}) < len(sources):
        raise ValueError("each source needs an id of its own")
    wanted = ALL if kinds is None else frozenset(kinds)
    if wanted - ALL:
        raise ValueError(f"there is no kind of divergence named {', '.join(sorted(wanted - ALL))}")
    report = Report(sources=sources)
    grader = load_encoder(encoder)
    kept = _kept(cache)
    cached = kept is not None and min_score is None and grader is None
    whole = kept.report(sources, wanted) if kept is not None and cached else None
    if whole is not None:
        check()
        tell(1.0, "done")
        yield whole
        return

    quotations: list[Quotation] = []
    for n, source in enumerate(sources):
        check()
        tell(0.2 * n / len(sources), "finding quotations")
        with collector_resting():
            quotations.extend(find_quotations(source) if kept is None else kept.quotations(source))
    report = replace(report, quotations=tuple(quotations))
    yield report

    linking = link_sources(
        sources,
        min_score=min_score,
        progress=lambda share: tell(0.2 + 0.6 * share, "linking passages"),
        check=check,
        words=None if kept is None else kept.words,
        encoder=grader,
    )
    report = replace(
        report,
        comparable=linking.comparable,
        alone=linking.alone,
        links=linking.links,
        possible_links=linking.possible,
        threads=linking.threads,
    )
    yield report

    check()
    tell(0.8, "matching quotations")
    with collector_resting():
        report = replace(report, utterances=match_utterances(report, check))
    yield report

    check()
    tell(0.85, "counting accounts")
    with collector_resting():
        independence, accounts = find_independence(sources, quotations, check)
    report = replace(report, independence=independence, accounts=accounts)
    yield report

    check()
    parting = "looking where they part"
    tell(0.9, parting)
    with collector_resting():
        divergences = find_divergences(
            report, kinds=wanted, check=check, progress=lambda share: tell(0.9 + 0.08 * share, parting)
        )
    report = replace(report, divergences=divergences)
    if min_score is not None:  # last, so that no stage takes a candidate for a link
        report = replace(report, links=linking.candidates)
    tell(1.0, "done")
    yield report
    if kept is not None:
        if cached:
            kept.keep_report(report, wanted)
        kept.write()


def _kept(cache: Path | None) -> Kept | None:
    if cache is None:
        return None
    from summitreader.comparison.cache import Kept

    return Kept(cache)
