"""Words for those who look after accounts, groups, approvals and the site itself; see `wagtail_words`.

Permissions keep their English names in the database; Wagtail's editor of groups translates them.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

#: Names of our own permissions (``Meta.permissions``), as far as no button carries the same words.
PERMISSIONS = (
    gettext_noop("Issue receipts"),
    gettext_noop("Issue disposition sheets"),
    gettext_noop("Issue records of handling"),
    gettext_noop("Issue activity reports"),
    gettext_noop("Issue hand-over sheets of security matters"),
    gettext_noop("Issue the register"),
    gettext_noop("Issue monthly recaps"),
    gettext_noop("Publish on the emergency line"),
    gettext_noop("Send messages again"),
    gettext_noop("Look a person up and give out their data"),
    gettext_noop("Draw up notices of a breach of personal data"),
    gettext_noop("Export answers of surveys"),
    gettext_noop("Register a request for someone"),
    gettext_noop("Send a completed request on behalf of the requester"),
    gettext_noop("Give a disposition that follows"),
    gettext_noop("Examine a disposition that followed"),
    gettext_noop("Verify the kind of disruption"),
    gettext_noop("Record the diagnosis"),
    gettext_noop("Record recovery and solution"),
    gettext_noop("Record the requester's confirmation"),
    gettext_noop("Record that it is not fixed"),
    gettext_noop("Wait for the requester"),
    gettext_noop("Undo a merge"),
    gettext_noop("Make a ticket the child of another"),
    gettext_noop("Part a ticket from its parent"),
    gettext_noop("Add progress updates"),
    gettext_noop("Reply to the requester"),
    gettext_noop("Add internal notes"),
    gettext_noop("Take"),
    gettext_noop("Hand over to other officers"),
    gettext_noop("Record calls to the requester"),
    gettext_noop("Log work and parts"),
    gettext_noop("Correct personal data of ended tickets"),
    gettext_noop("Make ended tickets anonymous"),
    gettext_noop("Export tickets"),
    gettext_noop("Read reports and the register"),
    gettext_noop("See tickets about information security"),
    gettext_noop("See civil servant numbers in full"),
    gettext_noop("Make performance evidence of every officer"),
)

WORDS = (
    # Accounts, groups, collections, approvals, redirects and recommended results
    gettext_noop("Search terms"),
    gettext_noop("Add Comment"),
    gettext_noop("Access level"),
    gettext_noop("Admin"),
    gettext_noop("Administrator"),
    gettext_noop("Last login"),
    gettext_noop("Username"),
    gettext_noop("Group"),
    gettext_noop("Assign role"),
    gettext_noop("Assign role to selected users"),
    gettext_noop("Set active state"),
    gettext_noop("Change the active state for selected users"),
    gettext_noop("Delete selected users"),
    gettext_noop("View users in this group"),
    gettext_noop("Can access Wagtail admin"),
    gettext_noop("Can view"),
    gettext_noop("Custom permissions"),
    gettext_noop("Toggle all"),
    gettext_noop("Toggle all add permissions"),
    gettext_noop("Toggle all change permissions"),
    gettext_noop("Toggle all delete permissions"),
    gettext_noop("Toggle all custom permissions"),
    gettext_noop("Lock/unlock pages you've locked"),
    gettext_noop("Unlock any page"),
    gettext_noop("Add a collection permission"),
    gettext_noop("Add collections"),
    gettext_noop("Edit collections"),
    gettext_noop("Delete collections"),
    gettext_noop("Collection management permissions"),
    gettext_noop("Select documents in choosers"),
    gettext_noop("Select images in choosers"),
    gettext_noop(
        "Select hierarchical position. Note: a collection cannot become a child of itself or "
        "one of its descendants."
    ),
    gettext_noop("Add a workflow"),
    gettext_noop("Add tasks to your workflow"),
    gettext_noop("Give your workflow a name"),
    gettext_noop("Assign to another page"),
    gettext_noop("Assign your workflow to pages"),
    gettext_noop("Assign your workflow to snippets"),
    gettext_noop("Assigned pages"),
    gettext_noop("Choose a task"),
    gettext_noop("Choose another task"),
    gettext_noop("Edit this task"),
    gettext_noop("Group approval task"),
    gettext_noop("New workflow task"),
    gettext_noop("Disable"),
    gettext_noop("Disable task"),
    gettext_noop("Disable workflow"),
    gettext_noop("Are you sure you want to disable this task?"),
    gettext_noop("Are you sure you want to disable this workflow?"),
    gettext_noop("Yes, disable"),
    gettext_noop("Show disabled"),
    gettext_noop("Used by"),
    gettext_noop("Used on"),
    gettext_noop(
        "Pages/snippets at this step in a workflow will be moderated or approved by these groups of users"
    ),
    gettext_noop(
        "Workflows apply to child pages too. If you select a parent page here, its child "
        'pages will also use this workflow. See <a href="%(workflow_pages_url)s">the list of '
        "the pages</a> your workflow applies to."
    ),
    gettext_noop("No locked pages found."),
    gettext_noop("Anyone"),
    gettext_noop("Permanent"),
    gettext_noop("Temporary"),
    gettext_noop("Add a recommended result"),
    gettext_noop("Recommended search result"),
    gettext_noop("Choose an internal page for this promotion"),
    gettext_noop("Alternatively, use an external link for this promotion"),
    gettext_noop("Applies to internal page or external link"),
    gettext_noop("External link URL"),
    gettext_noop("updated comments notifications"),
    gettext_noop("Used on the following active workflows"),
    gettext_noop(
        "<p>Promoted search results are a means of recommending specific pages or external "
        "links that might not organically come high up in search results. E.g recommending "
        "your primary donation page to a user searching with the less common term "
        '"<em>giving</em>".</p>'
    ),
    gettext_noop(
        '<p>The "Search term(s)/phrase" field below must contain the full and exact search '
        "for which you wish to provide recommended results, <em>including</em> any "
        "misspellings/user error. To help, you can choose from search terms that have been "
        "popular with users of your site.</p>"
    ),
    gettext_noop("New workflow"),
    gettext_noop("Editing workflow"),
    gettext_noop("Step %(step_number)s"),
    gettext_noop("Can lock"),
    gettext_noop("Can publish"),
    gettext_noop("Can unlock"),
    gettext_noop("Import redirects"),
    gettext_noop("File to import"),
    gettext_noop(
        "<p>Select a file where redirects are separated into rows and contains the columns "
        "representing <code>from</code> and <code>to</code> (they can be named anything).</p> "
        "<p>After submitting you will be taken to a confirmation view where you can customize "
        "your redirects before import.</p>"
    ),
    ngettext_lazy("1 page", "%(counter)s pages"),
    ngettext_lazy("1 snippet type", "%(counter)s snippet types"),
)

#: Names of Wagtail's models and of their fields, which forms, filters and headings begin with a capital.
NAMES = (
    gettext_noop("admin theme"),
    gettext_noop("automatically created"),
    gettext_noop("finished at"),
    gettext_noop("finished by"),
    gettext_noop("hostname"),
    gettext_noop("port"),
    gettext_noop("redirects"),
    gettext_noop("requested by"),
    gettext_noop("shared password"),
    gettext_noop("slug"),
    gettext_noop("started at"),
    gettext_noop("status"),
    gettext_noop("target page route"),
    gettext_noop("task"),
    gettext_noop("tasks"),
    gettext_noop("Task state"),
    gettext_noop("workflow"),
    gettext_noop("workflows"),
    gettext_noop("workflow state"),
)

#: What Wagtail has in Indonesian, but with English left in it, or as nobody writes it.
SAID_BETTER = (
    gettext_noop("Roles"),
    gettext_noop("Bulleted list"),
    gettext_noop("pages"),
    ngettext_lazy("Used %(usage_count)s time", "Used %(usage_count)s times"),
    gettext_noop(
        "Enter the full search string to match. An exact match is required for your "
        "Promoted Results to be displayed, wildcards are NOT allowed."
    ),
)
