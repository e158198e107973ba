"""Timing: machines are asked once more, people with a quick browser are not, and nobody loses a word."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.models import Ticket

SPAM = "Kunjungi http://a.example http://b.example dan www.c.example"


@pytest.fixture
def send(client, typed, service):
    """Draw the form, wait some seconds, and send it in one go, as machines do."""

    def send_after(seconds: float, *, stamp: str | None = None, **words):
        address = reverse("helpdesk:report")
        now = timezone.now()
        with time_machine.travel(now, tick=False):
            drawn = client.get(address, {"layanan": service.code}).content.decode()
        carried = re.search(r'name="dibuka" value="([^"]+)"', drawn).group(1)
        data = {**typed, **words, "dibuka": carried if stamp is None else stamp}
        with time_machine.travel(now + timedelta(seconds=seconds), tick=False):
            return client.post(address, data)

    return send_after


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, {}),  # a browser that filled everything in
        (1, {"description": "Situs http://a.example dan http://b.example tidak dapat dibuka"}),
        (10, {"description": SPAM}),  # a person with much to show
    ],
)
def test_one_sign_alone_stops_nobody(send, seconds, words):
    assert send(seconds, **words).status_code == 302
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("said", [SPAM, '<a href="x">murah</a>', "[url=x]murah[/url]"])
def test_advertising_in_a_hurry_is_asked_once_more(send, said):
    answer = send(1, description=said)
    assert answer.status_code == 422
    assert "lebih cepat daripada orang biasanya mengetik" in answer.content.decode()
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize("stamp", ["", "hd:palsu:palsu", "\x00", "x" * 5000])
def test_lost_stamp_counts_only_against_advertising(send, stamp):
    assert send(10, stamp=stamp).status_code == 302
    assert send(10, stamp=stamp, description=SPAM, kunci=str(uuid.uuid4())).status_code == 422


def test_what_was_typed_is_kept_and_goes_with_the_second_press(client, typed, send):
    for stamp in (None, ""):
        words = {"summary": f"Ringkasan {stamp}", "description": SPAM, "kunci": str(uuid.uuid4())}
        html = send(1, stamp=stamp, **words).content.decode()
        said = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
        assert said["summary"] == words["summary"]
        again = {**typed, **said, "description": SPAM, "aksi": "kirim"}
        with time_machine.travel(timezone.now() + timedelta(seconds=5), tick=False):
            assert client.post(reverse("helpdesk:report"), again).status_code == 302
    assert sorted(Ticket.objects.values_list("summary", flat=True)) == ["Ringkasan", "Ringkasan None"]


def test_stamp_is_of_the_first_drawing_and_travels_to_the_check(client, typed, send):
    address = reverse("helpdesk:report")
    first = client.get(address, {"layanan": typed["layanan"]}).content.decode()
    stamp = re.search(r'name="dibuka" value="([^"]+)"', first).group(1)
    check = client.post(address, {**typed, "dibuka": stamp, "aksi": "periksa"}).content.decode()
    assert f'name="dibuka" value="{stamp}"' in check
