"""Which notices anybody may read, which are going on, and what belongs to no revision."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from helpdesk_plugin.domain.notices import NoticeKind, NoticePhase, ServiceState
from helpdesk_plugin.models import StatusNotice
from helpdesk_plugin.models.notices import as_plain_text
from tests.factories import make_notice, make_opd, make_service

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def set_row(notice, **fields):
    """Write facts that come about by time or by a worker."""
    StatusNotice.objects.filter(pk=notice.pk).update(**fields)


def seen(queryset):
    return {notice.pk for notice in queryset}


def test_a_draft_is_nowhere(django_assert_num_queries):
    make_notice(published=False)
    now = timezone.now()
    of = StatusNotice.objects
    for found in (of.public(now), of.current(now), of.planned(now), of.archive(now.date(), now)):
        assert seen(found) == set()
    assert seen(of.concerning(None, None, now)) == set()


def test_a_scheduled_notice_waits_for_its_hour():
    later = timezone.now() + HOUR
    notice = make_notice(go_live_at=later)
    assert not notice.live
    assert seen(StatusNotice.objects.public(later + HOUR)) == set()  # nobody has published it yet


def test_an_expired_notice_leaves_the_banner_at_once_and_stays_readable():
    now = timezone.now()
    notice = make_notice(expire_at=now + HOUR)
    assert seen(StatusNotice.objects.current(now + timedelta(minutes=1))) == {notice.pk}
    late = now + 2 * HOUR
    assert seen(StatusNotice.objects.current(late)) == set()
    assert seen(StatusNotice.objects.public(late)) == {notice.pk}
    set_row(notice, live=False, expired=True)
    assert seen(StatusNotice.objects.public(late)) == {notice.pk}
    assert seen(StatusNotice.objects.current(late)) == set()


def test_a_withdrawn_notice_is_gone():
    notice = make_notice()
    notice.unpublish()
    assert seen(StatusNotice.objects.public(timezone.now())) == set()


@pytest.mark.parametrize("phase", [NoticePhase.RESOLVED, NoticePhase.COMPLETED, NoticePhase.CANCELLED])
def test_what_has_ended_is_not_going_on(phase):
    notice = make_notice()
    now = timezone.now()
    set_row(notice, phase=phase, ended_at=now)
    assert seen(StatusNotice.objects.current(now)) == set()
    assert seen(StatusNotice.objects.public(now)) == {notice.pk}


def test_maintenance_is_planned_then_going_on_then_over():
    now = timezone.now()
    notice = make_notice(kind="maintenance", starts_at=now + HOUR, expected_end=now + 2 * HOUR)
    of = StatusNotice.objects
    now = timezone.now()
    assert (seen(of.planned(now)), seen(of.current(now))) == ({notice.pk}, set())
    during, after = now + 1.5 * HOUR, now + 3 * HOUR
    assert (seen(of.planned(during)), seen(of.current(during))) == (set(), {notice.pk})
    assert (seen(of.planned(after)), seen(of.current(after))) == (set(), set())
    assert [notice.phase_at(at) for at in (now, during, after)] == [
        NoticePhase.SCHEDULED,
        NoticePhase.IN_PROGRESS,
        NoticePhase.COMPLETED,
    ]
    assert notice.ended_since(during) is None
    assert notice.ended_since(after) == notice.expected_end


def test_an_announcement_lasts_until_its_end():
    now = timezone.now()
    notice = make_notice(kind="announcement", expected_end=now + HOUR)
    assert notice.phase == ""
    now = timezone.now()
    assert seen(StatusNotice.objects.current(now)) == {notice.pk}
    assert seen(StatusNotice.objects.current(now + 2 * HOUR)) == set()


def test_a_notice_concerns_services_and_agencies():
    internet, mail, here, there = make_service(), make_service(), make_opd(), make_opd()
    of_internet = make_notice(services=[internet])
    of_here = make_notice(services=[(mail, "degraded")], opds=[here])
    of_all = make_notice(kind="announcement")
    restored = make_notice(services=[(internet, ServiceState.OPERATIONAL)])
    now = timezone.now()
    asked = StatusNotice.objects.concerning
    assert seen(asked(internet, None, now)) == {of_internet.pk, of_all.pk}
    assert seen(asked(mail, here, now)) == {of_here.pk, of_all.pk}
    assert seen(asked(mail, there, now)) == {of_all.pk}
    assert seen(asked(None, there, now)) == {of_internet.pk, of_all.pk, restored.pk}
    assert of_here.touches_opd(here)
    assert not of_here.touches_opd(there)


def test_a_month_is_a_month_on_the_agency_s_clocks():
    # 31 October 17.30 UTC is half past midnight on 1 November in Katingan.
    edge = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)
    notice = make_notice(starts_at=edge)
    now = max(timezone.now(), edge + HOUR)
    assert seen(StatusNotice.objects.archive(date(2026, 11, 20), now)) == {notice.pk}
    assert seen(StatusNotice.objects.archive(date(2026, 10, 1), now)) == set()


def test_an_older_draft_does_not_take_a_notice_back_to_a_phase_it_has_left():
    notice = make_notice()
    notice.title = "Kata yang lebih baik"
    draft = notice.save_revision()
    notice.title = "Belum diterbitkan"
    set_row(notice, phase=NoticePhase.MONITORING, emergency=True)
    draft.publish()
    notice.refresh_from_db()
    assert (notice.title, notice.phase, notice.emergency) == (
        "Kata yang lebih baik",
        NoticePhase.MONITORING,
        True,
    )


def test_services_and_agencies_are_drafted_like_words():
    internet, mail, here = make_service(), make_service(), make_opd()
    notice = make_notice(services=[internet])
    notice.affected_services.set([type(notice.affected_services.first())(service=mail, state="partial")])
    notice.opds.set([here])
    draft = notice.save_revision()
    stored = StatusNotice.objects.get(pk=notice.pk)
    assert [row.service for row in stored.affected_services.all()] == [internet]
    draft.publish()
    stored = StatusNotice.objects.get(pk=notice.pk)
    assert [(row.service, row.state) for row in stored.affected_services.all()] == [(mail, "partial")]
    assert list(stored.opds.all()) == [here]
    assert stored.worst_state is ServiceState.PARTIAL


def test_a_kind_brings_its_first_phase():
    assert make_notice().phase == NoticePhase.INVESTIGATING
    assert make_notice(phase=NoticePhase.IDENTIFIED).phase == NoticePhase.IDENTIFIED


def test_dates_are_checked():
    notice = make_notice(published=False, kind="maintenance")
    with pytest.raises(ValidationError) as refused:
        notice.full_clean()
    assert set(refused.value.message_dict) == {"expected_end"}


def test_a_phase_of_another_kind_gives_way():
    notice = make_notice(published=False, phase=NoticePhase.MONITORING)
    notice.kind, notice.expected_end = NoticeKind.MAINTENANCE, notice.starts_at + HOUR
    notice.full_clean()
    assert notice.phase == NoticePhase.SCHEDULED


def test_words_fall_back_to_indonesian_and_become_plain():
    notice = make_notice(
        published=False,
        title="Internet putus",
        title_en="Internet down",
        summary="<p>Kabel &amp; tiang putus.</p><ul><li><b>Satu</b></li><li>Dua</li></ul>",
    )
    assert (notice.title_in("en"), notice.title_in("id")) == ("Internet down", "Internet putus")
    assert notice.summary_in("en-gb") == notice.summary
    assert notice.summary_text("id") == "Kabel & tiang putus.\n• Satu\n• Dua"


@pytest.mark.parametrize(
    ("rich", "plain"),
    [
        ("<p>Satu.</p><p>Dua.</p>", "Satu.\nDua."),
        ("<ul><li>satu</li><li>dua</li></ul><p>Tiga.</p>", "• satu\n• dua\nTiga."),
        ("<p>Bawa:</p><ol><li>kartu</li></ol>", "Bawa:\n• kartu"),
        ("<p>Baris<br/>kedua &amp; <b>tebal</b></p>", "Baris\nkedua & tebal"),
        (
            '<p><a href="https://example.go.id/a?b=1&amp;c=2">denah</a>.</p>',
            "denah (https://example.go.id/a?b=1&c=2).",
        ),
        ('<p><a href="https://example.go.id/">https://example.go.id/</a></p>', "https://example.go.id/"),
        ('<p><a href="mailto:a@example.go.id">surel</a></p>', "surel (a@example.go.id)"),
        ('<p><a linktype="page" id="3">halaman</a></p>', "halaman"),
        ("<p></p>", ""),
    ],
)
def test_rich_text_reads_well_as_plain_text(rich, plain):
    assert as_plain_text(rich) == plain


def test_a_list_costs_the_same_however_long(django_assert_num_queries):
    for _ in range(4):
        make_notice(services=[make_service()], opds=[make_opd()])
    now = timezone.now()
    with django_assert_num_queries(4):
        for notice in StatusNotice.objects.current(now).with_public_facts(now):
            assert notice.worst_state is ServiceState.MAJOR
            assert [row.service.name for row in notice.affected_services.all()]
            assert list(notice.opds.all())
            assert notice.public_updates is not None
