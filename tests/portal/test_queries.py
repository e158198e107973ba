"""What each page asks of the database, in figures; a loop over queries shows up here."""

import pytest
from django.urls import reverse

from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import RequiredDocument, ServiceQuestion
from helpdesk_plugin.services import conversation
from tests.factories import Journey, accepted, make_opd, make_service, make_ticket, upload
from tests.portal.conftest import act, page

# Every page that is drawn asks once for the notices of its banner.
CHOOSE = 3  # services; agency; banner
FORM = (
    13  # service, what is known of it, documents, questions, agencies; agency, settings; five for the hours
)
FORM_AGAIN = 14  # and what is kept; the agency that was chosen
CHECK = 15  # as the form again, without the list of agencies; articles that may help, who may read them
SUBMIT = 36
RECEIPT = 4  # ticket; agency and settings
TRACK = 3  # number pattern; key; ticket
TRACK_WRONG = 5  # number pattern; key; no ticket; agency
TICKET = 8  # ticket, ledger, files; notices; steps taken and their standards; agency
REPLY = 13
CATALOGUE = 7  # services, documents; two for the figures of the month, one for the survey; agency
STANDARD = 10  # service, documents; version, steps; matrix, targets; figures, survey; agency
PRIVACY = 5  # settings, their history; retention rules; agency
SOP = 7  # version, steps; targets; hours and windows; agency


@pytest.fixture(params=[1, 25], ids=["few", "many"])
def crowd(request, service):
    """A desk with little or much of everything."""
    for n in range(request.param):
        make_opd()
        other = make_service()
        RequiredDocument.objects.create(service=other, name=f"Dokumen {n}")
        ServiceQuestion.objects.create(service=service, label=f"Pertanyaan {n}")
        make_ticket(service=service)
    return request.param


def test_choosing_a_service(client, crowd, django_assert_num_queries):
    with django_assert_num_queries(CHOOSE):
        client.get(reverse("helpdesk:report"))


def test_form(client, crowd, service, django_assert_num_queries):
    with django_assert_num_queries(FORM):
        client.get(reverse("helpdesk:report"), {"layanan": service.code})


def test_form_with_errors(client, crowd, typed, django_assert_num_queries):
    with django_assert_num_queries(FORM_AGAIN):
        client.post(reverse("helpdesk:report"), {**typed, "summary": ""})


def test_check(client, crowd, typed, django_assert_num_queries):
    with django_assert_num_queries(CHECK):
        assert client.post(reverse("helpdesk:report"), {**typed, "aksi": "periksa"}).status_code == 200


def test_submit(client, crowd, typed, django_assert_num_queries):
    with django_assert_num_queries(SUBMIT):
        assert client.post(reverse("helpdesk:report"), typed).status_code == 302


def test_submit_with_four_files(client, crowd, typed, django_assert_num_queries):
    files = [upload(f"{n}.pdf") for n in range(4)]
    with django_assert_num_queries(SUBMIT + 4):
        assert client.post(reverse("helpdesk:report"), {**typed, "lampiran": files}).status_code == 302


def test_receipt(client, crowd, open_here, django_assert_num_queries):
    ticket = open_here(make_ticket())
    with django_assert_num_queries(RECEIPT):
        client.get(reverse("helpdesk:receipt", args=[ticket.number]))


def test_tracker_opens_a_ticket(client, crowd, django_assert_num_queries):
    ticket = make_ticket()
    typed = {"nomor": ticket.number, "kode": ticket.access.code}
    with django_assert_num_queries(TRACK):
        assert client.post(reverse("helpdesk:track"), typed).status_code == 302


def test_tracker_with_a_wrong_code(client, crowd, django_assert_num_queries):
    typed = {"nomor": make_ticket().number, "kode": "AAAA-AAAA-AAAA"}
    with django_assert_num_queries(TRACK_WRONG):
        assert client.post(reverse("helpdesk:track"), typed).status_code == 422


def test_ticket_page(client, crowd, open_here, django_assert_num_queries):
    journey = Journey()
    ticket = journey.to(TicketStatus.RECOVERING)
    for n in range(crowd):
        conversation.reply_to_ticket(ticket.pk, by=Party.REQUESTER, note=str(n), files=[accepted()])
    open_here(ticket)
    with django_assert_num_queries(TICKET):
        assert client.get(page(ticket)).status_code == 200


def test_reply(client, crowd, open_here, django_assert_num_queries):
    ticket = open_here(make_ticket())
    with django_assert_num_queries(REPLY):
        assert client.post(act(ticket, "balas"), {"note": "Halo"}).status_code == 302


def test_catalogue(client, crowd, django_assert_num_queries):
    with django_assert_num_queries(CATALOGUE):
        client.get(reverse("helpdesk:catalogue"))


def test_search_of_the_catalogue(client, crowd, django_assert_num_queries):
    with django_assert_num_queries(CATALOGUE):
        client.get(reverse("helpdesk:catalogue"), {"cari": "layanan contoh"})


def test_service_standard(client, crowd, service, django_assert_num_queries):
    RequiredDocument.objects.create(service=service, name="Dokumen")
    with django_assert_num_queries(STANDARD):
        client.get(reverse("helpdesk:standard", args=[service.code]))


def test_privacy(client, crowd, django_assert_num_queries):
    with django_assert_num_queries(PRIVACY):
        client.get(reverse("helpdesk:privacy"))


def test_sop(client, crowd, django_assert_num_queries):
    with django_assert_num_queries(SOP):
        client.get(reverse("helpdesk:sop"))
