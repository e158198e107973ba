"""Two-step verification of officers: off unless the site asks, and until it is given nobody is signed in."""

import html
import re
from base64 import b32decode

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.urls import reverse
from django_otp.oath import TOTP
from wagtail.models import ModelLogEntry

from site_project.two_step import rules
from tests.everything_stored import traces_in_database

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-right-password"
START = 1_800_000_000  # a moment that begins a code's 30 seconds
HOME, CHECK, ENROL, STATE = (
    reverse(name) for name in ("wagtailadmin_home", "two_step_check", "two_step_enrol", "two_step_state")
)


@pytest.fixture(autouse=True)
def known(settings):
    settings.TWO_STEP_VERIFICATION = True
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def group(*permissions):
    found = Group.objects.create(name=" ".join(permissions))
    found.permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    return found


def account(name, *permissions):
    user = get_user_model().objects.create_user(name, f"{name}@example.test", PASSWORD)
    user.groups.add(group(*permissions))
    return user


def sign_in(client, name, **where):
    told = {"username": name, "password": PASSWORD, **where}
    return client.post(reverse("wagtailadmin_login"), told)


def page(response):
    return html.unescape(response.content.decode())


def app_with(key, clock):
    """What an app on a telephone shows at this moment."""
    totp = TOTP(b32decode(key))
    totp.time = clock.timestamp() if hasattr(clock, "timestamp") else clock
    return f"{totp.token():06}"


def set_up(client, at=START):
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", page(client.get(ENROL)))[1].replace(" ", "")
    answer = client.post(ENROL, {"password": PASSWORD, "code": app_with(key, at)})
    return key, re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", page(answer))


def test_off_nobody_is_asked_and_the_pages_are_not_there(client, settings):
    settings.TWO_STEP_VERIFICATION = False
    user = account("wajib", "must_use")
    sign_in(client, "wajib")
    assert client.get(HOME).status_code == 200
    pages = (CHECK, ENROL, STATE, reverse("two_step_reset", args=[user.pk]))
    assert {client.get(address).status_code for address in pages} == {404}
    assert STATE not in page(client.get(reverse("wagtailadmin_account")))


def test_whoever_need_not_may_set_it_up_and_take_it_off(client, known):
    account("bebas")
    sign_in(client, "bebas")
    assert client.get(HOME).status_code == 200
    assert STATE in page(client.get(reverse("wagtailadmin_account")))
    key, recovery = set_up(client)
    assert len(set(recovery)) == 10
    assert client.get(HOME).status_code == 200
    assert "10 kode pemulihan" in page(client.get(STATE))
    known.move_to(START + 60)
    client.post(STATE, {"off": "1", "code": app_with(key, START + 60)})
    client.logout()
    sign_in(client, "bebas")
    assert client.get(HOME).status_code == 200
    actions = ModelLogEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["two_step.enrol", "two_step.off"]
    told = [(letter.subject, letter.body.partition(":")[0]) for letter in mail.outbox]
    subject = "Langkah kedua akun Anda bebas"
    assert told == [
        (subject, "Verifikasi dua langkah dipasang"),
        (subject, "Ponsel dilepas oleh pemilik akun"),
    ]


def test_whoever_must_comes_nowhere_before_it_is_set_up(client, known):
    account("wajib", "must_use")
    assert sign_in(client, "wajib").url == HOME
    asked = client.get(reverse("wagtailadmin_account"))
    assert asked.url == f"{ENROL}?next=%2Fadmin%2Faccount%2F"
    assert client.get(STATE).status_code == 302
    first = page(client.get(asked.url))
    assert "Kelompok Anda masuk dengan kata sandi dan kode dari ponsel." in first
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", first)[1].replace(" ", "")
    good = {"password": PASSWORD, "code": app_with(key, START), "next": "/admin/account/"}
    for wrong, told in (
        ({"password": "x"}, "Kata sandi salah."),
        ({"code": "000000"}, "Kode ini salah"),
        ({"code": "١٢٣٤٥٦"}, "Kode ini salah"),
        ({"code": "\x00" * 30}, "Karakter null tidak diizinkan"),
    ):
        answer = client.post(ENROL, good | wrong)
        assert (answer.status_code, told in page(answer)) == (200, True), wrong
    shown = client.post(ENROL, good)
    assert 'href="/admin/account/"' in page(shown)
    codes = re.findall(r"<code>([a-z2-9-]+)</code>", page(shown))
    assert traces_in_database([*codes, *(code.replace("-", "") for code in codes)]) == []
    assert client.get(reverse("wagtailadmin_account")).status_code == 200
    assert client.get(ENROL).url == STATE


