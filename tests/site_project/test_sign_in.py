"""Guessing the password of an officer: slowed down, without locking the officer out."""

import pytest
from axes.utils import reset
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from site_project.sign_in import client_address

RIGHT = "a-long-right-password"
LOGIN = "/admin/login/"


@pytest.fixture(autouse=True)
def guarded(settings, db):
    settings.AXES_ENABLED = True
    reset()


@pytest.fixture
def officer():
    return get_user_model().objects.create_superuser("petugas", "petugas@example.test", RIGHT)


def sign_in(client, password, *, name="petugas", address="192.0.2.7"):
    return client.post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address)


def test_five_wrong_passwords_close_the_door_for_a_quarter_of_an_hour(client, officer):
    assert [sign_in(client, "wrong").status_code for _ in range(5)] == [200, 200, 200, 200, 429]
    response = sign_in(client, RIGHT)
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (429, "900")
    assert "Kata sandi terlalu sering salah. Coba lagi dalam 15 menit." in page


def test_officer_gets_in_from_elsewhere_meanwhile(client, officer):
    for _ in range(6):
        sign_in(client, "wrong")
    assert sign_in(client, RIGHT, address="192.0.2.8").status_code == 302


def test_colleague_behind_the_same_address_gets_in_meanwhile(client, officer):
    get_user_model().objects.create_superuser("rekan", "rekan@example.test", RIGHT)
    for _ in range(6):
        sign_in(client, "wrong")
    assert sign_in(client, RIGHT, name="rekan").status_code == 302


def test_right_password_forgets_the_wrong_ones(client, officer):
    for _ in range(4):
        sign_in(client, "wrong")
    assert sign_in(client, RIGHT).status_code == 302
    client.logout()
    assert [sign_in(client, "wrong").status_code for _ in range(4)] == [200] * 4


def test_account_that_does_not_exist_looks_the_same(client, officer):
    answers = [sign_in(client, "wrong", name="nobody") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "nobody" not in answers[-1].content.decode()


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000, "‮petugas", "' OR 1=1 --"])
def test_mangled_names_are_refused_in_words(client, name):
    assert sign_in(client, "wrong", name=name).status_code == 200


@pytest.mark.parametrize(
    ("told", "counted"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("", None), ("nonsense", None)],
)
def test_address_is_counted_as_the_public_form_counts_it(told, counted):
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=told)) == counted
