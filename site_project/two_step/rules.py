"""Who is asked for a second step, and when an account counts as signed in."""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django_otp.plugins.otp_totp.models import TOTPDevice

MUST_USE = "two_step.must_use"


class Stage(StrEnum):
    """What is asked of an account before it may go on; the values name the pages."""

    CLEAR = ""
    CHECK = "two_step_check"
    ENROL = "two_step_enrol"


def enabled() -> bool:
    """Whether this site knows two steps at all (TWO_STEP_VERIFICATION)."""
    return settings.TWO_STEP_VERIFICATION


def has_device(user: Any) -> bool:
    """Whether this account has a telephone set up. One query."""
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


def must_use(user: Any) -> bool:
    """Whether one of its groups demands two steps of this account; superusers hold every permission."""
    return user.has_perm(MUST_USE)


def stage(user: Any) -> Stage:
    """What is still asked of an account that has given its password. Only the admin's people are asked."""
    if not user.is_authenticated or user.is_verified() or not user.has_perm("wagtailadmin.access_admin"):
        return Stage.CLEAR
    if has_device(user):
        return Stage.CHECK
    return Stage.ENROL if must_use(user) else Stage.CLEAR


def whole(user: Any) -> Any:
    """The account, or nobody while it has given its password alone."""
    return AnonymousUser() if stage(user) else user