def test_code_is_asked_after_the_password(client, known):
    account("bebas")
    sign_in(client, "bebas")
    key, recovery = set_up(client)
    client.logout()
    sign_in(client, "bebas", next="/admin/account/")
    assert client.get("/admin/account/").url == f"{CHECK}?next=%2Fadmin%2Faccount%2F"
    assert client.post("/admin/account/", {}).url == f"{CHECK}?next=%2Fadmin%2F"
    assert client.get("/admin/no-such-page/").url.startswith(CHECK)
    assert client.get(STATE).url.startswith(CHECK)
    assert client.get(ENROL).url.startswith(CHECK), "a password alone must not put another telephone in place"
    assert not client.get("/search/").context["user"].is_authenticated
    # The code that set it up has been shown once already.
    assert "Kode ini salah" in page(client.post(CHECK, {"code": app_with(key, START)}))
    # Nor is the right one taken within the seconds that wrong ones cost.
    known.move_to(START + 30)
    client.post(CHECK, {"code": "000000"})
    good = app_with(key, START + 30)
    assert "Tunggu 2 detik" in page(client.post(CHECK, {"code": good}))
    known.move_to(START + 32)
    before = client.session.session_key
    assert client.post(CHECK, {"code": good, "next": "/admin/account/"}).url == "/admin/account/"
    assert client.session.session_key != before
    assert client.get("/search/").context["user"].is_authenticated
    client.logout()

    sign_in(client, "bebas")
    assert "Kode ini salah" in page(client.post(CHECK, {"code": recovery[0]})), "only where it is asked for"
    lost = f"{CHECK}?recovery=1"
    typed = recovery[0].upper().replace("-", " ")
    assert client.post(lost, {"code": typed, "next": "//example.com"}).url == STATE
    assert "9 kode pemulihan" in page(client.get(STATE))
    client.logout()
    sign_in(client, "bebas")
    known.move_to(START + 100)
    assert "Kode ini salah" in page(client.post(lost, {"code": recovery[0]}))
    known.move_to(START + 200)
    assert client.post(CHECK, {"code": app_with(key, START + 200), "next": "//example.com"}).url == HOME
    known.move_to(START + 300)
    fresh = page(client.post(STATE, {"codes": "1", "code": app_with(key, START + 300)}))
    assert not set(re.findall(r"[a-z2-9]{5}-[a-z2-9]{5}", fresh)) & set(recovery)


def test_administrator_takes_it_from_an_account_and_from_its_sessions(client, client_of, known):
    user, chief = account("bebas"), get_user_model().objects.create_superuser("kepala", "k@example.test", "x")
    clerk = account("admin", "change_user", "add_user", "delete_user")
    sign_in(client, "bebas")
    set_up(client)
    address = reverse("two_step_reset", args=[user.pk])
    for somebody, status in ((account("lain", "view_ticket"), 302), (clerk, 200)):
        assert client_of(somebody).get(address).status_code == status
    desk = client_of(clerk)
    assert address in page(desk.get(reverse("wagtailusers_users:index")))
    assert desk.post(reverse("two_step_reset", args=[chief.pk])).status_code == 302
    assert client.get(HOME).status_code == 200
    assert desk.post(address).status_code == 302
    assert client.get(STATE).status_code == 200
    assert "10 kode" not in page(client.get(STATE))
    entry = ModelLogEntry.objects.get(action="two_step.reset")
    assert (entry.user, entry.object_id) == (clerk, str(user.pk))
    letter = mail.outbox[-1]
    assert letter.to == ["bebas@example.test"]
    assert letter.body.startswith("Verifikasi dua langkah diatur ulang oleh administrator: akun bebas, ")
    assert f"WIB, oleh {clerk.username}." in letter.body


def test_silent_mail_server_undoes_nothing_and_the_administrator_hears_of_it(client_of, known, settings):
    user = account("bebas")
    sign_in(client := client_of(user), "bebas")
    set_up(client)
    clerk = client_of(account("admin", "change_user", "add_user", "delete_user"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = clerk.post(reverse("two_step_reset", args=[user.pk]), follow=True)
    assert "bebas tidak dapat diberi tahu lewat surel" in page(answer)
    assert not rules.has_device(user)


def test_group_is_made_to_use_it_in_its_own_form(client, settings):
    chief = get_user_model().objects.create_superuser("kepala", "k@example.test", PASSWORD)
    sign_in(client, chief.username)
    assert client.get(HOME).url.startswith(ENROL), "superusers hold every permission, this one too"
    set_up(client)
    form = reverse("wagtailusers_groups:edit", args=[group("must_use").pk])
    assert "Wajib masuk dengan dua langkah" in page(client.get(form))
    settings.TWO_STEP_VERIFICATION = False
    assert "Wajib masuk dengan dua langkah" not in page(client.get(form))


@pytest.fixture
def client_of():
    from django.test import Client

    def make(user):
        client = Client()
        client.force_login(user)
        return client

    return make
