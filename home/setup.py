"""Make the site's first pages: safe to run again at any time, on a site in use too."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Site, Task, Workflow

from .models import ContactPage, HomePage, SetupRecord
from .seed import SEEDS, Seed, home_page

WELCOME_TITLE = "Welcome to your new Wagtail site!"
#: Wagtail's own approval, which every page begins with, and what editors here read instead.
MODERATION, MODERATION_HERE = "Moderators approval", "Persetujuan moderator"


@dataclass
class Outcome:
    """What a run did (or, dry, would do) and what it left alone, as sentences."""

    made: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def ensure_site_pages(*, dry_run: bool = False) -> Outcome:
    """Make the front page and the pages below it that this setup has never made before.

    Additive: a page that exists is never changed, one that an editor deleted does not come back, and a slug
    that is taken is left to whoever took it. Wagtail's welcome page is replaced only while nobody has touched
    it; pages that already stand below it move along. With any other front page nothing is made.
    All or nothing: an error undoes the whole run. `dry_run` undoes it too and only reports.
    """
    outcome = Outcome()
    try:
        with transaction.atomic():
            home = _front_page(outcome)
            if home is not None:
                for seed in SEEDS:
                    _plant(seed, home, outcome)
                _put_submenus_before_contact(home, outcome)
            if dry_run:
                transaction.set_rollback(True)
    finally:
        Site.clear_site_root_paths_cache()
    return outcome


def _front_page(outcome: Outcome) -> HomePage | None:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        outcome.left.append("There is no default site, so nothing was made.")
        return None
    front = site.root_page.specific
    if isinstance(front, HomePage):
        outcome.left.append(f"The site has its front page: {front.title}.")
        return front
    if not _is_untouched_welcome(front):
        outcome.left.append(
            f"The site's front page is “{front.title}”, made by someone else; nothing was made."
        )
        return None
    return _replace_welcome(front, outcome)


def _is_untouched_welcome(page: Page) -> bool:
    return type(page) is Page and page.title == WELCOME_TITLE and page.latest_revision_id is None


def _replace_welcome(welcome: Page, outcome: Outcome) -> HomePage:
    home = home_page()
    welcome.get_parent().add_child(instance=home)
    _publish(home)
    for child in welcome.get_children().order_by("path"):
        Page.objects.get(pk=child.pk).move(Page.objects.get(pk=home.pk), pos="last-child")
    # Editors are greeted with the name of the site; without one it would be its host.
    for approval in (Task, Workflow):
        approval.objects.filter(name=MODERATION).update(name=MODERATION_HERE)
    Site.objects.filter(root_page_id=welcome.pk, site_name="").update(site_name=settings.WAGTAIL_SITE_NAME)
    Site.objects.filter(root_page_id=welcome.pk).update(root_page_id=home.pk)
    # Who was given rights on the front page keeps them; with the welcome page they would go.
    GroupPagePermission.objects.filter(page_id=welcome.pk).update(page_id=home.pk)
    Page.objects.get(pk=welcome.pk).delete()
    outcome.made.append(f"Front page: {home.title} (in place of Wagtail's welcome page)")
    return HomePage.objects.get(pk=home.pk)


def _plant(seed: Seed, home: HomePage, outcome: Outcome) -> None:
    if SetupRecord.objects.filter(key=seed.key).exists():
        return
    parent = _page_of(seed.parent, home)
    if parent is None:
        outcome.left.append(f"{seed.key}: the page it belongs to is gone.")
        return
    page = seed.make(timezone.localdate())
    if parent.get_children().filter(slug=page.slug).exists():
        outcome.left.append(f"{seed.key}: a page with the address “{page.slug}” exists.")
    else:
        _add(page, parent)
        outcome.made.append(f"Page: {page.title}")
    SetupRecord.objects.create(key=seed.key)


def _page_of(key: str, home: HomePage) -> Page | None:
    """The page that a seed's `parent` means: the front page, or the top-level page with that slug."""
    if key == home_page().slug:
        return Page.objects.get(pk=home.pk)
    return Page.objects.child_of(home).filter(slug=key).first()


def _add(page: Page, parent: Page) -> None:
    """Last below its parent; but a page of the menu goes before pages that others put there earlier."""
    theirs = parent.get_children().exclude(slug__in=[seed.key for seed in SEEDS]).order_by("path").first()
    if page.show_in_menus and theirs is not None and not isinstance(page, ContactPage):
        theirs.add_sibling(pos="left", instance=page)
    else:
        parent.add_child(instance=page)
    _publish(page)


def _publish(page: Page) -> None:
    page.save_revision(log_action=False).publish()


def _put_submenus_before_contact(home: HomePage, outcome: Outcome) -> None:
    """Move a page with a submenu of its own, made after the contact page, once in front of it."""
    contact = ContactPage.objects.child_of(home).first()
    if contact is None:
        return
    for page in list(Page.objects.child_of(home).in_menu().filter(path__gt=contact.path).order_by("path")):
        key = f"placed-{page.pk}"
        if (
            hasattr(page.specific_class, "get_menu_links")
            and not SetupRecord.objects.filter(key=key).exists()
        ):
            # Every move renumbers the tree, so both pages are read anew.
            Page.objects.get(pk=page.pk).move(Page.objects.get(pk=contact.pk), pos="left")
            SetupRecord.objects.create(key=key)
            outcome.made.append(f"Menu: {page.title} moved before {contact.title}")
