"""Survey periods for tests, opened and answered through the services."""

import json
import uuid
from datetime import date
from pathlib import Path

import helpdesk_plugin
from helpdesk_plugin.models import SurveyElement, SurveyPeriod, SurveyResponse
from helpdesk_plugin.services import service_surveys

SEED = Path(helpdesk_plugin.__file__).parent / "data" / "survey_elements.json"


def make_elements(but: str = "") -> None:
    """The nine elements as setup adds them, or without one."""
    rows = [SurveyElement(**facts) for facts in json.loads(SEED.read_text())]
    SurveyElement.objects.bulk_create([row for row in rows if row.code != but])


def make_period(**fields) -> SurveyPeriod:
    """A draft about the second half of 2026."""
    return SurveyPeriod.objects.create(
        **{
            "title": "Semester II 2026",
            "first_day": date(2026, 7, 1),
            "last_day": date(2026, 12, 31),
            "answers_until": date(2026, 12, 31),
            "open_link": True,
            **fields,
        }
    )


def open_one(manager, **fields) -> SurveyPeriod:
    """A period that takes answers."""
    if not SurveyElement.objects.exists():
        make_elements()
    return service_surveys.open_period(make_period(**fields), by=manager)


def said(opd, score, **fields) -> service_surveys.Said:
    """The same score to every element, or nine scores; None is left blank."""
    nine = [score] * 9 if isinstance(score, int) else score
    given = {f"U{n}": one for n, one in enumerate(nine, start=1) if one}
    return service_surveys.Said(opd, given, **fields)


def answer_all(period, opd, scores, **fields) -> None:
    """One answer by the open link for each of ``scores``."""
    for score in scores:
        service_surveys.answer_open(period, said(opd, score, **fields), form=uuid.uuid4())


def raw_rows(period) -> list[tuple]:
    """What is stored of a period: agency and nine scores."""
    return [(row.opd, row.scores) for row in SurveyResponse.objects.filter(period=period)]
