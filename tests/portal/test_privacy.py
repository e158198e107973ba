"""The whole answer of every public page, of a ticket full of secrets: none of them is in it."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.http import urlencode

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import OpdContact
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.portal.acts import DEEDS
from helpdesk_plugin.portal.figures import ENOUGH
from helpdesk_plugin.services import conversation, disposition, handling, survey
from tests.factories import MONDAY_9, Journey, Staff, accepted, make_opd, make_service, make_ticket, make_user
from tests.portal.conftest import act, page
from tests.portal.test_my_tickets import link_for

#: What the requester entrusted to the desk, and what belongs to the desk alone.
ENTRUSTED = {
    "requester_name": "RAHASIA-NAMA",
    "requester_unit": "RAHASIA-UNIT",
    "requester_phone": "+6281377778888",
    "requester_email": "rahasia.surel@example.test",
    "requester_nip": "198609262015051777",
}
INTERNAL = ("RAHASIA-CATATAN", "RAHASIA-DISPOSISI", "RAHASIA-GEJALA", "RAHASIA-SEBAB", "RAHASIA-INTERN.pdf")
OTHERS = ("LAIN-NAMA", "lain.surel@example.test", "LAIN-RINGKASAN")
SPELLINGS = ("081377778888", "0813-7777-8888", "6281377778888", "19860926", "•")


class SecretStaff(Staff):
    """Officers whose names nobody outside may read."""

    def __getitem__(self, role: Role):
        if role not in self._made:
            self._made[role] = make_user(
                role, username=f"rahasia-{role.value}", first_name="PETUGAS-NAMA", last_name="PETUGAS-MARGA"
            )
        return self._made[role]


class SecretJourney(Journey):
    def dispose(self):
        disposition.dispose_ticket(
            self.id, disposition.Order(), by=self.staff.kadis, note="RAHASIA-DISPOSISI"
        )

    def diagnose(self):
        finding = handling.Finding(symptoms="RAHASIA-GEJALA", checks="x", cause="RAHASIA-SEBAB")
        handling.diagnose_ticket(self.id, finding, by=self.staff.prakom)


@pytest.fixture(params=list(TicketStatus), ids=lambda status: status.value)
def ticket(request):
    make_ticket(requester_name=OTHERS[0], requester_email=OTHERS[1], summary=OTHERS[2])
    journey = SecretJourney(staff=SecretStaff(), at=MONDAY_9, **ENTRUSTED)
    with acting_at(MONDAY_9):
        conversation.note_ticket(
            journey.id,
            by=journey.staff.prakom,
            note="RAHASIA-CATATAN",
            files=[accepted("RAHASIA-INTERN.pdf")],
        )
        conversation.reply_to_ticket(journey.id, by=Party.REQUESTER, note="Pesan saya")
        conversation.reply_to_ticket(journey.id, by=journey.staff.teknisi, note="Balasan petugas")
    return journey.to(request.param)


def secrets_of(ticket):
    access = ticket.access
    people = ("PETUGAS-NAMA", "PETUGAS-MARGA", "rahasia-")
    keys = (access.link_token, access.nonce.hex())
    return (*ENTRUSTED.values(), *INTERNAL, *OTHERS, *SPELLINGS, *people, *keys)


def test_no_public_page_tells_what_is_not_for_the_requester(client, open_here, ticket):
    open_here(ticket)
    addresses = [page(ticket), f"{page(ticket)}?semua=1"]
    addresses += [reverse(f"helpdesk:{name}", args=[ticket.number]) for name in ("receipt", "forget")]
    addresses += [act(ticket, deed.slug) for deed in DEEDS]
    addresses.append(reverse("helpdesk:survey", args=[ticket.number]))
    for address in addresses:
        answer = client.get(address)
        html = answer.content.decode()
        assert [secret for secret in secrets_of(ticket) if secret in html] == [], address
        told = str(answer.headers) + str(answer.cookies)
        assert [secret for secret in secrets_of(ticket) if secret in told] == [], address
        if "tanda-terima" not in address:
            assert ticket.access.code not in html.replace("-", ""), address
    html = client.get(page(ticket)).content.decode()
    assert "Pesan saya" in html
    assert "Balasan petugas" in html
    for address in open_addresses(ticket):
        answer = client.get(address)
        whole = answer.content.decode() + str(answer.headers) + str(answer.cookies)
        for told in (*secrets_of(ticket), ticket.number, ticket.summary, ticket.access.code):
            assert told not in whole, address


def open_addresses(ticket):
    """Every page that needs no key, also when asked about this very ticket."""
    names = ("report", "request", "track", "catalogue", "sop", "privacy", "my_tickets")
    pages = [reverse(f"helpdesk:{name}") for name in names]
    pages += [reverse("helpdesk:standard", args=[ticket.service.code])]
    pages += [reverse("helpdesk:standard", args=["TIDAK-ADA"])]
    for asked in (ticket.requester_name, ticket.requester_email, ticket.description):
        pages.append(f"{reverse('helpdesk:catalogue')}?{urlencode({'cari': asked[:4]})}")
    return pages


def test_figures_of_a_service_name_neither_people_nor_offices(client):
    """Enough closed tickets of one office to be counted: counts are told, and nothing else of them."""
    service, office, staff = make_service(), make_opd(name="RAHASIA-KANTOR"), SecretStaff()
    for _ in range(ENOUGH):
        journey = SecretJourney(staff=staff, at=MONDAY_9, service=service, opd=office, **ENTRUSTED)
        ticket = journey.to(TicketStatus.CLOSED)
    with acting_at(journey.at):
        for address in open_addresses(ticket):
            html = client.get(address).content.decode()
            told = (*secrets_of(ticket), ticket.number, ticket.access.code, office.name)
            assert [secret for secret in told if secret in html] == [], address
        html = client.get(reverse("helpdesk:standard", args=[service.code])).content.decode()
    assert f"{ENOUGH} permohonan ditutup" in html


def told_by(client, address):
    answer = client.get(address)
    return answer.content.decode() + str(answer.headers) + str(answer.cookies)


def test_list_of_the_requester_tells_them_nothing_new(client, ticket):
    client.post(link_for(ENTRUSTED["requester_email"]))
    told = told_by(client, reverse("helpdesk:my_tickets"))
    # The list says with which address one is signed in; it is the only thing entrusted that it repeats.
    kept = [secret for secret in secrets_of(ticket) if secret != ENTRUSTED["requester_email"]]
    assert [secret for secret in kept if secret in told] == []
    assert ticket.number in told
    assert ticket.access.code not in told.replace("-", "")


def test_pages_of_a_contact_tell_no_more_than_progress(client, ticket):
    OpdContact.objects.create(opd=ticket.opd, name="Rina", email="rina@example.test", first_day="2026-01-01")
    client.post(link_for("rina@example.test"))
    pages = [reverse(f"helpdesk:{name}", args=[ticket.number]) for name in ("agency_ticket", "agency_reply")]
    for address in (reverse("helpdesk:my_tickets"), *pages):
        told = told_by(client, address)
        assert ticket.number in told, address
        assert [secret for secret in secrets_of(ticket) if secret in told] == [], address
        assert ticket.access.code not in told.replace("-", ""), address


def test_mail_with_the_link_tells_nothing_of_any_ticket(client, ticket):
    outbox.deliver_due()
    mail.outbox.clear()
    client.post(reverse("helpdesk:my_tickets"), {"email": ENTRUSTED["requester_email"]})
    outbox.deliver_due()
    (letter,) = mail.outbox
    told = letter.subject + letter.body + letter.alternatives[0].content
    assert [secret for secret in (*secrets_of(ticket), ticket.number, ticket.summary) if secret in told] == []


def test_rating_is_for_officers_alone(client, open_here, ticket):
    if ticket.state is not TicketStatus.CLOSED:
        return
    survey.rate_ticket(ticket.pk, by=Party.REQUESTER, score=1, comment="RAHASIA-KOMENTAR")
    open_here(ticket)
    OpdContact.objects.create(opd=ticket.opd, name="Rina", email="rina@example.test", first_day="2026-01-01")
    client.post(link_for("rina@example.test"))
    shown = [page(ticket), reverse("helpdesk:agency_ticket", args=[ticket.number])]
    for address in (*shown, reverse("helpdesk:my_tickets")):
        told = told_by(client, address)
        assert "RAHASIA-KOMENTAR" not in told, address
        assert "Tidak puas" not in told, address
