"""What was learnt before stands beside the diagnosis, and one press makes a draft of what was learnt here."""

import pytest

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.pages.models import KnowledgeArticlePage
from tests.factories import make_service, ticket_at, upload, without_security_rights
from tests.services.test_knowledge import publish, shelf  # noqa: F401 - a fixture
from tests.staff.conftest import act_url, filled, messages_of, page_url

PRESS = "Buat draf artikel pengetahuan"


@pytest.fixture
def officer(as_role):
    return as_role(Role.COMPUTER_OFFICER)


def test_while_diagnosing_solved_tickets_and_articles_are_at_hand(staff, officer, shelf):  # noqa: F811
    old = ticket_at(TicketStatus.CLOSED, staff=staff)
    article = publish(shelf, symptoms="Internet kantor mati, lampu modem merah")
    html = officer.get(page_url(ticket_at(TicketStatus.DIAGNOSING, staff=staff))).content.decode()
    assert old.number in html
    assert article.title in html
    assert PRESS not in html


def test_one_press_makes_the_draft(staff, officer, shelf):  # noqa: F811
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff)
    page = officer.get(page_url(ticket))
    assert PRESS in page.content.decode()
    learnt = page.context["learnt"]
    sent = {"version": ticket.version, "key": str(learnt.key)}
    answer = officer.post(learnt.write_up_url, sent, follow=True)
    officer.post(learnt.write_up_url, sent)
    assert KnowledgeArticlePage.objects.count() == 1
    html = answer.content.decode()
    assert "menunggu editor" in html
    assert f'action="{act_url(ticket, Remark.WRITE_UP)}"' not in html


def test_second_article_is_refused_in_words(staff, officer, shelf):  # noqa: F811
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff)
    url = act_url(ticket, Remark.WRITE_UP)
    for key in ("0" * 32, "1" * 32):
        answer = officer.post(url, {"version": ticket.version, "key": key})
    assert "pernah dibuat" in messages_of(answer)[-1]


def test_matters_of_security_offer_no_press(staff, officer, shelf):  # noqa: F811
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff, service=make_service(is_security=True))
    assert PRESS not in officer.get(page_url(ticket)).content.decode()


def test_auditors_read_and_draft_nothing(staff, as_role, shelf):  # noqa: F811
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff)
    assert PRESS not in as_role(Role.AUDITOR).get(page_url(ticket)).content.decode()


class TestSuggestions:
    """In the form of the diagnosis (S6)."""

    @pytest.fixture
    def ticket(self, staff):
        return ticket_at(TicketStatus.DIAGNOSING, staff=staff, summary="Loket tidak melayani")

    @pytest.fixture
    def solved(self, staff):
        return ticket_at(TicketStatus.CLOSED, staff=staff, summary="Pencetak karcis berhenti")

    def test_form_opens_with_what_the_request_says(self, staff, officer, ticket, shelf):  # noqa: F811
        old = ticket_at(TicketStatus.CLOSED, staff=staff, summary="Loket tidak melayani warga")
        article = publish(shelf, symptoms="Loket tidak melayani")
        html = officer.get(act_url(ticket, "diagnose")).content.decode()
        assert html.count(old.number) == 1
        assert html.count(article.title) == 1
        assert old.solution_set.get().action in html

    def test_without_a_script_a_button_looks_again_and_keeps_what_was_typed(self, officer, ticket, solved):
        address = act_url(ticket, "diagnose")
        sent = filled(officer, address, symptoms="Karcis pencetak berhenti", cause="", look="1")
        answer = officer.post(address, sent | {"files": upload("foto.pdf")})
        html = answer.content.decode()
        assert answer.context["suggestions"].tickets[0] == solved
        assert solved.number in html
        assert "Karcis pencetak berhenti" in html
        assert "foto.pdf" in html
        assert answer.context["form"].errors == {}
        assert not ticket.diagnosis_set.exists()

    def test_script_gets_the_list_alone(self, officer, ticket, solved):
        sent, by_script = {"symptoms": "pencetak karcis", "look": "1"}, {"X-Requested-With": "XMLHttpRequest"}
        html = officer.post(act_url(ticket, "diagnose"), sent, headers=by_script).content.decode()
        assert solved.number in html
        assert "<form" not in html
        assert ticket.number not in html

    def test_nothing_is_told_of_tickets_that_one_may_not_see(self, staff, as_role, ticket):
        old = ticket_at(TicketStatus.CLOSED, staff=staff, service=make_service(is_security=True))
        without_security_rights(staff.teknisi)
        sent = {"symptoms": old.summary, "look": "1"}
        for role, told in ((Role.COMPUTER_OFFICER, True), (Role.TECHNICAL_SUPPORT, False)):
            answer = as_role(role).post(act_url(ticket, "diagnose"), sent)
            assert (old.number in answer.content.decode()) is told
        # Nobody asks through a ticket that is not theirs to diagnose, nor through one they may not see.
        assert as_role(Role.AUDITOR).post(act_url(ticket, "diagnose"), sent).status_code == 302
        assert as_role(Role.TECHNICAL_SUPPORT).post(act_url(old, "diagnose"), sent).status_code == 404

    @pytest.mark.parametrize("words", ["", "\x00", "%%% '; --", "kata " * 9000, "\u202e"])
    def test_odd_words_do_no_harm(self, officer, ticket, words):
        answer = officer.post(act_url(ticket, "diagnose"), {"symptoms": words, "look": "1"})
        assert answer.status_code == 200
