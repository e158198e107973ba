"""The managers' page says what is wrong, what it means and what to do, in words that fit the facts."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.models import Heartbeat, OutboxMessage, Program, StatusNotice
from helpdesk_plugin.staff.health import State, lines_of
from tests.factories import make_ticket


def lines(staff):
    return {line.title: line for line in lines_of(staff[Role.MANAGER])}


@pytest.fixture
def healthy(staff):
    for program in Program:
        Heartbeat.beat(program, timezone.now())


def test_managers_alone_open_it(staff, as_role):
    address = reverse("helpdesk_health")
    for role in STAFF_ROLES:
        assert (as_role(role).get(address).status_code == 200) is (role is Role.MANAGER)


def test_programs_that_never_ran_are_told_with_what_to_do(staff, as_role):
    html = as_role(Role.MANAGER).get(reverse("helpdesk_health")).content.decode()
    assert html.count("hd-health--bad") >= 3
    assert "Tidak berjalan" in html
    for line in lines(staff).values():
        assert line.state is State.GOOD or (line.meaning and line.todo), line.title


def test_programs_at_work_are_in_order(staff, healthy):
    found = lines(staff)
    assert all(found[str(program.label)].state is State.GOOD for program in Program if program != "backup")
    assert found["Cadangan data"].state is State.GOOD


@pytest.mark.parametrize(("program", "age"), [("tick", 6), ("deliver", 6), ("worker", 16)])
def test_silence_is_noticed(staff, healthy, program, age):
    Heartbeat.objects.filter(program=program).update(at=timezone.now() - timedelta(minutes=age))
    line = lines(staff)[str(Program(program).label)]
    assert line.state is State.BAD
    assert line.todo


def test_scheduler_delivery_and_worker_leave_a_sign(staff):
    call_command("helpdesk_tick")
    call_command("helpdesk_deliver")
    assert {"tick", "deliver"} <= set(Heartbeat.objects.values_list("program", flat=True))


def test_worker_that_runs_says_so(staff, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    call_command("helpdesk_tick")
    assert Heartbeat.objects.filter(program="worker").exists()


def test_backup_is_reported_and_grows_old(staff, healthy):
    call_command("helpdesk_backed_up")
    backup = Heartbeat.objects.get(program="backup")
    title = next(title for title, line in lines(staff).items() if line.what.startswith("Cadangan terakhir"))
    assert lines(staff)[title].state is State.GOOD
    Heartbeat.objects.filter(pk=backup.pk).update(at=timezone.now() - timedelta(hours=27))
    assert lines(staff)[title].state is State.BAD
    Heartbeat.objects.filter(pk=backup.pk).delete()
    assert lines(staff)[title].state is State.LOOK


@pytest.mark.parametrize("at", ["kemarin", "2026-99-01T00:00", "2999-01-01T00:00+07:00"])
def test_backup_at_an_impossible_moment_is_refused_in_words(db, at):
    with pytest.raises(CommandError, match=r"moment|future"):
        call_command("helpdesk_backed_up", at=at)
    assert not Heartbeat.objects.exists()


def test_mail_that_stands_still_is_told_with_the_way_to_it(staff, healthy):
    make_ticket()
    OutboxMessage.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=11))
    line = lines(staff)["Email"]
    assert line.state is State.BAD
    assert [address for _words, address in line.links] == [reverse("helpdesk_messages_modeladmin_index")]
    OutboxMessage.objects.all().update(state="parked")
    assert lines(staff)["Email"].state is State.LOOK


def test_disruption_without_news_is_stale(staff, healthy):
    old = timezone.now() - timedelta(hours=25)
    notice = StatusNotice(title="Internet mati", summary="<p>Mati</p>", starts_at=old, phase="investigating")
    notice.first_published_at, notice.live = old, True
    notice.save()
    assert lines(staff)["Pengumuman"].state is State.LOOK
    notice.updates.create(words="Masih dikerjakan", published_at=timezone.now(), phase="investigating")
    assert lines(staff)["Pengumuman"].state is State.GOOD


def test_page_costs_the_same_however_much_there_is(staff, healthy, as_role, django_assert_max_num_queries):
    client = as_role(Role.MANAGER)
    client.get(reverse("helpdesk_health"))
    for _n in range(5):
        make_ticket()
    with django_assert_max_num_queries(40):
        client.get(reverse("helpdesk_health"))
