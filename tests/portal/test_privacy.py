"""The whole answer of every public page, of a ticket full of secrets: none of them is in it."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Page

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import OpdContact
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.portal.figures import ENOUGH
from helpdesk_plugin.services import conversation, disposition, handling, survey
from tests.factories import MONDAY_9, Journey, Staff, accepted, make_opd, make_service, make_ticket, make_user
from tests.portal.by_mail import link_for
from tests.portal.conftest import page
from tests.portal.everywhere import addresses_of, names, told_by

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


def leaks(told, secrets):
    return [secret for secret in secrets if secret in told]


def test_no_page_tells_the_requester_what_is_not_for_them(client, open_here, ticket):
    """With every key that a requester may hold: number and code, the mailed links, their list."""
    open_here(ticket)
    mine = ENTRUSTED["requester_email"]
    client.post(link_for(mine))
    seen = set()
    for name, address in addresses_of(ticket, token=ticket.access.link_token, sign_in=fresh_key(mine)):
        told = told_by(client, address)
        secrets = set(secrets_of(ticket))
        if name == "my_tickets":
            # The list says with which address one is signed in; nothing else that was entrusted is repeated.
            secrets.remove(mine)
        assert leaks(told, secrets) == [], address
        if name in {"receipt", "receipt_pdf"}:
            assert ticket.access.code in told.replace("-", "")
        else:
            assert ticket.access.code not in told.replace("-", ""), address
        seen.add(name)
    assert seen == set(names())
    html = client.get(page(ticket)).content.decode()
    assert "Pesan saya" in html
    assert "Balasan petugas" in html
    assert leaks(told_by(client, f"{page(ticket)}?semua=1"), secrets_of(ticket)) == []


@pytest.mark.parametrize("ticket", [TicketStatus.RESOLVED], indirect=True, ids=["resolved"])
def test_no_page_tells_a_stranger_anything_of_a_ticket(client, ticket):
    walked = [
        *addresses_of(ticket, token="bukan-kunci"),
        *(("", address) for address in open_addresses(ticket)),
    ]
    for _name, address in walked:
        told = told_by(client, address)
        # A stranger who names a number is led to the tracker with what they have typed themselves.
        number = [] if ticket.number in address else [ticket.number]
        assert leaks(told, [*secrets_of(ticket), *number, ticket.summary]) == [], address
        assert ticket.access.code not in told.replace("-", ""), address


@pytest.mark.parametrize(
    "ticket",
    [TicketStatus.SUBMITTED, TicketStatus.RESOLVED, TicketStatus.CLOSED],
    indirect=True,
    ids=lambda status: status.value,
)
def test_no_page_tells_a_contact_more_than_progress(client, ticket):
    OpdContact.objects.create(opd=ticket.opd, name="Rina", email="rina@example.test", first_day="2026-01-01")
    client.post(link_for("rina@example.test"))
    opened = set()
    for name, address in addresses_of(ticket, token="bukan-kunci", sign_in=fresh_key("rina@example.test")):
        told = told_by(client, address)
        assert leaks(told, secrets_of(ticket)) == [], address
        assert ticket.access.code not in told.replace("-", ""), address
        if ticket.number in told and client.get(address).status_code == 200:
            opened.add(name)
    assert opened == {"my_tickets", "agency_ticket", "agency_reply"}


def fresh_key(address):
    """The key of a sign-in link that has not been used."""
    return link_for(address).rstrip("/").rsplit("/", 1)[-1]


@pytest.mark.parametrize("ticket", [TicketStatus.RESOLVED], indirect=True, ids=["resolved"])
def test_pages_of_the_site_tell_nothing_of_any_ticket(client, ticket, settings):
    settings.HELPDESK_BASE_TEMPLATE = "base.html"
    call_command("setup_helpdesk", verbosity=0)
    call_command("setup_site", verbosity=0)
    pages = [live.url for live in Page.objects.live().filter(depth__gt=1)]
    assert len(pages) > 5
    for address in [*pages, f"{reverse('search')}?{urlencode({'query': 'RAHASIA'})}", "/tidak-ada/"]:
        told = told_by(client, address).replace("RAHASIA&quot;", "").replace('value="RAHASIA"', "")
        assert leaks(told, [*secrets_of(ticket), ticket.number, ticket.summary]) == [], address
        assert ticket.access.code not in told.replace("-", ""), address


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
