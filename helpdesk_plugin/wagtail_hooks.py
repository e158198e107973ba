"""Wiring into Wagtail's admin."""

from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from helpdesk_plugin.evidence import menus as evidence
from helpdesk_plugin.evidence import words as evidence_words
from helpdesk_plugin.notifications.log_actions import register_resending
from helpdesk_plugin.reports import menus as reports
from helpdesk_plugin.staff import (
    account,
    bulk,
    calendar_notices,
    log_formatters,
    panels,
    wagtail_labels,
    wagtail_words,
)
from helpdesk_plugin.staff.imports import views as importing
from helpdesk_plugin.staff.notices import panels as notice_panels
from helpdesk_plugin.staff.notices import previews as notice_previews
from helpdesk_plugin.staff.notices import words as notice_words
from helpdesk_plugin.staff.personal import views as personal
from helpdesk_plugin.staff.recounting import RecountingView
from helpdesk_plugin.staff.standards import words as standards_words
from helpdesk_plugin.staff.surveys import words as survey_words
from helpdesk_plugin.staff.views import bulk as bulk_views
from helpdesk_plugin.staff.views import exports_taken, health, setting_changes
from helpdesk_plugin.staff.views.health import HealthView
from helpdesk_plugin.staff.views.setting_changes import SettingChangesView
from helpdesk_plugin.staff.viewsets import ADMINS, POLICIES, HelpDeskGroup

try:
    from wagtail.permissions import register_permission_policy
except ImportError:  # Wagtail 7.4 takes policies from the viewsets.
    pass
else:
    # Before anything asks for them: Wagtail would put policies of its own in their place.
    for _model, _policy in POLICIES.items():
        register_permission_policy(_model, _policy)

register_snippet(HelpDeskGroup)
for _admin in ADMINS:
    modeladmin_register(_admin)

for _action in bulk_views.ACTIONS:
    hooks.register("register_bulk_action", _action)
# Last, so that it takes the place of Wagtail's own.
hooks.register("register_bulk_action", bulk.NoBulkDelete, order=1000)
hooks.register("register_account_settings_panel", account.HelpDeskPanel)
hooks.register("construct_homepage_summary_items", panels.add_summary)
hooks.register("construct_homepage_panels", calendar_notices.add_panel)
hooks.register("construct_homepage_panels", notice_panels.add_panel)
hooks.register("construct_homepage_panels", panels.add_tickets)
hooks.register("register_log_actions", log_formatters.register_acts)
hooks.register("register_log_actions", log_formatters.register_export)
hooks.register("register_log_actions", register_resending)
hooks.register("register_log_actions", standards_words.register_log_actions)
hooks.register("register_log_actions", notice_words.register_log_actions)
hooks.register("register_log_actions", survey_words.register_log_actions)
hooks.register("register_log_actions", evidence_words.register_log_actions)

hooks.register("register_admin_urls", reports.urls)
for _item in range(len(reports.LINES)):
    hooks.register("register_reports_menu_item", reports.menu_item(_item))
hooks.register("register_admin_urls", evidence.urls)
hooks.register("register_reports_menu_item", evidence.evidence_item)
hooks.register("register_reports_menu_item", evidence.performance_item)

notice_previews.register()
wagtail_labels.name_fields()


@hooks.register("register_admin_urls")
def register_management():
    """The pages of those who look after the help desk."""
    return [
        path("helpdesk/health/", HealthView.as_view(), name=health.URL_NAME),
        path("helpdesk/exports/", exports_taken.ExportsTakenView.as_view(), name=exports_taken.URL_NAME),
        path("helpdesk/changes/", SettingChangesView.as_view(), name=setting_changes.URL_NAME),
        path("helpdesk/import/", importing.ImportView.as_view(), name=importing.URL_NAME),
        path("helpdesk/personal-data/", personal.PersonalDataView.as_view(), name=personal.URL_NAME),
        path(
            "helpdesk/personal-data/breach/",
            personal.BreachNoticeView.as_view(),
            name=personal.BREACH_URL_NAME,
        ),
    ]


@hooks.register("register_admin_urls")
def register_script_words():
    """Not a page: what Wagtail's scripts say, for everybody who is signed in to the admin."""
    return [path("jsi18n/more/", wagtail_words.script_words, name="helpdesk_script_words")]


@hooks.register("register_admin_urls")
def register_recounting():
    """The page of deadlines after a change of the calendar."""
    address = "helpdesk/deadlines-after-change/"
    return [path(address, RecountingView.as_view(), name=calendar_notices.RECOUNTING_URL_NAME)]
