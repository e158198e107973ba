"""Figures: counted by the database in a fixed number of queries, and each by the tickets behind it."""

import pytest

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.periods import Period
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.reports.causes import causes_of, tickets_with
from helpdesk_plugin.reports.measures import Measure, plain_conditions, tickets_of
from helpdesk_plugin.reports.overview import DIMENSIONS, overview_of, rows_of, work_by_service
from helpdesk_plugin.reports.scope import Scope
from helpdesk_plugin.reports.series import series_of
from helpdesk_plugin.reports.steps import steps_of
from tests.factories import make_user, without_security_rights
from tests.reports.conftest import AS_OF

pytestmark = pytest.mark.django_db

PERIOD = Period.parse("2026-11")


@pytest.fixture
def scope(busy_desk, manager):
    return Scope(PERIOD, manager, AS_OF)


def test_the_busy_desk_has_something_of_everything(scope):
    """Else the other tests would compare nothing with nothing."""
    found = overview_of(Scope(Period.parse("2026"), scope.user, AS_OF))
    assert {m: found.counts[m] for m in plain_conditions(scope) if not found.counts[m]} == {}
    assert found.reopened
    assert found.not_fixed
    assert found.waits.lengths.cases
    assert found.backlog.open
    assert found.backlog.late
    assert found.work.minutes


def test_each_figure_is_the_number_of_the_tickets_behind_it(scope):
    found = overview_of(scope)
    figures = {
        **{measure: found.counts[measure] for measure in plain_conditions(scope)},
        Measure.REOPENED: found.reopened,
        Measure.NOT_FIXED: found.not_fixed,
        Measure.THIRD_PARTY: found.waits.tickets,
        Measure.WORKED: found.work.tickets,
        Measure.BACKLOG: found.backlog.open,
        Measure.BACKLOG_LATE: found.backlog.late,
        Measure.BACKLOG_THIRD_PARTY: found.backlog.waiting_third_party,
    }
    assert set(figures) == set(Measure)
    assert {m: tickets_of(m, scope).count() for m in Measure} == figures
    for age in found.backlog.ages:
        assert tickets_of(Measure.BACKLOG, scope, age.days).count() == age.count
    assert sum(age.count for age in found.backlog.ages) == found.backlog.open
    for cause in causes_of(scope):
        assert tickets_with(cause.mark, scope).count() == cause.tickets


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_the_lines_of_a_table_add_up(scope, dimension):
    rows, totals = rows_of(scope, dimension), overview_of(scope).counts
    for measure in plain_conditions(scope):
        assert sum(row.now[measure] for row in rows) == totals[measure]


def test_the_series_adds_up(scope):
    points, totals = series_of(scope), overview_of(scope).counts
    assert len(points) == 30
    assert sum(point.filed for point in points) == totals[Measure.FILED]
    assert sum(point.handled for point in points) == totals[Measure.HANDLED]
    assert [point.day.month for point in series_of(Scope(Period.parse("2026"), scope.user, AS_OF))] == [
        *range(1, 13)
    ]


def test_a_narrow_circle_counts_what_it_may_see(scope):
    officer = make_user(Role.TECHNICAL_SUPPORT)
    without_security_rights(officer)
    narrow = Scope(Period.parse("2026"), officer, AS_OF)
    open_to_all = Ticket.objects.filter(security_flag=False).count()
    assert overview_of(narrow).counts[Measure.FILED] == open_to_all < Ticket.objects.count()
    assert overview_of(narrow) == overview_of(Scope(Period.parse("2026"), None, AS_OF))
    assert steps_of(narrow) == steps_of(Scope(Period.parse("2026"), None, AS_OF)) != steps_of(scope)


def test_nobody_without_the_right_to_see_tickets_counts_any(scope, db):
    stranger = Scope(Period.parse("2026"), make_user(), AS_OF)
    assert not any(overview_of(stranger).counts.by.values())
    assert steps_of(stranger) == work_by_service(stranger) == []


@pytest.mark.parametrize("token", ["2026-07-01..2026-07-02", "2026"])
def test_figures_cost_the_same_at_any_length(scope, django_assert_num_queries, token):
    asked = Scope(Period.parse(token), scope.user, AS_OF)
    overview_of(asked)
    over = 0 if asked.is_running else 1
    for questions, queries in (
        (lambda: overview_of(asked), 7 - over),
        (lambda: [rows_of(asked, name) for name in DIMENSIONS], len(DIMENSIONS)),
        (lambda: series_of(asked), 2),
        (lambda: causes_of(asked), 1),
        (lambda: work_by_service(asked), 1),
        (lambda: steps_of(asked), 5),
    ):
        with django_assert_num_queries(queries):
            questions()
