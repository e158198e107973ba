"""From a template to the bytes of a PDF: fonts embedded, structure tagged (PDF/UA-1), text selectable.

The same template and facts give the same bytes, on the same versions of WeasyPrint and Pango.
"""

import atexit
import hashlib
import logging
import threading
from collections.abc import Mapping
from typing import Any

from django.template.loader import get_template
from django.utils import translation

from helpdesk_plugin import conf
from helpdesk_plugin.documents.library import CannotDraw, problem

FOLDER = "helpdesk_plugin/documents"
SHARED = (
    *("base.html", "letterhead.html", "style.css", "party.html"),
    *("signatures.html", "signature_head.html", "signature_name.html"),
)
"""Templates that every kind is made of besides its own."""

# It would tell of every letter that no font has and of every odd rule, in the words of who typed them.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

#: Pango and Fontconfig keep state for the process; documents are drawn one after the other.
_one_at_a_time = threading.Lock()
_kept_fonts: list[Any] = []

_FONT_FACES = """
@font-face { font-family: "Help Desk Sans"; src: url(asset:font-regular) }
@font-face { font-family: "Help Desk Sans"; font-weight: bold; src: url(asset:font-bold) }
@font-face { font-family: "Help Desk Sans"; font-style: italic; src: url(asset:font-italic) }
"""


def template_names(kind: str) -> tuple[str, ...]:
    """Every template that a kind of document is made of; a site may replace each of them."""
    return tuple(f"{FOLDER}/{name}" for name in (f"{kind}.html", *SHARED))


def template_version(kind: str) -> str:
    """Fingerprint of the templates in use, replaced ones included, and of the library that draws them."""
    import weasyprint

    digest = hashlib.sha256()
    for name in template_names(kind):
        digest.update(get_template(name).template.source.encode())
    return f"{digest.hexdigest()[:16]} weasyprint {weasyprint.__version__}"


def html_of(kind: str, context: Mapping[str, Any]) -> str:
    """The document as HTML, in the site's own language."""
    with translation.override(conf.content_language()):
        return get_template(f"{FOLDER}/{kind}.html").render(dict(context))


def pdf_of(
    kind: str, context: Mapping[str, Any], pictures: Mapping[str, tuple[bytes, str]] | None = None
) -> bytes:
    """Draw a document. ``pictures`` (bytes and type) may be loaded by its template as ``asset:name``.

    Raises CannotDraw where WeasyPrint or Pango is missing.
    """
    if problem():
        raise CannotDraw(problem())
    return pdf_from(html_of(kind, context), pictures)


def pdf_from(html: str, pictures: Mapping[str, tuple[bytes, str]] | None = None) -> bytes:
    """Draw a page of HTML that may load nothing but ``pictures``. Raises ImportError without WeasyPrint."""
    from weasyprint import HTML

    from helpdesk_plugin.documents.assets import Asset, OurAssets

    assets = {name: Asset(*picture) for name, picture in (pictures or {}).items()}
    with _one_at_a_time:
        font_config, faces = _fonts()
        source = HTML(string=html, url_fetcher=OurAssets(assets))
        return source.write_pdf(
            font_config=font_config, stylesheets=[faces], pdf_variant="pdf/ua-1", optimize_images=False
        )


def _fonts() -> tuple[Any, Any]:
    """The fonts, unpacked once a process. The caller holds the lock."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    from helpdesk_plugin.documents.assets import OurAssets, fonts

    if not _kept_fonts:
        config = FontConfiguration()
        faces = CSS(string=_FONT_FACES, font_config=config, url_fetcher=OurAssets(fonts()))
        _kept_fonts.append((config, faces))
        # While Python still stands: unpacked fonts lie in a directory that is removed with them.
        atexit.register(_kept_fonts.clear)
    return _kept_fonts[0]
