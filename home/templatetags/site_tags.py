"""Template tags of the agency's website: menu, breadcrumbs, contact links."""

import re

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import get_language
from wagtail.models import Page

from home import menus

register = template.Library()

COUNTRY_CODE = "62"


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> list[menus.MenuEntry]:
    """The entries of the main menu, see `home.menus`; empty without a request (error pages)."""
    request = context.get("request")
    return menus.main_menu(request) if request is not None else []


@register.inclusion_tag("includes/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: template.Context, last: str = "") -> dict:
    """The trail of the page now shown. A view that has no page says `last`: Beranda › last.

    Nothing is drawn on the home page.
    """
    request = context.get("request")
    page = context.get("page")
    links: list[menus.MenuLink] = []
    if request is not None and last:
        home = menus.main_menu(request)[:1]
        links = [*home, menus.MenuLink(last, request.path, is_current=True)]
    elif request is not None and isinstance(page, Page):
        links = menus.trail(request, page)
    return {"links": links, "written": not last}


@register.simple_tag
def content_lang() -> str:
    """` lang="id"` when the interface speaks another language than the editors write, else nothing."""
    written = settings.LANGUAGE_CODE
    if get_language() == written:
        return ""
    return format_html(' lang="{}"', written)


@register.simple_tag
def admin_name() -> str:
    """What the admin of this site is called, before anybody is signed in too."""
    return settings.WAGTAIL_SITE_NAME


@register.filter
def tel_href(number: str) -> str:
    """`tel:` address of a phone number as people write it ("(0536) 123-456"); "" without digits."""
    digits = re.sub(r"\D", "", number or "", flags=re.ASCII)
    if not digits:
        return ""
    return f"tel:{'+' if number.strip().startswith('+') else ''}{digits}"


@register.filter
def whatsapp_href(number: str) -> str:
    """Click-to-chat address of an Indonesian number ("0812 …", "+62 812 …"); "" without digits."""
    digits = re.sub(r"\D", "", number or "", flags=re.ASCII)
    if digits.startswith("0"):
        digits = COUNTRY_CODE + digits.lstrip("0")
    return f"https://wa.me/{digits}" if digits else ""


@register.simple_tag
def static_or_nothing(path: str) -> str:
    """The address of a static file, or "" when it cannot be told: an error page must never fail itself."""
    try:
        return static(path)
    except ValueError:
        return ""
