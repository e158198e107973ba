"""Words of Wagtail where notices and articles are written, previewed, scheduled, approved and published.

They stand here for the same reason as those of `wagtail_words`: Wagtail has no Indonesian for them, and the
extraction of texts forgets what no source names.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    gettext_noop("%(model_name)s '%(object)s' created and published."),
    gettext_noop("%(model_name)s '%(object)s' created and scheduled for publishing."),
    gettext_noop("%(model_name)s '%(object)s' created and submitted for moderation."),
    gettext_noop("%(model_name)s '%(object)s' has been replaced with version from %(timestamp)s."),
    gettext_noop("%(model_name)s '%(object)s' has been scheduled for publishing."),
    gettext_noop("%(model_name)s '%(object)s' has been submitted for moderation."),
    gettext_noop("%(model_name)s '%(object)s' is live and this version has been scheduled for publishing."),
    gettext_noop("%(model_name)s '%(object)s' updated and published."),
    gettext_noop("%(model_name)s '%(title)s' is now unlocked."),
    gettext_noop("'%(object)s' unpublished."),
    gettext_noop(
        "The %(model_name)s '%(title)s' is not currently awaiting moderation in task '%(task_name)s'."
    ),
    gettext_noop("The %(model_name)s '%(title)s' is not currently awaiting moderation."),
    gettext_noop("This %(model_name)s hasn't been submitted for moderation yet"),
    gettext_noop("This page hasn't been submitted for moderation yet"),
    gettext_noop("Version from %(timestamp)s of %(model_name)s '%(object)s' has been published."),
    gettext_noop(
        "Version from %(timestamp)s of %(model_name)s '%(object)s' has been scheduled for publishing."
    ),
    gettext_noop("Workflow '%(workflow_name)s' on %(model_name)s '%(title)s': %(status)s"),
    gettext_noop("Workflow on %(model_name)s '%(object)s' has been cancelled."),
    gettext_noop("Workflow on %(model_name)s '%(object)s' has been restarted."),
    gettext_noop("%(action)s at <b>%(at)s</b>"),
    gettext_noop("%(action)s by <b>%(who)s</b> at <b>%(at)s</b>"),
    gettext_noop("%(action)s by <b>%(who)s</b>"),
    gettext_noop("Anyone can edit this %(model_name)s – lock it to prevent others from editing"),
    gettext_noop("Anyone can edit this %(model_name)s"),
    gettext_noop("Approve with comment"),
    gettext_noop("Approved by %(approved_by)s"),
    gettext_noop("Approved task"),
    gettext_noop("Approved"),
    gettext_noop("Are you sure you want to unpublish this %(model_name)s?"),
    gettext_noop("Cancelled by %(cancelled_by)s"),
    gettext_noop("Changes requested at"),
    gettext_noop("Changes requested by %(requested_by)s"),
    gettext_noop("Changes requested"),
    gettext_noop("Compare with current version"),
    gettext_noop("Compare with previous version"),
    gettext_noop("Correct the validation errors to resume preview (saving will highlight errors)"),
    gettext_noop("Edit / Review"),
    gettext_noop("Edit schedule"),
    gettext_noop("Expiry:"),
    gettext_noop("First published"),
    gettext_noop("Go-live:"),
    gettext_noop("In Moderation"),
    gettext_noop("Incomplete task"),
    gettext_noop("Initial Revision"),
    gettext_noop("Invalid schedule"),
    gettext_noop("Loading"),
    gettext_noop("Locking: "),
    gettext_noop("Needs changes"),
    gettext_noop("No publishing schedule set"),
    gettext_noop("Not started"),
    gettext_noop("Once scheduled:"),
    gettext_noop("Preview for %(block_label)s (%(block_type)s)"),
    gettext_noop("Preview in new tab"),
    gettext_noop("Preview is out of date"),
    gettext_noop("Preview mode"),
    gettext_noop("Preview not available"),
    gettext_noop("Publish %(model_name)s"),
    gettext_noop("Publish this version"),
    gettext_noop("Publishing this %(model_name)s will cancel the current workflow."),
    gettext_noop("Refresh"),
    gettext_noop("Refreshing…"),
    gettext_noop("Replace current revision"),
    gettext_noop("Request changes"),
    gettext_noop("Requested by <b>%(modified_by)s</b>"),
    gettext_noop("Review this version"),
    gettext_noop("Schedule to publish"),
    gettext_noop("Scheduling…"),
    gettext_noop("Set schedule"),
    gettext_noop("Submit for moderation"),
    gettext_noop("Task started"),
    gettext_noop("Task submitted by"),
    gettext_noop("Task"),
    gettext_noop("Tasks"),
    gettext_noop(
        'The %(model_name)s "%(title)s" has been submitted for moderation to workflow "%(workflow)s" '
        "by %(requester)s."
    ),
    gettext_noop(
        'The %(model_name)s "%(title)s" has been submitted for moderation to workflow "%(workflow)s".'
    ),
    gettext_noop('The %(model_name)s "%(title)s" has been submitted to workflow "%(workflow)s"'),
    gettext_noop("The %(model_name)s could not be saved as it is locked"),
    gettext_noop("There are no differences between these two versions"),
    gettext_noop("Toggle preview"),
    gettext_noop('Version %(revision_id)s of "%(object)s" unscheduled.'),
    gettext_noop("Would you still like to publish this %(model_name)s?"),
    gettext_noop("Your pages and snippets in a workflow"),
    gettext_noop("live + in moderation"),
    # The tree of pages, its order, and taking a page away
    gettext_noop("Exploring"),
    gettext_noop("Sort"),
    gettext_noop("Enable custom ordering"),
    gettext_noop("Disable custom ordering"),
    gettext_noop("Item %(index)s of %(total)s"),
    gettext_noop("'%(page_title)s' has been moved successfully."),
    gettext_noop(
        "Focus on the drag button and press up or down arrows to move the item, then press enter to "
        "submit the change."
    ),
    ngettext_lazy(
        "Deleting this page will also delete %(descendant_count)s child page.",
        "Deleting this page will also delete %(descendant_count)s more child pages.",
    ),
)
