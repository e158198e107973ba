"""Every address of the public help desk, read from its URLs: a page that is added is looked at by itself.

Tests that hold for all pages walk these addresses. Whoever adds a page whose address has a part that is not
known here gets a LookupError that says so.
"""

import io
from collections.abc import Iterable, Iterator
from itertools import product

from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from pypdf import PdfReader

from helpdesk_plugin.models import (
    NoticeSubscription,
    StatusNotice,
    SurveyInvitation,
    SurveyPeriod,
    Ticket,
)
from helpdesk_plugin.portal.acts import DEEDS

#: The namespace under which the site mounts the help desk.
HELP_DESK = "helpdesk"
#: Addresses without a page of their own: they take a POST, lead on to a page, or hand over a file.
WITHOUT_A_PAGE = {
    "home",
    "keep",
    "link",
    "survey_link",
    "my_ticket",
    "attachment",
    "receipt_pdf",
    "helped",
} | {*("status_atom", "status_rss", "status_json")}


def names() -> list[str]:
    """The names of all addresses, without the namespace."""
    return [name for name, _parts in _patterns()]


def addresses_of(ticket: Ticket, *, token: str, sign_in: str = "bukan-kunci") -> Iterator[tuple[str, str]]:
    """Name and address of every page there is, and of every page that this ticket has.

    ``token`` stands in links to a ticket, ``sign_in`` in links to somebody's list.
    """
    parts: dict[str, Iterable] = {
        "number": [ticket.number],
        "code": [ticket.service.code],
        "token": [token],
        "slug": [deed.slug for deed in DEEDS],
        "pk": list(ticket.attachments.values_list("pk", flat=True)) or [1],
        "year": [timezone.localdate().year],
        "month": [timezone.localdate().month],
    }
    of_others = {"sign_in": {"token": [sign_in]}, "notice": {"pk": _notices()}}
    of_others |= _subscriptions() | _surveys()
    for name, wanted in _patterns():
        its_parts = parts | of_others.get(name, {})
        unknown = [part for part in wanted if part not in its_parts]
        if unknown:
            raise LookupError(f"{name}: say in {__name__} what {unknown} in its address stands for")
        for values in product(*(its_parts[part] for part in wanted)):
            yield name, reverse(f"{HELP_DESK}:{name}", kwargs=dict(zip(wanted, values, strict=True)))


def _notices() -> list[int]:
    return list(StatusNotice.objects.values_list("pk", flat=True)) or [1]


def _subscriptions() -> dict[str, dict[str, Iterable]]:
    """The secrets of the first subscription that waits to be confirmed, and of the first one in force."""
    asked = NoticeSubscription.objects.filter(confirmed_at=None).first()
    held = NoticeSubscription.objects.in_force().first()
    confirm, manage = asked.confirm_token if asked else "x", held.manage_token if held else "x"
    of_held = {name: {"token": [manage]} for name in ("status_subscription", "status_unsubscribe")}
    return {"status_confirm": {"token": [confirm]}} | of_held


def _surveys() -> dict[str, dict[str, Iterable]]:
    """The link that anybody may use, and that of the first invitation that waits for an answer."""
    period = SurveyPeriod.objects.filter(open_link=True).first()
    invitation = SurveyInvitation.objects.filter(answered=False).first()
    return {
        "ikm_open": {"code": [period.open_code if period else "x"]},
        "ikm_invited": {"token": [invitation.token if invitation else "x"]},
    }


def told_by(client, address: str) -> str:
    """The whole answer: page or file, headers, cookies."""
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.headers["Content-Type"] == "application/pdf" and not answer.streaming:
        # One that we drew: its text is compressed.
        drawn = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        content = " ".join(drawn.split()).encode()
    return content.decode(errors="replace") + str(answer.headers) + str(answer.cookies)


def _patterns() -> list[tuple[str, list[str]]]:
    _prefix, mounted = get_resolver().namespace_dict[HELP_DESK]
    return list(_walk(mounted.url_patterns, "", []))


def _walk(patterns, namespace: str, parts: list[str]) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        its_parts = [*parts, *pattern.pattern.converters]
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", its_parts
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, its_parts)
