"""What was learnt before stands beside the diagnosis, and one press makes a draft of what was learnt here."""

import pytest

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.pages.models import KnowledgeArticlePage
from tests.factories import make_service, ticket_at
from tests.services.test_knowledge import publish, shelf  # noqa: F401 - a fixture
from tests.staff.conftest import act_url, messages_of, page_url

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
