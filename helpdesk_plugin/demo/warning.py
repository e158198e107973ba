"""What to say about demonstration accounts on a site that is not for development."""

from django.core.checks import Warning
from django.utils.translation import gettext as _

from helpdesk_plugin.demo.marks import active_accounts

CHECK_ID = "helpdesk.W001"


def accounts_warning() -> Warning | None:
    """Return the warning that demonstration accounts can be logged in to, or None while none can."""
    names = active_accounts()
    if not names:
        return None
    return Warning(
        _("Demonstration accounts can be logged in to: %(names)s.") % {"names": ", ".join(names)},
        hint=_("Deactivate or delete them before the site is used in earnest."),
        id=CHECK_ID,
    )
