"""The screen of one ticket, which its page and the forms of its acts share: only the middle differs."""

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.widgets.button import Button

from helpdesk_plugin import labels
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services.notices import DRAFT, EMERGENCY
from helpdesk_plugin.staff.composing import SAID_HERE
from helpdesk_plugin.staff.desk import Desk
from helpdesk_plugin.staff.family import Family
from helpdesk_plugin.staff.hands import WITHIN_REACH, HandsPanel
from helpdesk_plugin.staff.learnt import Learnt
from helpdesk_plugin.staff.security_lane import SecurityLane
from helpdesk_plugin.staff.views.base import OneTicketMixin
from helpdesk_plugin.staff.views.listing import desk_media

#: Where the form of an act stands on its page.
FORM = "#hd-act"


class DeskMixin(OneTicketMixin):
    """What stands around the middle: state, deadline, next step, conversation, facts."""

    print_url_name = None

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.object, self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        desk, offer = self.desk, self.desk.offer
        said_here = {act.value for act in SAID_HERE} if desk.ways else set()
        said_here |= {act.value for act in (*WITHIN_REACH, Remark.EVIDENCE)}
        others = [action for action in offer.others if action.name not in said_here]
        key = quote(self.object.pk)
        return context | {
            "desk": desk,
            "hands": HandsPanel(self.object, self.request.user),
            "status": labels.STATUS_FOR_STAFF[self.object.state],
            "history_url": self.history_url,
            "deadlines_url": reverse(self.deadlines_url_name, args=[key]),
            "print_url": reverse(self.print_url_name, args=[key]),
            "contact_url": self.act_url("contact") if offer.has("contact") else "",
            "work_url": self.act_url("work") if offer.has("work") else "",
            "primary": offer.primary and self._button(offer.primary, "button hd-next"),
            "others": [self._button(action) for action in others if action.name != "contact"],
            "may_state_facts": self._may_speak_of_it(DRAFT),
            "may_publish_at_once": self._may_speak_of_it(EMERGENCY),
            "lane": SecurityLane(self.object, desk.events, may_tick=offer.has(Remark.EVIDENCE)),
            "family": Family(self.object, self.request.user),
            "learnt": Learnt(self.object, self.request.user),
            "media": context["media"] + desk_media(),
        }

    def _may_speak_of_it(self, right: str) -> bool:
        """Whether this officer may begin a notice from here; never from a confidential ticket."""
        return self.object.is_open and not self.object.security_flag and holds(self.request.user, right)

    def _button(self, action, classname="") -> Button:
        shortcut = {"data-controller": "w-kbd", "data-w-kbd-key-value": "s"} if classname else {}
        return Button(
            action.verb,
            self.act_url(action.name) + FORM,
            classname=classname,
            icon_name=action.icon,
            attrs=shortcut,
            priority=0,
        )
