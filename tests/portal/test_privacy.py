"""The whole answer of every public page, of a ticket full of secrets: none of them is in it."""

import pytest
from django.urls import reverse

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.portal.acts import DEEDS
from helpdesk_plugin.services import conversation, disposition, handling
from tests.factories import MONDAY_9, Journey, Staff, accepted, make_ticket, make_user
from tests.portal.conftest import act, page

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
    for name in ("report", "request", "track", "catalogue", "sop"):
        html = client.get(reverse(f"helpdesk:{name}")).content.decode()
        for told in (*secrets_of(ticket), ticket.number, ticket.summary):
            assert told not in html, name
