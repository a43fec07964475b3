"""Reading once: what was read in one source is folded in the others, and how much of what is told one has seen.

Folds of a source are made when one turns to it, never while one reads: nothing is folded under the eyes. What one was
on, what is to be checked, what bears a note and what was opened by hand stays as it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from summitreader.config.state import keep_seen, kept_seen
from summitreader.tui.layout.folding import Folds
from summitreader.tui.reader.cursor import Cursor
from summitreader.tui.reader.part import Reader, ReaderPart
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.read_state import Facts, ReadTracker, Seen, fold_in_words, folds_of
from summitreader.tui.widgets.source_pane import SourcePane


class ReadFolding(ReaderPart):
    """Handlers of the commands that fold what was told before; `state` is the folder in which is kept what was seen.

    `status` is called when the share that was seen is another.
    """

    def __init__(self, reader: Reader, cursor: Cursor, *, on: bool) -> None:
        super().__init__(reader)
        self.cursor = cursor
        self.on = on
        self.seeing = ReadTracker(self.session.sources, lambda: self.clock())
        self.clock: Callable[[], float] = time.monotonic
        self._seen: Seen | None = None
        self._things: tuple[StoryIndex, Facts] | None = None
        self._share = -1
        self._opened: set[tuple[int, int]] = set()
        self._changed = False
        self._began = False

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"read-once": self._toggle, "forget-seen": self._forget}

    @property
    def seen(self) -> Seen:
        """What was seen, with what was kept of it before."""
        if self._seen is None:
            self._seen = Seen(self.session.sources, kept_seen(self.reader.context.where.state, self.session.root))
        return self._seen

    @property
    def share(self) -> int:
        """How many of a hundred things told were seen."""
        index = self.session.index
        if self._things is None or self._things[0] is not index:
            self._things = (index, Facts(index))
        return int(100 * self._things[1].share(self.seen))

    def in_words(self) -> str:
        """What stands in the status line while one reads once."""
        if not (self.on and self.session.compared):
            return ""
        self._share = self.share
        return f"{self._share} % read  "

    # ── what was read ─────────────────────────────────────────────────────────────────────────────────────────────

    def moved(self) -> None:
        """The reader is at another place: what they passed on the way to it, or rested on before, was seen."""
        pane = self.deck.active
        if not pane.document.source.passages:
            return
        folds = pane.folds
        read = self.seeing.moved(
            (pane.number, pane.cursor), reading=self.cursor.reads_on, skipped=lambda n: folds.at(n) is not None
        )
        if read and self.seen.add(read):
            self._changed = True
            if self.on and self.session.compared and self.share != self._share:
                self.reader.show_status()

    def keep(self) -> None:
        """Write down what was seen, if it is more than before."""
        if self._changed and self._seen is not None:
            ids = [source.id for source in self.session.sources]
            keep_seen(self.reader.context.where.state, self.session.root, ids, self._seen.to_keep())
            self._changed = False

    def _forget(self) -> None:
        self.seen.forget()
        self._opened.clear()
        self._changed = True
        self.keep()
        for pane in self.deck.all_panes():
            self._show(pane)
        self.reader.show_status()
        self.say("Reading progress cleared.")

    # ── folding ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _toggle(self) -> None:
        self.on = not self.on
        self._opened.clear()
        for pane in self.deck.all_panes():
            if not self.on or pane is self.deck.active:
                self._show(pane)
        self.reader.show_status()
        self.keep()
        if not self.on:
            self.say("Showing everything. ⟨read-once⟩ hides what you have read.")
        elif self.deck.active.has_rows_of_layout:
            self.say("Hiding what you have read, except in this layout.")
        elif not self.session.compared:
            self.say("Hiding what you have read once the comparison has finished.")
        else:
            count = sum(len(fold) for fold in self.deck.active.folds.folds)
            done = f"{count} passage{'' if count == 1 else 's'} hidden" if count else "Nothing to hide yet"
            self.say(f"Hiding what you have read. {done}.")

    def turned_to(self) -> None:
        """Another source leads, or stands in other rows: fold in it what was read in the others."""
        self.moved()
        if self.on:
            self._show(self.deck.active)

    def index_changed(self) -> None:
        """A fuller comparison; the first whole one says for the first time what was told before."""
        if self.on and self.session.compared and not self._began:
            self._began = True
            self.turned_to()

    def unfold(self, place: tuple[int, int]) -> None:
        """Show the passages among which `place` is folded, since one goes to it."""
        box = self.deck.box(place[0])
        fold = box.pane.folds.at(place[1]) if box is not None else None
        if box is None or fold is None:
            return
        self._opened.update((place[0], n) for n in range(fold.first, fold.last + 1))
        pane = box.pane
        kept = [own for own in pane.folds.folds if own is not fold]
        pane.set_folds(Folds(kept), [self._words(pane, Folds([own])) for own in kept])

    def open_fold(self) -> bool:
        """Show what is folded under the cursor; whether anything is."""
        pane = self.deck.active
        if pane.folds.at(pane.cursor) is None:
            return False
        self.unfold((pane.number, pane.cursor))
        self.reader.moved()
        return True

    def _words(self, pane: SourcePane, folds: Folds) -> str:
        return fold_in_words(self.session.index, self.seen, pane.number, folds.folds[0])

    def _show(self, pane: SourcePane) -> None:
        """Fold in a pane what is to be folded there now."""
        if pane.has_rows_of_layout:
            return
        if not self.on:
            if len(pane.folds):
                pane.set_folds(Folds())
            return
        index, notes = self.session.index, self.session.notes.spans(pane.number)
        passages = pane.document.source.passages
        on = pane.cursor if pane.folds.at(pane.cursor) is None else -1

        def left(n: int) -> bool:
            return n == on or (pane.number, n) in self._opened or notes.touches(passages[n].start, passages[n].end)

        folds = folds_of(index, self.seen, pane.number, left)
        if folds != pane.folds.folds:
            pane.set_folds(Folds(folds), [fold_in_words(index, self.seen, pane.number, fold) for fold in folds])
