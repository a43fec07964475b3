"""Where a follower goes."""

from summitreader.tui.layout.panes import Lock, following, nearest_passage, top_row


def test_the_surest_counterpart_wins() -> None:
    assert nearest_passage([(0.4, 2), (0.9, 30)], here=2, count=40) == 30


def test_of_counterparts_about_equally_sure_the_nearest_wins() -> None:
    assert nearest_passage([(0.88, 2), (0.9, 30)], here=3, count=40) == 2


def test_without_a_counterpart_there_is_nowhere_to_go() -> None:
    assert nearest_passage([], here=3, count=40) is None


def test_the_counterpart_stands_on_the_leaders_row_where_the_text_allows() -> None:
    assert top_row(50, screen_row=5, rows=200, height=20) == 45
    assert top_row(2, screen_row=5, rows=200, height=20) == 0
    assert top_row(199, screen_row=5, rows=200, height=20) == 180
    assert top_row(3, screen_row=5, rows=10, height=20) == 0


def test_the_lock_goes_round() -> None:
    assert [following(lock) for lock in Lock] == [Lock.PROPORTIONAL, Lock.OFF, Lock.LINKED]
