"""What the agency wrote is marked as Indonesian on English pages (WCAG 3.1.2), and only there."""

import pytest
from django.conf import settings
from django.urls import reverse

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import ServiceQuestion
from helpdesk_plugin.models.questions import QuestionKind
from tests.factories import make_agency_data, make_service, ticket_at
from tests.portal.conftest import page


@pytest.fixture
def asking(db):
    make_agency_data()
    service = make_service(name="Internet OPD", hint="Sebutkan ruangannya.")
    ServiceQuestion.objects.create(service=service, label="Lampu modem berwarna apa?", kind=QuestionKind.LINE)
    return service


def english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def addresses(service) -> dict[str, str]:
    form = f"{reverse('helpdesk:report')}?layanan={service.code}"
    return {
        reverse("helpdesk:report"): "Internet OPD",
        form: "Lampu modem berwarna apa?",
        reverse("helpdesk:catalogue"): "Internet OPD",
        reverse("helpdesk:standard", args=[service.code]): "Sebutkan ruangannya.",
        reverse("helpdesk:sop"): "Pengajuan Penanganan Gangguan TIK",
    }


def test_data_of_the_agency_is_marked_on_english_pages(client, asking):
    for address, said in addresses(asking).items():
        assert f' lang="id">{said}' in english(client).get(address).content.decode(), address


def test_nothing_is_marked_on_indonesian_pages(client, asking):
    for address in addresses(asking):
        main = client.get(address).content.decode().partition("<main")[2]
        assert ' lang="id"' not in main, address


def test_ticket_page_marks_service_and_steps(client, asking, open_here):
    ticket = open_here(ticket_at(TicketStatus.TRIAGED, service=asking))
    html = english(client).get(page(ticket)).content.decode()
    assert ' lang="id">Internet OPD' in html
    assert '<p class="hd-steps__name"><span lang="id">' in html
