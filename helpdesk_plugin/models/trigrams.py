"""Parts of words found by an index of the database's own: FTS5 trigrams in SQLite, pg_trgm in PostgreSQL.

Neither is a matter of course: SQLite may be built without FTS5, and in PostgreSQL only some roles may add an
extension. Then every text is read; the search finds the same, and a system check tells what is missing.
"""

from collections.abc import Sequence

from django.db import DatabaseError, connection, models, transaction

TABLE = "helpdesk_plugin_ticketsearchtext"
#: The virtual table in SQLite, the index in PostgreSQL.
INDEX = "helpdesk_search_trigrams"

# The text is stored once, in its own table; triggers keep the index in step with every way of writing to it,
# those of anonymisation and of imports too.
_SQLITE = (
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5"
    f"(text, content='{TABLE}', content_rowid='ticket_id', tokenize='trigram')",
    f"CREATE TRIGGER {INDEX}_new AFTER INSERT ON {TABLE} BEGIN"
    f" INSERT INTO {INDEX}(rowid, text) VALUES (new.ticket_id, new.text); END",
    f"CREATE TRIGGER {INDEX}_gone AFTER DELETE ON {TABLE} BEGIN"
    f" INSERT INTO {INDEX}({INDEX}, rowid, text) VALUES ('delete', old.ticket_id, old.text); END",
    f"CREATE TRIGGER {INDEX}_changed AFTER UPDATE ON {TABLE} BEGIN"
    f" INSERT INTO {INDEX}({INDEX}, rowid, text) VALUES ('delete', old.ticket_id, old.text);"
    f" INSERT INTO {INDEX}(rowid, text) VALUES (new.ticket_id, new.text); END",
    f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')",
)
_SQLITE_UNDONE = (
    *(f"DROP TRIGGER IF EXISTS {INDEX}_{when}" for when in ("new", "gone", "changed")),
    f"DROP TABLE IF EXISTS {INDEX}",
)
#: What an operator types where the site's own role may not; the second line needs no special right.
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (text gin_trgm_ops)",
)


MISSING = "The search for words in tickets has no index and reads every text, which gets slow with the years."


def how_to_get_it(using) -> str:
    """What an operator does about a missing index, in a sentence."""
    if using.vendor == "sqlite":
        return "This SQLite knows no FTS5 trigrams (3.34 or newer has them); use another one, or PostgreSQL."
    return f"As a role that may add extensions: {POSTGRESQL[0]}; then, as the site's own: {POSTGRESQL[1]};"


def create(using) -> None:
    """Make the index in a database that has none, if that database lets us (a connection; for migrations)."""
    statements = _SQLITE if using.vendor == "sqlite" else POSTGRESQL
    try:
        with transaction.atomic(using.alias), using.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except DatabaseError:
        # The search works without, and the check `helpdesk.W009` says how to get it.
        return


def drop(using) -> None:
    """Take the index away again; an extension stays, others may use it."""
    statements = _SQLITE_UNDONE if using.vendor == "sqlite" else (f"DROP INDEX IF EXISTS {INDEX}",)
    with using.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_seen: set[str] = set()


def is_there(using=connection) -> bool:
    """Whether the database has the index. Asked once; a database that has it keeps it."""
    alias = str(using.settings_dict["NAME"])
    if alias in _seen:
        return True
    catalogue, name = ("sqlite_master", "name") if using.vendor == "sqlite" else ("pg_indexes", "indexname")
    with using.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {catalogue} WHERE {name} = %s", [INDEX])
        found = cursor.fetchone() is not None
    if found:
        _seen.add(alias)
    return found


@models.TextField.register_lookup
class Holds(models.Lookup):
    """``text__holds=[…]``: the search text holds each of these parts of words (three letters or more).

    For the text of `TicketSearchText` alone, whose index it asks.
    """

    lookup_name = "holds"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", list(value)

    def as_sql(self, compiler, connection):
        text, parameters = self.process_lhs(compiler, connection)
        tests = " AND ".join([f"{text} LIKE %s ESCAPE '\\'"] * len(self.rhs))
        if connection.vendor == "postgresql":
            tests = tests.replace(" ESCAPE '\\'", "")  # it is the backslash by itself
        return f"({tests})", [*parameters * len(self.rhs), *(f"%{_literal(part)}%" for part in self.rhs)]

    def as_sqlite(self, compiler, connection):
        if not is_there(connection):
            return self.as_sql(compiler, connection)
        quote = connection.ops.quote_name
        key = f"{quote(self.lhs.alias)}.{quote('ticket_id')}"
        return f"{key} IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)", [_match(self.rhs)]


def newest_keys(count: int, parts: Sequence[str], using) -> list[int]:
    """The largest keys, downwards, of texts that hold these parts: SQLite's index names them by itself."""
    with using.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s ORDER BY rowid DESC LIMIT %s",
            [_match(parts), count],
        )
        return [key for (key,) in cursor.fetchall()]


def _match(parts: Sequence[str]) -> str:
    """What FTS5 is asked for: every part as it stands."""
    return " AND ".join('"{}"'.format(part.replace('"', '""')) for part in parts)


def _literal(part: str) -> str:
    """The letters of a pattern that stand for themselves."""
    for sign in ("\\", "%", "_"):
        part = part.replace(sign, f"\\{sign}")
    return part
