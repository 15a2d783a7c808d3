"""Find where a database has text that is no UTF-8: what reads it tells only the column."""

import sqlite3
from contextlib import closing, suppress


def broken_text(path: str) -> str:
    """Say in which column, table and row there is such a text; empty where none is found."""
    # A memory has no other connection.
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        for table, column in _columns(connection):
            for row, text in connection.execute(
                f"SELECT {_row(connection, table)}, [{column}] FROM [{table}]"
                f" WHERE typeof([{column}]) = 'text'"
            ):
                try:
                    text.decode()
                except UnicodeDecodeError:
                    return f'column "{column}" of table "{table}" is not text in UTF-8 in row {row}'
    return ""


def _columns(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    found = connection.execute(
        "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c"
        " WHERE t.type = 'table'"
    ).fetchall()
    return [(table.decode(), column.decode()) for table, column in found]


def _row(connection: sqlite3.Connection, table: str) -> str:
    """Return what numbers a table's rows; they are counted where they have no numbers."""
    try:
        connection.execute(f"SELECT rowid FROM [{table}]")
    except sqlite3.OperationalError:
        return "row_number() OVER ()"
    return "rowid"
