"""The jump list goes back and forward like a browser's."""

from summitreader.tui.jumps import Jumps


def test_back_returns_to_where_the_jump_began_and_forward_undoes_it() -> None:
    jumps: Jumps[tuple[int, int]] = Jumps()
    jumps.leave((0, 1))
    jumps.leave((1, 4))
    assert jumps.back((2, 7)) == (1, 4)
    assert jumps.back((1, 4)) == (0, 1)
    assert jumps.back((0, 1)) is None
    assert jumps.forward((0, 1)) == (1, 4)
    assert jumps.forward((1, 4)) == (2, 7)
    assert jumps.forward((2, 7)) is None


def test_a_new_jump_forgets_the_way_forward() -> None:
    jumps: Jumps[tuple[int, int]] = Jumps()
    jumps.leave((0, 1))
    jumps.back((0, 5))
    jumps.leave((0, 1))
    assert jumps.forward((0, 9)) is None
