"""Codes of the telephone and codes for the day on which it is lost.

A telephone's key is django-otp's, as its verification is. Recovery codes are kept as keyed digests only, and
each works once.
"""

import re
import secrets
import time
from base64 import b32encode
from binascii import unhexlify
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

RECOVERY_CODES = 10
#: Without letters and digits that look alike; ten of them are 49 bits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 10


class CodeRefused(Exception):
    """The code is wrong or was used; ``wait`` is how many seconds no code is taken, 0 for none."""

    def __init__(self, wait: int = 0) -> None:
        self.wait = wait
        super().__init__(f"wait {wait}")


def new_key() -> str:
    """A random key for a telephone, in hexadecimal."""
    return random_hex(20)


def device_with(user: Any, key: str) -> TOTPDevice:
    """The telephone that would have this key; not stored."""
    return TOTPDevice(user=user, name="TOTP", key=key)


def confirm(user: Any, key: str, code: str) -> tuple[TOTPDevice, list[str]]:
    """Store the telephone whose key shows this code now, and return it with new recovery codes.

    Takes the place of what the account had. Raises CodeRefused.
    """
    device = device_with(user, key)
    clock = TOTP(unhexlify(key), device.step, device.t0, device.digits)
    clock.time = time.time()
    if not re.fullmatch("[0-9]{6}", code) or not clock.verify(int(code), tolerance=device.tolerance):
        raise CodeRefused
    device.last_t, device.drift = clock.t(), clock.drift  # the code that was just shown opens nothing more
    with transaction.atomic():
        forget(user)
        device.save()
        return device, new_recovery_codes(user)


def forget(user: Any) -> bool:
    """Take telephone and recovery codes away; return whether there were any. Ends what they had opened."""
    with transaction.atomic():
        gone = [kind.objects.filter(user=user).delete()[0] for kind in (TOTPDevice, StaticDevice)]
    return any(gone)


def new_recovery_codes(user: Any) -> list[str]:
    """Make recovery codes in place of the former ones and return them, for the only time."""
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        for code in codes:
            device.token_set.create(token=_digest(user, code, settings.SECRET_KEY))
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def recovery_codes_left(user: Any) -> int:
    """How many recovery codes have not been used. One query."""
    return StaticToken.objects.filter(device__user=user).count()


def verify(user: Any, typed: str, *, recovery: bool = True) -> Device:
    """Return the device that this code proves; a recovery code is used up. Raises CodeRefused.

    ``recovery``: whether recovery codes are taken too.
    """
    typed = re.sub(r"[\s-]", "", typed).lower()
    with transaction.atomic():
        if re.fullmatch("[0-9]{6}", typed):
            device, token = _locked(TOTPDevice, user), typed
        else:
            device = _locked(StaticDevice, user) if recovery else None
            token = _stored_digest(device, user, typed) if device else ""
        wait = _wait(device) if device else 0
        good = bool(device) and not wait and device.verify_token(token)
    # Raised only here: inside, the count of wrong codes would be undone with everything else.
    if not good:
        raise CodeRefused(wait)
    return device


def _locked(kind: type[Device], user: Any) -> Device | None:
    return kind.objects.devices_for_user(user, confirmed=True).select_for_update().first()


def _wait(device: Device) -> int:
    allowed, why = device.verify_is_allowed()
    if allowed:
        return 0
    until: datetime = why["locked_until"]
    return max(1, round((until - timezone.now()).total_seconds()))


def _stored_digest(device: StaticDevice, user: Any, code: str) -> str:
    """The digest under which this code would be stored, by the present key or by one before it."""
    digests = [_digest(user, code, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    found = device.token_set.filter(token__in=digests).first()
    return found.token if found else digests[0]


def _digest(user: Any, code: str, key: str) -> str:
    mac = salted_hmac("two_step.recovery", f"{user.pk}:{code}", secret=key, algorithm="sha256")
    return b32encode(mac.digest()[:10]).decode()
