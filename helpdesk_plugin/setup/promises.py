"""What the agency promises, in working minutes, and when people are warned that a promise may break."""

from collections.abc import Iterator
from datetime import date

from helpdesk_plugin.domain.escalation import DEFAULT_LEVELS
from helpdesk_plugin.models import EscalationLevel, PriorityRule, PriorityTarget
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


def _warning_levels(today: date) -> Iterator[Seed]:
    for level in DEFAULT_LEVELS:
        row = EscalationLevel(
            subject=level.subject.value,
            percent=level.percent,
            to_holder=level.holder,
            to_role_up=level.role_up,
            to_requester=level.requester,
        )
        yield Seed(f"{row.subject}-{row.percent}", row)


MATRIX = Rows(PriorityRule, "matrix", [("impact", "urgency")], _matrix)
TARGETS = Rows(PriorityTarget, "target", [("priority",)], _targets)
LEVELS = Rows(EscalationLevel, "warning", [("subject", "percent")], _warning_levels)
