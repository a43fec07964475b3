"""A class that `defining.dataclass` makes is what the standard one makes of the same words."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitreader import defining

WAYS: tuple[dict[str, bool], ...] = (
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "order": True},
    {"frozen": True},
    {"slots": True},
    {},
)
Pair = tuple[type, type]


def pair(how: dict[str, bool]) -> Pair:
    """The same class, made by the standard library and here."""

    def made(dataclass: Callable[..., Any]) -> type:
        @dataclass(**how)
        class Place:
            """Where."""

            row: int
            name: str = "here"
            marks: list[int] = dataclasses.field(default_factory=list)
            seen: int = dataclasses.field(default=0, compare=False, repr=False)

            @property
            def below(self) -> int:
                return self.row + 1

        return Place

    return made(dataclasses.dataclass), made(defining.dataclass)


PAIRS = [pair(how) for how in WAYS]
arguments = st.tuples(st.integers(), st.text(), st.tuples(st.integers(), st.integers()), st.integers())


def outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except (TypeError, AttributeError):
        return "fails"


@pytest.mark.parametrize("classes", PAIRS, ids=[" ".join(how) for how in WAYS])
@given(one=arguments, other=arguments)
def test_instances_compare_hash_show_and_change_alike(classes: Pair, one: Any, other: Any) -> None:
    (a, b), (c, d) = [(cls(*one), cls(*other)) for cls in classes]
    acts: tuple[Callable[[Any, Any], Any], ...] = (
        lambda x, y: x == y,
        lambda x, y: x != y,
        lambda x, y: x < y,
        lambda x, y: hash(x) == hash(y),
        lambda x, y: hash(x),
        lambda x, y: repr(x).rpartition(".")[2],
        lambda x, y: dataclasses.astuple(dataclasses.replace(x, row=7)),
        lambda x, y: setattr(x, "row", 5),
        lambda x, y: setattr(x, "elsewhere", 5),
        lambda x, y: delattr(x, "name"),
        lambda x, y: x.below,
        lambda x, y: dataclasses.asdict(copy.copy(y)),
    )
    for act in acts:
        assert outcome(partial(act, a, b)) == outcome(partial(act, c, d))


@pytest.mark.parametrize("classes", PAIRS, ids=[" ".join(how) for how in WAYS])
def test_a_call_with_wrong_arguments_fails_and_defaults_are_made_anew(classes: Pair) -> None:
    for cls in classes:
        with pytest.raises(TypeError):
            cls()
        with pytest.raises(TypeError):
            cls(1, elsewhere=2)
        assert cls(1).marks is not cls(1).marks
        assert cls.__match_args__ == ("row", "name", "marks", "seen")  # type: ignore[attr-defined]


@defining.dataclass(frozen=True, slots=True)
class Word:
    text: str
    length: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.text))


@defining.dataclass(frozen=True, slots=True)
class Name(Word):
    of: str = ""


def test_what_a_class_does_after_its_making_is_done_and_a_class_may_build_on_another() -> None:
    assert Word("bridge").length == 6
    assert Name("Aar", of="river") == Name("Aar", 3, "river") != Name("Aar")


_UNPICKLING = """
import pickle, sys
sys.path.insert(0, {path!r})
word = pickle.loads(bytes.fromhex({data!r}))
assert (word, hash(word), repr(word)) == (type(word)("Aar"), hash(type(word)("Aar")), "Word(text='Aar', length=3)")
"""


def test_what_another_process_sends_is_whole_before_any_was_made_here() -> None:
    program = _UNPICKLING.format(path=sys.path[0], data=pickle.dumps(Word("Aar")).hex())
    subprocess.run([sys.executable, "-c", program], check=True)
