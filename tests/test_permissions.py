"""Who holds a permission: asked for many at once, the answer is the one that each act gives."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import Delegation
from helpdesk_plugin.permissions import STAFF_ACTS, codename, holders_of, officers_who_may
from tests.factories import Staff, make_user

SECURITY = "view_security_ticket"


@pytest.fixture
def desk(db):
    """Every office filled; a colleague with one permission of their own; two substitutes in one office."""
    staff = Staff()
    staff.everyone()
    aide, one, other = make_user(), make_user(), make_user(Role.AUDITOR)
    aide.user_permissions.add(Permission.objects.get(codename=codename(Step.DIAGNOSE)))
    today = agency_date(timezone.now())
    for principal, substitute in ((staff.kabid, one), (make_user(Role.DIVISION_HEAD), other)):
        Delegation.objects.create(
            role=Role.DIVISION_HEAD.value,
            principal=principal,
            substitute=substitute,
            first_day=today,
            last_day=today,
        )
    return staff


def test_answer_for_many_is_the_answer_for_each(desk):
    found = holders_of([*map(codename, STAFF_ACTS), SECURITY])
    for act in STAFF_ACTS:
        assert found[codename(act)] == set(officers_who_may(act).values_list("pk", flat=True)), act
        both = found[codename(act)] & found[SECURITY]
        assert both == set(officers_who_may(act, security=True).values_list("pk", flat=True)), act
    assert len(found[codename(Step.EXAMINE)]) == 4


@pytest.mark.parametrize("names", [[], ["nothing_ticket"], [codename(Step.TRIAGE), SECURITY]])
def test_asking_costs_the_same_for_any_number(desk, django_assert_max_num_queries, names):
    with django_assert_max_num_queries(3):
        assert set(holders_of(names)) == set(names)
