"""What people write for a length of work."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.work import MOST_MINUTES, InvalidDuration, parse_minutes

READ = {
    "90": 90,
    " 45 ": 45,
    "45 menit": 45,
    "45mnt": 45,
    "1 jam": 60,
    "1 Jam 30 Menit": 90,
    "1j 5m": 65,
    "1,5 jam": 90,
    "1.5 jam": 90,
    "2 hours 10 minutes": 130,
    "1:30": 90,
    "1.30": 90,
    "0:05": 5,
    "24 jam": MOST_MINUTES,
}
REFUSED = {
    "": "unknown",
    "   ": "unknown",
    "jam": "unknown",
    "sebentar": "unknown",
    "-5": "unknown",
    "1:75": "unknown",
    "1,5": "unknown",
    "٤٥": "unknown",
    "1 jam 30 menit lewat": "unknown",
    "9" * 500: "unknown",
    "0": "none",
    "0 jam": "none",
    "1441": "too_long",
    "25 jam": "too_long",
}


@pytest.mark.parametrize(("typed", "minutes"), READ.items(), ids=str)
def test_what_people_write_is_read(typed, minutes):
    assert parse_minutes(typed) == minutes


@pytest.mark.parametrize(("typed", "code"), REFUSED.items(), ids=lambda v: str(v)[:20])
def test_what_cannot_be_meant_is_refused(typed, code):
    with pytest.raises(InvalidDuration) as refused:
        parse_minutes(typed)
    assert refused.value.code == code


@given(st.text())
def test_any_text_is_read_or_refused(typed):
    with contextlib.suppress(InvalidDuration):
        assert 1 <= parse_minutes(typed) <= MOST_MINUTES


@given(st.integers(1, MOST_MINUTES))
def test_hours_and_minutes_come_back_as_minutes(minutes):
    hours, rest = divmod(minutes, 60)
    assert parse_minutes(f"{hours} jam {rest} menit") == minutes
    assert parse_minutes(str(minutes)) == minutes
