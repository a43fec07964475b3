"""Dataclasses that are cheap to define: their methods are written when one of them is first called.

The standard `dataclass` writes and compiles up to nine methods for each class as it is defined, nearly a millisecond
where the class is frozen. Some seventy such classes stand on the way to the first screen, and most of their methods are
called after it, or never. `dataclass` here takes the same words and makes the same classes, for type checkers too; it
knows those arguments that this project uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from collections.abc import Callable

    _ORDERED = ("__lt__", "__le__", "__gt__", "__ge__")

    def dataclass(
        cls: type | None = None, /, *, frozen: bool = False, order: bool = False, slots: bool = False
    ) -> type | Callable[[type], type]:
        """What `dataclasses.dataclass` does, and when it is needed."""

        def define(cls: type) -> type:
            return _define(cls, frozen, order, slots)

        return define if cls is None else define(cls)

    def _define(cls: type, frozen: bool, order: bool, slots: bool) -> type:
        own = set(vars(cls))
        if vars(cls).get("__hash__", ...) is None:
            own.discard("__hash__")  # Python's mark of a class that has an `__eq__` of its own
        made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
        names = ["__init__", "__repr__", "__eq__", *(["__hash__"] if frozen else []), *(_ORDERED if order else [])]
        later = [name for name in names if name not in own]

        def write() -> None:
            """Put the methods in place of those that stand for them."""
            written = _written(made, frozen, order)
            for name in later:
                method = vars(written)[name]
                method.__qualname__ = f"{made.__qualname__}.{name}"
                setattr(made, name, method)
            made.__dataclass_params__ = written.__dataclass_params__

        for name in later:
            setattr(made, name, _stands_for(made, name, write))
        if not frozen and "__hash__" not in own:
            made.__hash__ = None
        if frozen:
            made.__setattr__, made.__delattr__ = _frozen(made)
        if frozen and slots and "__getstate__" not in own:
            made.__getstate__, made.__setstate__ = _state, _restore
        return made

    def _written(made: type, frozen: bool, order: bool) -> type:
        """A class of the same fields, with every method."""
        fields = dataclasses.fields(made)
        namespace: dict[str, Any] = {"__annotations__": {field.name: field.type for field in fields}}
        for field in fields:
            namespace[field.name] = dataclasses.field(
                default=field.default,
                default_factory=field.default_factory,
                init=field.init,
                repr=field.repr,
                hash=field.hash,
                compare=field.compare,
                kw_only=field.kw_only,
            )
        if hasattr(made, "__post_init__"):
            namespace["__post_init__"] = made.__post_init__
        namespace["__doc__"] = made.__doc__ or " "
        return dataclasses.dataclass(frozen=frozen, order=order)(type(made.__name__, (), namespace))

    def _stands_for(made: type, name: str, write: Callable[[], None]) -> Callable[..., Any]:
        def method(self: object, *args: Any, **named: Any) -> Any:
            write()
            return vars(made)[name](self, *args, **named)

        method.__name__ = name
        return method

    def _frozen(made: type) -> tuple[Callable[..., None], Callable[..., None]]:
        names = frozenset(field.name for field in dataclasses.fields(made))

        def assign(self: object, name: str, value: object) -> None:
            if type(self) is made or name in names:
                raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
            super(made, self).__setattr__(name, value)

        def delete(self: object, name: str) -> None:
            if type(self) is made or name in names:
                raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
            super(made, self).__delattr__(name)

        return assign, delete

    def _state(self: object) -> list[object]:
        return [getattr(self, field.name) for field in dataclasses.fields(self)]

    def _restore(self: object, state: list[object]) -> None:
        for field, value in zip(dataclasses.fields(self), state, strict=True):
            object.__setattr__(self, field.name, value)


__all__ = ["dataclass"]
