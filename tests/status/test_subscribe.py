"""Being told by mail: asked for twice, changed and ended by whoever reads the address, never in silence."""

import re
from datetime import timedelta
from unittest import mock
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.models import MessageState, NoticeSubscription, OutboxMessage, StatusNotice
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.services import subscriptions
from helpdesk_plugin.services.subscriptions import Wish
from tests.factories import make_service

ME = "sari.melati@example.test"
FORM = "helpdesk:status_subscribe"


def ask(client, address=ME, **fields):
    return client.post(reverse(FORM), {"email": address, **fields})


def delivered():
    mail.outbox.clear()
    outbox.deliver_due()
    return list(mail.outbox)


def link_in(letter, where) -> str:
    found = re.findall(rf"http://testserver(/help-desk/status/{where}\S*)", letter.body)
    assert len(set(found)) == 1, letter.body
    assert found[0] in letter.alternatives[0].content
    return found[0]


@pytest.fixture
def subscribed(client):
    """A subscription in force; its page."""

    def make(wish=None, address=ME, language="id"):
        subscriptions.ask(address, wish or Wish(), language=language)
        return subscriptions.confirm(NoticeSubscription.objects.latest("pk").confirm_token)

    return make


def page_of(held, name="status_subscription") -> str:
    return reverse(f"helpdesk:{name}", args=[held.manage_token])


# --- Asking and confirming ----------------------------------------------------------------------------


def test_subscription_is_in_force_only_after_the_button_behind_the_mailed_link(client, internet):
    answer = ask(client, layanan=[internet.code])
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse(FORM)}?dikirim=1")
    assert "Email sedang dikirim." in client.get(answer.headers["Location"]).content.decode()
    (letter,) = delivered()
    assert letter.to == [ME]
    assert "Internet OPD" in letter.body
    link = link_in(letter, "langganan/konfirmasi/")
    for method in (client.get, client.head, client.get):
        assert method(link).status_code == 200
    assert not NoticeSubscription.objects.in_force().exists()
    assert client.post(link).status_code == 302
    held = NoticeSubscription.objects.in_force().get()
    assert (held.email, held.all_services, list(held.services.all())) == (ME, False, [internet])


def test_link_confirms_once_and_for_seven_days(client, internet):
    ask(client)
    link = link_in(delivered()[0], "langganan/konfirmasi/")
    with acting_at(timezone.now() + timedelta(days=7, minutes=1)):
        assert client.get(link).status_code == client.post(link).status_code == 410
    assert client.post(link).status_code == 302
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert "Tautan ini tidak berlaku lagi" in answer.content.decode()


def test_mail_that_asks_is_automatic_and_repeats_nothing_that_was_typed(client, internet):
    ask(client, "Sari.Melati@Example.TEST")
    (letter,) = delivered()
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in letter.extra_headers
    assert "\n\n\n" not in letter.body
    assert letter.subject == "Mohon konfirmasi: pengumuman status lewat email"


def test_mail_is_in_the_language_of_the_page(client, internet):
    client.cookies["django_language"] = "en"
    ask(client)
    (letter,) = delivered()
    assert letter.subject == "Please confirm: status notices by email"
    assert '<html lang="en">' in letter.alternatives[0].content


def test_confirmed_or_late_links_are_not_mailed(client, subscribed):
    subscribed()
    assert delivered() == []
    ask(client, "lain@example.test")
    mail.outbox.clear()
    outbox.deliver_due(timezone.now() + timedelta(days=8))
    assert mail.outbox == []


def shape(answer):
    html = re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())
    at_random = {"Content-Length", "X-Request-ID"}
    headers = {name: value for name, value in answer.headers.items() if name not in at_random}
    return answer.status_code, headers, html, sorted(answer.cookies)


def asked_by(address):
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        answer = ask(client, address)
    work = [re.sub(r"'[^']*'|\d+|x'[0-9a-f]*'", "?", query["sql"]) for query in queries]
    return shape(answer), work, shape(client.get(answer.headers["Location"]))


def test_known_and_unknown_addresses_are_answered_alike_with_the_same_work(subscribed):
    subscribed()
    ended = subscribed(address="pergi@example.test")
    subscriptions.end(ended)
    known, unknown, gone = asked_by(ME), asked_by("baru@example.test"), asked_by("pergi@example.test")
    assert known == unknown == gone


def test_asking_again_changes_nothing_until_it_is_confirmed(client, subscribed, internet):
    held = subscribed()
    token = held.manage_token
    ask(client, layanan=[internet.code])
    held.refresh_from_db()
    assert held.all_services
    link = link_in(delivered()[0], "langganan/konfirmasi/")
    client.post(link)
    held.refresh_from_db()
    assert list(held.services.all()) == [internet]
    assert held.manage_token == token  # the links in mails of before go on working
    assert NoticeSubscription.objects.count() == 1


