"""Limits by address: exact with parallel requests, kind to owners and offices, open when the cache fails."""

import logging
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse

from helpdesk_plugin.models import Ticket
from helpdesk_plugin.portal import throttling
from helpdesk_plugin.portal.throttling import Limit, client_address
from tests.factories import make_ticket

TEN = Limit("ten", most=10, seconds=60)


def request_from(address, **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


def test_limit_lets_in_exactly_so_many_and_says_how_long_to_wait():
    with mock.patch.object(throttling.time, "time", return_value=1000.0):
        slots = [TEN.take(request_from("10.0.0.1")) for _ in range(12)]
    assert [slot.refused for slot in slots] == [False] * 10 + [True] * 2
    assert slots[-1].wait == 60


def test_limit_counts_a_sliding_window():
    now = mock.patch.object(throttling.time, "time").start()
    try:
        for moment, taken in ((50, 5), (70, 5)):
            now.return_value = moment
            assert not any(TEN.take(request_from("10.0.0.2")).refused for _ in range(taken))
        now.return_value = 109.0
        assert TEN.take(request_from("10.0.0.2")).wait == 1
        now.return_value = 110.5  # the first five are a minute old
        assert [TEN.take(request_from("10.0.0.2")).refused for _ in range(6)] == [False] * 5 + [True]
    finally:
        mock.patch.stopall()


def test_limit_holds_against_parallel_requests():
    with ThreadPoolExecutor(16) as people:
        slots = list(people.map(lambda _n: TEN.take(request_from("10.0.0.3")), range(64)))
    assert sum(not slot.refused for slot in slots) == 10


def test_limit_of_one_address_is_not_anothers():
    assert all(not TEN.take(request_from("10.0.0.4")).refused for _ in range(10))
    assert not TEN.take(request_from("10.0.0.5")).refused


def test_given_back_slot_is_free_again():
    for _ in range(30):
        TEN.take(request_from("10.0.0.6")).give_back()
    assert not TEN.take(request_from("10.0.0.6")).refused


def test_cache_that_fails_lets_people_in_and_is_logged(caplog):
    with (
        caplog.at_level(logging.ERROR, "helpdesk_plugin.portal.throttling"),
        mock.patch.object(cache, "get_many", side_effect=ConnectionError),
    ):
        assert not TEN.take(request_from("10.0.0.7")).refused
    assert "limits are not kept" in caplog.text


def test_keys_in_the_cache_name_no_address():
    with mock.patch.object(cache, "add", wraps=cache.add) as added:
        TEN.take(request_from("10.99.88.77"))
    assert "10.99.88.77" not in added.call_args.args[0]


@pytest.mark.parametrize(
    ("proxies", "direct", "told", "counted"),
    [
        (0, "10.0.0.1", "1.2.3.4", "10.0.0.1"),
        (1, "10.0.0.1", "1.2.3.4, 5.6.7.8", "5.6.7.8"),
        (2, "10.0.0.1", "1.2.3.4, 5.6.7.8", "1.2.3.4"),
        (3, "10.0.0.1", "1.2.3.4", "10.0.0.1"),
        (1, "10.0.0.1", "bukan alamat", "10.0.0.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (0, "2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        (0, "::ffff:10.0.0.9", "", "10.0.0.9"),
        (0, "", "", "unknown"),
    ],
)
def test_client_address_believes_only_the_configured_proxies(settings, proxies, direct, told, counted):
    settings.HELPDESK_TRUSTED_PROXIES = proxies
    assert client_address(request_from(direct, HTTP_X_FORWARDED_FOR=told)) == counted


def test_an_office_behind_one_address_files_more_than_ten_an_hour(client, typed):
    for n in range(12):
        key = f"6f2b8a0e-0000-4000-8000-{n:012}"
        report = {**typed, "kunci": key, "summary": f"Laporan ke-{n}"}
        assert client.post(reverse("helpdesk:report"), report).status_code == 302
    assert Ticket.objects.count() == 12


def test_too_many_reports_wait_with_their_text(client, typed):
    with mock.patch.object(throttling.SUBMISSIONS.__class__, "take", return_value=throttling.Slot(wait=600)):
        answer = client.post(reverse("helpdesk:report"), typed)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "600"
    assert "Terlalu banyak percobaan. Coba lagi dalam 10 menit." in answer.content.decode()
    assert 'value="Internet kantor mati"' in answer.content.decode()
    assert Ticket.objects.count() == 0


def guess(client, ticket, code, **extra):
    return client.post(reverse("helpdesk:track"), {"nomor": ticket.number, "kode": code}, **extra)


def test_twenty_wrong_codes_are_answered_and_the_next_must_wait(client):
    ticket = make_ticket()
    answers = [guess(client, ticket, f"AAAA-AAAA-{n:04}") for n in range(21)]
    assert [a.status_code for a in answers] == [422] * 20 + [429]
    assert "Coba lagi dalam 15 menit" in answers[-1].content.decode()
    assert 895 <= int(answers[-1].headers["Retry-After"]) <= 900
    assert guess(client, ticket, ticket.access.code).status_code == 429


def test_guesses_of_others_never_lock_the_owner_out(client):
    ticket = make_ticket()
    for n in range(25):
        guess(client, ticket, f"AAAA-AAAA-{n:04}")
    assert guess(client, ticket, ticket.access.code, REMOTE_ADDR="10.1.1.1").status_code == 302
    link = reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token])
    assert client.get(link).headers["Location"] == reverse("helpdesk:ticket", args=[ticket.number])


def test_right_codes_cost_nothing(client):
    ticket = make_ticket()
    assert {guess(client, ticket, ticket.access.code).status_code for _ in range(25)} == {302}
