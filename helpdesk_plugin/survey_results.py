"""What a survey period came to: the index of all answers, by agency and service, and the one before.

Read by screens, reports and the public pages. Groups with fewer than `FEWEST` answers are put together, so
that nobody is recognised by the name of their office.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.ikm import ELEMENTS, FEWEST, Index, index_from
from helpdesk_plugin.models import Opd, Service, SurveyDoor, SurveyPeriod, SurveyResponse
from helpdesk_plugin.models.service_surveys import SCORES


@dataclass(frozen=True)
class GroupResult:
    """The answers of one agency or service. Those put together as too few have no ``name`` and ``code``.

    ``groups`` is how many agencies or services are in it.
    """

    name: str
    index: Index
    groups: int = 1
    code: str = ""

    @property
    def is_told(self) -> bool:
        """Whether enough answered for figures that point at nobody."""
        return self.index.respondents >= FEWEST


@dataclass(frozen=True)
class PeriodResult:
    """Everything that a period came to. ``before`` is the index of the period before it, if there was one."""

    period: SurveyPeriod
    index: Index
    by_door: Mapping[str, int]
    before: "Previous | None"
    by_opd: tuple[GroupResult, ...]
    by_service: tuple[GroupResult, ...]

    @property
    def response_rate(self) -> Decimal | None:
        """Percent of the invited who answered, with one decimal; None where nobody was invited."""
        if not self.period.invited:
            return None
        answered = Decimal(self.by_door.get(SurveyDoor.INVITED.value, 0) * 100)
        return (answered / self.period.invited).quantize(Decimal("0.1"))

    @property
    def change(self) -> Decimal | None:
        """Points gained since the period before; None unless both have an index."""
        if self.before is None or self.index.value is None or self.before.index.value is None:
            return None
        return self.index.value - self.before.index.value

    @property
    def fall(self) -> Decimal | None:
        """Points lost since the period before, as a number without sign."""
        return None if self.change is None else -self.change


@dataclass(frozen=True)
class Previous:
    """The period before another and its index."""

    period: SurveyPeriod
    index: Index


@dataclass(frozen=True)
class ElementChange:
    """One element as a period's table shows it: its words, its mean now and in the period before."""

    code: str
    name: str
    total: int
    filled: int
    nrr: Decimal | None
    weighted: Decimal | None
    before: Decimal | None


def index_of_period(period: SurveyPeriod) -> Index:
    """The index of all answers of a period. One query."""
    return _index(SurveyResponse.objects.filter(period=period).sums()[0])


def result_of(period: SurveyPeriod) -> PeriodResult:
    """A period's result with its groups and the period before. Eight queries at most."""
    answers = SurveyResponse.objects.filter(period=period)
    earlier = SurveyPeriod.objects.before(period)
    return PeriodResult(
        period=period,
        index=_index(answers.sums()[0]),
        by_door={row["door"]: row["respondents"] for row in answers.sums("door")},
        before=Previous(earlier, index_of_period(earlier)) if earlier else None,
        by_opd=_groups(answers.sums("opd"), "opd", Opd.objects.all(), "short_name"),
        by_service=_groups(answers.exclude(service=None).sums("service"), "service", Service.objects, "name"),
    )


def elements_of(result: PeriodResult) -> list[ElementChange]:
    """The nine elements of a result in their order, beside those of the period before."""
    names = names_of(result.period)
    earlier = {one.code: one.nrr for one in result.before.index.elements} if result.before else {}
    return [
        ElementChange(
            one.code,
            names.get(one.code, ""),
            one.total,
            one.filled,
            one.nrr,
            one.weighted,
            earlier.get(one.code),
        )
        for one in result.index.elements
    ]


def names_of(period: SurveyPeriod) -> dict[str, str]:
    """What the elements were called when the period was opened."""
    return {question["code"]: question["name"] for question in period.questions}


def latest_public() -> Previous | None:
    """The latest ended period that is published, if enough people answered it; else None. Two queries."""
    period = SurveyPeriod.objects.ended_on(agency_date(clock.now())).filter(public=True).first()
    if period is None:
        return None
    index = index_of_period(period)
    return Previous(period, index) if index.is_enough and index.value is not None else None


def small_groups(period: SurveyPeriod, column: str = "opd") -> frozenset[int]:
    """Keys of the agencies (or services) of which too few answered to be told apart. One query."""
    rows = SurveyResponse.objects.filter(period=period).exclude(**{column: None}).sums(column)
    return frozenset(row[column] for row in rows if row["respondents"] < FEWEST)


def _groups(rows: Iterable[Mapping], column: str, things: Any, label: str) -> tuple[GroupResult, ...]:
    """Results by agency or service, the most answers first; those of too few people together at the end."""
    rows = list(rows)
    keys = [row[column] for row in rows]
    names = {
        pk: (name, code) for pk, name, code in things.filter(pk__in=keys).values_list("pk", label, "code")
    }
    told = [row for row in rows if row["respondents"] >= FEWEST]
    few = [row for row in rows if row["respondents"] < FEWEST]
    found = [GroupResult(name, _index(row), code=code) for row in told for name, code in [names[row[column]]]]
    found.sort(key=lambda group: (-group.index.respondents, group.name))
    if few:
        found.append(GroupResult("", _index(_added(few)), groups=len(few)))
    return tuple(found)


def _added(rows: Iterable[Mapping]) -> dict[str, int]:
    columns = ["respondents", *(f"{score}_{part}" for score in SCORES for part in ("total", "filled"))]
    rows = list(rows)
    return {column: sum(row[column] for row in rows) for column in columns}


def _index(row: Mapping) -> Index:
    sums = dict(_sums(row))
    return index_from(sums, row["respondents"])


def _sums(row: Mapping) -> Iterator[tuple[str, tuple[int, int]]]:
    for code, score in zip(ELEMENTS, SCORES, strict=True):
        yield code, (row[f"{score}_total"], row[f"{score}_filled"])