def test_address_that_left_comes_back_by_asking_again(client, subscribed):
    held = subscribed()
    subscriptions.end(held)
    ask(client)
    client.post(
        reverse("helpdesk:status_confirm", args=[NoticeSubscription.objects.latest("pk").confirm_token])
    )
    assert NoticeSubscription.objects.in_force().get() == held


def test_notice_alone_can_be_followed(client, fibre):
    page = client.get(reverse(FORM), {"pengumuman": fibre.pk}).content.decode()
    assert "Kabel serat putus" in page
    assert 'name="layanan"' not in page
    assert ask(client, pengumuman=fibre.pk).status_code == 302
    (letter,) = delivered()
    assert "Pengumuman: Kabel serat putus" in letter.body
    client.post(link_in(letter, "langganan/konfirmasi/"))
    assert NoticeSubscription.objects.in_force().get().notice == fibre


@pytest.mark.parametrize("named", ["0", "-1", "x", "9" * 40, "٣", "1 OR 1=1", "\x00"])
def test_notice_that_does_not_exist_is_not_found(client, fibre, named):
    assert client.get(reverse(FORM), {"pengumuman": named}).status_code == 404
    assert ask(client, pengumuman=named).status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"email": ""},
        {"email": "bukan alamat"},
        {"email": "x" * 300 + "@example.test"},
        {"layanan": ["TIDAK-ADA"]},
        {"layanan": ["KAM-INS"]},
        {"opd": "987654"},
        {"opd": "x"},
        {"website": "https://iklan.example"},
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(client, internet, typed):
    make_service(code="KAM-INS", is_security=True)
    answer = client.post(reverse(FORM), {"email": ME, **typed})
    assert answer.status_code == 422
    assert 'href="#id_' in answer.content.decode()
    assert not NoticeSubscription.objects.exists()


def test_limits_of_an_address_and_of_a_network(client, internet):
    assert [ask(client).status_code for _ in range(4)] == [302, 302, 302, 429]
    answers = [ask(client, f"orang{n}@example.test").status_code for n in range(27)]
    assert answers[-1] == 429
    assert 429 not in answers[:-1]
    assert ask(client, "lain@example.test").status_code == 429
    assert (
        Client().post(reverse(FORM), {"email": "a@example.test"}, REMOTE_ADDR="10.9.9.9").status_code == 302
    )


def test_mails_that_strangers_cause_stay_within_the_share_of_the_address(subscribed):
    for _ in range(8):
        subscriptions.ask(ME, Wish(), language="id")
    assert len(delivered()) == 5
    assert OutboxMessage.objects.filter(state=MessageState.QUEUED).count() == 3


def test_page_that_was_open_too_long_keeps_the_address(internet):
    client = Client(enforce_csrf_checks=True)
    answer = ask(client)
    assert answer.status_code == 403
    assert f'value="{ME}"' in answer.content.decode()
    assert not NoticeSubscription.objects.exists()


def test_two_links_of_one_address_used_at_once_leave_one_subscription(internet, subscribed):
    for wish in (Wish(), Wish((internet,))):
        subscriptions.ask(ME, wish, language="id")
    first, second = (one.confirm_token for one in NoticeSubscription.objects.order_by("pk"))
    real = NoticeSubscription.save
    raced = []

    def save(self, *args, **kwargs):
        if self.confirmed_at and not raced:
            raced.append(True)
            subscriptions.confirm(second)
        return real(self, *args, **kwargs)

    with mock.patch.object(NoticeSubscription, "save", save):
        assert subscriptions.confirm(first) is not None
    assert NoticeSubscription.objects.in_force().count() == 1


# --- Changing and ending ------------------------------------------------------------------------------


def test_choices_are_changed_on_the_page_and_the_address_is_told(client, subscribed, internet, opd):
    held = subscribed()
    answer = client.post(page_of(held), {"aksi": "simpan", "layanan": [internet.code], "opd": opd.pk})
    assert answer.status_code == 302
    held.refresh_from_db()
    assert (list(held.services.all()), held.opd, held.all_services) == ([internet], opd, False)
    (letter,) = delivered()
    assert letter.subject == "Langganan pengumuman status Anda diubah"
    assert "Badan Keuangan Contoh" in letter.body
    assert client.get(link_in(letter, "langganan/")).status_code == 200


def test_saving_what_was_chosen_already_tells_nobody(client, subscribed):
    client.post(page_of(subscribed()), {"aksi": "simpan"})
    assert delivered() == []


def test_looking_ends_nothing_and_one_press_does(client, subscribed):
    held = subscribed()
    address = page_of(held, "status_unsubscribe")
    for method in (client.get, client.head):
        assert method(address).status_code == 200
    assert NoticeSubscription.objects.in_force().exists()
    assert client.post(address).headers["Location"] == page_of(held)
    assert not NoticeSubscription.objects.in_force().exists()


