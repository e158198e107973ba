"""What was taken out of the data, in words."""

from django.utils.translation import gettext_lazy as _

#: What a report counts → how a line of it begins.
COUNTED = {
    "entries": _("Texts of the conversation and of internal notes"),
    "history": _("Rows of the field history"),
    "files": _("Attachments"),
    "documents": _("Sheets of official documents (their numbers stay in the register)"),
    "signed": _("Signed copies"),
    "drafts": _("Drafts of knowledge articles that were never published"),
    "contacts": _("Contacts of agencies (PIC)"),
    "subscriptions": _("Subscriptions to notices"),
    "sign_ins": _("Sign-in links"),
    "invitations": _("Invitations to surveys"),
    "exports": _("Exported lists that were still kept"),
    "mentions": _("Other places that named the person"),
}


def in_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    """The lines of a report that say something, in a fixed order."""
    return [(str(COUNTED[what]), counts[what]) for what in COUNTED if counts.get(what)]
