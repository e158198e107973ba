"""Holidays of a year: compared with the table, added without doubles, never overwritten."""

from datetime import date

import pytest

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import Holiday, HolidayKind, SetupRecord
from helpdesk_plugin.services.holiday_import import (
    FoundDay,
    RowState,
    add_holidays,
    compare,
    national_days,
    years_without_holidays,
)
from tests.factories import make_user

INDEPENDENCE = FoundDay(date(2027, 8, 17), "Hari Kemerdekaan Republik Indonesia", HolidayKind.PUBLIC)
LEAVE = FoundDay(date(2027, 3, 12), "Cuti Bersama Hari Raya Idul Fitri", HolidayKind.JOINT_LEAVE)


@pytest.fixture
def manager(db):
    return make_user(Role.MANAGER)


def test_the_list_of_2027_is_that_of_the_decree():
    found = {one.day: one for one in national_days(2027)}
    assert (len(found), sum(one.kind is HolidayKind.JOINT_LEAVE for one in found.values())) == (26, 8)
    assert found[INDEPENDENCE.day] == INDEPENDENCE
    assert found[LEAVE.day] == LEAVE


def test_computed_days_are_marked_and_keep_a_plain_name():
    found = {one.day: one for one in national_days(2028)}
    assert found[date(2028, 2, 27)] == FoundDay(
        date(2028, 2, 27), "Hari Raya Idul Fitri", HolidayKind.PUBLIC, estimated=True
    )
    assert not found[date(2028, 8, 17)].estimated
    assert all(one.kind is HolidayKind.PUBLIC for one in found.values())


def test_comparing_tells_new_days_from_those_that_are_there(db):
    Holiday.objects.create(day=INDEPENDENCE.day, name="hari kemerdekaan republik indonesia")
    Holiday.objects.create(day=LEAVE.day, name="Cuti Lebaran")
    christmas = FoundDay(date(2027, 12, 25), "Hari Raya Natal", HolidayKind.PUBLIC)
    rows = compare([LEAVE, INDEPENDENCE, christmas])
    assert [row.state for row in rows] == [RowState.OTHER_NAME, RowState.THERE, RowState.NEW]
    assert rows[0].stored == "Cuti Lebaran"
    assert Holiday.objects.count() == 2


def test_adding_twice_adds_once_and_keeps_what_was_edited(manager):
    assert [row.day for row in add_holidays([INDEPENDENCE, LEAVE], by=manager)] == [
        INDEPENDENCE.day,
        LEAVE.day,
    ]
    Holiday.objects.filter(day=LEAVE.day).update(name="Cuti Lebaran")
    assert add_holidays([INDEPENDENCE, LEAVE], by=manager) == []
    assert list(Holiday.objects.values_list("name", "kind")) == [
        ("Cuti Lebaran", "joint_leave"),
        ("Hari Kemerdekaan Republik Indonesia", "public"),
    ]


def test_added_days_tell_who_added_them(manager):
    (row,) = add_holidays([LEAVE], by=manager)
    line = row.history.get()
    assert (line.history_user, line.history_change_reason) == (manager, "import")


def test_a_day_that_appears_meanwhile_is_passed_over(manager, monkeypatch):
    Holiday.objects.create(day=LEAVE.day, name="Dari orang lain")
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda self: False)
    assert add_holidays([LEAVE], by=manager) == []
    assert Holiday.objects.get().name == "Dari orang lain"


def test_setup_does_not_bring_back_what_was_added_here_and_deleted(manager):
    add_holidays([LEAVE], by=manager)
    assert SetupRecord.objects.filter(key="holiday:2027-03-12").exists()


@pytest.mark.parametrize(
    ("today", "stored", "missing"),
    [
        (date(2026, 9, 30), [2026], []),
        (date(2026, 10, 1), [2026], [2027]),
        (date(2026, 12, 31), [2026, 2027], []),
        (date(2027, 1, 1), [2026], [2027]),
        (date(2026, 10, 1), [], [2026, 2027]),
    ],
)
def test_from_october_the_next_year_is_needed(db, today, stored, missing):
    for year in stored:
        Holiday.objects.create(day=date(year, 12, 31), name="Libur")
    assert years_without_holidays(today) == missing
