"""Electronic signature: an interface that a site fills in. Without it documents are signed by hand.

A certified signature (TTE of BSrE) is made by the provider's own service with the signer's own passphrase;
nothing here pretends to be one. A site that has an account there writes a `Signer` and names it in
``HELPDESK_SIGNER``; docs/documents.md shows how.
"""

from abc import ABC, abstractmethod
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from helpdesk_plugin import conf
from helpdesk_plugin.models import IssuedDocument, SignedCopy
from helpdesk_plugin.services.documents import keep_signed_copy
from helpdesk_plugin.services.files import MAX_BYTES, AcceptedFile

_PDF = b"%PDF-"


class SigningFailed(Exception):
    """The provider did not sign. The message is a sentence for the officer: what, why, what next."""


class Signer(ABC):
    """Signs a PDF electronically. Made once for each signature, without arguments."""

    #: How the provider is called on the button, such as "TTE BSrE".
    name: str = ""

    @abstractmethod
    def sign(self, pdf: bytes, document: IssuedDocument, *, by: Any, passphrase: str) -> bytes:
        """Return the signed PDF. ``by`` is the signed-in user; ``passphrase`` is kept by nobody.

        Raises SigningFailed.
        """


def signer() -> Signer | None:
    """The signer that the site has named, or None."""
    path = conf.signer_path()
    return import_string(path)() if path else None


def sign(document: IssuedDocument, *, by: Any, passphrase: str) -> SignedCopy:
    """Have a document signed and keep the result beside it. Raises SigningFailed.

    The provider is asked outside any transaction: it may take its time.
    """
    provider = signer()
    if provider is None:
        raise SigningFailed(_("No electronic signature is set up on this site."))
    with document.file.open("rb") as stored:
        signed = provider.sign(stored.read(), document, by=by, passphrase=passphrase)
    if not signed.startswith(_PDF) or len(signed) > 2 * MAX_BYTES:
        raise SigningFailed(_("The provider answered with something that is no PDF. Nothing was kept."))
    file = AcceptedFile(document.name, "application/pdf", signed)
    return keep_signed_copy(document.pk, file, by=by, electronic=True)
