"""A desk with everything a public page leans on, drawn in the plugin's own frame."""

import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse

from helpdesk_plugin.models import AgencyProfile, HelpDeskSettings, Ticket
from tests.factories import make_agency_data, make_opd, make_service


@pytest.fixture(autouse=True)
def desk(db, settings):
    settings.HELPDESK_BASE_TEMPLATE = "helpdesk_plugin/base.html"
    cache.clear()
    make_agency_data()
    agency = AgencyProfile.load()
    agency.name, agency.phone, agency.email = "Dinas Contoh", "(0536) 12345", "helpdesk@example.go.id"
    agency.save()
    HelpDeskSettings.load()
    return agency


@pytest.fixture
def service():
    return make_service(name="Internet OPD", hint="Sebutkan ruangannya.", self_check="Lampu menyala?")


@pytest.fixture
def opd():
    return make_opd(name="Badan Keuangan Contoh")


@pytest.fixture
def typed(service, opd):
    """What a person types into the form for a disruption, all of it right."""
    return {
        "layanan": service.code,
        "kunci": str(uuid.uuid4()),
        "aksi": "kirim",
        "summary": "Internet kantor mati",
        "description": "Lampu modem merah.\nSudah dicoba dinyalakan ulang.",
        "who_affected": "office",
        "alternative": "no",
        "requester_name": "Sari Melati",
        "opd": str(opd.pk),
        "requester_unit": "Bidang Anggaran, lantai 2",
        "requester_phone": "0812 3456 7890",
        "requester_email": "sari.melati@example.test",
        "requester_nip": "",
        "privacy_ack": "1",
    }


@pytest.fixture
def file_it(client):
    """Send the form and follow to where it leads."""

    def send(data, *, where="report", **extra):
        return client.post(reverse(f"helpdesk:{where}"), data, follow=True, **extra)

    return send


@pytest.fixture
def open_here(client):
    """Open a ticket to the test's browser by number and code, as a requester does."""

    def open_one(ticket: Ticket):
        answer = client.post(reverse("helpdesk:track"), {"nomor": ticket.number, "kode": ticket.access.code})
        assert answer.status_code == 302
        return ticket

    return open_one


def page(ticket: Ticket) -> str:
    return reverse("helpdesk:ticket", args=[ticket.number])


def act(ticket: Ticket, slug: str) -> str:
    return reverse("helpdesk:act", args=[ticket.number, slug])
