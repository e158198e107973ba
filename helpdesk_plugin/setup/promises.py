"""What the agency promises: priority matrix and service-level targets, all in working minutes."""

from collections.abc import Iterator
from datetime import date

from helpdesk_plugin.models import PriorityRule, PriorityTarget
from helpdesk_plugin.setup.data import read_csv
from helpdesk_plugin.setup.plan import Rows, Seed


def _matrix(today: date) -> Iterator[Seed]:
    for line in read_csv("priority_matrix.csv"):
        rule = PriorityRule(**{name: int(value) for name, value in line.items()})
        yield Seed(f"{rule.impact}-{rule.urgency}", rule, words=rule.get_priority_display())


def _targets(today: date) -> Iterator[Seed]:
    for line in read_csv("priority_targets.csv"):
        follows = line.pop("disposition_may_follow") == "1"
        minutes = {name: int(value) if value else None for name, value in line.items()}
        target = PriorityTarget(disposition_may_follow=follows, **minutes)
        words = f"{target.response_minutes} / {target.assignment_minutes} / {target.recovery_minutes}"
        yield Seed(str(target.priority), target, words=words)


MATRIX = Rows(PriorityRule, "matrix", [("impact", "urgency")], _matrix)
TARGETS = Rows(PriorityTarget, "target", [("priority",)], _targets)
