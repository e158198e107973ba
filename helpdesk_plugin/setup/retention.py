"""How long personal data is kept, by how a ticket ended: proposals, to be checked against the JRA."""

from collections.abc import Iterator
from datetime import date

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import HelpDeskSettings, RetentionRule
from helpdesk_plugin.setup.plan import Rows, Seed

#: Months after the end; never longer than the privacy notice of this site promises.
PROPOSED: dict[TicketStatus, int] = {
    TicketStatus.CLOSED: 24,
    TicketStatus.MERGED: 24,
    TicketStatus.REJECTED: 12,
    TicketStatus.CANCELLED: 12,
}


def _rules(today: date) -> Iterator[Seed]:
    # Not `load`, which would write a row although planning only reads.
    promised = (HelpDeskSettings.objects.first() or HelpDeskSettings()).retention_months
    for status, months in PROPOSED.items():
        yield Seed(status.value, RetentionRule(ending=status.value, months=min(months, promised)))


RULES = Rows(RetentionRule, "retention", [("ending",)], _rules)
