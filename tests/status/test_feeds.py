"""The feeds as feed readers understand them, the JSON as its schema promises it."""

import json
from datetime import timedelta
from pathlib import Path

import feedparser
import jsonschema
import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.models import StatusNotice
from tests.factories import make_notice, make_opd

SCHEMA = Path(django_settings.BASE_DIR) / "docs" / "status.schema.json"


@pytest.fixture
def busy(fibre, internet, mail, told):
    """One of each kind, in every state that a reader may meet."""
    told(fibre, "Titik putus ditemukan & <ditandai>.", words_en="The break is found.")
    now = timezone.now()
    make_notice(title="Email lambat", services=[(mail, "degraded")], opds=[make_opd(name="Dinas A & B")])
    make_notice(
        title="Ganti perangkat",
        kind="maintenance",
        services=[(internet, "maintenance")],
        starts_at=now + timedelta(days=1),
        expected_end=now + timedelta(days=1, hours=2),
    )
    make_notice(title="Loket pindah", kind="announcement")
    over = make_notice(title="Sudah lewat", services=[internet], cause="Petir", prevention="Penangkal")
    StatusNotice.objects.filter(pk=over.pk).update(phase="resolved", ended_at=now)
    return fibre


@pytest.mark.parametrize(("name", "version"), [("status_atom", "atom10"), ("status_rss", "rss20")])
def test_feed_reader_finds_nothing_wrong(client, busy, name, version):
    address = reverse(f"helpdesk:{name}")
    answer = client.get(address)
    read = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["Content-Type"]})
    assert (read.bozo, read.version) == (False, version)
    assert read.feed.title == "Status layanan – Dinas Contoh"
    assert read.feed.link == "http://testserver/help-desk/status/"
    assert read.feed.language == "id"
    titles = [entry.title for entry in read.entries]
    assert "Sedang diselidiki: Kabel serat putus" in titles
    assert "Terjadwal: Ganti perangkat" in titles
    assert "Teratasi: Sudah lewat" in titles
    assert "Pengumuman: Loket pindah" in titles
    assert len({entry.id for entry in read.entries}) == len(titles) == 5
    for entry in read.entries:
        assert entry.link.startswith("http://testserver/help-desk/status/")
        assert client.get(entry.link.removeprefix("http://testserver")).status_code == 200
        assert entry.published_parsed


def test_entry_tells_the_timeline_as_plain_words(client, busy, told):
    told(busy, "Sambungan diuji.", at=timezone.now())
    read = feedparser.parse(client.get(reverse("helpdesk:status_atom")).content)
    entry = next(one for one in read.entries if "Kabel serat" in one.title)
    assert "Titik putus ditemukan &amp; &lt;ditandai&gt;." in entry.summary
    assert "Internet OPD (Terganggu total)" in entry.summary
    assert "<script" not in entry.summary
    assert entry.updated > entry.published


def test_feed_in_english(client, busy):
    read = feedparser.parse(client.get(reverse("helpdesk:status_atom"), {"bahasa": "en"}).content)
    assert read.feed.language == "en"
    entry = next(one for one in read.entries if "Fibre cut" in one.title)
    assert "The break is found." in entry.summary
    self_link = next(link.href for link in read.feed.links if link.rel == "self")
    assert self_link.endswith("atom.xml?bahasa=en")


def test_empty_feed_is_a_feed(client, internet):
    for name in ("status_atom", "status_rss"):
        read = feedparser.parse(client.get(reverse(f"helpdesk:{name}")).content)
        assert (read.bozo, read.entries) == (False, [])


@pytest.mark.parametrize("language", ["id", "en"])
def test_json_keeps_its_promise(client, busy, language):
    told = client.get(reverse("helpdesk:status_json"), {"bahasa": language}).json()
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(told, schema, format_checker=jsonschema.FormatChecker())
    assert (told["state"], told["language"]) == ("major", language)
    assert [one["kind"] for one in told["planned"]] == ["maintenance"]
    assert {one["phase"] for one in told["recent"]} == {"resolved"}
    assert len(told["current"]) == 3


def test_json_of_a_quiet_site_keeps_its_promise_too(client, internet):
    told = client.get(reverse("helpdesk:status_json")).json()
    jsonschema.validate(told, json.loads(SCHEMA.read_text()))
    assert (told["state"], told["changed_at"], told["current"]) == ("operational", None, [])


def test_schema_refuses_what_nobody_promised(client, busy):
    told = client.get(reverse("helpdesk:status_json")).json()
    told["current"][0]["author"] = "siapa"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told, json.loads(SCHEMA.read_text()))


def test_other_sites_may_read_the_json(client, internet):
    assert client.get(reverse("helpdesk:status_json")).headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get(reverse("helpdesk:status")).headers
