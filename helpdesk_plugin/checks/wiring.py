"""Whether the site's addresses lead to the help desk, and whether mails can name them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.urls import NoReverseMatch, Resolver404, get_script_prefix, resolve, reverse

from helpdesk_plugin import conf

_INCLUDE = 'path("help-desk/", include("helpdesk_plugin.urls"))'
#: What `wagtail start` writes: nobody's address.
_PLACEHOLDER = "http://example.com"


@register(Tags.urls)
def addresses_lead_to_the_help_desk(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Demand that the plugin's addresses are mounted (helpdesk.E006), before Wagtail's (helpdesk.E007)."""
    try:
        address = reverse("helpdesk:track")
    except NoReverseMatch:
        return [
            Error(
                "The addresses of the help desk are not mounted: nobody can file or follow a ticket.",
                hint=f"Add {_INCLUDE} to the site's urls.py, before Wagtail's own pages.",
                id="helpdesk.E006",
            )
        ]
    try:
        met = resolve("/" + address.removeprefix(get_script_prefix())).view_name
    except Resolver404:
        met = ""
    if met == "helpdesk:track":
        return []
    return [
        Error(
            f"{address} is answered by {met or 'nothing'} and not by the help desk.",
            hint=f'Move {_INCLUDE} up in urls.py, before path("", include(wagtail_urls)), which answers all '
            "that is left.",
            id="helpdesk.E007",
        )
    ]


@register(Tags.compatibility)
def mails_can_name_the_site(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Demand the site's public address (helpdesk.E008); the admin's must be somebody's (helpdesk.W005)."""
    try:
        base = conf.base_url()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint=_BASE_HINT, id="helpdesk.E008")]
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        told = f"HELPDESK_BASE_URL is no address that a browser can open: {base}"
        return [Error(told, hint=_BASE_HINT, id="helpdesk.E008")]
    if getattr(settings, "WAGTAILADMIN_BASE_URL", "").rstrip("/") != _PLACEHOLDER:
        return []
    return [
        Warning(
            f"WAGTAILADMIN_BASE_URL is still {_PLACEHOLDER}, where mails to officers would lead.",
            hint="Set it to the address at which officers reach the admin, without the path of the admin.",
            id="helpdesk.W005",
        )
    ]


_BASE_HINT = 'Set it to scheme and host, such as HELPDESK_BASE_URL = "https://www.example.go.id".'
