"""The survey of nine elements: periods open and end, people are invited once, answers count once."""

import uuid
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import (
    AgencyProfile,
    HelpDeskSettings,
    MessageText,
    OpdContact,
    OutboxMessage,
    SurveyInvitation,
    SurveyPeriod,
    SurveyResponse,
)
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.notifications.decisions import SURVEY_REMINDER
from helpdesk_plugin.notifications.survey_mail import render_reminder
from helpdesk_plugin.services import service_surveys as surveys
from helpdesk_plugin.services import survey_reminders
from helpdesk_plugin.services.upkeep import look_after
from tests.factories import MONDAY_9, make_opd, make_ticket, make_user
from tests.surveys import answer_all, make_elements, make_period, open_one, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(staff):
    return make_user(Role.MANAGER)


@pytest.fixture
def period(manager):
    with acting_at(MONDAY_9):
        yield open_one(manager)


def test_period_keeps_the_words_with_which_it_was_opened(period, manager):
    (element,) = (one for one in period.questions if one["code"] == "U4")
    assert (element["name"], element["preset"], element["answers"][3]) == ("Biaya/tarif", 4, "Gratis")
    with pytest.raises(surveys.NotADraft):
        surveys.open_period(period, by=manager)
    assert period.history.first().history_user == manager


def test_nothing_is_opened_without_the_nine_elements(manager):
    make_elements(but="U9")
    draft = make_period()
    with pytest.raises(surveys.ElementsMissing):
        surveys.open_period(draft, by=manager)
    draft.refresh_from_db()
    assert draft.is_draft


def test_days_that_were_asked_about_stay(period):
    period.last_day += timedelta(days=1)
    with pytest.raises(ValidationError, match="tidak dapat diubah"):
        period.clean()


def test_only_managers_open_invite_and_end(period, staff):
    for deed in (surveys.open_period, surveys.invite, surveys.close_period):
        with pytest.raises(PermissionDenied):
            deed(period, by=staff.kadis)
    assert not SurveyInvitation.objects.exists()


def test_contacts_and_requesters_are_invited_once_and_nobody_else(period, manager, staff):
    office, other = make_opd(), make_opd()
    of_today = {"opd": office, "first_day": date(2026, 1, 1)}
    OpdContact.objects.create(name="Rina", email="rina@example.test", **of_today)
    OpdContact.objects.create(name="Lama", email="lama@example.test", **of_today, last_day=date(2026, 10, 1))
    make_ticket(at=MONDAY_9, opd=other, requester_email="Sari@example.test")
    make_ticket(at=MONDAY_9, opd=office, requester_email="sari@example.test")
    make_ticket(at=MONDAY_9 - timedelta(days=200), requester_email="dulu@example.test")
    secret = make_ticket(at=MONDAY_9, requester_email="rahasia@example.test")
    type(secret).objects.filter(pk=secret.pk).update(security_flag=True)
    OutboxMessage.objects.all().delete()

    done = surveys.invite(period, by=manager)
    invited = {row.email: row.opd for row in SurveyInvitation.objects.select_related("opd")}
    assert invited == {"rina@example.test": office, "sari@example.test": office}
    assert (done.now, done.before) == (2, 0)
    assert surveys.invite(period, by=manager).now == 0
    assert OutboxMessage.objects.filter(survey_invitation__isnull=False).count() == 2
    period.refresh_from_db()
    assert period.invited == 2


def test_mail_carries_the_link_and_no_ticket(period, manager):
    ticket = make_ticket(at=MONDAY_9, requester_email="sari@example.test", requester_name="Sari Melati")
    OutboxMessage.objects.all().delete()
    mail.outbox.clear()
    surveys.invite(period, by=manager)
    outbox.deliver_due()
    (letter,) = mail.outbox
    token = SurveyInvitation.objects.get().token
    assert letter.to == ["sari@example.test"]
    assert letter.subject == "Survei kepuasan: Semester II 2026"
    for part in (letter.body, letter.alternatives[0].content):
        assert f"/survei/u/{token}/" in part
        assert "31 Desember 2026" in part
        assert ticket.number not in part
        assert "Sari" not in part


