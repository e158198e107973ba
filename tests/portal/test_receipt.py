"""The receipt: everything a requester must keep, on the screen, on one sheet, and in the mail."""

import re

import segno
from django.core import mail
from django.urls import reverse

from helpdesk_plugin.models import HelpDeskSettings
from helpdesk_plugin.notifications.delivery import deliver_due
from helpdesk_plugin.portal.qr import QUIET_ZONE, qr_code
from tests.factories import make_ticket


def receipt_of(client, ticket) -> str:
    return client.get(reverse("helpdesk:receipt", args=[ticket.number])).content.decode()


def modules_of(path: str, side: int) -> list[list[bool]]:
    """The square that an SVG path paints, read back module by module."""
    square = [[False] * side for _ in range(side)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\d+z", path):
        for column in range(int(x), int(x) + int(width)):
            square[int(y)][column] = True
    return square


def test_drawing_holds_exactly_the_modules_of_the_code():
    text = "https://helpdesk.example.go.id/help-desk/t/HD-2026-000123/abcdefghijklmnopqrstuvwxyz012345/"
    drawn = qr_code(text)
    expected = [
        [bool(m) for m in row] for row in segno.make_qr(text, error="m").matrix_iter(border=QUIET_ZONE)
    ]
    assert modules_of(drawn.path, drawn.side) == expected


def test_qr_code_is_the_link_of_the_mails(client, open_here, settings):
    settings.HELPDESK_BASE_URL = "https://helpdesk.example.go.id"
    ticket = open_here(make_ticket())
    link = reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token])
    html = receipt_of(client, ticket)
    assert f'd="{qr_code(settings.HELPDESK_BASE_URL + link).path}"' in html
    assert "https://helpdesk.example.go.id/help-desk/lacak/" in html
    assert link not in html


def test_receipt_is_shown_only_to_browsers_that_the_ticket_is_open_to(client):
    ticket = make_ticket()
    answer = client.get(reverse("helpdesk:receipt", args=[ticket.number]))
    assert (answer.status_code, answer.content) == (302, b"")


def test_receipt_is_kept_by_nobody_on_the_way(client, open_here):
    ticket = open_here(make_ticket())
    answer = client.get(reverse("helpdesk:receipt", args=[ticket.number]))
    assert set(answer["Cache-Control"].split(", ")) >= {"no-store", "private"}


def test_receipt_tells_the_version_of_the_privacy_notice(client, open_here):
    HelpDeskSettings.objects.update(privacy_version=7)
    html = receipt_of(client, open_here(make_ticket()))
    assert "versi 7" in html
    assert reverse("helpdesk:privacy") in html


def test_mail_holds_number_code_link_next_step_and_date(settings):
    settings.HELPDESK_BASE_URL = "https://helpdesk.example.go.id"
    ticket = make_ticket()
    deliver_due()
    sent = [message for message in mail.outbox if message.to == [ticket.requester_email]]
    assert len(sent) == 1
    link = reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token])
    code = ticket.access.code
    for told in (ticket.number, f"{code[:4]}-{code[4:8]}-{code[8:]}", settings.HELPDESK_BASE_URL + link):
        assert told in sent[0].body
    assert "Langkah berikutnya" in sent[0].body
    assert re.search(r"paling lambat: \w+, \d+ \w+ \d{4}, \d\d\.\d\d WIB", sent[0].body)