def test_mail_program_ends_it_with_one_post_without_cookie_or_token(subscribed):
    held = subscribed()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(page_of(held, "status_unsubscribe"), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.content) == (200, b"OK")
    assert not NoticeSubscription.objects.in_force().exists()


def test_ending_tells_the_address_once_and_one_press_leads_back(client, subscribed, internet):
    held = subscribed(Wish((internet,)))
    for _ in range(3):
        client.post(page_of(held, "status_unsubscribe"))
    (letter,) = delivered()
    assert letter.to == [ME]
    assert letter.subject == "Langganan pengumuman status Anda berakhir"
    back = link_in(letter, "langganan/")
    assert "Lanjutkan langganan" in client.get(back).content.decode()
    assert not NoticeSubscription.objects.in_force().exists()
    client.post(back, {"aksi": "kembali"})
    held = NoticeSubscription.objects.in_force().get()
    assert list(held.services.all()) == [internet]


def test_note_about_an_end_that_was_taken_back_is_not_sent(subscribed):
    held = subscribed()
    subscriptions.end(held)
    subscriptions.take_up(held)
    assert delivered() == []


def test_changes_are_limited_and_ending_never_is(client, subscribed, internet):
    held = subscribed()
    choices = [{"aksi": "simpan", "layanan": [internet.code]}, {"aksi": "simpan"}]
    answers = [client.post(page_of(held), choices[n % 2]).status_code for n in range(11)]
    assert answers == [302] * 10 + [429]
    assert client.post(page_of(held, "status_unsubscribe")).status_code == 302
    assert not NoticeSubscription.objects.in_force().exists()


@pytest.mark.parametrize("name", ["status_confirm", "status_subscription", "status_unsubscribe"])
@pytest.mark.parametrize("token", ["a" * 32, "\x00", "x" * 3000, "é" * 32, "' OR 1=1 --", "\udc80"])
def test_forged_tokens_open_nothing(client, subscribed, name, token):
    subscribed()
    address = reverse(f"helpdesk:{name}", args=["TOKEN"])
    address = address.replace("TOKEN", quote(token, safe="", errors="surrogatepass"))
    for answer in (client.get(address), client.post(address, {"aksi": "kembali"})):
        assert answer.status_code in {404, 410}
    assert NoticeSubscription.objects.in_force().count() == 1


def test_neither_token_is_stored_and_one_does_not_do_for_the_other(client, subscribed):
    held = subscribed()
    columns = " ".join(str(getattr(held, field.attname)) for field in NoticeSubscription._meta.fields)
    assert held.manage_token not in columns
    assert held.confirm_token not in columns
    assert held.manage_token != held.confirm_token
    assert client.get(reverse("helpdesk:status_subscription", args=[held.confirm_token])).status_code == 410


def test_pages_of_a_subscription_show_no_address_and_are_kept_by_nobody(client, subscribed):
    held = subscribed()
    for name in ("status_subscription", "status_unsubscribe"):
        answer = client.get(page_of(held, name))
        assert ME not in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_unconfirmed_subscription_cannot_be_managed(client, internet):
    subscriptions.ask(ME, Wish(), language="id")
    asked = NoticeSubscription.objects.get()
    assert client.get(page_of(asked)).status_code == 410
    assert client.post(page_of(asked, "status_unsubscribe")).status_code == 410


# --- Forgetting ---------------------------------------------------------------------------------------


def test_addresses_are_forgotten_in_their_time(subscribed, fibre):
    now = timezone.now()
    stays = subscribed()
    left = subscribed(address="pergi@example.test")
    subscriptions.end(left)
    follows = subscribed(Wish(notice=fibre), address="ikut@example.test")
    subscriptions.ask("belum@example.test", Wish(), language="id")
    assert subscriptions.sweep(now + timedelta(days=6)) == 0
    assert subscriptions.sweep(now + timedelta(days=7, minutes=1)) == 1
    assert subscriptions.sweep(now + timedelta(days=30, minutes=1)) == 1
    StatusNotice.objects.filter(pk=fibre.pk).update(ended_at=now)
    assert subscriptions.sweep(now + timedelta(days=30, minutes=1)) == 1
    assert list(NoticeSubscription.objects.all()) == [stays]
    assert not OutboxMessage.objects.filter(subscription__in=[left.pk, follows.pk]).exists()


def test_retired_key_is_renewed_when_the_link_is_used(settings, internet):
    subscriptions.ask(ME, Wish(), language="id")
    token = NoticeSubscription.objects.get().confirm_token
    settings.HELPDESK_TRACKING_KEYS = ["kunci-yang-lain-sekali" * 3]
    held = subscriptions.confirm(token)
    assert not held.key_is_retired
    assert subscriptions.managed(held.manage_token) == held
