"""Dates as offices here write them: 22 Nov 2026, 09.05. Django's own Indonesian says "22 Nov. 2026, 9.05"."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H.i"
TIME_FORMAT = "H.i"
