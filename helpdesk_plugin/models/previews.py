"""What an editor sees of a notice before anybody else does: its page, its banner, its mail.

The faces are drawn by rooms above this one; they say here how, once, when the site starts.
"""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

#: How each face is drawn: (notice, request) → HTML. Filled by the room that owns the screens.
FACES: dict[str, Callable[..., str]] = {}

PAGE, BANNER, MAIL = "page", "banner", "mail"

#: A mail carries its own style, which pages of the site may not; it may do nothing else here.
MAIL_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "frame-ancestors 'self'",
        "form-action 'none'",
        "base-uri 'none'",
    )
)


class NoticePreviews:
    """The preview modes of a notice, for Wagtail's live preview."""

    @property
    def preview_modes(self):
        return [(PAGE, _("Page")), (BANNER, _("Banner")), (MAIL, _("Mail to subscribers"))]

    @property
    def default_preview_mode(self):
        return PAGE

    def serve_preview(self, request, mode_name):
        draw = FACES.get(mode_name) or FACES[PAGE]
        headers = {"Content-Security-Policy": MAIL_POLICY} if mode_name == MAIL else None
        return HttpResponse(draw(self, request), headers=headers)
