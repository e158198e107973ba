"""Where the pages of the second step stand in Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from site_project.two_step import rules, views, words

hooks.register("register_log_actions", words.register)


@hooks.register("register_admin_urls")
def urls():
    return [
        path("two-step/", views.StateView.as_view(), name="two_step_state"),
        path("two-step/check/", views.CheckView.as_view(), name=rules.Stage.CHECK.value),
        path("two-step/set-up/", views.EnrolView.as_view(), name=rules.Stage.ENROL.value),
        path("two-step/reset/<int:pk>/", views.ResetView.as_view(), name="two_step_reset"),
    ]


@hooks.register("register_account_menu_item")
def account_item(request):
    if not rules.enabled():
        return None
    return {
        "url": reverse("two_step_state"),
        "label": _("Two-step verification"),
        "help_text": _("A code from your telephone besides your password."),
    }


@hooks.register("register_user_listing_buttons")
def reset_button(user, request_user):
    if rules.enabled() and views.may_reset(request_user, user):
        url = reverse("two_step_reset", args=[user.pk])
        yield Button(_("Reset two-step verification"), url, icon_name="lock", priority=40)


@hooks.register("register_permissions")
def permission():
    """In the form of groups only where it means something."""
    found = Permission.objects.filter(content_type__app_label="two_step", codename="must_use")
    return found if rules.enabled() else found.none()
