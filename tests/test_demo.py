"""The demonstration: made once, told through the services, and known to whoever starts production."""

import io
import stat
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.core import checks, mail
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.demo import accounts, marks
from helpdesk_plugin.demo.letters import letter
from helpdesk_plugin.demo.passwords import demo_password
from helpdesk_plugin.demo.stories import STORIES
from helpdesk_plugin.demo.surveys import ensure_surveys
from helpdesk_plugin.demo.tickets import REASON, ensure_tickets
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import (
    Attachment,
    MessageState,
    Opd,
    OutboxMessage,
    SetupRecord,
    SurveyPeriod,
    SurveyResponse,
    Ticket,
    TicketEvent,
    roles_of,
)
from helpdesk_plugin.services.closure import missing_to_close
from helpdesk_plugin.services.conversation import reply_to_ticket
from helpdesk_plugin.setup.runner import run
from helpdesk_plugin.survey_results import result_of

pytestmark = pytest.mark.django_db

SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NAMES = ["kadis", "kabid", "prakom", "teknisi", "editor", "auditor", "admin"]


@pytest.fixture(autouse=True)
def password_file(monkeypatch, tmp_path):
    monkeypatch.delenv("HELPDESK_DEMO_PASSWORD", raising=False)
    return tmp_path / "sandi"


@pytest.fixture
def site():
    with acting_at(SUNDAY):
        run()
        yield


@pytest.fixture
def demo(site):
    accounts.ensure_accounts("kata-sandi-uji")
    ensure_tickets()


def user(name):
    return get_user_model().objects.get(username=name)


@pytest.fixture
def say(password_file):
    """Run the command and return what it said on both channels."""

    def run_command(**options):
        out, err = io.StringIO(), io.StringIO()
        with translation.override("en"):
            call_command("helpdesk_demo", password_file=password_file, stdout=out, stderr=err, **options)
        return out.getvalue(), err.getvalue()

    return run_command


# Accounts


def test_accounts_hold_their_offices(site):
    accounts.ensure_accounts("kata-sandi-uji")
    assert {name: set(roles_of(user(name))) for name in NAMES} == {
        "kadis": {Role.HEAD_OF_AGENCY},
        "kabid": {Role.DIVISION_HEAD},
        "prakom": {Role.COMPUTER_OFFICER},
        "teknisi": {Role.TECHNICAL_SUPPORT},
        "editor": {Role.EDITOR},
        "auditor": {Role.AUDITOR},
        "admin": set(),
    }
    assert [name for name in NAMES if user(name).is_superuser] == ["admin"]


def test_accounts_have_names_and_read_indonesian(site):
    accounts.ensure_accounts("kata-sandi-uji")
    for name in NAMES:
        made = user(name)
        assert made.get_full_name().count(" ") == 1
        assert made.email == f"{name}@example.go.id"
        assert made.wagtail_userprofile.preferred_language == "id"
        assert made.check_password("kata-sandi-uji")


def test_accounts_are_made_once(site):
    assert accounts.ensure_accounts("kata-sandi-uji").made == NAMES
    again = accounts.ensure_accounts("kata-sandi-uji")
    assert (again.made, again.renewed, again.left) == ([], [], [])


def test_accounts_follow_the_configured_password(site):
    accounts.ensure_accounts("kata-sandi-uji")
    assert accounts.ensure_accounts("kata-sandi-lain").renewed == NAMES
    assert user("kabid").check_password("kata-sandi-lain")


def test_account_whose_password_a_person_changed_is_left_alone(site):
    accounts.ensure_accounts("kata-sandi-uji")
    admin = user("admin")
    admin.set_password("milik-sendiri")
    admin.save()
    outcome = accounts.ensure_accounts("kata-sandi-lain")
    assert (outcome.renewed, outcome.left) == (NAMES[:-1], ["admin"])
    assert user("admin").check_password("milik-sendiri")


def test_account_of_somebody_else_is_left_alone(site):
    get_user_model().objects.create_superuser("admin", password="milik-sendiri")
    outcome = accounts.ensure_accounts("kata-sandi-uji")
    assert (outcome.made, outcome.left) == (NAMES[:-1], ["admin"])
    assert user("admin").check_password("milik-sendiri")
    assert "admin" not in marks.active_accounts()


def test_deleted_account_stays_deleted(site):
    accounts.ensure_accounts("kata-sandi-uji")
    user("editor").delete()
    assert accounts.ensure_accounts("kata-sandi-uji").made == []
    assert not get_user_model().objects.filter(username="editor").exists()


def test_password_is_hashed_once_for_all_accounts(site, monkeypatch):
    hashed = []
    real = accounts.make_password
    monkeypatch.setattr(accounts, "make_password", lambda text: hashed.append(text) or real(text))
    accounts.ensure_accounts("kata-sandi-uji")
    assert hashed == ["kata-sandi-uji"]


