"""A past of any length: the database copies its own closed tickets, each copy a fortnight earlier."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, models, transaction
from django.db.models import Max, Min

from bench.speed.storing import TABLES, History
from helpdesk_plugin.models import OutboxMessage, Ticket, TicketSearchText, trigrams

DAYS = 14


@dataclass(frozen=True)
class Template:
    """The tickets that are copied: the first and the last key of their rows in each table."""

    first: dict[str, int]
    last: dict[str, int]

    @classmethod
    def since(cls, before: dict[str, int]) -> "Template":
        """What was stored after these last keys."""
        first = {
            model._meta.db_table: model.objects.filter(pk__gt=before[model._meta.db_table]).aggregate(
                n=Min("pk")
            )["n"]
            for model in TABLES
        }
        return cls(first, last_keys())


def last_keys() -> dict[str, int]:
    """The highest key of each table."""
    return {model._meta.db_table: model.objects.aggregate(n=Max("pk"))["n"] or 0 for model in TABLES}


def copy(template: Template, tickets: int, turn: int) -> None:
    """Copy the first so many tickets of the template once more, so many turns of a fortnight back."""
    last = last_keys()
    moved = {table: last[table] + 1 - first for table, first in template.first.items()}
    first = template.first[Ticket._meta.db_table]
    until = min(first + tickets, template.last[Ticket._meta.db_table] + 1)
    with transaction.atomic(), connection.cursor() as cursor:
        for model in TABLES:
            table, fields = model._meta.db_table, model._meta.concrete_fields
            columns = {field.column: _copied(field, model, moved, turn) for field in fields}
            into, values = ", ".join(f'"{name}"' for name in columns), ", ".join(columns.values())
            of = "id" if model in {Ticket, History} else "ticket_id"
            order = model._meta.pk.column
            rows = f"{order} BETWEEN {template.first[table]} AND {template.last[table]}"
            begin = f"{rows} AND {of} >= {first} AND {of} < {until}"
            cursor.execute(
                f"INSERT INTO {table} ({into}) SELECT {values} FROM {table} WHERE {begin} ORDER BY {order}"
            )


def _copied(field: models.Field, model: type[models.Model], moved: dict[str, int], turn: int) -> str:
    """What a column of a copied row holds, as SQL."""
    column, postgres = f'"{field.column}"', connection.vendor == "postgresql"
    ticket = moved[Ticket._meta.db_table]
    if model is Ticket and field.name == "submission_key":
        return "gen_random_uuid()" if postgres else "lower(hex(randomblob(16)))"
    if field.name == "number" and model in {Ticket, History}:
        return f"'HD-2016-' || (id + {ticket} + 100000)"
    if model is TicketSearchText and field.name == "text":
        # The number is the first line of the text.
        end = "strpos(text, chr(10))" if postgres else "instr(text, char(10))"
        return f"'hd-2016-' || (ticket_id + {ticket} + 100000) || substr(text, {end})"
    if model is OutboxMessage and field.name == "key":
        return f"'bench:' || (ticket_id + {ticket})"
    if model is History and field.name == "id":
        return f"{column} + {ticket}"
    if field.primary_key and not field.remote_field:
        return f"{column} + {moved[model._meta.db_table]}"
    related = field.related_model._meta.db_table if field.related_model else ""
    if related in moved:
        return f"{column} + {moved[related]}"
    if isinstance(field, models.DateTimeField):
        days = DAYS * turn
        return f"{column} - interval '{days} days'" if postgres else f"datetime({column}, '-{days} days')"
    return column


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """Without indexes, checks of references and waiting for the disk; all of it is there again afterwards."""
    tables = [model._meta.db_table for model in TABLES]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
                " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
                " AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
                [tables],
            )
        else:
            trigrams.drop(connection)
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -1000000")
            names = ", ".join(f"'{table}'" for table in tables)
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                f" AND sql NOT LIKE 'CREATE UNIQUE%' AND tbl_name IN ({names})"
            )
        indexes = cursor.fetchall()
        for name, _sql in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, sql in indexes:
            cursor.execute(sql)
        if connection.vendor == "postgresql":
            for model in TABLES:
                table, key = model._meta.db_table, model._meta.pk
                if isinstance(key, models.AutoField | models.BigAutoField):
                    cursor.execute(
                        f"SELECT setval(pg_get_serial_sequence('{table}', '{key.column}'),"
                        f" (SELECT max({key.column}) FROM {table}))"
                    )
            cursor.execute("VACUUM ANALYZE")
        else:
            trigrams.create(connection)
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("ANALYZE")
