"""The nine elements of the satisfaction survey in words that the agency may change (Permen PANRB 14/2017)."""

from collections.abc import Iterator
from datetime import date

from helpdesk_plugin.models import SurveyElement
from helpdesk_plugin.setup.data import read_json
from helpdesk_plugin.setup.plan import Rows, Seed


def _elements(today: date) -> Iterator[Seed]:
    for facts in read_json("survey_elements.json"):
        yield Seed(facts["code"], SurveyElement(**facts))


SURVEY_ELEMENTS = Rows(SurveyElement, "survey-element", [("code",)], _elements)
