"""The help desk's place in the site's menu, if the site has installed the opt-in pages."""

from collections.abc import Sequence

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from helpdesk_plugin.setup.data import read_json
from helpdesk_plugin.setup.plan import Addition, Plan, Situation

KEY = "page:help-desk"


def site_root() -> Page | None:
    """The front page of the default site."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return site.root_page if site else None


def help_desk_page() -> Page | None:
    """The help desk's page, wherever editors have put it; None without the opt-in app."""
    if not apps.is_installed("helpdesk_plugin.pages"):
        return None
    return apps.get_model("helpdesk_pages", "HelpDeskPage").objects.order_by("path").first()


def is_missing(situation: Situation) -> bool:
    """Whether this run makes the page: never made before, nowhere in the tree, its address free."""
    if not apps.is_installed("helpdesk_plugin.pages") or KEY in situation.recorded:
        return False
    root = site_root()
    if root is None or help_desk_page() is not None:
        return False
    return not root.get_children().filter(slug=_words()["slug"]).exists()


class HelpDeskEntry:
    """The page “Help Desk” below the site's front page, shown in menus."""

    title = _("Pages")

    def plan(self, situation: Situation) -> Plan:
        if is_missing(situation):
            words = _words()
            return Plan([Addition(KEY, f"{words['title']} (/{words['slug']}/)", words)])
        return Plan(in_place=[KEY] if help_desk_page() else [])

    def add(self, additions: Sequence[Addition]) -> None:
        model = apps.get_model("helpdesk_pages", "HelpDeskPage")
        for addition in additions:
            page = site_root().add_child(instance=model(show_in_menus=True, **addition.what))
            page.save_revision(log_action=False).publish()


def _words() -> dict[str, str]:
    return read_json("help_desk_page.json")
