"""Looking for words in all that is stored: every column of every table, and every file of every storage."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.files.storage import storages
from django.db import connection


def traces_in_database(words: Iterable[str]) -> list[str]:
    """Table, column and word for every place in the database that holds one of ``words``, case aside.

    Tables and columns are asked of the database itself, so that none is forgotten: history, logs, search
    tables and their shadows, queues, sessions.
    """
    wanted = [word.lower() for word in words]
    found = set()
    for table, columns, row in _rows():
        for column, value in zip(columns, row, strict=True):
            text = _text(value)
            found |= {f"{table}.{column}: {word}" for word in wanted if word in text}
    return sorted(found)


def traces_in_files(words: Iterable[str]) -> list[str]:
    """Every stored file whose name or content holds one of ``words``."""
    wanted = [word.lower().encode() for word in words]
    found = []
    for path in stored_files():
        content = str(path).encode().lower() + path.read_bytes().lower()
        found += [f"{path}: {word.decode()}" for word in wanted if word in content]
    return found


def stored_files() -> list[Path]:
    roots = {Path(storages[alias].location) for alias in ("default", "helpdesk")}
    return [path for root in roots for path in root.rglob("*") if path.is_file()]


def _rows() -> Iterator[tuple[str, list[str], tuple]]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in _tables(cursor):
            cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608 - names that the database gave
            columns = [one[0] for one in cursor.description]
            for row in cursor.fetchall():
                yield table, columns, row


def _tables(cursor) -> list[str]:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [name for (name,) in cursor.fetchall()]
    return connection.introspection.table_names(cursor)


def _text(value) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1").lower()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str).lower()
    return str(value).lower()
