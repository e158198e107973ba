"""The checklist that keeps the traces of a security incident: a proposal, an extension of the SOP."""

from collections.abc import Iterator
from datetime import date

from helpdesk_plugin.models import EvidenceItem
from helpdesk_plugin.setup.data import read_json
from helpdesk_plugin.setup.plan import Rows, Seed

POSITION_STEP = 10


def _lines(today: date) -> Iterator[Seed]:
    for number, text in enumerate(read_json("evidence_checklist.json"), start=1):
        yield Seed(str(number), EvidenceItem(position=number * POSITION_STEP, text=text))


CHECKLIST = Rows(EvidenceItem, "evidence", [("text",)], _lines)
