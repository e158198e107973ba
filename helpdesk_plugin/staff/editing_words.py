"""Words of Wagtail where pages, images and documents are kept, edited, checked and reported on.

They stand here for the same reason as those of `wagtail_words`: Wagtail has no Indonesian for them, and the
extraction of texts forgets what no source names.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    ngettext_lazy("%(num_parent_objects)d page", "%(num_parent_objects)d pages"),
    ngettext_lazy(
        '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_lazy(
        '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_lazy(
        '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    gettext_noop("Add comment"),
    gettext_noop("Add or show comments"),
    gettext_noop("Add selected documents to collection"),
    gettext_noop("Add selected images to collection"),
    gettext_noop("Add tags to the selected documents"),
    gettext_noop("Add tags to the selected images"),
    gettext_noop("Add to collection"),
    gettext_noop("Aging pages"),
    gettext_noop("Anyone with editing permissions can create schedules"),
    gettext_noop("App"),
    gettext_noop("Autosave is <span>paused</span>"),
    gettext_noop("Autosave is paused"),
    gettext_noop("Back"),
    gettext_noop("Bold"),
    gettext_noop("But only those with publishing permissions can make them effective."),
    gettext_noop("By task"),
    gettext_noop("By workflow"),
    gettext_noop("Cancelled"),
    gettext_noop("Change privacy"),
    gettext_noop("Checks"),
    gettext_noop("Choose a different root page"),
    gettext_noop("Choose parent"),
    gettext_noop("Choose when this %(model_name)s should go live and/or expire"),
    gettext_noop("Choose when this page should go live and/or expire"),
    gettext_noop("Choose who can view the live version of this page"),
    gettext_noop("Close modal dialogs (like this one)"),
    gettext_noop("Comment notifications"),
    gettext_noop("Comments"),
    gettext_noop("Confirm"),
    gettext_noop("Content metrics"),
    gettext_noop("Create"),
    gettext_noop("Create a new %(model_name)s"),
    gettext_noop("Current page status:"),
    gettext_noop("Cut"),
    gettext_noop("Date / Time"),
    gettext_noop("Date updated"),
    gettext_noop("Default?"),
    gettext_noop("Delete selected documents"),
    gettext_noop("Delete selected images"),
    gettext_noop("Delete selected pages"),
    gettext_noop("Document updated."),
    gettext_noop("Edited by"),
    gettext_noop("File size: (high to low)"),
    gettext_noop("File size: (low to high)"),
    gettext_noop("For search engines"),
    gettext_noop("For site menus"),
    gettext_noop("Grid layout"),
    gettext_noop("Has child pages"),
    gettext_noop("How we calculate our metrics"),
    gettext_noop(
        "If you just want to add pages to an existing site, create them as children of the homepage instead."
    ),
    gettext_noop("In progress"),
    gettext_noop("Insert or edit a link"),
    gettext_noop("Is commenting action"),
    gettext_noop("Issues found"),
    gettext_noop("Italic"),
    gettext_noop(
        "JavaScript is required to use Wagtail, but it is currently disabled.<br /> Here are "
        'the <a href="https://www.enable-javascript.com/" target="_blank" '
        'rel="noreferrer">instructions how to enable JavaScript in your web browser</a>.'
    ),
    gettext_noop("Keep the new pages updated with future changes"),
    gettext_noop("Keyboard shortcut"),
    gettext_noop("Keyboard shortcuts are currently enabled; manage your %(account_link)s to disable them."),
    gettext_noop("Last edit"),
    gettext_noop("Last edited page"),
    gettext_noop("Last published"),
    gettext_noop("Last published before"),
    gettext_noop("Last published by"),
    gettext_noop("List layout"),
    gettext_noop("Maximum"),
    gettext_noop("Minimum"),
    gettext_noop("Monospace (code)"),
    gettext_noop("More actions"),
    gettext_noop("Move selected pages"),
    gettext_noop("Newest"),
    gettext_noop("No pages/snippets have been submitted for moderation yet"),
    gettext_noop("Not visible to the public"),
    gettext_noop("Oldest"),
    gettext_noop("Once live anyone can view"),
    gettext_noop("Owner"),
    gettext_noop("Page type"),
    gettext_noop("Page types usage"),
    gettext_noop("Page visibility: "),
    gettext_noop("Paste"),
    gettext_noop("Paste without formatting"),
    gettext_noop("Please provide an image description to comply with best practices for accessibility."),
    gettext_noop("Please type <b>%(wagtail_site_name)s</b> to confirm."),
    gettext_noop(
        "Preview cannot display due to validation errors. <br /> Click save to highlight the relevant fields."
    ),
    gettext_noop("Preview in desktop size"),
    gettext_noop("Preview in mobile size"),
    gettext_noop("Preview in tablet size"),
    gettext_noop("Private. Visit the live page"),
    gettext_noop("Publish selected pages"),
    gettext_noop("Published"),
    gettext_noop("Readability"),
    gettext_noop("Reading time"),
    gettext_noop(
        "Receive notification when comments have been created, resolved, or deleted on a page "
        "that you have subscribed to receive comment notifications on"
    ),
    ngettext_lazy("Referenced %(count)s time", "Referenced %(count)s times"),
    gettext_noop("Report this error to your website administrator with the following information:"),
    gettext_noop("Requested by"),
    gettext_noop("Save changes"),
    gettext_noop("Save schedule"),
    gettext_noop("Saved"),
    gettext_noop("Section"),
    gettext_noop(
        'See our <a href="%(guide_link)s" target="_blank">content checks guide</a> for more '
        "information on how content metrics are calculated."
    ),
    gettext_noop("Select a new parent for this page."),
    gettext_noop("Set publishing schedule"),
    gettext_noop("Show issue"),
    gettext_noop("Skipped"),
    gettext_noop("Sort by"),
    gettext_noop("Sort menu order"),
    gettext_noop("Sort the order of child pages within '%(parent)s' by '%(label)s' in ascending order."),
    gettext_noop("Strike-through"),
    gettext_noop("Subscript"),
    gettext_noop("Superscript"),
    gettext_noop("Text editing"),
    gettext_noop("Text formatting"),
    gettext_noop("The descriptive text displayed underneath a headline in search engine results."),
    gettext_noop("The name of the page displayed on search engine results as the clickable headline."),
    gettext_noop("The new page will be a child of this given parent page."),
    gettext_noop(
        "The root level is where you can add new sites to your Wagtail installation. Pages "
        "created here will not be accessible at any URL until they are associated with a site."
    ),
    ngettext_lazy(
        "This %(model_name)s is referenced %(usage_count)s time.",
        "This %(model_name)s is referenced %(usage_count)s times.",
    ),
    ngettext_lazy(
        "This action will delete <b>%(total_pages_formatted)s</b> page in total.",
        "This action will delete <b>%(total_pages_formatted)s</b> pages in total.",
    ),
    gettext_noop("This data explained"),
    ngettext_lazy(
        "This page has one subpage. Unpublish this too",
        "This page has %(live_descendant_count)s subpages. Unpublish these too",
    ),
    gettext_noop(
        'This publishing schedule will only take effect after you select the "Schedule to publish" option'
    ),
    gettext_noop("Title: (A -> Z)"),
    gettext_noop("Title: (Z -> A)"),
    gettext_noop("Toggle checks"),
    gettext_noop("Toggle comments"),
    gettext_noop(
        "Troubleshoot your connection to the site before proceeding. Open the editor in a "
        "separate tab to view the last saved version."
    ),
    gettext_noop("Unpublish selected pages"),
    gettext_noop(
        "Upload successful. However, your new image seems to be a duplicate of this existing "
        "image. You may delete it if it wasn't required."
    ),
    gettext_noop(
        "Upload successful. Please update this document with a more appropriate title, if "
        "necessary. You may also delete the document completely if the upload wasn't required."
    ),
    gettext_noop("Usage count"),
    gettext_noop("Usage count: (high to low)"),
    gettext_noop("Usage count: (low to high)"),
    gettext_noop("Visible to all"),
    gettext_noop("Visible to all. Visit the live page"),
    gettext_noop("Visit the live page"),
    gettext_noop(
        "We calculate reading time from word count, using different reading speeds for different languages."
    ),
    gettext_noop(
        "We extract the main content from the page preview, remove all formatting, and "
        "calculate the number of words."
    ),
    gettext_noop(
        "We use a readability formula based on length of words and sentences. Long sentences "
        "and words result in a worse readability score."
    ),
    gettext_noop('Why not <a href="%(url)s">add one</a>?'),
    gettext_noop("Words"),
    gettext_noop("Workflow tasks"),
    gettext_noop("Workflows"),
    gettext_noop(
        "You are viewing a previous version of this %(model_name)s from <b>%(created_at)s</b> by %(user)s"
    ),
    gettext_noop("You are viewing a previous version of this page from <b>%(created_at)s</b> by %(user)s"),
)
