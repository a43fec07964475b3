"""Dataclasses that are cheap to define.

The standard `dataclass` writes and compiles up to nine methods for each class as it is defined, nearly a millisecond
where the class is frozen, and some seventy such classes stand on the way to the first screen. `dataclass` here takes
the same words and makes the same classes, for type checkers too: what is called often is written when it is first
called, the other methods are plain functions over the fields. It knows those arguments that this project uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from collections.abc import Callable, Sequence
    from dataclasses import MISSING
    from functools import partial
    from reprlib import recursive_repr

    _COMPARING = {"__eq__": "==", "__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}

    def dataclass(
        cls: type | None = None, /, *, frozen: bool = False, order: bool = False, slots: bool = False
    ) -> type | Callable[[type], type]:
        """What `dataclasses.dataclass` does, and when it is needed."""

        def define(cls: type) -> type:
            return _define(cls, frozen, order, slots)

        return define if cls is None else define(cls)

    def _define(cls: type, frozen: bool, order: bool, slots: bool) -> type:
        own = {name for name, value in vars(cls).items() if (name, value) != ("__hash__", None)}
        made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
        fields = dataclasses.fields(made)
        compared = [field.name for field in fields if field.compare]
        methods: dict[str, object] = {
            "__init__": _later(made, "__init__", lambda: _init(made, frozen, slots)),
            "__hash__": _later(made, "__hash__", lambda: _hash(compared)) if frozen else None,
            "__repr__": _repr([field.name for field in fields if field.repr]),
        }
        for name, sign in _COMPARING.items() if order else (("__eq__", "=="),):
            methods[name] = _later(made, name, partial(_comparison, sign, compared))
        if frozen:
            methods |= _frozen(made, frozenset(field.name for field in fields))
        if frozen and slots:
            methods |= _state([field.name for field in fields])
        for name, method in methods.items():
            if name not in own:
                if callable(method):
                    method.__qualname__ = f"{made.__qualname__}.{name}"
                setattr(made, name, method)
        return made

    def _later(made: type, name: str, write: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
        """Stands for a method until it is first called, and is then replaced by what `write` gives."""

        def method(self: object, *args: Any, **named: Any) -> Any:
            written = write()
            written.__qualname__ = f"{made.__qualname__}.{name}"
            setattr(made, name, written)
            return written(self, *args, **named)

        return method

    def _compiled(name: str, head: str, body: Sequence[str], names: dict[str, object]) -> Callable[..., Any]:
        exec(f"def {name}({head}):\n " + "\n ".join(body), names)
        method: Callable[..., Any] = names[name]
        return method

    def _tuple_of(instance: str, names: Sequence[str]) -> str:
        return "(" + "".join(f"{instance}.{name}, " for name in names) + ")"

    def _comparison(sign: str, names: Sequence[str]) -> Callable[..., Any]:
        compared = f"{_tuple_of('self', names)} {sign} {_tuple_of('other', names)}"
        body = [f"return {compared} if other.__class__ is self.__class__ else NotImplemented"]
        return _compiled("compare", "self, other", body, {})

    def _hash(names: Sequence[str]) -> Callable[..., Any]:
        return _compiled("__hash__", "self", [f"return hash({_tuple_of('self', names)})"], {})

    def _repr(names: Sequence[str]) -> Callable[[object], str]:
        def show(self: object) -> str:
            return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

        return recursive_repr()(show)

    def _frozen(made: type, names: frozenset[str]) -> dict[str, object]:
        def assign(self: object, name: str, value: object) -> None:
            if type(self) is made or name in names:
                raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
            super(made, self).__setattr__(name, value)

        def delete(self: object, name: str) -> None:
            if type(self) is made or name in names:
                raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
            super(made, self).__delattr__(name)

        return {"__setattr__": assign, "__delattr__": delete}

    def _state(names: Sequence[str]) -> dict[str, object]:
        """Pickled as the standard frozen classes with slots are: their values, in the order of the fields."""

        def state(self: object) -> list[object]:
            return [getattr(self, name) for name in names]

        def restore(self: object, state: Sequence[object]) -> None:
            put = object.__setattr__
            for name, value in zip(names, state, strict=True):
                put(self, name, value)

        return {"__getstate__": state, "__setstate__": restore}

    def _init(made: type, frozen: bool, slots: bool) -> Callable[..., None]:
        """`def __init__(self, a, b=default, *, c): …` over the fields, compiled."""
        names: dict[str, object] = {"_put": object.__setattr__, "_none": MISSING}
        positional, keyword, body = ["self"], [], []
        for field in dataclasses.fields(made):
            name, value = field.name, field.name
            taken = name
            if field.default_factory is not MISSING:
                names[f"_make_{name}"] = field.default_factory
                taken, value = f"{name}=_none", f"_make_{name}() if {name} is _none else {name}"
            elif field.default is not MISSING:
                names[f"_default_{name}"] = field.default
                taken = f"{name}=_default_{name}"
            if field.init:
                (keyword if field.kw_only else positional).append(taken)
            elif field.default_factory is not MISSING:
                value = f"_make_{name}()"
            elif field.default is not MISSING and slots:
                value = f"_default_{name}"
            else:
                continue
            body.append(f"_put(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
        if hasattr(made, "__post_init__"):
            body.append("self.__post_init__()")
        head = ", ".join([*positional, *(["*", *keyword] if keyword else [])])
        return _compiled("__init__", head, body or ["pass"], names)


__all__ = ["dataclass"]
