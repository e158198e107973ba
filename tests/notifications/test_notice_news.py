"""News of notices: one mail to one address, in its language, only while it is wanted and public."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from helpdesk_plugin.models import MessageState, NoticeSubscription, NoticeUpdate, OutboxMessage, StatusNotice
from helpdesk_plugin.notifications import notice_news, outbox
from helpdesk_plugin.services import subscriptions
from helpdesk_plugin.services.subscriptions import Wish
from tests.factories import make_notice, make_opd, make_service

QUEUE = 3  # services of the notice (which concerns every agency); who is told; the rows


@pytest.fixture
def internet(agency):
    return make_service(code="INF-NET", name="Internet OPD")


@pytest.fixture
def fibre(internet):
    return quiet_notice(title="Kabel serat putus", title_en="Fibre cut", services=[(internet, "major")])


def quiet_notice(**fields):
    """A public notice whose publication told nobody, so that a test sees what its own update tells."""
    return make_notice(notify_on_publish=False, **fields)


@pytest.fixture
def tell():
    def publish(notice, words="Teknisi di lokasi.", **fields):
        facts = {"phase": notice.phase, "words": words, "published_at": timezone.now(), **fields}
        update = NoticeUpdate.objects.create(notice=notice, **facts)
        notice_news.queue(update)
        return update

    return publish


@pytest.fixture
def reader(agency):
    """An address that is told of something."""

    def make(address="sari@example.test", *services, opd=None, notice=None, language="id"):
        subscriptions.ask(address, Wish(services, opd, notice), language=language)
        held = subscriptions.confirm(NoticeSubscription.objects.latest("pk").confirm_token)
        OutboxMessage.objects.all().delete()
        return held

    return make


def told() -> list[str]:
    return sorted(OutboxMessage.objects.values_list("subscription__email", flat=True))


def read():
    mail.outbox.clear()
    outbox.deliver_due()
    return {letter.to[0]: letter for letter in mail.outbox}


# --- Who is told --------------------------------------------------------------------------------------


def test_subscribers_of_the_service_and_of_all_services_are_told(fibre, internet, reader, tell):
    reader("semua@example.test")
    reader("internet@example.test", internet)
    reader("email@example.test", make_service())
    tell(fibre)
    assert told() == ["internet@example.test", "semua@example.test"]


def test_agencies_are_told_of_what_concerns_them(internet, reader, tell):
    mine, other = make_opd(), make_opd()
    reader("saya@example.test", opd=mine)
    reader("lain@example.test", opd=other)
    reader("siapa@example.test")
    tell(quiet_notice(services=[internet], opds=[mine]))
    assert told() == ["saya@example.test", "siapa@example.test"]
    OutboxMessage.objects.all().delete()
    tell(quiet_notice(services=[internet]))
    assert told() == ["lain@example.test", "saya@example.test", "siapa@example.test"]


def test_notice_without_services_is_for_every_service(reader, internet, tell):
    reader("internet@example.test", internet)
    tell(quiet_notice(kind="announcement"))
    assert told() == ["internet@example.test"]


def test_followers_are_told_of_their_notice_alone(fibre, internet, reader, tell):
    reader("ikut@example.test", notice=fibre)
    tell(fibre)
    tell(quiet_notice(services=[internet]))
    assert told() == ["ikut@example.test"]


def test_one_address_gets_one_mail_however_often_it_subscribed(fibre, internet, reader, tell):
    reader("sari@example.test", internet)
    reader("sari@example.test", notice=fibre)
    update = tell(fibre)
    notice_news.queue(update)
    assert told() == ["sari@example.test"]
    assert list(read()) == ["sari@example.test"]
    assert read() == {}


def test_unconfirmed_and_ended_subscriptions_are_told_nothing(fibre, reader, tell):
    subscriptions.ask("belum@example.test", Wish(), language="id")
    OutboxMessage.objects.all().delete()
    subscriptions.end(reader("pergi@example.test"))
    OutboxMessage.objects.all().delete()
    tell(fibre)
    assert told() == []


@pytest.mark.parametrize("readers", [1, 40])
def test_queueing_costs_the_same_for_many(fibre, reader, readers, django_assert_num_queries):
    for n in range(readers):
        reader(f"orang{n}@example.test")
    update = NoticeUpdate.objects.create(notice=fibre, words="Kabar", published_at=timezone.now())
    with django_assert_num_queries(QUEUE):
        notice_news.queue(update)
    assert len(told()) == readers


# --- What they read -----------------------------------------------------------------------------------


def test_mail_says_what_is_new_and_leads_to_the_notice(fibre, reader, tell, agency):
    held = reader()
    tell(fibre, "Titik putus di km 4. <b>Bukan</b> & {number}", phase="identified")
    (letter,) = read().values()
    assert letter.subject == "Penyebab diketahui: Kabel serat putus"
    html = letter.alternatives[0].content
    assert "Titik putus di km 4. <b>Bukan</b> & {number}" in letter.body
    assert "Titik putus di km 4. &lt;b&gt;Bukan&lt;/b&gt; &amp; {number}" in html
    for part in (letter.body, html):
        assert f"http://testserver/help-desk/status/{fibre.pk}/" in part
        assert f"http://testserver/help-desk/status/langganan/{held.manage_token}/" in part
        assert "Internet OPD (Terganggu total)" in part
    assert "\n\n\n" not in letter.body


def test_headers_offer_to_end_it_with_one_press_and_keep_the_thread(fibre, reader, tell, client):
    held = reader()
    tell(fibre, "Satu")
    first = read()["sari@example.test"]
    tell(fibre, "Dua")
    second = read()["sari@example.test"]
    for letter in (first, second):
        headers = letter.extra_headers
        assert headers["Auto-Submitted"] == "auto-generated"
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        (address,) = re.fullmatch(r"<http://testserver(\S+)>", headers["List-Unsubscribe"]).groups()
        assert address.endswith("/berhenti/")
    assert first.extra_headers["References"] == second.extra_headers["References"]
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]
    client.post(address, {"List-Unsubscribe": "One-Click"})
    held.refresh_from_db()
    assert not held.is_in_force


def test_mail_is_in_the_language_of_the_subscription(fibre, reader, tell):
    reader("budi@example.test", language="en")
    tell(fibre, "Kabar", words_en="The break is found.")
    letter = read()["budi@example.test"]
    assert letter.subject == "Investigating: Fibre cut"
    assert "The break is found." in letter.body
    assert '<html lang="en">' in letter.alternatives[0].content


def test_maintenance_is_announced_moved_and_called_off(internet, reader, tell):
    reader()
    begins = timezone.now() + timedelta(days=2)
    work = quiet_notice(
        title="Ganti perangkat",
        kind="maintenance",
        services=[(internet, "maintenance")],
        starts_at=begins,
        expected_end=begins + timedelta(hours=2),
    )
    notice_news.queue(work.updates.get(nature="opening"))
    tell(work, "Karena cuaca.", nature="rescheduled")
    tell(work, "Batal.", phase="cancelled")
    subjects = [letter.subject for letter in _all_read()]
    assert subjects == [
        "Terjadwal: Ganti perangkat",
        "Jadwal berubah: Ganti perangkat",
        "Dibatalkan: Ganti perangkat",
    ]


def test_what_was_called_off_had_only_been_planned(internet, reader, tell):
    """No end before a beginning: the moment of calling it off is not its end."""
    reader()
    begins = timezone.now() + timedelta(days=2)
    dates = {"starts_at": begins, "expected_end": begins + timedelta(hours=2)}
    work = quiet_notice(kind="maintenance", services=[(internet, "maintenance")], **dates)
    tell(work, "Batal.", phase="cancelled")
    StatusNotice.objects.filter(pk=work.pk).update(phase="cancelled", ended_at=timezone.now())
    (letter,) = read().values()
    assert "Semula direncanakan: " in letter.body
    assert "Berakhir" not in letter.body


def _all_read():
    mail.outbox.clear()
    outbox.deliver_due()
    return list(mail.outbox)


def test_late_mail_says_how_things_stand_now(fibre, reader, tell):
    reader()
    tell(fibre, "Mulai diselidiki.")
    StatusNotice.objects.filter(pk=fibre.pk).update(phase="resolved", ended_at=timezone.now())
    (letter,) = read().values()
    assert "Sedang diselidiki" in letter.body
    assert "Teratasi" in letter.body


# --- What is asked again when it is sent --------------------------------------------------------------


def withdrawn(notice, _update, _held):
    notice.unpublish()


def secret_now(notice, _update, _held):
    notice.affected_services.first().service.__class__.objects.update(is_security=True)


def update_taken_back(_notice, update, _held):
    NoticeUpdate.objects.filter(pk=update.pk).update(published_at=None)


def reader_left(_notice, _update, held):
    subscriptions.end(held)


@pytest.mark.parametrize("change", [withdrawn, secret_now, update_taken_back, reader_left])
def test_mail_that_may_no_longer_be_sent_is_dropped(fibre, reader, tell, change):
    held = reader()
    update = tell(fibre)
    change(fibre, update, held)
    letters = read()
    assert all("Kabel serat" not in letter.subject for letter in letters.values())
    message = OutboxMessage.objects.get(notice_update=update)
    assert message.state == MessageState.DROPPED
    assert message.last_error


def test_news_wait_for_no_share_of_the_address(fibre, reader, tell):
    reader()
    for n in range(8):
        tell(fibre, f"Kabar {n}")
    assert len(_all_read()) == 8


def test_retired_key_is_renewed_before_links_are_made(fibre, reader, tell, settings):
    reader()
    settings.HELPDESK_TRACKING_KEYS = ["kunci-yang-lain-sekali" * 3]
    tell(fibre)
    (letter,) = read().values()
    held = NoticeSubscription.objects.get()
    assert held.manage_token in letter.body


def test_forgotten_address_takes_its_messages_along(fibre, reader, tell):
    held = reader()
    tell(fibre)
    held.delete()
    assert not OutboxMessage.objects.exists()


# --- The editor's preview -----------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "title"), [("id", "Kabel serat putus"), ("en", "Fibre cut")])
def test_preview_is_the_mail_of_its_opening(fibre, language, title):
    html = notice_news.preview(fibre, language)
    assert f'<html lang="{language}">' in html
    assert title in html
    assert f"/help-desk/status/{fibre.pk}/" in html


def test_preview_of_a_notice_that_was_never_saved(agency):
    html = notice_news.preview(StatusNotice(title="Belum disimpan", summary="<p>Isi <b>tebal</b></p>"), "id")
    assert "Belum disimpan" in html
    assert "Isi tebal" in html
