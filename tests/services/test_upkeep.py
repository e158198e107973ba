"""One look at everything that falls due: in working hours, as often as one likes."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.services.upkeep import look_after
from tests.factories import MONDAY_9, make_ticket

NIGHT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 22.00 WIB
TUESDAY = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # 07.30 WIB


def look(at):
    with acting_at(at):
        return look_after(at)


def test_nobody_is_disturbed_at_night_and_everybody_told_in_the_morning(staff):
    make_ticket(at=MONDAY_9)
    assert look(NIGHT).warned == 0
    assert look(TUESDAY + timedelta(minutes=1)).warned == 4


def test_command_says_what_it_did_and_is_silent_when_there_was_nothing(staff):
    make_ticket(at=MONDAY_9)
    said = []
    for _ in range(2):
        out = StringIO()
        with acting_at(MONDAY_9 + timedelta(minutes=23)):
            call_command("helpdesk_tick", stdout=out)
        said.append(out.getvalue())
    assert said == ["Upkeep: 1 warned\n", ""]


@pytest.mark.parametrize("seconds", ["0", "-5"])
def test_command_refuses_a_loop_that_never_rests(seconds):
    with pytest.raises(CommandError, match="above zero"):
        call_command("helpdesk_tick", f"--loop={seconds}")
