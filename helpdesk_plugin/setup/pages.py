"""The help desk's place in the site's menu, if the site has installed the opt-in pages."""

from collections.abc import Sequence

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask, Page, Site, Workflow, WorkflowPage, WorkflowTask

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import RoleGroup
from helpdesk_plugin.setup.data import read_json
from helpdesk_plugin.setup.plan import Addition, Plan, Situation

KEY = "page:help-desk"
SHELF_KEY = "page:knowledge"


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


class KnowledgeShelf:
    """The knowledge base below the help desk's page, with a moderation of its own by the editors.

    Officers draft what they have learnt and hold no right to pages; an editor reads it and publishes.
    """

    title = _("Knowledge base")

    def plan(self, situation: Situation) -> Plan:
        if not apps.is_installed("helpdesk_plugin.pages") or SHELF_KEY in situation.recorded:
            return Plan()
        if apps.get_model("helpdesk_pages", "KnowledgeIndexPage").objects.exists():
            return Plan(in_place=[SHELF_KEY])
        if help_desk_page() is None and not is_missing(situation):
            return Plan()
        words = read_json("knowledge_index_page.json")
        return Plan([Addition(SHELF_KEY, f"{words['title']} (/{words['slug']}/)", words)])

    def add(self, additions: Sequence[Addition]) -> None:
        model = apps.get_model("helpdesk_pages", "KnowledgeIndexPage")
        for addition in additions:
            parent = help_desk_page()
            if parent is None or parent.get_children().filter(slug=addition.what["slug"]).exists():
                continue
            shelf = parent.add_child(instance=model(**addition.what))
            shelf.save_revision(log_action=False).publish()
            _moderate(shelf)


def _moderate(shelf: Page) -> None:
    """Have the editors approve what is put on the shelf, by Wagtail's own workflow."""
    link = RoleGroup.objects.filter(role=Role.EDITOR.value).select_related("group").first()
    if link is None:
        return
    task = GroupApprovalTask.objects.create(name=str(_("Review by editors")))
    task.groups.add(link.group)
    workflow = Workflow.objects.create(name=str(_("Knowledge articles")))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(pk=shelf.pk))


def _words() -> dict[str, str]:
    return read_json("help_desk_page.json")
