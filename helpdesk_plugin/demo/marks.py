"""What the demonstration has made, as setup records.

``demo:account:<name>``, ``demo:tickets``, ``demo:surveys``.
"""

import hashlib

from django.contrib.auth import get_user_model

from helpdesk_plugin.models import SetupRecord

_ACCOUNT = "demo:account:"
_TICKETS = "demo:tickets"
_SURVEYS = "demo:surveys"


def account_marks() -> dict[str, SetupRecord]:
    """The record of each account that was ever made, by user name."""
    records = SetupRecord.objects.filter(key__startswith=_ACCOUNT)
    return {record.key.removeprefix(_ACCOUNT): record for record in records}


def mark_account(user) -> None:
    """Remember an account and the password that it has now."""
    SetupRecord.objects.update_or_create(
        key=f"{_ACCOUNT}{user.get_username()}", defaults={"note": f"{user.pk}:{_fingerprint(user)}"}
    )


def is_untouched(user, mark: SetupRecord) -> bool:
    """Whether this is the account that was made, with the password that was set."""
    return mark.note == f"{user.pk}:{_fingerprint(user)}"


def active_accounts() -> list[str]:
    """User names of the demonstration accounts that can be logged in to, as they were made."""
    ids = [mark.note.partition(":")[0] for mark in account_marks().values()]
    users = get_user_model().objects.filter(pk__in=[i for i in ids if i], is_active=True)
    return [user.get_username() for user in users.order_by("pk")]


def tickets_were_made() -> bool:
    return SetupRecord.objects.filter(key=_TICKETS).exists()


def mark_tickets(count: int) -> None:
    SetupRecord.objects.create(key=_TICKETS, note=str(count))


def surveys_were_made() -> bool:
    return SetupRecord.objects.filter(key=_SURVEYS).exists()


def mark_surveys(count: int) -> None:
    SetupRecord.objects.create(key=_SURVEYS, note=str(count))


def _fingerprint(user) -> str:
    # Of the salted hash, not of the password: the record tells no more than the user's row does.
    return hashlib.sha256(user.password.encode()).hexdigest()[:32]
