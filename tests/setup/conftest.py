from datetime import UTC, datetime

import pytest

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.setup.runner import run


@pytest.fixture
def in_2026():
    """It is Monday 23 November 2026."""
    with acting_at(datetime(2026, 11, 23, 2, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def set_up(db, in_2026):
    """A site on which setup has run; calls of the fixture run it again."""
    run()
    return run
