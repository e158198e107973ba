"""How a PDF of ours is sent: shown by the browser, kept by nobody on the way."""

from django.http import HttpResponse

PDF = "application/pdf"
#: Browsers draw a PDF with a plug-in of their own, which the policy of ordinary pages would stop.
POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF that we drew ourselves, under the name that it is kept by."""
    response = HttpResponse(content, content_type=PDF)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
