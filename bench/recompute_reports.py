"""Make every figure of the reports again from the raw export.

Run: python bench/recompute_reports.py raw.zip 2026-11 2026-Q4

For whoever does not trust the program: nothing of it is imported here, only Python's own library. The
definitions are those of docs/reports.md. Prints the figures of each period as JSON; `--without-security`
leaves matters of information security out, as documents do.
"""

import argparse
import csv
import io
import json
import math
import re
import statistics
import zipfile
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

FINAL = {"closed", "rejected", "cancelled", "merged"}
#: Statuses in which the deadline counts: open, and not waiting for the requester.
RUNNING = {
    *("submitted", "triaged", "disposed", "assigned", "diagnosing", "recovering"),
    *("waiting_third_party", "reopened"),
}
AGES = (1, 3, 7, 30)
ORDER = ("S1", "S2", "S2b", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10")
ELEMENTS = tuple(f"U{number}" for number in range(1, 10))
GRADES = (("A", "88.31"), ("B", "76.61"), ("C", "65.00"), ("D", "25.00"))
DIMENSIONS = ("kind", "priority", "category", "service", "opd", "channel", "verdict")


# --- Arithmetic ------------------------------------------------------------------------------------------


def share(part, whole):
    """A percentage with one decimal, half up; never 100 unless all, never 0 unless none."""
    if not whole:
        return None
    exact = (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if 0 < part < whole:
        exact = min(max(exact, Decimal("0.1")), Decimal("99.9"))
    return str(exact)


def lengths(seconds):
    """Median and 90th percentile (nearest rank) in whole minutes, half up."""
    if not seconds:
        return {"median": None, "percentile_90": None}
    ordered = sorted(seconds)
    nearest = ordered[math.ceil(Decimal("0.9") * len(ordered)) - 1]
    return {"median": minutes(statistics.median(ordered)), "percentile_90": minutes(nearest)}


def minutes(seconds):
    return int((Decimal(seconds) / 60).quantize(Decimal(1), ROUND_HALF_UP))


# --- Periods ---------------------------------------------------------------------------------------------


def days_of(period):
    """First and last day of 2026-11, 2026-Q4, 2026 or 2026-11-01..2026-11-15."""
    if ".." in period:
        return tuple(date.fromisoformat(day) for day in period.split(".."))
    if found := re.fullmatch(r"(\d{4})-(\d\d)", period):
        return months(int(found[1]), int(found[2]), 1)
    if found := re.fullmatch(r"(\d{4})-Q(\d)", period):
        return months(int(found[1]), 3 * int(found[2]) - 2, 3)
    return months(int(period), 1, 12)


def months(year, month, count):
    index = year * 12 + month - 1
    return first_of(index), first_of(index + count) - timedelta(days=1)


def first_of(index):
    return date(index // 12, index % 12 + 1, 1)


def days_before(period):
    first, last = days_of(period)
    if ".." in period:
        return first - timedelta(days=(last - first).days + 1), first - timedelta(days=1)
    index = first.year * 12 + first.month - 1
    count = 1 + last.year * 12 + last.month - 1 - index
    return first_of(index - count), first - timedelta(days=1)


# --- The files -------------------------------------------------------------------------------------------


class Raw:
    """The export, read into memory."""

    def __init__(self, path, without_security):
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read("about.json"))
            self.tickets = self._read(archive, "tickets.csv")
            events, steps = self._read(archive, "events.csv"), self._read(archive, "steps.csv")
            self.surveys, self.answers = (
                self._read(archive, "surveys.csv"),
                self._read(archive, "answers.csv"),
            )
        self.zone, self.as_of = ZoneInfo(about["time_zone"]), datetime.fromisoformat(about["as_of"])
        if without_security:
            self.tickets = [ticket for ticket in self.tickets if ticket["security"] == "0"]
        known = {ticket["number"] for ticket in self.tickets}
        self.events = [event for event in events if event["number"] in known]
        self.steps = [step for step in steps if step["number"] in known]
        self.by_number = {ticket["number"]: ticket for ticket in self.tickets}
        self.ledger = defaultdict(list)
        for event in sorted(self.events, key=lambda event: int(event["entry"])):
            self.ledger[event["number"]].append(event)

    def _read(self, archive, name):
        with archive.open(name) as entry:
            rows = list(csv.DictReader(io.TextIOWrapper(entry, encoding="utf-8", newline="")))
        for row in rows:
            for column, value in row.items():
                if column == "at" or column.endswith("_at") or column == "status_since":
                    row[column] = datetime.fromisoformat(value) if value else None
        return rows

    def span(self, first, last):
        begin = datetime.combine(first, time(), self.zone)
        return begin, datetime.combine(last + timedelta(days=1), time(), self.zone)


# --- The figures -----------------------------------------------------------------------------------------


def figures(raw, period):
    now, before = raw.span(*days_of(period)), raw.span(*days_before(period))
    return {
        "period": period,
        "now": overview(raw, now),
        "before": overview(raw, before),
        "by": {name: by(raw, name, now, before) for name in DIMENSIONS},
        "series": series(raw, *days_of(period), now),
        "causes": causes(raw, now),
        "work_by_service": work_by_service(raw, now),
        "steps": steps(raw, now),
        "surveys": surveys(raw, *days_of(period)),
    }


def within(at, span):
    return at is not None and span[0] <= at < span[1]


def measures(raw, ticket, span):
    """What a ticket counts for in a period."""
    found = set()
    filed, handled = within(ticket["submitted_at"], span), within(ticket["resolved_at"], span)
    if filed:
        found.add("filed")
        unanswered = ticket["status"] == "submitted" and ticket["first_response_at"] is None
        due = ticket["response_due_at"]
        if ticket["response_outcome"] == "met":
            found.add("response_met")
        elif ticket["response_outcome"] == "missed" or (unanswered and due and due < raw.as_of):
            found.add("response_late")
    if handled:
        found.add("handled")
        if ticket["recovery_outcome"] == "met":
            found.add("recovery_met")
        if ticket["recovery_outcome"] == "missed":
            found.add("recovery_late")
    if within(ticket["closed_at"], span):
        found.add("closed")
    if ticket["status"] in FINAL - {"closed"} and within(ticket["status_since"], span):
        found.add(ticket["status"])
    return found


NAMES = (
    *("filed", "handled", "closed", "rejected", "cancelled", "merged"),
    *("response_met", "response_late", "recovery_met", "recovery_late"),
)


def counted(raw, tickets, span):
    counts = Counter(name for ticket in tickets for name in measures(raw, ticket, span))
    found = {name: counts[name] for name in NAMES}
    for what in ("response", "recovery"):
        met, late = counts[f"{what}_met"], counts[f"{what}_late"]
        found[f"{what}_share"] = share(met, met + late)
    return found


def by(raw, name, now, before):
    groups = defaultdict(list)
    for ticket in raw.tickets:
        if measures(raw, ticket, now) or measures(raw, ticket, before):
            groups[ticket[name]].append(ticket)
    return {
        key: {"now": counted(raw, group, now), "before": counted(raw, group, before)}
        for key, group in groups.items()
    }


def overview(raw, span):
    events = [event for event in raw.events if within(event["at"], span)]
    waits = [event for event in events if event["act"] == "hold_third_party"]
    ended = [length for length in (wait_length(raw, event) for event in waits) if length is not None]
    work = [event for event in events if event["work_minutes"] != ""]
    return {
        "counts": counted(raw, raw.tickets, span),
        "reopened": tickets_with(events, "reopen"),
        "not_fixed": tickets_with(events, "not_fixed"),
        "backlog": backlog(raw, span),
        "waits": {
            "tickets": len({event["number"] for event in waits}),
            "begun": len(waits),
            "ended": len(ended),
            **lengths(ended),
        },
        "work": worked(work),
    }


def tickets_with(events, act):
    return len({event["number"] for event in events if event["act"] == act})


def wait_length(raw, begun):
    """Seconds by the wall clock until the ticket left the wait that began here."""
    for event in raw.ledger[begun["number"]]:
        later = int(event["entry"]) > int(begun["entry"])
        if later and event["from_status"] == "waiting_third_party" != event["to_status"]:
            return Decimal(str((event["at"] - begun["at"]).total_seconds()))
    return None


def worked(events):
    return [
        sum(int(event["work_minutes"]) for event in events),
        len(events),
        len({event["number"] for event in events}),
    ]


def backlog(raw, span):
    end = min(span[1], raw.as_of)
    opened, late = [], 0
    for ticket in raw.tickets:
        if ticket["submitted_at"] >= end or (ticket["status"] in FINAL and ticket["status_since"] < end):
            continue
        then = [event for event in raw.ledger[ticket["number"]] if event["at"] < end]
        if then and then[-1]["to_status"] not in FINAL:
            opened.append((ticket, then[-1]["to_status"]))
            late += is_late(raw, ticket)
    return {
        "open": len(opened),
        "waiting_third_party": sum(status == "waiting_third_party" for _ticket, status in opened),
        "ages": ages(end, [ticket for ticket, _status in opened]),
        "late": late if raw.as_of < span[1] else None,
    }


def is_late(raw, ticket):
    if ticket["status"] not in RUNNING or ticket["resolved_at"] is not None:
        return False
    due = ticket["response_due_at"] if ticket["first_response_at"] is None else ticket["recovery_due_at"]
    return due is not None and due < raw.as_of


def ages(end, tickets):
    found = {**dict.fromkeys(map(str, AGES), 0), "0": 0}
    for ticket in tickets:
        age = end - ticket["submitted_at"]
        found[next((str(days) for days in AGES if age <= timedelta(days=days)), "0")] += 1
    return found


def series(raw, first, last, span):
    daily = (last - first).days + 1 <= 62

    def point(at):
        day = at.astimezone(raw.zone).date()
        return day if daily else day.replace(day=1)

    filed = Counter(point(t["submitted_at"]) for t in raw.tickets if within(t["submitted_at"], span))
    handled = Counter(point(t["resolved_at"]) for t in raw.tickets if within(t["resolved_at"], span))
    day, points = first if daily else first.replace(day=1), []
    while day <= last:
        points.append([day.isoformat(), filed[day], handled[day]])
        day = day + timedelta(days=1) if daily else first_of(day.year * 12 + day.month)
    return points


def causes(raw, span):
    """The ten most frequent; which of equally frequent ones are the last cannot be told from marks."""
    return dict(
        Counter(t["cause"] for t in raw.tickets if t["cause"] and within(t["resolved_at"], span)).most_common(
            10
        )
    )


def work_by_service(raw, span):
    groups = defaultdict(list)
    for event in raw.events:
        if event["work_minutes"] != "" and within(event["at"], span):
            groups[raw.by_number[event["number"]]["service"]].append(event)
    return {service: worked(events) for service, events in groups.items()}


def steps(raw, span):
    groups = defaultdict(list)
    for step in raw.steps:
        if within(step["left_at"], span):
            groups[step["sop_version"], step["sop_step"], step["role"]].append(step)
    place = sorted(groups, key=lambda key: (-int(key[0] or 0), ORDER.index(key[1]), key[2]))
    return [one_step(key, groups[key]) for key in place]


def one_step(key, passes):
    version, code, role = key
    judged = [step for step in passes if step["due_at"] is not None]
    late = [step for step in judged if step["late"] == "1"]
    return {
        "version": int(version) if version else None,
        "code": code,
        "role": role,
        "passes": len(passes),
        "judged": len(judged),
        "late": len(late),
        "explained": sum(step["reason_given"] == "1" for step in late),
        "share": share(len(judged) - len(late), len(judged)),
        **lengths([Decimal(step["working_seconds"]) for step in passes if step["working_seconds"]]),
    }


# --- The index of satisfaction (Permen PANRB 14/2017) ----------------------------------------------------


def surveys(raw, first, last):
    """The surveys about any day of the period."""
    return {
        survey["survey"]: one_survey([line for line in raw.answers if line["survey"] == survey["survey"]])
        for survey in raw.surveys
        if survey["first_day"] <= last.isoformat() and survey["last_day"] >= first.isoformat()
    }


def one_survey(lines):
    groups = defaultdict(list)
    for line in lines:
        groups[line["opd"]].append(line)
    return {
        "all": index(lines),
        "by_door": dict(Counter(line["door"] for line in lines)),
        "by_opd": {opd: index(group) for opd, group in groups.items()},
    }


def index(lines):
    """IKM: the mean of each of nine elements, each times a ninth, their sum times 25; then the grade."""
    scores = {name: [Fraction(line[name]) for line in lines if line[name]] for name in ELEMENTS}
    means = {name: statistics.mean(given) for name, given in scores.items() if given}
    ikm = half_up(sum(means.values()) * Fraction(1, 9) * 25, 2) if len(means) == len(ELEMENTS) else None
    return {
        "respondents": len(lines),
        "enough": len(lines) >= 30,
        "ikm": ikm,
        "grade": ikm and next(grade for grade, lowest in GRADES if Decimal(ikm) >= Decimal(lowest)),
        "elements": {
            name: [
                int(sum(given)),
                len(given),
                half_up(means[name], 3) if given else None,
                half_up(means[name] * Fraction(1, 9), 3) if given else None,
            ]
            for name, given in scores.items()
        },
    }


def half_up(exact, decimals):
    """A fraction as text with so many decimals; the half goes up."""
    whole = math.floor(exact * 10**decimals + Fraction(1, 2))
    return str(Decimal(whole).scaleb(-decimals))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("export", help="the raw export (ZIP)")
    parser.add_argument("period", nargs="+", help="2026-11, 2026-Q4, 2026 or 2026-11-01..2026-11-15")
    parser.add_argument("--without-security", action="store_true")
    asked = parser.parse_args()
    raw = Raw(asked.export, asked.without_security)
    print(json.dumps([figures(raw, period) for period in asked.period], indent=2))


if __name__ == "__main__":
    main()
