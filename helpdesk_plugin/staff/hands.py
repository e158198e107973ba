"""On the ticket page: follow, take and hand over, each within one press."""

import uuid
from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from wagtail.admin.ui.components import Component

from helpdesk_plugin import labels
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.permissions import available_acts
from helpdesk_plugin.services.watching import follows

FOLLOW_URL_NAME = "helpdesk_tickets:follow"
#: Acts that the block offers, so that no menu of the page need name them again.
WITHIN_REACH = (Remark.TAKE, Remark.HAND_OVER)
_ACT_URL_NAME = "helpdesk_tickets:act"


class HandsPanel(Component):
    """A small block about one ticket and one officer. One query beside the permissions."""

    template_name = "helpdesk_plugin/staff/includes/hands.html"

    def __init__(self, ticket: Ticket, user: Any) -> None:
        self.ticket, self.user = ticket, user

    def get_context_data(self, parent_context):
        acts = set(available_acts(self.ticket, self.user))
        return {
            "ticket": self.ticket,
            "follows": follows(self.ticket, self.user),
            "follow_url": reverse(FOLLOW_URL_NAME, args=[quote(self.ticket.pk)]),
            "take_url": self._url(Remark.TAKE) if Remark.TAKE in acts else "",
            "take_verb": labels.ACT_VERB[Remark.TAKE],
            "hand_over_url": self._url(Remark.HAND_OVER) if Remark.HAND_OVER in acts else "",
            "hand_over_verb": labels.ACT_VERB[Remark.HAND_OVER],
            "key": uuid.uuid4(),
            "csrf_token": parent_context.get("csrf_token"),
        }

    def _url(self, act: Remark) -> str:
        return reverse(_ACT_URL_NAME, args=[quote(self.ticket.pk), act.value])
