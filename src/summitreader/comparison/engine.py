"""The one `compare()`: the stages in order, each adding its part to the report.

Each stage is a function from data to data in a module of its own; nothing here decides anything about texts.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from summitreader.comparison.divergence import ALL, find_divergences
from summitreader.comparison.encoders import Encoder, languages_encoder, load_encoder
from summitreader.comparison.independence import find_independence
from summitreader.comparison.linking import link_sources
from summitreader.comparison.model import Quotation, Report
from summitreader.comparison.quotes import find_quotations, match_utterances
from summitreader.comparison.translated import in_other_languages, with_translated
from summitreader.errors import Cancelled
from summitreader.text import Source

if TYPE_CHECKING:
    from summitreader.comparison.cache import Kept

_PARTING = "looking where they part"

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
    languages: Encoder | str | None = "installed",
) -> Report:
    """Compare `sources`, one or more, given in the order in which the report shall name them.

    `min_score=0.0` adds to `links`, for each passage and each other source, its best 50 pairs that share any
    evidence, boilerplate excepted, and changes nothing else. `possible` adds the possible links to `links`, and
    changes nothing else. `cache` is a folder where what is worked out may be kept
    (see `comparison/cache`): what comes out is the same with it or without it, whatever stands in it. `kinds` are the
    kinds of divergence that are looked for (`kinds.KINDS`); without it those that are on by default.
    `encoder` grades the links that the words have found (see `comparison/encoders.py`). `languages` compares sources in
    other languages than most: an encoder, its name, or None; without it that of the extra `languages` where it is
    installed. It changes nothing where all sources are in one language.
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
        languages=languages,
        words_first=False,
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
    languages: Encoder | str | None = "installed",
    words_first: bool = True,
) -> Iterator[Report]:
    """The same, yielding a fuller report after each stage, so that a reader can show what is there already; the whole
    report at once where it is kept. With an encoder all is worked out by the words first, and again when its vectors
    have arrived, unless `words_first` is off."""
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
    grader = load_encoder(encoder)
    kept = _kept(cache)
    across = languages_encoder(languages)
    others = in_other_languages(sources, across) if across is not None else ()
    across = across if others else None
    report = Report(sources=sources)
    passes = ((None, None), (None, across), (grader, across)) if words_first else ((grader, across),)
    for by, over in dict.fromkeys(passes):
        by_name, across_name = (str(getattr(one, "name", "")) for one in (by, over))
        name = f"{by_name} {across_name}".strip()
        cached = kept is not None and min_score is None and (by is None or by_name) and (over is None or across_name)
        whole = kept.report(sources, wanted, name) if kept is not None and cached else None
        if whole is not None:
            check()
            tell(1.0, "done")
            report = whole
            yield report
            continue
        if not report.quotations:
            quotations: list[Quotation] = []
            for n, source in enumerate(sources):
                check()
                tell(0.2 * n / len(sources), "finding quotations")
                with gc_paused():
                    quotations.extend(find_quotations(source) if kept is None else kept.quotations(source))
            report = replace(report, quotations=tuple(quotations))
            yield report
        doing = "linking passages" if by is None else "comparing meanings"
        with gc_paused():
            linking = link_sources(
                sources,
                min_score=min_score,
                progress=lambda share, doing=doing: tell(0.2 + 0.6 * share, doing),  # type: ignore[misc]
                check=check,
                words=None if kept is None else kept.words,
                encoder=by if by is None or kept is None or not by_name else kept.encoder(by, by_name),
            )
        report = replace(
            report,
            comparable=linking.comparable,
            alone=linking.alone,
            links=linking.links,
            possible_links=linking.possible,
            threads=linking.threads,
            by_meaning=(),
        )
        if over is not None:
            tell(0.75, "comparing languages")
            known = over if kept is None or not across_name else kept.encoder(over, across_name)
            report = _across(report, others, known, check, asked=languages != "installed")
        yield report

        check()
        tell(0.8, "matching quotations")
        with gc_paused():
            report = replace(report, utterances=match_utterances(report, check))
        yield report

        check()
        tell(0.85, "counting accounts")
        with gc_paused():
            independence, accounts = find_independence(sources, report.quotations, check)
        report = replace(report, independence=independence, accounts=accounts)
        yield report

        check()
        tell(0.9, _PARTING)
        with gc_paused():
            divergences = find_divergences(
                report,
                kinds=wanted,
                check=check,
                progress=lambda share: tell(0.9 + 0.08 * share, _PARTING),
            )
        report = replace(report, divergences=divergences)
        if min_score is not None:  # last, so that no stage takes a candidate for a link
            report = replace(report, links=linking.candidates)
        tell(1.0, "done")
        yield report
        if kept is not None:
            if cached:
                kept.keep_report(report, wanted, name)
            kept.write()


def _across(
    report: Report, others: Sequence[int], encoder: Encoder, check: Callable[[], None], *, asked: bool
) -> Report:
    """`report` with its sources in other languages compared; as it is where an encoder that nobody `asked` for by name
    fails, as in a damaged installation."""
    try:
        return with_translated(report, others, encoder, check)
    except Cancelled:
        raise
    except Exception:
        if asked:
            raise
        return report


@contextmanager
def gc_paused() -> Iterator[None]:
    """No search for cyclic garbage meanwhile: comparing makes none, and in a long story the search would walk through
    all its words again and again, for a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()  # all that there is now counts as old
            gc.enable()


def _kept(cache: Path | None) -> Kept | None:
    if cache is None:
        return None
    from summitreader.comparison.cache import Kept

    return Kept(cache)
