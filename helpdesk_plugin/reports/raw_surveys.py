"""The part of the raw export about surveys of nine elements: which there were, and what was answered.

An answer names its agency, never also the service, and an agency with too few answers is not named: what is
gathered on screen is gathered here. Answers stand in the order of their random keys.
"""

from collections.abc import Iterator
from typing import Any

from helpdesk_plugin import survey_results
from helpdesk_plugin.domain.ikm import ELEMENTS
from helpdesk_plugin.models import SurveyPeriod, SurveyResponse
from helpdesk_plugin.models.service_surveys import SCORES

SURVEYS = ("survey", "first_day", "last_day")
ANSWERS = ("survey", "opd", "door", *ELEMENTS)


def surveys() -> Iterator[tuple[Any, ...]]:
    """Every survey that was ever opened, in the order of `SURVEYS`. One query."""
    for period in _opened():
        yield period.pk, period.first_day.isoformat(), period.last_day.isoformat()


def answers() -> Iterator[tuple[Any, ...]]:
    """Every answer in the order of `ANSWERS`, read as it is written. One query, and two a survey."""
    for period in _opened():
        few = survey_results.small_groups(period)
        found = SurveyResponse.objects.filter(period=period).order_by("pk")
        for opd, code, door, *scores in found.values_list("opd_id", "opd__code", "door", *SCORES).iterator():
            given = ("" if score is None else score for score in scores)
            yield period.pk, "" if opd in few else code, door, *given


def rows() -> int:
    """How many lines both files have besides their headings. Two queries."""
    return _opened().count() + SurveyResponse.objects.filter(period__opened_at__isnull=False).count()


def _opened():
    return SurveyPeriod.objects.filter(opened_at__isnull=False).order_by("pk")
