"""Versions of the SOP: fixed once in use, succeeded, approved; tickets keep the one they began with."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.models import SopVersion, StepRecord, StepStandard, Ticket
from helpdesk_plugin.models.standards import VersionInUse
from helpdesk_plugin.progress import Progress
from helpdesk_plugin.services import standards
from helpdesk_plugin.services.standards import IDENTITY
from tests.factories import MONDAY_9, Journey, make_sop, make_ticket

NEW_YEAR = date(2027, 1, 1)
#: The first minute of the new year in the agency's zone (WIB), still the old year in UTC.
NEW_YEAR_00_01 = datetime(2026, 12, 31, 17, 1, tzinfo=UTC)

VALUES = [IDENTITY, "S1", "S2", "S2b", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10"]


@pytest.fixture
def on_monday(staff):
    with acting_at(MONDAY_9):
        yield


@pytest.fixture
def version(on_monday) -> SopVersion:
    return SopVersion.objects.get()


@pytest.fixture
def draft(version, staff) -> SopVersion:
    return standards.succeed_version(version, in_force_from=NEW_YEAR, by=staff.kadis)


def values_of(version: SopVersion) -> list[dict]:
    """The step standards of a version, without what tells the rows apart."""
    rows = version.steps.order_by("position").values()
    return [{k: v for k, v in row.items() if k not in {"id", "version_id", "confirmed"}} for row in rows]


class TestInUse:
    def test_identity_of_a_version_in_force_is_refused(self, version):
        version.title = "Judul lain"
        with pytest.raises(VersionInUse):
            version.save()
        assert SopVersion.objects.get().title == "Pengajuan Penanganan Gangguan TIK"

    def test_its_date_cannot_be_moved_to_make_it_a_draft(self, version):
        version.in_force_from = NEW_YEAR
        with pytest.raises(VersionInUse):
            version.save()

    def test_step_of_a_version_in_force_is_refused(self, version):
        step = version.steps.get(code="S3")
        step.minutes_p1 = 5
        with pytest.raises(VersionInUse):
            step.save()
        with pytest.raises(VersionInUse):
            step.delete()
        assert version.steps.get(code="S3").minutes_p1 == 30

    def test_no_step_enters_or_leaves_a_version_in_use(self, version, draft):
        with pytest.raises(VersionInUse):
            StepStandard(version=version, code="S11", position=11, name="x", activity="x").save()
        draft.steps.filter(code="S3").delete()
        step = version.steps.get(code="S3")
        step.version = draft
        with pytest.raises(VersionInUse):
            step.save()
        assert version.steps.count() == 11

    def test_version_itself_cannot_be_deleted(self, version):
        with pytest.raises(VersionInUse):
            version.delete()
        with pytest.raises(VersionInUse):
            standards.discard_draft(version, by=None)
        assert version.steps.count() == 11

    def test_old_state_cannot_be_put_back_from_the_history(self, version):
        version.confirmed = True
        version.save()
        SopVersion.objects.update(title="Judul sekarang")
        with pytest.raises(VersionInUse):
            version.history.latest().instance.save()

    def test_saving_without_a_change_and_the_mark_are_allowed(self, version):
        version.save()
        version.confirmed = True
        version.save()
        step = version.steps.get(code="S3")
        step.confirmed = True
        step.save(update_fields=["confirmed"])
        assert (SopVersion.objects.get().confirmed, version.steps.filter(confirmed=True).count()) == (True, 1)

    def test_draft_that_a_ticket_names_is_in_use(self, version, draft):
        ticket = make_ticket(at=MONDAY_9)
        assert list(SopVersion.objects.drafts()) == [draft]
        Ticket.objects.filter(pk=ticket.pk).update(sop_version=draft)
        assert list(SopVersion.objects.drafts()) == []
        draft.title = "Judul lain"
        with pytest.raises(VersionInUse):
            draft.save()

    def test_draft_is_in_use_from_its_first_minute(self, draft):
        step = draft.steps.get(code="S3")
        step.minutes_p1 = 5
        step.save()
        with acting_at(NEW_YEAR_00_01):
            assert draft.is_in_use
            step.minutes_p1 = 6
            with pytest.raises(VersionInUse):
                step.save()
        assert draft.steps.get(code="S3").minutes_p1 == 5


class TestSucceeding:
    def test_copy_has_the_next_number_and_every_value_but_no_approval(self, version, staff):
        StepStandard.objects.update(confirmed=True)
        SopVersion.objects.update(confirmed=True, approved_by="Kepala Dinas")
        version.refresh_from_db()
        draft = standards.succeed_version(version, in_force_from=NEW_YEAR, by=staff.kadis)
        assert (draft.number, draft.in_force_from, draft.title) == (2, NEW_YEAR, version.title)
        assert (draft.approved_by, draft.confirmed, draft.is_in_use) == ("Kepala Dinas", False, False)
        assert values_of(draft) == values_of(version)
        assert set(draft.steps.values_list("confirmed", flat=True)) == {False}
        assert version.steps.filter(confirmed=True).count() == 11

    def test_copy_records_who_made_it_from_what(self, draft, staff):
        for row in (draft, draft.steps.get(code="S10")):
            first = row.history.get()
            assert (first.history_user, first.history_change_reason) == (staff.kadis, "succeeds version 1")
        entry = ModelLogEntry.objects.get(action=standards.SUCCEED_ACTION)
        assert (entry.user, entry.data, entry.object_id) == (staff.kadis, {"from": 1}, str(draft.pk))

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [
            (date(2026, 11, 23), "hari yang akan datang"),
            (date(2026, 11, 1), "hari yang akan datang"),
            (NEW_YEAR, "Versi 2 mulai berlaku Jumat, 1 Januari 2027"),
            (date(2026, 12, 1), "Versi 2 mulai berlaku Jumat, 1 Januari 2027"),
        ],
        ids=["today", "past", "same", "before another"],
    )
    def test_date_that_is_past_or_taken_is_refused_with_a_sentence(self, version, draft, day, sentence):
        with pytest.raises(ValidationError) as refused:
            standards.succeed_version(version, in_force_from=day, by=None)
        assert sentence in refused.value.message_dict["in_force_from"][0]
        assert SopVersion.objects.count() == 2

    def test_next_date_offered_is_the_first_of_a_month_that_is_free(self, version, staff):
        assert standards.suggested_start() == date(2026, 12, 1)
        standards.succeed_version(version, in_force_from=date(2026, 12, 15), by=staff.kadis)
        assert standards.suggested_start() == NEW_YEAR
        with acting_at(datetime(2027, 1, 31, 3, tzinfo=UTC)):
            assert standards.suggested_start() == date(2027, 2, 1)

    def test_older_version_can_be_taken_up_again(self, version, draft, staff):
        draft.steps.filter(code="S3").update(minutes_p1=5)
        third = standards.succeed_version(version, in_force_from=date(2027, 2, 1), by=staff.kadis)
        assert third.number == 3
        assert values_of(third) == values_of(version)

    def test_draft_moved_before_its_predecessor_is_refused(self, version, draft):
        third = standards.succeed_version(draft, in_force_from=date(2027, 3, 1), by=None)
        draft.in_force_from = date(2027, 3, 2)
        with pytest.raises(ValidationError, match="Versi 3"):
            draft.full_clean()
        third.in_force_from = date(2026, 12, 31)
        with pytest.raises(ValidationError, match="Versi 2"):
            third.full_clean()

    def test_discarded_draft_leaves_its_history(self, draft, staff):
        standards.discard_draft(draft, by=staff.kadis)
        assert list(SopVersion.objects.values_list("number", flat=True)) == [1]
        last = SopVersion.history.filter(number=2).latest()
        assert (last.history_type, last.history_user) == ("-", staff.kadis)
        assert StepStandard.history.filter(history_type="-").count() == 11


class TestTickets:
    def test_ticket_keeps_the_version_that_it_began_with(self, draft, version, staff):
        draft.steps.filter(code="S3").update(minutes_p1=5, minutes_p2=5, minutes_p3=5, minutes_p4=5)
        begun = Journey(staff=staff, at=MONDAY_9)
        with acting_at(NEW_YEAR_00_01):
            filed_after = make_ticket(at=NEW_YEAR_00_01)
        assert (begun.ticket.sop_version, filed_after.sop_version) == (version, draft)
        # Triage in the new year: the old ticket goes on by the old standard.
        begun.at = datetime(2027, 1, 4, 3, tzinfo=UTC)
        with acting_at(begun.at):
            begun.to("triaged")
            assert begun.ticket.sop_version == version
            current = Progress(begun.ticket, list(begun.ticket.events.all())).current
        assert (current.code, current.standard_minutes) == ("S3", 30)
        assert StepRecord.objects.get(ticket=begun.ticket, code="S3").standard_minutes == 30

    def test_last_minute_of_the_old_year_belongs_to_the_old_version(self, draft, version):
        last_minute = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
        assert make_ticket(at=last_minute).sop_version == version


class TestConfirming:
    def test_all_values_of_a_version_in_use(self, version, staff):
        before = values_of(version)
        done = standards.confirm_values(version, values=VALUES, reason="SK 12/2026", by=staff.kadis)
        version.refresh_from_db()
        assert done == VALUES
        assert version.confirmed
        assert version.steps.filter(confirmed=False).count() == 0
        assert values_of(version) == before

    def test_one_step_alone(self, version, staff):
        assert standards.confirm_values(version, values=["S3"], reason="SK", by=staff.kadis) == ["S3"]
        assert list(version.steps.filter(confirmed=True).values_list("code", flat=True)) == ["S3"]
        assert SopVersion.objects.get().confirmed is False

    def test_history_and_log_say_who_and_on_what_ground(self, version, staff):
        standards.confirm_values(version, values=VALUES, reason="SK 12/2026", by=staff.kadis)
        for row in (version, version.steps.get(code="S3")):
            last = row.history.latest()
            assert (last.confirmed, last.history_user, last.history_change_reason) == (
                True,
                staff.kadis,
                "SK 12/2026",
            )
        entry = ModelLogEntry.objects.get(action=standards.CONFIRM_ACTION)
        assert (entry.user, entry.data) == (staff.kadis, {"values": VALUES, "reason": "SK 12/2026"})

    def test_confirming_twice_writes_once(self, version, staff):
        standards.confirm_values(version, values=VALUES, reason="SK", by=staff.kadis)
        assert standards.confirm_values(version, values=VALUES, reason="SK", by=staff.kadis) == []
        assert StepStandard.history.filter(confirmed=True).count() == 11
        assert ModelLogEntry.objects.filter(action=standards.CONFIRM_ACTION).count() == 1

    def test_steps_of_other_versions_stay_proposed(self, version, draft, staff):
        standards.confirm_values(draft, values=VALUES, reason="SK", by=staff.kadis)
        assert version.steps.filter(confirmed=True).count() == 0

    def test_changed_value_of_a_draft_loses_its_approval(self, draft, staff):
        standards.confirm_values(draft, values=VALUES, reason="SK", by=staff.kadis)
        step = draft.steps.get(code="S3")
        step.requirements = "Surat\r\nTiket"
        step.save(update_fields=["requirements"])
        step.refresh_from_db()
        assert (step.requirements, step.confirmed) == ("Surat\nTiket", False)
        assert draft.steps.filter(confirmed=False).count() == 1

    def test_other_ends_of_lines_are_no_change(self, draft, staff):
        draft.steps.filter(code="S3").update(requirements="Surat\nTiket", confirmed=True)
        step = draft.steps.get(code="S3")
        step.requirements = "Surat\r\nTiket"
        step.save()
        step.refresh_from_db()
        assert (step.requirements, step.confirmed) == ("Surat\nTiket", True)

    def test_costs_the_same_for_one_step_and_for_all(self, draft, staff, django_assert_num_queries):
        with django_assert_num_queries(
            _cost(lambda: standards.confirm_values(draft, values=["S1"], reason="SK", by=staff.kadis))
        ):
            standards.confirm_values(draft, values=VALUES[2:], reason="SK", by=staff.kadis)


def _cost(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_version_made_for_the_first_time_needs_a_day_to_come(db):
    first = SopVersion(number=1, title="SOP", in_force_from=date(2024, 4, 1))
    with acting_at(MONDAY_9), pytest.raises(ValidationError, match="akan datang"):
        first.full_clean()


def test_unchanged_version_in_force_is_valid(db):
    with acting_at(MONDAY_9):
        make_sop().full_clean()


@pytest.mark.django_db(transaction=True)
def test_two_who_make_the_next_version_at_once_make_one():
    version, gate, outcomes = make_sop(), threading.Barrier(2), []

    def make():
        gate.wait()
        try:
            outcomes.append(
                standards.succeed_version(version, in_force_from=date(2199, 1, 1), by=None).number
            )
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    people = [threading.Thread(target=make) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert set(outcomes) == {2, "refused"}
    assert StepStandard.objects.count() == 22
