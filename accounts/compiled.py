"""Queries that every page asks: put into SQL once per process, asked again and again with other values."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators

Row = TypeVar("Row")
Make = Callable[[tuple[Any, ...]], Row]


class Slot(Expression):
    """The place of a value that is named when the query is asked; it stands where a filter takes its value."""

    allowed_default = False

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def __repr__(self) -> str:
        return f"Slot({self.name})"

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """A placeholder; what fills it is known later."""
        return "%s", [self]


class Compiled(Generic[Row]):
    """A query of fixed shape over models or `values_list`; row security sees each asking as it sees any query.

    `asked` makes the query set, with a `Slot` for each value that changes; values are given as the column's own type.
    """

    def __init__(self, asked: Callable[[], QuerySet[Any, Row]]) -> None:
        self._asked = asked
        self._lock = threading.Lock()
        self._ready: tuple[str, tuple[Any, ...], Make[Row]] | None = None

    def __call__(self, **values: Any) -> list[Row]:
        """The rows for these values. Raises KeyError for a slot without a value."""
        sql, given, make = self._ready or self._compile()
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[one.name] if isinstance(one, Slot) else one for one in given])
            return [make(row) for row in cursor.fetchall()]

    def _compile(self) -> tuple[str, tuple[Any, ...], Make[Row]]:
        with self._lock:
            if self._ready is None:
                rows = self._asked()
                compiler = rows.query.get_compiler(connection=connection)
                sql, given = compiler.as_sql()
                self._ready = sql, tuple(given), _maker(rows, compiler)
            return self._ready


def _maker(rows: QuerySet[Any, Row], compiler: Any) -> Make[Row]:
    """What turns a row of the database into a model with what is selected beside it, or leaves it as it is."""
    converters = compiler.get_converters([one[0] for one in compiler.select])
    if rows._iterable_class is not ModelIterable:
        return _converted(tuple, compiler, converters)
    info = compiler.klass_info
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [one[0].target.attname for one in compiler.select[first:last]]
    beside = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]
    model: type[Model] = info["model"]

    def make(row: tuple[Any, ...]) -> Any:
        made = model.from_db(connection.alias, names, row[first:last])
        for populator in beside:
            populator.populate(row, made)
        return made

    return _converted(make, compiler, converters)


def _converted(make: Callable[[Any], Any], compiler: Any, converters: dict[int, Any]) -> Make[Row]:
    if not converters:
        return make
    return lambda row: make(next(iter(compiler.apply_converters([row], converters))))
