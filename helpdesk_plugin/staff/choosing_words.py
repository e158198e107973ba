"""Words of Wagtail where something is chosen, and where one press is for many: see `wagtail_words`."""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    gettext_noop("Go back"),
    gettext_noop("Phone link"),
    gettext_noop("Anchor link"),
    gettext_noop("Add an anchor link"),
    gettext_noop("Insert anchor"),
    gettext_noop("Add a phone link"),
    ngettext_lazy(
        'Only pages of type "%(type)s" may be chosen for this field. Search results will '
        "exclude pages of other types.",
        "Only the following page types may be chosen for this field: %(type)s. Search results "
        "will exclude pages of other types.",
    ),
    gettext_noop("Confirm selection"),
    gettext_noop("Convert to internal link"),
    gettext_noop("Use external link"),
    gettext_noop(
        "Converting this to an internal link to %(page)s would make the link automatically "
        "update if the underlying page changes its URL. Would you like to do this?"
    ),
    gettext_noop(
        'The URL you entered, <a target="_blank" rel="noreferrer" '
        'href="%(submitted_url)s">%(submitted_url)s</a>, looks like it matches the internal '
        'page %(page)s, which has the URL <a target="_blank" rel="noreferrer" '
        'href="%(internal_url)s">%(internal_url)s</a>.'
    ),
    gettext_noop("Select %(title)s"),
    gettext_noop("Set collection privacy. Current status: Public"),
    gettext_noop("Set collection privacy. Current status: Private"),
    gettext_noop('Sorry, there are no matches for "<em>%(search_query)s</em>"'),
    gettext_noop("Changing the privacy for this page has been disabled."),
    ngettext_lazy("Delete 1 page", "Delete %(counter)s pages"),
    gettext_noop("Are you sure you want to delete these pages?"),
    ngettext_lazy(
        "This will also delete one more subpage.", "This will also delete %(counter)s more subpages."
    ),
    ngettext_lazy(
        "You don't have permission to delete this page", "You don't have permission to delete these pages"
    ),
    ngettext_lazy("Move 1 page", "Move %(counter)s pages"),
    gettext_noop("Are you sure you want to move these pages?"),
    ngettext_lazy("This page has one child page", "This page has %(counter)s child pages"),
    ngettext_lazy(
        "You don't have permission to move this page", "You don't have permission to move these pages"
    ),
    ngettext_lazy(
        "The following page cannot be moved to %(dest_title)s",
        "The following pages cannot be moved to %(dest_title)s",
    ),
    ngettext_lazy(
        "The following page cannot be moved due to duplicate slug",
        "The following pages cannot be moved due to duplicate slugs",
    ),
    gettext_noop("There is no valid destination page for these pages"),
    gettext_noop("Yes, move these pages"),
    gettext_noop("No, don't move"),
    ngettext_lazy("Publish 1 page", "Publish %(counter)s pages"),
    gettext_noop("Are you sure you want to publish these pages?"),
    ngettext_lazy("This page has one unpublished subpage", "This page has %(counter)s unpublished subpages"),
    ngettext_lazy(
        "You don't have permission to publish this page", "You don't have permission to publish these pages"
    ),
    gettext_noop("Yes, publish"),
    gettext_noop("No, don't publish"),
    ngettext_lazy("Unpublish 1 page", "Unpublish %(counter)s pages"),
    gettext_noop("Are you sure you want to unpublish these pages?"),
    ngettext_lazy("This page has one subpage", "This page has %(counter)s subpages"),
    ngettext_lazy(
        "You don't have permission to unpublish this page",
        "You don't have permission to unpublish these pages",
    ),
    gettext_noop("Yes, unpublish"),
    ngettext_lazy("There is one matching page", "There are %(counter)s matching pages"),
    gettext_noop("Sorry, no pages match <em>%(query_string)s</em>"),
    gettext_noop("Not used"),
    ngettext_lazy("+%(counter)s more", "+%(counter)s more"),
    gettext_noop("Choose which type of task you'd like to create."),
    gettext_noop("Existing"),
    gettext_noop("Choose a different task type"),
    gettext_noop("Creating…"),
    gettext_noop("Task type"),
    gettext_noop('Sorry, no tasks match "<em>%(query_string)s</em>"'),
    gettext_noop("You haven't created any tasks."),
    gettext_noop(
        'Why not <a class="create-one-now" href="#tab-new" '
        'data-action="w-tabs#select:prevent" data-w-tabs-target="trigger" '
        'data-w-tabs-focus-param="true">create one now</a>?'
    ),
    gettext_noop("Privacy is inherited from the ancestor page - %(ancestor_page)s"),
    gettext_noop("%(parent_pages)s and %(child_pages)s have been deleted"),
    ngettext_lazy(
        "%(num_parent_objects)d page has been deleted", "%(num_parent_objects)d pages have been deleted"
    ),
    gettext_noop("Select a new parent page"),
    ngettext_lazy("%(num_pages)d page has been moved", "%(num_pages)d pages have been moved"),
    ngettext_lazy("%(num_child_objects)d child page", "%(num_child_objects)d child pages"),
    gettext_noop("%(parent_pages)s and %(child_pages)s have been published"),
    ngettext_lazy(
        "%(num_parent_objects)d page has been published", "%(num_parent_objects)d pages have been published"
    ),
    gettext_noop("%(parent_pages)s and %(child_pages)s have been unpublished"),
    ngettext_lazy(
        "%(num_parent_objects)d page has been unpublished",
        "%(num_parent_objects)d pages have been unpublished",
    ),
    gettext_noop("Choose another"),
    gettext_noop('Multi-word tags with spaces will automatically be enclosed in double quotes (").'),
    gettext_noop("Tags can only consist of a single word, no spaces allowed."),
    gettext_noop("Tag(s) %(value_too_long)s are over %(max_tag_length)d characters."),
    gettext_noop("Views"),
    gettext_noop("Tags"),
    gettext_noop("Layout"),
    gettext_noop("Yes, add"),
    gettext_noop("No, don't add"),
    gettext_noop(
        'Why not <a class="upload-one-now" href="#tab-upload" '
        'data-action="w-tabs#select:prevent" data-w-tabs-target="trigger" '
        'data-w-tabs-focus-param="true">upload one now</a>?'
    ),
    gettext_noop(
        "Upload successful. However, your new image seems to be a duplicate of an existing "
        "image. You may delete it if it wasn't required."
    ),
    gettext_noop("Use new image"),
    gettext_noop("Use existing and delete new"),
    gettext_noop("You haven't uploaded any images in this collection."),
    gettext_noop("You haven't uploaded any images."),
    gettext_noop("Keep new image"),
    gettext_noop("Delete new image"),
    gettext_noop("Choose another image"),
    gettext_noop("Private, accessible with a shared password"),
    gettext_noop("Private, accessible to any logged-in users"),
    gettext_noop(
        "Shared passwords should not be used to protect sensitive content. Anyone who has "
        "this password will be able to view the content."
    ),
    gettext_noop("Delete selected snippets"),
    ngettext_lazy("Assign role to 1 user", "Assign role to %(counter)s users"),
    gettext_noop("Are you sure you want to assign this role to these users?"),
    ngettext_lazy(
        "You don't have permission to edit this user", "You don't have permission to edit these users"
    ),
    gettext_noop("Yes, assign"),
    gettext_noop("No, don't assign"),
    ngettext_lazy("Delete 1 user", "Delete %(counter)s users"),
    gettext_noop("Are you sure you want to delete these users?"),
    ngettext_lazy(
        "You don't have permission to delete this user", "You don't have permission to delete these users"
    ),
    ngettext_lazy("Change active state for 1 user", "Change active state for %(counter)s users"),
    gettext_noop("Are you sure you want to change the active state for these users?"),
    gettext_noop("You cannot change your own active status"),
    gettext_noop("Yes, change state"),
    gettext_noop("No, don't change state"),
    ngettext_lazy(
        "%(num_parent_objects)d user has been assigned as %(role)s",
        "%(num_parent_objects)d users have been assigned as %(role)s",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d user has been deleted", "%(num_parent_objects)d users have been deleted"
    ),
    gettext_noop("Mark as active"),
    ngettext_lazy(
        "%(num_parent_objects)d user has been marked as active",
        "%(num_parent_objects)d users have been marked as active",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d user has been marked as inactive",
        "%(num_parent_objects)d users have been marked as inactive",
    ),
    ngettext_lazy("Add tags to 1 document", "Add tags to %(counter)s documents"),
    gettext_noop("Add tags to documents"),
    ngettext_lazy(
        "Are you sure you want to tag the following document?",
        "Are you sure you want to tag the following documents?",
    ),
    ngettext_lazy(
        "You don't have permission to add tags to this document",
        "You don't have permission to add tags to these documents",
    ),
    ngettext_lazy("Add 1 document to new collection", "Add %(counter)s documents to new collection"),
    gettext_noop("Add documents to collection"),
    ngettext_lazy(
        "Are you sure you want to add the following document to the selected collection?",
        "Are you sure you want to add the following documents to the selected collection?",
    ),
    ngettext_lazy(
        "You don't have permission to add this document to a collection",
        "You don't have permission to add these documents to a collection",
    ),
    ngettext_lazy("Delete 1 document", "Delete %(counter)s documents"),
    gettext_noop("Delete documents"),
    ngettext_lazy(
        "Are you sure you want to delete this document?", "Are you sure you want to delete these documents?"
    ),
    ngettext_lazy(
        "You don't have permission to delete this document",
        "You don't have permission to delete these documents",
    ),
    ngettext_lazy(
        "New tags have been added to %(num_parent_objects)d document",
        "New tags have been added to %(num_parent_objects)d documents",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d document has been added to %(collection)s",
        "%(num_parent_objects)d documents have been added to %(collection)s",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d document has been deleted",
        "%(num_parent_objects)d documents have been deleted",
    ),
    ngettext_lazy("Add tags to 1 image", "Add tags to %(counter)s images"),
    gettext_noop("Add tags to images"),
    ngettext_lazy(
        "Are you sure you want to tag the following image?",
        "Are you sure you want to tag the following images?",
    ),
    ngettext_lazy(
        "You don't have permission to add tags to this image",
        "You don't have permission to add tags to these images",
    ),
    ngettext_lazy("Add 1 image to new collection", "Add %(counter)s images to new collection"),
    gettext_noop("Add images to collection"),
    ngettext_lazy(
        "Are you sure you want to add the following image to the selected collection?",
        "Are you sure you want to add the following images to the selected collection?",
    ),
    ngettext_lazy(
        "You don't have permission to add this image to a collection",
        "You don't have permission to add these images to a collection",
    ),
    ngettext_lazy("Delete 1 image", "Delete %(counter)s images"),
    gettext_noop("Delete images"),
    ngettext_lazy(
        "Are you sure you want to delete this image?", "Are you sure you want to delete these images?"
    ),
    ngettext_lazy(
        "You don't have permission to delete this image", "You don't have permission to delete these images"
    ),
    ngettext_lazy(
        "New tags have been added to %(num_parent_objects)d image",
        "New tags have been added to %(num_parent_objects)d images",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d image has been added to %(collection)s",
        "%(num_parent_objects)d images have been added to %(collection)s",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d image has been deleted", "%(num_parent_objects)d images have been deleted"
    ),
)
