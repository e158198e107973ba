"""The office's calendar of 2026 and 2027, typed in by hand from the decrees."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from helpdesk_plugin.domain.working_calendar import (
    Regime,
    WorkingCalendar,
)

WIB = ZoneInfo("Asia/Pontianak")
BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)

NORMAL_DAY = ((time(7, 30), time(12)), (time(13), time(16)))
NORMAL_FRIDAY = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))
RAMADAN_DAY = ((time(8), time(12)), (time(12, 30), time(15)))
RAMADAN_FRIDAY = ((time(8), time(12)), (time(13), time(15, 30)))

NORMAL = Regime("Biasa", dict.fromkeys(range(4), NORMAL_DAY) | {4: NORMAL_FRIDAY})
RAMADAN_WEEK = dict.fromkeys(range(4), RAMADAN_DAY) | {4: RAMADAN_FRIDAY}
RAMADAN_2026 = Regime("Ramadan 2026", RAMADAN_WEEK, date(2026, 2, 19), date(2026, 3, 20))
RAMADAN_2027 = Regime("Ramadan 2027", RAMADAN_WEEK, date(2027, 2, 8), date(2027, 3, 9))

HOLIDAYS = {
    date(2026, 1, 1): "Tahun Baru",
    date(2026, 1, 16): "Isra Mikraj",
    date(2026, 2, 16): "Cuti bersama Imlek",
    date(2026, 2, 17): "Imlek",
    date(2026, 3, 18): "Cuti bersama Nyepi",
    date(2026, 3, 19): "Nyepi",
    date(2026, 3, 20): "Cuti bersama Idulfitri",
    date(2026, 3, 21): "Idulfitri",
    date(2026, 3, 22): "Idulfitri",
    date(2026, 3, 23): "Cuti bersama Idulfitri",
    date(2026, 3, 24): "Cuti bersama Idulfitri",
    date(2026, 4, 3): "Wafat Yesus Kristus",
    date(2026, 4, 5): "Paskah",
    date(2026, 5, 1): "Hari Buruh",
    date(2026, 5, 14): "Kenaikan Yesus Kristus",
    date(2026, 5, 15): "Cuti bersama Kenaikan",
    date(2026, 5, 27): "Iduladha",
    date(2026, 5, 28): "Cuti bersama Iduladha",
    date(2026, 5, 31): "Waisak",
    date(2026, 6, 1): "Pancasila",
    date(2026, 6, 16): "Tahun Baru Islam",
    date(2026, 8, 17): "Kemerdekaan",
    date(2026, 8, 25): "Maulid",
    date(2026, 12, 24): "Cuti bersama Natal",
    date(2026, 12, 25): "Natal",
    date(2027, 1, 1): "Tahun Baru",
    date(2027, 1, 5): "Isra Mikraj",
    date(2027, 2, 5): "Cuti bersama Imlek",
    date(2027, 2, 6): "Imlek",
    date(2027, 3, 8): "Nyepi",
    date(2027, 3, 9): "Cuti bersama Idulfitri",
    date(2027, 3, 10): "Idulfitri",
    date(2027, 3, 11): "Idulfitri",
    date(2027, 3, 12): "Cuti bersama Idulfitri",
    date(2027, 3, 15): "Cuti bersama Idulfitri",
    date(2027, 3, 25): "Cuti bersama Wafat",
    date(2027, 3, 26): "Wafat Yesus Kristus",
    date(2027, 3, 28): "Paskah",
    date(2027, 5, 1): "Hari Buruh",
    date(2027, 5, 6): "Kenaikan Yesus Kristus",
    date(2027, 5, 17): "Iduladha",
    date(2027, 5, 18): "Cuti bersama Iduladha",
    date(2027, 5, 19): "Cuti bersama Waisak",
    date(2027, 5, 20): "Waisak",
    date(2027, 6, 1): "Pancasila",
    date(2027, 6, 6): "Tahun Baru Islam",
    date(2027, 8, 15): "Maulid",
    date(2027, 8, 17): "Kemerdekaan",
    date(2027, 12, 24): "Cuti bersama Natal",
    date(2027, 12, 25): "Natal",
    date(2027, 12, 26): "Isra Mikraj",
}

OFFICE = WorkingCalendar([NORMAL, RAMADAN_2026, RAMADAN_2027], HOLIDAYS, zone=WIB)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)
