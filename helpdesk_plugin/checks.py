"""System checks of the plugin."""

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError
from django.utils.translation import gettext as _

from helpdesk_plugin.demo.marks import active_accounts

DEMONSTRATION_ACCOUNTS = "helpdesk.W001"


@register(Tags.database)
def no_demonstration_accounts(**kwargs) -> list[CheckMessage]:
    """Warn while accounts of the demonstration can be logged in to on a site that is not for development.

    Runs where the database may be asked: in `migrate` and in `check --database default`.
    """
    if settings.DEBUG:
        return []
    try:
        names = active_accounts()
    except DatabaseError:
        return []  # Before the first migration there is no table, and no account either.
    return [demonstration_warning(names)] if names else []


def demonstration_warning(names: list[str]) -> Warning:
    """The warning that these accounts exist."""
    return Warning(
        _("Demonstration accounts can be logged in to: %(names)s.") % {"names": ", ".join(names)},
        hint=_("Deactivate or delete them before the site is used in earnest."),
        id=DEMONSTRATION_ACCOUNTS,
    )
