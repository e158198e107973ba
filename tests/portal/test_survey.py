"""The question after closing: reached without login, answered by POST, changeable, never public."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import HelpDeskSettings, SurveyAnswer, Ticket
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.services import closure
from tests.factories import Journey, make_service, make_ticket
from tests.portal.conftest import page


@pytest.fixture
def journey():
    journey = Journey()
    journey.to(TicketStatus.CLOSED)
    return journey


@pytest.fixture
def ticket(journey, open_here):
    return open_here(journey.ticket)


def question(ticket):
    return reverse("helpdesk:survey", args=[ticket.number])


def rate(client, ticket, score, comment=""):
    return client.post(question(ticket), {"score": score, "comment": comment})


def test_mailed_link_leads_to_the_question_without_login_and_answers_nothing(client, journey):
    mail.outbox.clear()
    outbox.deliver_due()
    letter = next(one for one in mail.outbox if "Tiket ditutup" in one.subject)
    key = [journey.ticket.number, journey.ticket.access.link_token]
    link = reverse("helpdesk:survey_link", args=key)
    assert f"http://testserver{link}\n" in letter.body
    assert f'<a href="http://testserver{link}">' in letter.alternatives[0].content
    answer = client.get(link, follow=True)
    assert answer.redirect_chain == [(question(journey.ticket), 302)]
    assert "Seberapa puas Anda" in answer.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_link_with_a_wrong_key_leads_to_the_tracker(client, journey):
    answer = client.get(reverse("helpdesk:survey_link", args=[journey.ticket.number, "a" * 32]))
    assert answer.headers["Location"] == f"{reverse('helpdesk:track')}?tautan=1"
    assert client.get(question(journey.ticket)).status_code == 302


def test_closed_ticket_invites_and_thanks_afterwards(client, ticket):
    html = client.get(page(ticket)).content.decode()
    assert "Bagaimana pelayanan kami?" in html
    assert question(ticket) in html
    answer = rate(client, ticket, 3, "Cepat.")
    assert answer.headers["Location"] == f"{page(ticket)}?terkirim=survei"
    html = client.get(answer.headers["Location"]).content.decode()
    assert "Terima kasih. Penilaian Anda sudah kami terima." in html
    assert "Ubah penilaian" in html


def test_one_answer_a_closing_the_last_one_counts(client, ticket):
    rate(client, ticket, 2, "Lama.")
    rate(client, ticket, 4)
    answer = SurveyAnswer.objects.get()
    assert (answer.score, answer.comment, answer.ticket_id) == (4, "", ticket.pk)
    assert answer.closing == ticket.events.get(act="close")
    assert answer.changed_at > answer.at


def test_answer_can_be_read_again_where_it_is_changed(client, ticket):
    rate(client, ticket, 2, "Lama.")
    html = client.get(question(ticket)).content.decode()
    assert 'value="2"' in html.split("checked")[0].rsplit("<input", 1)[1]
    assert "Lama." in html


def test_next_closing_asks_anew(client, journey, ticket):
    rate(client, ticket, 1)
    journey.reopen()
    assert client.get(question(ticket)).headers["Location"] == page(ticket)
    for step in ("diagnose", "resolve", "inform", "confirm", "close"):
        getattr(journey, step)()
    rate(client, ticket, 4)
    assert sorted(SurveyAnswer.objects.values_list("score", flat=True)) == [1, 4]


@pytest.mark.parametrize("status", [s for s in TicketStatus if s is not TicketStatus.CLOSED])
def test_nothing_is_asked_before_closing(client, open_here, status):
    ticket = open_here(Journey().to(status))
    for answer in (client.get(question(ticket)), rate(client, ticket, 4)):
        assert answer.headers["Location"] == page(ticket)
    assert "Bagaimana pelayanan kami?" not in client.get(page(ticket)).content.decode()
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize("score", ["", "0", "5", "-1", "x", "1.5", "\x00", "9" * 30, "３３"])
def test_other_answers_are_refused_with_a_reason(client, ticket, score):
    answer = rate(client, ticket, score)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Pilih salah satu dari empat jawaban." in html
    assert 'href="#id_score_0"' in html
    assert not SurveyAnswer.objects.exists()


def test_long_comment_is_refused_and_kept(client, ticket):
    answer = rate(client, ticket, 3, "a" * 2001)
    assert answer.status_code == 422
    assert "a" * 2001 in answer.content.decode()


def test_days_to_answer_run_out(client, ticket):
    end = ticket.closed_at + timedelta(days=14)
    with acting_at(end - timedelta(minutes=1)):
        assert rate(client, ticket, 3).status_code == 302
    with acting_at(end + timedelta(minutes=1)):
        assert rate(client, ticket, 1).status_code == 409
        assert "<form class" not in client.get(question(ticket)).content.decode()
        assert "Bagaimana pelayanan kami?" not in client.get(page(ticket)).content.decode()
    assert SurveyAnswer.objects.get().score == 3


def test_agency_may_ask_nothing(client, ticket):
    HelpDeskSettings.objects.update(survey_days=0)
    assert client.get(question(ticket)).headers["Location"] == page(ticket)
    assert "Bagaimana pelayanan kami?" not in client.get(page(ticket)).content.decode()
    outbox.deliver_due()
    letter = next(one for one in mail.outbox if "Tiket ditutup" in one.subject)
    assert "Bagaimana pelayanan kami" not in letter.body


def test_looking_changes_nothing(client, ticket):
    before = (ticket.events.count(), Ticket.objects.get(pk=ticket.pk).version)
    for method in (client.get, client.head):
        assert method(question(ticket)).status_code == 200
    assert client.get(question(ticket), {"score": "4"}).status_code == 200
    assert (ticket.events.count(), Ticket.objects.get(pk=ticket.pk).version) == before
    assert not SurveyAnswer.objects.exists()


def test_page_that_was_open_too_long_keeps_the_answer(journey):
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("helpdesk:link", args=[journey.ticket.number, journey.ticket.access.link_token]))
    answer = rate(client, journey.ticket, 4, "Terima kasih banyak")
    assert answer.status_code == 403
    assert "Terima kasih banyak" in answer.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_stranger_cannot_answer(client, journey):
    assert rate(client, journey.ticket, 1).status_code == 302
    assert not SurveyAnswer.objects.exists()


def test_confidential_ticket_may_be_rated_too(client, open_here):
    ticket = open_here(Journey(service=make_service(is_security=True)).to(TicketStatus.CLOSED))
    assert question(ticket) in client.get(page(ticket)).content.decode()
    assert rate(client, ticket, 4).status_code == 302
    assert SurveyAnswer.objects.get().score == 4


def test_rating_shows_on_no_public_page(client, ticket):
    rate(client, ticket, 1, "KATA-PENILAIAN")
    addresses = [page(ticket), f"{page(ticket)}?semua=1"]
    addresses += [reverse(f"helpdesk:{name}") for name in ("track", "catalogue", "sop", "my_tickets")]
    for address in addresses:
        html = client.get(address).content.decode()
        assert "KATA-PENILAIAN" not in html, address
        assert "Tidak puas" not in html, address
        assert "Penilaian pelayanan diterima" not in html, address


def test_silent_closing_is_asked_about_as_well(client, open_here):
    journey = Journey(at=timezone.now() - timedelta(days=20))
    for step in ("triage", "dispose", "examine", "verify", "diagnose", "resolve", "inform"):
        with acting_at(journey.at):
            getattr(journey, step)()
    closure.close_ticket(journey.id, by=Party.SYSTEM)
    ticket = open_here(journey.ticket)
    assert rate(client, ticket, 2).status_code == 302
    assert SurveyAnswer.objects.get().score == 2


QUESTION = 6  # ticket; settings, closing, answer; agency; notices


def test_question_costs_the_same(client, ticket, django_assert_num_queries):
    with django_assert_num_queries(QUESTION):
        client.get(question(ticket))


def test_another_ticket_is_not_touched(client, ticket):
    other = make_ticket()
    rate(client, ticket, 4)
    assert not other.survey_answers.exists()
