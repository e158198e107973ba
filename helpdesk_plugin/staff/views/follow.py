"""The star of a ticket: pressed once it is followed, pressed again it is not."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from helpdesk_plugin.services.watching import follow_ticket, unfollow_ticket
from helpdesk_plugin.staff.views.base import OneTicketMixin


class FollowView(OneTicketMixin, View):
    """Follow a ticket, or follow it no longer; then back to where the officer was."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        number = {"number": self.object.number}
        if request.POST.get("follow") == "1":
            follow_ticket(self.object, request.user)
            messages.success(request, _("You follow %(number)s: it stands under “Following”.") % number)
        else:
            unfollow_ticket(self.object, request.user)
            messages.success(request, _("You follow %(number)s no longer.") % number)
        came_from = get_valid_next_url_from_request(request)
        # A word without a stroke would be looked up as the name of a view.
        return redirect(came_from if "/" in came_from else self.ticket_url)
