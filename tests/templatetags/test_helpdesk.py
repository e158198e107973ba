"""Dates, durations, numbers and statuses as pages write them, in both languages."""

from datetime import UTC, date, datetime, time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template import Context, Template
from django.utils import translation

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.templatetags import helpdesk

SUNDAY = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)  # 14.05 WIB


@pytest.mark.parametrize(
    ("filter_", "value", "indonesian", "english"),
    [
        (helpdesk.long_date, SUNDAY, "Minggu, 22 November 2026", "Sunday, 22 November 2026"),
        (helpdesk.long_date, date(2026, 5, 1), "Jumat, 1 Mei 2026", "Friday, 1 May 2026"),
        (helpdesk.short_date, SUNDAY, "22 Nov 2026", "22 Nov 2026"),
        (helpdesk.clock_time, SUNDAY, "14.05 WIB", "14:05 WIB"),
        (
            helpdesk.long_datetime,
            SUNDAY,
            "Minggu, 22 November 2026, 14.05 WIB",
            "Sunday, 22 November 2026, 14:05 WIB",
        ),
        (helpdesk.short_datetime, SUNDAY, "22 Nov 2026, 14.05 WIB", "22 Nov 2026, 14:05 WIB"),
        (helpdesk.hour, time(7, 30), "07.30", "07:30"),
        (helpdesk.working_time, 15, "15 menit", "15 minutes"),
        (helpdesk.working_time, 90, "1 jam 30 menit", "1 hour 30 minutes"),
        (helpdesk.working_time, 450, "1 hari kerja", "1 working day"),
        (helpdesk.working_time, 1350, "3 hari kerja", "3 working days"),
        (helpdesk.working_time, 0, "0 menit", "0 minutes"),
    ],
)
def test_words_in_both_languages(filter_, value, indonesian, english):
    with translation.override("id"):
        assert filter_(value) == indonesian
    with translation.override("en"):
        assert filter_(value) == english


def test_day_is_the_agencys_own():
    just_after_midnight = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # 00.30 WIB on Monday
    with translation.override("id"):
        assert helpdesk.long_date(just_after_midnight) == "Senin, 23 November 2026"


@pytest.mark.parametrize(
    "filter_",
    [
        *(helpdesk.long_date, helpdesk.short_date, helpdesk.clock_time, helpdesk.long_datetime),
        *(helpdesk.short_datetime, helpdesk.iso, helpdesk.hour, helpdesk.working_time),
        *(helpdesk.tel_link, helpdesk.whatsapp_link),
    ],
)
def test_nothing_is_written_as_nothing(filter_):
    assert filter_(None) == ""


def test_iso_is_in_the_agencys_zone():
    assert helpdesk.iso(SUNDAY) == "2026-11-22T14:05+07:00"


@pytest.mark.parametrize("status", list(TicketStatus))
def test_every_status_has_a_pill_with_a_word(status):
    template = Template("{% load helpdesk %}{% status_pill ticket %}")
    with translation.override("id"):
        ticket = Ticket(status=status.value)
        html = template.render(Context({"ticket": ticket}))
    assert ticket.requester_status in html
    assert 'aria-hidden="true"' in html


@pytest.mark.parametrize(
    ("number", "tel", "whatsapp"),
    [
        ("(0536) 12345", "tel:053612345", "https://wa.me/6253612345"),
        ("+62 812-3456-7890", "tel:+6281234567890", "https://wa.me/6281234567890"),
        ("bukan nomor", "", ""),
    ],
)
def test_telephone_links(number, tel, whatsapp):
    assert helpdesk.tel_link(number) == tel
    assert helpdesk.whatsapp_link(number) == whatsapp


def test_code_is_written_in_groups_and_spelt():
    assert helpdesk.code_groups("7K0MQR9T2XWB") == "7K0M-QR9T-2XWB"
    assert helpdesk.spelt("7K0MQR9T2XWB").startswith("tujuh Kilo nol Mike, ")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "Halo, saya ingin bertanya tentang tiket HD-2026-000123."),
        ("en", "Hello, I have a question about ticket HD-2026-000123."),
    ],
)
def test_chat_names_the_ticket_and_the_way_to_the_tracker(settings, language, said):
    settings.HELPDESK_BASE_URL = "https://diskominfo.example.go.id"
    with translation.override(language):
        link = urlsplit(helpdesk.chat_link("0812-3456-7890", "HD-2026-000123"))
    assert f"{link.scheme}://{link.netloc}{link.path}" == "https://wa.me/6281234567890"
    tracker = "https://diskominfo.example.go.id/help-desk/lacak/?nomor=HD-2026-000123"
    assert parse_qs(link.query) == {"text": [f"{said}\n{tracker}"]}


def test_chat_without_ticket_or_number_prefills_nothing():
    assert helpdesk.chat_link("0812-3456-7890") == "https://wa.me/6281234567890"
    assert helpdesk.chat_link("bukan nomor", "HD-2026-000123") == ""


def test_chat_of_a_site_without_an_address_names_the_ticket_alone(settings):
    settings.HELPDESK_BASE_URL = settings.WAGTAILADMIN_BASE_URL = ""
    with translation.override("en"):
        link = helpdesk.chat_link("0812-3456-7890", "HD-1")
    assert parse_qs(urlsplit(link).query) == {"text": ["Hello, I have a question about ticket HD-1."]}