# Passwords


def test_password_of_the_environment_wins(monkeypatch, tmp_path):
    monkeypatch.setenv("HELPDESK_DEMO_PASSWORD", "dari-lingkungan")
    assert demo_password(tmp_path / "sandi") == "dari-lingkungan"
    assert not (tmp_path / "sandi").exists()


def test_random_password_is_kept_for_its_owner_alone(tmp_path):
    path = tmp_path / "var" / "sandi"
    password = demo_password(path)
    assert len(password) == 19
    assert path.read_text() == password + "\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert demo_password(path) == password


def test_random_passwords_differ(tmp_path):
    assert demo_password(tmp_path / "a") != demo_password(tmp_path / "b")


def test_no_password_without_environment_and_file():
    assert demo_password(None) is None


# Tickets


def test_tickets_stand_in_different_steps(demo):
    assert list(Ticket.objects.order_by("number").values_list("status", flat=True)) == [
        "closed",
        "closed",
        "rejected",
        "waiting_third_party",
        "returned",
        "waiting_requester",
        "resolved",
        "recovering",
        "recovering",
        "assigned",
        "triaged",
        "submitted",
    ]


def test_tickets_are_numbered_in_the_order_of_their_filing(demo):
    by_number = list(Ticket.objects.order_by("number"))
    assert by_number == sorted(by_number, key=lambda ticket: ticket.submitted_at)
    assert by_number[0].number == "HD-2026-000001"


def test_tickets_happened_in_the_past_and_in_order(demo):
    for ticket in Ticket.objects.all():
        moments = [event.at for event in ticket.events.all()]
        assert moments == sorted(moments)
        assert moments[-1] < SUNDAY
        assert {row.history_date for row in ticket.history.all()} <= set(moments)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 23, 1, 0, tzinfo=UTC),  # a Monday morning
        datetime(2026, 3, 17, 3, 0, tzinfo=UTC),  # Ramadan, with its shorter days
        datetime(2026, 3, 30, 20, 0, tzinfo=UTC),  # night, after the long holidays
        datetime(2027, 1, 4, 3, 0, tzinfo=UTC),  # the first working day of a year
    ],
)
def test_tickets_can_be_told_on_any_day(moment):
    with acting_at(moment):
        run()
        accounts.ensure_accounts("kata-sandi-uji")
        assert ensure_tickets() == len(STORIES)
    assert TicketEvent.objects.filter(at__gt=moment).count() == 0


def test_tickets_are_made_once(demo):
    assert ensure_tickets() == 0
    assert Ticket.objects.count() == len(STORIES)


def test_one_ticket_is_about_security_and_one_came_by_telephone(demo):
    assert Ticket.objects.filter(security_flag=True).count() == 1
    assert list(Ticket.objects.exclude(registered_by=None).values_list("channel", flat=True)) == ["whatsapp"]


def test_closed_tickets_lack_nothing(demo):
    closed = Ticket.objects.filter(status=TicketStatus.CLOSED.value).order_by("number")
    assert [ticket.closed_how for ticket in closed] == ["confirmed", "silence"]
    with acting_at(SUNDAY):
        assert [missing_to_close(ticket) for ticket in closed] == [(), ()]


def test_requests_carry_a_letter_that_is_a_pdf(demo):
    letters = list(Attachment.objects.all())
    assert [kept.purpose for kept in letters] == ["cover_letter", "cover_letter"]
    for kept in letters:
        with kept.file.open() as content:
            assert content.read().startswith(b"%PDF-1.4")


def test_conversations_have_both_sides_and_internal_notes(demo):
    replies = TicketEvent.objects.filter(act="reply").values_list("party", flat=True)
    assert set(replies) == {"staff", "requester"}
    assert TicketEvent.objects.filter(act="note", public=False).count() == 2


def test_nobody_is_mailed_about_the_tickets(demo):
    states = set(OutboxMessage.objects.values_list("state", "last_error"))
    assert states == {(MessageState.DROPPED.value, REASON)}
    call_command("helpdesk_deliver", verbosity=0)
    assert mail.outbox == []


def test_later_acts_on_the_tickets_are_mailed(demo):
    ticket = Ticket.objects.get(status=TicketStatus.WAITING_REQUESTER.value)
    with acting_at(timezone.now()):
        reply_to_ticket(ticket.pk, by=user("teknisi"), note="Kami datang pukul 10.00.")
    assert OutboxMessage.objects.filter(ticket=ticket, state=MessageState.QUEUED).exists()


