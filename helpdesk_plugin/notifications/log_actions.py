"""What Wagtail's own log says of messages."""

from django.utils.translation import gettext_lazy as _

RESEND = "helpdesk.resend"


def register_resending(actions) -> None:
    """Register sending a message again as a log action; wired in `wagtail_hooks`."""
    actions.register_action(RESEND, _("Message sent again"), _("Asked for a message to be sent again"))
