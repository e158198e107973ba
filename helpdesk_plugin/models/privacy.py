"""What the agency promises about personal data, in sentences for pages and documents."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helpdesk_plugin.models.site_settings import PRIVACY_NOTICE, AgencyProfile, HelpDeskSettings


def privacy_notice(settings: HelpDeskSettings, agency: AgencyProfile) -> str:
    """The notice above the button, with retention and contact filled in.

    Filled by replacing, not by formatting: the words are the agency's own and may hold any brace.
    """
    text = settings.privacy_notice.strip() or str(PRIVACY_NOTICE)
    return text.replace("{retention}", retention(settings.retention_months)).replace(
        "{contact}", contact(agency)
    )


def retention(months: int) -> str:
    """How long data is kept: whole years as years."""
    years, rest = divmod(months, 12)
    if rest or not years:
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}


def contact(agency: AgencyProfile) -> str:
    """How to reach a human, in one phrase."""
    found = [agency.email, agency.phone or agency.whatsapp]
    named = [one for one in found if one]
    return _(" or ").join(named) if named else _("our counter")
