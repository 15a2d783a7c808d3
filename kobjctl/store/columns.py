"""What stands in the columns of a table, checked here when a row is read, and nowhere else.

A damaged file, or a program that wrote into one, may have anything anywhere: a blob where text
belongs, a list where an object does. Whoever reads a row through `Columns` gets what the program
was written for, or DamagedRowError, which says what is wrong where.
"""

import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache
from types import NoneType
from typing import Any, Final, Generic, NamedTuple, TypeVar

from kobjctl.model.values import Json
from kobjctl.store.failure import DamagedRowError
from kobjctl.store.text import decode

_Made = TypeVar("_Made")
# What code says that takes a value for something it isn't.
_MISTAKEN: Final = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
_SHOWN: Final = 40


class ColumnContent(NamedTuple):
    """What a column holds: `description` tells people, `types` are those that SQLite gives it in.

    `read` makes the value of what stands there; it raises ValueError for what can't stand there.
    Nothing is read as `absent`.
    """

    description: str
    types: tuple[type, ...]
    read: Callable[[Any], Any] | None = None
    absent: Any = None

    def or_null(self, absent: Any = None) -> "ColumnContent":
        """Return the content of a column that may have nothing as well."""
        return self._replace(types=(*self.types, NoneType), absent=absent)


def one_of(*texts: str) -> ColumnContent:
    """Return the content of a column that has one of a few texts."""
    known = {text: text for text in texts}
    return ColumnContent(f"one of {', '.join(texts)}", (str,), known.__getitem__)


def _json(
    description: str, kind: type, *, fits: Callable[[Any], bool] = lambda _: True
) -> ColumnContent:
    """Return the content of a column with JSON of one type, which `fits` judges further."""

    def read(text: str) -> Json:
        value = decode(text)
        if type(value) is not kind or not fits(value):
            raise ValueError
        return value

    return ColumnContent(description, (str,), read)


def _hexadecimal(text: str) -> str:
    int(text, 16)
    return text


def _all_are(kind: type) -> Callable[[Any], bool]:
    return lambda values: all(type(value) is kind for value in values)


TEXT: Final = ColumnContent("text", (str,))
INTEGER: Final = ColumnContent("a whole number", (int,))
BOOLEAN: Final = ColumnContent("a whole number", (int,), bool)
NUMBER: Final = ColumnContent("a number", (float, int))
ANY_JSON: Final = ColumnContent("JSON", (str,), decode)
ID: Final = ColumnContent("an id", (str,), _hexadecimal)
OBJECT: Final = _json("a JSON object", dict)
OBJECT_OF_OBJECTS: Final = _json(
    "a JSON object of objects", dict, fits=lambda value: _all_are(dict)(value.values())
)
PAIR: Final = _json("a JSON list of two", list, fits=lambda pair: len(pair) == 2)  # noqa: PLR2004 - says so
OBJECTS: Final = _json("a JSON list of objects", list, fits=_all_are(dict))
ERROR: Final = _json(
    "a JSON object with a message",
    dict,
    fits=lambda value: type(value.get("message")) is str and type(value.get("hint", "")) is str,
)
TEXTS: Final = _json("a JSON list of texts", list, fits=_all_are(str))


