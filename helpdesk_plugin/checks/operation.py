"""What could go wrong while the help desk runs: files that anybody may open, mail that stands still."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, InvalidStorageError, storages
from django.db import DatabaseError, connection

from helpdesk_plugin import conf
from helpdesk_plugin.demo.warning import accounts_warning
from helpdesk_plugin.documents import library
from helpdesk_plugin.models import TicketSearchText, trigrams
from helpdesk_plugin.notifications.delivery import LEASE

#: Backends that speak to a mail server and wait for its answers.
_WAITING_BACKENDS = ("django.core.mail.backends.smtp.EmailBackend",)


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


@register(Tags.database)
def search_has_its_index(databases: Sequence[str] | None = None, **kwargs) -> list[CheckMessage]:
    """Warn (helpdesk.W009) while the search for words reads every text, and say how to mend that.

    Runs where the database may be asked: in `migrate` and in `check --database default`.
    """
    if databases is None:
        return []
    try:
        if not TicketSearchText.objects.exists() or trigrams.is_there():
            return []
    except DatabaseError:
        return []  # Before the first migration there is nothing to search.
    return [Warning(trigrams.MISSING, hint=trigrams.how_to_get_it(connection), id="helpdesk.W009")]


@register(Tags.files)
def private_files_have_a_place(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Demand a private store for the files of tickets (helpdesk.E001), outside MEDIA_ROOT (helpdesk.E002)."""
    alias = conf.attachment_storage_alias()
    try:
        store = storages[alias]
    except InvalidStorageError as error:
        return [
            Error(
                conf.no_attachment_storage(str(error)),
                hint="The README of the plugin shows the lines, under “In an existing Wagtail site”.",
                id="helpdesk.E001",
            )
        ]
    if not isinstance(store, FileSystemStorage) or not settings.MEDIA_ROOT:
        return []
    if not _lies_in(store.location, settings.MEDIA_ROOT):
        return []
    return [
        Error(
            f'STORAGES["{alias}"] keeps the files of tickets below MEDIA_ROOT, where anybody may open them.',
            hint="Give it a location of its own that the web server does not serve.",
            id="helpdesk.E002",
        )
    ]


@register(Tags.compatibility)
def mail_server_cannot_hold_a_worker(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Warn (helpdesk.W002) where a mail server that hangs could hold a worker past its lease on a message.

    Then another worker takes the message over, and it may be sent twice.
    """
    timeout, longest = getattr(settings, "EMAIL_TIMEOUT", None), int(LEASE.total_seconds() / 2)
    if settings.EMAIL_BACKEND not in _WAITING_BACKENDS or (timeout and timeout <= longest):
        return []
    return [
        Warning(
            "EMAIL_TIMEOUT does not end the wait for a mail server that hangs before another worker takes "
            "the message over, so mail could stand still or be sent twice.",
            hint=f"Set it to some seconds, such as EMAIL_TIMEOUT = 20; at most {longest}.",
            id="helpdesk.W002",
        )
    ]


@register(Tags.compatibility)
def documents_can_be_drawn(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Warn (helpdesk.W003) while official documents cannot be drawn, and say what to install."""
    problem = library.problem()
    if not problem:
        return []
    hint = "Everything else works; without it the screens offer no PDF. See docs/documents.md."
    return [Warning(problem, hint=hint, id="helpdesk.W003")]


@register(Tags.security)
def scanner_is_named_well(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Refuse (helpdesk.E013) an address of the virus scanner that cannot be one."""
    try:
        conf.scanner()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="docs/settings.md names both ways.", id="helpdesk.E013")]
    return []


def _lies_in(place, directory) -> bool:
    return Path(place).resolve().is_relative_to(Path(directory).resolve())