def test_site_without_the_catalogue_gets_accounts_and_a_sentence(site, say):
    Opd.objects.filter(code="DLH").update(code="DISLH")
    _out, err = say()
    assert "DLH" in err
    assert Ticket.objects.count() == 0
    assert not SetupRecord.objects.filter(key="demo:tickets").exists()
    assert get_user_model().objects.count() == 7


def test_site_without_working_hours_gets_accounts_and_a_sentence(say):
    _out, err = say()
    assert "Run setup_helpdesk first." in err
    assert Ticket.objects.count() == 0


def test_site_with_somebody_elses_account_gets_no_tickets_in_that_name(site, say):
    get_user_model().objects.create_user("kadis", password="milik-sendiri")
    _out, err = say()
    assert "kadis" in err
    assert Ticket.objects.count() == 0


def test_letter_survives_brackets_and_other_alphabets():
    content = letter("Nomor (contoh) \\ ✓")
    assert rb"(Nomor \(contoh\) \\ ?) Tj" in content
    assert content.endswith(b"%%EOF\n")


# Command


def test_command_tells_the_password_on_a_workstation(site, say, settings, password_file):
    settings.DEBUG = True
    out, err = say()
    assert out.splitlines() == [
        "12 invented tickets made.",
        "3 invented surveys made.",
        f"Demonstration accounts: {' '.join(NAMES)}",
        f"Password: {password_file.read_text().strip()}",
    ]
    assert err == ""


def test_command_keeps_the_password_out_of_a_servers_log_and_warns(site, say, password_file):
    out, err = say()
    password = password_file.read_text().strip()
    assert password not in out + err
    assert f"Password: as in {password_file}" in out
    assert "can be logged in to: kadis, kabid, prakom, teknisi, editor, auditor, admin." in err


def test_command_names_the_environment_and_not_the_password(site, say, monkeypatch):
    monkeypatch.setenv("HELPDESK_DEMO_PASSWORD", "dari-lingkungan")
    out, err = say()
    assert "Password: as in HELPDESK_DEMO_PASSWORD" in out
    assert "dari-lingkungan" not in out + err
    assert user("kadis").check_password("dari-lingkungan")


def test_command_repeated_makes_nothing(site, say):
    say()
    before = (get_user_model().objects.count(), Ticket.objects.count(), TicketEvent.objects.count())
    out, _err = say()
    assert "invented" not in out
    assert (get_user_model().objects.count(), Ticket.objects.count(), TicketEvent.objects.count()) == before


def test_command_names_the_accounts_that_it_left(site, say):
    get_user_model().objects.create_user("editor", password="milik-sendiri")
    out, _err = say()
    assert "Left as they are, with a password of their own: editor" in out


def test_command_without_a_password_is_refused(site):
    with pytest.raises(CommandError, match="HELPDESK_DEMO_PASSWORD"):
        call_command("helpdesk_demo")
    assert get_user_model().objects.count() == 0


def test_setup_makes_no_accounts_and_no_tickets(site):
    assert get_user_model().objects.count() == 0
    assert Ticket.objects.count() == 0


# Surveys


def test_surveys_are_made_once_through_the_services_and_nobody_is_written_to(demo):
    assert ensure_surveys() == 3
    assert ensure_surveys() == 0
    ended, going, draft = SurveyPeriod.objects.order_by("first_day")
    today = timezone.localdate(SUNDAY)
    assert (ended.has_ended_on(today), going.is_open_on(today), draft.is_draft) == (True, True, True)
    result = result_of(ended)
    assert (result.index.respondents, result.index.is_enough, result.index.grade) == (37, True, "B")
    assert [group.is_told for group in result.by_opd] == [True] * 5 + [False]
    assert result.by_service
    now = result_of(going)
    assert now.by_door["invited"] <= going.invitations.count() == going.invitations.model.objects.count()
    assert now.by_door["open"] == 9
    assert SurveyResponse.objects.exclude(suggestion="").exists()
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {MessageState.DROPPED}
    assert mail.outbox == []


# Check


def warnings():
    return [
        m.id for m in checks.run_checks(tags=["database"], databases=["default"]) if m.id == "helpdesk.W001"
    ]


def test_check_warns_while_demonstration_accounts_exist(demo):
    assert warnings() == ["helpdesk.W001"]


def test_check_is_silent_without_demonstration_accounts(site):
    get_user_model().objects.create_user("kadis", password="milik-sendiri")
    assert warnings() == []


def test_check_is_silent_once_the_accounts_are_deactivated(demo):
    get_user_model().objects.filter(username__in=NAMES).update(is_active=False)
    assert warnings() == []


def test_check_is_silent_on_a_workstation(demo, settings):
    settings.DEBUG = True
    assert warnings() == []


def test_check_is_silent_where_the_database_is_not_asked(demo):
    assert [m.id for m in checks.run_checks(tags=["database"]) if m.id == "helpdesk.W001"] == []
