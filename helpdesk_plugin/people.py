"""Accounts of the host site, whatever its user model: what people are called, sorted by and reached at.

Nothing is taken for granted but what Django's `AbstractBaseUser` promises: a site may do without user names,
or without first and last names, and may call its field for mail addresses as it likes.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

#: Fields of names in the order in which people are listed; a user model has any of them, or none.
_NAMES = ("first_name", "last_name")


def name_of(user: Any) -> str:
    """The full name of an officer, or what the account is called where the site keeps no names."""
    full_name = getattr(user, "get_full_name", None)
    named = full_name().strip() if full_name else ""
    return named or user.get_username()


def name_fields() -> tuple[str, ...]:
    """Fields of the user model that together make up a name; the last one is the account's own."""
    model = get_user_model()
    there = {field.name for field in model._meta.get_fields()}
    return *(name for name in _NAMES if name in there), model.USERNAME_FIELD


def joined_name(values: Sequence[str | None]) -> str:
    """The name out of the values of `name_fields`, in their order; empty where there is no account."""
    *names, account = values
    return " ".join(filter(None, names)) or account or ""


def mail_field() -> str:
    """Name of the user model's field for mail addresses."""
    return get_user_model().get_email_field_name()


def mail_address(user: Any) -> str:
    """The mail address of an account; empty without one."""
    return getattr(user, mail_field(), "") or ""


def with_address(users: Any) -> Any:
    """Those of a queryset of users who can be written to."""
    field = mail_field()
    return users.exclude(Q((field, "")) | Q((f"{field}__isnull", True)))
