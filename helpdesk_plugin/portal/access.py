"""Which tickets this browser may open: a signed cookie that holds no secret.

Typing number and code, or following the mailed link, writes the ticket's id and a fingerprint of its key
into the cookie for a few hours. The fingerprint dies with the key, so a new code shuts every door that the
old one had opened. One question, `open_ticket`, is asked by every page, file and act.
"""

import hashlib
import time

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.crypto import constant_time_compare

from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.models import RetiredKey, Ticket

COOKIE = "helpdesk_tickets"
HOURS = 12
MOST_TICKETS = 20
_SALT = "helpdesk.portal.access"


class NotOpen(Http404):
    """This browser holds no key to that ticket, or there is none: the two are never told apart."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__("not open")


def open_ticket(request, number: str) -> Ticket:
    """The ticket with this number if this browser may open it. Raises NotOpen otherwise.

    Joins service, agency and key: one query.
    """
    grants = _grants(request)
    mine = Ticket.objects.filter(pk__in=list(grants), number=typed_number(number))
    ticket = mine.select_related("service", "opd", "access").first()
    if ticket is None or not constant_time_compare(grants[ticket.pk][1], _fingerprint(ticket)):
        raise NotOpen(number)
    return ticket


def typed_number(number: str) -> str:
    """A ticket number from an address of the site, fit to be looked for."""
    return plain_line(number)[:40]


def open_twin(request, digest: str, since) -> Ticket | None:
    """A ticket filed since then with the same words and files that this browser may open, if there is one."""
    mine = Ticket.objects.filter(pk__in=list(_grants(request)), submission_digest=digest)
    return mine.filter(submitted_at__gte=since).select_related("access").first()


def grant(request, response, ticket: Ticket) -> None:
    """Open a ticket to this browser for `HOURS`; the oldest of more than `MOST_TICKETS` is shut."""
    grants = _grants(request)
    grants.pop(ticket.pk, None)
    grants[ticket.pk] = (int(time.time()) + HOURS * 3600, _fingerprint(ticket))
    _write(request, response, dict(list(grants.items())[-MOST_TICKETS:]))


def forget(request, response, ticket: Ticket) -> None:
    """Shut a ticket to this browser: the computer of an office serves many."""
    grants = _grants(request)
    grants.pop(ticket.pk, None)
    _write(request, response, grants)


def forget_all(response) -> None:
    """Shut every ticket to this browser."""
    response.delete_cookie(COOKIE, path=portal_path(), samesite="Lax")


def _grants(request) -> dict[int, tuple[int, str]]:
    """Ticket id → (valid until, fingerprint), oldest first; whatever was tampered with counts as nothing."""
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=HOURS * 3600)
        rows = [(int(pk), int(until), str(mark)) for pk, until, mark in held]
    except (signing.BadSignature, ValueError, TypeError):
        return {}
    return {pk: (until, mark) for pk, until, mark in rows if until > time.time()}


def _write(request, response, grants) -> None:
    path = portal_path()
    if not grants:
        response.delete_cookie(COOKIE, path=path, samesite="Lax")
        return
    rows = [(pk, until, mark) for pk, (until, mark) in grants.items()]
    response.set_cookie(
        COOKIE,
        signing.dumps(rows, salt=_SALT, compress=True),
        max_age=HOURS * 3600,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _fingerprint(ticket: Ticket) -> str:
    try:
        token = ticket.access.link_token
    except RetiredKey:
        # Retired on purpose: nothing opens any more, the open tabs included.
        raise NotOpen(ticket.number) from None
    # The token has 160 random bits: a plain hash gives nothing away, and outlives a rotated SECRET_KEY.
    return hashlib.sha256(f"{_SALT}:{token}".encode()).hexdigest()[:24]


def portal_path() -> str:
    """The portal's own part of the site; the cookie is sent nowhere else."""
    return reverse("helpdesk:home")


def site_path() -> str:
    """Where the site's own pages begin; the root of the project where Wagtail serves none."""
    try:
        return reverse("wagtail_serve", args=[""])
    except NoReverseMatch:
        return get_script_prefix()
