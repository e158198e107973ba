"""Words of Wagtail and Django on the screens of officers, as far as those have no Indonesian there.

The catalogue of an app speaks for the whole site, so what is translated under these texts appears wherever
Wagtail shows them. They stand here because the extraction of texts forgets what no source names.

What Wagtail's scripts say has a catalogue of its own (``djangojs``), which `scripts/messages.py` fills from
Wagtail; templates/wagtailadmin/admin_base.html gives it to the browser.
"""

from django.utils.translation import gettext_noop, ngettext_lazy
from django.views.i18n import JavaScriptCatalog

#: Words for Wagtail's scripts, beside those that Wagtail itself gives them.
script_words = JavaScriptCatalog.as_view(packages=["helpdesk_plugin"])

WORDS = (
    # The frame: menu, header, messages
    gettext_noop("Skip to main content"),
    gettext_noop("Sidebar"),
    gettext_noop("Toggle sidebar"),
    gettext_noop("Help"),
    gettext_noop("Editor Guide"),
    gettext_noop("Wagtail %(current_version)s editor guide"),
    gettext_noop("What's new in Wagtail %(version)s"),
    gettext_noop("Shortcuts"),
    gettext_noop("Reports"),
    gettext_noop("Site history"),
    gettext_noop("Breadcrumb"),
    gettext_noop("Toggle breadcrumbs"),
    gettext_noop("Actions"),
    gettext_noop("Actions (footer)"),
    gettext_noop("Status"),
    gettext_noop("Status: "),
    gettext_noop("Close dialog"),
    gettext_noop("Edit account avatar"),
    gettext_noop("Search all pages…"),
    # Signing in
    gettext_noop("Password"),
    gettext_noop("Forgotten password?"),
    gettext_noop("Remember me"),
    # Lists
    gettext_noop("Search…"),
    gettext_noop("Search %(search_name)s"),
    gettext_noop("Show filters"),
    gettext_noop("Filter by"),
    gettext_noop("By %(filter_title)s"),
    gettext_noop("Any"),
    gettext_noop("Sort by '%(label)s' in ascending order."),
    gettext_noop("Sort by '%(label)s' in descending order."),
    gettext_noop("More options for '%(title)s'"),
    gettext_noop("Download XLSX"),
    gettext_noop("%(result_count)s out of %(all_count)s"),
    gettext_noop("No %(model_name)s match your query."),
    gettext_noop("There are no %(model_name)s to display."),
    gettext_noop("There are no results."),
    gettext_noop(
        'There are no %(model_name)s to display. Why not <a href="%(add_url)s">add one</a>?',
    ),
    gettext_noop("1 item selected"),
    gettext_noop("%(objects)s items selected"),
    gettext_noop("All %(objects)s items on this screen selected"),
    gettext_noop("All items in listing selected"),
    gettext_noop("Select all"),
    gettext_noop("Select row"),
    gettext_noop("Select"),
    gettext_noop("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    gettext_noop("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s across entire site."),
    gettext_noop(
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in "
        "'<span class=\"w-title-ellipsis\">%(title)s</span>'.",
    ),
    # Filters of the registers, which are those of Django's own admin
    gettext_noop("Any date"),
    gettext_noop("Today"),
    gettext_noop("Past 7 days"),
    gettext_noop("This month"),
    gettext_noop("This year"),
    gettext_noop("All"),
    ngettext_lazy("There is %(counter)s match", "There are %(counter)s matches"),
    # Forms of pages
    gettext_noop("Page title"),
    gettext_noop("title tag"),
    gettext_noop("meta description"),
    gettext_noop("page log entry"),
    gettext_noop("page log entries"),
    # Forms
    gettext_noop("Toggle section"),
    gettext_noop("Toggle side panel"),
    gettext_noop("Side panels"),
    gettext_noop("Side panel width"),
    gettext_noop("Toggle status"),
    gettext_noop("Toggle minimap"),
    gettext_noop("Minimap"),
    gettext_noop("Go to the first error"),
    gettext_noop("You have <span>unsaved edits</span>"),
    gettext_noop("Save your changes before leaving"),
    gettext_noop("A network error occurred"),
    gettext_noop("View latest version"),
    gettext_noop("View history"),
    gettext_noop("New: %(model_name)s"),
    gettext_noop("To be created by %(user)s"),
    gettext_noop("The %(object)s could not be edited due to errors."),
    gettext_noop("%(model_name)s '%(object)s' edited."),
    gettext_noop("No, don't delete"),
    gettext_noop("Action"),
    gettext_noop("User"),
    gettext_noop("log entries"),
    gettext_noop("system"),
    # The account, where the language is chosen
    gettext_noop("Profile"),
    gettext_noop("Notifications"),
    gettext_noop("Name and Email"),
    gettext_noop("Profile picture"),
    gettext_noop("Upload a profile picture:"),
    gettext_noop("Locale"),
    gettext_noop("Theme preferences"),
    gettext_noop("Your account settings have been changed successfully!"),
    gettext_noop("Use server language: %(language_name)s"),
    gettext_noop("Use server time zone"),
    gettext_noop("System default"),
    gettext_noop("Light"),
    gettext_noop("Dark"),
    gettext_noop("density"),
    gettext_noop("contrast"),
    gettext_noop("More contrast"),
    gettext_noop("Default"),
    gettext_noop("Snug"),
    gettext_noop("Keyboard shortcuts"),
    gettext_noop("Show keyboard shortcuts"),
    gettext_noop("All keyboard shortcuts"),
    gettext_noop("Enable"),
    gettext_noop("Enable custom keyboard shortcuts specific to Wagtail."),
)
