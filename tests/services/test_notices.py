"""What follows from publishing a notice, and what its timeline does to it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from helpdesk_plugin import signals
from helpdesk_plugin.domain.notices import NoticeKind, NoticePhase, ServiceState, UpdateNature
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.models import (
    AffectedService,
    HelpDeskSettings,
    NoticeTemplate,
    NoticeUpdate,
    StatusNotice,
)
from helpdesk_plugin.notifications import notice_news
from helpdesk_plugin.services import notice_drafts, notice_emergency, notice_updates, notices
from helpdesk_plugin.services.notice_drafts import Facts
from helpdesk_plugin.services.notice_updates import Words
from helpdesk_plugin.services.publishing import publish_scheduled
from tests.factories import make_notice, make_opd, make_service, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def editor(staff):
    return staff[Role.EDITOR]


@pytest.fixture
def news(monkeypatch):
    """The updates that subscribers would hear of."""
    told = []
    monkeypatch.setattr(notice_news, "queue", told.append)
    return told


def reread(notice):
    return StatusNotice.objects.get(pk=notice.pk)


def facts(**more) -> Facts:
    return Facts(
        **{
            "kind": NoticeKind.DISRUPTION,
            "services": [(make_service(name="Internet OPD"), ServiceState.MAJOR)],
            "starts_at": timezone.now() - HOUR,
            "words": "Kabel putus di depan kantor.",
            **more,
        }
    )


def template(**more) -> NoticeTemplate:
    return NoticeTemplate.objects.create(
        **{
            "name": "Internet putus",
            "emergency": True,
            "title": "Gangguan {service}",
            "title_en": "Disruption of {service}",
            "summary": "<p>{service} terganggu bagi {opd} sejak {start}.</p>",
            "summary_en": "<p>{service} is disrupted for {opd} since {start}.</p>",
            **more,
        }
    )


# --- Publication ---


def test_the_first_publication_opens_the_timeline_and_is_news_once(editor, news):
    notice = make_notice(author=editor)
    opening = notice.updates.get()
    assert (opening.nature, opening.phase, opening.author) == (
        UpdateNature.OPENING,
        NoticePhase.INVESTIGATING,
        editor,
    )
    assert opening.text_in("id") == "Jaringan terputus."
    notice.save_revision().publish()
    assert notice.updates.count() == 1
    assert news == [opening]


def test_whoever_wants_silence_gets_it(news):
    make_notice(notify_on_publish=False)
    assert news == []


def test_scheduling_alone_says_nothing(news):
    notice = make_notice(go_live_at=timezone.now() + HOUR)
    assert not notice.updates.exists()
    assert news == []


def test_new_dates_of_a_maintenance_are_news(editor, news):
    start = timezone.now() + HOUR
    notice = make_notice(kind="maintenance", starts_at=start, expected_end=start + HOUR)
    notice.title = "Kata lain"
    notice.save_revision().publish()
    assert len(news) == 1
    notice.starts_at, notice.expected_end = start + 24 * HOUR, start + 26 * HOUR
    notice.save_revision(user=editor).publish()
    moved = news[-1]
    assert (moved.nature, moved.author) == (UpdateNature.RESCHEDULED, editor)
    assert "Jadwal baru" in moved.words
    assert "New time" in moved.words_en
    notice.save_revision().publish()
    assert len(news) == 2


def test_whoever_keeps_copies_hears_of_every_change(django_capture_on_commit_callbacks):
    heard = []

    def hear(sender, notice, **kwargs):
        heard.append(notice.pk)

    signals.notice_changed.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            notice = make_notice()
        with django_capture_on_commit_callbacks(execute=True):
            notice.unpublish()
    finally:
        signals.notice_changed.disconnect(hear)
    assert heard == [notice.pk, notice.pk]


def test_states_are_kept_as_they_were_announced(editor):
    one, other = make_service(), make_service()
    notice = make_notice(services=[(one, "major")])
    notice.save_revision().publish()
    row = notice.affected_services.get()
    row.state = "degraded"
    notice.affected_services.set([row, AffectedService(service=other, state="partial")])
    notice.save_revision().publish()
    notice.affected_services.set([])
    notice.save_revision().publish()
    assert [kept.states for kept in notice.announced_states.all()] == [
        {str(one.pk): "major"},
        {str(one.pk): "degraded", str(other.pk): "partial"},
        {},
    ]


def test_draft_announces_no_state():
    notice = make_notice(services=[make_service()], published=False)
    notice.title = "Lain"
    notice.save_revision()
    assert not notice.announced_states.exists()


@pytest.mark.parametrize("expected", [-HOUR, HOUR, None])
def test_what_is_published_as_over_has_ended(expected):
    now = timezone.now()
    end = now + expected if expected else None
    notice = make_notice(phase="resolved", starts_at=now - 3 * HOUR, expected_end=end)
    assert notice.is_over(timezone.now())
    assert notice.ended_at == end if expected == -HOUR else now <= notice.ended_at <= timezone.now()


# --- The timeline ---


def test_an_update_moves_a_disruption(editor, news):
    notice = make_notice(author=editor)
    update = notice_updates.write_update(
        notice, Words("Kabel ditemukan.", phase=NoticePhase.IDENTIFIED), by=editor
    )
    assert update.published_at
    assert reread(notice).phase == NoticePhase.IDENTIFIED
    notice_updates.write_update(notice, Words("Pulih.", phase=NoticePhase.RESOLVED, notify=False), by=editor)
    ended = reread(notice)
    assert ended.ended_at
    assert ended.is_over(timezone.now())
    notice_updates.write_update(notice, Words("Putus lagi.", phase=NoticePhase.INVESTIGATING), by=editor)
    assert reread(notice).ended_at is None
    assert [told.words for told in news] == ["", "Kabel ditemukan.", "Putus lagi."]
    assert ModelLogEntry.objects.filter(action=notices.UPDATE_ACTION).count() == 3


def test_a_maintenance_is_cancelled_before_it_begins(editor, news):
    start = timezone.now() + HOUR
    notice = make_notice(kind="maintenance", starts_at=start, expected_end=start + HOUR)
    with pytest.raises(notices.PhaseNotOpen):
        notice_updates.write_update(notice, Words("Selesai.", phase=NoticePhase.COMPLETED), by=editor)
    notice_updates.write_update(notice, Words("Batal.", phase=NoticePhase.CANCELLED), by=editor)
    stored = reread(notice)
    assert stored.phase_at(start + 5 * HOUR) is NoticePhase.CANCELLED
    assert news[-1].phase == NoticePhase.CANCELLED
    stored.starts_at, stored.expected_end = start + 9 * HOUR, start + 10 * HOUR
    stored.save_revision().publish()
    assert len(news) == 2


def test_an_update_of_a_maintenance_keeps_the_phase_of_its_moment(editor):
    notice = make_notice(kind="maintenance", expected_end=timezone.now() + HOUR)
    update = notice_updates.write_update(notice, Words("Berjalan lancar."), by=editor)
    assert update.phase == NoticePhase.IN_PROGRESS
    assert reread(notice).ended_at is None


@pytest.mark.parametrize("published", [False, True])
def test_only_public_notices_have_a_timeline(editor, published):
    notice = make_notice(published=published)
    if published:
        notice.unpublish()
    with pytest.raises(notices.NotPublic):
        notice_updates.write_update(notice, Words("Baru."), by=editor)


def test_officers_draft_and_editors_publish(staff, editor, news):
    notice = make_notice()
    said = Words("Teknisi di lokasi.", phase=NoticePhase.IDENTIFIED)
    with pytest.raises(PermissionDenied):
        notice_updates.write_update(notice, said, by=staff.teknisi)
    draft = notice_updates.write_update(notice, said, by=staff.teknisi, draft=True)
    assert reread(notice).phase == NoticePhase.INVESTIGATING
    with pytest.raises(PermissionDenied):
        notice_updates.publish_update(draft.pk, by=staff.teknisi)
    notice_updates.publish_update(draft.pk, by=editor)
    notice_updates.publish_update(draft.pk, by=editor)
    assert [told.words for told in news] == ["", "Teknisi di lokasi."]
    assert reread(notice).phase == NoticePhase.IDENTIFIED


def test_a_double_click_writes_one_line(editor):
    from uuid import uuid4

    notice, key = make_notice(), uuid4()
    first = notice_updates.write_update(notice, Words("Baru."), by=editor, key=key)
    assert notice_updates.write_update(notice, Words("Baru."), by=editor, key=key) == first
    assert notice.updates.count() == 2


def test_what_is_public_is_not_discarded(editor, staff):
    notice = make_notice()
    draft = notice_updates.write_update(notice, Words("Tidak jadi."), by=editor, draft=True)
    with pytest.raises(PermissionDenied):
        notice_updates.discard_update(draft.pk, by=staff.teknisi)
    notice_updates.discard_update(draft.pk, by=editor)
    notice_updates.discard_update(notice.updates.get().pk, by=editor)
    assert notice.updates.count() == 1


# --- The hour ---


def test_an_update_is_published_at_its_hour_late_and_once(editor, news):
    notice = make_notice()
    hour = timezone.now() + HOUR
    waiting = notice_updates.write_update(
        notice, Words("Nanti.", phase=NoticePhase.MONITORING), by=editor, publish_at=hour
    )
    assert waiting.published_at is None
    assert notice_updates.publish_due_updates(hour - timedelta(minutes=1)) == 0
    with time_machine.travel(hour + 5 * HOUR, tick=False):
        assert notice_updates.publish_due_updates(timezone.now()) == 1
        assert notice_updates.publish_due_updates(timezone.now()) == 0
        assert reread(notice).phase == NoticePhase.MONITORING
    assert [told.words for told in news] == ["", "Nanti."]


def test_an_update_whose_notice_was_withdrawn_becomes_a_draft_again(editor, news):
    notice = make_notice()
    hour = timezone.now() + HOUR
    waiting = notice_updates.write_update(notice, Words("Nanti."), by=editor, publish_at=hour)
    notice.unpublish()
    assert notice_updates.publish_due_updates(hour) == 0
    waiting.refresh_from_db()
    assert (waiting.publish_at, waiting.published_at) == (None, None)


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Jayapura", "UTC"])
def test_a_worker_that_was_down_publishes_late_and_once_whatever_the_editor_s_zone(zone, news):
    hour = timezone.now() + 2 * HOUR
    with timezone.override(zone):
        notice = make_notice(
            go_live_at=timezone.localtime(hour), expire_at=timezone.localtime(hour + 9 * HOUR)
        )
    with time_machine.travel(hour - timedelta(minutes=1), tick=False):
        assert publish_scheduled(timezone.now()) == 0
        assert not reread(notice).live
    with time_machine.travel(hour + 3 * HOUR, tick=False):
        assert publish_scheduled(timezone.now()) == 1
        assert publish_scheduled(timezone.now()) == 0
        assert reread(notice).live
        assert reread(notice).first_published_at == hour + 3 * HOUR
    assert [told.nature for told in news] == [UpdateNature.OPENING]
    with time_machine.travel(hour + 10 * HOUR, tick=False):
        assert publish_scheduled(timezone.now()) == 1
        now = timezone.now()
        assert not StatusNotice.objects.current(now).exists()
        assert StatusNotice.objects.public(now).get() == notice
        assert publish_scheduled(now) == 0


def test_one_notice_that_cannot_be_published_stops_no_other(news, monkeypatch, caplog):
    hour = timezone.now() + HOUR
    broken, sound = (make_notice(go_live_at=hour) for _ in range(2))
    publish = Revision.publish

    def fail(self, *args, **kwargs):
        if self.object_id == str(broken.pk):
            raise RuntimeError("broken")
        return publish(self, *args, **kwargs)

    monkeypatch.setattr(Revision, "publish", fail)
    with time_machine.travel(hour + HOUR, tick=False):
        assert publish_scheduled(timezone.now()) == 1
    assert reread(sound).live
    assert not reread(broken).live
    assert "next look tries again" in caplog.text


# --- Facts and wordings ---


def test_an_officer_states_facts_and_a_draft_comes_of_them(staff, news):
    here = make_opd(short_name="Dinkes")
    notice = notice_drafts.draft_notice(facts(opds=[here]), by=staff.teknisi, template=template())
    stored = reread(notice)
    assert not stored.live
    assert (stored.title, stored.title_en) == ("Gangguan Internet OPD", "Disruption of Internet OPD")
    assert "Internet OPD terganggu bagi Dinkes sejak " in stored.summary
    assert stored.facts == "Kabel putus di depan kantor."
    assert "Kabel" not in stored.summary + stored.summary_en
    assert list(stored.opds.all()) == [here]
    assert stored.author == staff.teknisi
    assert news == []
    assert StatusNotice.objects.public(timezone.now()).count() == 0


def test_facts_survive_the_publication_of_words_and_stay_internal(staff, editor):
    notice = notice_drafts.draft_notice(facts(), by=staff.teknisi)
    draft = reread(notice)
    draft.title = "Internet terganggu"
    draft.save_revision(user=editor).publish(user=editor)
    assert reread(notice).facts == "Kabel putus di depan kantor."
    assert "Kabel" not in reread(notice).summary_text("id") + notice.updates.get().text_in("id")


def test_values_are_escaped_in_a_wording(staff):
    stated = facts(services=[(make_service(name="<b>A & B"), ServiceState.MAJOR)])
    notice = notice_drafts.draft_notice(stated, by=staff.teknisi, template=template())
    assert "&lt;b&gt;A &amp; B terganggu" in notice.summary
    assert notice.title == "Gangguan <b>A & B"


@pytest.mark.parametrize("field", ["title", "summary", "title_en", "summary_en"])
@pytest.mark.parametrize("wrong", ["{layanan}", "{service", "{service.pk}"])
def test_unknown_variables_refuse_to_be_saved(field, wrong):
    from django.core.exceptions import ValidationError

    row = NoticeTemplate(name="X", **{"title": "T", "summary": "<p>S</p>", field: wrong})
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert set(refused.value.message_dict) == {field}


def test_auditors_state_no_facts(staff):
    with pytest.raises(PermissionDenied):
        notice_drafts.draft_notice(facts(), by=staff[Role.AUDITOR])


# --- The emergency line ---


@pytest.fixture
def duty(staff):
    from django.contrib.auth.models import Permission

    officer = make_user()
    officer.user_permissions.add(Permission.objects.get(codename="publish_emergency_statusnotice"))
    return officer


def test_a_duty_officer_publishes_a_preset_wording_at_once(duty, editor, news):
    notice = notice_emergency.publish_emergency(facts(words=""), template(), by=duty, priority=Priority.P1)
    assert notice.live
    assert notice.emergency
    assert notice.review_asked_at
    assert StatusNotice.objects.current(timezone.now()).get() == notice
    assert len(news) == 1
    entry = ModelLogEntry.objects.get(action=notices.EMERGENCY_ACTION)
    assert (entry.user, entry.data) == (duty, {"template": "Internet putus", "priority": 1})
    with pytest.raises(PermissionDenied):
        notice_emergency.review_notice(notice, by=duty)
    notice_emergency.review_notice(notice, by=editor)
    notice_emergency.review_notice(notice, by=editor)
    assert reread(notice).reviewed_by == editor
    assert ModelLogEntry.objects.filter(action=notices.REVIEW_ACTION).count() == 1


@pytest.mark.parametrize(
    ("priority", "wording"),
    [(Priority.P2, {}), (Priority.P1, {"emergency": False}), (Priority.P1, {"active": False})],
)
def test_the_line_is_open_for_what_was_agreed_only(duty, priority, wording, news):
    with pytest.raises(notices.NotAnEmergency):
        notice_emergency.publish_emergency(facts(), template(**wording), by=duty, priority=priority)
    assert not StatusNotice.objects.exists()
    assert news == []


def test_the_agency_may_open_the_line_wider(duty):
    settings = HelpDeskSettings.load()
    settings.emergency_up_to = Priority.P2
    settings.save()
    assert notice_emergency.publish_emergency(facts(), template(), by=duty, priority=Priority.P2).live


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.REQUESTER])
def test_no_office_is_on_duty_by_itself(staff, role):
    with pytest.raises(PermissionDenied):
        notice_emergency.publish_emergency(facts(), template(), by=staff[role], priority=Priority.P1)


def test_the_system_publishes_what_is_due():
    notice = make_notice()
    update = NoticeUpdate.objects.create(notice=notice, words="Baru.")
    assert notice_updates.publish_update(update.pk, by=Party.SYSTEM).published_at