@pytest.mark.parametrize("why", ["answered", "ended"])
def test_mail_that_is_no_longer_needed_is_not_sent(period, manager, why):
    make_ticket(at=MONDAY_9)
    OutboxMessage.objects.all().delete()
    mail.outbox.clear()
    surveys.invite(period, by=manager)
    if why == "answered":
        SurveyInvitation.objects.update(answered=True)
    else:
        surveys.close_period(period, by=manager)
    outbox.deliver_due()
    assert mail.outbox == []
    assert OutboxMessage.objects.get().state == "dropped"


def test_invitation_counts_once_and_nothing_joins_it_to_the_answer(period):
    invitation = SurveyInvitation.objects.create(period=period, opd=make_opd(), email="sari@example.test")
    form = uuid.uuid4()
    elsewhere = said(make_opd(), 4, suggestion="Lebih cepat.")
    surveys.answer_invitation(invitation.token, elsewhere, form=form)
    surveys.answer_invitation(invitation.token, elsewhere, form=form)  # pressed twice
    with pytest.raises(surveys.UsedAlready):
        surveys.answer_invitation(invitation.token, elsewhere, form=uuid.uuid4())
    answer = SurveyResponse.objects.get()
    assert answer.opd == invitation.opd
    assert answer.scores == (4,) * 9
    names = {field.name for field in SurveyResponse._meta.get_fields()}
    assert names == {
        *("id", "period", "opd", "service", "door", "day", "form", "suggestion"),
        *(f"u{n}" for n in range(1, 10)),
    }
    kept = {field.name for field in SurveyInvitation._meta.concrete_fields}
    assert kept == {
        *("id", "period", "opd", "email", "language", "nonce", "key_id", "token_hash", "answered"),
        *("invited_on", "reminded", "declined"),  # none of which depends on when it was used
    }


def test_open_link_takes_a_form_once(period):
    form, opd = uuid.uuid4(), make_opd()
    surveys.answer_open(period, said(opd, 3), form=form)
    surveys.answer_open(period, said(opd, 3), form=form)
    assert SurveyResponse.objects.count() == 1
    SurveyPeriod.objects.update(open_link=False)
    with pytest.raises(surveys.NotOpen):
        surveys.answer_open(period, said(opd, 3), form=uuid.uuid4())


def test_nothing_is_taken_after_the_last_day_or_the_end(period, manager):
    opd = make_opd()
    invitation = SurveyInvitation.objects.create(period=period, opd=opd, email="sari@example.test")
    with acting_at(MONDAY_9 + timedelta(days=60)), pytest.raises(surveys.NotOpen):
        surveys.answer_invitation(invitation.token, said(opd, 3), form=uuid.uuid4())
    surveys.close_period(period, by=manager)
    with pytest.raises(surveys.NotOpen):
        surveys.answer_open(period, said(opd, 3), form=uuid.uuid4())
    with pytest.raises(surveys.NotOpen):
        surveys.close_period(period, by=manager)
    assert not SurveyResponse.objects.exists()
    invitation.refresh_from_db()
    assert not invitation.answered


def test_addresses_are_forgotten_after_the_period_and_answers_stay(period, manager):
    make_ticket(at=MONDAY_9)
    surveys.invite(period, by=manager)
    answer_all(period, make_opd(), [3])
    end = MONDAY_9 + timedelta(days=38)  # the last day for answers
    assert surveys.sweep(end + surveys.KEPT_AFTER) == 0
    assert surveys.sweep(end + surveys.KEPT_AFTER + timedelta(days=2)) == 1
    assert not OutboxMessage.objects.filter(survey_invitation__isnull=False).exists()
    assert SurveyResponse.objects.count() == 1


