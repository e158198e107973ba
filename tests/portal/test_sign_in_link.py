"""The link to one's tickets: it works once, and tells nobody who is known."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.models import MessageState, OpdContact, OutboxMessage, SignIn
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.services import sign_in
from tests.factories import MONDAY_9, make_ticket
from tests.portal.by_mail import COOKIE, MINE, UNKNOWN, ask, delivered, in_address, index, link_for

# --- Asking for a link --------------------------------------------------------------------------------


def test_link_is_mailed_to_an_address_with_tickets_and_opens_the_list(client, settings):
    ticket = make_ticket()
    outbox.deliver_due()
    answer = ask(client, MINE)
    assert (answer.status_code, answer.headers["Location"]) == (302, index(dikirim="1"))
    (letter,) = delivered()
    assert letter.to == [MINE]
    (link,) = re.findall(r"https?://testserver(/\S+)", letter.body)
    assert link in letter.alternatives[0].content
    assert client.get(link).status_code == 200
    assert client.post(link).headers["Location"] == index()
    assert ticket.number in client.get(index()).content.decode()


@pytest.mark.parametrize("typed", [MINE.upper(), f"  {MINE} ", "Sari.Melati@Example.TEST"])
def test_address_is_known_however_it_is_capitalised(client, typed):
    make_ticket(requester_email="Sari.Melati@example.test")
    outbox.deliver_due()
    ask(client, typed)
    assert len(delivered()) == 1


@pytest.mark.parametrize("typed", [UNKNOWN, "sari.melati+kantor@example.test", "sarimelati@example.test"])
def test_addresses_that_are_only_alike_are_unknown(client, typed):
    make_ticket()
    outbox.deliver_due()
    ask(client, typed)
    assert delivered() == []
    assert OutboxMessage.objects.get(sign_in__isnull=False).state == MessageState.DROPPED


def shape(answer):
    """Everything that a stranger can see of an answer, without what differs at random."""
    html = re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())
    headers = {
        name: value
        for name, value in answer.headers.items()
        if name not in {"Content-Length", "X-Request-ID"}
    }
    return answer.status_code, headers, html, sorted(answer.cookies)


def asked_by(address):
    client = Client()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = ask(client, address)
    return (
        shape(answer),
        [re.sub(r"'[^']*'|\d+|x'[0-9a-f]*'", "?", q["sql"]) for q in queries],
        shape(client.get(answer.headers["Location"])),
    )


def test_known_and_unknown_addresses_are_answered_alike_with_the_same_work(opd):
    make_ticket()
    OpdContact.objects.create(opd=opd, name="PIC", email="pic@example.test", first_day="2026-01-01")
    outbox.deliver_due()
    known, unknown, contact = asked_by(MINE), asked_by(UNKNOWN), asked_by("pic@example.test")
    assert known == unknown == contact
    assert len(known[1]) > 3


def test_refused_addresses_are_refused_alike(client):
    make_ticket()
    for address in (MINE, UNKNOWN):
        assert [ask(client, address).status_code for _ in range(4)] == [302, 302, 302, 429]


def test_mail_repeats_nothing_that_was_typed_and_names_no_ticket(client):
    ticket = make_ticket(summary="RAHASIA-RINGKASAN", requester_name="RAHASIA-NAMA")
    outbox.deliver_due()
    ask(client, MINE)
    (letter,) = delivered()
    told = letter.subject + letter.body + letter.alternatives[0].content + str(letter.message())
    for secret in ("RAHASIA", ticket.number, ticket.access.code, ticket.access.link_token):
        assert secret not in told
    assert "\n\n\n" not in letter.body


@pytest.mark.parametrize(
    ("language", "subject", "told"),
    [
        (
            "id",
            "Tautan Anda ke “Tiket saya”",
            "berlaku satu kali, sampai Senin, 23 November 2026, 09.30",
        ),
        ("en", "Your link to “My tickets”", "The link works once, until Monday, 23 November 2026, 09:30"),
    ],
)
def test_mail_is_in_the_language_of_the_page(client, language, subject, told):
    make_ticket()
    outbox.deliver_due()
    client.cookies["django_language"] = language
    with acting_at(MONDAY_9):
        ask(client, MINE)
    mail.outbox.clear()
    OutboxMessage.objects.update(next_attempt_at=MONDAY_9)  # a message is due at once on the real clock
    outbox.deliver_due(MONDAY_9 + timedelta(minutes=1))
    (letter,) = mail.outbox
    assert letter.subject == subject
    assert told in letter.body
    assert f'<html lang="{language}">' in letter.alternatives[0].content
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_link_whose_time_has_run_out_is_not_mailed():
    make_ticket()
    outbox.deliver_due()
    sign_in.ask_for_link(MINE, language="id")
    mail.outbox.clear()
    outbox.deliver_due(timezone.now() + timedelta(minutes=31))
    assert mail.outbox == []


def test_mails_that_strangers_cause_stay_within_the_share_of_the_address():
    for _ in range(4):
        make_ticket()
    outbox.deliver_due()
    mail.outbox.clear()
    for _ in range(3):
        sign_in.ask_for_link(MINE, language="id")
    outbox.deliver_due()
    assert len(mail.outbox) == 1
    assert OutboxMessage.objects.filter(sign_in__isnull=False, state=MessageState.QUEUED).count() == 2


def test_known_address_gets_a_link_when_the_mail_server_is_back():
    make_ticket()
    outbox.deliver_due()
    sign_in.ask_for_link(MINE, language="id")
    with mock.patch("django.core.mail.EmailMultiAlternatives.send", side_effect=ConnectionError):
        outbox.deliver_due()
    message = OutboxMessage.objects.get(sign_in__isnull=False)
    assert (message.state, message.attempts) == (MessageState.QUEUED, 1)
    mail.outbox.clear()
    outbox.deliver_due(timezone.now() + timedelta(minutes=2))
    assert len(mail.outbox) == 1


def test_network_has_a_limit_of_its_own(client):
    answers = [ask(client, f"orang{n}@example.test").status_code for n in range(31)]
    assert answers == [302] * 30 + [429]
    assert ask(client, "orang99@example.test", REMOTE_ADDR="10.1.1.1").status_code == 302


def test_limit_of_an_address_counts_over_all_networks_and_says_what_still_works(client):
    for n in range(3):
        assert ask(client, MINE, REMOTE_ADDR=f"10.0.0.{n}").status_code == 302
    answer = ask(client, MINE.upper(), REMOTE_ADDR="10.0.0.9")
    assert answer.status_code == 429
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    assert "Tautan yang sudah Anda terima tetap berlaku" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "bukan", "a@b", "x" * 300 + "@example.test", "a\x00@example"])
def test_what_is_no_address_is_refused_with_a_reason(client, typed):
    answer = ask(client, typed)
    assert answer.status_code == 422
    assert 'href="#id_email"' in answer.content.decode()
    assert not SignIn.objects.exists()


def test_page_that_was_open_too_long_asks_nothing_and_keeps_the_address():
    client = Client(enforce_csrf_checks=True)
    answer = ask(client, MINE)
    assert answer.status_code == 403
    assert f'value="{MINE}"' in answer.content.decode()
    assert not SignIn.objects.exists()


# --- The link -----------------------------------------------------------------------------------------


def test_looking_at_the_link_uses_nothing_up(client):
    link = link_for()
    for method in (client.get, client.head, client.get):
        assert method(link).status_code == 200
    assert COOKIE not in client.cookies
    assert SignIn.objects.filter(used_at=None).count() == 1
    assert MINE not in client.get(link).content.decode()
    assert client.post(link).status_code == 302


def test_link_works_once(client):
    make_ticket()
    link = link_for()
    assert client.post(link).status_code == 302
    other = Client()
    for answer in (other.post(link), other.get(link)):
        assert answer.status_code == 410
        assert "Tautan ini tidak berlaku lagi" in answer.content.decode()
    assert COOKIE not in other.cookies
    assert "Saya ajukan" not in other.get(index()).content.decode()


def test_of_two_who_press_at_once_one_comes_in(client):
    link = link_for()
    token = SignIn.objects.get().token
    assert sign_in.link_works(token)
    assert [sign_in.use_link(token) is not None for _ in range(3)] == [True, False, False]
    assert client.post(link).status_code == 410


def test_link_ends_after_thirty_minutes(client):
    link = link_for()
    with acting_at(timezone.now() + timedelta(minutes=29)):
        assert client.get(link).status_code == 200
    with acting_at(timezone.now() + timedelta(minutes=31)):
        assert client.get(link).status_code == 410
        assert client.post(link).status_code == 410


@pytest.mark.parametrize(
    "token", ["a", "a" * 32, "\x00", "%00", "a\x00b" * 9, "x" * 3000, "é" * 32, "..", "' OR 1=1 --", "\udc80"]
)
def test_forged_and_mangled_tokens_open_nothing(client, token):
    link_for()
    address = reverse("helpdesk:sign_in", args=["TOKEN"]).replace("TOKEN", in_address(token))
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code in {404, 410}
    assert COOKIE not in client.cookies


def test_wrong_tokens_are_limited(client):
    wrong = reverse("helpdesk:sign_in", args=["a" * 32])
    assert [client.post(wrong).status_code for _ in range(21)] == [410] * 20 + [429]


def test_expired_form_does_not_use_the_link_up():
    client = Client(enforce_csrf_checks=True)
    link = link_for()
    answer = client.post(link)
    assert answer.status_code == 403
    assert SignIn.objects.filter(used_at=None).count() == 1


def test_token_is_stored_nowhere(client):
    link_for()
    asked = SignIn.objects.get()
    columns = [str(getattr(asked, field.attname)) for field in SignIn._meta.fields]
    assert asked.token not in " ".join(columns)
    assert bytes(asked.nonce).hex() not in asked.token
    assert len(asked.token) == 32


def test_token_of_another_key_is_not_the_same(settings):
    link_for()
    asked = SignIn.objects.get()
    settings.HELPDESK_TRACKING_KEYS = ["ein-anderer-schluessel" * 3]
    other = SignIn(email=MINE, nonce=asked.nonce, requested_at=timezone.now(), expires_at=timezone.now())
    assert other.token != asked.token_hash
    assert sign_in.link_works("") is False
