"""A form whose token has expired: a sentence, the text kept, a fresh token; nothing is done or stored."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from helpdesk_plugin.models import StagedFile, Ticket
from tests.factories import make_ticket, upload
from tests.portal.conftest import act


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


def token_in(answer):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode()).group(1)


def test_form_without_token_is_shown_again_with_its_text(strict, typed):
    answer = strict.post(reverse("helpdesk:report"), {**typed, "lampiran": upload("a.pdf")})
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Belum ada yang terkirim" in html
    assert "Pilih lagi berkas Anda" in html
    assert 'value="Internet kantor mati"' in html
    assert (Ticket.objects.count(), StagedFile.objects.count()) == (0, 0)


def test_pressing_send_once_more_sends_it(strict, typed):
    answer = strict.post(reverse("helpdesk:report"), typed)
    again = strict.post(reverse("helpdesk:report"), {**typed, "csrfmiddlewaretoken": token_in(answer)})
    assert again.status_code == 302
    assert Ticket.objects.count() == 1


def test_token_of_another_site_does_nothing(strict, typed):
    token = token_in(strict.get(reverse("helpdesk:track")))
    data = {**typed, "csrfmiddlewaretoken": token}
    answer = strict.post(reverse("helpdesk:report"), data, headers={"origin": "https://lain.example"})
    assert answer.status_code == 403
    assert Ticket.objects.count() == 0


def test_tracker_without_token_opens_nothing(strict):
    ticket = make_ticket()
    data = {"nomor": ticket.number, "kode": ticket.access.code}
    answer = strict.post(reverse("helpdesk:track"), data)
    assert answer.status_code == 403
    assert "helpdesk_tickets" not in answer.cookies
    assert f'value="{ticket.number}"' in answer.content.decode()


def test_act_without_token_does_nothing_and_keeps_the_text(strict):
    ticket = make_ticket()
    strict.get(reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token]))
    answer = strict.post(act(ticket, "balas"), {"note": "Kapan datang?"})
    assert answer.status_code == 403
    assert "Kapan datang?" in answer.content.decode()
    assert ticket.events.count() == 1


def test_forgetting_without_token_forgets_nothing(strict):
    ticket = make_ticket()
    strict.get(reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token]))
    strict.post(reverse("helpdesk:forget", args=[ticket.number]))
    assert strict.get(reverse("helpdesk:ticket", args=[ticket.number])).status_code == 200
