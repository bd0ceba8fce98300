"""Statements that SQLite and PostgreSQL say differently: row locks, bulk rows, rows inserted once."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from functools import cache, reduce
from itertools import islice
from operator import add
from typing import TYPE_CHECKING, Any, Final

import psycopg
from sqlalchemy import (
    ARRAY,
    Integer,
    String,
    bindparam,
    cast,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from workers.store.instant import iso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Column, ColumnElement, Connection, Executable, Select, Table


class ConflictError(Exception):
    """Say that a row with the same key was written by somebody else in between; the transaction is lost."""


_DOUBLES: Final = (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE)
_CHUNK: Final = 400  # rows of one INSERT with RETURNING: below the parameter limits of both
_NULL: Final = "\N{INFORMATION SEPARATOR ONE}"  # in COPY; no text of a dossier may hold a control character
_PLAIN: Final[dict[type, Callable[[Any], str]]] = {datetime: iso, date: date.isoformat}
_TEXT: Final[dict[type, Callable[[Any], str]]] = {datetime: iso}
_ESCAPES: Final = {ord("\\"): "\\\\", ord("\t"): "\\t", ord("\n"): "\\n", ord("\r"): "\\r"}


def locked(
    query: Select[Any], connection: Connection, *, skip: bool = False, of: Sequence[Table] | None = None
) -> Select[Any]:
    """Lock the rows a query finds until the transaction ends; SQLite has locked everything already.

    `of` names the tables whose rows are meant; None: all of the query.
    """
    if connection.dialect.name != "postgresql":
        return query
    return query.with_for_update(skip_locked=skip, of=of)


def sha256_of(told: ColumnElement[str], connection: Connection) -> ColumnElement[str]:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal, as the database works it out itself."""
    if connection.dialect.name == "postgresql":
        return func.encode(func.sha256(func.convert_to(told, "UTF8")), "hex", type_=String)
    return func.sha256_hex(told, type_=String)


def lock_in_order(connection: Connection, key: Column[Any], *which: ColumnElement[bool]) -> None:
    """Lock rows until the transaction ends, one after the other in the order of a key.

    An UPDATE of many locks them as it finds them: two of them at once could wait for each other in a circle.
    SQLite has locked everything already.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(key).where(*which).order_by(key).with_for_update()).all()


def among(column: Column[Any], values: Sequence[Any], connection: Connection) -> ColumnElement[bool]:
    """Say that a column has one of the values.

    On PostgreSQL they are one array and joined: a list of parameters, once its plan is kept, is compared with
    every row of the office from end to end.
    """
    if connection.dialect.name == "postgresql":
        return column.in_(select(func.unnest(literal(list(values), ARRAY(column.type)))))
    return column.in_(values)


def by_bytes(column: Column[str], connection: Connection) -> ColumnElement[str]:
    """Return a text in the order of its bytes, that of Python: quicker than that of a language.

    SQLite knows no other.
    """
    return column.collate("C") if connection.dialect.name == "postgresql" else column


def take_room(connection: Connection) -> None:
    """Let a transaction that counts hold more in memory.

    PostgreSQL sorts what it believes does not fit, and of many columns grouped by it believes the worst.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL work_mem = '128MB'")


def update_each(
    connection: Connection,
    table: Table,
    make: Callable[[Mapping[str, ColumnElement[Any]]], Executable],
    rows: Sequence[Mapping[str, Any]],
    /,
    **columns: str,
) -> None:
    """Run the UPDATE that `make` writes for every row of values, each of which has the same names.

    `columns` says for each name of which column of the table its values are. On PostgreSQL the rows are
    joined in one statement; SQLite, which has no wire to wait for, runs a prepared one for each.
    """
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        # A parameter may not be called as a column that the statement writes.
        named = [{f"given_{name}": row[name] for name in columns} for row in rows]
        connection.execute(make({name: bindparam(f"given_{name}") for name in columns}), named)
        return
    types = {name: table.c[of].type for name, of in columns.items()}
    lists = [literal([row[name] for row in rows], ARRAY(kind)) for name, kind in types.items()]
    given = func.unnest(*lists).table_valued(*(column(name, kind) for name, kind in types.items()))
    connection.execute(make(dict(given.render_derived("given").c)))


def taken(connection: Connection, names: Sequence[str]) -> set[str]:
    """Take what the names stand for until the transaction ends; return those that nobody else has.

    SQLite has one writer: it has everything.
    """
    if connection.dialect.name != "postgresql" or not names:
        return set(names)
    name = func.unnest(literal(sorted(names), ARRAY(String))).column_valued("name")
    query = select(name).where(func.pg_try_advisory_xact_lock(func.hashtextextended(name, 0)))
    return set(connection.scalars(query))


