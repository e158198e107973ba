"""Answers for a thousand readers: kept, revalidated, fresh at once when an editor acts, without a cookie."""

import gzip
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.models import StatusNotice
from helpdesk_plugin.status import kept
from tests.factories import make_notice

KEPT_QUERIES = 2  # whether a notice, or an update, has changed
CACHEABLE = ("status", "status_atom", "status_rss", "status_json")


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.HELPDESK_STATUS_SECONDS = 15


@pytest.fixture(params=[*CACHEABLE, "notice"])
def address(request, fibre):
    args = [fibre.pk] if request.param == "notice" else []
    return reverse(f"helpdesk:{request.param}", args=args)


def test_second_reader_costs_two_small_queries(client, address, django_assert_num_queries):
    first = client.get(address)
    with django_assert_num_queries(KEPT_QUERIES):
        second = client.get(address)
    assert second.content == first.content


def test_no_cookie_is_set_and_the_answer_is_the_same_for_everybody(client, address, settings):
    settings.HELPDESK_BASE_TEMPLATE = "base.html"
    first = client.get(address)
    assert not first.cookies
    assert "csrfmiddlewaretoken" not in first.content.decode()
    kept.forget()
    assert client.get(address).content == first.content


def test_headers_let_caches_keep_it_for_half_a_minute(client, address):
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "public, max-age=30"
    assert re.fullmatch(r'W/"[0-9a-f]{32}"', headers["ETag"])
    assert {name.strip() for name in headers["Vary"].split(",")} == {"Accept-Encoding", "Cookie"}


@pytest.mark.parametrize("header", ["etag", "date"])
def test_reader_who_has_it_is_told_so_in_no_words(client, address, header):
    first = client.get(address)
    asked = (
        {"if-none-match": first.headers["ETag"]}
        if header == "etag"
        else {"if-modified-since": first.headers["Last-Modified"]}
    )
    again = client.get(address, headers=asked)
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control"):
        assert again.headers[name] == first.headers[name]


def test_reader_of_before_gets_what_has_changed(client, fibre, told):
    address = reverse("helpdesk:status")
    with acting_at(timezone.now() - timedelta(minutes=5)):
        first = client.get(address)
    told(fibre, "Kabar baru sekali.")
    for asked in (
        {"if-none-match": first.headers["ETag"]},
        {"if-modified-since": first.headers["Last-Modified"]},
    ):
        again = client.get(address, headers=asked)
        assert again.status_code == 200
        assert "Kabar baru sekali." in again.content.decode()


def test_processes_agree_on_tag_and_date(client, address):
    first = client.get(address).headers
    kept.forget()  # as another process, which has drawn nothing yet
    with acting_at(timezone.now() + timedelta(seconds=3)):
        second = client.get(address).headers
    assert (first["ETag"], first["Last-Modified"]) == (second["ETag"], second["Last-Modified"])


def test_compressed_and_plain_are_the_same_words(client, address):
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] == plain.headers["ETag"]


def test_head_has_the_headers_alone(client, address):
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == client.get(address).headers["ETag"]


def test_many_who_come_at_once_wait_for_one_drawing():
    drawn = []

    def draw(at):
        drawn.append(at)
        time.sleep(0.05)  # long enough for the others to come meanwhile
        return kept.Answer("isi", "text/plain", at + timedelta(hours=1))

    came = timezone.now()
    with mock.patch.object(kept, "stamp", return_value="1"), ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _n: kept._drawn_once("kunci", came, 15, draw), range(8)))
    assert len(drawn) == 1
    assert {answer.plain for answer in answers} == {b"isi"}


# --- Never stale --------------------------------------------------------------------------------------


def shown(client) -> str:
    return "".join(client.get(reverse(f"helpdesk:{name}")).content.decode() for name in CACHEABLE)


def test_published_and_withdrawn_notices_show_with_the_next_request(client, internet):
    assert "Baru terbit" not in shown(client)
    notice = make_notice(title="Baru terbit", services=[internet])
    assert "Baru terbit" in shown(client)
    notice.unpublish()
    assert "Baru terbit" not in shown(client)
    assert client.get(reverse("helpdesk:notice", args=[notice.pk])).status_code == 404


def test_withdrawn_notice_is_gone_from_its_own_page_too(client, fibre):
    address = reverse("helpdesk:notice", args=[fibre.pk])
    assert client.get(address).status_code == 200
    fibre.unpublish()
    assert client.get(address).status_code == 404


def test_changed_words_show_with_the_next_request(client, fibre):
    assert "Kabel serat putus" in shown(client)
    fibre.title = "Dua kabel putus"
    fibre.save_revision().publish()
    assert "Dua kabel putus" in shown(client)
    assert "Kabel serat putus" not in shown(client)


def test_answer_is_kept_no_longer_than_it_is_true(client, fibre):
    now = timezone.now()
    StatusNotice.objects.filter(pk=fibre.pk).update(expire_at=now + timedelta(seconds=8))
    with acting_at(now):
        first = client.get(reverse("helpdesk:status"))
    assert first.headers["Cache-Control"] in {"public, max-age=7", "public, max-age=8"}
    assert "Sedang berlangsung</h2>" in first.content.decode()
    with acting_at(now + timedelta(seconds=9)):
        assert "Sedang berlangsung</h2>" not in client.get(reverse("helpdesk:status")).content.decode()


def test_midnight_ends_what_is_kept(client, fibre):
    late = timezone.localtime().replace(hour=23, minute=59, second=50, microsecond=0)
    with acting_at(late):
        assert client.get(reverse("helpdesk:status")).headers["Cache-Control"] == "public, max-age=10"


# --- Whose it is --------------------------------------------------------------------------------------


def test_languages_are_kept_apart(client, fibre):
    assert "Kabel serat putus" in shown(client)
    client.cookies["django_language"] = "en"
    assert "Fibre cut" in shown(client)
    del client.cookies["django_language"]
    assert "Kabel serat putus" in shown(client)


def test_what_one_reader_adds_to_the_address_is_shown_to_no_other(client, fibre, settings):
    settings.HELPDESK_BASE_TEMPLATE = "base.html"
    address = reverse("helpdesk:status")
    assert "jahat" not in client.get(address, {"x": "jahat"}).content.decode()
    assert "jahat" not in client.get(address).content.decode()


def test_who_is_signed_in_gets_a_page_that_nobody_keeps(client, fibre):
    user = get_user_model().objects.create_superuser("penyunting", "p@example.test", "sandi-panjang-1")
    address = reverse("helpdesk:status")
    client.get(address)
    client.force_login(user)
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert "ETag" not in headers


def test_page_stands_when_the_cache_fails(client, fibre):
    with (
        mock.patch.object(cache, "get", side_effect=OSError),
        mock.patch.object(cache, "set", side_effect=OSError),
    ):
        answer = client.get(reverse("helpdesk:status"))
    assert answer.status_code == 200
    assert answer.headers["Last-Modified"]


def test_zero_seconds_keep_nothing(client, fibre, settings):
    settings.HELPDESK_STATUS_SECONDS = 0
    with mock.patch("helpdesk_plugin.status.kept.gzip.compress", wraps=gzip.compress) as compress:
        client.get(reverse("helpdesk:status"))
        client.get(reverse("helpdesk:status"))
    assert compress.call_count == 2
