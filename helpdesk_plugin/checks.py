"""System checks of the plugin."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.db import DatabaseError

from helpdesk_plugin.demo.warning import accounts_warning


@register(Tags.database)
def no_demonstration_accounts(databases: Sequence[str] | None = None, **kwargs) -> list[CheckMessage]:
    """Warn (helpdesk.W001) while demonstration accounts can be logged in to and DEBUG is off.

    Runs where the database may be asked: in `migrate` and in `check --database default`.
    """
    if databases is None or settings.DEBUG:
        return []
    try:
        warning = accounts_warning()
    except DatabaseError:
        return []  # Before the first migration there is no table, and no account either.
    return [warning] if warning else []