def insert_new(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *returning: str
) -> list[dict[str, Any]]:
    """Insert the rows whose unique key is not there yet; return the named columns of those inserted."""
    made: list[dict[str, Any]] = []
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    for start in range(0, len(rows), _CHUNK):
        statement = dialect.insert(table).values(list(rows[start : start + _CHUNK])).on_conflict_do_nothing()
        found = connection.execute(statement.returning(*(table.c[name] for name in returning)))
        made += [dict(row) for row in found.mappings()]
    return made


def new_ids(connection: Connection, table: Table, number: int) -> list[int]:
    """Return ids that no row of a table has or will have, ascending; on SQLite whoever writes is alone."""
    if connection.dialect.name == "postgresql":
        following = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
        return sorted(connection.scalars(select(following).select_from(func.generate_series(1, number))))
    last = int(connection.scalar(select(func.max(table.c.id))) or 0)
    return list(range(last + 1, last + 1 + number))


def replace_row(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Insert a row, or put its values in place of the row with the same primary key."""
    connection.execute(_replacing(connection.dialect.name, table, tuple(row)), row)


@cache
def _replacing(name: str, table: Table, columns: tuple[str, ...]) -> Executable:
    # Made once: a sweep that finds nothing does little else than say that it ran.
    dialect = postgresql if name == "postgresql" else sqlite
    keys = [column.name for column in table.primary_key]
    statement = dialect.insert(table).values({column: bindparam(column) for column in columns})
    values = {column: statement.excluded[column] for column in columns if column not in keys}
    executable: Executable = statement.on_conflict_do_update(index_elements=keys, set_=values)
    return executable


def place_among(
    column: ColumnElement[Any], bounds: Sequence[Any], connection: Connection
) -> ColumnElement[int]:
    """Return how many of the bounds, given in order, are not above a column."""
    if connection.dialect.name == "postgresql":
        return func.width_bucket(column, literal(list(bounds), ARRAY(column.type)), type_=Integer)
    return reduce(add, [cast(column >= bound, Integer) for bound in bounds])


def add_numbers(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], number: str) -> None:
    """Insert rows, or add their number to that of the row with the same primary key."""
    if not rows:
        return
    on_wire = connection.dialect.name == "postgresql"
    names = list(rows[0])
    statement = (postgresql if on_wire else sqlite).insert(table)
    added = {number: table.c[number] + statement.excluded[number]}
    keys = [column.name for column in table.primary_key]
    if not on_wire:
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=added), list(rows))
        return
    # One statement for all of them: each by itself would wait for the wire.
    lists = [literal([row[name] for row in rows], ARRAY(table.c[name].type)) for name in names]
    given = func.unnest(*lists).table_valued(*(column(name, table.c[name].type) for name in names))
    source = statement.from_select(names, select(given.render_derived("given")))
    connection.execute(source.on_conflict_do_update(index_elements=keys, set_=added))


def bulk_insert(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert many rows the fastest way the database has: COPY on PostgreSQL, one prepared INSERT on SQLite.

    Instants are aware datetimes. A row whose key exists raises ConflictError and the transaction is lost.
    """
    there_already = f"a row of {table.name} was there already"
    try:
        _insert_all(connection, table, columns, rows)
    except psycopg.errors.UniqueViolation as error:
        raise ConflictError(there_already) from error
    except IntegrityError as error:
        # A value that is missing is a fault of ours, and no second try mends it.
        if getattr(error.orig, "sqlite_errorcode", None) not in _DOUBLES:
            raise
        raise ConflictError(there_already) from error


def _insert_all(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    if connection.dialect.name == "postgresql":
        names = ", ".join(f'"{name}"' for name in columns)
        cursor = connection.connection.cursor()
        with cursor.copy(f"COPY \"{table.name}\" ({names}) FROM STDIN (NULL '{_NULL}')") as copy:
            source = iter(rows)
            while lines := [_copy_line(row) for row in islice(source, _CHUNK)]:
                copy.write("".join(lines))
        return
    marks = ", ".join("?" for _ in columns)
    text = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
    values = [tuple(_plain(value) for value in row) for row in rows]
    if values:
        connection.exec_driver_sql(text, values)


def _copy_line(row: Sequence[Any]) -> str:
    """Return a row as a line of COPY's text form: half the time of the driver, which asks every value."""
    texts = [
        value if type(value) is str else _NULL if value is None else _TEXT.get(type(value), str)(value)
        for value in row
    ]
    line = "\t".join(texts)
    if "\\" in line or "\n" in line or "\r" in line or line.count("\t") >= len(texts):
        line = "\t".join([text.translate(_ESCAPES) for text in texts])
    return line + "\n"


def _plain(value: Any) -> Any:
    convert = _PLAIN.get(type(value))
    return convert(value) if convert else value
