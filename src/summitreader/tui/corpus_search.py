"""What searches all stories of the corpus that is open, as it stands now: it may still be read, or be put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitreader.tui.app import SummitApp
    from summitreader.tui.whole_corpus import WholeCorpus


class CorpusSearch:
    """`now` is made anew when the stories are others; a large corpus is indexed once all of it is read."""

    def __init__(self, app: SummitApp) -> None:
        self._app = app
        self._made: tuple[object, object, WholeCorpus] | None = None

    @property
    def now(self) -> WholeCorpus | None:
        """None until there is a story."""
        from summitreader.tui.whole_corpus import WholeCorpus

        app = self._app
        if app.session is None or app.loading.corpus is None:
            return None
        stands, whole = app.by_hand.stories(), app.loading.finished.is_set()
        if self._made is None or self._made[0] is not stands or self._made[1] != (app.session.name, whole):
            self.stop()
            named = "\n".join(str(path.resolve()) for path in app.loading.paths)
            made = WholeCorpus(app.stories, app.where.cache / "search", named, indexes=whole)
            self._made = (stands, (app.session.name, whole), made)
        return self._made[2]

    def begin(self) -> None:
        """Begin the index of a large corpus."""
        if (whole := self.now) is not None:
            whole.begin()

    def stop(self) -> None:
        if self._made is not None:
            self._made[2].stop()
            self._made = None