def letters():
    """The reminders of a survey among the mail that went out."""
    return [letter for letter in mail.outbox if letter.subject.startswith("Pengingat: survei")]


def remind_on(day):
    """Let the tick look on a day at ten o'clock, and deliver what it queued; the letters."""
    mail.outbox.clear()
    with acting_at(day + timedelta(hours=1)):
        done = look_after(day + timedelta(hours=1))
    outbox.deliver_due()
    return done.asked_again, letters()


def test_who_has_not_answered_is_reminded_once_after_the_agreed_working_days(period, manager):
    for name in ("diam", "menjawab", "menolak", "terlambat"):
        make_ticket(at=MONDAY_9, requester_email=f"{name}@example.test", requester_name="Sari Melati")
    surveys.invite(period, by=manager)
    outbox.deliver_due()
    invitations = {row.email.partition("@")[0]: row for row in period.invitations.all()}
    surveys.answer_invitation(invitations["menjawab"].token, said(make_opd(), 4), form=uuid.uuid4())
    survey_reminders.decline(invitations["menolak"].token)
    survey_reminders.decline("bukan-token")

    assert remind_on(MONDAY_9 + timedelta(days=4))[0] == 0  # Friday: four working days
    # Whoever answers between the queue and the mail is not written to.
    mail.outbox.clear()
    monday = MONDAY_9 + timedelta(days=7)
    with acting_at(monday):
        assert survey_reminders.remind(monday) == 2
        surveys.answer_invitation(invitations["terlambat"].token, said(make_opd(), 4), form=uuid.uuid4())
    outbox.deliver_due(monday)
    (letter,) = letters()
    token = invitations["diam"].token
    assert (letter.to, letter.subject) == (
        ["diam@example.test"],
        "Pengingat: survei kepuasan Semester II 2026",
    )
    for part in (letter.body, letter.alternatives[0].content):
        assert part.count(f"/survei/u/{token}/") == (1 if part == letter.body else 2)
        assert "31 Desember 2026" in part
        assert [one for one in ("Sari", "HD-2026", "{survey}", "{deadline}") if one in part] == []
    # Once, however often; and no row tells afterwards who had not answered by then.
    assert remind_on(MONDAY_9 + timedelta(days=8)) == (0, [])
    assert remind_on(MONDAY_9 + timedelta(days=30)) == (0, [])
    assert set(period.invitations.values_list("reminded", flat=True)) == {True}
    assert not OutboxMessage.objects.filter(kind=SURVEY_REMINDER).exists()
    period.refresh_from_db()
    assert period.reminded == 2


def test_reminder_speaks_the_agencys_words_and_the_readers_language(period):
    invitation = SurveyInvitation(period=period, email="sari@example.test", language="en")
    assert "has not been used" in render_reminder(invitation, AgencyProfile.load(), MONDAY_9).plain
    MessageText.objects.create(
        kind=SURVEY_REMINDER, language="en", subject="{survey}", body="Until {deadline}: <b>\n\n{link}"
    )
    content = render_reminder(invitation, AgencyProfile.load(), MONDAY_9)
    assert content.subject == "Semester II 2026"
    assert "Until Thursday, 31 December 2026: &lt;b&gt;" in content.html
    assert "{link}" not in content.plain


def test_nobody_is_reminded_when_it_is_switched_off_or_over(period, manager):
    make_ticket(at=MONDAY_9)
    surveys.invite(period, by=manager)
    HelpDeskSettings.load()
    HelpDeskSettings.objects.update(survey_reminder_days=0)
    assert remind_on(MONDAY_9 + timedelta(days=8)) == (0, [])
    HelpDeskSettings.objects.update(survey_reminder_days=5)
    surveys.close_period(period, by=manager)
    assert remind_on(MONDAY_9 + timedelta(days=8)) == (0, [])
