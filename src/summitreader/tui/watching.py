"""Files that change on the disk while they are read: read again in place, at the passage where one was.

A look is taken in a thread. A changed file is read in a process of its own; the story is compared anew from what was
worked out before, and notes follow their words. A file that is gone keeps its text until one leaves; a new one is taken
in when the reader says so. Nothing of it happens while one types.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from summitreader.config.state import Reading
from summitreader.errors import SummitreaderError
from summitreader.sources.model import Corpus, Skipped, stories_of
from summitreader.text import Source
from summitreader.text.gate import shown_line
from summitreader.tui.context import ContextApp, Handler
from summitreader.tui.controllers import CorrectionsController
from summitreader.tui.story.session import Session
from summitreader.tui.view import ViewScreen
from summitreader.tui.workers import Background

if TYPE_CHECKING:
    from pathlib import Path

    from textual.timer import Timer

    from summitreader.sources.watching import Changes, Watch

EVERY = 1.0
"""Seconds between two looks; a look that takes long is followed by a pause of fifty times its length."""
_GONE = "the file was deleted; the text loaded earlier is shown."


class FileWatcher:
    """Begins when all is read. `new` are the names of files that wait to be taken in."""

    def __init__(self, app: ContextApp, corrections: CorrectionsController) -> None:
        self._app = app
        self._context = app.context
        self._corrections = corrections
        self._watch: Watch | None = None
        self._paths: dict[str, Path] = {}
        self._next = 0.0
        self._background: Background | None = None
        self._timer: Timer | None = None
        self._stopped = False
        self.new: tuple[str, ...] = ()

    def commands(self) -> Mapping[str, Handler]:
        return {"take-in": self.take_in_new}

    def begin(self) -> None:
        """Look from now on. What changed since the reading began is a change too."""
        self._timer = self._app.set_interval(EVERY, self._due)

    def _due(self) -> None:
        if time.monotonic() >= self._next and self._context.session is not None:
            self._next = float("inf")
            self._app.run_worker(self._look(), exclusive=False, group="watching")

    async def _look(self) -> None:
        begun = time.monotonic()
        try:
            changes = await asyncio.to_thread(self._looked, self.is_typing)
            begun_reading = time.monotonic()
            if changes and self._app.screen_stack and not self._stopped:
                await self._follow(changes)
            begun += time.monotonic() - begun_reading
        except (SummitreaderError, OSError) as error:
            self._app.log.warning(str(error))
        finally:
            now = time.monotonic()
            self._next = now + max(0.5 * EVERY, 50 * (now - begun))

    def _looked(self, is_typing: bool) -> Changes | None:
        """In a thread: what changed; nothing while one types, nor at the first look, which says how things stand."""
        from summitreader.sources.watching import GONE, Watch, stamps

        there = stamps(self._context.loading.paths)
        now = {name: stamp for name, (_, stamp) in there.items()}
        self._paths = {name: path for name, (path, _) in there.items()}
        if self._watch is None:
            since = self._context.loading.begun
            # What was written after the reading began may not be what was read: it is read again to be sure.
            self._watch = Watch({name: GONE if stamp[0] > since else stamp for name, stamp in now.items()})
        return None if is_typing else self._watch.look(now)

    @property
    def is_typing(self) -> bool:
        """Whether something is being typed, or a panel stands open: then everything waits."""
        view = self._view
        focused = None if view is None else view.focused
        return view is None or (focused is not None and focused.check_consume_key("a", "a") and focused.can_focus)

    @property
    def _view(self) -> ViewScreen | None:
        """The view that stands on the screen; None under a panel, and where the program was left in the meantime."""
        stack = self._app.screen_stack
        return stack[-1] if stack and isinstance(stack[-1], ViewScreen) else None

    async def _follow(self, changes: Changes) -> None:
        corpus = self._context.loading.corpus
        if corpus is None:
            return
        self.new = tuple(dict.fromkeys([*(n for n in self.new if n not in changes.gone), *changes.new]))
        known = {source.path for source in corpus.sources} | {refusal.path for refusal in corpus.skipped}
        again = [name for name in changes.changed if name in known]
        said = []
        if changes.gone:
            named = [name for name in changes.gone if any(source.path == name for source in corpus.sources)]
            skipped = [r for r in corpus.skipped if r.path not in changes.gone]
            skipped += [Skipped(shown_line(name), _GONE) for name in named]
            self._context.loading.corpus = replace(corpus, skipped=tuple(skipped))
            if named:
                said.append(f"{_listed(named)} {_is(named)} deleted from disk; the text is shown until you quit.")
        if again:
            said += await self._read_again(again)
        if changes.new:
            said.append(f"New: {_listed(changes.new)}. ⟨take-in⟩ loads {_it(changes.new)}.")
        if said and (view := self._view) is not None:
            view.say(" ".join(said))

    async def _read_again(self, names: Sequence[str]) -> list[str]:
        """Read files again, and show what they hold now; what is to be said of it."""
        corpus = self._context.loading.corpus
        assert corpus is not None
        read = await asyncio.to_thread(self._read, names)
        if self._stopped:
            return []
        good = [name for name in names if any(isinstance(one, Source) and one.text.strip() for one in read[name])]
        bad = [name for name in names if name not in good]
        said = []
        for name in bad:
            reason = next((one.reason for one in read[name] if isinstance(one, Skipped)), "it has no text.")
            said.append(f"{shown_line(name)} changed and cannot be read: {reason} The earlier text is still shown.")
        same = [name for name in good if _texts(read[name]) == _texts(s for s in corpus.sources if s.path == name)]
        good = [name for name in good if name not in same]
        if good:
            await self._show(_with(corpus, {name: read[name] for name in good}))
            said.append(f"{_listed(good)} changed on disk and {'was' if len(good) == 1 else 'were'} reloaded.")
        return said

    def _read(self, names: Sequence[str]) -> dict[str, list[Source | Skipped]]:
        """In a thread: what the files hold now, read in a process of its own."""
        background = self._begin()
        try:
            asked = {path.absolute() for path in self._context.loading.paths}
            return background.read_again([(self._paths[n], n, self._paths[n] in asked) for n in names])
        finally:
            background.stop()

    def _begin(self) -> Background:
        """A process of its own, which `stop` ends."""
        self._background = Background()
        if self._stopped:
            self._background.stop()
        return self._background

    def stop(self) -> None:
        """Look no more, and end what is being read: the corpus is left."""
        self._stopped = True
        if self._timer is not None:
            self._timer.stop()
        if self._background is not None:
            self._background.stop()

    async def take_in_new(self) -> None:
        """Take in the files that came since, and compare anew."""
        screen, corpus = self._app.screen, self._context.loading.corpus
        if not isinstance(screen, ViewScreen) or corpus is None:
            return
        if not self.new:
            screen.say("No new files.")
            return
        names, self.new = self.new, ()
        read = await asyncio.to_thread(self._read, names)
        good = [name for name in names if any(isinstance(one, Source) for one in read[name])]
        now = _with(corpus, read)
        if corpus.found and good:
            screen.say("Grouping the stories again …")
            now = await asyncio.to_thread(self._sort_again, now)
        await self._show(now)
        words = f"Loaded {_listed(good)}{self._into(good)}." if good else "No new file could be read."
        bad = len(names) - len(good)
        if (view := self._view) is not None:
            more = f" {bad} could not be read; ⟨view-library⟩ shows why." if bad and good else ""
            view.say(words + more)

    def _sort_again(self, corpus: Corpus) -> Corpus:
        """In a thread: the corpus in the stories that are found in it now, in a process of its own."""
        background = self._begin()
        try:
            paths = self._context.loading.paths
            asked = len(paths) > 1 or not paths[0].is_dir()
            found = background.sort(corpus.root, corpus.sources, asked)
        finally:
            background.stop()
        return replace(corpus, stories=found.stories, found=found.found)

    def _into(self, names: Sequence[str]) -> str:
        """Where what was taken in stands, where that is one of several stories."""
        corpus = self._context.loading.corpus
        if corpus is None or not corpus.found:
            return ""
        stories = [name for name, own in self._context.corrections.stories() if any(s.path in names for s in own)]
        return f", into {_listed(stories)}" if stories else ""

    async def _show(self, corpus: Corpus) -> None:
        """Let the reader stand on the corpus as it is now: in the same view, on the passage where one was.

        Where stories were found anew, in the one that has most of what is read.
        """
        context, session = self._context, self._context.session
        context.loading.corpus = corpus
        if session is None:
            return
        await self._corrections.read_again()
        name = _like(session, context.corrections.stories()) if corpus.found else session.name
        now = dict(context.stories).get(name)
        if now is None:
            return
        if now == session.sources:
            session.name = name
            return
        place = context.navigation.here()
        await context.open_story(name, lambda where: replace(_moved(where, session, now), story=name))
        if place is not None and place.view != "view-reader":
            await context.navigation.return_to(replace(place, story=name))


def _like(session: Session, stories: Iterable[tuple[str, Sequence[Source]]]) -> str:
    """The story that has the most of the sources that are read; of several the smallest, or the one of that name."""
    ids = {source.id for source in session.sources}

    def likeness(story: tuple[str, Sequence[Source]]) -> tuple[int, int, bool]:
        name, sources = story
        return sum(source.id in ids for source in sources), -len(sources), name == session.name

    return max(stories, key=likeness, default=(session.name, ()))[0]


def _with(corpus: Corpus, read: Mapping[str, Sequence[Source | Skipped]]) -> Corpus:
    """The corpus with what these files hold now, in the order of the files."""
    taken = {source.id for source in corpus.sources if source.path not in read}
    new = [one for ones in read.values() for one in ones if not isinstance(one, Source) or one.id not in taken]
    sources = [source for source in corpus.sources if source.path not in read]
    sources += [one for one in new if isinstance(one, Source)]
    sources.sort(key=lambda source: source.path or "")
    skipped = [refusal for refusal in corpus.skipped if refusal.path not in read]
    skipped += [one for one in new if isinstance(one, Skipped)]
    stories = corpus.stories
    if stories and not corpus.found:
        stories = stories_of(sources)
    return replace(corpus, sources=tuple(sources), skipped=tuple(skipped), stories=stories)


def _moved(where: Reading, session: Session, sources: Sequence[Source]) -> Reading:
    """Where one was, in the texts of now: the passage follows its words, else it stays at its number."""
    from summitreader.notes.anchoring import reanchor
    from summitreader.notes.model import Selection

    before = {source.id: source for source in session.sources}
    offsets = dict(where.offsets)
    for source in sources:
        old, offset = before.get(source.id), offsets.get(source.id)
        if old is None or offset is None or old.text == source.text or not old.passages or not source.passages:
            continue
        number = old.passage_at(offset)
        passage = old.passages[number]
        selection = Selection.of(old.text, passage.start, passage.end)
        placed = reanchor(selection, source.text, old_text=old.text)
        kept = min(number, len(source.passages) - 1)
        offsets[source.id] = source.passages[kept].start if placed.start is None else placed.start
    chosen = where.chosen
    if len(chosen) == len(session.sources):  # all stood in panes: what is new does too
        chosen = [*chosen, *(source.id for source in sources if source.id not in before)]
    return replace(where, offsets=offsets, chosen=chosen)


def _texts(sources: Iterable[Source | Skipped]) -> list[tuple[str, str]]:
    return sorted((one.id, one.text) for one in sources if isinstance(one, Source))


def _listed(names: Sequence[str]) -> str:
    shown = [shown_line(name) for name in names[:2]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _it(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"
