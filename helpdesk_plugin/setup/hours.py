"""When the agency works: seasons of working hours, and the holidays of this year and the next.

Holidays come from the `holidays` package and are copied once, day by day: a holiday that the agency moves
or deletes is not put back, and a day that a later release of the package adds is added.
"""

from collections.abc import Iterator
from datetime import date, time

from helpdesk_plugin.models import Holiday, WorkingRegime, WorkingWindow
from helpdesk_plugin.services.holiday_import import national_days
from helpdesk_plugin.setup.data import read_json
from helpdesk_plugin.setup.plan import Rows, Seed


def _regimes(today: date) -> Iterator[Seed]:
    for facts in read_json("working_regimes.json"):
        regime = WorkingRegime(
            name=facts["name"], first_day=_day(facts["first_day"]), last_day=_day(facts["last_day"])
        )
        yield Seed(facts["key"], regime, list(_windows(facts["windows"])), link="regime")


def _windows(groups: list[dict]) -> Iterator[WorkingWindow]:
    """Weekdays are numbered 0 (Monday) to 6; hours are local to the agency."""
    for group in groups:
        for weekday in group["weekdays"]:
            for opens, closes in group["hours"]:
                yield WorkingWindow(
                    weekday=weekday, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes)
                )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _holidays(today: date) -> Iterator[Seed]:
    for found in national_days(today.year, today.year + 1):
        yield Seed(found.day.isoformat(), Holiday(day=found.day, name=found.name, kind=found.kind))


REGIMES = Rows(WorkingRegime, "regime", [("name",), ("first_day", "last_day")], _regimes)
HOLIDAYS = Rows(Holiday, "holiday", [("day",)], _holidays)