class Columns:
    """The columns that a query reads, in their order, with what each holds.

    As a text it is their names, for the query. `key` (else the first) are those that tell which
    row it is. A column of a table that is joined is named as in `hooks__type`, for which the query
    needs text of its own.
    """

    def __init__(self, table: str, key: tuple[str, ...] = (), /, **contents: ColumnContent) -> None:
        self.table = table
        self.names = tuple(contents)
        self._contents = tuple(contents.values())
        self._key = tuple(map(self.names.index, key or self.names[:1]))
        self._text = ", ".join(f"[{name}]" for name in contents)
        self._readers = tuple(
            (place, content.read, content.absent)
            for place, content in enumerate(self._contents)
            if content.read is not None or content.absent is not None
        )
        # To know the types of a row as good is quicker than to judge each.
        self._good: set[tuple[type, ...]] = set()

    def __str__(self) -> str:
        return self._text

    def read(self, row: Sequence[Any]) -> Sequence[Any]:
        """Return the values of a row; raises DamagedRowError for what can't be there."""
        types = tuple(map(type, row))
        if types not in self._good:
            self._judge(row, types)
        if not self._readers:
            return row
        values = list(row)
        for place, read, absent in self._readers:
            if values[place] is None:
                values[place] = absent
            elif read is not None:
                try:
                    values[place] = read(values[place])
                except (ValueError, LookupError, RecursionError) as error:
                    raise self._damaged(row, place) from error
        return values

    def add(self, connection: sqlite3.Connection, value: Any, *more: str, **written: Any) -> None:
        """Write the row of a value, whose fields are called as these columns, and as `more` of the
        table; some are `written` otherwise than they are.
        """
        row = _row_of(value, (*self.names, *more), written)
        connection.execute(_insertion(self.table, tuple(row)), [*row.values()])

    def change(
        self, connection: sqlite3.Connection, value: Any, *names: str, **written: Any
    ) -> None:
        """Write some fields of a value, which is found by its id, as `add` does."""
        row = _row_of(value, names, written)
        connection.execute(_change(self.table, tuple(row)), [*row.values(), value.id])

    def make(self, row: Sequence[Any], make: Callable[..., _Made]) -> _Made:
        """Make a value of a row's, as `make` does; what it can't take isn't what belongs there."""
        values = self.read(row)
        try:
            return make(*values)
        except _MISTAKEN as error:
            raise self._damaged(row, self._readers[0][0]) from error

    def _judge(self, row: Sequence[Any], types: tuple[type, ...]) -> None:
        for place, (kind, content) in enumerate(zip(types, self._contents, strict=True)):
            if kind not in content.types:
                raise self._damaged(row, place)
        self._good.add(types)

    def _damaged(self, row: Sequence[Any], place: int) -> DamagedRowError:
        table, _, column = self.names[place].rpartition("__")
        which = " and ".join(f"{self.names[each]} is {_shown(row[each])}" for each in self._key)
        of_table = f" of {self.table}" if table else ""
        return DamagedRowError(
            f'column "{column}" of table "{table or self.table}" is not'
            f" {self._contents[place].description}"
            f" in the row{of_table} whose {which}"
        )


def _row_of(value: Any, names: Sequence[str], written: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names if name not in written} | written


@lru_cache
def _insertion(table: str, names: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


@lru_cache
def _change(table: str, names: tuple[str, ...]) -> str:
    return f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?"


class Rows(Generic[_Made]):
    """The rows that queries find, each made into a value by `make`.

    They are those of the columns' table, unless `select` says what is read from where.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        columns: Columns,
        make: Callable[[Any], _Made],
        select: str = "",
    ) -> None:
        self._execute = connection.execute
        self._make = make
        self._select = select or f"SELECT {columns} FROM {columns.table}"

    def one(self, rest: str, *values: Any) -> _Made | None:
        """Return the first row of a query that ends with `rest`, or None."""
        row = self._execute(f"{self._select} {rest}", values).fetchone()
        return None if row is None else self._make(row)

    def some(self, rest: str, *values: Any) -> list[_Made]:
        """Return the rows of a query that ends with `rest`."""
        rows = self._execute(f"{self._select} {rest}", values).fetchall()
        return [self._make(row) for row in rows]


def _shown(value: Any) -> str:
    from kobjctl.model.secrets import excerpt  # noqa: PLC0415 - few rows are damaged

    return excerpt(repr(value), _SHOWN, "...")


@lru_cache
def _one_text(table: str, column: str) -> Columns:
    return Columns(table, **{column: TEXT})


def texts(connection: sqlite3.Connection, table: str, column: str, rest: str = "") -> list[str]:
    """Return the texts in one column of a table, as a query says that ends with `rest`."""
    columns = _one_text(table, column)
    rows = connection.execute(f"SELECT {column} FROM {table}{rest and ' '}{rest}")
    return [columns.read(row)[0] for row in rows]
