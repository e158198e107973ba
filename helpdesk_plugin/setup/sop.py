"""Version 1 of the SOP: what the document itself says, and a proposed standard for each step.

The identity block holds only what can be read in the document; what cannot stays empty. Requirements,
times and outputs of the steps are reconstructed, so nothing here is confirmed.
"""

from collections.abc import Iterator
from datetime import date

from helpdesk_plugin.models import SopVersion, StepStandard
from helpdesk_plugin.setup.data import read_json
from helpdesk_plugin.setup.plan import Rows, Seed


def _versions(today: date) -> Iterator[Seed]:
    facts = read_json("sop_version_1.json")
    steps = [_standard(place, step) for place, step in enumerate(facts.pop("steps"), start=1)]
    in_force_from = date.fromisoformat(facts.pop("in_force_from"))
    version = SopVersion(in_force_from=in_force_from, **facts)
    yield Seed(str(version.number), version, steps, link="version")


def _standard(position: int, facts: dict) -> StepStandard:
    """``minutes`` holds the working minutes of P1 to P4; null where the step has no time of its own."""
    p1, p2, p3, p4 = facts.pop("minutes")
    return StepStandard(
        position=position, minutes_p1=p1, minutes_p2=p2, minutes_p3=p3, minutes_p4=p4, **facts
    )


SOP = Rows(SopVersion, "sop", [("number",)], _versions)
