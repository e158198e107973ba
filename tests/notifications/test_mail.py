"""The headers by which other mail programs thread, answer or do not answer, and the addresses."""

from email import message_from_bytes, policy

import pytest
from django.test import override_settings
from django.urls import include, path

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import OutboxMessage
from helpdesk_plugin.notifications.mail import compose, is_address, message_id, sender, thread_id
from helpdesk_plugin.notifications.rendering import Content, render
from tests.factories import make_ticket, make_user, ticket_at

CONTENT = Content(subject="[HD-1] Uji – é", plain="Halo\n", html="<p>Halo</p>")

# Stands in for the addresses of a site: with the screen of tickets, and without.
desk_pages = ([path("<int:pk>/", lambda request, pk: None, name="inspect")], "helpdesk_tickets")
tracker = ([path("t/<str:number>/<str:token>/", lambda request: None, name="link")], "helpdesk")
urlpatterns = [path("lapor/", include(tracker)), path("meja/", include(desk_pages))]


@pytest.fixture
def message(agency):
    make_ticket()
    return OutboxMessage.objects.get()


@pytest.fixture
def headers(agency):
    """The headers of a message as a mail program reads them."""

    def parse(message, content=CONTENT):
        raw = compose(message, "penerima@example.test", content, agency).message().as_bytes()
        return message_from_bytes(raw, policy=policy.default)

    return parse


def fresh(message):
    return OutboxMessage.objects.select_related("ticket", "recipient").get(pk=message.pk)


def test_mail_says_that_no_person_wrote_it(message, headers):
    mail = headers(message)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"


def test_mail_has_plain_text_and_html_in_the_readers_language(message, headers):
    mail = headers(message)
    assert mail["Content-Language"] == "id"
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert mail["Subject"] == "[HD-1] Uji – é"


def test_mail_goes_to_one_recipient(message, headers):
    mail = headers(message)
    assert mail["To"] == "penerima@example.test"
    assert (mail["Cc"], mail["Bcc"]) == (None, None)


def test_sender_is_the_agency_at_the_sites_address(message, headers, settings):
    settings.DEFAULT_FROM_EMAIL = "Lama <helpdesk@example.go.id>"
    (address,) = headers(message)["From"].addresses
    assert (address.display_name, address.addr_spec) == ("Help Desk Diskominfo", "helpdesk@example.go.id")


def test_agency_name_with_commas_and_quotes_stays_one_name(agency, message, headers):
    agency.short_name = 'Dinas "Kominfo", Statistik\r\nBcc: korban@example.test'
    mail = headers(message)
    (address,) = mail["From"].addresses
    assert address.display_name == 'Help Desk Dinas "Kominfo", Statistik Bcc: korban@example.test'
    assert mail["Bcc"] is None


def test_agency_without_name_keeps_the_sites_sender(agency, settings):
    settings.DEFAULT_FROM_EMAIL = "Meja Bantuan <helpdesk@example.go.id>"
    agency.name = agency.short_name = ""
    assert sender(agency) == "Meja Bantuan <helpdesk@example.go.id>"


def test_answers_go_to_the_agency_if_it_has_an_address(agency, message, headers):
    assert headers(message)["Reply-To"] == "dinas@example.go.id"
    agency.email = ""
    assert headers(message)["Reply-To"] is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tanpa-at",
        "a@example.test, b@example.test",
        "a@example.test\nBcc: b@example.test",
        "A <a@example.test>",
        "a b@example.test",
    ],
)
def test_only_a_single_plain_address_is_one(text):
    assert is_address(text) is False


def test_newline_in_a_subject_cannot_become_a_header(message, agency):
    content = render(message, agency)
    assert len(compose(message, "a@example.test", content, agency).subject.splitlines()) == 1


# --- Identifiers --------------------------------------------------------------------------------------


def test_identifier_stays_the_same_at_every_try(message):
    first = message_id(message)
    OutboxMessage.objects.filter(pk=message.pk).update(attempts=7, last_error="x", state="sending")
    assert message_id(fresh(message)) == first


def test_identifier_changes_when_a_person_sends_again(message):
    first = message_id(message)
    OutboxMessage.objects.filter(pk=message.pk).update(resends=1)
    assert message_id(fresh(message)) != first


def test_identifiers_differ_between_messages_even_with_the_same_numbers(message):
    """As after a restored backup, when numbers of rows are given out a second time."""
    first = message_id(message)
    message.kind = "requester.triage"
    second = message_id(message)
    message.created_at = message.created_at.replace(microsecond=(message.created_at.microsecond + 1) % 10**6)
    assert len({first, second, message_id(message)}) == 3


@override_settings(HELPDESK_BASE_URL="https://diskominfo.example.go.id/")
def test_identifier_is_at_the_host_of_the_site(message):
    assert message_id(message).endswith("@diskominfo.example.go.id>")


@override_settings(HELPDESK_BASE_URL="http://[::1]:8000")
def test_identifier_is_well_formed_without_a_host_name(message):
    assert message_id(message).endswith("@localhost>")


def test_thread_of_the_requester_begins_with_the_confirmation(staff, headers):
    ticket_at(TicketStatus.DISPOSED, staff=staff)
    first, *later = OutboxMessage.objects.filter(recipient=None).order_by("pk")
    opening = headers(first)
    assert (opening["In-Reply-To"], opening["References"]) == (None, None)
    assert len(later) == 2
    for message in later:
        mail = headers(message)
        assert mail["In-Reply-To"] == mail["References"] == opening["Message-ID"]
        assert mail["Message-ID"] != opening["Message-ID"]


def test_threads_of_different_recipients_and_tickets_do_not_mix(staff):
    colleague = make_user(role=None)
    one, other = make_ticket(), make_ticket()
    rows = {
        (ticket.pk, whom and whom.pk): OutboxMessage(ticket=ticket, recipient=whom, kind="desk.submit")
        for ticket in (one, other)
        for whom in (None, staff.teknisi, colleague)
    }
    assert len({thread_id(row) for row in rows.values()}) == 6


# --- Links --------------------------------------------------------------------------------------------


@override_settings(
    ROOT_URLCONF=__name__,
    HELPDESK_BASE_URL="https://diskominfo.example.go.id",
    WAGTAILADMIN_BASE_URL="https://kantor.example.go.id",
)
def test_links_start_at_the_configured_address_and_lead_officers_to_the_ticket(agency, staff):
    ticket = make_ticket()
    plain = {
        row.recipient: render(row, agency).plain for row in OutboxMessage.objects.select_related("recipient")
    }
    assert (
        f"https://diskominfo.example.go.id/lapor/t/{ticket.number}/{ticket.access.link_token}/\n"
        in plain[None]
    )
    assert f"https://kantor.example.go.id/meja/{ticket.pk}/\n" in plain[staff.teknisi]


@override_settings(ROOT_URLCONF=__name__, HELPDESK_BASE_URL="https://diskominfo.example.go.id")
def test_link_for_officers_falls_back_without_the_screen_of_tickets(agency, staff, monkeypatch):
    monkeypatch.setitem(globals(), "urlpatterns", [path("lapor/", include(tracker))])
    make_ticket()
    row = OutboxMessage.objects.get(recipient=staff.teknisi)
    assert "https://diskominfo.example.go.id/\n" in render(row, agency).plain
