"""Who has signed in here by mail: a signed cookie that names a visit, and the visit's row that decides.

The cookie holds neither address nor secret. Signing out ends the row, so that a copied cookie is worth
nothing afterwards. It is apart from the cookie of single tickets (`access`), which needs no mail address.
"""

from django.conf import settings
from django.core import signing

from helpdesk_plugin import clock
from helpdesk_plugin.models import SignIn
from helpdesk_plugin.portal.access import portal_path
from helpdesk_plugin.services import sign_in

COOKIE = "helpdesk_visit"
_SALT = "helpdesk.portal.visit"
_SECONDS = int(sign_in.VISIT.total_seconds())


def visit_of(request) -> SignIn | None:
    """The open visit of this browser; None without a cookie, or with a mangled one. One query."""
    try:
        pk = int(signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_SECONDS))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return SignIn.objects.open(clock.now()).filter(pk=pk).first()


def begin(request, response, visit: SignIn) -> None:
    """Let this browser into a visit that a link has just opened."""
    response.set_cookie(
        COOKIE,
        signing.dumps(visit.pk, salt=_SALT),
        max_age=_SECONDS,
        path=portal_path(),
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def end(request, response) -> None:
    """Sign out of this browser's visit."""
    visit = visit_of(request)
    if visit is not None:
        sign_in.end_visit(visit)
    response.delete_cookie(COOKIE, path=portal_path(), samesite="Lax")
